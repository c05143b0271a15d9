"""Schools of random sizes for what leaves a school and what the department makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from support import organisation

from profdesk.domain.programme import Indicator
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span
from profdesk.domain.summary import Coverage, Figure, LevelStages, StageCounts, Summary
from profdesk.services import programmes

(PROGRAMME,) = programmes.shipped()


def school(chance: Random, most: int) -> Summary:
    """A school with classes of random sizes; every count of it is random too."""
    groups = []
    for level in PROGRAMME.levels:
        for number in range(chance.randint(0, 3)):
            complete, begun, none = (chance.choice([0, chance.randint(0, most)]) for _ in range(3))
            grade = chance.choice(level.grades[:2]) if level.grades else None
            counts = complete + begun + none, complete + begun, complete
            groups.append(Coverage(f"{level.code} {number}", level.code, *counts, grade))
    codes = {group.level for group in groups}
    levels = tuple(added(level.code, groups) for level in PROGRAMME.levels if level.code in codes)
    return Summary(
        organisation=organisation(),
        programme_code=PROGRAMME.code,
        programme_title=PROGRAMME.title,
        programme_edition=PROGRAMME.edition,
        programme_digest=PROGRAMME.digest,
        span=Span.of_year(SchoolYear(2026)),
        counted_at=datetime(2026, 11, 26, tzinfo=UTC),
        scale=PROGRAMME.stages,
        unanswered=(),
        figures=tuple(figures(chance, groups)),
        levels=levels,
        groups=tuple(groups),
        stages=tuple(stages(chance, level) for level in levels),
    )


def added(level: str, groups: Sequence[Coverage]) -> Coverage:
    own = [group for group in groups if group.level == level]
    sums = (sum(getattr(group, kind) for group in own) for kind in ("pupils", "begun", "complete"))
    return Coverage(level, level, *sums)


def asks(indicator: Indicator, group: Coverage) -> bool:
    return group.level in indicator.levels and (not indicator.rule.grades or group.grade in indicator.rule.grades)


def figures(chance: Random, groups: Sequence[Coverage]) -> list[Figure]:
    found = []
    for indicator in PROGRAMME.indicators:
        own = [group for group in groups if asks(indicator, group)]
        whole = sum(group.pupils for group in own)
        kind = {"portfolio_complete": "complete", "portfolio_begun": "begun"}.get(indicator.rule.measure)
        counted = sum(getattr(group, kind) for group in own) if kind else chance.randint(0, whole)
        found.append(Figure(indicator, counted, whole))
    return found


def stages(chance: Random, level: Coverage) -> LevelStages:
    found = next(one for one in PROGRAMME.levels if one.code == level.level)
    rows = []
    for item in found.competencies.items[:4]:
        cuts = sorted(chance.randint(0, level.pupils) for _ in range(len(PROGRAMME.stages)))
        counts = [end - start for start, end in zip([0, *cuts], [*cuts, level.pupils], strict=True)]
        rows.append(StageCounts(item, tuple(counts[:-1]), counts[-1]))
    return LevelStages(found, tuple(rows))

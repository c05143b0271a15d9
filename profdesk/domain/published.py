"""What leaves the school of a summary: numbers of one to four pupils, and what would betray them, are None."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal

from profdesk.domain.disclosure import Table, hidden, is_small
from profdesk.domain.programme import Competency, Indicator, Level
from profdesk.domain.published_coverage import Key, Name, asked_name, coverage_table, figure_name
from profdesk.domain.register_measures import OF_STAFF
from profdesk.domain.summary import (
    Coverage,
    Figure,
    Heading,
    LevelStages,
    StageCounts,
    State,
    Summary,
    percent,
)

_HIGH, _ALL = -1, -2


@dataclass(frozen=True)
class PublishedFigure:
    """An indicator; a hidden one keeps its denominator, unless that would tell of few too."""

    indicator: Indicator
    numerator: int | None
    denominator: int | None
    percent: Decimal | None
    state: State
    shortage: int
    of_people: bool
    source: str


@dataclass(frozen=True)
class PublishedCoverage:
    """Pupils of a level (also of the law), a class or all; shares in percent are hidden with what they are of."""

    title: str
    level: str
    pupils: int | None
    begun: int | None
    complete: int | None
    begun_percent: Decimal | None
    complete_percent: Decimal | None


@dataclass(frozen=True)
class PublishedStages:
    """A competency: pupils at each stage, and the share of the two highest among all of the level."""

    competency: Competency
    counts: tuple[int | None, ...]
    not_assessed: int | None
    pupils: int | None
    percent: Decimal | None


@dataclass(frozen=True)
class PublishedLevel:
    """The competencies of a level."""

    level: Level
    rows: tuple[PublishedStages, ...]


@dataclass(frozen=True, kw_only=True)
class PublishedSummary(Heading):
    """A summary as paper, workbook and data tell it.

    ``before`` is the span before: a table of other days, in which the same is hidden as if it were told alone.
    """

    figures: tuple[PublishedFigure, ...]
    levels: tuple[PublishedCoverage, ...]
    law_levels: tuple[PublishedCoverage, ...]
    groups: tuple[PublishedCoverage, ...]
    total: PublishedCoverage
    stages: tuple[PublishedLevel, ...]
    before: PublishedSummary | None = None

    def former(self, figure: PublishedFigure) -> PublishedFigure | None:
        """The figure of the same indicator in the span before."""
        there = self.before.figures if self.before else ()
        return next((one for one in there if one.indicator.code == figure.indicator.code), None)

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        rows = [row for part in self.stages for row in part.rows]
        figures = (*self.figures, *(self.before.figures if self.before else ()))
        lines = (*self.levels, *self.law_levels, *self.groups, self.total)
        return any(figure.state is State.HIDDEN for figure in figures) or any(
            None in told
            for told in (
                *((one.pupils, one.begun, one.complete) for one in lines),
                *((*row.counts, row.not_assessed) for row in rows),
            )
        )


@dataclass(frozen=True)
class _Gone:
    """What is hidden: numbers of the coverage, numerators and denominators of indicators, cells of competencies."""

    coverage: Collection[Name] = frozenset()
    numerators: Collection[str] = frozenset()
    denominators: Collection[str] = frozenset()
    stages: Mapping[tuple[str, str], Collection[int]] = field(default_factory=dict)


def publish(summary: Summary) -> PublishedSummary:
    """Hide what has to be hidden; the same summary gives the same."""
    return _told(summary, _gone)


def openly(summary: Summary) -> PublishedSummary:
    """Hide nothing, for those inside."""
    return _told(summary, lambda _: _Gone())


def _told(summary: Summary, hiding: Callable[[Summary], _Gone]) -> PublishedSummary:
    heading = {one.name: getattr(summary, one.name) for one in fields(Heading)}
    gone = hiding(summary)
    return PublishedSummary(
        **heading,
        figures=tuple(_figure(figure, gone) for figure in summary.figures),
        levels=tuple(_coverage(one, ("level", one.level), gone) for one in summary.levels),
        law_levels=tuple(_coverage(one, ("law", one.level), gone) for one in summary.law_levels),
        groups=tuple(_coverage(one, ("group", place), gone) for place, one in enumerate(summary.groups)),
        total=_coverage(summary.total, ("total", ""), gone),
        stages=tuple(_level(part, gone) for part in summary.stages),
        before=_told(summary.before, hiding) if summary.before else None,
    )


def _coverage(of: Coverage, key: Key, gone: _Gone) -> PublishedCoverage:
    pupils, begun, complete = (
        None if (*key, kind) in gone.coverage else value
        for kind, value in (("pupils", of.pupils), ("begun", of.begun), ("complete", of.complete))
    )
    shares = (None if None in (part, pupils) else percent(part or 0, pupils or 0) for part in (begun, complete))
    return PublishedCoverage(of.title, of.level, pupils, begun, complete, *shares)


def _figure(figure: Figure, gone: _Gone) -> PublishedFigure:
    unasked = figure.indicator.code in gone.denominators
    is_hidden = unasked or figure.indicator.code in gone.numerators
    return PublishedFigure(
        indicator=figure.indicator,
        numerator=None if is_hidden else figure.numerator,
        denominator=None if unasked else figure.denominator,
        percent=None if is_hidden else figure.percent,
        state=State.HIDDEN if is_hidden else figure.state,
        shortage=0 if is_hidden else figure.shortage,
        of_people=figure.of_people,
        source=figure.source,
    )


def _level(part: LevelStages, gone: _Gone) -> PublishedLevel:
    none: Collection[int] = frozenset()
    return PublishedLevel(
        part.level,
        tuple(_stages(row, gone.stages.get((part.level.code, row.competency.code), none)) for row in part.rows),
    )


def _stages(row: StageCounts, gone: Collection[int]) -> PublishedStages:
    *counts, not_assessed = (None if place in gone else count for place, count in enumerate(row.cells))
    pupils = None if _ALL in gone else row.pupils
    share = None if _HIGH in gone else percent(row.high, row.pupils)
    return PublishedStages(row.competency, tuple(counts), not_assessed, pupils, share)


def _gone(summary: Summary) -> _Gone:
    coverage = hidden(coverage_table(summary))
    return _Gone(
        coverage,
        _gone_numerators(summary, coverage),
        {figure.indicator.code for figure in summary.figures if _is_asked_of_few(figure, coverage)},
        {
            (part.level.code, row.competency.code): _gone_stages(
                row, says_nothing=("level", part.level.code, "pupils") in coverage
            )
            for part in summary.stages
            for row in part.rows
        },
    )


def _gone_numerators(summary: Summary, gone: Collection[Name]) -> Collection[str]:
    """A figure is hidden with those of its measure that count some of the same pupils: they would betray each other."""
    small = [figure.indicator for figure in summary.figures if _counts_few(figure, gone)]
    return {
        figure.indicator.code for figure in summary.figures if any(_overlap(one, figure.indicator) for one in small)
    }


def _counts_few(figure: Figure, gone: Collection[Name]) -> bool:
    if not _of_pupils(figure):
        return False
    return figure_name(figure) in gone or is_small(figure.numerator) or is_small(figure.denominator - figure.numerator)


def _is_asked_of_few(figure: Figure, gone: Collection[Name]) -> bool:
    return asked_name(figure) in gone or (_of_pupils(figure) and is_small(figure.denominator))


def _gone_stages(row: StageCounts, *, says_nothing: bool) -> Collection[int]:
    """The places of the cells that are hidden, with ``_HIGH`` and ``_ALL`` for the sums.

    Who stands lower than the two highest stages is a secret too: the share of these tells how many they are.
    """
    places = sorted(range(len(row.cells)), key=lambda place: row.cells[place])
    if says_nothing:
        return {*places, _HIGH, _ALL}
    high = frozenset(range(len(row.counts))[-2:])
    numbers = {place: frozenset([place]) for place in places} | {_HIGH: high, _ALL: frozenset(places)}
    lower = frozenset(places) - high
    return hidden(Table(dict(enumerate(row.cells)), numbers, [places], [lower])) - {_ALL}


def _of_pupils(figure: Figure) -> bool:
    return figure.of_people and figure.indicator.rule.measure not in OF_STAFF


def _overlap(one: Indicator, other: Indicator) -> bool:
    same = one.rule.measure == other.rule.measure
    return one is other or (same and not set(one.levels).isdisjoint(other.levels))

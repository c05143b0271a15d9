"""What leaves a school: nothing small, nothing that betrays it; audited exactly, apart from the code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from disclosure_audit import Computable
from published_schools import PROGRAMME, added, school

from profdesk.domain.disclosure import LEAST
from profdesk.domain.published import PublishedSummary, publish
from profdesk.domain.summary import Coverage, Figure, LevelStages, StageCounts, State, Summary

KINDS = {"complete": (0,), "begun": (0, 1), "pupils": (0, 1, 2)}


def coverage_numbers(summary: Summary) -> dict[tuple[str, str], tuple[int, list[int]]]:
    """Every number of the coverage: its value and which atoms it adds up (three for each class)."""
    size = 3 * len(summary.groups)
    found = {}
    for kind, parts in KINDS.items():

        def vector(places: Sequence[int], parts: tuple[int, ...] = parts) -> list[int]:
            return [int(atom // 3 in places and atom % 3 in parts) for atom in range(size)]

        for place, group in enumerate(summary.groups):
            found[f"group {place}", kind] = getattr(group, kind), vector([place])
        for level in summary.levels:
            places = [place for place, group in enumerate(summary.groups) if group.level == level.level]
            found[f"level {level.level}", kind] = getattr(level, kind), vector(places)
        found["total", kind] = getattr(summary.total, kind), vector(range(len(summary.groups)))
    return found


def shown(published: PublishedSummary) -> set[tuple[str, str]]:
    """Which numbers of the coverage can be read, in the figures too."""
    lines = [(f"group {place}", group) for place, group in enumerate(published.groups)]
    lines += [(f"level {level.level}", level) for level in published.levels]
    lines.append(("total", published.total))
    found = {(name, kind) for name, line in lines for kind in KINDS if getattr(line, kind) is not None}
    for figure in published.figures:
        kind = {"portfolio_complete": "complete", "portfolio_begun": "begun"}.get(figure.indicator.rule.measure)
        if kind and figure.numerator is not None:
            levels = [level.level for level in published.levels if level.level in figure.indicator.levels]
            names = ["total"] if len(levels) == len(published.levels) else [f"level {level}" for level in levels]
            if len(names) == 1:
                found.add((names[0], kind))
        if figure.denominator is not None and len(figure.indicator.levels) == 1:
            found.add((f"level {figure.indicator.levels[0]}", "pupils"))
    return found


def check(summary: Summary) -> PublishedSummary:
    published = publish(summary)
    numbers, readable = coverage_numbers(summary), shown(published)
    computable = Computable([vector for name, (_, vector) in numbers.items() if name in readable])
    for name, (value, vector) in numbers.items():
        assert not 0 < value < LEAST or not computable.has(vector), name
    for place, group in enumerate(summary.groups):
        for part, count in enumerate((group.complete, group.begun - group.complete, group.pupils - group.begun)):
            atom = [int(one == 3 * place + part) for one in range(3 * len(summary.groups))]
            assert not 0 < count < LEAST or not computable.has(atom), (group, part)
    for figure, real in zip(published.figures, summary.figures, strict=True):
        if figure.numerator is not None and figure.indicator.rule.measure != "staff_trained":
            assert figure.numerator == real.numerator
            assert not 0 < real.numerator < LEAST
            assert not 0 < real.denominator - real.numerator < LEAST
        else:
            assert figure.percent is None or figure.numerator is not None
    for part, real_part in zip(published.stages, summary.stages, strict=True):
        for row, real_row in zip(part.rows, real_part.rows, strict=True):
            check_stages(row.counts, row.not_assessed, row.pupils, row.percent is not None, real_row)
    return published


def check_stages(
    counts: Sequence[int | None], rest: int | None, pupils: int | None, high: bool, real: StageCounts
) -> None:
    cells, known = [*counts, rest], [*real.counts, real.not_assessed]
    unit = [[int(one == place) for one in range(len(cells))] for place in range(len(cells))]
    vectors = [unit[place] for place, count in enumerate(cells) if count is not None]
    if pupils is not None:
        vectors.append([1] * len(cells))
    if high:
        vectors.append([int(place in (len(counts) - 1, len(counts) - 2)) for place in range(len(cells))])
    computable = Computable(vectors)
    for place, count in enumerate(known):
        assert not 0 < count < LEAST or not computable.has(unit[place]), (cells, known)
        assert cells[place] in (None, count)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_small_leaves_a_school(seed: int) -> None:
    chance = Random(seed)  # noqa: S311  # schools to look at, not a key
    hid = sum(check(school(chance, chance.choice([3, 8, 30]))).hides for _ in range(25))
    assert hid >= 10


def test_a_large_school_hides_nothing() -> None:
    groups = tuple(Coverage(f"c{number}", "basic", 25, 20, 10) for number in range(4))
    level = added("basic", groups)
    rows = (StageCounts(PROGRAMME.level("basic").competencies.items[0], (10, 20, 30, 0), 40),)
    summary = replace(
        school(Random(1), 8),  # noqa: S311  # the same
        groups=groups,
        levels=(level,),
        stages=(LevelStages(PROGRAMME.level("basic"), rows),),
        figures=(),
    )
    published = check(summary)
    assert not published.hides
    assert published.total.complete == 40
    assert str(published.total.complete_percent) == "40.0"
    assert published.stages[0].rows[0].counts == (10, 20, 30, 0)


def test_a_hidden_figure_says_nothing_of_itself() -> None:
    indicator = next(one for one in PROGRAMME.indicators if one.rule.measure == "trials_any")
    summary = replace(school(Random(2), 30), figures=(Figure(indicator, 3, 60),), groups=(), levels=(), stages=())  # noqa: S311
    (figure,) = publish(summary).figures
    assert (figure.numerator, figure.percent, figure.state, figure.shortage) == (None, None, State.HIDDEN, 0)
    assert figure.denominator == 60
    (rest,) = publish(replace(summary, figures=(Figure(indicator, 57, 60),))).figures
    assert rest.state is State.HIDDEN
    assert Fraction(57, 60) != rest.percent


def test_figures_of_staff_and_of_organisations_are_told() -> None:
    staff = next(one for one in PROGRAMME.indicators if one.rule.measure == "staff_trained")
    agreements = next(one for one in PROGRAMME.indicators if one.rule.measure == "agreements")
    told = (Figure(staff, 3, 8), Figure(agreements, 1, 1, of_people=False))
    summary = replace(school(Random(3), 30), figures=told)  # noqa: S311
    assert [figure.numerator for figure in publish(summary).figures] == [3, 1]

"""What leaves a school: nothing small, nothing that betrays it; audited exactly, apart from the code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from disclosure_audit import Computable
from published_schools import PROGRAMME, added, asks, school

from profdesk.domain.disclosure import LEAST
from profdesk.domain.published import PublishedSummary, publish
from profdesk.domain.summary import Coverage, Figure, LevelStages, StageCounts, State, Summary, points

KINDS = {"complete": (0,), "begun": (0, 1), "pupils": (0, 1, 2)}
LAW = {"law-preschool": (None,), "law-primary": range(1, 5), "law-basic": range(5, 10), "law-secondary": (10, 11)}
MEASURES = {"portfolio_complete": "complete", "portfolio_begun": "begun"}
NOT_PUPILS = {
    "staff_trained", "agreements", "web_pages", "manual", "manual_presence", "destinations_in_demand",
}  # fmt: skip
Vector = list[int]


def adding(summary: Summary, places: Collection[int], parts: Collection[int]) -> Vector:
    """Which atoms (three for each class) a number adds up."""
    return [int(atom // 3 in places and atom % 3 in parts) for atom in range(3 * len(summary.groups))]


def value(summary: Summary, vector: Vector) -> int:
    groups = summary.groups
    atoms = [count for one in groups for count in (one.complete, one.begun - one.complete, one.pupils - one.begun)]
    return sum(one * count for one, count in zip(vector, atoms, strict=True))


def where(summary: Summary, wanted: Callable[[Coverage], bool]) -> list[int]:
    return [place for place, group in enumerate(summary.groups) if wanted(group)]


def lines(summary: Summary) -> dict[str, list[int]]:
    """The classes that every line of the paper adds up."""
    found = {f"group {place}": [place] for place in range(len(summary.groups))}
    for level in PROGRAMME.levels:
        found[f"level {level.code}"] = where(summary, lambda group, code=level.code: group.level == code)
    for law, grades in LAW.items():
        found[f"law {law}"] = where(summary, lambda group, grades=grades: group.grade in grades)
    return found | {"total ": list(range(len(summary.groups)))}


def shown(summary: Summary, published: PublishedSummary) -> Iterator[tuple[Vector, int]]:
    """Every number of the coverage that can be read, in the figures too, with what it says."""
    places = lines(summary)
    told = [(f"group {place}", one) for place, one in enumerate(published.groups)]
    told += [(f"level {one.level}", one) for one in published.levels]
    told += [(f"law {one.level}", one) for one in published.law_levels]
    for line, one in (*told, ("total ", published.total)):
        for kind, parts in KINDS.items():
            if (count := getattr(one, kind)) is not None:
                yield adding(summary, places[line], parts), count
    for figure in published.figures:
        measure = figure.indicator.rule.measure
        asked = where(summary, lambda group, one=figure.indicator: asks(one, group))
        if figure.denominator is not None and measure not in NOT_PUPILS:
            yield adding(summary, asked, KINDS["pupils"]), figure.denominator
        if figure.numerator is not None and measure in MEASURES:
            yield adding(summary, asked, KINDS[MEASURES[measure]]), figure.numerator


def secrets(summary: Summary) -> Iterator[Vector]:
    """Whoever got so far and whoever did not, in every line and in every grade."""
    grades = {group.grade for group in summary.groups}
    of_grades = [where(summary, lambda group, one=grade: group.grade == one) for grade in grades]
    for places in (*lines(summary).values(), *of_grades):
        for parts in ((0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)):
            yield adding(summary, places, parts)


def check(summary: Summary) -> PublishedSummary:
    published = publish(summary)
    readable = list(shown(summary, published))
    assert all(value(summary, vector) == count for vector, count in readable)
    computable = Computable([vector for vector, _ in readable])
    for vector in secrets(summary):
        assert not 0 < value(summary, vector) < LEAST or not computable.has(vector), vector
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
    lower = [int(place not in (len(counts) - 1, len(counts) - 2)) for place in range(len(cells))]
    assert not 0 < real.pupils - real.high < LEAST or not computable.has(lower), (cells, known)
    for place, count in enumerate(known):
        assert not 0 < count < LEAST or not computable.has(unit[place]), (cells, known)
        assert cells[place] in (None, count)


@pytest.mark.parametrize("schools", [100, pytest.param(2000, marks=pytest.mark.slow)])
def test_nothing_small_leaves_a_school(schools: int) -> None:
    chance = Random(schools)  # noqa: S311  # schools to look at, not a key
    hid = sum(check(school(chance, chance.choice([3, 8, 30]))).hides for _ in range(schools))
    assert hid >= schools / 2


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


def test_levels_of_the_law_do_not_tell_of_a_grade_of_the_programmes() -> None:
    classes = ((8, "basic", 25), (9, "secondary", 28), (9, "secondary", 28), (10, "secondary", 25))
    groups = tuple(Coverage(f"{grade}", level, 30, begun, 20, grade) for grade, level, begun in classes)
    levels = (added("basic", groups), added("secondary", groups))
    summary = replace(school(Random(1), 8), groups=groups, levels=levels, figures=(), stages=())  # noqa: S311
    told = {one.level: one for one in summary.law_levels}
    assert (told["law-basic"].pupils - told["law-basic"].begun) - (levels[0].pupils - levels[0].begun) == 4
    published = check(summary)
    assert [(one.title, one.pupils) for one in published.law_levels] == [
        ("Основное общее образование", 90),
        ("Среднее общее образование", 30),
    ]
    assert None in [one.begun for one in (*published.law_levels, *published.levels)]


def test_the_span_before_is_hidden_as_if_it_were_told_alone() -> None:
    now, before = (school(Random(seed), 8) for seed in (4, 5))  # noqa: S311
    published = check(replace(now, before=before))
    assert published.before == publish(before)
    assert published.before.hides


def test_points_are_the_difference_of_exact_fractions() -> None:
    indicator = PROGRAMME.indicators[0]

    def told(now: tuple[int, int], before: tuple[int, int]) -> str:
        return str(points(Figure(indicator, *now), Figure(indicator, *before)))

    assert told((141, 200), (129, 200)) == "6.0"
    assert told((1, 3), (1, 6)) == "16.7"
    assert told((1, 6), (1, 3)) == "-16.7"
    assert told((50, 100), (1, 2)) == "0.0"
    assert told((1001, 2000), (1000, 2000)) == "0.1"
    assert told((1000, 2000), (1001, 2000)) == "-0.1"
    assert told((3, 7), (0, 0)) == "None"
    hidden = next(one for one in publish(school(Random(1), 3)).figures if one.state is State.HIDDEN)  # noqa: S311
    assert points(hidden, Figure(indicator, 1, 2)) is None


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

"""Growth over the years: sets linked by the crosswalk, moments, what rose and what fell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pupil_history import FIRST, SECOND, attended, programme, recorded, school_path

from profdesk.domain import growth
from profdesk.domain.growth import Comparison, Growth, Moment, compare, moments, stages_at
from profdesk.domain.history import Recorded
from profdesk.domain.portfolio import Basis
from profdesk.domain.programme import Link, Programme
from profdesk.domain.school_year import Period, SchoolYear, Term

PROGRAMME = programme()


def row(grown: Growth, code: str) -> list[int | str | None]:
    """A row of the matrix: a stage, None for not assessed, «–» where the set had nothing like it."""
    place = [item.code for item in grown.competencies.items].index(code)
    return [cell.stage if cell.in_set else "–" for cell in grown.rows[place]]


def lowered(*links: Link) -> Programme:
    return replace(PROGRAMME, crosswalk=links)


def link(to_set: str, code: str, from_set: str, *former: str) -> Link:
    return Link(to_set, code, from_set, former, "наше")


def period(year: int, term: Term = FIRST) -> Period:
    return Period(SchoolYear(year), term)


@pytest.mark.parametrize(
    ("grade", "code", "former", "expected"),
    [
        # preschool 10 -> primary 15, a straight link
        (1, "creative", {"creativity": 2}, [2, None]),
        # two former competencies lead to one: the lowest of them
        (1, "negotiation", {"communication": 3, "conflict": 1}, [1, None]),
        (1, "negotiation", {"communication": 3}, [3, None]),
        # nothing of the kindergarten leads there
        (1, "client-focus", {"creativity": 2}, ["–", None]),
        # primary 15 -> basic 20: own set of grade 5 has it, nothing in primary leads to «perspective»
        (5, "perspective", {"judgement": 2}, ["–", "–", "–", "–", "–", None]),
        # preschool -> basic straight, though primary leads there too
        (5, "stress-resistance", {"self-calming": 2, "emotional-intelligence": 0}, [2, None, None, None, None, None]),
        # preschool -> primary -> basic, since no link leads straight
        (5, "problem-analysis", {"concentration": 1}, [1, None, None, None, None, None]),
        # secondary continues basic, and so reaches as far back
        (9, "problem-analysis", {"concentration": 1}, [1, *[None] * 9]),
    ],
)
def test_a_competency_is_followed_back_to_the_kindergarten(
    grade: int, code: str, former: dict[str, int], expected: list[int | str | None]
) -> None:
    path = school_path(grade)
    facts = [recorded(name, stage, path[0].year.start) for name, stage in former.items()]
    assert row(growth.growth(PROGRAMME, path, facts), code) == expected


def test_ten_years_of_one_child_stand_in_one_row() -> None:
    path = school_path(9)
    facts = [
        recorded("self-calming", 0, 2017),
        recorded("self-control", 1, 2020),
        recorded("emotional-intelligence", 2, 2020),
        recorded("stress-resistance", 1, 2022),
        recorded("stress-resistance", 2, 2022, SECOND),
        recorded("stress-resistance", 3, 2026),
    ]
    grown = growth.growth(PROGRAMME, path, facts)
    assert row(grown, "stress-resistance") == [0, None, None, 1, None, 2, None, None, None, 3]
    assert [group.name.grade for group in grown.years] == [None, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert grown.level_starts == {1, 5}  # secondary continues the set of basic: no border there
    assert len(grown.competencies.items) == 20


def test_a_code_of_two_sets_is_not_taken_for_itself_without_a_link() -> None:
    path = school_path(1)
    facts = [recorded("emotional-intelligence", 3, 2025)]
    assert row(growth.growth(PROGRAMME, path, facts), "emotional-intelligence") == [3, None]
    assert row(growth.growth(lowered(), path, facts), "emotional-intelligence") == ["–", None]


def test_links_that_lead_in_a_circle_end() -> None:
    bad = lowered(link("basic", "planning", "primary", "judgement"), link("primary", "judgement", "basic", "planning"))
    path = school_path(5)
    assert row(growth.growth(bad, path, [recorded("judgement", 2, 2022)]), "planning")[0] == "–"


def test_later_terms_and_later_marks_stand_and_what_was_taken_back_does_not() -> None:
    path = (attended(2025, 6), attended(2026, 7))
    facts = [
        recorded("planning", 1, 2025, day=date(2025, 11, 1), stands=False),
        recorded("planning", 2, 2025, day=date(2025, 12, 1), before=1),
        recorded("planning", 3, 2025, SECOND),
        recorded("flexibility", 3, 2025, stands=False),
        recorded("flexibility", None, 2025, before=3),
        recorded("initiative", 3, 2025, basis=Basis.SELF),
        recorded("speech", 1, 2026, basis=Basis.TRIAL),
    ]
    grown = growth.growth(PROGRAMME, path, facts)
    assert row(grown, "planning") == [3, None]
    assert row(grown, "flexibility") == [None, None]
    assert row(grown, "initiative") == [None, None]
    assert row(grown, "speech") == [None, 1]
    assert stages_at(facts, Moment(period(2025))) == {"planning": 2}
    assert stages_at(facts, Moment(period(2025), date(2025, 11, 30))) == {"planning": 1}


def test_moments_are_terms_and_their_days_where_there_are_several() -> None:
    facts = [
        recorded("planning", 1, 2025),
        recorded("speech", 2, 2025, day=date(2025, 12, 1)),
        recorded("planning", 2, 2025, SECOND),
        recorded("initiative", 2, 2026, basis=Basis.PARENTS),
        recorded("flexibility", None, 2026, before=1),
    ]
    first = period(2025)
    assert moments(facts) == (
        Moment(period(2025, SECOND)),
        Moment(first),
        Moment(first, date(2025, 12, 1)),
        Moment(first, date(2025, 11, 13)),
    )


@pytest.mark.parametrize(
    ("terms", "now", "expected"),
    [
        ([(2026, FIRST), (2026, SECOND)], (2026, SECOND), (2026, FIRST)),
        ([(2024, FIRST), (2025, FIRST), (2025, SECOND), (2026, FIRST)], (2026, FIRST), (2025, FIRST)),
        ([(2024, FIRST), (2025, SECOND), (2026, FIRST)], (2026, FIRST), (2024, FIRST)),
        ([(2025, SECOND), (2026, FIRST)], (2026, FIRST), (2025, SECOND)),
        ([(2025, FIRST), (2025, SECOND)], None, (2025, SECOND)),
        ([(2026, FIRST)], (2026, FIRST), None),
        ([], None, None),
    ],
)
def test_the_portfolio_is_compared_with_a_year_ago_if_it_can_be(
    terms: list[tuple[int, Term]], now: tuple[int, Term] | None, expected: tuple[int, Term] | None
) -> None:
    known = moments([recorded("planning", 1, year, term) for year, term in terms])
    found = growth.a_year_before(known, Moment(period(*now)) if now else None)
    assert found == (Moment(period(*expected)) if expected else None)


def test_a_day_of_the_same_term_can_be_chosen_but_not_the_moment_itself() -> None:
    days = [date(2026, 11, 2), date(2026, 11, 13)]
    known = moments([recorded("planning", 1, 2026, day=days[0]), recorded("speech", 1, 2026, day=days[1])])
    now = growth.latest(known, SchoolYear(2026))
    assert growth.earlier_than(known, now) == (Moment(period(2026), days[0]),)


def compared(before: dict[str, int], now: dict[str, int]) -> Comparison:
    path = (attended(2025, 6), attended(2026, 7))
    facts = [recorded(code, stage, 2025) for code, stage in before.items()]
    facts += [recorded(code, stage, 2026) for code, stage in now.items()]
    return compare(PROGRAMME, path, facts, Moment(period(2026)), Moment(period(2025)))


def test_what_rose_and_fell_is_counted_in_stages() -> None:
    found = compared(
        {"planning": 1, "flexibility": 3, "speech": 2, "initiative": 1},
        {"planning": 3, "flexibility": 2, "speech": 2, "persistence": 3},
    )
    assert (found.risen, found.fallen, found.compared, found.formed) == (2, 1, 3, 2)
    assert [one.code for one in found.strengths] == ["planning", "persistence"]
    assert [one.code for one in found.to_help] == ["flexibility", "speech"]  # the fallen first


def test_a_pupil_alike_in_everything_has_neither_strong_nor_weak_sides() -> None:
    found = compared({}, {"planning": 2, "flexibility": 2})
    assert (found.strengths, found.to_help) == ((), ())


def test_a_kindergarten_year_is_compared_through_the_links() -> None:
    path = school_path(1)
    facts = [recorded("creativity", 1, 2025), recorded("taste", 2, 2025), recorded("creative", 2, 2026)]
    found = compare(PROGRAMME, path, facts, Moment(period(2026)), Moment(period(2025)))
    rows = {one.competency.code: (one.now, one.before) for one in found.rows}
    assert rows["creative"] == (2, 1)
    assert rows["need-to-create"] == (None, 2)
    assert found.risen == 1


def test_nobody_without_a_class_has_a_matrix() -> None:
    grown = growth.growth(PROGRAMME, (), [recorded("planning", 1, 2026)])
    assert (grown.years, grown.rows) == ((), ())
    assert compare(PROGRAMME, (), (), None, None).rows == ()


CODES = sorted({item.code for level in PROGRAMME.levels for item in level.competencies.items})
FACTS = st.lists(
    st.builds(
        recorded,
        st.sampled_from(CODES),
        st.one_of(st.none(), st.integers(0, 3)),
        st.integers(2015, 2027),
        st.sampled_from([FIRST, SECOND]),
    ),
    max_size=60,
)


@given(FACTS, st.integers(1, 11), st.integers(0, 3))
def test_growth_never_invents_a_stage(facts: list[Recorded], grade: int, kindergarten: int) -> None:
    """Every stage of the matrix was recorded in that school year, of a competency of that year's set."""
    path = school_path(grade, kindergarten=kindergarten)
    grown = growth.growth(PROGRAMME, path, facts)
    seen = {(one.assessment.period.year.start, one.competency, one.assessment.stage) for one in facts}
    for cells in grown.rows:
        assert len(cells) == len(path)
        for one, cell in zip(path, cells, strict=True):
            own = {item.code for item in PROGRAMME.level(one.group.level).competencies.items}
            for competency, stage in cell.former:
                assert competency.code in own
                assert stage is None or (one.year.start, competency.code, stage) in seen
            if cell.stage is not None:
                assert cell.stage == min(stage for _, stage in cell.former if stage is not None)


@given(FACTS, st.integers(1, 11))
def test_comparing_a_moment_with_itself_changes_nothing(facts: list[Recorded], grade: int) -> None:
    path = school_path(grade)
    now = growth.latest(moments(facts), path[-1].year)
    found = compare(PROGRAMME, path, facts, now, now)
    assert (found.risen, found.fallen) == (0, 0)
    assert found.compared == sum(one.now is not None for one in found.rows)


def test_the_card_can_say_whose_opinion_a_link_is() -> None:
    basic, secondary = (PROGRAMME.level(code).competencies for code in ("basic", "secondary"))
    (source,) = growth.sources(PROGRAMME, basic, "planning")
    assert "profdesk" in source
    assert growth.sources(PROGRAMME, secondary, "planning") == (source,)
    assert growth.sources(PROGRAMME, basic, "perspective") == ()

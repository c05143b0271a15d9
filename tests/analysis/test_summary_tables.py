"""The summary's tables against a plain count of the same rows."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from profdesk import assets
from profdesk.analysis import summary
from profdesk.domain import programme_file
from profdesk.domain.register_measures import Share
from profdesk.domain.summary import State, percent
from profdesk.domain.told_figures import ToldFigure

NAME = "artemovsky-2022-2025"
PROGRAMME = programme_file.parse(assets.resource("programmes", f"{NAME}.toml").read_text(encoding="utf-8"), NAME)
CODES = {level.code: [item.code for item in level.competencies.items] for level in PROGRAMME.levels}
GROUPS = [
    ("g0", "Подготовительная «Солнышко»", None, None, "preschool"),
    ("g1", "2 «Б»", 2, "Б", "primary"),
    ("g2", "7 «А»", 7, "А", "basic"),
    ("g3", "10 «соц-эк»", 10, "соц-эк", "secondary"),
]


School = tuple[list[summary.PupilCells], list[summary.StageCells]]


@st.composite
def schools(draw: st.DrawFn) -> School:
    pupils: list[summary.PupilCells] = []
    stages: list[summary.StageCells] = []
    for number in range(draw(st.integers(0, 12))):
        group = draw(st.sampled_from(GROUPS))
        pupils.append((f"p{number}", *group))
        codes = [*CODES[group[4]], "foreign"]
        chosen = draw(st.one_of(st.just(codes), st.lists(st.sampled_from(codes), unique=True)))
        stages += [(f"p{number}", code, draw(st.integers(0, 3))) for code in chosen]
    stages += [("stranger", "planning", 2)]
    return pupils, stages


@settings(max_examples=40)
@given(schools())
def test_tables_equal_a_plain_count(school: School) -> None:
    pupils, stages = school
    tables = summary.tables(PROGRAMME, pupils, stages)
    own = {pupil[0]: set(CODES[pupil[5]]) for pupil in pupils}
    assessed = {
        pupil: len({code for who, code, _ in stages if who == pupil and code in codes}) for pupil, codes in own.items()
    }
    for level in tables.levels:
        members = [pupil[0] for pupil in pupils if pupil[5] == level.level]
        assert level.pupils == len(members)
        assert level.begun == sum(assessed[one] > 0 for one in members)
        assert level.complete == sum(assessed[one] == len(own[one]) for one in members)
    for title, level in {(pupil[2], pupil[5]) for pupil in pupils}:
        members = [pupil[0] for pupil in pupils if pupil[2] == title]
        (row,) = [group for group in tables.groups if group.title == title]
        assert (row.pupils, row.level) == (len(members), level)
        assert row.begun == sum(assessed[one] > 0 for one in members)
        assert row.complete == sum(assessed[one] == len(own[one]) for one in members)
    for part in tables.stages:
        members_of = {pupil[0] for pupil in pupils if pupil[5] == part.level.code}
        for row in part.rows:
            for value, count in enumerate(row.counts):
                wanted = [s for s in stages if s[0] in members_of and s[1:] == (row.competency.code, value)]
                assert count == len(wanted)
            assert sum(row.counts) + row.not_assessed == len(members_of)
    for figure in tables.figures:
        members = [pupil[0] for pupil in pupils if pupil[5] in figure.indicator.levels]
        assert figure.denominator == len(members)
        begun = figure.indicator.rule.measure == "portfolio_begun"
        assert begun or figure.indicator.rule.measure == "portfolio_complete"
        enough = {one: 1 if begun else len(own[one]) for one in members}
        assert figure.numerator == sum(assessed[one] >= enough[one] for one in members)


def test_unanswered_indicators_are_told() -> None:
    tables = summary.tables(PROGRAMME, [], [])
    answered = {figure.indicator.code for figure in tables.figures}
    assert answered == {
        "accompaniment",
        "preschool-portfolio",
        "primary-involvement",
        "basic-readiness",
        "secondary-portfolio",
    }
    assert len(tables.figures) + len(tables.unanswered) == len(PROGRAMME.indicators)
    assert all(figure.state is State.NOBODY for figure in tables.figures)
    reached = dict.fromkeys(("events_any", "trials_any", "labour_market_informed", "parents_reached"), ())
    one, two = frozenset("a"), frozenset("ab")
    shares = {
        "staff_trained": Share(one, two),
        "agreements": Share(frozenset(), one),
        "web_pages": Share(one, one),
    }
    more = summary.tables(PROGRAMME, [], [], reached, shares)
    assert {one.rule.measure for one in more.unanswered} == {
        "conscious_choice", "profile_choice", "profile_continued", "destinations_in_demand",
        "manual", "manual_presence",
    }  # fmt: skip
    states = {one.indicator.rule.measure: (one.state, one.of_people) for one in more.figures[-3:]}
    assert states == {
        "staff_trained": (State.REACHED, True),
        "agreements": (State.BELOW, False),
        "web_pages": (State.REACHED, False),
    }


def test_what_was_told_answers_the_indicators_that_ask_for_it_and_no_others() -> None:
    told = {
        one.code: ToldFigure(one.code, place % 2, 1, f"Письмо {place}", "u", datetime.now(UTC))
        for place, one in enumerate(PROGRAMME.indicators)
    }
    tables = summary.tables(PROGRAMME, [], [], told=told)
    found = {one.indicator.rule.measure: one for one in tables.figures if one.source}
    assert {measure: one.of_people for measure, one in found.items()} == {"manual": True, "manual_presence": False}
    for one in found.values():
        wanted = told[one.indicator.code]
        assert (one.numerator, one.denominator, one.source) == (wanted.numerator, 1, wanted.source)
        assert one.indicator not in tables.unanswered


def test_shortage_is_counted_in_people_by_exact_fractions() -> None:
    from profdesk.domain.summary import Figure

    indicator = next(one for one in PROGRAMME.indicators if one.code == "primary-involvement")
    assert Figure(indicator, 79, 99).shortage == 1
    assert Figure(indicator, 80, 99).state is State.REACHED
    assert Figure(indicator, 7999, 10000).state is State.BELOW
    assert str(percent(7999, 10000)) == "80.0"
    assert percent(1, 0) is None

"""What a year, a term and any days count, by hand on a few pupils; less than the whole; the span before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from support import FIRST, SECOND, YEAR, pupil_ids

from profdesk.domain.activities import ActivityEntry
from profdesk.domain.people import Group, GroupName, Leave, LeaveReason, PersonName
from profdesk.domain.portfolio import Basis, Cell, Mark
from profdesk.domain.school_year import Period, Term
from profdesk.domain.scope import Scope
from profdesk.domain.span import Span
from profdesk.domain.summary import Figure, Summary, why_unanswered
from profdesk.domain.told_figures import MEASURES
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.services import activities, portfolio, summary, told_figures
from profdesk.storage.workspace import Workspace

TERM = Span.of_term(YEAR, Term.FIRST)
WHOLE_YEAR = Span.of_year(YEAR)
PLANNING, FLEXIBILITY = "planning", "flexibility"


def october(first: int, last: int, month: int = 10) -> Span:
    return Span.of_days(date(2026, 10, first), date(2026, month, last))


def said(
    desk: Workspace, pupil: str, stage: int | None, day: date, period: Period = FIRST, code: str = PLANNING, at: int = 0
) -> None:
    """One assessment, ``at`` so many hours of the computer's clock from now."""
    with desk.unit(desk.actor) as unit:
        moment = datetime.now(UTC) + timedelta(hours=at)
        unit.portfolio.append([Mark(Cell(pupil, code), stage)], period, Basis.OBSERVATION, day, moment)


def planning(desk: Workspace, span: Span) -> tuple[tuple[int, ...], int]:
    """How many stand at each stage of planning, and how many portfolios are begun."""
    found = summary.compute(desk, desk.actor, span)
    (level,) = found.stages
    (row,) = (row for row in level.rows if row.competency.code == PLANNING)
    return row.counts, found.total.begun


def figures(found: Summary | None) -> dict[str, Figure]:
    assert found is not None
    return {one.indicator.rule.measure: one for one in found.figures}


def test_days_count_the_latest_made_on_them_though_superseded_since(workspace: Workspace, group: Group) -> None:
    one, two, three = pupil_ids(workspace, group)
    said(workspace, one, 1, date(2026, 10, 10))
    said(workspace, one, 3, date(2026, 11, 20))
    said(workspace, two, 2, date(2026, 11, 1))
    said(workspace, two, None, date(2026, 11, 5))
    said(workspace, three, 0, date(2026, 10, 12), code=FLEXIBILITY)
    said(workspace, three, 2, date(2027, 2, 1), SECOND)
    assert planning(workspace, october(1, 31)) == ((0, 1, 0, 0), 2)
    assert planning(workspace, october(1, 3, 11)) == ((0, 1, 1, 0), 3)
    assert planning(workspace, october(1, 15, 11)) == ((0, 1, 0, 0), 2)
    assert planning(workspace, october(11, 11)) == ((0, 0, 0, 0), 0)
    assert planning(workspace, october(13, 30, 11)) == ((0, 0, 0, 1), 1)
    assert planning(workspace, TERM) == ((0, 0, 0, 1), 2)
    assert planning(workspace, Span.of_term(YEAR, Term.SECOND)) == ((0, 0, 1, 0), 1)
    everything = planning(workspace, WHOLE_YEAR)
    assert everything == ((0, 0, 1, 1), 2)
    assert planning(workspace, Span.of_days(YEAR.first_day, YEAR.last_day)) == everything


def test_of_several_made_on_one_day_the_one_that_supersedes_counts(workspace: Workspace, group: Group) -> None:
    one, two, _ = pupil_ids(workspace, group)
    for hours, stage in enumerate((0, 3, 1)):
        said(workspace, one, stage, date(2026, 10, 10), at=-hours)  # the clock was put back in between
    said(workspace, one, 2, date(2026, 11, 10))
    said(workspace, two, 3, date(2026, 10, 10))
    said(workspace, two, 0, date(2026, 10, 9))  # written down later, seen before
    assert planning(workspace, october(1, 31)) == ((0, 1, 0, 1), 2)


def test_a_second_terms_stage_taken_back_leaves_the_firsts(workspace: Workspace, group: Group) -> None:
    one, *_ = pupil_ids(workspace, group)
    said(workspace, one, 1, date(2026, 10, 10))
    said(workspace, one, 3, date(2027, 2, 1), SECOND)
    said(workspace, one, None, date(2027, 2, 2), SECOND)
    for span in (WHOLE_YEAR, Span.of_days(YEAR.first_day, YEAR.last_day)):
        assert planning(workspace, span) == ((0, 1, 0, 0), 1)
    assert planning(workspace, Span.of_days(YEAR.first_day, date(2027, 2, 1))) == ((0, 0, 0, 1), 1)


def test_pupils_are_those_in_class_on_the_last_day(workspace: Workspace, group: Group) -> None:
    one, two, three = pupil_ids(workspace, group)
    left = ((one, LeaveReason.LEFT, date(2026, 10, 20)), (two, LeaveReason.GRADUATED, date(2027, 6, 20)))
    with workspace.unit(workspace.actor) as unit:
        for pupil, reason, day in left:
            unit.pupils.leave([pupil], YEAR, Leave(day, reason))
    said(workspace, one, 1, date(2026, 10, 10))
    said(workspace, three, 1, date(2026, 10, 10))
    pupils = {
        october(1, 19): 3,
        october(1, 20): 3,
        october(1, 21): 2,
        TERM: 2,
        WHOLE_YEAR: 2,
        Span.of_term(YEAR, Term.SECOND): 2,
        Span.of_days(date(2027, 7, 1), date(2027, 7, 31)): 1,
    }
    assert {span: summary.compute(workspace, workspace.actor, span).total.pupils for span in pupils} == pupils
    assert planning(workspace, october(1, 19))[1] == 2
    assert planning(workspace, october(1, 21))[1] == 1


def held(desk: Workspace, group: Group, kind: str, day: date, *absent: str) -> None:
    activity = activities.write(desk, desk.actor, ActivityEntry(kind, "Проба", day, hours=4, groups=(group.id,)))[0]
    activities.hold(desk, desk.actor, activity.id, absent=absent)


def test_activities_count_on_the_days_they_were_held(workspace: Workspace, group: Group) -> None:
    year = YEAR.previous  # what is over can be held whatever day it is
    with workspace.unit(workspace.actor) as unit:
        former = unit.pupils.ensure_group(GroupName("9 «А»", 9, "А"), "secondary", year)
        for name in ("Ан", "Белов", "Яшин"):
            unit.pupils.enrol(unit.pupils.add(PersonName(name, "Саша"), date(2010, 5, 6), None), former.id, year)
    one, two, _ = pupil_ids(workspace, former)
    held(workspace, former, "trial", date(2025, 10, 12), one)
    held(workspace, former, "trial", date(2026, 3, 1), one, two)
    held(workspace, former, "excursion", date(2025, 12, 31), two)
    expected = {
        Span.of_days(date(2025, 10, 12), date(2025, 10, 12)): (2, 2),
        Span.of_days(date(2025, 10, 13), date(2025, 12, 30)): (0, 0),
        Span.of_term(year, Term.FIRST): (2, 3),
        Span.of_term(year, Term.SECOND): (1, 1),
        Span.of_year(year): (2, 3),
    }
    for span, (trials, events) in expected.items():
        found = summary.compute(workspace, workspace.actor, span)
        assert figures(found)["trials_any"].numerator == trials, span.title
        with workspace.unit(workspace.actor) as unit:
            assert len(activities.reached(unit, span).events) == events
    second = summary.compute(workspace, workspace.actor, Span.of_term(year, Term.SECOND))
    assert figures(second.before)["trials_any"].numerator == 2


def test_what_was_told_holds_for_a_year_alone_and_says_so(workspace: Workspace, group: Group) -> None:
    whole = summary.compute(workspace, workspace.actor, WHOLE_YEAR)
    asked = next(one for one in whole.unanswered if one.rule.measure == "manual")
    assert not why_unanswered(asked, whole)
    told_figures.write(workspace, workspace.actor, YEAR, asked, 3, 8, "Письмо колледжа")
    assert figures(summary.compute(workspace, workspace.actor, WHOLE_YEAR))["manual"].numerator == 3
    term = summary.compute(workspace, workspace.actor, TERM)
    assert asked in term.unanswered
    reasons = {one.rule.measure: why_unanswered(one, term) for one in term.unanswered}
    assert {measure for measure, words in reasons.items() if "за учебный год" in words} == set(MEASURES)


def test_a_class_is_counted_alone_and_stays_in_the_school(workspace: Workspace, group: Group) -> None:
    with workspace.unit(workspace.actor) as unit:
        for grade, level, size in ((9, "secondary", 4), (10, "secondary", 2), (3, "primary", 1)):
            made = unit.pupils.ensure_group(GroupName(f"{grade} «Б»", grade, "Б"), level, YEAR)
            for number in range(size):
                pupil = unit.pupils.add(PersonName(f"Ан{number}", f"Саша{grade}"), date(2011, 5, 6), None)
                unit.pupils.enrol(pupil, made.id, YEAR)
    sizes = {
        Scope(): ("", 10),
        Scope(group=group.id): ("7 «А»", 3),
        Scope(level="secondary"): ("Средняя школа", 6),
        Scope(law="law-basic"): ("Основное общее образование", 7),
        Scope(law="law-secondary"): ("Среднее общее образование", 2),
        Scope(law="law-primary"): ("Начальное общее образование", 1),
    }
    for scope, expected in sizes.items():
        found = summary.compute(workspace, workspace.actor, WHOLE_YEAR, scope)
        assert (found.scope_title, found.total.pupils) == expected
        assert scope.whole or all(figure.denominator for figure in found.figures)
    of_class = summary.compute(workspace, workspace.actor, WHOLE_YEAR, Scope(group=group.id))
    assert {one.indicator.code for one in of_class.figures} >= {"accompaniment", "basic-readiness"}
    assert "primary-involvement" not in {one.indicator.code for one in of_class.figures}
    staff = next(one for one in of_class.unanswered if one.rule.measure == "staff_trained")
    assert why_unanswered(staff, of_class) == "Считается только по всей организации."
    with pytest.raises(WrongInputError, match="остаётся в школе"):
        summary.sign(workspace, workspace.actor, of_class, lambda _: None)
    with pytest.raises(WrongInputError, match="7 «А»"):
        summary.workbook(of_class)
    with pytest.raises(NotFoundError, match="такого класса нет"):
        summary.compute(workspace, workspace.actor, WHOLE_YEAR, Scope(group="нет такого"))


def test_the_span_before_is_counted_where_something_was_recorded_of_it(workspace: Workspace, group: Group) -> None:
    ids = pupil_ids(workspace, group)
    for pupil in ids:
        said(workspace, pupil, 1, date(2027, 1, 20), SECOND)
    second = Span.of_term(YEAR, Term.SECOND)
    assert summary.compute(workspace, workspace.actor, second).before is None
    said(workspace, ids[0], 1, date(2026, 10, 1))
    found = summary.compute(workspace, workspace.actor, second)
    assert found.before is not None
    assert found.before.span == TERM
    assert found.before.before is None
    assert figures(found.before)["portfolio_begun"].numerator == 1
    assert figures(found)["portfolio_begun"].numerator == 3
    former = Period(YEAR.previous, Term.SECOND)
    with workspace.unit(workspace.actor) as unit:
        was = unit.pupils.ensure_group(GroupName("6 «А»", 6, "А"), "basic", YEAR.previous)
        other = unit.pupils.ensure_group(GroupName("7 «А»", 7, "А"), "basic", YEAR.previous)
        unit.pupils.enrol(ids[1], was.id, YEAR.previous)
        unit.pupils.enrol(ids[0], other.id, YEAR.previous)
    portfolio.set_stages(workspace, workspace.actor, former, [Mark(Cell(ids[0], PLANNING), 2)])
    assert summary.compute(workspace, workspace.actor, TERM, Scope(group=group.id)).before is None
    portfolio.set_stages(workspace, workspace.actor, former, [Mark(Cell(ids[1], PLANNING), 2)])
    of_class = summary.compute(workspace, workspace.actor, TERM, Scope(group=group.id))
    assert figures(of_class.before)["portfolio_begun"].denominator == 1
    assert figures(summary.compute(workspace, workspace.actor, TERM).before)["portfolio_begun"].denominator == 2

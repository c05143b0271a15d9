"""The roll-over in a real workspace: all of it or nothing, once only, and taken back to the last row."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rollover_school import AUTUMN, SUMMER, YEAR, add, classes, named, new_workspace, programme
from support import PASSWORD, state

from profdesk.domain.batch import BatchKind
from profdesk.domain.changes import Kind
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.people import Leave, LeaveReason, PersonName, Sex
from profdesk.domain.portfolio import Cell, Mark
from profdesk.domain.rollover import RolloverPlan, Step
from profdesk.domain.rollover_plan import unfit
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.domain.span import Span
from profdesk.errors import CancelledError, WrongInputError
from profdesk.services import batches, certificates, class_papers, organisation, portfolio, rollover, roster, summary
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

NEXT = YEAR.next


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = new_workspace(tmp_path / "школа")
    yield made
    made.close()


def plan(workspace: Workspace, year: SchoolYear | None = None, today: date = SUMMER) -> RolloverPlan:
    return rollover.preview(workspace, workspace.actor, year, today).plan


def apply(workspace: Workspace, chosen: RolloverPlan) -> rollover.Rolled:
    return rollover.apply(workspace, workspace.actor, chosen)[0]


def period(workspace: Workspace) -> Period:
    return organisation.get(workspace, workspace.actor).period


def test_everybody_is_moved_and_the_new_year_begins(workspace: Workspace) -> None:
    made = add(workspace, {"5А": ["Ан", "Бек"], "9А": ["Вах"], "10А": ["Гай"], "11А": ["Дым"]})
    chosen = plan(workspace).marked({made["Бек"]}, Step.STAY)
    rolled, changes = rollover.apply(workspace, workspace.actor, chosen)
    assert rolled.words == "2 переведены, 1 выпущен, 1 остался"
    assert classes(workspace, NEXT) == {"5 «А»": ["Бек"], "6 «А»": ["Ан"], "11 «А»": ["Гай"]}
    assert period(workspace) == Period(NEXT, Term.FIRST)
    assert changes.touches(Kind.ORGANISATION)
    (act,) = batches.done(workspace, workspace.actor)
    assert (act.kind, act.year, act.id) == (BatchKind.ROLLOVER, NEXT, rolled.batch)
    assert act.title == f"Перевод на 2026/27 учебный год: {rolled.words}"


def test_the_old_year_keeps_those_who_left_with_its_end(workspace: Workspace) -> None:
    made = add(workspace, {"5А": ["Ан", "Бек"], "11А": ["Вах"]})
    before = classes(workspace, YEAR)
    apply(workspace, plan(workspace).marked({made["Бек"]}, Step.LEAVE))
    assert classes(workspace, YEAR) == before
    with workspace.unit(workspace.actor) as unit:
        left = {pupil.name.surname: pupil.leave for pupil in unit.pupils.all(YEAR)}
        assert all(pupil.attends for pupil in unit.pupils.all(YEAR))
    assert left == {
        "Ан": None,
        "Бек": Leave(date(2026, 8, 31), LeaveReason.TRANSFERRED),
        "Вах": Leave(date(2026, 8, 31), LeaveReason.GRADUATED),
    }


def test_levels_follow_the_programme(workspace: Workspace) -> None:
    add(
        workspace,
        {"старшая «Ёжики»": ["Ан 2021-02-03"], "подготовительная": ["Бек 2019-02-03"], "4А": ["Вах"], "8А": ["Гай"]},
    )
    apply(workspace, plan(workspace))
    with workspace.unit(workspace.actor) as unit:
        levels = {group.name.title: group.level for group in unit.pupils.groups(NEXT)}
    assert levels == {
        "Подготовительная «Ёжики»": "preschool",
        "1 «А»": "primary",
        "5 «А»": "basic",
        "9 «А»": "secondary",
    }


def test_a_second_run_changes_only_what_is_missing(workspace: Workspace) -> None:
    made = add(workspace, {"9А": ["Ан", "Бек"], "5А": ["Вах"]})
    first = plan(workspace).sent({made["Ан"]}, named("10А"))
    assert apply(workspace, first).counts == {Step.MOVE: 2}
    assert apply(workspace, first).batch is None
    rest = plan(workspace)
    assert rest.year == YEAR
    assert [one.pupil.id for one in rest.lines if not one.done] == [made["Бек"]]
    assert rest.pending == []
    assert apply(workspace, rest).batch is None
    later = apply(workspace, rest.marked({made["Бек"]}, Step.GRADUATE))
    assert later.words == "1 выпущен"
    assert period(workspace) == Period(NEXT, Term.FIRST)
    assert len(batches.done(workspace, workspace.actor)) == 2


def test_classes_made_by_a_list_are_kept(workspace: Workspace) -> None:
    made = add(workspace, {"5А": ["Ан", "Бек"]})
    add(workspace, {"6А": ["Новый"]}, NEXT)
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(named("6Б"), "basic", NEXT)
        unit.pupils.enrol(made["Бек"], group.id, NEXT)
    apply(workspace, plan(workspace))
    assert classes(workspace, NEXT) == {"6 «А»": ["Ан", "Новый"], "6 «Б»": ["Бек"]}


def test_what_changed_since_the_preview_is_passed_over(workspace: Workspace) -> None:
    made = add(workspace, {"5А": ["Ан", "Бек", "Вах"]})
    chosen = plan(workspace)
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.leave([made["Ан"]], YEAR, Leave(date(2026, 6, 1), LeaveReason.TRANSFERRED))
        unit.pupils.enrol(made["Бек"], unit.pupils.ensure_group(named("6Б"), "basic", NEXT).id, NEXT)
    assert apply(workspace, chosen).counts == {Step.MOVE: 1}
    assert classes(workspace, NEXT) == {"6 «А»": ["Вах"], "6 «Б»": ["Бек"]}


def test_a_stop_writes_nothing(workspace: Workspace) -> None:
    add(workspace, {"5А": ["Ан", "Бек"]})
    before = state(workspace)

    def stop(done: int, total: int) -> None:
        if done == total:
            raise CancelledError

    with pytest.raises(CancelledError):
        rollover.apply(workspace, workspace.actor, plan(workspace), stop)
    assert state(workspace) == before
    assert batches.done(workspace, workspace.actor) == []


def test_it_is_taken_back_after_the_workspace_was_closed(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "сад", OrganisationKind.KINDERGARTEN)
    add(workspace, {"подготовительная": ["Ан 2019-02-03"], "средняя": ["Бек 2022-02-03"]})
    before = state(workspace)
    rolled = apply(workspace, plan(workspace))
    assert rolled.words == "1 переведён, 1 выпущен"
    workspace.close()
    workspace = storage.open_workspace(tmp_path / "сад", None, PASSWORD)
    shown = rollover.preview(workspace, workspace.actor, today=SUMMER)
    assert shown.act is not None
    assert shown.act.id == rolled.batch
    batches.take_back(workspace, workspace.actor, shown.act.id)
    assert state(workspace) == before
    assert rollover.preview(workspace, workspace.actor, today=SUMMER).act is None
    workspace.close()


def test_later_work_on_a_moved_pupil_is_not_lost(workspace: Workspace) -> None:
    made = add(workspace, {"5А": ["Ан"]})
    rolled = apply(workspace, plan(workspace))
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.enrol(made["Ан"], unit.pupils.ensure_group(named("6Б"), "basic", NEXT).id, NEXT)
    assert rolled.batch is not None
    with pytest.raises(WrongInputError, match="Ан Саша"):
        batches.take_back(workspace, workspace.actor, rolled.batch)


def test_which_year_is_offered(workspace: Workspace) -> None:
    add(workspace, {"5А": ["Ан"]})
    actor = workspace.actor
    early = rollover.preview(workspace, actor, today=AUTUMN)
    assert (early.plan.year, early.early, early.begins) == (YEAR, True, True)
    assert not rollover.preview(workspace, actor, today=SUMMER).early
    apply(workspace, early.plan)
    done = rollover.preview(workspace, actor, today=SUMMER)
    assert (done.plan.year, done.begins, done.act is not None) == (YEAR, False, True)
    following = rollover.preview(workspace, actor, today=date(2027, 6, 1))
    assert (following.plan.year, following.begins, following.act) == (NEXT, True, None)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_school_takes_the_list_of_leavers_without_questions(tmp_path: Path, suffix: str) -> None:
    kindergarten = new_workspace(tmp_path / "сад", OrganisationKind.KINDERGARTEN)
    with kindergarten.unit(kindergarten.actor) as unit:
        group = unit.pupils.ensure_group(named("подготовительная «Лес»"), "preschool", YEAR)
        for name, sex in (
            (PersonName("Ёлкина", "Анна-Мария", "Олеговна"), Sex.FEMALE),
            (PersonName("Ким", "Ян"), None),
        ):
            unit.pupils.enrol(unit.pupils.add(name, date(2019, 2, 3), sex), group.id, YEAR)
    add(kindergarten, {"подготовительная «Лес»": ["Малыш 2021-02-03"]})
    path = tmp_path / f"Выпускники{suffix}"
    for chosen in (plan(kindergarten), plan(kindergarten)):
        rollover.save_leavers(kindergarten, kindergarten.actor, chosen, path)
        apply(kindergarten, chosen)
    kindergarten.close()
    school = new_workspace(tmp_path / "школа", year=NEXT)
    read = roster.preview(school, school.actor, path, NEXT)
    assert read.refused == ()
    assert [line.remarks for line in (one.pupil for one in read.lines)] == [(), ()]
    assert [(one.name, one.pupil.birth_date, one.sex) for one in read.lines] == [
        (PersonName("Ёлкина", "Анна-Мария", "Олеговна"), date(2019, 2, 3), Sex.FEMALE),
        (PersonName("Ким", "Ян"), date(2019, 2, 3), None),
    ]
    roster.apply(school, school.actor, read)
    assert classes(school, NEXT) == {"1 класс": ["Ёлкина", "Ким"]}
    school.close()


def mark_all(workspace: Workspace, group: str, when: Period, stage: int) -> None:
    grid = portfolio.grid(workspace, workspace.actor, group, when)
    marks = [Mark(Cell(pupil.id, item.code), stage) for pupil in grid.pupils for item in grid.competencies.items]
    portfolio.set_stages(workspace, workspace.actor, when, marks)


def test_papers_of_the_old_year_stay_and_the_new_year_goes_on_from_it(workspace: Workspace) -> None:
    actor = workspace.actor
    made = add(workspace, {"5А": ["Ан", "Бек"], "11А": ["Вах"]})
    with workspace.unit(actor) as unit:
        old = {group.name.title: group.id for group in unit.pupils.groups(YEAR)}
    for group in old.values():
        mark_all(workspace, group, Period(YEAR, Term.SECOND), 2)
    figures = summary.compute(workspace, actor, Span.of_year(YEAR)).figures
    there = {title: certificates.candidates(workspace, actor, group) for title, group in old.items()}
    apply(workspace, plan(workspace).marked({made["Бек"]}, Step.LEAVE))
    assert summary.compute(workspace, actor, Span.of_year(YEAR)).figures == figures
    assert {title: certificates.candidates(workspace, actor, group) for title, group in old.items()} == there
    assert certificates.preview(workspace, actor, old["11 «А»"], made["Вах"]).startswith(b"%PDF")
    now = period(workspace)
    with workspace.unit(actor) as unit:
        (sixth,) = unit.pupils.groups(now.year)
    grid = portfolio.grid(workspace, actor, sixth.id, now)
    assert [pupil.name.surname for pupil in grid.pupils] == ["Ан"]
    assert grid.stages == {}
    assert set(grid.earlier.values()) == {2}
    assert set(grid.earlier) == {Cell(made["Ан"], item.code) for item in grid.competencies.items}
    mark_all(workspace, sixth.id, now, 3)
    overview = class_papers.overview(workspace, actor, sixth.id, now)
    assert [(len(one.risen), len(one.fallen)) for one in overview.changes] == [(len(grid.earlier), 0)]


@st.composite
def schools(draw: st.DrawFn) -> dict[str, list[tuple[date, str]]]:
    """Classes with pupils: birth date, and «stays», «left» or «there» (in a class of the next year already)."""
    titles = st.sampled_from(
        ["1А", "4А", "4Б", "5А", "8А", "9А", "9Б", "10А", "11А", "старшая «Ёжики»", "подготовительная", "группа «Лес»"]
    )
    born = st.dates(date(2018, 9, 1), date(2022, 8, 31))
    child = st.tuples(born, st.sampled_from(["stays", "stays", "stays", "left", "there"]))
    return draw(st.dictionaries(titles, st.lists(child, min_size=1, max_size=4), max_size=6))


def populate(workspace: Workspace, school: dict[str, list[tuple[date, str]]]) -> set[str]:
    """Write the school; gives the ids of those who attend to the end of the year."""
    attending: set[str] = set()
    levels = programme()
    with workspace.unit(workspace.actor) as unit:
        for title, people in school.items():
            name = named(title)
            level = levels.level_of_grade(name.grade)
            group = unit.pupils.ensure_group(name, level.code if level else "", YEAR)
            for number, (born, fate) in enumerate(people):
                pupil = unit.pupils.add(PersonName(title, f"Саша {number}"), born, None)
                unit.pupils.enrol(pupil, group.id, YEAR)
                if fate == "left":
                    unit.pupils.leave([pupil], YEAR, Leave(date(2026, 1, 20), LeaveReason.LEFT))
                else:
                    attending.add(pupil)
                if fate == "there":
                    there = unit.pupils.ensure_group(named("6В"), "basic", NEXT)
                    unit.pupils.enrol(pupil, there.id, NEXT)
    return attending


@pytest.mark.slow
@settings(max_examples=8)
@given(schools(), st.data(), st.sampled_from(OrganisationKind))
def test_nobody_is_lost_or_doubled_and_taking_back_restores_every_row(
    school: dict[str, list[tuple[date, str]]], data: st.DataObject, kind: OrganisationKind
) -> None:
    with tempfile.TemporaryDirectory() as place:
        workspace = new_workspace(Path(place) / "школа", kind)
        try:
            attending = populate(workspace, school)
            before = state(workspace)
            chosen = plan(workspace)
            assert {one.pupil.id for one in chosen.lines} == attending
            for one in chosen.lines:
                if not one.done:
                    chosen = chosen.marked({one.pupil.id}, data.draw(st.sampled_from(one.steps)))
            group = data.draw(st.sampled_from(sorted({one.group.id for one in chosen.lines}) or [""]))
            target = named(data.draw(st.sampled_from(["1Б", "5А", "6А", "10Б", "11В", "группа «Лес»"])))
            if all(
                not unfit(programme(), kind, one.group.name, target) for one in chosen.lines if one.group.id == group
            ):
                chosen = chosen.sent(chosen.movers(group, target), target)
            rolled = apply(workspace, chosen)
            check_whole(workspace, chosen, attending)
            after = state(workspace)
            assert apply(workspace, chosen).batch is None
            waiting = {one.pupil.id for one in chosen.with_step(Step.UNDECIDED)}
            assert {one.pupil.id for one in plan(workspace, YEAR).lines if not one.done} == waiting
            assert state(workspace) == after
            assert rolled.batch is not None
            batches.take_back(workspace, workspace.actor, rolled.batch)
            assert state(workspace) == before
        finally:
            workspace.close()


def check_whole(workspace: Workspace, chosen: RolloverPlan, attending: set[str]) -> None:
    """Everyone decided on is in exactly one class of the next year, or left with the end of this one."""
    with workspace.unit(workspace.actor) as unit:
        enrolled = [pupil.id for pupil in unit.pupils.all(NEXT) if pupil.group is not None]
        left = [pupil.id for pupil in unit.pupils.all(YEAR) if pupil.leave and pupil.attends]
        in_classes = [pupil.id for group in unit.pupils.groups(NEXT) for pupil in unit.pupils.in_group(group.id)]
    assert sorted(in_classes) == sorted(enrolled)
    waiting = [one.pupil.id for one in chosen.with_step(Step.UNDECIDED)]
    assert sorted([*enrolled, *left, *waiting]) == sorted(attending)

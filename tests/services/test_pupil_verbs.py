"""What is done to pupils one by one or several at once, each step undone and redone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from support import FIRST, YEAR, mark

from profdesk.domain.batch import BatchKind, Step
from profdesk.domain.changes import Kind
from profdesk.domain.merging import Merge
from profdesk.domain.people import Group, Leave, LeaveReason, Pupil, Sex
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.services import batches, pupils
from profdesk.storage.workspace import Workspace

NEW = PupilEntry("ильин", "даниил", "евгеньевич", "5.2.13", Sex.MALE, "7 «а»")
LEFT = Leave(YEAR.first_day, LeaveReason.TRANSFERRED)


def everyone(workspace: Workspace) -> dict[str, Pupil]:
    return {pupil.name.surname: pupil for pupil in pupils.pupils(workspace, workspace.actor, YEAR)}


def classes(workspace: Workspace) -> dict[str, int]:
    return {group.name.title: group.size for group in pupils.groups(workspace, workspace.actor, YEAR)}


def undo(workspace: Workspace, step: Step) -> str:
    assert step.batch is not None
    return batches.turn_back(workspace, workspace.actor, step.batch)[0]


def test_a_pupil_is_added_as_people_type(workspace: Workspace, group: Group) -> None:
    step, changes = pupils.add(workspace, workspace.actor, NEW, YEAR)
    ilyin = everyone(workspace)["Ильин"]
    assert (ilyin.name.full, ilyin.birth_date, ilyin.sex) == ("Ильин Даниил Евгеньевич", date(2013, 2, 5), Sex.MALE)
    assert ilyin.group is not None
    assert ilyin.group.id == group.id
    assert step == Step("новый ученик, Ильин Даниил", changes.batch, (ilyin.id,))
    assert changes.touches(Kind.PUPILS)
    again = undo(workspace, step)
    assert "Ильин" not in everyone(workspace)
    batches.turn_back(workspace, workspace.actor, again)
    assert everyone(workspace)["Ильин"] == ilyin


def test_a_new_class_is_made_and_goes_with_its_undo(workspace: Workspace, group: Group) -> None:
    step, _ = pupils.move(workspace, workspace.actor, [everyone(workspace)["Белов"].id], "7в", YEAR)
    assert step.words == "перевод, Белов Матвей в 7 «В»"
    assert classes(workspace) == {"7 «А»": 2, "7 «В»": 1}
    undo(workspace, step)
    assert classes(workspace) == {"7 «А»": 3}


def test_children_of_a_kindergarten_are_called_children(workspace: Workspace) -> None:
    actor, title = workspace.actor, "Подготовительная «Радуга»"
    for given in ("Ян", "Ли"):
        entry = PupilEntry("Ан", given, "", "5.2.2020", None, title)
        step, _ = pupils.add(workspace, actor, entry, YEAR)
        assert step.words == f"новый ребёнок, Ан {given}"
    ids = [pupil.id for pupil in pupils.pupils(workspace, actor, YEAR)]
    moved, _ = pupils.move(workspace, actor, ids, "Старшая «Ёлочка»", YEAR)
    assert moved.words == "перевод 2 детей в группу: Старшая «Ёлочка»"
    left, _ = pupils.leave(workspace, actor, ids, LEFT, YEAR)
    assert left.words == "выбытие 2 детей"


def test_several_are_moved_as_an_act(workspace: Workspace, group: Group) -> None:
    ids = [pupil.id for pupil in everyone(workspace).values()]
    step, changes = pupils.move(workspace, workspace.actor, ids, "8 «Б»", YEAR)
    assert step.words == "перевод 3 учеников в 8 «Б»"
    act = batches.done(workspace, workspace.actor)[0]
    assert (act.title, act.kind) == ("Перевод 3 учеников в 8 «Б»", BatchKind.MOVE)
    assert changes.touches(Kind.BATCHES)
    again, _ = pupils.move(workspace, workspace.actor, ids, "8б", YEAR)
    assert again.batch is None
    batches.take_back(workspace, workspace.actor, act.id)
    assert classes(workspace) == {"7 «А»": 3}


def test_leaving_and_return(workspace: Workspace, group: Group) -> None:
    belov = everyone(workspace)["Белов"]
    step, _ = pupils.leave(workspace, workspace.actor, [belov.id], LEFT, YEAR)
    assert step.words == "выбытие, Белов Матвей"
    assert everyone(workspace)["Белов"].leave == LEFT
    (row,) = [row for row in pupils.listing(workspace, workspace.actor, YEAR).rows if row.pupil.id == belov.id]
    assert (row.left, row.portfolio) == (LEFT, None)
    back, _ = pupils.bring_back(workspace, workspace.actor, [belov.id], YEAR)
    assert everyone(workspace)["Белов"] == belov
    undo(workspace, back)
    undo(workspace, step)
    assert everyone(workspace)["Белов"] == belov
    assert [act.kind for act in batches.done(workspace, workspace.actor)] == [BatchKind.IMPORT]


def test_one_who_left_is_moved_back_in(workspace: Workspace, group: Group) -> None:
    belov = everyone(workspace)["Белов"]
    pupils.leave(workspace, workspace.actor, [belov.id], LEFT, YEAR)
    pupils.move(workspace, workspace.actor, [belov.id], "7а", YEAR)
    assert everyone(workspace)["Белов"] == belov


@pytest.mark.parametrize("day", [YEAR.first_day - timedelta(1), YEAR.last_day + timedelta(1)])
def test_nobody_leaves_outside_the_year(workspace: Workspace, group: Group, day: date) -> None:
    belov = everyone(workspace)["Белов"]
    with pytest.raises(WrongInputError, match="День выбытия"):
        pupils.leave(workspace, workspace.actor, [belov.id], Leave(day, LeaveReason.LEFT), YEAR)


def test_those_who_left_in_an_earlier_year_are_told_from_the_homeless(workspace: Workspace, group: Group) -> None:
    belov = everyone(workspace)["Белов"]
    pupils.leave(workspace, workspace.actor, [belov.id], LEFT, YEAR)
    later = pupils.listing(workspace, workspace.actor, type(YEAR)(YEAR.start + 1)).rows
    assert {row.pupil.name.surname: row.left for row in later} == {"Абрамова": None, "Белов": LEFT, "Ёлкина": None}
    assert {(row.last.group, row.last.year) for row in later if row.last} == {("7 «А»", YEAR)}


def test_an_edit_that_changes_nothing_writes_nothing(workspace: Workspace, group: Group) -> None:
    belov = everyone(workspace)["Белов"]
    step, changes = pupils.edit(workspace, workspace.actor, belov.id, PupilEntry.of(belov), YEAR)
    assert (step.batch, changes.batch) == (None, None)


def test_edits_are_undone_one_after_another(workspace: Workspace, group: Group) -> None:
    belov = everyone(workspace)["Белов"]
    steps = []
    for given, title in (("Матфей", "7а"), ("Матфей", "7б"), ("Марк", "7б")):
        entry = PupilEntry("Белов", given, "Сергеевич", "18 января 2013", Sex.MALE, title)
        steps.append(pupils.edit(workspace, workspace.actor, belov.id, entry, YEAR)[0])
    assert steps[1].words == "правка, Белов Матфей"
    for step in reversed(steps):
        undo(workspace, step)
    assert everyone(workspace)["Белов"] == belov


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (PupilEntry("", "Даниил", "", "05.02.2013"), "Нет фамилии"),
        (PupilEntry("Ильин", "", "", "05.02.2013"), "Нет имени"),
        (PupilEntry("Ильин2", "Даниил", "", "05.02.2013"), "Цифры в имени"),
        (PupilEntry("Ильин", "Д.", "", "05.02.2013"), "Только буквы"),
        (PupilEntry("Ильин", "Д", "", "05.02.2013"), "Имя не полностью"),
        (PupilEntry("Ильин", "Даниил", "", ""), "Нет даты рождения"),
        (PupilEntry("Ильин", "Даниил", "", "31.02.2013"), "Нет такой даты: 31 февраля"),
        (PupilEntry("Ильин", "Даниил", "", "05.02.1913"), "слишком давно"),
        (PupilEntry("Ильин", "Даниил", "", f"05.02.{datetime.now(UTC).year}"), "слишком рано"),
        (PupilEntry("Ильин", "Даниил", "", "05.02.2013", None, "26А"), "Нет 26-го класса"),
        (PupilEntry("Ильин", "Даниил", "", "05.02.2013", None, "???"), "Класс не понят"),
    ],
)
def test_what_will_not_do_is_told_and_not_written(workspace: Workspace, entry: PupilEntry, words: str) -> None:
    with pytest.raises(WrongInputError, match=words):
        pupils.add(workspace, workspace.actor, entry, YEAR)
    assert everyone(workspace) == {}


def test_nobody_is_taken_out_of_a_class_by_an_edit(workspace: Workspace, group: Group) -> None:
    belov = everyone(workspace)["Белов"]
    entry = PupilEntry("Белов", "Матвей", "", "18.01.2013")
    with pytest.raises(WrongInputError, match="отметьте выбытие"):
        pupils.edit(workspace, workspace.actor, belov.id, entry, YEAR)


def test_the_listing_counts_the_portfolio_of_the_year(workspace: Workspace, group: Group) -> None:
    listing = pupils.listing(workspace, workspace.actor, YEAR)
    total = listing.rows[0].portfolio.total if listing.rows[0].portfolio else 0
    assert total > 10
    belov = everyone(workspace)["Белов"].id
    mark(workspace, FIRST, (belov, "planning", 2), (belov, "flexibility", 0), (belov, "initiative", None))
    mark(workspace, FIRST.previous, (belov, "initiative", 2))
    found = {row.pupil.name.surname: row for row in pupils.listing(workspace, workspace.actor, YEAR).rows}
    assert found["Белов"].portfolio is not None
    assert (found["Белов"].portfolio.assessed, found["Белов"].uncovered) == (2, True)
    assert found["Ёлкина"].portfolio is not None
    assert found["Ёлкина"].portfolio.assessed == 0


def test_the_listing_asks_as_much_of_a_small_school_as_of_a_large_one(workspace: Workspace, group: Group) -> None:
    asked: list[str] = []
    event.listen(workspace._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    pupils.listing(workspace, workspace.actor, YEAR)
    few = len(asked)
    for number in range(30):
        entry = PupilEntry("Ан", "Ли", f"Отец{'абвгдежзик'[number % 10]}", f"{number % 28 + 1}.05.2013", None, "7б")
        pupils.add(workspace, workspace.actor, entry, YEAR)
    asked.clear()
    pupils.listing(workspace, workspace.actor, YEAR)
    assert len(asked) == few
    assert sum("assessment" in one for one in asked) == 1


def test_a_school_is_moved_and_moved_back_with_as_many_statements_as_a_few(workspace: Workspace, group: Group) -> None:
    asked: list[str] = []
    event.listen(workspace._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    actor = workspace.actor

    def there_and_back() -> int:
        ids = [pupil.id for pupil in pupils.pupils(workspace, actor, YEAR)]
        asked.clear()
        step, _ = pupils.move(workspace, actor, ids, "7в", YEAR)
        pupils.leave(workspace, actor, ids, LEFT, YEAR)
        pupils.bring_back(workspace, actor, ids, YEAR)
        undo(workspace, step)
        return len(asked)

    few = there_and_back()
    for number in range(40):
        entry = PupilEntry("Ан", f"Ли{'абвгдежзик'[number // 4]}", "", f"{number % 28 + 1}.05.2013", None, "7а")
        pupils.add(workspace, actor, entry, YEAR)
    assert there_and_back() == few


def test_a_merged_pupil_is_gone_until_that_is_taken_back(workspace: Workspace, group: Group) -> None:
    there = everyone(workspace)
    stays, goes = there["Белов"], there["Абрамова"]
    mark(workspace, FIRST, (goes.id, "planning", 2))
    wanted = Merge(stays.id, goes.id, stays.name, goes.birth_date, Sex.MALE, stays.id)
    step, changes = pupils.merge(workspace, workspace.actor, wanted, YEAR)
    assert step.words == "объединение, Белов Матвей"
    assert changes.touches(Kind.ASSESSMENTS)
    assert set(everyone(workspace)) == {"Белов", "Ёлкина"}
    assert everyone(workspace)["Белов"].birth_date == goes.birth_date
    (history,) = pupils.histories(workspace, workspace.actor, [stays.id], YEAR)
    assert history.assessments == 1
    with pytest.raises(NotFoundError):
        pupils.merge(workspace, workspace.actor, wanted, YEAR)
    act = batches.done(workspace, workspace.actor)[0]
    assert act.kind is BatchKind.MERGE
    batches.take_back(workspace, workspace.actor, act.id)
    assert everyone(workspace) == there

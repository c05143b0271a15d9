"""A batch taken back leaves every business table exactly as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from support import FIRST, YEAR, mark, state

from profdesk.domain.activities import ActivityEntry, Participation, Presence
from profdesk.domain.batch import BatchKind
from profdesk.domain.people import GroupName, Leave, LeaveReason, PersonName, Sex
from profdesk.domain.portfolio import Basis, Cell, Mark
from profdesk.domain.roster import Field
from profdesk.domain.span import Span
from profdesk.errors import WrongInputError
from profdesk.services import batches
from profdesk.storage.workspace import Workspace

BORN = date(2013, 5, 6)
SEVENTH = GroupName("7 «А»", 7, "А")
EIGHTH = GroupName("8 «А»", 8, "А")


def enrolled(workspace: Workspace, surname: str, group: GroupName, note: str = "") -> tuple[str, str]:
    """Write a pupil into a class in one batch; gives the pupil's id and the batch."""
    with workspace.unit(workspace.actor) as unit:
        pupil = unit.pupils.add(PersonName(surname, "Вера"), BORN, Sex.FEMALE)
        unit.pupils.enrol(pupil, unit.pupils.ensure_group(group, "basic", YEAR).id, YEAR)
        if note:
            unit.batches.note(BatchKind.IMPORT, note, YEAR)
        return pupil, unit.batch


def test_inserts_updates_and_deletions_are_turned_round(workspace: Workspace) -> None:
    pupil, _ = enrolled(workspace, "Ан", SEVENTH)
    before = state(workspace)
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.update(pupil, PersonName("Анн", "Вера", "Ильинична"), date(2012, 1, 2), None)
        other = unit.pupils.add(PersonName("Ильин", "Лев"), BORN, Sex.MALE)
        group = unit.pupils.ensure_group(EIGHTH, "basic", YEAR)
        for one in (pupil, other):
            unit.pupils.enrol(one, group.id, YEAR)
        unit.pupils.leave([other], YEAR, Leave(date(2026, 10, 1), LeaveReason.TRANSFERRED))
        unit.batches.note(BatchKind.IMPORT, "Список.xlsx", YEAR)
        batch = unit.batch
    assert state(workspace) != before
    act, changes = batches.take_back(workspace, workspace.actor, batch)
    assert state(workspace) == before
    assert act.undone_at is not None
    assert changes.batch is not None


def test_what_the_batch_itself_linked_is_no_obstacle(workspace: Workspace) -> None:
    """A file kept for somebody who was at an activity already: the link is the batch's own."""
    pupil, _ = enrolled(workspace, "Ан", SEVENTH)
    entry = ActivityEntry("trial", "Проба", date(2026, 10, 12), pupils=(pupil,))
    with workspace.unit(workspace.actor) as unit:
        one = unit.activities.write(entry, datetime.now(UTC))
    before = state(workspace)
    with workspace.unit(workspace.actor) as unit:
        work = unit.evidence.add(pupil, None, FIRST, "Проба", "Щит.jpg", b"one", datetime.now(UTC)).id
        unit.activities.record(one, [Participation(pupil, Presence.PRESENT, product=work)])
        batch = unit.batch
    other = replace(entry, title="Другая", pupils=())
    with workspace.unit(workspace.actor) as unit:
        two = unit.activities.write(other, datetime.now(UTC))
        unit.activities.record(two, [Participation(pupil, Presence.PRESENT, product=work)])
        second = unit.batch
    with pytest.raises(WrongInputError, match="с тех пор"):
        batches.turn_back(workspace, workspace.actor, batch)
    batches.turn_back(workspace, workspace.actor, second)
    batches.turn_back(workspace, workspace.actor, batch)
    assert state(workspace) == before


def test_what_was_learnt_about_columns_outlives_the_act(workspace: Workspace) -> None:
    with workspace.unit(workspace.actor) as unit:
        unit.roster_layouts.remember("фио|класс", {0: Field.FULL_NAME})
        unit.batches.note(BatchKind.IMPORT, "Список.xlsx", YEAR)
        batch = unit.batch
    with workspace.unit(workspace.actor) as unit:
        unit.roster_layouts.remember("фио|класс", {0: Field.SURNAME})
    batches.take_back(workspace, workspace.actor, batch)
    with workspace.unit(workspace.actor) as unit:
        assert unit.roster_layouts.all() == {"фио|класс": {0: Field.SURNAME}}


def test_what_was_built_on_since_is_named_and_kept(workspace: Workspace) -> None:
    pupil, batch = enrolled(workspace, "Королёва", SEVENTH, "Список.xlsx")
    mark(workspace, FIRST, (pupil, "planning", 2))
    before = state(workspace)
    with pytest.raises(WrongInputError, match="Королёва Вера"):
        batches.take_back(workspace, workspace.actor, batch)
    assert state(workspace) == before


def test_a_later_change_of_the_same_field_stands_in_the_way(workspace: Workspace) -> None:
    pupil, batch = enrolled(workspace, "Королёва", SEVENTH, "Список.xlsx")
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.update(pupil, PersonName("Королева", "Вера"), BORN, Sex.FEMALE)
    with pytest.raises(WrongInputError, match="Королева Вера"):
        batches.take_back(workspace, workspace.actor, batch)


def test_a_class_that_others_joined_stays(workspace: Workspace) -> None:
    _, batch = enrolled(workspace, "Ан", SEVENTH, "Список.xlsx")
    enrolled(workspace, "Ильин", SEVENTH)
    batches.take_back(workspace, workspace.actor, batch)
    with workspace.unit(workspace.actor) as unit:
        (group,) = unit.pupils.groups(YEAR)
        assert [pupil.name.surname for pupil in unit.pupils.in_group(group.id)] == ["Ильин"]


def test_an_act_is_taken_back_once(workspace: Workspace) -> None:
    _, batch = enrolled(workspace, "Ан", SEVENTH, "Список.xlsx")
    batches.take_back(workspace, workspace.actor, batch)
    with pytest.raises(WrongInputError, match="Уже отменено"):
        batches.take_back(workspace, workspace.actor, batch)


def test_acts_are_listed_the_latest_first(workspace: Workspace) -> None:
    enrolled(workspace, "Ан", SEVENTH, "Первый.xlsx")
    enrolled(workspace, "Ильин", SEVENTH, "Второй.xlsx")
    assert [act.title for act in batches.done(workspace, workspace.actor)] == ["Второй.xlsx", "Первый.xlsx"]


def test_one_who_left_is_in_no_class_and_may_come_back(workspace: Workspace) -> None:
    pupil, _ = enrolled(workspace, "Ан", SEVENTH)
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.leave([pupil], YEAR, Leave(date(2026, 10, 1), LeaveReason.LEFT))
    with workspace.unit(workspace.actor) as unit:
        (group,) = unit.pupils.groups(YEAR)
        assert (group.size, unit.pupils.in_group(group.id)) == (0, ())
        (everyone,) = unit.pupils.all(YEAR)
        assert everyone.leave == Leave(date(2026, 10, 1), LeaveReason.LEFT)
        assert unit.portfolio.pupil_rows(Span.of_year(YEAR)) == []
        unit.pupils.leave([pupil], YEAR, None)
    with workspace.unit(workspace.actor) as unit:
        assert len(unit.portfolio.pupil_rows(Span.of_year(YEAR))) == 1


def test_acts_are_taken_back_one_after_another(workspace: Workspace) -> None:
    pupil, first = enrolled(workspace, "Ан", SEVENTH, "Первый.xlsx")
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.update(pupil, PersonName("Анн", "Вера"), BORN, Sex.FEMALE)
        unit.batches.note(BatchKind.IMPORT, "Второй.xlsx", YEAR)
        second = unit.batch
    with pytest.raises(WrongInputError):
        batches.take_back(workspace, workspace.actor, first)
    batches.take_back(workspace, workspace.actor, second)
    batches.take_back(workspace, workspace.actor, first)
    with workspace.unit(workspace.actor) as unit:
        assert unit.pupils.all(YEAR) == ()


def test_taking_back_keeps_the_order_of_facts_when_the_clock_was_put_back(workspace: Workspace) -> None:
    pupil, _ = enrolled(workspace, "Ан", SEVENTH)
    now = datetime.now(UTC)
    with workspace.unit(workspace.actor) as unit:
        (group,) = unit.pupils.groups(YEAR)
    for stage, moment in ((1, now), (3, now - timedelta(hours=5))):
        with workspace.unit(workspace.actor) as unit:
            unit.portfolio.append([Mark(Cell(pupil, "planning"), stage)], FIRST, Basis.OBSERVATION, BORN, moment)
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.update(pupil, PersonName("Анн", "Вера"), BORN, Sex.FEMALE)
        unit.batches.note(BatchKind.IMPORT, "Список.xlsx", YEAR)
        batch = unit.batch
    batches.take_back(workspace, workspace.actor, batch)
    with workspace.unit(workspace.actor) as unit:
        assert unit.portfolio.stages(group.id, FIRST) == {Cell(pupil, "planning"): 3}


def test_unregistered_batches_are_undone_and_redone_like_acts(workspace: Workspace) -> None:
    actor = workspace.actor
    states = [state(workspace)]
    pupil, batch = enrolled(workspace, "Ан", SEVENTH)
    undo = [batch]
    states.append(state(workspace))
    for surname in ("Анн", "Ань"):
        with workspace.unit(actor) as unit:
            unit.pupils.update(pupil, PersonName(surname, "Вера"), BORN, Sex.FEMALE)
            undo.append(unit.batch)
        states.append(state(workspace))
    redo = []
    for number in (2, 1, 0):
        redo.append(batches.turn_back(workspace, actor, undo.pop())[0])
        assert state(workspace) == states[number]
    for number in (1, 2, 3):
        undo.append(batches.turn_back(workspace, actor, redo.pop())[0])
        assert state(workspace) == states[number]
    with pytest.raises(WrongInputError, match="Ань Вера"):
        batches.turn_back(workspace, actor, undo[0])
    batches.turn_back(workspace, actor, undo.pop())
    assert state(workspace) == states[2]


def test_an_act_stands_again_when_its_undoing_is_undone(workspace: Workspace) -> None:
    _, batch = enrolled(workspace, "Ан", SEVENTH, "Список.xlsx")
    before = state(workspace)
    undoing, _ = batches.turn_back(workspace, workspace.actor, batch)
    (act,) = batches.done(workspace, workspace.actor)
    assert act.undone_at is not None
    again, _ = batches.turn_back(workspace, workspace.actor, undoing)
    (act,) = batches.done(workspace, workspace.actor)
    assert act.undone_at is None
    assert state(workspace) == before
    assert again not in (batch, undoing)
    batches.take_back(workspace, workspace.actor, batch)
    assert state(workspace)["pupil"] == []

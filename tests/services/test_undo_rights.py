"""Whoever may do a thing takes it back: class teachers and administrators their own acts, and no more than theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from rollover_school import YEAR, add, new_workspace

from profdesk.domain.access import Actor, Role
from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import Leave, LeaveReason
from profdesk.domain.registers import PARTNERS
from profdesk.domain.registers_of_work import LESSONS
from profdesk.domain.undo_rights import RIGHTS
from profdesk.domain.users import Draft
from profdesk.errors import AccessError, WrongInputError
from profdesk.services import batches, class_teachers, consents, pupils, registers, users
from profdesk.storage.models import BusinessRow
from profdesk.storage.register_models import ROWS
from profdesk.storage.workspace import Workspace

LESSON = {"title": "Сварщик", "subject": "физика", "grades": "8 класс"}
NEVER = {
    "batch", "roster_layout", "deed", "issued_summary", "erasure", "erased_pupil", "signing_key", "attachment",
    "app_user", "computer", "clock_correction", "erasure_tally",
}  # fmt: skip
"""Apart from acts, or told by something else: files by the register of their entry, users by the vault.

What computers tell one another of themselves is taken back on its own page.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = new_workspace(tmp_path / "школа")
    add(made, {"5А": ["Ан", "Бек"]})
    yield made
    made.close()


def user(role: Role, name: str = "кто-то") -> Actor:
    return Actor(name, name, "", frozenset({role}))


def lesson(workspace: Workspace, actor: Actor) -> str:
    _, changes = registers.add(workspace, actor, LESSONS, LESSON)
    assert changes.batch is not None
    return changes.batch


def moved(workspace: Workspace) -> str:
    """An act of the owner's: both pupils have left."""
    ids = [one.id for one in pupils.pupils(workspace, workspace.actor, YEAR)]
    leave = Leave(date(2026, 3, 1), LeaveReason.TRANSFERRED)
    step, _ = pupils.leave(workspace, workspace.actor, ids, leave, YEAR)
    assert step.batch is not None
    return step.batch


def test_teachers_take_back_what_they_did_themselves(workspace: Workspace) -> None:
    teacher = user(Role.TEACHER)
    batches.turn_back(workspace, teacher, lesson(workspace, teacher))
    assert registers.book(workspace, teacher, LESSONS).entries == ()


def test_what_went_out_of_the_own_classes_is_said_to_have_gone(workspace: Workspace) -> None:
    """The act of a class teacher stands as it was left: it is the pupil who is in another class by now."""
    owner, teacher = workspace.actor, user(Role.TEACHER)
    add(workspace, {"5Б": ["Вик"]})
    own, other = class_teachers.groups(workspace, owner, YEAR)
    class_teachers.give(workspace, owner, teacher.id, [own.id], YEAR)
    pupil, staying = (one.id for one in pupils.pupils(workspace, teacher, YEAR))
    given, kind = date(2025, 9, 1), ConsentKind.PERSONAL
    gone, kept = (consents.give(workspace, teacher, [one], kind, given)[0].batch or "" for one in (pupil, staying))
    pupils.move(workspace, owner, [pupil], other.name.title, YEAR)
    for verb in (batches.turn_back, batches.take_back, batches.outlook):
        with pytest.raises(AccessError, match="в ваших классах больше нет"):
            verb(workspace, teacher, gone)
    consents.withdraw(workspace, owner, staying, kind, given)
    with pytest.raises(WrongInputError, match="с тех пор это изменили"):
        batches.turn_back(workspace, teacher, kept)


def test_teachers_do_not_take_back_what_others_did(workspace: Workspace) -> None:
    batch = lesson(workspace, user(Role.TEACHER, "другой"))
    with pytest.raises(AccessError, match="Это сделали не вы"):
        batches.turn_back(workspace, user(Role.TEACHER), batch)
    assert len(registers.book(workspace, workspace.actor, LESSONS).entries) == 1


def test_a_right_that_was_lost_takes_nothing_back(workspace: Workspace) -> None:
    batch = lesson(workspace, user(Role.TEACHER, "она"))
    with pytest.raises(AccessError, match="пополнять банк уроков"):
        batches.turn_back(workspace, user(Role.HEAD, "она"), batch)


def test_coordinators_take_back_what_others_did(workspace: Workspace) -> None:
    batches.turn_back(workspace, user(Role.COORDINATOR), lesson(workspace, user(Role.TEACHER)))
    batches.take_back(workspace, user(Role.COORDINATOR), moved(workspace))


def test_administrators_take_back_whom_they_gave_classes_and_see_no_act_of_pupils(workspace: Workspace) -> None:
    (group,) = class_teachers.groups(workspace, workspace.actor, YEAR)
    admin, act = user(Role.ADMINISTRATOR), moved(workspace)
    step, _ = class_teachers.give(workspace, admin, "u", [group.id], YEAR)
    assert step.batch is not None
    batches.turn_back(workspace, admin, step.batch)
    assert class_teachers.of_year(workspace, admin, YEAR) == {}
    with pytest.raises(AccessError):
        batches.outlook(workspace, admin, act)


def test_nobody_is_hidden_from_the_list_of_users_by_taking_back_that_they_came(workspace: Workspace) -> None:
    owner = workspace.actor
    made, changes = users.add(workspace, owner, Draft("Ким Ян", "", frozenset({Role.READER})), "первый-пароль")
    assert changes.batch is not None
    with pytest.raises(AccessError, match="не отменяют"):
        batches.turn_back(workspace, owner, changes.batch)
    assert made in users.names(workspace, owner)


def test_every_table_says_which_right_takes_it_back() -> None:
    classes = {mapper.class_ for mapper in BusinessRow.registry.mappers}
    tables = {one.__table__ for one in classes if issubclass(one, BusinessRow)}
    desk = {table.name for table in tables if table.schema is None}
    of_registers = {table.__tablename__ for table in ROWS.values()}
    assert desk - NEVER - of_registers == RIGHTS.keys()


def test_each_register_is_opened_by_what_it_speaks_of(workspace: Workspace) -> None:
    teacher = user(Role.TEACHER)
    with pytest.raises(AccessError, match="реестры организации"):
        registers.book(workspace, teacher, PARTNERS)
    seen = registers.counts(workspace, teacher)
    assert {"lessons", "professions", "achievements", "profile_choices"} <= seen.keys()
    assert not {"partners", "staff", "agreements"} & seen.keys()

"""A change of users that a kill stopped is made up for by whoever opens next, in a name that may make it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from support import CHEAP, PASSWORD

from profdesk.domain import rights
from profdesk.domain.access import Role
from profdesk.domain.rights import Right
from profdesk.domain.users import Draft
from profdesk.storage import opening, user_keys, vault
from profdesk.storage.models import OperationRow
from profdesk.storage.workspace import Session, Workspace

TEACHER = Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER}))


def test_a_teacher_who_opens_then_writes_nothing_that_other_computers_refuse(workspace: Workspace) -> None:
    teacher = user_keys.add(workspace, workspace.actor, TEACHER, "первый пароль", "", CHEAP).made
    assert teacher is not None
    lock, anchor = vault.load(workspace.path), workspace.keys.anchor
    vault.save(workspace.path, lock.with_word(replace(lock.actor(teacher), post="учитель труда"), anchor))
    keeper = workspace.actor.id
    workspace.close()
    opened = opening.open_workspace(workspace.path, teacher, "первый пароль")
    with Session(opened._engine) as session:
        query = select(OperationRow.actor).where(OperationRow.record == teacher, OperationRow.verb == "update")
        (author,) = session.scalars(query)
    assert author == keeper
    assert not rights.may(opened.actor, Right.USERS_WRITE)
    opened.close()
    opening.open_workspace(workspace.path, keeper, PASSWORD).close()

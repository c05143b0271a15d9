"""A coordinator holds no psychologists' key: what lies under it waits for a psychologist and goes by itself then."""

from __future__ import annotations

from pathlib import Path

import pytest
from diagnostic_school import add_class, new_workspace
from erasure_room import NAME, Room
from sqlalchemy import select
from sqlalchemy.orm import Session
from support import CHEAP, PASSWORD

from profdesk.domain.access import Actor, Role
from profdesk.domain.erasure import ErasureKind, Target
from profdesk.services import audit, erasure, workspaces
from profdesk.storage import opening as storage
from profdesk.storage import vault
from profdesk.storage.psy_models import SheetRow
from profdesk.storage.workspace import Workspace

COORDINATOR = Actor("coordinator", "Седова Ольга Ивановна", "координатор", frozenset({Role.COORDINATOR}))
OWN = "пароль-координатора"


def give_slot(workspace: Workspace) -> None:
    """A slot that holds the key of desk alone."""
    lock = vault.load(workspace.path)
    vault.save(workspace.path, lock.with_user(COORDINATOR, OWN, workspace.keys, CHEAP))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    workspace = new_workspace(tmp_path / "школа")
    add_class(workspace)
    made = Room(workspace)
    made.fill()
    give_slot(workspace)
    workspace.close()
    return made


def test_psy_goes_when_a_psychologist_comes(room: Room) -> None:
    path = room.workspace.path
    desk = storage.open_workspace(path, COORDINATOR.id, OWN)
    outlook = erasure.look(desk, desk.actor, [Target(room.pupil)])
    assert outlook.psy_waits
    act, _ = erasure.erase(desk, desk.actor, [Target(room.pupil)], ErasureKind.WITHDRAWN, "")
    assert act.done.psy_waits
    assert act.subjects[0].name == NAME
    desk.close()
    kept = {file.name for file in path.glob("files-psy/*/*")}
    assert len(kept) == 1
    psychologist = workspaces.open_workspace(path, room.workspace.actor.id, PASSWORD)
    assert "Уничтожена диагностика" in psychologist.notice
    with Session(psychologist._engine) as session:
        assert session.scalars(select(SheetRow).where(SheetRow.pupil_id == room.pupil)).all() == []
    assert not {file.name for file in path.glob("files-psy/*/*")}
    assert [done.psy_waits for done in erasure.acts(psychologist, psychologist.actor)] == [False]
    assert all(chain.broken_at is None for chain in audit.check(psychologist, psychologist.actor))
    psychologist.close()

"""A workspace with the shipped programme and a signing key, and a class of three pupils."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exchange_files import Room, joined
from kept_workspaces import create
from support import LINES, PASSWORD, YEAR, listed

from profdesk.domain.access import NewUser
from profdesk.domain.people import Group
from profdesk.services import pupils, roster
from profdesk.signing import keys as signing_keys
from profdesk.signing import known_keys
from profdesk.storage.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(tmp_path / "desk", owner).workspace
    key = signing_keys.make_key("Школа № 12", "Школа № 12", datetime.now(UTC))
    with made.unit(made.actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
    known_keys.remember(key.certificate_pem)
    yield made
    made.close()


@pytest.fixture
def group(workspace: Workspace, tmp_path: Path) -> Group:
    plan = roster.preview(workspace, workspace.actor, listed(tmp_path, *LINES), YEAR)
    roster.apply(workspace, workspace.actor, plan)
    return pupils.group_called(workspace, workspace.actor, YEAR, "7а")


@pytest.fixture
def rooms(workspace: Workspace, group: Group, tmp_path: Path) -> Iterator[tuple[Room, Room]]:
    """The school's computer with a class, and a laptop that begins with all of it."""
    assert group
    one, two = joined(workspace, tmp_path / "ноутбук")
    yield one, two
    one.workspace.close()
    two.workspace.close()

"""A workspace with the shipped programme and a signing key, and a class of three pupils."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import CHEAP, LINES, PASSWORD, YEAR, listed, organisation

from profdesk import assets
from profdesk.domain.people import Group
from profdesk.services import pupils, roster
from profdesk.signing import keys as signing_keys
from profdesk.signing import known_keys
from profdesk.storage import workspace as storage
from profdesk.storage.workspace import NewUser, Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    text = assets.resource("programmes", "artemovsky-2022-2025.toml").read_text(encoding="utf-8")
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = storage.create(tmp_path / "desk", organisation(), owner, text, CHEAP).workspace
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

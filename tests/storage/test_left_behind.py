"""What a killed program leaves beside the databases is gone at the next opening."""

from __future__ import annotations

import pytest
from support import PASSWORD

from profdesk.storage import opening
from profdesk.storage.workspace import Workspace


@pytest.mark.parametrize("name", ["desk.db-shm", "psy.db-shm", "desk.db-mj0A1B2C3D4"])
def test_what_sqlite_made_for_a_killed_program_goes(workspace: Workspace, name: str) -> None:
    workspace.close()
    (workspace.path / name).write_bytes(bytes(100))
    again = opening.open_workspace(workspace.path, workspace.actor.id, PASSWORD)
    assert not (workspace.path / name).exists()
    again.close()

"""A program killed while it removes a user: the workspace is wholly under the former keys or wholly under the new."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import CHEAP, FIRST, PASSWORD, pupil_ids

from profdesk.domain.access import Actor, Role
from profdesk.domain.people import Group
from profdesk.errors import WorkspaceError
from profdesk.services import users
from profdesk.storage import blobs, database, swap, vault
from profdesk.storage import opening as storage
from profdesk.storage.blobs import Blobs
from profdesk.storage.vault import Keys
from profdesk.storage.workspace import Workspace

GONE = Actor("gone-id", "Жукова Вера Павловна", "психолог", frozenset({Role.PSYCHOLOGIST}))
REMOVER = """
import os, signal, sys
from pathlib import Path
from profdesk.services import users
from profdesk.storage import opening as storage

workspace = storage.open_workspace(Path(sys.argv[1]), sys.argv[2], sys.argv[4])
left = int(sys.argv[3])

def watched(kind):
    original = getattr(os, kind)

    def counting(*args, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **named)

    setattr(os, kind, counting)

for kind in ("rename", "replace", "unlink", "rmdir", "fsync"):
    watched(kind)
users.remove(workspace, workspace.actor, "gone-id")
print("removed", flush=True)
"""
SOME = (1, 8, 21, 27)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize(
    "number", [pytest.param(one, marks=() if one in SOME else pytest.mark.slow) for one in range(1, 61)]
)
def test_all_is_under_the_former_keys_or_under_the_new(
    workspace: Workspace, group: Group, tmp_path: Path, number: int
) -> None:
    folder, owner = workspace.path, workspace.actor.id
    with workspace.unit(workspace.actor) as unit:
        pupil = pupil_ids(workspace, group)[0]
        kept = unit.evidence.add(pupil, None, FIRST, "Грамота", "г.pdf", b"%PDF-1", datetime.now(UTC)).sha256
    lock = vault.load(folder).with_user(GONE, PASSWORD, workspace.keys, CHEAP)
    vault.save(folder, lock)
    workspace.close()
    former = lock.unlock(owner, PASSWORD)
    ran = subprocess.run(
        [sys.executable, "-c", REMOVER, str(folder), owner, str(number), PASSWORD],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in (0, -signal.SIGKILL), ran.stderr
    again = storage.open_workspace(folder, owner, PASSWORD)
    assert pupil_ids(again, group)
    (gone,) = [one for one in users.listed(again, again.actor) if one.id == GONE.id]
    now = again.keys
    removed = gone.removed_at is not None
    assert removed or ran.returncode
    again.close()
    assert _under(folder, now, kept)
    assert _under(folder, former, kept) is not removed
    assert (GONE.id in {one.id for one in storage.users(folder)}) is not removed
    assert not [path for name in (".next*", ".former") for path in folder.glob(name)]
    assert (vault.load(folder).unlock(owner, PASSWORD) == former) is not removed
    swap.finish(folder)


def _under(folder: Path, keys: Keys, kept: str) -> bool:
    """Whether every part opens with the keys; none may where another does not."""
    opened = []
    for name, key in ((database.DESK, keys.desk), (database.PSY, keys.psy)):
        try:
            database.check(folder / name, key or b"")
            opened.append(True)
        except WorkspaceError:
            opened.append(False)
    try:
        opened.append(Blobs(folder, keys.desk, blobs.FOLDER).get(kept) == b"%PDF-1")
    except WorkspaceError:
        opened.append(False)
    assert len(set(opened)) == 1, opened
    return opened[0]

"""The program killed while it destroys: a pupil is gone wholly or is there wholly, and the next opening finishes."""

from __future__ import annotations

import random
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import programs
import pytest
from diagnostic_school import add_class, new_workspace
from erasure_room import Room
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from support import PASSWORD

from profdesk.domain.erasure import ErasureKind, Target
from profdesk.services import erasure, workspaces
from profdesk.storage import erased, journal
from profdesk.storage.erasure_plan import OF_PUPIL
from profdesk.storage.models import OperationRow, PsyOperationRow, PupilRow, table_of
from profdesk.storage.workspace import Workspace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="programs are forked, which Windows cannot"),
]
PUPILS, SEED = 16, 8


def destroy(there: Connection, path: Path, pupils: list[str]) -> None:
    """Destroy one pupil after the other, telling of each when it is done."""
    workspace = workspaces.open_workspace(path, None, PASSWORD)
    there.send("")
    for pupil in pupils:
        erasure.erase(workspace, workspace.actor, [Target(pupil)], ErasureKind.TERM, "")
        there.send(pupil)


def rows_of(workspace: Workspace, pupil: str) -> int:
    """How many rows speak of a pupil, children of those rows left out."""
    found = 0
    with Session(workspace._engine) as session:
        for tables in OF_PUPIL.values():
            for table in tables:
                column = table_of(table).columns["id" if table is PupilRow else "pupil_id"]
                found += session.scalar(select(func.count()).where(column == pupil)) or 0
        return found


def test_whoever_is_killed_leaves_nobody_halfway(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "школа")
    add_class(workspace)
    chance = random.Random(SEED)  # noqa: S311 - chance, no secret
    rooms = [Room(workspace, str(number)) for number in range(PUPILS)]
    for room in rooms:
        room.fill()
    whole = rows_of(workspace, rooms[0].pupil)
    left, path, kills = {room.pupil: room for room in rooms}, workspace.path, 0
    workspace.close()
    while left:
        program, here = programs.started(destroy, path, list(left))
        assert here.recv() == ""
        time.sleep(chance.uniform(0, 0.9))
        program.kill()
        program.join()
        kills += 1
        told = set()
        while here.poll():
            try:
                told.add(here.recv())
            except EOFError:
                break
        workspace = workspaces.open_workspace(path, None, PASSWORD)
        with Session(workspace._engine) as session:
            assert journal.broken_link(session) is None
            assert journal.broken_link(session, PsyOperationRow) is None
            assert session.scalar(select(func.count()).select_from(OperationRow))
        counts = {pupil: rows_of(workspace, pupil) for pupil in left}
        assert set(counts.values()) <= {0, whole}
        gone = {pupil for pupil, count in counts.items() if count == 0}
        assert told <= gone
        assert erased.read(path).scrubbed
        files = {file.name for file in path.glob("files*/*/*")}
        for pupil in gone:
            assert not files & set(left.pop(pupil).files.values())
        for room in left.values():
            assert set(room.files.values()) <= files
        workspace.close()
    assert kills > PUPILS // 4

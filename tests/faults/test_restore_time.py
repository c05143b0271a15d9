"""How long the restore of a copy of 50 MB takes, beside a bare copy of the same bytes brought to the disk."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from diagnostic_school import school_with_answers
from figures import Figures
from sqlalchemy import select
from support import FIRST, PASSWORD

from profdesk import atomic
from profdesk.services import backups, evidence
from profdesk.storage import opening as storage
from profdesk.storage.models import PupilRow
from profdesk.storage.workspace import Session, Workspace

pytestmark = pytest.mark.slow
MB = 1 << 20
DATABASES, FILES = 40, 10


def test_fifty_megabytes_are_restored(tmp_path: Path, figures: Figures) -> None:
    workspace = school_with_answers(tmp_path / "школа")
    _fill(workspace)
    folder, actor = workspace.path, workspace.actor
    copy, _ = backups.make(workspace, actor)
    size = sum(part.stat().st_size for part in copy.rglob("*") if part.is_file())
    assert size > 50 * MB
    restored = _seconds(lambda: backups.restore(workspace, actor, copy))
    opened = _seconds(lambda: storage.open_workspace(folder, None, PASSWORD).close())
    bare = _seconds(lambda: _bare(copy, tmp_path / "bare"))
    workspace = storage.open_workspace(folder, None, PASSWORD)
    assert backups.check(workspace, actor, backups.copies(workspace, actor)[0].folder) == ()
    workspace.close()
    figures.tell(
        "A restore of 50 MB",
        f"A copy of {size // MB} MB ({DATABASES} in databases, {FILES} in kept files) was checked and put in place in "
        f"{restored:.1f} s, the state before copied and checked first; the folder opened in {opened:.1f} s after.",
        f"The same bytes copied and brought to the disk, and nothing else, took {bare:.1f} s in the same run.",
    )


def _fill(workspace: Workspace) -> None:
    """Programme texts fill the database, and works of a pupil the folder of files."""
    chance = random.Random(50)  # noqa: S311
    while _size(workspace.path) < DATABASES * MB:
        with workspace.unit(workspace.actor) as unit:
            unit.programme.choose(chance.randbytes(MB).hex())
    with Session(workspace._engine) as session:
        pupil = session.scalars(select(PupilRow.id)).first()
    assert pupil is not None
    file = workspace.path.parent / "Работа.pdf"
    for _ in range(FILES):
        file.write_bytes(chance.randbytes(MB))
        evidence.add(workspace, workspace.actor, pupil, None, FIRST, [file])


def _size(folder: Path) -> int:
    """Of the databases, once the log is in them."""
    return sum(path.stat().st_size for path in folder.glob("*.db"))


def _bare(copy: Path, target: Path) -> None:
    shutil.copytree(copy, target)
    for path in target.rglob("*"):
        atomic.sync(path)


def _seconds(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started

"""A program that works on a disk with little room left, and tells of each attempt what was said and what stands then.

It has a disk of its own, a small one in memory that goes with it (``unshare`` and a tmpfs); where there can be none,
files are let grow to a limit only (RLIMIT_FSIZE), which is how a quota looks.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from diagnostic_school import add_class, new_workspace
from inspection import faults
from kept_workspaces import Shelf
from sqlalchemy import select
from support import CHEAP, FIRST, PASSWORD, organisation

from profdesk.domain.access import Role
from profdesk.domain.portfolio import Cell, Mark
from profdesk.domain.registers import PARTNERS
from profdesk.domain.users import Draft
from profdesk.errors import ProfdeskError
from profdesk.services import backups, certificates, evidence, notes, portfolio, registers, users
from profdesk.services.workspaces import _make_key
from profdesk.storage import backup, room, vault
from profdesk.storage import opening as storage
from profdesk.storage.models import GroupRow, OperationRow, PupilRow
from profdesk.storage.workspace import Session, Workspace

POINTS = 36
_BLOCK = 4096
_SIZE = 96 << 20
_GROUP = "8 «Б»"
_MUSEUM = Path(__file__).parents[1] / "data" / "museum"


def _save(workspace: Workspace, folder: Path) -> None:
    pupils = _pupils(workspace)
    marks = [Mark(Cell(pupil, code), 2) for pupil in pupils for code in ("planning", "flexibility", "initiative")]
    portfolio.set_stages(workspace, workspace.actor, FIRST, marks)
    notes.write(workspace, workspace.actor, Cell(pupils[0], "planning"), FIRST, "Много слов. " * 8_000)
    evidence.add(workspace, workspace.actor, pupils[0], None, FIRST, [folder.parent / "Работа.pdf"])


def _back_up(workspace: Workspace, _folder: Path) -> None:
    backups.make(workspace, workspace.actor)


def _export(workspace: Workspace, folder: Path) -> None:
    target = folder / "Сертификаты.pdf"
    certificates.issue(workspace, workspace.actor, _group(workspace), _pupils(workspace), target)
    registers.export(workspace, workspace.actor, PARTNERS, folder / "Партнёры.xlsx")


def _rekey(workspace: Workspace, _folder: Path) -> None:
    gone = next(user.id for user in users.listed(workspace, workspace.actor) if user.name == "Седова Ольга Ивановна")
    users.remove(workspace, workspace.actor, gone)


def _restore(workspace: Workspace, _folder: Path) -> None:
    backups.restore(workspace, workspace.actor, backup.all_of(workspace.path)[0].folder)


def _migrate(workspace: Workspace, folder: Path) -> None:
    """The open workspace has nothing to do with it: an old one beside it is opened, which brings it up to date."""
    storage.open_workspace(folder / "старая", None, PASSWORD).close()


VERBS: Mapping[str, Callable[[Workspace, Path], None]] = {
    "save": _save,
    "backup": _back_up,
    "export": _export,
    "re-key": _rekey,
    "restore": _restore,
    "migration": _migrate,
}


class _Tmpfs:
    """A small disk, filled up to what is to be left; it sees how much of that was ever taken."""

    def __init__(self, disk: Path) -> None:
        self._filler = disk / "заполнено"
        self._disk = disk
        self._left = self._least = 0
        sys.addaudithook(self._look)

    def _look(self, event: str, _arguments: object) -> None:
        """Files are removed again by whatever fails: each time before that is looked how little room there is."""
        if event in ("shutil.rmtree", "os.remove", "os.rename"):
            self._least = min(self._least, self._free())

    def _free(self) -> int:
        found = os.statvfs(self._disk)
        return found.f_bfree * found.f_frsize

    def taken(self) -> int:
        """Bytes that had been written since room was left, at most."""
        self._look("os.remove", None)
        return self._left - self._least

    def leave(self, room_left: int) -> None:
        found = os.statvfs(self._disk)
        with self._filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, found.f_bavail * found.f_frsize - room_left))
        self._left = self._least = self._free()

    def release(self) -> None:
        self._filler.unlink(missing_ok=True)


class _Quota:
    """No file may grow beyond what is to be left."""

    def __init__(self, disk: Path) -> None:
        self._disk = disk
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def taken(self) -> int:
        """The largest file there is."""
        return max((path.stat().st_size for path in self._disk.rglob("*") if path.is_file()), default=0)

    def leave(self, room_left: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(1, room_left), resource.RLIM_INFINITY))

    def release(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def main(disk: Path, kind: str) -> None:
    """Try every verb with more and more room; the free room that the program looks at first is said to be unknown."""
    room.free = lambda _folder: None
    vault.Cost.__init__.__defaults__ = (CHEAP.memory, CHEAP.passes, CHEAP.lanes)
    if kind == "tmpfs":
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(disk)], check=True)
    little = _Tmpfs(disk) if kind == "tmpfs" else _Quota(disk)
    Shelf.place = disk / "полка"
    (disk / "Работа.pdf").write_bytes(os.urandom(300_000))
    _school(disk / "образец")
    for verb in VERBS:
        for left in (None, *_rooms(disk, little, verb)):
            print(json.dumps([verb, left, *_attempt(disk, little, verb, left)]), flush=True)


def _rooms(disk: Path, little: _Tmpfs | _Quota, verb: str) -> Iterator[int]:
    """From no room at all to nearly as much as the verb takes at most, in whole blocks, no amount twice.

    A disk refuses once its last block is taken, so with another number of blocks it refuses another write.
    """
    workspace, folder = _fresh(disk)
    little.leave(_SIZE // 2)
    VERBS[verb](workspace, folder)
    blocks = little.taken() // _BLOCK
    workspace.close()
    little.release()
    yield from sorted({blocks * point // POINTS * _BLOCK for point in range(POINTS)})


def _attempt(disk: Path, little: _Tmpfs | _Quota, verb: str, left: int | None) -> tuple[str, str]:
    """What came of it: done, or refused in words; else what was wrong."""
    workspace, folder = _fresh(disk)
    was, pupils = _journal(workspace), _pupils(workspace)
    kind, words = "done", ""
    if left is not None:
        little.leave(left)
    try:
        VERBS[verb](workspace, folder)
    except ProfdeskError as error:
        kind, words = "refused", error.message
    except Exception:  # noqa: BLE001 - whatever it is, it is told
        kind, words = "crash", traceback.format_exc()
    try:
        if verb == "restore" and workspace._keys is None:
            workspace = _opened(folder)
        if _pupils(workspace) != pupils:
            return "lost", "what was there before is not read on the full disk"
        workspace.close()
    except Exception:  # noqa: BLE001 - whatever it is, it is told
        return "crash", f"{words}\nand then, reading and closing:\n{traceback.format_exc()}"
    finally:
        little.release()
    try:
        again = _opened(folder)
    except ProfdeskError as error:
        return "lost", error.message
    wrong = [*faults(again), *([] if _pupils(again) == pupils else ["a pupil is gone"])]
    if not (verb == "restore" and kind == "done") and _journal(again)[: len(was)] != was:
        wrong.append("an operation is gone")
    again.close()
    old = folder / "старая"
    if verb == "migration":
        storage.open_workspace(old, None, PASSWORD).close()
    halves = [path.name for path in folder.rglob(".profdesk-*")]
    return ("lost", "; ".join([*wrong, *halves])) if wrong or halves else (kind, words)


def _school(template: Path) -> None:
    workspace = new_workspace(template / "школа")
    _make_key(workspace, organisation())
    add_class(workspace)
    draft = Draft("Седова Ольга Ивановна", "классный руководитель", frozenset({Role.TEACHER}))
    users.add(workspace, workspace.actor, draft, "пароль-учителя")
    backups.make(workspace, workspace.actor)
    workspace.close()
    shutil.copytree(_MUSEUM / "0007", template / "старая")


def _fresh(disk: Path) -> tuple[Workspace, Path]:
    folder = disk / "проба"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(Path(os.environ["PROFDESK_HOME"]) / "marks", ignore_errors=True)
    shutil.copytree(disk / "образец", folder)
    return _opened(folder), folder


def _opened(folder: Path) -> Workspace:
    owner = next(user.id for user in storage.users(folder / "школа") if Role.OWNER in user.roles)
    return storage.open_workspace(folder / "школа", owner, PASSWORD)


def _pupils(workspace: Workspace) -> list[str]:
    with Session(workspace._engine) as session:
        return sorted(session.scalars(select(PupilRow.id)))


def _group(workspace: Workspace) -> str:
    with Session(workspace._engine) as session:
        return session.scalars(select(GroupRow.id).where(GroupRow.title == _GROUP)).one()


def _journal(workspace: Workspace) -> list[str]:
    with Session(workspace._engine) as session:
        return list(session.scalars(select(OperationRow.hash).order_by(OperationRow.seq)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

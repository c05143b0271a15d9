"""Replacing parts of a workspace all at once: the databases, the vault, the kept files.

What is to come is written beside, in a folder of its own. Renaming that folder to ``.next`` decides: before it
nothing has happened, after it ``finish`` brings every part to its place, at the next opening if need be. Nobody
may have the databases open meanwhile, and one lock keeps other programs away.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from profdesk import atomic
from profdesk.errors import DamagedError, WorkspaceError, place_told
from profdesk.storage import blobs, in_use, mark, replaced, vault

PARTS = ("desk.db", "psy.db", vault.FILE, blobs.FOLDER, blobs.PSY_FOLDER)
"""What a workspace consists of, its copies apart."""
NOTE = "restored.json"
BESIDE = (NOTE, mark.FILE, replaced.FILE)
"""What says how the databases came to be as they are, and so changes at one moment with them."""
_NEXT, _FORMER, _PREPARED, _LOCK, _PLAN = ".next", ".former", ".next-", ".swap-lock", "swap.json"
_LOGS = ("-wal", "-shm", "-journal")
_BUSY = "Папку «{}» сейчас перестраивает другое окно profdesk. Подождите и откройте снова."
_DATABASES = ("desk.db", "psy.db")
_PAGE = 4096
_MOVED = frozenset((*PARTS, *BESIDE, *map("".join, product(_DATABASES, _LOGS))))
"""What an exchange may touch: a database that was copied as it lay brings its log along."""


@contextmanager
def prepared(folder: Path) -> Iterator[Path]:
    """Give an empty folder on the workspace's disk to write its new parts into; gone again if not ``commit``-ed."""
    with _locked(folder), place_told("Рабочую папку перестроить не удалось.", WorkspaceError):
        fresh = Path(tempfile.mkdtemp(prefix=_PREPARED, dir=folder))
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def commit(folder: Path, fresh: Path, parts: Sequence[str] = PARTS) -> None:
    """Replace the named parts by those of ``fresh``; a part that is not in it goes away.

    The databases must be closed: WorkspaceError where another program has come in meanwhile. Whatever stops this
    afterwards, the next ``finish`` completes it.
    """
    if told := open_elsewhere(folder):
        raise WorkspaceError(told)
    shutil.rmtree(folder / _FORMER, ignore_errors=True)
    plan = {
        "put": [part for part in parts if (fresh / part).exists()],
        "gone": [part for part in parts if not (fresh / part).exists()],
    }
    (fresh / _PLAN).write_text(json.dumps(plan), encoding="utf-8")
    for path in (*fresh.rglob("*"), fresh):
        atomic.sync(path)
    fresh.rename(folder / _NEXT)
    atomic.sync(folder)
    _complete(folder)


def finish(folder: Path) -> None:
    """Complete what was decided and stopped in the middle, drop what was only begun; costs a look if there is none."""
    if _is_begun(folder) or (folder / _FORMER).exists():
        with _locked(folder), place_told("Рабочую папку перестроить не удалось.", WorkspaceError):
            for begun in folder.glob(f"{_PREPARED}*"):
                shutil.rmtree(begun, ignore_errors=True)
            _complete(folder)


def keep_out(folder: Path) -> None:
    """WorkspaceError where parts are about to be exchanged; to be asked by whoever has just opened the databases.

    Whoever exchanges makes the folder of new parts first and looks for open databases after, so one of both gives way.
    """
    if _is_begun(folder):
        raise WorkspaceError(_BUSY.format(folder))


def open_elsewhere(folder: Path) -> str:
    """Who has the databases of a folder open, in a sentence; empty if nobody has."""
    for name in _DATABASES:
        if not (folder / name).is_file() or (folder / name).stat().st_size < _PAGE:
            continue  # nobody can have it open, and SQLite would take its log for a stale one and remove it
        connection = sqlcipher.connect(str(folder / name), isolation_level=None, timeout=0.5)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlcipher.Error as error:
            if "locked" in str(error):
                return in_use.told(folder)
        finally:
            connection.close()
    return ""


def _is_begun(folder: Path) -> bool:
    return any(folder.glob(f"{_NEXT}*"))


def _complete(folder: Path) -> None:
    coming, former = folder / _NEXT, folder / _FORMER
    if (coming / _PLAN).is_file():
        former.mkdir(exist_ok=True)
        plan = _decided(coming)
        for part in plan["put"]:
            if (coming / part).exists():
                _take_away(folder, part)
                (coming / part).rename(folder / part)
        for part in plan["gone"]:
            _take_away(folder, part)
        atomic.sync(folder)
        (coming / _PLAN).unlink()
    for done in (coming, former):
        shutil.rmtree(done, ignore_errors=True)


def _decided(coming: Path) -> Mapping[str, Sequence[str]]:
    """The parts to be put and to go; a folder from elsewhere can name no others, so nothing outside it is touched."""
    try:
        plan = atomic.read_json(coming / _PLAN)
        return {what: [part for part in plan[what] if part in _MOVED] for what in ("put", "gone")}
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedError("Рабочая папка повреждена: её перестроили не до конца. Восстановите её из копии.") from error


def _take_away(folder: Path, part: str) -> None:
    """Move an old part with its logs aside; one that is moved already is not there any more."""
    for name in (*(f"{part}{suffix}" for suffix in _LOGS), part):
        if (folder / name).exists():
            (folder / name).rename(folder / _FORMER / name)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder against other programs; the system lets go of SQLite's lock when a program dies."""
    lock = sqlite3.connect(folder / _LOCK, isolation_level=None, timeout=1.0)
    try:
        try:
            lock.execute("PRAGMA journal_mode = MEMORY")  # a kill leaves no journal beside it
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise WorkspaceError(_BUSY.format(folder)) from error
        yield
    finally:
        lock.close()

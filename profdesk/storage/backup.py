"""Copies of a whole workspace below ``backups/``, taken while it is open.

Both databases are copied page for page under their own keys and read through once more; who may not read ``psy.db``
copies it as it lies: without its key nobody here has it open, and the lock on ``desk.db`` keeps others out.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from profdesk.domain.backups import Copy
from profdesk.domain.progress import Progress, silent
from profdesk.errors import NO_ROOM, WorkspaceError, WrongInputError, place_told
from profdesk.storage import blobs, database, vault
from profdesk.storage.database import DESK, PSY
from profdesk.storage.vault import Keys

FOLDER = "backups"
BEFORE_UPDATE = "перед обновлением"
"""How the reason of an automatic copy begins; as many of them are kept as ``_KEPT``, the others for ever."""
_KEPT = 3
_REASON = "reason.txt"
_STAMP = "%Y-%m-%d-%H%M%S"
_STAMP_LENGTH = len("2026-11-26-101500")
_FRESH = ".new-"
_MB, _PAGES = 1 << 20, 512


class _Meter:
    """Tells how many megabytes of all are copied."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def add(self, size: int) -> None:
        """So many bytes more are copied."""
        self._done = min(self._total, self._done + size)
        self._progress(self._done // _MB, max(1, self._total // _MB))


def make(engine: Engine, keys: Keys, folder: Path, why: str, progress: Progress = silent) -> Path:
    """Copy databases, kept files and the vault as they are now; the copy appears whole or not at all.

    ``progress`` counts megabytes. WorkspaceError if the copy cannot be written, or not be read again.
    """
    copies = folder / FOLDER
    stamp = datetime.now(UTC).strftime(_STAMP)
    with place_told("Копию сделать не удалось.", WorkspaceError):
        copies.mkdir(exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=_FRESH, dir=copies))
        try:
            meter = _Meter(progress, sum(part.stat().st_size for part in _parts(folder)))
            _copy_databases(engine, keys, fresh, meter)
            if keys.psy is None:
                _copy_unread(folder, fresh, meter)
            _copy_files(folder, fresh, meter)
            shutil.copy2(folder / vault.FILE, fresh / vault.FILE)
            (fresh / _REASON).write_text(f"{why}\n", encoding="utf-8")
            made = fresh.rename(copies / f"{stamp}-{fresh.name.removeprefix(_FRESH)}")
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
    _drop_old(folder)
    return made


def put_elsewhere(copy: Path, place: Path, progress: Progress = silent) -> Path:
    """Copy a copy into a folder outside its workspace, whole or not at all; gives its folder there."""
    workspace = copy.parent.parent
    if place.resolve().is_relative_to(workspace.resolve()):
        raise WrongInputError("Эта папка внутри рабочей. Выберите другую, лучше на другом диске или флешке.")
    with place_told(f"В папку «{place}» копию положить не удалось."):
        fresh = Path(tempfile.mkdtemp(prefix=_FRESH, dir=place))
        try:
            parts = [part for part in copy.rglob("*") if part.is_file()]
            meter = _Meter(progress, sum(part.stat().st_size for part in parts))
            for part in parts:
                target = fresh / part.relative_to(copy)
                target.parent.mkdir(parents=True, exist_ok=True)
                _copy_file(part, target, meter)
            return fresh.rename(place / f"{workspace.name}-{copy.name}")
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise


def all_of(folder: Path) -> tuple[Copy, ...]:
    """Every copy of a workspace below its ``backups/``, the newest first."""
    return tuple(_read(path, made_at) for made_at, path in _found(folder))


def newest(folder: Path) -> datetime | None:
    """When the newest of them was made; only names are read."""
    return next((made_at for made_at, _ in _found(folder)), None)


def _found(folder: Path) -> list[tuple[datetime, Path]]:
    found = []
    for path in (folder / FOLDER).glob("[0-9]*"):
        try:
            made_at = datetime.strptime(path.name[:_STAMP_LENGTH], _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append((made_at, path))
    return sorted(found, reverse=True)


def _read(path: Path, made_at: datetime) -> Copy:
    reason = path / _REASON
    why = reason.read_text(encoding="utf-8").strip() if reason.is_file() else ""
    size = sum(part.stat().st_size for part in path.rglob("*") if part.is_file())
    return Copy(path, made_at, size, why, why.startswith(BEFORE_UPDATE))


def _drop_old(folder: Path) -> None:
    for old in [one for one in all_of(folder) if one.automatic][_KEPT:]:
        shutil.rmtree(old.folder, ignore_errors=True)


def _parts(folder: Path) -> Iterator[Path]:
    kept = ((folder / name).rglob("*") for name in (blobs.FOLDER, blobs.PSY_FOLDER))
    files = (part for part in chain.from_iterable(kept) if not part.name.startswith("."))
    return (part for part in chain((folder / DESK, folder / PSY), files) if part.is_file())


def _copy_databases(engine: Engine, keys: Keys, target: Path, meter: _Meter) -> None:
    raw = engine.raw_connection().driver_connection
    if raw is None:
        return
    _copy(raw, "main", target / DESK, keys.desk, meter)
    if keys.psy is not None:
        _copy(raw, "psy", target / PSY, keys.psy, meter)


def _copy_unread(folder: Path, target: Path, meter: _Meter) -> None:
    for part in folder.glob(f"{PSY}*"):
        _copy_file(part, target / part.name, meter)


def _copy_files(folder: Path, target: Path, meter: _Meter) -> None:
    """Copy the kept files; they never change, so a second name of the same bytes is copy enough."""
    for source in _parts(folder):
        if source.parent == folder:
            continue
        copy = target / source.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            copy.hardlink_to(source)
            meter.add(source.stat().st_size)
        except OSError:
            _copy_file(source, copy, meter)


def _copy_file(source: Path, target: Path, meter: _Meter) -> None:
    with source.open("rb") as read, target.open("wb") as write:
        while part := read.read(_MB):
            write.write(part)
            meter.add(len(part))
    shutil.copystat(source, target)


def _copy(raw: sqlcipher.Connection, schema: str, target: Path, key: bytes, meter: _Meter) -> None:
    """Write one database page for page under the same key, and read the copy through."""
    page = int(raw.execute(f"PRAGMA {schema}.page_size").fetchone()[0])
    left = 0

    def report(_status: int, remaining: int, total: int) -> None:
        nonlocal left
        meter.add(((left or total) - remaining) * page)
        left = remaining

    copy = database.keyed(target, key)
    try:
        raw.backup(copy, pages=_PAGES, progress=report, name=schema)
    except sqlcipher.Error as error:
        raise WorkspaceError(f"Копию сделать не удалось. {NO_ROOM}") from error
    finally:
        copy.close()
    database.check(target, key)

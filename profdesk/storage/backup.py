"""Copies of a whole workspace below ``backups/``, taken while it is open.

Both databases are copied page for page under their own keys, read through once more and counted; who may not read
``psy.db`` copies it as it lies: without its key nobody here has it open, and the lock on ``desk.db`` keeps others out.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from profdesk import atomic
from profdesk.domain.backups import Copy, CopyKind, Holdings, dropped, in_turn, oldest_kept
from profdesk.domain.mark import Head, Heads
from profdesk.domain.progress import Meter, Progress, silent
from profdesk.errors import NO_ROOM, DamagedError, WorkspaceError, place_told
from profdesk.storage import database, manifest, room, vault
from profdesk.storage.clock import moment_of
from profdesk.storage.database import DESK, PSY
from profdesk.storage.manifest import Manifest
from profdesk.storage.vault import Keys

FOLDER = "backups"
FRESH = ".new-"
ASIDE = "повреждённое-"
"""Begins the name of a folder with damaged parts that a restore has left as they lay."""
_REASON = "reason.txt"
_STAMP = "%Y-%m-%d-%H%M%S"
_STAMP_LENGTH = len("2026-11-26-101500")
_SECOND = timedelta(seconds=1)
"""Names tell whole seconds."""
_MB = 1 << 20


def make(
    engine: Engine,
    keys: Keys,
    folder: Path,
    why: str,
    progress: Progress = silent,
    kind: CopyKind = CopyKind.ASKED,
) -> Path:
    """Copy databases, kept files and the vault as they are now; the copy appears whole and checked or not at all.

    ``progress`` counts megabytes. WorkspaceError if the copy cannot be written, or does not read as its source.
    """
    copies, made_at = folder / FOLDER, datetime.now(UTC)
    with place_told("Копию сделать не удалось.", WorkspaceError):
        copies.mkdir(exist_ok=True)
        room.check(copies, _written(folder), "Копию сделать не удалось: на диске мало места.")
        fresh = Path(tempfile.mkdtemp(prefix=FRESH, dir=copies))
        try:
            _fill(engine, keys, folder, fresh, progress)
            holds, heads = _checked(engine, keys, fresh)
            number = 1 + max((copy.number for copy in all_in(copies)), default=0)
            parts, files = manifest.parts(fresh), manifest.kept_files(fresh)
            workspace = vault.load(folder).workspace
            manifest.write(fresh, Manifest(workspace, number, made_at, kind, why, holds, heads, parts, files))
            for part in parts:
                atomic.sync(fresh / part)
            made = fresh.rename(copies / f"{made_at.strftime(_STAMP)}-{fresh.name.removeprefix(FRESH)}")
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        atomic.sync(copies)
    if kind is not CopyKind.RESTORE:  # what is about to be gone back to may be the oldest of them
        drop_old(copies)
    return made


def all_of(folder: Path) -> tuple[Copy, ...]:
    """Every copy of a workspace below its ``backups/``, the newest first."""
    return all_in(folder / FOLDER)


def all_in(place: Path) -> tuple[Copy, ...]:
    """Every copy that lies in a folder, the newest first."""
    found = [_read(path, made_at) for made_at, path in _found(place)]
    return tuple(sorted(found, key=in_turn, reverse=True))


def refuse_copy(folder: Path) -> None:
    """WorkspaceError for a copy beside its workspace: whoever works in it spoils it, and nobody can go back to it."""
    home = folder.resolve().parent
    if home.name == FOLDER and any((home.parent / name).exists() for name in (vault.FILE, DESK)):
        raise WorkspaceError(
            f"Это копия, она лежит внутри рабочей папки «{home.parent.name}». Откройте саму рабочую папку: копии "
            "видны в ней. Чтобы заглянуть в копию, скопируйте её в другое место и откройте там."
        )


def newest(folder: Path) -> datetime | None:
    """When the newest of them was made; only names are read."""
    return next((made_at for made_at, _ in _found(folder / FOLDER)), None)


def drop_old(place: Path) -> None:
    """Remove copies, and damaged parts set aside, that need not be kept any longer; whatever else there is stays."""
    there = all_in(place)
    drop(dropped(there))
    since = oldest_kept(there)
    for aside in place.glob(f"{ASIDE}*") if since else ():
        if aside.name.removeprefix(ASIDE)[: len("2026-11-26")] < f"{since:%Y-%m-%d}":
            shutil.rmtree(aside, ignore_errors=True)


def drop(copies: Iterable[Copy]) -> None:
    """Remove copies; what a stop leaves of one is no copy any more, and is swept later."""
    for old in copies:
        going = old.folder.with_name(f"{FRESH}{old.folder.name}")
        with suppress(OSError):
            shutil.rmtree(old.folder.rename(going), ignore_errors=True)


def copy_file(source: Path, target: Path, meter: Meter) -> None:
    """Copy the bytes of a file in parts."""
    with source.open("rb") as read, target.open("wb") as write:
        while part := read.read(_MB):
            write.write(part)
            meter.add(len(part))
    shutil.copystat(source, target)


def link_file(source: Path, target: Path, meter: Meter) -> None:
    """Give a kept file a second name, or copy it where the disk knows none: kept files never change."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
        meter.add(source.stat().st_size)
    except OSError:
        copy_file(source, target, meter)


def _found(place: Path) -> list[tuple[datetime, Path]]:
    found = []
    for path in place.glob("[0-9]*"):
        try:
            made_at = datetime.strptime(path.name[:_STAMP_LENGTH], _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append((made_at, path))
    return sorted(found, reverse=True)


def _read(path: Path, made_at: datetime) -> Copy:
    facts = manifest.read(path)
    if facts is not None:
        made_at = max(made_at, min(facts.made_at, made_at + _SECOND))
        return replace(facts, made_at=made_at).copy(path)
    reason = path / _REASON
    try:
        why = reason.read_text(encoding="utf-8").strip() if reason.is_file() else ""
    except (OSError, ValueError):
        why = ""
    size = sum(part.stat().st_size for part in path.rglob("*") if part.is_file())
    return Copy(path, made_at, size, why, CopyKind.UPDATE if why.startswith(CopyKind.UPDATE.label) else CopyKind.ASKED)


def _written(folder: Path) -> int:
    """Bytes that a copy writes anew."""
    return sum(part.stat().st_size for part in (folder / DESK, folder / PSY) if part.is_file())


def _fill(engine: Engine, keys: Keys, folder: Path, fresh: Path, progress: Progress) -> None:
    meter = Meter(progress, sum(part.stat().st_size for part in _parts(folder)))
    _copy_databases(engine, keys, fresh, meter)
    if keys.psy is None:
        _copy_unread(folder, fresh, meter)
    for source in manifest.each_file(folder):
        link_file(source, fresh / source.relative_to(folder), meter)
    shutil.copy2(folder / vault.FILE, fresh / vault.FILE)


def _parts(folder: Path) -> Iterator[Path]:
    databases = (part for part in (folder / DESK, folder / PSY) if part.is_file())
    return chain(databases, manifest.each_file(folder))


def _copy_databases(engine: Engine, keys: Keys, target: Path, meter: Meter) -> None:
    raw = _raw(engine)
    database.copy(raw, "main", target / DESK, keys.desk, meter)
    if keys.psy is not None:
        database.copy(raw, "psy", target / PSY, keys.psy, meter)


def _copy_unread(folder: Path, target: Path, meter: Meter) -> None:
    for part in folder.glob(f"{PSY}*"):
        copy_file(part, target / part.name, meter)
        if manifest.digest(part) != manifest.digest(target / part.name):
            raise WorkspaceError("Копия не совпала с рабочей папкой. Проверьте диск и сделайте её ещё раз.")


def _raw(engine: Engine) -> sqlcipher.Connection:
    raw = engine.raw_connection().driver_connection
    if raw is None:
        raise WorkspaceError("Рабочая папка закрыта. Откройте её снова.")
    return raw


def _checked(engine: Engine, keys: Keys, copy: Path) -> tuple[Holdings, Heads]:
    """Count a written copy and its source alike."""
    try:
        raw, found = _raw(engine), counted(copy, keys)
    except DamagedError as error:
        raise WorkspaceError(f"Копию сделать не удалось: записанное не читается. {NO_ROOM}") from error
    source = _joined(_counts(raw, "main"), _counts(raw, "psy") if keys.psy is not None else None)
    if found != source:
        raise WorkspaceError("Копия не совпала с рабочей папкой. Проверьте диск и сделайте её ещё раз.")
    return found


def counted(copy: Path, keys: Keys) -> tuple[Holdings, Heads]:
    """What a copy that nobody has open holds; DamagedError if it cannot be read with the keys."""
    with database.reading(copy / DESK, keys.desk) as connection:
        desk = _counts(connection, "main")
    if keys.psy is None:
        return _joined(desk, None)
    with database.reading(copy / PSY, keys.psy) as connection:
        return _joined(desk, _counts(connection, "main"))


_Counts = tuple[dict[str, int], Head | None]


def _joined(desk: _Counts, psy: _Counts | None) -> tuple[Holdings, Heads]:
    numbers, head = desk
    sessions = psy[0].get("diagnostic_session", 0) if psy else None
    return (
        Holdings(numbers.get("pupil", 0), numbers.get("assessment", 0), sessions),
        Heads(head, psy[1] if psy else None),
    )


def _counts(connection: sqlcipher.Connection, schema: str) -> _Counts:
    """Rows of the tables that are told of, as far as a database of that revision has them, and the journal's head."""
    there = {name for (name,) in connection.execute(f"SELECT name FROM {schema}.sqlite_master")}  # noqa: S608
    told = [name for name in ("pupil", "assessment", "diagnostic_session") if name in there]
    numbers = {
        name: int(connection.execute(f"SELECT count(*) FROM {schema}.{name}").fetchone()[0])  # noqa: S608
        for name in told
    }
    query = f"SELECT seq, hash, clock FROM {schema}.operation ORDER BY seq DESC LIMIT 1"  # noqa: S608
    row = connection.execute(query).fetchone() if "operation" in there else None
    return numbers, None if row is None else Head(row[0], row[1], moment_of(row[2]))

"""Copies of a whole workspace below ``backups/``, taken while it is open."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from profdesk.storage import blobs, database, vault
from profdesk.storage.database import DESK, PSY
from profdesk.storage.vault import Keys

FOLDER = "backups"


def make(engine: Engine, keys: Keys, folder: Path, why: str) -> Path:
    """Copy databases, kept files and the vault as they are now; the copy appears whole or not at all."""
    copies = folder / FOLDER
    copies.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=copies))
    try:
        _copy_databases(engine, keys, fresh)
        if keys.psy is None:
            _copy_unread(folder, fresh)
        _copy_files(folder, fresh)
        shutil.copy2(folder / vault.FILE, fresh / vault.FILE)
        (fresh / "reason.txt").write_text(f"{why}\n", encoding="utf-8")
        return fresh.rename(copies / f"{stamp}-{fresh.name.removeprefix('.new-')}")
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _copy_databases(engine: Engine, keys: Keys, target: Path) -> None:
    raw = engine.raw_connection().driver_connection
    if raw is None:
        return
    _copy(raw, "main", target / DESK, keys.desk)
    if keys.psy is not None:
        _copy(raw, "psy", target / PSY, keys.psy)


def _copy_unread(folder: Path, target: Path) -> None:
    """Copy psy.db as it lies: without its key nobody here has it open, and desk.db keeps others out."""
    for part in folder.glob(f"{PSY}*"):
        shutil.copy2(part, target / part.name)


def _copy_files(folder: Path, target: Path) -> None:
    """Copy the kept files; they never change, so a second name of the same bytes is copy enough."""
    kept = ((folder / name).rglob("*") for name in (blobs.FOLDER, blobs.PSY_FOLDER))
    for source in chain.from_iterable(kept):
        if source.is_file() and not source.name.startswith("."):
            copy = target / source.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            try:
                copy.hardlink_to(source)
            except OSError:
                shutil.copy2(source, copy)


def _copy(raw: sqlcipher.Connection, schema: str, target: Path, key: bytes) -> None:
    """Write one database page for page; SQLite wants the copy opened under the same key."""
    copy = database.keyed(target, key)
    try:
        raw.backup(copy, name=schema)
    finally:
        copy.close()

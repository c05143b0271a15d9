"""A workspace's folder made whole beside the place it is for, and put there at one moment or not at all."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy.orm import Session

from profdesk.errors import CancelledError, WorkspaceError, WrongInputError, place_told
from profdesk.storage import backup, blobs, database, migrate, room, vault
from profdesk.storage.models import DeviceRow
from profdesk.storage.vault import Keys

_NO_ROOM = "На этом диске мало места для рабочей папки: она не создана."
_STALE = 24 * 3600
"""Seconds: nothing is built for so long, so a half folder of that age is what a kill has left."""


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """An empty folder that takes an absent or empty one's place when the block ends; a failure leaves nothing.

    Whatever fails for want of room is told as that.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise WrongInputError(f"«{path}» уже занята. Выберите новую или пустую папку.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise WrongInputError(f"Папку «{path}» создать не удалось. Выберите другое место.") from error
    _clear_stale(fresh, path)
    try:
        with _room_told(fresh), place_told(f"Папку «{path}» создать не удалось."):
            yield fresh
            _put_in_place(fresh, path)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def make_databases(folder: Path, keys: Keys, device: DeviceRow) -> None:
    """Put empty databases of a computer into a new folder, with room for kept files and copies."""
    for name in (backup.FOLDER, blobs.FOLDER):
        (folder / name).mkdir()
    engine = database.engine(folder, keys)
    try:
        migrate.make(engine)
        with Session(engine) as session, session.begin():
            session.add(device)
    finally:
        database.finish(engine)


@contextmanager
def _room_told(fresh: Path) -> Iterator[None]:
    room.check(fresh, 0, _NO_ROOM)
    try:
        yield
    except CancelledError:
        raise
    except Exception as error:
        if room.is_short(fresh):
            raise WorkspaceError(f"{_NO_ROOM} Освободите место или выберите другой диск.") from error
        raise


def _clear_stale(fresh: Path, path: Path) -> None:
    """Remove what a killed program has left of a folder that was to stand there; the disk's own clock tells the age."""
    ours = re.compile(rf"\.{re.escape(path.name)}-[a-z0-9_]{{8}}")
    with suppress(OSError):
        now = fresh.stat().st_mtime
        for half in fresh.parent.iterdir():
            is_ours = ours.fullmatch(half.name) and (half / vault.FILE).is_file() and not half.is_symlink()
            if is_ours and now - half.stat().st_mtime > _STALE:
                shutil.rmtree(half, ignore_errors=True)


def _put_in_place(fresh: Path, path: Path) -> None:
    """Rename as a whole, or part by part into a folder somebody may be standing in; the vault comes last."""
    if not path.exists():
        fresh.rename(path)
        return
    for part in sorted(fresh.iterdir(), key=lambda part: part.name == vault.FILE):
        part.rename(path / part.name)
    fresh.rmdir()

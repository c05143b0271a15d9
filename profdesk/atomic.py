"""One way for every file the program replaces: written whole under a name of its own, synced, renamed."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

FRESH = ".new-"
_LARGEST = 4 * 1024 * 1024
"""Bytes of JSON that the program keeps in one file; a vault of a thousand users has less."""


def write(path: Path, data: bytes) -> None:
    """Replace a file: whatever happens, it holds the old bytes or the new ones. OSError as the system says it."""
    handle, name = tempfile.mkstemp(prefix=FRESH, dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync(path.parent)


def read_json(path: Path) -> Any:
    """Read JSON that the program wrote; OSError as the system says it, ValueError for whatever it would not write."""
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError("more than the program keeps in one file")
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("deeper than the program writes") from error


def sync(path: Path) -> None:
    """Have the disk write a file or folder; folders cannot be synced on Windows, which does not need it."""
    with suppress(PermissionError):
        handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
        try:
            with suppress(OSError):
                os.fsync(handle)
        finally:
            os.close(handle)

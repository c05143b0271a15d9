"""Room on the workspace's disk: looked at before something is written, never after it has failed."""

from __future__ import annotations

import shutil
from pathlib import Path

from profdesk.errors import READ_ONLY, WorkspaceError

LEAST = 50 * 1024 * 1024
"""Bytes that stay free: below them the workspace is read and not written."""
_MB = 1 << 20


def free(folder: Path) -> int | None:
    """Free bytes on the disk of a folder; None where the system does not say."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def is_short(folder: Path) -> bool:
    """Whether so little is left that nothing more should be written."""
    left = free(folder)
    return left is not None and left < LEAST


def fits(folder: Path, size: int) -> bool:
    """Whether ``size`` more bytes go onto the disk of a folder and ``LEAST`` stay free."""
    left = free(folder)
    return left is None or left >= LEAST + size


def same_disk(one: Path, other: Path) -> bool:
    """Whether two folders lie on one disk, as far as the system tells: two parts of it count as two disks."""
    try:
        first, second = one.stat().st_dev, other.stat().st_dev
    except OSError:
        return False
    return first == second if first and second else one.resolve().anchor == other.resolve().anchor


def check(folder: Path, size: int, what: str = "") -> None:
    """WorkspaceError unless ``size`` more bytes go onto the disk of a folder and ``LEAST`` stay free."""
    left = free(folder)
    if left is None or fits(folder, size):
        return
    if left < LEAST and not what:
        raise WorkspaceError(READ_ONLY)
    needed = max(1, -(-(LEAST + size - left) // _MB))
    raise WorkspaceError(f"{what or 'На диске мало места.'} Освободите ещё {needed} МБ и повторите.")

"""Evidence: files and works that show what a pupil did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from profdesk.domain.school_year import Period

LIMIT = 20 * 1024 * 1024
"""The most bytes one file may have."""
_PROGRAMS = frozenset({
    ".apk", ".app", ".bat", ".cmd", ".com", ".cpl", ".desktop", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi",
    ".pif", ".ps1", ".reg", ".scr", ".sh", ".vbe", ".vbs", ".wsf",
})  # fmt: skip
_STEP = 1024


@dataclass(frozen=True)
class Evidence:
    """A file of a pupil; ``competency`` is None where it is about the pupil as a whole.

    ``name`` is the file's own name, ``size`` its bytes, ``actor`` the id of who added it.
    """

    id: str
    pupil: str
    competency: str | None
    period: Period
    title: str
    name: str
    size: int
    sha256: str
    actor: str
    at: datetime


def is_program(name: str) -> bool:
    """Whether the system would run a file of this name rather than show it; Windows overlooks what ends it."""
    return PurePath(name.strip(" .")).suffix.lower() in _PROGRAMS


def size_words(size: int) -> str:
    """«840 Б», «12 КБ», «1,4 МБ», as people say how large a file is."""
    if size < _STEP:
        return f"{size}\u00a0Б"
    if size < _STEP * _STEP:
        return f"{round(size / _STEP)}\u00a0КБ"
    return f"{size / _STEP / _STEP:.1f}\u00a0МБ".replace(".", ",").replace(",0", "")

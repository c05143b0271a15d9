"""Files of entries of registers: a lesson's plan and cards, the scan of an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Attachment:
    """A file of an entry; ``name`` is its own name, ``size`` its bytes, ``actor`` the id of who added it."""

    id: str
    name: str
    size: int
    sha256: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class NewFile:
    """A file that was read and is still to be kept."""

    name: str
    content: bytes
    sha256: str

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.content)


@dataclass(frozen=True)
class FileEdits:
    """What is to become of an entry's files: those added to it, and the ids of those taken away."""

    added: tuple[NewFile, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


AS_THEY_ARE = FileEdits()
"""No file is added or taken away."""

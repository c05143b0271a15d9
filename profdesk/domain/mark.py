"""The journal's high-water mark: how far it had come, kept apart from it, and what is missing when it falls short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from profdesk.domain.plural import counted, word
from profdesk.errors import WorkspaceError


@dataclass(frozen=True)
class Head:
    """The last operation of a journal: its number, its hash, and when it was written."""

    seq: int
    hash: str
    at: datetime


@dataclass(frozen=True)
class Heads:
    """How far both journals have come; None for one that is empty, or that the user cannot read."""

    desk: Head | None
    psy: Head | None


@dataclass(frozen=True)
class Lost:
    """What one journal lacks: ``count`` operations up to ``until``; not ``exact`` if others took their numbers."""

    psy: bool
    count: int
    exact: bool
    last: Head | None
    """The last operation that is certainly there."""
    until: Head

    def told(self) -> str:
        """«12 записей, сделанных после … и не позже …», as it goes on after «не хватает»."""
        about = "" if self.exact else "не больше "
        many = counted(self.count, "записи", "записей", "записей")
        made = word(self.count, "сделанной", "сделанных", "сделанных")
        whose = " психолога" if self.psy else ""
        since = f"после {_moment(self.last.at)} и " if self.last else ""
        return f"{about}{many}{whose}, {made} {since}не позже {_moment(self.until.at)}"


@dataclass(frozen=True)
class Missing:
    """Records that were acknowledged and are not in the databases; ``copies`` hold all of them, the newest first."""

    folder: Path
    lost: tuple[Lost, ...]
    copies: tuple[Path, ...]

    @property
    def count(self) -> int:
        """How many in all."""
        return sum(one.count for one in self.lost)

    def lies_in(self, copy: Path, heads: Heads | None) -> bool:
        """Whether a copy that came as far holds all of them, one in another place than the workspace too."""
        return copy in self.copies or (heads is not None and holding(self.lost, heads))

    def told(self) -> str:
        """The sentence for the user."""
        return f"В рабочей папке не хватает {' и '.join(one.told() for one in self.lost)}."


class MissingRecordsError(WorkspaceError):
    """The databases hold less than was acknowledged; nothing was opened."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(f"{missing.told()} В окне программы их можно вернуть из копии или продолжить без них.")
        self.missing = missing


def holding(wanted: Sequence[Lost], held: Heads) -> bool:
    """Whether a copy that came as far as ``held`` has every record that is missing."""
    for one in wanted:
        head = held.psy if one.psy else held.desk
        if head is None or head.seq < one.until.seq:
            return False
        if head.seq == one.until.seq and head.hash != one.until.hash:
            return False
    return True


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%d.%m.%Y %H:%M}"

"""What verbs did: acts listed to be taken back as a whole, also after a restart, and steps undone by a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from profdesk.domain.school_year import SchoolYear


class BatchKind(StrEnum):
    """What was done; the value is what the database keeps."""

    IMPORT = "import"
    ROLLOVER = "rollover"
    MERGE = "merge"
    MOVE = "move"
    LEAVE = "leave"
    RECORD = "record"
    PUPIL_FILE = "pupil_file"


@dataclass(frozen=True)
class Batch:
    """An act as the list of acts shows it; ``id`` is the batch of the journal.

    ``actor`` is the id of a user; ``undone_at`` is None while the act stands.
    """

    id: str
    kind: BatchKind
    title: str
    year: SchoolYear
    actor: str
    made_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True)
class Outlook:
    """What taking an act back would do, in numbers: to pupils, and to entries of registers.

    ``refusal`` says why it cannot be done.
    """

    removed: int
    restored: int
    refusal: str = ""
    entries_removed: int = 0
    entries_restored: int = 0


@dataclass(frozen=True)
class Step:
    """What a verb did, named as undo names it («перевод, Ильин Даниил в 7 «Б»»), and the ids of whom it was done to.

    ``batch`` is None if nothing had to be changed.
    """

    words: str
    batch: str | None
    records: tuple[str, ...]

"""Everything that is kept of one child, as it is handed to the parents who ask for it (152-FZ, art. 14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from profdesk.domain.organisation import Organisation
from profdesk.domain.people import PersonName

FORMAT, VERSION = "profdesk-pupil", 1


@dataclass(frozen=True)
class HeldFile:
    """A kept file; ``place`` is where it lies in the archive."""

    sha256: str
    place: str
    psy: bool


@dataclass(frozen=True)
class Record:
    """One record as the database keeps it, and the same in words: what a field is called, and what it says."""

    fields: Mapping[str, object]
    words: Sequence[tuple[str, str]]
    file: HeldFile | None = None


@dataclass(frozen=True)
class Section:
    """The records of one table; ``title`` says in the singular what each is."""

    table: str
    title: str
    records: Sequence[Record]


@dataclass(frozen=True)
class Looked:
    """One act of the journal about the child: when, who, what."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class Held:
    """All of it; ``psy`` says whether what psychologists keep is in it."""

    organisation: Organisation
    name: PersonName
    made_at: datetime
    made_by: str
    sections: Sequence[Section]
    journal: Sequence[Looked]
    psy: bool

    @property
    def files(self) -> Sequence[HeldFile]:
        """Every file of any record."""
        return [one.file for section in self.sections for one in section.records if one.file is not None]

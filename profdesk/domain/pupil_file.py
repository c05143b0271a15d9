"""The file of one pupil who goes to another organisation: what it tells, and under which ids it is taken in.

docs/pupil-file.md tells the file byte for byte.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from profdesk.domain import plural
from profdesk.domain.organisation import full_name
from profdesk.domain.people import PersonName, Sex
from profdesk.domain.portfolio import Basis
from profdesk.domain.school_year import Period, SchoolYear

VERSION = 1
SUFFIX = ".profpupil"
LARGEST = 96 * 1024 * 1024
"""Bytes of a whole file."""
LARGEST_TOLD = 8 * 1024 * 1024
"""Bytes of what it tells, without the works."""
LARGEST_WORKS = LARGEST - LARGEST_TOLD - 1024 * 1024
_SPACE = uuid.UUID("6f7d6b0e-5d3c-5b0a-9a54-0d7f2f1c9a10")
_VERSION_OF_NAMES = 5


def settled_id(sent: str) -> str:
    """The id under which a fact of another organisation is kept, the same whoever takes it in and however often.

    UUID version 5 (RFC 9562) of the id it was sent under; one of that version has come so before and stays.
    """
    return sent if came_from_elsewhere(sent) else str(uuid.uuid5(_SPACE, sent))


def came_from_elsewhere(known: str) -> bool:
    """Whether a fact of that id was taken in from a file; what is written here has ids of another version."""
    return uuid.UUID(known).version == _VERSION_OF_NAMES


@dataclass(frozen=True)
class SentFrom:
    """The organisation that a file comes from; ``key`` is the fingerprint of the key that seals it."""

    legal_form: str
    name: str
    short_name: str
    municipality: str
    key: str

    @property
    def full_name(self) -> str:
        """As the organisation's papers name it."""
        return full_name(self.legal_form, self.name)


@dataclass(frozen=True)
class SentPupil:
    """Whose file it is."""

    name: PersonName
    birth_date: date
    sex: Sex | None


@dataclass(frozen=True)
class SentClass:
    """Which class or group the pupil was in, and in which organisation by its short name."""

    year: SchoolYear
    title: str
    organisation: str


@dataclass(frozen=True)
class SentAssessment:
    """A stage (None: taken back) as it was set; ``by`` names one of ``PupilFile.people`` in all that is sent."""

    id: str
    competency: str
    stage: int | None
    basis: Basis
    period: Period
    made_on: date
    by: str
    at: datetime


@dataclass(frozen=True)
class SentNote:
    """A note at a cell that stands."""

    id: str
    competency: str
    strand: str
    period: Period
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class SentWork:
    """A file that shows what the pupil did; its bytes go along only where they were chosen (``inside``)."""

    id: str
    competency: str | None
    period: Period
    title: str
    name: str
    size: int
    sha256: str
    inside: bool
    by: str
    at: datetime


@dataclass(frozen=True)
class SentRecord:
    """What was recorded, in words: a certificate, an activity, an achievement, a choice, a line of the route.

    ``kind`` is a value of ``records.RecordKind``; ``day`` is None where none was recorded.
    """

    id: str
    kind: str
    year: SchoolYear
    day: date | None
    title: str
    words: str
    basis: str
    by: str
    at: datetime


def told_id(pupil: str, one: SentRecord) -> str:
    """The id of what is told in words alone: it follows from the words, so that they come once."""
    day = one.day.isoformat() if one.day else ""
    told = (pupil, one.kind, str(one.year.start), day, one.title, one.words, one.basis)
    return str(uuid.uuid5(_SPACE, "\n".join(told)))


@dataclass(frozen=True)
class SentConclusion:
    """What a psychologist released to the class teacher, and chose to send."""

    id: str
    held_on: date
    words: str
    by: str
    at: datetime


Sent = SentAssessment | SentNote | SentWork | SentRecord | SentConclusion


@dataclass(frozen=True)
class PupilFile:
    """All that is told of a pupil; ``classes`` begin with the first school year.

    ``competencies`` and ``stages`` say what the codes were called where they were used, ``people`` who is meant
    by an id, with the organisation where it is another than the sender's.
    """

    id: str
    made_at: datetime
    made_by: str
    sender: SentFrom
    pupil: SentPupil
    classes: tuple[SentClass, ...]
    competencies: Mapping[str, str]
    stages: Mapping[int, str]
    people: Mapping[str, str]
    assessments: tuple[SentAssessment, ...] = ()
    notes: tuple[SentNote, ...] = ()
    works: tuple[SentWork, ...] = ()
    records: tuple[SentRecord, ...] = ()
    conclusions: tuple[SentConclusion, ...] = ()

    @property
    def facts(self) -> tuple[Sent, ...]:
        """Everything that has an id of its own."""
        return (*self.assessments, *self.notes, *self.works, *self.records, *self.conclusions)

    @property
    def codes(self) -> frozenset[str]:
        """The competencies that are meant somewhere."""
        stages, notes = (one.competency for one in self.assessments), (one.competency for one in self.notes)
        return frozenset((*stages, *notes, *(one.competency for one in self.works if one.competency)))

    @property
    def counts(self) -> Sequence[str]:
        """What is inside, a phrase for each part that is there."""
        inside = sum(work.inside for work in self.works)
        parts = (
            (len(self.assessments), ("оценка компетенций", "оценки компетенций", "оценок компетенций")),
            (len(self.notes), ("заметка", "заметки", "заметок")),
            (inside, ("файл", "файла", "файлов")),
            (len(self.works) - inside, ("файл только в списке", "файла только в списке", "файлов только в списке")),
            (len(self.records), _RECORDS),
            (len(self.conclusions), _CONCLUSIONS),
        )
        return [plural.counted(count, *words) for count, words in parts if count]

    def name_of(self, by: str) -> str:
        """Who is meant, in words that another organisation understands."""
        told = self.people.get(by, "")
        return told if came_from_elsewhere(by) or not told else f"{told} ({self.sender.short_name})"


_RECORDS = (
    "запись о сертификатах, пробах, достижениях, выборе и маршруте",
    "записи о сертификатах, пробах, достижениях, выборе и маршруте",
    "записей о сертификатах, пробах, достижениях, выборе и маршруте",
)
_CONCLUSIONS = ("вывод психолога", "вывода психолога", "выводов психолога")


@dataclass(frozen=True)
class Chosen:
    """What goes into a file beside the portfolio's stages and records: works and conclusions by their ids."""

    notes: bool = False
    works: frozenset[str] = field(default_factory=frozenset)
    conclusions: frozenset[str] = field(default_factory=frozenset)

"""Diagnostic sessions, their answer sheets and what a psychologist makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from profdesk.domain import scoring
from profdesk.domain.answers import Answers
from profdesk.domain.instrument import Instrument
from profdesk.domain.people import Pupil
from profdesk.domain.school_year import SchoolYear


class Attendance(StrEnum):
    """Why a sheet has no answers; the value is what the database keeps."""

    ABSENT = "absent"
    REFUSED = "refused"


class SheetMode(StrEnum):
    """How the answers came in; the value is what the database keeps."""

    PAPER = "paper"
    SCREEN = "screen"
    FILE = "file"

    @property
    def label(self) -> str:
        """As papers name it."""
        return {"paper": "на бумаге", "screen": "на компьютере", "file": "из файла"}[self]


class SheetState(StrEnum):
    """What has become of a sheet."""

    NOT_BEGUN = "not_begun"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    DOUBTFUL = "doubtful"
    ABSENT = "absent"
    REFUSED = "refused"
    HIDDEN = "hidden"

    @property
    def label(self) -> str:
        """As screens and papers name it."""
        return _STATES[self]

    @property
    def counts(self) -> bool:
        """Whether the sheet belongs in the figures of its group."""
        return self is SheetState.COMPLETE


_STATES = {
    SheetState.NOT_BEGUN: "не начат",
    SheetState.INCOMPLETE: "неполный",
    SheetState.COMPLETE: "полный",
    SheetState.DOUBTFUL: "сомнительный",
    SheetState.ABSENT: "не был",
    SheetState.REFUSED: "отказ",
    SheetState.HIDDEN: "скрыт",
}


_NOT_AWAITED = (SheetState.ABSENT, SheetState.REFUSED, SheetState.HIDDEN)


def titles(pupils: Iterable[Pupil]) -> str:
    """The classes of some pupils, each once: «8 «А», 8 «Б»»; free of children's names."""
    return ", ".join(dict.fromkeys(one.group.name.title for one in pupils if one.group))


@dataclass(frozen=True)
class Session:
    """A session; ``digest`` names the very file of the instrument, ``group_title`` is free of children's names."""

    id: str
    digest: str
    year: SchoolYear
    held_on: date
    place: str
    group_title: str
    actor: str
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Sheet:
    """A pupil's sheet in a session; ``second`` are the answers of the checking entry.

    ``doubtful`` is the reason for which the sheet leaves the figures of its group, empty without one. Of a hidden one
    nothing is told but that it is there: the consent was withdrawn (``consent_gates``).
    """

    id: str
    session: str
    pupil: str
    number: int
    attendance: Attendance | None = None
    doubtful: str = ""
    mode: SheetMode | None = None
    answers: Answers = field(default_factory=dict)
    second: Answers = field(default_factory=dict)
    is_hidden: bool = False

    def state(self, instrument: Instrument) -> SheetState:
        """What has become of it; a doubtful sheet stays so however much of it is answered."""
        if self.is_hidden:
            return SheetState.HIDDEN
        if self.attendance is not None:
            return SheetState(self.attendance.value)
        if self.doubtful:
            return SheetState.DOUBTFUL
        if not self.answers:
            return SheetState.NOT_BEGUN
        return SheetState.COMPLETE if scoring.is_whole(instrument, self.answers) else SheetState.INCOMPLETE

    def differences(self) -> tuple[int, ...]:
        """The questions at which the second entry gave another answer than the first."""
        return tuple(sorted(item for item, words in self.second.items() if self.answers.get(item) != words))


@dataclass(frozen=True)
class PupilSheet:
    """A sheet with the pupil it is of, in the class of the session's school year."""

    sheet: Sheet
    pupil: Pupil


@dataclass(frozen=True)
class SessionView:
    """A session with its instrument and sheets, as the pages show it."""

    session: Session
    instrument: Instrument
    sheets: tuple[PupilSheet, ...]

    @property
    def entered(self) -> int:
        """How many sheets are whole, the doubtful ones among them."""
        states = self.states()
        return states.get(SheetState.COMPLETE, 0) + states.get(SheetState.DOUBTFUL, 0)

    @property
    def awaited(self) -> int:
        """How many sheets there are to be: all but those of pupils who were absent or refused, and hidden ones."""
        states = self.states()
        return len(self.sheets) - sum(states.get(one, 0) for one in _NOT_AWAITED)

    def states(self) -> Mapping[SheetState, int]:
        """How many sheets there are in each state."""
        found: dict[SheetState, int] = {}
        for one in self.sheets:
            state = one.sheet.state(self.instrument)
            found[state] = found.get(state, 0) + 1
        return found


@dataclass(frozen=True)
class Conclusion:
    """What the psychologist wrote about a sheet; ``draft`` is the part meant to be released."""

    sheet: str
    words: str
    draft: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class Released:
    """A conclusion as others see it; ``withdrawn_at`` is None while it stands."""

    id: str
    pupil: str
    sheet: str
    held_on: date
    words: str
    actor: str
    at: datetime
    withdrawn_at: datetime | None = None

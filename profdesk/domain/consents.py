"""Consents: what they allow, who gives them, since when, until when, and what stands of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from profdesk.domain.people import Group, Pupil, age
from profdesk.domain.school_year import SchoolYear

SOON = timedelta(days=30)
"""How long before its end a consent is told to end soon."""
OWN_HAND = 14
"""From this age on a child may sign for itself: as capable as article 26 of the Civil Code has it."""
GIVERS = ("мать", "отец", "законный представитель")
SELF = "сам ученик"
"""Who gave a consent, as the register words it; a name may follow after a comma."""


class ConsentKind(StrEnum):
    """What is consented to; the value is what the database keeps."""

    PERSONAL = "personal"
    PSYCHOLOGICAL = "psychological"
    PUBLICATION = "publication"

    @property
    def label(self) -> str:
        """As screens and papers name it: «согласие на …»."""
        return _LABELS[self]

    @property
    def head(self) -> str:
        """As the head of a column names it."""
        return _TITLES[self]


_LABELS = {
    ConsentKind.PERSONAL: "обработку персональных данных",
    ConsentKind.PSYCHOLOGICAL: "работу психолога",
    ConsentKind.PUBLICATION: "публикацию",
}
_TITLES = {
    ConsentKind.PERSONAL: "Персональные данные",
    ConsentKind.PSYCHOLOGICAL: "Работа психолога",
    ConsentKind.PUBLICATION: "Публикация",
}


@dataclass(frozen=True)
class Consent:
    """One paper; ``number`` may be empty, ``valid_until`` None where it is given till further notice."""

    id: str
    pupil: str
    kind: ConsentKind
    given_by: str
    number: str
    given_on: date
    valid_until: date | None = None
    withdrawn_on: date | None = None
    withdrawn_by: str = ""

    def is_valid(self, day: date) -> bool:
        """Whether it allows something on that day; the day of withdrawal no longer counts."""
        if day < self.given_on or (self.valid_until is not None and day > self.valid_until):
            return False
        return self.withdrawn_on is None or day < self.withdrawn_on


@dataclass(frozen=True)
class NewConsent:
    """A paper to be entered; ``given_by`` and ``number`` may be empty."""

    pupil: str
    kind: ConsentKind
    given_by: str = ""
    number: str = ""


class ConsentState(StrEnum):
    """How a pupil stands with a kind of consent on a day."""

    VALID = "valid"
    ENDING = "ending"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"

    @property
    def allows(self) -> bool:
        """Whether what needs the consent may be done."""
        return self in (ConsentState.VALID, ConsentState.ENDING)


@dataclass(frozen=True)
class Standing:
    """The state of a kind of consent, and the paper it comes of (None: there never was one)."""

    state: ConsentState
    paper: Consent | None = None

    @property
    def words(self) -> str:
        """«до 31.05.2027», «кончается 10.12.2026», «кончилось …», «отозвано …», «нет»."""
        if self.paper is None:
            return "нет"
        until, withdrawn = self.paper.valid_until, self.paper.withdrawn_on
        if self.state is ConsentState.WITHDRAWN and withdrawn is not None:
            return f"отозвано {withdrawn:%d.%m.%Y}"
        if until is None:
            return "есть, без срока"
        head = {ConsentState.ENDING: "кончается", ConsentState.ENDED: "кончилось"}.get(self.state, "до")
        return f"{head} {until:%d.%m.%Y}"

    @property
    def second(self) -> str:
        """«№ 14 от 03.09.2026, мать»: which paper it is, or who withdrew it; empty without one."""
        if self.paper is None:
            return ""
        if self.state is ConsentState.WITHDRAWN and self.paper.withdrawn_by:
            return f"кто отозвал: {self.paper.withdrawn_by}"
        number = f"№ {self.paper.number} " if self.paper.number else ""
        whose = self.paper.given_by
        return f"{number}от {self.paper.given_on:%d.%m.%Y}{f', {whose}' if whose else ''}"


def standing(consents: Iterable[Consent], day: date) -> Standing:
    """What stands on a day of a pupil's consents of one kind, given in any order.

    A paper that is valid outdoes all others, the longest first. Without one the latest decides: it was withdrawn, or
    its term is over.
    """
    known = [one for one in consents if one.given_on <= day]
    if not known:
        return Standing(ConsentState.MISSING)
    valid = [one for one in known if one.is_valid(day)]
    if valid:
        paper = max(valid, key=lambda one: (one.valid_until or date.max, one.given_on, one.id))
        ending = paper.valid_until is not None and paper.valid_until - day <= SOON
        return Standing(ConsentState.ENDING if ending else ConsentState.VALID, paper)
    last = max(known, key=lambda one: (one.given_on, one.id))
    withdrawn = last.withdrawn_on is not None and last.withdrawn_on <= day
    return Standing(ConsentState.WITHDRAWN if withdrawn else ConsentState.ENDED, last)


def standings(consents: Iterable[Consent], day: date) -> Mapping[ConsentKind, Standing]:
    """What stands of every kind on a day."""
    there = tuple(consents)
    return {kind: standing([one for one in there if one.kind is kind], day) for kind in ConsentKind}


@dataclass(frozen=True)
class PupilConsents:
    """A pupil in a class with the standing of every kind of consent; ``papers`` are all there are, the latest first."""

    pupil: Pupil
    group: Group
    by_kind: Mapping[ConsentKind, Standing]
    papers: tuple[Consent, ...] = ()

    @property
    def lacking(self) -> tuple[ConsentKind, ...]:
        """The kinds without a paper that is valid, those that were withdrawn among them."""
        return tuple(kind for kind, one in self.by_kind.items() if not one.state.allows)


@dataclass(frozen=True)
class ConsentBook:
    """Everybody in the classes of a school year, by class and name, as of a day; ``next_number`` is free yet."""

    year: SchoolYear
    day: date
    groups: tuple[Group, ...]
    pupils: tuple[PupilConsents, ...]
    next_number: int

    def given(self, group: str, kind: ConsentKind) -> tuple[int, int]:
        """Of how many of a class (its id) a kind of consent is valid, and of how many all told."""
        there = [one for one in self.pupils if one.group.id == group]
        return sum(one.by_kind[kind].state.allows for one in there), len(there)


def givers(birth_date: date, day: date) -> tuple[str, ...]:
    """Who may give a consent of a child on a day: the child too from ``OWN_HAND`` years on."""
    return (*GIVERS, SELF) if age(birth_date, day) >= OWN_HAND else GIVERS


def numbered(first: str, count: int) -> tuple[str, ...]:
    """Numbers that go on from a first one by its last digits: «14/П-09» gives «14/П-10»; without digits all are it."""
    digits = len(first) - len(first.rstrip("0123456789"))
    if not digits:
        return (first,) * count
    head, tail = first[:-digits], first[-digits:]
    return tuple(f"{head}{int(tail) + step:0{digits}d}" for step in range(count))


def next_number(numbers: Sequence[str]) -> int:
    """One more than the greatest of those that are figures alone."""
    return max((int(one) for one in numbers if one.isascii() and one.isdigit()), default=0) + 1

"""Pupils and groups as the rest of the program sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from profdesk.domain.school_year import SchoolYear


class Sex(StrEnum):
    """As class lists write it; the value is what the database and JSON keep."""

    MALE = "м"
    FEMALE = "ж"


class LeaveReason(StrEnum):
    """Why a pupil is no longer in the class; the value is what the database keeps."""

    GRADUATED = "graduated"
    TRANSFERRED = "transferred"
    LEFT = "left"

    @property
    def label(self) -> str:
        """As screens name it."""
        return _LEAVE_LABELS[self]


_LEAVE_LABELS = {
    LeaveReason.GRADUATED: "окончание обучения",
    LeaveReason.TRANSFERRED: "перевод в другую организацию",
    LeaveReason.LEFT: "выбытие по другой причине",
}


@dataclass(frozen=True)
class Leave:
    """Since when and why a pupil is no longer in the group of a school year."""

    day: date
    reason: LeaveReason


@dataclass(frozen=True)
class PersonName:
    """Surname and given name are never empty; not everybody has a patronymic."""

    surname: str
    given: str
    patronymic: str | None = None

    @property
    def full(self) -> str:
        """«Ильин Даниил Евгеньевич»."""
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)

    @property
    def short(self) -> str:
        """«Ильин Даниил»: enough inside one class."""
        return f"{self.surname} {self.given}"

    @property
    def initials(self) -> str:
        """«Д. Е. Ильин», with no-break spaces."""
        given = [f"{part[0]}." for part in (self.given, self.patronymic) if part]
        return "\u00a0".join([*given, self.surname])


def initials(full: str) -> str:
    """«Н. В. Черепанова» for «Черепанова Нина Васильевна»; what is not a whole name stays as it is."""
    parts = full.split()
    return PersonName(parts[0], parts[1], *parts[2:]).initials if len(parts) in (2, 3) and "." not in full else full


def age(born: date, day: date) -> int:
    """Full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def fold(text: str) -> str:
    """Reduce text to what searching and matching compare: lower case, ё as е, single spaces."""
    return " ".join(text.lower().replace("ё", "е").replace("\u00ad", "").split())


@dataclass(frozen=True)
class GroupName:
    """A class («7 «А»», grade 7, letter А) or a kindergarten group (no grade, its own title)."""

    title: str
    grade: int | None = None
    letter: str | None = None

    @property
    def sort_key(self) -> tuple[int, str]:
        """Kindergarten groups first, then by grade and letter."""
        return (self.grade or 0, self.letter or self.title)


def pupil_words(names: Iterable[GroupName | None]) -> tuple[str, str, str]:
    """What those of such groups are called, one, of one, of many: children while all are in a kindergarten."""
    there = [name for name in names if name is not None]
    if there and all(name.grade is None for name in there):
        return "ребёнок", "ребёнка", "детей"
    return "ученик", "ученика", "учеников"


@dataclass(frozen=True)
class Group:
    """A class or group of one school year, with the number of pupils now in it."""

    id: str
    name: GroupName
    level: str
    year: int
    size: int = 0

    def was(self, earlier: Group) -> bool:
        """Whether it is the group of an earlier year: 7 «А» was 6 «А»; a kindergarten group keeps its title."""
        if self.name.grade is None or earlier.name.grade is None:
            return self.name.title == earlier.name.title
        grade = self.name.grade - (self.year - earlier.year)
        return (grade, self.name.letter) == (earlier.name.grade, earlier.name.letter)


@dataclass(frozen=True)
class Pupil:
    """A pupil with the group of the school year that was asked for (None: in no group that year).

    ``leave`` tells that the pupil left that group; ``group`` is the one left.
    """

    id: str
    name: PersonName
    birth_date: date
    sex: Sex | None
    group: Group | None
    leave: Leave | None = None

    @property
    def attends(self) -> bool:
        """Whether the pupil is in the group, or was to the end of its year: graduated, or left on its last day."""
        if self.group is None or self.leave is None:
            return self.group is not None
        return self.leave.reason is LeaveReason.GRADUATED or self.leave.day >= SchoolYear(self.group.year).last_day

"""A class list as read from a file, and the plan of what taking it in would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from profdesk.domain.people import GroupName, PersonName, Pupil, Sex


@dataclass(frozen=True)
class Row:
    """A raw row: ``line`` as a person counts it in the file (from 1), cells as text or typed values.

    A merged cell is repeated in every column and row it covers; ``continued`` are the columns whose
    cell is merged with the row above.
    """

    line: int
    cells: tuple[str | int | float | date | None, ...]
    continued: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """A table of raw rows; ``name`` is empty where the format has no sheets."""

    name: str
    rows: tuple[Row, ...]


class Field(StrEnum):
    """What a column can be taken for."""

    FULL_NAME = "full_name"
    SURNAME = "surname"
    GIVEN = "given"
    PATRONYMIC = "patronymic"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    GROUP = "group"
    GRADE = "grade"
    LETTER = "letter"
    IGNORED = "ignored"


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its heading as written (empty without a header) and what it was taken for."""

    index: int
    heading: str
    field: Field


@dataclass(frozen=True)
class RosterPupil:
    """A good line; ``group`` is None where neither the line, its heading nor its sheet names one.

    ``remarks`` say in Russian what was understood rather than read («Буква «A» латинская, прочитана
    как русская»).
    """

    line: int
    sheet: str
    name: PersonName
    birth_date: date
    sex: Sex | None
    group: GroupName | None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class RefusedLine:
    """A line that cannot be taken; ``text`` is what stands in it, ``field`` the cell at fault."""

    line: int
    sheet: str
    text: str
    reason: str
    field: Field | None = None


@dataclass(frozen=True)
class SheetReading:
    """How one sheet was understood; ``header_line`` is None where the table has no header."""

    name: str
    header_line: int | None
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Roster:
    """A whole class list: good lines and refused ones, each in file order."""

    sheets: tuple[SheetReading, ...]
    pupils: tuple[RosterPupil, ...]
    refused: tuple[RefusedLine, ...]


class Fate(StrEnum):
    """What will become of a good line."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class FieldChange:
    """A field's Russian name with its value before and after, both as shown."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class PlanLine:
    """A good line with its fate; ``existing`` is the pupil it was recognised as.

    ``name`` and ``sex`` are what will be written: what the file leaves out stays as it is.
    """

    pupil: RosterPupil
    fate: Fate
    name: PersonName
    sex: Sex | None
    existing: Pupil | None = None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class RosterPlan:
    """What taking a roster in would do in one school year; nothing is written yet."""

    source: str
    year: int
    sheets: tuple[SheetReading, ...]
    lines: tuple[PlanLine, ...]
    refused: tuple[RefusedLine, ...]

    def with_fate(self, *fates: Fate) -> Sequence[PlanLine]:
        """The lines of those fates, in file order."""
        return [line for line in self.lines if line.fate in fates]

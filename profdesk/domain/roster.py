"""A class list as read from a file, and the plan of what taking it in would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from profdesk.domain.people import GroupName, PersonName, Pupil, Sex
from profdesk.errors import WrongInputError


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
    """A table of raw rows; ``name`` is empty where the format has no sheets.

    ``notices`` are sentences on what of it could not be read; ``first`` is the column in which it begins,
    where several tables stand side by side on one sheet.
    """

    name: str
    rows: tuple[Row, ...]
    notices: tuple[str, ...] = ()
    first: int = 0


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


NAMES = frozenset({Field.FULL_NAME, Field.SURNAME, Field.GIVEN})
"""Without one of these a table is no list of pupils."""
_OUSTED = {
    Field.FULL_NAME: NAMES,
    Field.SURNAME: frozenset({Field.SURNAME, Field.FULL_NAME}),
    Field.GIVEN: frozenset({Field.GIVEN, Field.FULL_NAME}),
    Field.GROUP: frozenset({Field.GROUP, Field.GRADE, Field.LETTER}),
    Field.GRADE: frozenset({Field.GRADE, Field.GROUP}),
    Field.LETTER: frozenset({Field.LETTER, Field.GROUP}),
}
Choice = Mapping[int, Field]
"""What a person took the columns of a table for, by their indexes; empty: as the program finds them."""


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading as written (empty without a header) and what it was taken for.

    ``samples`` are the first different texts that stand below.
    """

    index: int
    heading: str
    field: Field
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Header:
    """The columns of all tables of a file with the same header; blank columns are left out.

    ``shape`` is the header folded, the same for the next file of the same origin; ``known`` is False
    for tables without a header, whose shape says nothing of the next file.
    """

    shape: str
    known: bool
    sheets: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def is_list(self) -> bool:
        """Whether there is a column of names."""
        return any(column.field in NAMES for column in self.columns)

    @property
    def choice(self) -> dict[int, Field]:
        """What the columns were taken for, as a person would have chosen it."""
        return {column.index: column.field for column in self.columns}

    def with_field(self, index: int, field: Field) -> dict[int, Field]:
        """The choice after a column is taken for another field, from whatever column held its place."""
        freed = _OUSTED.get(field, frozenset({field}) - {Field.IGNORED})
        return {
            column: field if column == index else Field.IGNORED if former in freed else former
            for column, former in self.choice.items()
        }


class ColumnsError(WrongInputError):
    """The columns of a file do not make a list of pupils; ``headers`` are there to choose from."""

    def __init__(self, message: str, headers: Sequence[Header] = ()) -> None:
        super().__init__(message)
        self.headers = tuple(headers)


LineKey = tuple[str, int, int]
"""What tells the lines of a file apart: the sheet, the line, the first column of the table."""


@dataclass(frozen=True)
class RosterPupil:
    """A good line; ``group`` is None where neither the line, its heading nor its sheet names one.

    ``remarks`` say in Russian what was understood rather than read («Буква «A» латинская, прочитана
    как русская»); ``gone`` is what the line says of the pupil's leaving («выбыл 12.10.2025»).
    """

    line: int
    sheet: str
    name: PersonName
    birth_date: date
    sex: Sex | None
    group: GroupName | None
    remarks: tuple[str, ...] = ()
    gone: str = ""
    first: int = 0

    @property
    def key(self) -> LineKey:
        """What tells it from every other line."""
        return self.sheet, self.line, self.first


@dataclass(frozen=True)
class RefusedLine:
    """A line that cannot be taken; ``text`` is the name as it stands, ``field`` what is at fault.

    ``birth_date``, ``sex`` and ``group`` are what stands in those cells, as text; ``cell`` is the address of
    the cell at fault («C7»), where there is one.
    """

    line: int
    sheet: str
    text: str
    reason: str
    field: Field | None = None
    birth_date: str = ""
    sex: str = ""
    group: str = ""
    cell: str = ""
    first: int = 0

    @property
    def key(self) -> LineKey:
        """What tells it from every other line."""
        return self.sheet, self.line, self.first

    @property
    def told(self) -> str:
        """The reason with the cell at fault: «C7: нет такой даты: 31 февраля»."""
        return f"{self.cell}: {self.reason[:1].lower()}{self.reason[1:]}" if self.cell else self.reason

    @classmethod
    def of(cls, pupil: RosterPupil, reason: str, at: Field | None = None) -> RefusedLine:
        """Refuse a line that could be read."""
        return cls(
            pupil.line,
            pupil.sheet,
            pupil.name.full,
            reason,
            at,
            f"{pupil.birth_date:%d.%m.%Y}",
            pupil.sex.value if pupil.sex else "",
            pupil.group.title if pupil.group else "",
            first=pupil.first,
        )


@dataclass(frozen=True)
class PassedLine:
    """A line that is no pupil's: a title, a sum, a signature; ``reason`` says what it was taken for."""

    line: int
    sheet: str
    text: str
    reason: str
    first: int = 0

    @property
    def key(self) -> LineKey:
        """What tells it from every other line."""
        return self.sheet, self.line, self.first


@dataclass(frozen=True)
class SheetReading:
    """A table that was read; ``header_line`` is None where it has no header."""

    name: str
    header_line: int | None


@dataclass(frozen=True)
class Roster:
    """A whole class list: good lines, refused ones and those of no pupil, each in file order.

    ``headers`` are those of the lists first, then those of tables that were passed over. ``notices`` name what
    else of the file was not read: every cell stands in a line, in a column of a header, or there.
    """

    sheets: tuple[SheetReading, ...]
    pupils: tuple[RosterPupil, ...]
    refused: tuple[RefusedLine, ...]
    headers: tuple[Header, ...] = ()
    passed: tuple[PassedLine, ...] = ()
    notices: tuple[str, ...] = ()


class Fate(StrEnum):
    """What will become of a good line; one that says the pupil left is written only if it is asked for."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"


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

    @property
    def writes(self) -> bool:
        """Whether taking it would change anything."""
        return self.existing is None or bool(self.changes)


@dataclass(frozen=True)
class RosterPlan:
    """What taking a roster in would do in one school year; nothing is written yet.

    ``chosen`` is to be remembered by the shape of the header; ``remembered`` are the shapes that were
    read as they were chosen for an earlier file.
    """

    source: str
    year: int
    sheets: tuple[SheetReading, ...]
    lines: tuple[PlanLine, ...]
    refused: tuple[RefusedLine, ...]
    headers: tuple[Header, ...] = ()
    chosen: Mapping[str, Choice] = field(default_factory=dict)
    remembered: frozenset[str] = frozenset()
    passed: tuple[PassedLine, ...] = ()
    notices: tuple[str, ...] = ()

    def with_fate(self, *fates: Fate) -> Sequence[PlanLine]:
        """The lines of those fates, in file order."""
        return [line for line in self.lines if line.fate in fates]

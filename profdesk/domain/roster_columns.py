"""What the columns of a class list are: by their headings, else by what stands below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from profdesk.domain import group_names, roster_values
from profdesk.domain.people import fold
from profdesk.domain.roster import Column, Field, Row
from profdesk.domain.roster_values import Value

_OTHERS = re.compile(
    r"мам|мать|матер|отц|отец|папы|родител|законн|представител|учител|руководит|воспитател|опекун|бабушк|тьютор"
)
_NAMES = {Field.FULL_NAME, Field.SURNAME, Field.GIVEN}
_HEADINGS: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (
        Field.BIRTH_DATE,
        re.compile(r"^(дата|день|год)?\s*(и год\s*)?рожд|^дата р\b|^д\.?\s?р\.?$|^дата и место рожд|^birth"),
    ),
    (Field.SEX, re.compile(r"^пол\b|^м/ж$|^sex$|^gender$")),
    (Field.LETTER, re.compile(r"^литер|^буква|^индекс класса")),
    (Field.GRADE, re.compile(r"^параллель|^номер класса|^год обучения$")),
    (
        Field.GROUP,
        re.compile(
            r"^(учебн\w* |текущ\w* |наименование |название )?(класс\w*|кл\.?|группа|группы)\s*"
            r"([/(,]?\s*(группа|класс|обучения|школы|доу|детского сада)\)?)?$"
        ),
    ),
    (Field.FULL_NAME, re.compile(r"^ф\.?\s?и\.?\s?о\b|фамилия\W+имя|фамилия и имя|полное имя")),
    (Field.SURNAME, re.compile(r"^фамилия")),
    (Field.GIVEN, re.compile(r"^имя\b")),
    (Field.PATRONYMIC, re.compile(r"^отчество")),
    (
        Field.FULL_NAME,
        re.compile(r"^(список )?(ученик|обучающ|учащ|воспитанник|ребен|дет(и|ей)\b|школьник|имя, фамилия)"),
    ),
)
_LEAST_SHARE = 0.6


def heading_field(heading: str) -> Field | None:
    """The field a heading names; None if it names none that is read."""
    words = fold(heading).strip(" .:*№")
    if not words or len(words) > 60 or _OTHERS.search(words):
        return None
    for field, pattern in _HEADINGS:
        if pattern.search(words):
            return field
    return None


def header(row: Row) -> dict[int, Field] | None:
    """The fields a row's headings name; None if the row is no header of a class list."""
    fields: dict[int, Field] = {}
    for index, cell in enumerate(row.cells):
        field = heading_field(cell) if isinstance(cell, str) else None
        if field is not None and field not in fields.values():
            fields[index] = field
    named = _NAMES & set(fields.values())
    short = all(len(roster_values.text(cell)) <= 60 for cell in row.cells)
    if named and short and (len(fields) > 1 or _has_company(row)):
        return fields
    return None


def _has_company(row: Row) -> bool:
    """Whether a row with one known heading stands beside a number sign, as in «№ | ФИО»."""
    return any(fold(roster_values.text(cell)) in ("№", "№ п/п", "n", "п/п", "№п/п") for cell in row.cells)


def settled(fields: Mapping[int, Field]) -> dict[int, Field]:
    """Where a letter stands in a column of its own, «класс» means the grade."""
    if Field.LETTER in fields.values() and Field.GRADE not in fields.values():
        return {index: Field.GRADE if field is Field.GROUP else field for index, field in fields.items()}
    return dict(fields)


def completed(fields: Mapping[int, Field], rows: Sequence[Row], today: date) -> dict[int, Field]:
    """Add by content the fields that no heading named: name, date of birth, sex, class."""
    made = dict(fields)
    free = [index for index in range(_width(rows)) if index not in made]
    cells = {index: [cell for row in rows if (cell := _cell(row, index)) is not None] for index in free}
    for field, test in _tests(today):
        if field in made.values() or (field is Field.FULL_NAME and _NAMES & set(made.values())):
            continue
        best = max(free, key=lambda index: _share(cells[index], test, len(rows)), default=None)
        if best is not None and _share(cells[best], test, len(rows)) >= _LEAST_SHARE and best not in made:
            made[best] = field
    if not _NAMES & set(made.values()):
        made |= _three_names(cells, made, len(rows))
    return made


def columns(fields: Mapping[int, Field], heading: Row | None, width: int) -> tuple[Column, ...]:
    """Every column with its heading and what it was taken for, for the preview."""
    return tuple(
        Column(
            index,
            roster_values.text(_cell(heading, index)) if heading else "",
            fields.get(index, Field.IGNORED),
        )
        for index in range(width)
    )


def _tests(today: date) -> tuple[tuple[Field, Callable[[Value], bool]], ...]:
    return (
        (Field.BIRTH_DATE, lambda cell: roster_values.is_birth_date(cell, today)),
        (Field.FULL_NAME, lambda cell: isinstance(cell, str) and roster_values.looks_like_full_name(cell)),
        (Field.SEX, lambda cell: roster_values.sex(cell) is not None),
        (
            Field.GROUP,
            lambda cell: isinstance(cell, str) and group_names.strict_class(cell.strip()) is not None,
        ),
    )


def _share(cells: Sequence[Value], test: Callable[[Value], bool], total: int) -> float:
    return sum(map(test, cells)) / total if total else 0.0


def _three_names(cells: Mapping[int, Sequence[Value]], taken: Mapping[int, Field], total: int) -> dict[int, Field]:
    """Surname and given name in neighbouring columns of single names, and a patronymic after them."""

    def single(index: int) -> bool:
        words = [cell for cell in cells.get(index, ()) if isinstance(cell, str)]
        return index not in taken and _share(words, _one_name, total) >= _LEAST_SHARE

    for index in sorted(cells):
        if single(index) and single(index + 1):
            made = {index: Field.SURNAME, index + 1: Field.GIVEN}
            third = [cell for cell in cells.get(index + 2, ()) if isinstance(cell, str)]
            if third and _share(third, _patronymic, len(third)) >= _LEAST_SHARE:
                made[index + 2] = Field.PATRONYMIC
            return made
    return {}


def _one_name(cell: Value) -> bool:
    return isinstance(cell, str) and roster_values.looks_like_one_name(cell)


def _patronymic(cell: Value) -> bool:
    return isinstance(cell, str) and roster_values.looks_like_patronymic(cell)


def _width(rows: Sequence[Row]) -> int:
    return max((len(row.cells) for row in rows), default=0)


def _cell(row: Row, index: int) -> Value:
    value = row.cells[index] if index < len(row.cells) else None
    return value if roster_values.text(value) else None

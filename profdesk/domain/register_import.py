"""A table of entries from a file: which column is which field, and what taking each line in would change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from profdesk.domain import roster_dates
from profdesk.domain.people import fold
from profdesk.domain.register import (
    PUPILS,
    Calendar,
    Entry,
    Field,
    FieldKind,
    Register,
    Titles,
    Value,
    Values,
    check,
    key,
    shown,
    tidy,
)
from profdesk.domain.roster import Row, Sheet
from profdesk.domain.roster_text import Value as Cell
from profdesk.domain.roster_text import Wrong, text
from profdesk.errors import WrongInputError

_HEAD_WITHIN = 30
_LATEST = date(2049, 12, 31)
"""Two figures of a year are of this century up to here: agreements end in years to come."""
_YES = {"да", "+", "1", "x", "х", "v", "есть", "истина", "true", "yes"}
_NO = {"", "нет", "-", "–", "—", "0", "ложь", "false", "no"}
_MORE = "отчество, класс, день рождения: «Ильин Даниил Олегович, 9А, 06.05.2011»"
_NUMBER = re.compile(r"^(\d{1,9})(?:[.,]0+)?(?:\s*[а-яё. ]+)?$", re.IGNORECASE)


class Fate(Enum):
    """What becomes of a line."""

    NEW = auto()
    CHANGED = auto()
    SAME = auto()
    REFUSED = auto()


@dataclass(frozen=True)
class Line:
    """A line of the file: its values, the entry it changes or repeats, and what is the matter with it.

    ``notes`` are what else there is to tell of it.
    """

    sheet: str
    number: int
    fate: Fate
    values: Values
    title: str
    entry: str | None = None
    changed: tuple[str, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a file would change; ``passed_over`` are heads of columns that are no field of the register."""

    register: Register
    source: str
    lines: tuple[Line, ...]
    passed_over: tuple[str, ...]

    def of(self, *fates: Fate) -> Sequence[Line]:
        """The lines with one of some fates."""
        return [line for line in self.lines if line.fate in fates]


def plan(
    register: Register,
    sheets: Sequence[Sheet],
    source: str,
    there: Sequence[Entry],
    titles: Titles,
    calendar: Calendar,
) -> Plan:
    """Compare a file's lines with the entries that are there; nobody's entry is changed by guess.

    WrongInputError if no table of the file has the fields that an entry cannot do without.
    """
    tables = [(sheet, head) for sheet in sheets if (head := _head(register, sheet))]
    if not tables:
        wanted = ", ".join(f"«{one.title}»" for one in register.fields if _is_needed(one))
        raise WrongInputError(f"В файле «{source}» нет столбцов: {wanted}. Возьмите образец и заполните его.")
    reader = _Reader(register, titles, there, calendar)
    lines = [reader.line(sheet.name, row, head) for sheet, head in tables for row in sheet.rows if head.is_above(row)]
    passed = dict.fromkeys(name for _, head in tables for name in head.unknown)
    return Plan(register, source, tuple(lines), tuple(passed))


@dataclass(frozen=True)
class _Head:
    line: int
    columns: Mapping[int, Field]
    unknown: tuple[str, ...]

    def is_above(self, row: Row) -> bool:
        """Whether a row is below the head and says something."""
        return row.line > self.line and any(text(cell) for cell in row.cells)


Index = Mapping[str, Sequence[str]]
"""The ids of entries by what they are called, folded."""


def index(field: Field, titles: Titles) -> Index:
    """Find what a field links to by how people call it."""
    there = titles.get(field.register, {})
    return by_pupil(there) if field.register == PUPILS else by_title(there)


def by_title(titles: Mapping[str, str]) -> Index:
    """Find entries by what they are called; ``titles`` are that by id."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry, title in titles.items():
        found[fold(title)].append(entry)
    return found


def by_pupil(titles: Mapping[str, str]) -> Index:
    """Find pupils as people write them: with or without patronymic, class and birth date, «9А» as «9 «А»»."""
    found: dict[str, list[str]] = defaultdict(list)
    for pupil, title in titles.items():
        name, *more = title.split(", ")
        for words in (name, " ".join(name.split()[:2])):
            for said in range(len(more) + 1):
                called = _bare(words + "".join(more[:said]))
                if pupil not in found[called]:
                    found[called].append(pupil)
    return found


def _bare(words: str) -> str:
    """Letters and figures alone."""
    return "".join(letter for letter in fold(words) if letter.isalnum())


def _is_needed(field: Field) -> bool:
    return field.required and field.kind is not FieldKind.FLAG


def _head(register: Register, sheet: Sheet) -> _Head | None:
    """The first row whose cells name every field that an entry cannot do without."""
    names: dict[str, Field] = {}
    for field in register.fields:
        for name in (field.title, *field.heads):
            names.setdefault(fold(name), field)
    for row in sheet.rows[:_HEAD_WITHIN]:
        columns: dict[int, Field] = {}
        unknown = []
        for number, cell in enumerate(row.cells):
            named = names.get(fold(text(cell).strip(" *:")))
            if named is not None and named not in columns.values():
                columns[number] = named
            elif text(cell):
                unknown.append(text(cell))
        if all(one in columns.values() for one in register.fields if _is_needed(one)):
            return _Head(row.line, columns, tuple(unknown))
    return None


def _words(row: Row, column: int) -> str:
    return text(row.cells[column]) if column < len(row.cells) else ""


class _Reader:
    """Reads lines of one file; knows which lines came before."""

    def __init__(self, register: Register, titles: Titles, there: Sequence[Entry], calendar: Calendar) -> None:
        self._register = register
        self._titles = titles
        self._calendar = calendar
        self._there = {key(register, one.values): one for one in there}
        self._links = {one.code: index(one, titles) for one in register.fields if one.register}
        self._first: dict[tuple[str, ...], int] = {}

    def line(self, sheet: str, row: Row, head: _Head) -> Line:
        """What a row holds, and what becomes of it."""
        register = self._register
        values, reason = self._values(row, head)
        name = ", ".join(word for number, one in head.columns.items() if one.names and (word := _words(row, number)))
        same = key(register, values)
        entry = self._there.get(same)
        if not reason:
            whole = {**(entry.values if entry else register.blank()), **values}
            problems = check(register, whole, (), self._titles, self._calendar)
            reason = problems[0].words if problems else ""
        if not reason and same in self._first:
            reason = f"То же самое уже в строке {self._first[same]}."
        if reason:
            return Line(sheet, row.line, Fate.REFUSED, values, name, reason=reason)
        self._first[same] = row.line
        if entry is None:
            return Line(sheet, row.line, Fate.NEW, values, name)
        changed = tuple(self._change(entry, code, now) for code, now in values.items() if entry.values[code] != now)
        return Line(sheet, row.line, Fate.CHANGED if changed else Fate.SAME, values, name, entry.id, changed)

    def _values(self, row: Row, head: _Head) -> tuple[dict[str, Value], str]:
        values: dict[str, Value] = {}
        reason = ""
        for number, field in head.columns.items():
            cell = row.cells[number] if number < len(row.cells) else None
            try:
                values[field.code] = read(field, cell, self._links.get(field.code, {}))
            except Wrong as wrong:
                reason = reason or f"{field.title}: {wrong}."
        return values, reason

    def _change(self, entry: Entry, code: str, value: Value) -> str:
        """«Телефон: 2-11-05 → 2-11-06»."""
        field = self._register.field(code)
        was, now = shown(field, entry.values[code], self._titles), shown(field, value, self._titles)
        return f"{field.title}: {was or '—'} → {now or '—'}"


def read(field: Field, cell: Cell, links: Index) -> Value:
    """Read a cell as a field's value; Wrong says what is the matter."""
    words = text(cell)
    if field.kind is FieldKind.FLAG:
        return _flag(words)
    if not words:
        return field.nothing
    if field.kind is FieldKind.DAY:
        return _day(cell, words)
    if field.kind is FieldKind.NUMBER:
        return _number(words)
    return _in_words(field, cell, words, links)


def _in_words(field: Field, cell: Cell, words: str, links: Index) -> str:
    if field.kind is FieldKind.CHOICE:
        return _choice(field, words)
    if field.kind is FieldKind.LINK:
        return _pupil(words, links) if field.register == PUPILS else _link(words, links)
    return tidy(field, cell) if isinstance(cell, str) else words


def _flag(words: str) -> bool:
    lower = words.lower()
    if lower in _YES or lower in _NO:
        return lower in _YES
    raise Wrong(f"напишите «да» или «нет» вместо «{words}»")


def _day(cell: Cell, words: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return roster_dates.day(words, _LATEST)
    except Wrong:
        raise Wrong(f"дата не понята: «{words}». Напишите так: 05.09.2026") from None


def _number(words: str) -> int:
    found = _NUMBER.match(words)
    if found is None:
        raise Wrong(f"нужно целое число вместо «{words}»")
    return int(found.group(1))


def _choice(field: Field, words: str) -> str:
    wanted = fold(words)
    titles = {one.code: fold(one.title) for one in field.choices}
    exact = [code for code, title in titles.items() if wanted in (title, code)]
    fitting = exact or [code for code, title in titles.items() if wanted in _parts(title)]
    if len(fitting) == 1:
        return fitting[0]
    raise Wrong(f"«{words}» нет в списке: {', '.join(one.title for one in field.choices)}")


def _parts(title: str) -> Iterable[str]:
    """A title's words and the parts that «или» joins."""
    return {*title.split(), *title.split(" или ")}


def _link(words: str, links: Index) -> str:
    found = links.get(fold(words), ())
    if len(found) == 1:
        return found[0]
    raise Wrong(f"«{words}» — таких записей {len(found)}, выберите на экране" if found else f"«{words}» нет в реестре")


def _pupil(words: str, links: Index) -> str:
    found = links.get(_bare(words), ())
    if len(found) == 1:
        return found[0]
    if found:
        raise Wrong(f"«{words}» — таких учеников {len(found)}, допишите {_MORE}")
    raise Wrong(f"ученика «{words}» нет в списках")

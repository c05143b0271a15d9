"""A class list recognised in raw rows: headers, classes, good lines, refused lines with reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from profdesk.domain import group_names, roster_blocks, roster_columns, roster_dates, roster_names
from profdesk.domain.people import GroupName, fold
from profdesk.domain.progress import Progress, silent
from profdesk.domain.roster import (
    Choice,
    ColumnsError,
    Field,
    Header,
    RefusedLine,
    Roster,
    RosterPupil,
    Row,
    Sheet,
    SheetReading,
)
from profdesk.domain.roster_columns import Heading
from profdesk.domain.roster_layout import Layout, lay_out
from profdesk.domain.roster_names import NameCells
from profdesk.domain.roster_text import Value, Wrong, is_number, text

_FOOTER = re.compile(
    r"^(?:итого|всего|директор|заведующ(?:ий|ая)|классн(?:ый|ые) руководител[ьи]|кл ?рук\w*|классный|секретарь|исп|стр|"
    r"воспитател[ьи]|учител[ья]|исполнител[ьи]|исполнил[аи]?|составил[аи]?|подготовил[аи]?|проверил[аи]?|дата|подписи?|"
    r"м ?п|количество|кол во|численность|из них|в том числе|(?:мальчик|девоч|юнош|девуш)\w*(?= ?\d| ?$)|примечани[ея]|"
    r"утвержда\w*|согласова\w*|зам|заместитель|методист|ответственн(?:ый|ая)|тел|телефон|приложение|страница|"
    r"родительский комитет|психолог|социальный педагог|печать|руководитель|специалист|старший воспитатель|"
    r"сформирован\w*|по состоянию|на \d+)(?!\w)"
)
_WORDS = re.compile(r"[^а-яa-z0-9]+")
_NO_NAMES = (
    "В файле не нашлось списка: нет столбца с фамилией и именем. Проверьте, тот ли это файл, "
    "и подпишите или укажите столбцы: Фамилия, Имя, Отчество, Дата рождения, Класс."
)
_LONGEST = 200
_REPORT_EVERY = 500
_NO_LINES = "В списке есть заголовки, но нет ни одной строки с учеником. Проверьте, тот ли это файл."


def recognise(
    sheets: Sequence[Sheet],
    today: date | None = None,
    chosen: Mapping[str, Choice] | None = None,
    progress: Progress = silent,
) -> Roster:
    """Read every sheet; ColumnsError if no sheet has a column of names, or none has a pupil's line.

    ``chosen`` says what the columns below a header of some shape are. Lines that repeat an earlier one
    (same name and date of birth) are refused, the first is kept. ``progress`` counts rows.
    """
    day = today or datetime.now(UTC).astimezone().date()
    tables = [table for sheet in sheets for table in roster_blocks.side_by_side(sheet)]
    steps = _Steps(progress, sum(len(table.rows) for table in tables))
    readers = [_read_sheet(table, day, chosen or {}, steps) for table in tables]
    found = [reader for reader in readers if reader.layout.has_names]
    headers = _headers(header for reader in readers for header in reader.headers)
    if not found:
        raise ColumnsError(_NO_NAMES, headers)
    pupils, repeated = _without_repeats(pupil for reader in found for pupil in reader.pupils)
    refused = [*(line for reader in found for line in reader.refused), *repeated]
    if not pupils and not refused:
        raise ColumnsError(_NO_LINES, headers)
    order = {reader.sheet.name: number for number, reader in enumerate(found)}
    return Roster(
        tuple(reader.reading() for reader in found),
        tuple(pupils),
        tuple(sorted(refused, key=lambda line: (order[line.sheet], line.line))),
        headers,
    )


@dataclass
class _Steps:
    """Counts the rows of all tables and tells now and then how many are done."""

    progress: Progress
    total: int
    done: int = 0

    def take(self) -> None:
        if self.done % _REPORT_EVERY == 0:
            self.progress(self.done, self.total)
        self.done += 1


def _read_sheet(sheet: Sheet, today: date, chosen: Mapping[str, Choice], steps: _Steps) -> _SheetReader:
    headings = roster_columns.find_headings(sheet.rows)
    if not headings:
        return _read_headless(sheet, today, chosen, steps)
    below = _rows_below(sheet.rows, headings)
    layouts: dict[tuple[str, ...], Layout] = {}
    headers: list[Header] = []
    for heading in headings:
        if heading.key not in layouts:
            same = [row for other, rows in below if other.key == heading.key for row in rows]
            layout = lay_out(heading, same, today, chosen.get(heading.shape))
            layouts[heading.key] = layout
            headers.append(Header(heading.shape, True, (sheet.name,), layout.columns(heading, same)))
    first = next((heading for heading in headings if layouts[heading.key].has_names), None)
    if first is None:
        return _SheetReader(sheet, today, steps, headers, None, Layout({}))
    reader = _SheetReader(sheet, today, steps, headers, first, layouts[first.key], closed=True)
    reader.group = next(filter(None, map(group_names.in_heading, first.words)), reader.group)
    reader.take_all(sheet.rows[: headings[0].first])
    for heading, rows in below:
        reader.use(layouts[heading.key])
        reader.take_all(rows)
    return reader


def _read_headless(sheet: Sheet, today: date, chosen: Mapping[str, Choice], steps: _Steps) -> _SheetReader:
    """Read a table none of whose rows is known as a header; what looks like one names its columns."""
    heading, layout = roster_columns.unread_heading(sheet.rows), lay_out(None, sheet.rows, today)
    found = ",".join(f"{index}:{known}" for index, known in sorted(layout.fields.items()))
    shape = heading.shape if heading else found
    if chosen.get(shape):
        layout = lay_out(None, sheet.rows, today, chosen[shape])
    rows = sheet.rows[heading.last + 1 :] if heading else sheet.rows
    header = Header(shape, heading is not None, (sheet.name,), layout.columns(heading, rows))
    reader = _SheetReader(sheet, today, steps, [header], None, layout)
    reader.take_all(sheet.rows)
    if heading is not None:
        reader.refused = [line for line in reader.refused if line.line != heading.line]
    return reader


def _headers(headers: Iterable[Header]) -> tuple[Header, ...]:
    """Each header once with all its sheets, those of lists first."""
    merged: dict[str, Header] = {}
    for header in headers:
        former = merged.get(header.shape)
        sheets = dict.fromkeys((*former.sheets, *header.sheets)) if former else header.sheets
        merged[header.shape] = replace(former or header, sheets=tuple(sheets))
    return tuple(sorted((one for one in merged.values() if one.columns), key=lambda header: not header.is_list))


def _rows_below(rows: Sequence[Row], headings: Sequence[Heading]) -> list[tuple[Heading, Sequence[Row]]]:
    ends = [*(heading.first for heading in headings[1:]), len(rows)]
    return [(heading, rows[heading.last + 1 : end]) for heading, end in zip(headings, ends, strict=False)]


@dataclass
class _SheetReader:
    """Goes down one sheet, keeping the layout and the class that hold at the present row.

    ``closed`` means that a footer was passed, or no header yet: then only a whole pupil's line counts.
    """

    sheet: Sheet
    today: date
    steps: _Steps
    headers: Sequence[Header]
    heading: Heading | None
    layout: Layout
    group: GroupName | None = None
    above: GroupName | None = None
    closed: bool = False
    pupils: list[RosterPupil] = field(default_factory=list)
    refused: list[RefusedLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.group = group_names.strict_class(self.sheet.name) or group_names.in_heading(self.sheet.name)

    def reading(self) -> SheetReading:
        """How the sheet was understood."""
        return SheetReading(self.sheet.name, self.heading.line if self.heading else None)

    def use(self, layout: Layout) -> None:
        """Go on below another header."""
        if layout.has_names:
            self.layout, self.closed, self.above = layout, False, None

    def take_all(self, rows: Iterable[Row]) -> None:
        """Sort rows into pupils, refused lines and all the rest."""
        for row in rows if self.layout.has_names else ():
            self.steps.take()
            if not self.layout.is_continued(row) and not roster_columns.is_column_numbers(row):
                self._take(row)

    def _take(self, row: Row) -> None:
        cells, born = self._name_and_date(row)
        has_name = any(map(str.isalpha, cells.text))
        has_date = not roster_dates.is_blank(text(born)) and text(born) != cells.full
        if self._is_footer(row, cells):
            self.closed = True
        elif has_name and (has_date or self._is_pupil_without_date(row, cells)):
            if not self.closed or self._is_line_again(row, cells, born):
                self._read_line(row, cells, born)
        elif has_name or not has_date or not roster_dates.looks_like_date(born):
            self._take_other(row)
        elif not self.closed:
            self._refuse(row, "Нет фамилии и имени", Field.FULL_NAME)

    def _name_and_date(self, row: Row) -> tuple[NameCells, Value]:
        cells, born = self.layout.name(row), self.layout.value(row, Field.BIRTH_DATE)
        if born is None and any(map(str.isdigit, cells.full)):
            full, found = roster_dates.split_off(cells.full)
            return NameCells(full, given_first=cells.given_first), found or None
        return cells, born

    def _is_footer(self, row: Row, cells: NameCells) -> bool:
        if self.layout.is_numbered(row) and roster_names.looks_like_full_name(cells.text):
            return False
        first = next((words for cell in row.cells if (words := text(cell)) and not is_number(cell)), "")
        return any(_FOOTER.match(_WORDS.sub(" ", fold(words)).strip()) for words in (first, cells.text))

    def _is_line_again(self, row: Row, cells: NameCells, born: Value) -> bool:
        """Whether a row below a footer is a pupil's after all, and no signature with its date."""
        if not roster_names.looks_like_full_name(cells.text):
            return False
        return (
            self.layout.is_numbered(row) or roster_dates.is_birth_date(born, self.today) or roster_dates.never_was(born)
        )

    def _is_pupil_without_date(self, row: Row, cells: NameCells) -> bool:
        """Whether a row without a date of birth is a pupil to be refused, not a title or a note."""
        if self.closed:
            return self.layout.is_numbered(row) and roster_names.looks_like_full_name(cells.text)
        words = roster_columns.distinct(row)
        if len(words) <= 2 and any(group_names.in_heading(word) for word in words):
            return False
        beside = self.layout.is_numbered(row) or any(
            self.layout.text(row, known) for known in (Field.GROUP, Field.GRADE, Field.SEX)
        )
        named = roster_names.looks_like_full_name(cells.text) or roster_names.looks_like_one_name(cells.text)
        return named or (beside and len(words) > 1 and len(cells.text) < 80)

    def _take_other(self, row: Row) -> None:
        """Remember the class that a row above or between the lines names; tell a line without a pupil."""
        known = (Field.GROUP, Field.GRADE, Field.SEX)
        filled = sum(bool(self.layout.text(row, one)) for one in known)
        words = roster_columns.distinct(row)
        if not self.closed and filled > 1 and not words[0][:1].isalpha():
            self._refuse(row, "Нет фамилии и имени", Field.FULL_NAME)
            return
        for candidate in (*words, " ".join(words)):
            found = group_names.in_heading(candidate)
            if found is not None:
                self.group, self.above, self.closed = found, None, self.closed and not self.pupils
                return

    def _read_line(self, row: Row, cells: NameCells, born: Value) -> None:
        at = Field.FULL_NAME
        try:
            read = roster_names.read_name(cells)
            at = Field.BIRTH_DATE
            day = roster_dates.birth_date(born, self.today)
            at = Field.GROUP
            group, remarks = self._group(row)
        except Wrong as wrong:
            self._refuse(row, str(wrong), at)
            return
        self.closed = False
        given = self.layout.sex(row)
        sex = roster_names.sex(given)
        if sex is None and not roster_dates.is_blank(text(given)):
            remarks = (*remarks, f"Пол не понят: «{text(given)}»")
        self.pupils.append(
            RosterPupil(row.line, self.sheet.name, read.name, day, sex, group, (*read.remarks, *remarks))
        )

    def _group(self, row: Row) -> tuple[GroupName | None, tuple[str, ...]]:
        words = self._group_words(row)
        if roster_dates.is_blank(words):
            return self._without_cell(), ()
        read = group_names.named_group if self.layout.own_groups else group_names.parse_group
        found = read(words)
        if found is None:
            raise Wrong(group_names.problem(words))
        if self.group is not None and self.group.grade is not None and _says_less(found, self.group):
            return self.group, ()
        self.above = found
        remarks = ("Буква класса латинская, прочитана как русская",) if group_names.has_latin(words) else ()
        return found, remarks

    def _group_words(self, row: Row) -> str:
        grade, letter = self.layout.text(row, Field.GRADE), self.layout.text(row, Field.LETTER)
        return group_names.joined(grade, letter) if grade else self.layout.text(row, Field.GROUP)

    def _without_cell(self) -> GroupName | None:
        """The class of a line whose own cell is blank: of the title, or of a line above where it stands once."""
        if self.layout.sparse_groups and self.above is not None:
            return self.above
        if self.group is None and self.layout.has_groups:
            raise Wrong("Не указан класс")
        return self.group

    def _refuse(self, row: Row, reason: str, at: Field) -> None:
        self.refused.append(
            RefusedLine(
                row.line,
                self.sheet.name,
                self.layout.name(row).text[:_LONGEST],
                reason,
                at,
                self.layout.text(row, Field.BIRTH_DATE)[:_LONGEST],
                text(self.layout.sex(row))[:_LONGEST],
                self._group_words(row)[:_LONGEST],
            )
        )


def _says_less(cell: GroupName, title: GroupName) -> bool:
    """Whether a cell only repeats the grade of the class in the title, or is no class beside one."""
    return cell.grade is None or (cell.letter is None and cell.grade == title.grade)


def _without_repeats(pupils: Iterable[RosterPupil]) -> tuple[list[RosterPupil], list[RefusedLine]]:
    """Lines of one surname, given name and date of birth are one pupil unless their patronymics differ."""
    seen: dict[tuple[str, str, date], list[RosterPupil]] = {}
    kept: list[RosterPupil] = []
    repeated: list[RefusedLine] = []
    for pupil in pupils:
        same = seen.setdefault((fold(pupil.name.surname), fold(pupil.name.given), pupil.birth_date), [])
        first = next((one for one in same if _agree(one.name.patronymic, pupil.name.patronymic)), None)
        if first is None:
            same.append(pupil)
            kept.append(pupil)
            continue
        sheet = f" листа «{first.sheet}»" if first.sheet != pupil.sheet else ""
        repeated.append(RefusedLine.of(pupil, f"Повтор строки {first.line}{sheet}"))
    return kept, repeated


def _agree(one: str | None, other: str | None) -> bool:
    return not one or not other or fold(one) == fold(other)

"""A class list recognised in raw rows: headers, classes, good lines, refused lines with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from profdesk.domain import group_names, roster_blocks, roster_columns, roster_unread
from profdesk.domain.people import GroupName, fold
from profdesk.domain.progress import Progress, silent
from profdesk.domain.roster import (
    Choice,
    ColumnsError,
    Header,
    PassedLine,
    RefusedLine,
    Roster,
    RosterPupil,
    Row,
    Sheet,
    SheetReading,
)
from profdesk.domain.roster_columns import Heading
from profdesk.domain.roster_layout import Layout, lay_out
from profdesk.domain.roster_lines import TableReader

_NO_NAMES = (
    "В файле не нашлось списка: нет столбца с фамилией и именем. Проверьте, тот ли это файл, "
    "и подпишите или укажите столбцы: Фамилия, Имя, Отчество, Дата рождения, Класс."
)
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
    tables = [table for sheet in sheets for table in roster_blocks.side_by_side(sheet, day)]
    steps = _Steps(progress, sum(len(table.rows) for table in tables))
    read = [_read_table(table, day, chosen or {}, steps) for table in tables]
    found = [one for one in read if one.is_list]
    headers = _headers(header for one in read for header in one.headers)
    if not found:
        unread = dict.fromkeys(words for sheet in sheets for words in sheet.notices)
        raise ColumnsError(" ".join((_NO_NAMES, *unread)), headers)
    pupils, repeated = _without_repeats(pupil for one in found for pupil in one.reader.pupils)
    refused = [*(line for one in found for line in one.reader.refused), *repeated]
    if not pupils and not refused:
        raise ColumnsError(_NO_LINES, headers)
    order = {one.sheet.name: number for number, one in enumerate(found)}
    return Roster(
        tuple(SheetReading(one.sheet.name, one.heading.line if one.heading else None) for one in found),
        tuple(pupils),
        tuple(sorted(refused, key=lambda line: (order[line.sheet], line.first, line.line))),
        headers,
        _once(line for one in found for line in one.reader.passed),
        tuple(dict.fromkeys(words for one in read for words in one.notices)),
    )


@dataclass
class _Steps:
    """Counts the rows of all tables and tells now and then how many are done."""

    progress: Progress
    total: int
    done: int = 0

    def through(self, rows: Iterable[Row]) -> Iterable[Row]:
        """The rows one by one."""
        for row in rows:
            if self.done % _REPORT_EVERY == 0:
                self.progress(self.done, self.total)
            self.done += 1
            yield row


@dataclass(frozen=True)
class _Read:
    """A table with its headers; ``heading`` is the first that has names, None where there is none."""

    sheet: Sheet
    headers: Sequence[Header]
    heading: Heading | None
    reader: TableReader
    notices: Sequence[str] = ()

    @property
    def is_list(self) -> bool:
        """Whether it is a list of pupils."""
        return self.reader.layout.has_names


def _read_table(table: Sheet, today: date, chosen: Mapping[str, Choice], steps: _Steps) -> _Read:
    headings = roster_columns.find_headings(table.rows)
    if not headings:
        return _read_headless(table, today, chosen, steps)
    below = roster_columns.sections(table.rows, headings)
    layouts: dict[tuple[str, ...], Layout] = {}
    headers: list[Header] = []
    notices = list(table.notices)
    for heading in headings:
        if heading.key in layouts:
            continue
        same = [row for other, rows in below if other and other.key == heading.key for row in rows]
        layout = lay_out(heading, same, today, chosen.get(heading.shape))
        layouts[heading.key] = layout
        headers.append(Header(heading.shape, True, (table.name,), layout.columns(same)))
        notices += () if chosen.get(heading.shape) else roster_unread.columns(table.name, layout, same)
    first = next((heading for heading in headings if layouts[heading.key].has_names), None)
    if first is None:
        notices += roster_unread.table(table)
        return _Read(table, headers, None, TableReader(table, today, Layout({})), notices)
    reader = TableReader(table, today, layouts[first.key], closed=True, group=_named(table.name))
    reader.group = next(filter(None, map(group_names.in_heading, first.words)), reader.group)
    reader.take_all(steps.through(table.rows[: headings[0].first]))
    for one, rows in below:
        reader.use(layouts[one.key] if one else reader.layout)
        reader.take_all(steps.through(rows))
    return _Read(table, headers, first, reader, notices)


def _read_headless(table: Sheet, today: date, chosen: Mapping[str, Choice], steps: _Steps) -> _Read:
    """Read a table none of whose rows is known as a header; what looks like one names its columns."""
    heading, layout = roster_columns.unread_heading(table.rows), lay_out(None, table.rows, today)
    found = ",".join(f"{index}:{known}" for index, known in sorted(layout.fields.items()))
    shape = heading.shape if heading else found
    choice = chosen.get(shape)
    if choice:
        layout = lay_out(None, table.rows, today, choice)
    rows = table.rows[heading.last + 1 :] if heading else table.rows
    layout = replace(layout, headings=heading.words if heading else ())
    header = Header(shape, heading is not None, (table.name,), layout.columns(rows))
    reader = TableReader(table, today, layout, group=_named(table.name))
    if not layout.has_names:
        return _Read(table, [header], None, reader, (*table.notices, *roster_unread.table(table)))
    reader.take_all(steps.through(row for row in table.rows if heading is None or row.line != heading.line))
    notices = () if choice else roster_unread.columns(table.name, layout, rows)
    return _Read(table, [header], None, reader, (*table.notices, *notices))


def _named(sheet: str) -> GroupName | None:
    """The class a sheet is called by."""
    return group_names.strict_class(sheet) or group_names.in_heading(sheet)


def _headers(headers: Iterable[Header]) -> tuple[Header, ...]:
    """Each header once with all its sheets, those of lists first."""
    merged: dict[str, Header] = {}
    for header in headers:
        former = merged.get(header.shape)
        sheets = dict.fromkeys((*former.sheets, *header.sheets)) if former else header.sheets
        merged[header.shape] = replace(former or header, sheets=tuple(sheets))
    return tuple(sorted((one for one in merged.values() if one.columns), key=lambda header: not header.is_list))


def _once(lines: Iterable[PassedLine]) -> tuple[PassedLine, ...]:
    """A title over several tables is one line."""
    return tuple({(line.sheet, line.line, line.text): line for line in reversed([*lines])}.values())[::-1]


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

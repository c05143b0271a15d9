"""Lists that stand side by side on one sheet, each taken as a table of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from profdesk.domain import roster_columns, roster_dates, roster_names
from profdesk.domain.group_names import in_heading
from profdesk.domain.people import fold
from profdesk.domain.roster import NAMES, Field, Row, Sheet
from profdesk.domain.roster_columns import Heading
from profdesk.domain.roster_text import Value, is_number, text

_SAMPLE = 400
_STEM = 3


@dataclass(frozen=True)
class _Span:
    """The columns from the names of a list to its date of birth, or from the date to the names."""

    first: int
    last: int
    names: int

    def touches(self, other: _Span) -> bool:
        """Whether a column belongs to both."""
        return self.first <= other.last and other.first <= self.last


def side_by_side(sheet: Sheet, today: date) -> tuple[Sheet, ...]:
    """The tables of a sheet from left to right, each with blank cells where the others stand.

    A further table begins where names come again after dates of birth and have dates of their own.
    """
    headings = roster_columns.find_headings(sheet.rows)
    below = roster_columns.sections(sheet.rows, headings)
    found = [_lists(heading, rows[:: max(1, len(rows) // _SAMPLE)], today) for heading, rows in below]
    lists = _apart(found)
    beside = all(_are_beside(sheet.rows, *pair, today) for pair in pairwise(lists))
    if len(lists) < 2 or not (beside or any(len(spans) > 1 for spans in found)):
        return (sheet,)
    looks = _looks(headings, [row for _, rows in below for row in rows[:_SAMPLE]])
    edges = [0, *(_border(*pair, lists[0], looks) for pair in pairwise(lists)), max(map(_width, sheet.rows), default=0)]
    top = next((n for n, row in enumerate(sheet.rows) if any(_is_born(cell, today) for cell in row.cells)), 0)
    return tuple(
        replace(
            sheet,
            rows=tuple(
                _part(row, left, right, is_title=beside and number < top) for number, row in enumerate(sheet.rows)
            ),
            notices=() if left else sheet.notices,
            first=left,
        )
        for left, right in pairwise(edges)
    )


def _lists(heading: Heading | None, rows: Sequence[Row], today: date) -> list[_Span]:
    """The lists in the rows below one heading."""
    columns = [[_cell(row, index) for row in rows] for index in range(max(map(_width, rows), default=0))]
    kinds = [_kind(heading, index, column, today) for index, column in enumerate(columns)]
    found: list[_Span] = []
    for span in _spans(kinds):
        if not found or _are_others(columns[span.names], columns[found[-1].names]):
            found.append(span)
    return found


def _kind(heading: Heading | None, index: int, column: Sequence[Value], today: date) -> str:
    """What a column holds: «N» names, «D» dates of birth, «ND» both, «O» single words that may be names."""
    words = heading.words[index] if heading and index < len(heading.words) else ""
    if heading and words and not in_heading(words):
        field = heading.fields[index]
        return "N" if field in NAMES else "D" if field is Field.BIRTH_DATE else ""
    filled = [cell for cell in column if text(cell)]
    shares = {
        "D": sum(_is_born(cell, today) for cell in filled),
        "N": sum(map(roster_names.looks_like_full_name, filled)),
        "O": sum(map(roster_names.looks_like_one_name, filled)),
        "ND": sum(map(roster_dates.is_name_and_date, filled)),
    }
    best = max(shares, key=lambda kind: shares[kind])
    return best if roster_columns.is_mostly(shares[best], column) else ""


def _spans(kinds: Sequence[str]) -> Iterator[_Span]:
    """Names and dates come by turns: a list begins where what the first one began with comes again."""
    places = [(index, sign) for index, kind in enumerate(_joined(kinds)) for sign in kind]
    lead = places[0][1] if places else ""
    begun: list[tuple[int, str]] = []
    for place in [*places, (-1, lead)]:
        if place[1] == lead and any(sign != lead for _, sign in begun):
            yield _Span(begun[0][0], begun[-1][0], next(index for index, sign in begun if sign == "N"))
            begun = []
        begun.append(place)


def _joined(kinds: Sequence[str]) -> list[str]:
    """Single words are names only beside each other: a surname and a given name."""
    return [
        "N"
        if kind == "O" and "O" in (*kinds[max(0, index - 1) : index], *kinds[index + 1 : index + 2])
        else kind.replace("O", "")
        for index, kind in enumerate(kinds)
    ]


def _are_others(names: Sequence[Value], beside: Sequence[Value]) -> bool:
    """Whether names are of other people than those beside them, and not their parents or one teacher's."""
    if 2 * len({text(name) for name in names if _is_name(name)}) < sum(map(_is_name, names)):
        return False
    pairs = [(text(one), text(other)) for one, other in zip(names, beside, strict=True) if _is_name(one)]
    same = [fold(one)[:_STEM] == fold(other)[:_STEM] for one, other in pairs if _is_name(other)]
    return 2 * sum(same) <= len(same)


def _apart(found: Sequence[Sequence[_Span]]) -> list[_Span]:
    """The lists under all headings by their columns; none where one stands across two of another heading."""
    made: list[_Span] = []
    for span in sorted((span for spans in found for span in spans), key=lambda span: span.first):
        if made and span.touches(made[-1]):
            made[-1] = replace(made[-1], last=max(span.last, made[-1].last))
        else:
            made.append(span)
    is_cut = any(sum(map(one.touches, spans)) > 1 for one in made for spans in found)
    return [] if is_cut else made


def _are_beside(rows: Sequence[Row], one: _Span, other: _Span, today: date) -> bool:
    """Whether one list begins, with its title, before the other ends; else they stand one under another."""
    leading = one.first - min(_indent(row) for row in rows)
    (begins, ends), (begins_too, ends_too) = (
        _reach([row.cells[max(0, span.first - leading) : span.last + 1] for row in rows], today)
        for span in (one, other)
    )
    return begins <= ends_too and begins_too <= ends


def _reach(rows: Sequence[Sequence[Value]], today: date) -> tuple[int, int]:
    """The first row that holds anything, and the last with a date of birth."""
    begins = next((number for number, cells in enumerate(rows) if any(map(text, cells))), 0)
    dated = (number for number, cells in enumerate(rows) if any(_is_born(cell, today) for cell in cells))
    return begins, max(dated, default=0)


def _looks(headings: Sequence[Heading], rows: Sequence[Row]) -> list[str]:
    """Which columns are blank below the headings, and which number their lines."""
    headed = {index for heading in headings for index, words in enumerate(heading.words) if words}
    looks = []
    for index in range(max(map(_width, rows), default=0)):
        cells = [cell for row in rows if text(cell := _cell(row, index))]
        looks.append("numbers" if _counts(cells) else "" if cells or index in headed else "blank")
    return looks


def _border(one: _Span, other: _Span, leftmost: _Span, looks: Sequence[str]) -> int:
    """After the blank columns between two lists, or before the numbering; else where the first list begins as well."""
    between = range(one.last + 1, other.first)
    if any(looks[column] == "blank" for column in between):
        return next(column for column in reversed(between) if looks[column] == "blank") + 1
    if between and looks[other.first - 1] == "numbers":
        return other.first - 1
    leading = leftmost.first - next(index for index, look in enumerate(looks) if look != "blank")
    return max(one.last + 1, other.first - leading)


def _part(row: Row, left: int, right: int, *, is_title: bool) -> Row:
    """The cells of one table; a class that alone is named above holds for all tables to the right as well."""
    cells = [cell if index >= left else None for index, cell in enumerate(row.cells[:right])]
    words = roster_columns.distinct(row)
    before = next((cell for cell in row.cells[:left] if text(cell)), None)
    if is_title and before is not None and len(words) == 1 and in_heading(words[0]) and not any(map(text, cells)):
        cells = [*cells, *[None] * (left + 1 - len(cells))]
        cells[left] = before
    return replace(row, cells=tuple(cells))


def _counts(cells: Sequence[Value]) -> bool:
    """Whether cells number their lines one after another."""
    numbers = [int(text(cell).rstrip(".)")) for cell in cells if is_number(cell)]
    return 2 * len(numbers) > len(cells) and all(after == before + 1 for before, after in pairwise(numbers))


def _is_name(cell: Value) -> bool:
    return roster_names.looks_like_full_name(cell) or roster_names.looks_like_one_name(cell)


def _is_born(cell: Value, today: date) -> bool:
    return roster_dates.is_birth_date(cell, today)


def _width(row: Row) -> int:
    return len(row.cells)


def _indent(row: Row) -> int:
    return next((index for index, cell in enumerate(row.cells) if text(cell)), len(row.cells))


def _cell(row: Row, index: int) -> Value:
    return row.cells[index] if index < len(row.cells) else None

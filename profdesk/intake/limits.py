"""How large a class list may be, and rows made within those limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from profdesk.domain.roster import Row, Sheet
from profdesk.domain.roster_text import letters

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
"""Cells of the rectangle a sheet takes up, blank ones too."""
MOST_FILLED = 200_000
LARGEST_TEXT = 8 * 1024 * 1024
_LONGEST = 32_767
"""Letters in a cell: more than Excel keeps there."""
TOO_MANY_ROWS = "в таблице больше 200 000 строк: списки классов такими не бывают."
TOO_LARGE = "таблица внутри слишком велика: списки классов такими не бывают."
FOREIGN = "это не таблица. Подойдут xlsx, xls, ods, csv и docx: откройте список в Excel и сохраните заново."
DAMAGED = "он повреждён. Откройте его в Excel и сохраните заново."
LOCKED = "он защищён паролем. Откройте его в Excel, снимите пароль и сохраните заново."

Cell = str | int | float | date | None
RawCell = str | int | float | bool | time | date | datetime | timedelta | None


class Unreadable(Exception):  # noqa: N818 - it carries the reason told to the user
    """A file is refused whole; the text is the end of a Russian sentence."""


def sheet(name: str, rows: Iterable[tuple[int, Sequence[Cell], frozenset[int]]], *notices: str) -> Sheet:
    """The rows that hold anything, cut at the last column that is read; Unreadable where there are too many."""
    made: list[Row] = []
    is_cut, filled = False, 0
    for line, cells, continued in rows:
        if line > MOST_ROWS:
            raise Unreadable(TOO_MANY_ROWS)
        kept = tuple(cell[:_LONGEST] if isinstance(cell, str) else cell for cell in cells[:MOST_COLUMNS])
        filled += len(kept) - kept.count(None)
        if filled > MOST_FILLED:
            raise Unreadable(TOO_LARGE)
        is_cut = is_cut or any(cell is not None for cell in cells[MOST_COLUMNS:])
        if any(cell is not None for cell in kept):
            made.append(Row(line, kept, continued))
    place = f" листа «{name}»" if name else ""
    wide = (
        (f"Столбцы{place} дальше {letters(MOST_COLUMNS - 1)} не прочитаны: таблица слишком широка.",) if is_cut else ()
    )
    return Sheet(name, tuple(made), (*notices, *wide))


def cell(value: RawCell) -> Cell:
    """A cell of a workbook as the domain knows it: no times of day, no blank text."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return value if value.strip() else None
    if value is None or (isinstance(value, date | int | float) and not isinstance(value, bool)):
        return value
    return str(value)

"""What of a class list was left unread though it may matter, told in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from profdesk.domain import roster_columns, roster_headings, roster_names
from profdesk.domain.roster import NAMES, Row, Sheet
from profdesk.domain.roster_layout import Layout
from profdesk.domain.roster_text import letters, text

_SAMPLE = 400


def table(sheet: Sheet) -> tuple[str, ...]:
    """A table without names, by its columns and the words it begins with."""
    filled = [(index, text(cell)) for row in sheet.rows for index, cell in enumerate(row.cells) if text(cell)]
    if not filled:
        return ()
    if sheet.first or not sheet.name:
        place = f"Столбцы {letters(min(filled)[0])}–{letters(max(filled)[0])}{_of(sheet.name)} не прочитаны"
        return (f"{place}: фамилии и имена в них не найдены (начало: «{filled[0][1]}»).",)
    return (f"Лист «{sheet.name}» не прочитан: в нём нет столбца с фамилией и именем.",)


def columns(sheet: str, layout: Layout, rows: Sequence[Row]) -> Iterator[str]:
    """Columns of names that were not taken, though no heading says whose they are."""
    if not layout.has_names:
        return
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    own = [layout.name(row).text for row in sample]
    for index in range(max((len(row.cells) for row in sample), default=0)):
        known = roster_headings.heading_field(layout.heading(index))
        if index in layout.fields or (layout.heading(index) and known not in NAMES):
            continue
        cells = [row.cells[index] if index < len(row.cells) else None for row in sample]
        names = [cell for cell in cells if roster_names.looks_like_full_name(cell)]
        if roster_columns.is_mostly(len(names), cells) and list(map(text, cells)) != own:
            first = text(names[0])
            yield f"Столбец {letters(index)}{_of(sheet)} не прочитан, хотя в нём имена: «{first}»."


def _of(name: str) -> str:
    return f" листа «{name}»" if name else ""

"""A register as a workbook, with the heads by which it can be taken in again."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook

from profdesk.documents import xlsx
from profdesk.domain.register import Entry, Field, FieldKind, Register, Titles, shown

WIDTHS = {
    FieldKind.LINE: 28,
    FieldKind.TEXT: 44,
    FieldKind.DAY: 13,
    FieldKind.NUMBER: 10,
    FieldKind.CHOICE: 24,
    FieldKind.FLAG: 12,
    FieldKind.LINK: 36,
}
"""How wide the column of a field is, in characters."""


def workbook(register: Register, entries: Sequence[Entry], titles: Titles) -> bytes:
    """Write the entries, or an empty table to be filled; numbers stay numbers, days are as people write them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    rows = [[cell(field, entry, titles) for field in register.fields] for entry in entries]
    heads = [field.title for field in register.fields]
    xlsx.add_table(book, register.title, heads, rows, [WIDTHS[field.kind] for field in register.fields])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def cell(field: Field, entry: Entry, titles: Titles) -> xlsx.Value:
    """What a cell holds of an entry."""
    value = entry.values.get(field.code)
    return value if field.kind is FieldKind.NUMBER and isinstance(value, int) else shown(field, value, titles)

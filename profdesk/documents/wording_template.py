"""The table in which a school writes an instrument's questions down, as XLSX or CSV that Excel opens."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

_HEAD = PatternFill("solid", fgColor="EEF0F2")
_NARROW, _WIDE = 9, 60


def workbook(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Write the table with its heading frozen; every cell is text, so that nothing becomes a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Вопросы"
    book.properties.title = title
    for number, row in enumerate((head, *rows), 1):
        for column, words in enumerate(row, 1):
            cell = sheet.cell(number, column, words or None)
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if words:
                cell.data_type = "s"
            if number == 1:
                cell.font, cell.fill = Font(bold=True), _HEAD
    for column, words in enumerate(head, 1):
        narrow = words.startswith("№") or words in ("Строка", "Столбец")
        sheet.column_dimensions[get_column_letter(column)].width = _NARROW if narrow else _WIDE
    sheet.freeze_panes = "A2"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Write the table as CSV with semicolons, UTF-8 with a mark at its start."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows((head, *rows))
    return buffer.getvalue().encode("utf-8-sig")

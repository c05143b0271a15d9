"""Tables of a workbook as every paper in XLSX has them; no text ever becomes a formula."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | None

_HEAD = PatternFill("solid", fgColor="EEF0F2")
_RULE = Border(bottom=Side("thin", color="B9C0C6"))


def add_table(
    book: Workbook, title: str, head: Sequence[str], rows: Sequence[Sequence[Value]], widths: Sequence[int]
) -> None:
    """Add a sheet with one table: its head in bold stays in sight, widths are in characters."""
    sheet: Worksheet = book.create_sheet(title)
    for column, words in enumerate(head, 1):
        cell = _put(sheet, 1, column, words)
        cell.font = Font(bold=True)
        cell.fill = _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = _put(sheet, number, column, value)
            cell.border = _RULE
            cell.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top")
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(len(head))}{len(rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    """Write a cell; a text stays a text even if it begins as a formula would, without what XML cannot hold."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - merged cells are never made here
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, float):
        cell.number_format = "0.0"
    return cell

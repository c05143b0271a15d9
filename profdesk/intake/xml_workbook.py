"""Workbooks in the XML of Excel 2003, which accounting programs save under the name .xls.

Source: XML Spreadsheet Reference, Microsoft Office 2003 (namespace urn:schemas-microsoft-com:office:spreadsheet).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from profdesk.domain.roster import Sheet
from profdesk.intake.limits import DAMAGED, Cell, Unreadable, sheet
from profdesk.intake.spans import MOST_SPANNED, Spanning, Spans

_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SHEET, _ROW, _CELL, _DATA = (f"{{{_SPACE}}}{name}" for name in ("Worksheet", "Row", "Cell", "Data"))
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def is_xml_workbook(words: str) -> bool:
    """Whether a text is such a workbook."""
    return words.lstrip().startswith("<") and _SPACE in words[:4000] and "Workbook" in words[:4000]


def read(words: str) -> tuple[Sheet, ...]:
    """Every worksheet with its rows; a file that is cut off or has entities of its own is Unreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(_DECLARATION.sub("", words.lstrip("\ufeff")), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(DAMAGED) from error
    return tuple(sheet(_attribute(one, "Name") or "", _rows(one)) for one in root.iter(_SHEET))


def _rows(sheet: etree._Element) -> Iterator[tuple[int, list[Cell], frozenset[int]]]:
    line = 0
    spans = Spans()
    for row in sheet.iter(_ROW):
        told = _number(row, "Index")
        line = told if told is not None and told > line else line + 1
        cells, continued = spans.row([_cell(cell) for cell in row.iter(_CELL)])
        yield line, cells, continued


def _cell(cell: etree._Element) -> Spanning:
    data = cell.find(_DATA)
    words = " ".join("".join(str(part) for part in data.itertext()).split()) if data is not None else ""
    value: Cell = words or None
    if data is not None and _attribute(data, "Type") == "Number":
        value = _figure(words)
    column = _number(cell, "Index")
    return Spanning(
        value,
        min(_number(cell, "MergeAcross") or 0, MOST_SPANNED) + 1,
        min(_number(cell, "MergeDown") or 0, MOST_SPANNED) + 1,
        column - 1 if column else None,
    )


def _figure(words: str) -> Cell:
    try:
        return float(words)
    except ValueError:
        return words or None


def _attribute(element: etree._Element, name: str) -> str | None:
    value = element.get(f"{{{_SPACE}}}{name}")
    return str(value) if value is not None else None


def _number(element: etree._Element, name: str) -> int | None:
    value = _attribute(element, name)
    return int(value) if value is not None and value.isdecimal() and len(value) < 9 else None

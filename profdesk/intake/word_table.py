"""Tables of a Word document (docx), with the paragraphs between them as rows of one cell.

Source: ECMA-376, part 1, WordprocessingML: 17.4 (tables), 17.4.17 (gridSpan), 17.4.84 (vMerge).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from lxml import etree

from profdesk.domain.roster import Sheet
from profdesk.intake.limits import DAMAGED, MOST_COLUMNS, TOO_LARGE, Cell, Unreadable, sheet

PART = "word/document.xml"
_LARGEST = 16 * 1024 * 1024
_MOST_CELLS = 50_000
_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TABLE, _ROW, _CELL, _PARAGRAPH, _TEXT = (f"{_SPACE}{name}" for name in ("tbl", "tr", "tc", "p", "t"))
_GAPS = frozenset({_PARAGRAPH, f"{_SPACE}tab", f"{_SPACE}br"})
_VALUE = f"{_SPACE}val"
_Line = tuple[list[Cell], frozenset[int]]


def read(archive: zipfile.ZipFile) -> Sheet:
    """All tables of a document one after another; ``line`` counts its paragraphs and rows that hold anything."""
    if archive.getinfo(PART).file_size > _LARGEST:
        raise Unreadable(TOO_LARGE)
    data = archive.read(PART)
    if max(data.count(b"</w:tc>"), data.count(b"<") // 30) > _MOST_CELLS:
        raise Unreadable(TOO_LARGE)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(DAMAGED) from error
    filled = (line for line in _lines(root) if any(line[0]))
    return sheet("", ((number, cells, continued) for number, (cells, continued) in enumerate(filled, 1)))


def _lines(element: etree._Element) -> Iterator[_Line]:
    """Paragraphs and rows in reading order; whatever else wraps them is only passed through."""
    for child in element:
        if child.tag == _PARAGRAPH:
            yield [_words(child)], frozenset()
        elif child.tag == _TABLE:
            yield from _rows(child)
        else:
            yield from _lines(child)


def _rows(table: etree._Element) -> Iterator[_Line]:
    above: list[Cell] = []
    for row in _own(table, _ROW):
        cells: list[Cell] = [None] * _number(row, "trPr", "gridBefore", 0)
        continued: set[int] = set()
        inner: list[etree._Element] = []
        for cell in _own(row, _CELL):
            places = range(len(cells), min(len(cells) + _number(cell, "tcPr", "gridSpan", 1), MOST_COLUMNS + 1))
            if _goes_on(cell):
                continued |= set(places)
                cells += [above[place] if place < len(above) else None for place in places]
            else:
                inner += [table for table in cell.iter(_TABLE) if next(table.iterancestors(_CELL)) is cell]
                cells += [_cell(cell)] * len(places)
        yield cells, frozenset(continued)
        above = cells
        for one in inner:
            yield from _rows(one)


def _own(element: etree._Element, tag: str) -> list[etree._Element]:
    """The rows of a table or the cells of a row, but not those of tables inside."""
    outer = _TABLE if tag == _ROW else _ROW
    return [one for one in element.iter(tag) if next(one.iterancestors(outer)) is element]


def _cell(cell: etree._Element) -> str | None:
    """The words of a cell without those of tables inside."""
    own = (_words(one) for one in cell.iter(_PARAGRAPH) if next(one.iterancestors(_CELL)) is cell)
    return " ".join(filter(None, own)) or None


def _words(element: etree._Element) -> str | None:
    parts = (one.text or "" if one.tag == _TEXT else " " if one.tag in _GAPS else "" for one in element.iter())
    return " ".join("".join(parts).split()) or None


def _goes_on(cell: etree._Element) -> bool:
    """Whether a cell is merged with the one above."""
    merge = cell.find(f"{_SPACE}tcPr/{_SPACE}vMerge")
    return merge is not None and merge.get(_VALUE, "continue") == "continue"


def _number(element: etree._Element, group: str, name: str, usual: int) -> int:
    found = element.find(f"{_SPACE}{group}/{_SPACE}{name}")
    value = (found.get(_VALUE) or "") if found is not None else ""
    return min(int(value), MOST_COLUMNS) if value.isdecimal() and len(value) < 6 else usual

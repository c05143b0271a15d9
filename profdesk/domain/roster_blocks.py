"""Lists that stand side by side on one sheet, each taken as a table of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from profdesk.domain.roster import Field, Row, Sheet
from profdesk.domain.roster_columns import Heading, find_headings
from profdesk.domain.roster_headings import heading_field
from profdesk.domain.roster_text import text

_STARTS = (Field.FULL_NAME, Field.SURNAME)


def side_by_side(sheet: Sheet) -> tuple[Sheet, ...]:
    """The tables of a sheet from left to right, each with blank cells where the others stand.

    A further table begins where names come again after a date of birth, and have dates of their own.
    """
    borders = max((_borders(heading) for heading in find_headings(sheet.rows)[:3]), key=len, default=[])
    if not borders:
        return (sheet,)
    width = max(len(row.cells) for row in sheet.rows)
    edges = [0, *borders, width]
    return tuple(
        replace(sheet, rows=tuple(_part(row, left, right) for row in sheet.rows)) for left, right in pairwise(edges)
    )


def _borders(heading: Heading) -> list[int]:
    """The columns in which a further table begins; its numbering belongs to it."""
    borders: list[int] = []
    seen: list[Field] = []
    start = next((field for field in heading.fields if field in _STARTS), None)
    for column, field in enumerate(heading.fields):
        again = field is start and Field.BIRTH_DATE in seen and Field.BIRTH_DATE in heading.fields[column:]
        if start is not None and again and heading.words[column] == heading.words[heading.fields.index(start)]:
            numbered = heading.fields[column - 1] is Field.IGNORED
            borders.append(column - 1 if numbered and _is_number_sign(heading.words[column - 1]) else column)
            seen = []
        if field is not None:
            seen.append(field)
    return borders


def _is_number_sign(words: str) -> bool:
    return heading_field(words) is Field.IGNORED and len(text(words)) <= 6


def _part(row: Row, left: int, right: int) -> Row:
    return replace(row, cells=tuple(cell if index >= left else None for index, cell in enumerate(row.cells[:right])))

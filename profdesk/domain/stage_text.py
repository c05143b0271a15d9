"""Stages as the text of a spreadsheet: written to the clipboard, and read back whatever was put there.

Cells stand between tabs, rows on lines, as spreadsheets copy them; an empty cell is a competency not assessed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from profdesk.domain.programme import Stage
from profdesk.domain.roster_text import text

_NUMBER = re.compile(r"([0-9]+)(?:[.,]0*)?")
_FORMULA = "=+-@"
_LONGEST = 24


@dataclass(frozen=True)
class Unread:
    """What stands in a cell that is no stage; ``why`` says so in words."""

    why: str


Entry = int | Unread | None
"""A stage, what is no stage, or an empty cell."""


@dataclass(frozen=True)
class Laid:
    """Entries at their rows and columns of the class; ``cut`` is how many have no place in it."""

    stages: tuple[tuple[int, int, int], ...]
    refused: tuple[tuple[int, int, Unread], ...]
    cut: int


def write(rows: Sequence[Sequence[int | None]]) -> str:
    """Digits between tabs, a line a row."""
    return _lines([["" if stage is None else str(stage) for stage in row] for row in rows])


def write_table(corner: str, heads: Sequence[str], names: Sequence[str], rows: Sequence[Sequence[int | None]]) -> str:
    """Write the same under the columns' heads and after the rows' names; none of these can become a formula."""
    head = [_harmless(words) for words in (corner, *heads)]
    body = [
        [_harmless(name), *("" if stage is None else str(stage) for stage in row)]
        for name, row in zip(names, rows, strict=True)
    ]
    return _lines([head, *body])


def cells(pasted: str) -> list[list[str]]:
    """Part pasted text into cells, as single-spaced words; rows may differ in length."""
    try:
        parted = [row or [""] for row in csv.reader(StringIO(pasted, newline=""), csv.excel_tab)]
    except csv.Error:  # a cell longer than the reader takes
        parted = [line.split("\t") for line in pasted.splitlines()]
    return [[text(cell) for cell in row] for row in parted]


def entries(rows: Sequence[Sequence[str]], stages: Sequence[Stage]) -> tuple[tuple[Entry, ...], ...]:
    """Read every cell as a stage by its number («3», «3,0») or name."""
    known = {folded(name): stage.value for stage in stages for name in (stage.title, stage.print_title)}
    values = {stage.value for stage in stages}
    return tuple(tuple(_entry(cell, known, values) for cell in row) for row in rows)


def spread(count: int, first: int, block: int, room: int) -> list[int | None]:
    """Where so many rows or columns go that are pasted at the ``first`` one of a block.

    They are repeated where the block is a multiple of them, so one value fills it; else they may overhang it.
    None stands for those beyond the ``room`` of the class.
    """
    times = block // count if count and block % count == 0 else 1
    return [place if place < room else None for place in range(first, first + count * times)]


def lay(rows: Sequence[Sequence[Entry]], down: Sequence[int | None], across: Sequence[int | None]) -> Laid:
    """Lay entries at the given rows and columns of the class, from the start again where there are more of these."""
    width = max((len(row) for row in rows), default=0)
    stages: list[tuple[int, int, int]] = []
    refused: list[tuple[int, int, Unread]] = []
    cut = 0
    for number, row in enumerate(down):
        line = rows[number % len(rows)]
        for place, column in enumerate(across):
            entry = line[place % width] if place % width < len(line) else None
            if entry is None:
                continue
            if row is None or column is None:
                cut += 1
            elif isinstance(entry, Unread):
                refused.append((row, column, entry))
            else:
                stages.append((row, column, entry))
    return Laid(tuple(stages), tuple(refused), cut)


def short(words: str) -> str:
    """Foreign words cut to what a message can quote."""
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + "…"


def folded(words: str) -> str:
    """Words as they are compared: without case and ё."""
    return words.casefold().replace("ё", "е")


def _entry(cell: str, known: dict[str, int], values: set[int]) -> Entry:
    if not cell:
        return None
    number = _NUMBER.fullmatch(cell)
    if number is None:
        named = known.get(folded(cell))
        return Unread(f"«{short(cell)}» не стадия") if named is None else named
    digits = number[1].lstrip("0") or "0"
    stage = next((value for value in values if str(value) == digits), None)
    return Unread(f"нет стадии {short(cell)}") if stage is None else stage


def _harmless(words: str) -> str:
    return text(words).lstrip(_FORMULA)


def _lines(rows: Sequence[Sequence[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)

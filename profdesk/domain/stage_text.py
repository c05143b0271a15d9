"""Stages as the text of a spreadsheet: written to the clipboard, and read back whatever was put there.

Cells stand between tabs, rows on lines, as spreadsheets copy them; an empty cell is a competency not assessed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
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
    """Entries laid over a block, at rows and columns counted from its corner; ``cut`` did not fit the class."""

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


def read(pasted: str, stages: Sequence[Stage]) -> tuple[tuple[Entry, ...], ...]:
    """Read every cell as a stage by its number («3», «3,0») or name; rows may differ in length."""
    known = {_folded(name): stage.value for stage in stages for name in (stage.title, stage.print_title)}
    values = {stage.value for stage in stages}
    return tuple(tuple(_entry(cell, known, values) for cell in row) for row in _cells(pasted))


def lay(entries: Sequence[Sequence[Entry]], block: tuple[int, int], room: tuple[int, int]) -> Laid:
    """Lay entries over a block of so many rows and columns, which fills the ``room`` left in the class at most.

    They are repeated where the block is a multiple of them, so one value fills it; else they may overhang it.
    """
    width = max((len(row) for row in entries), default=0)
    down, across = _times(block[0], len(entries)), _times(block[1], width)
    stages: list[tuple[int, int, int]] = []
    refused: list[tuple[int, int, Unread]] = []
    cut = 0
    for row, column, entry in _repeated(entries, width, down, across):
        if row >= room[0] or column >= room[1]:
            cut += 1
        elif isinstance(entry, Unread):
            refused.append((row, column, entry))
        else:
            stages.append((row, column, entry))
    return Laid(tuple(stages), tuple(refused), cut)


def _repeated(
    entries: Sequence[Sequence[Entry]], width: int, down: int, across: int
) -> Iterator[tuple[int, int, int | Unread]]:
    """Every entry that is not empty, with its place."""
    for row in range(len(entries) * down):
        line = entries[row % len(entries)]
        for column in range(width * across):
            place = column % width
            entry = line[place] if place < len(line) else None
            if entry is not None:
                yield row, column, entry


def _times(block: int, size: int) -> int:
    return block // size if size and block % size == 0 else 1


def _cells(pasted: str) -> list[list[str]]:
    try:
        return [row or [""] for row in csv.reader(StringIO(pasted, newline=""), csv.excel_tab)]
    except csv.Error:  # a cell longer than the reader takes
        return [line.split("\t") for line in pasted.splitlines()]


def _entry(cell: str, known: dict[str, int], values: set[int]) -> Entry:
    words = text(cell)
    if not words:
        return None
    number = _NUMBER.fullmatch(words)
    if number is None:
        named = known.get(_folded(words))
        return Unread(f"«{_short(words)}» не стадия") if named is None else named
    digits = number[1].lstrip("0") or "0"
    stage = next((value for value in values if str(value) == digits), None)
    return Unread(f"нет стадии {_short(words)}") if stage is None else stage


def _folded(words: str) -> str:
    return words.casefold().replace("ё", "е")


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + "…"


def _harmless(words: str) -> str:
    return text(words).lstrip(_FORMULA)


def _lines(rows: Sequence[Sequence[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)

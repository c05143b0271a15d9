"""Steps in a grid: columns are the parts of the set, each name with its stage beside its steps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from profdesk.documents import fonts, palette
from profdesk.documents.certificates import signs
from profdesk.documents.certificates.paper import Area, Item, Paper
from profdesk.documents.drawing_steps import steps
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, balanced

_HINT = f"Чем больше ступеней заполнено, тем{NBSP}увереннее проявляется качество."
_SIZES = (9.7, 9.3, 8.8, 8.3, 7.8)
_LEADING = 1.25
_GAP, _AIR, _MOST_AIR = 6.0, 1.6, 7.5
_STEPS = 12.6
_BESIDE = 3.4
_COLUMNS = 3
_SIGN = 6.4


@dataclass(frozen=True)
class _Cell:
    item: Item
    lines: Sequence[str]
    word: str


@dataclass(frozen=True)
class StepGrid:
    """Columns of cells, each under the title of its part."""

    paper: Paper
    columns: Sequence[Sequence[_Cell]]
    size: float
    wide: float
    head: float

    hint = _HINT
    worded = True
    sign_width = _SIGN

    @property
    def least(self) -> float:
        """With little air between the rows."""
        return self.head + self._rows * (self._cell + 2 * _AIR)

    @property
    def most(self) -> float:
        """With as much air as keeps them together."""
        return self.head + self._rows * (self._cell + 2 * _MOST_AIR)

    def draw(self, area: Area) -> None:
        """Draw the rows evenly."""
        sheet, high = self.paper.sheet, (area.height - self.head) / self._rows
        titles = [column[0].item.part for column in self.columns]
        for place, column in enumerate(self.columns):
            x = area.left + place * (self.wide + _GAP)
            if self.head and (place == 0 or titles[place - 1] != titles[place]):
                self._heading(titles[place], x, area.top, titles.count(titles[place]))
            for row, cell in enumerate(column):
                y = area.top + self.head + row * high
                if row:
                    sheet.rule(x, y, x + self.wide, y, width=0.35)
                self._draw_cell(cell, x, y + high / 2)

    def sign(self, x: float, y: float, stage: int | None) -> None:
        """Small steps."""
        self._steps(x, y, stage, _SIGN)

    @property
    def _rows(self) -> int:
        return max(len(column) for column in self.columns)

    @property
    def _cell(self) -> float:
        most = max(len(cell.lines) for column in self.columns for cell in column)
        return max(_STEPS * 0.92, (most + 1) * self.size * _LEADING / MM)

    def _heading(self, title: str, x: float, top: float, columns: int) -> None:
        look, sheet = self.paper.look, self.paper.sheet
        wide = columns * (self.wide + _GAP) - _GAP
        lines = balanced(title, fonts.BOLD, 10, wide * MM)
        base = top + self.head - 3.4 - 4.4 * (len(lines) - 1)
        sheet.lines(x, base, lines, face=fonts.BOLD, colour=look.title, leading=_LEADING)
        sheet.rule(x, top + self.head - 1, x + wide, top + self.head - 1, colour=look.title, width=1.1)

    def _draw_cell(self, cell: _Cell, x: float, middle: float) -> None:
        sheet, line = self.paper.sheet, self.size * _LEADING / MM
        self._steps(x, middle + _STEPS * 0.46, cell.item.stage, _STEPS)
        at = x + _STEPS + _BESIDE
        y = middle - (len(cell.lines) + 1) * line / 2 + line * 0.75
        y = sheet.lines(at, y, cell.lines, face=fonts.BOLD, size=self.size, leading=_LEADING)
        size = self.size - 0.5
        sheet.text(at, y, cell.word, size=size, colour=palette.SECOND)
        if cell.item.grown:
            signs.grown(self.paper, at + fonts.width(cell.word, fonts.TEXT, size) / MM + 1.4, y)

    def _steps(self, x: float, y: float, stage: int | None, size: float) -> None:
        look = self.paper.look
        steps(self.paper.sheet, x, y, stage, self.paper.top, size=size, strict=look.style.strict, ink=look.title)


def step_grids(paper: Paper, width: float) -> Iterator[StepGrid]:
    """Grids from the largest letters down, in which every word stands whole beside its steps."""
    parts = [part for part in paper.facts.competencies.parts if part.items]
    runs = _runs([len(part.items) for part in parts])
    if len(runs) > _COLUMNS:
        return
    wide = (width - _GAP * (len(runs) - 1)) / len(runs)
    room = (wide - _STEPS - _BESIDE) * MM
    heads = [balanced(part.title, fonts.BOLD, 10, wide * MM) for part in parts]
    head = 8 + 4.4 * (max(map(len, heads)) - 1) if len(parts) > 1 else 0
    for size in _SIZES:
        cells = [
            _Cell(item, balanced(item.title, fonts.BOLD, size, room), paper.word(item.stage)) for item in paper.items
        ]
        if all(_holds(cell, size, room) for cell in cells):
            yield StepGrid(paper, [cells[start:end] for start, end in runs], size, wide, head)


def _holds(cell: _Cell, size: float, room: float) -> bool:
    mark = (signs.MARK + 1.4) * MM if cell.item.grown else 0
    return (
        len(cell.lines) <= 3
        and fonts.width(cell.word, fonts.TEXT, size - 0.5) + mark <= room
        and all(fonts.width(line, fonts.BOLD, size) <= room for line in cell.lines)
    )


def _runs(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Where columns start and end: of no more rows than make three columns, none with two parts in it."""
    rows = next(
        (rows for rows in range(1, sum(lengths) + 1) if sum(math.ceil(one / rows) for one in lengths) <= _COLUMNS), 1
    )
    found, start = [], 0
    for length in lengths:
        columns = math.ceil(length / rows)
        cuts = [start + math.ceil(length * place / columns) for place in range(columns + 1)]
        found += list(pairwise(cuts))
        start += length
    return found

"""The list of competencies: names with their cells, in columns that end together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from profdesk.documents import fonts
from profdesk.documents.certificates import signs
from profdesk.documents.certificates.paper import Area, Item, Paper
from profdesk.documents.drawing_cells import HEIGHT, cells
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, balanced

HINT = f"Чем больше клеток заполнено, тем{NBSP}увереннее проявляется качество."
_SIZES = (9.4, 9.0, 8.5, 8.0, 7.5)
_LEADING = 1.25
_GAP = 8.0
_NUMBER, _STAR = 7.0, 5.2
_LEAST, _UNEVEN = 0.9, 1.5
_HEAD = 7.4
_FEW, _MANY = 5, 24
_SIGN = 0.74
_IN_STEP = 1.05


@dataclass(frozen=True)
class _Row:
    """``high`` is how many lines it has room for: those of the highest beside it where columns go in step."""

    item: Item
    lines: Sequence[str]
    high: int


@dataclass(frozen=True)
class Rows:
    """A list laid out in columns at a size; ``headed`` has a head over each.

    Of columns that are evenly parted the rows beside each other are of one height, else all end together.
    """

    paper: Paper
    columns: Sequence[Sequence[_Row]]
    size: float
    wide: float
    numbered: bool
    headed: bool

    hint = HINT
    worded = False
    airiest = 3.0

    @property
    def sign_width(self) -> float:
        """Less than that of a row's cells."""
        return self.paper.cells * _SIGN

    @property
    def whole(self) -> float:
        """How wide all columns are together."""
        return len(self.columns) * (self.wide + _GAP) - _GAP

    @property
    def least(self) -> float:
        """With hardly any air around the rows."""
        return self._high(_LEAST)

    @property
    def most(self) -> float:
        """With as much air as keeps the rows together."""
        return self._high(self.airiest)

    def draw(self, area: Area) -> None:
        """Draw every column from the same top to the same end, rules between the rows."""
        for place, rows in enumerate(self.columns):
            self._column(rows, area.left + place * (self.wide + _GAP), area)

    def sign(self, x: float, y: float, stage: int | None) -> None:
        """Cells as they explain those of the rows."""
        self.draw_cells(x, y, stage, self.sign_width)

    def draw_cells(self, x: float, y: float, stage: int | None, width: float) -> None:
        """Draw the cells of a stage on a baseline."""
        paper, look = self.paper, self.paper.look
        cells(paper.sheet, x, y - 2.6, stage, paper.top, width=width, radius=look.corner, ink=look.title)

    @property
    def _in_step(self) -> bool:
        heights = [[row.high for row in rows] for rows in self.columns]
        return all(own == heights[0][: len(own)] for own in heights) and len(heights[0]) - len(heights[-1]) < 2

    @property
    def _line(self) -> float:
        return self.size * _LEADING / MM

    def _high(self, pad: float) -> float:
        head = _HEAD if self.headed else 0
        return head + max(sum(row.high * self._line + 2 * pad for row in rows) for rows in self.columns)

    def _column(self, rows: Sequence[_Row], x: float, area: Area) -> None:
        sheet, title = self.paper.sheet, self.paper.look.title
        y = area.top
        if self.headed:
            self._head(x, y)
            y += _HEAD
            sheet.rule(x, y, x + self.wide, y, colour=title, width=0.9)
        fullest = max(self.columns, key=lambda one: sum(row.high * self._line for row in one) + len(one) * 0.01)
        least = self._pad(fullest, area.bottom - y)
        rest = area.bottom - y - least - sum(row.high for row in rows) * self._line
        pad = least if self._in_step else min(rest / (2 * len(rows) - 1), _UNEVEN * least)
        for place, row in enumerate(rows):
            if place:
                sheet.rule(x, y, x + self.wide, y, width=0.35)
            y += pad if place else least
            self._row(row, x, y + self._line * 0.76)
            y += row.high * self._line + pad
        if self._in_step and len(rows) < len(fullest):
            sheet.rule(x, y, x + self.wide, y, width=0.35)
        if self.headed:
            sheet.rule(x, area.bottom, x + self.wide, area.bottom, colour=title, width=0.9)

    def _pad(self, rows: Sequence[_Row], high: float) -> float:
        return (high - sum(row.high for row in rows) * self._line) / len(rows) / 2

    def _head(self, x: float, y: float) -> None:
        for at, word, align in ((x, "Компетенции", "left"), (x + self.wide, "Стадия", "right")):
            self.paper.sheet.text(at, y + 4, word, face=fonts.BOLD, size=9, colour=self.paper.look.title, align=align)

    def _row(self, row: _Row, x: float, base: float) -> None:
        sheet, item, title = self.paper.sheet, row.item, self.paper.look.title
        if self.numbered:
            sheet.text(x + 4.4, base, str(item.number), face=fonts.BOLD, size=self.size, colour=title, align="right")
        sheet.lines(x + (_NUMBER if self.numbered else 0), base, row.lines, size=self.size, leading=_LEADING)
        end = x + self.wide - self.paper.cells
        sheet.told(end, base - 2.6, told(self.paper, item), self.paper.cells, HEIGHT)
        self.draw_cells(end, base, item.stage, self.paper.cells)
        if item.grown:
            signs.grown(self.paper, end - signs.MARK - 1.3, base)


@dataclass(frozen=True)
class Stars(Rows):
    """The list of what is formed: a star before each name, no cells."""

    hint = ""
    worded = True
    airiest = 4.4

    def _head(self, x: float, y: float) -> None:
        """There is nothing to tell apart."""

    def _row(self, row: _Row, x: float, base: float) -> None:
        sheet = self.paper.sheet
        signs.formed(self.paper, x, base)
        sheet.lines(x + _STAR, base, row.lines, size=self.size, leading=_LEADING)
        word = told(self.paper, row.item)
        sheet.told(x, base - 2.6, word, _STAR - 0.5, HEIGHT)
        if row.item.grown:
            last = fonts.width(row.lines[-1], fonts.TEXT, self.size) / MM
            line = (len(row.lines) - 1) * self._line
            signs.grown(self.paper, x + _STAR + last + 1.6, base + line)


def lists(paper: Paper, width: float, *, headed: bool = True) -> Iterator[Rows]:
    """Lists of everything, in two columns or more, the largest first."""
    for columns in (1,) if len(paper.items) <= _FEW else (2,) if len(paper.items) <= _MANY else (2, 3):
        for size in _SIZES:
            yield rows(paper, width, size, columns, headed=headed)


def rows(
    paper: Paper, width: float, size: float, columns: int, *, headed: bool = False, numbered: bool = False
) -> Rows:
    """A list in so many columns."""
    wide = (width - _GAP * (columns - 1)) / columns
    mark = signs.MARK + 1.3 if paper.grown else 0
    room = wide - (_NUMBER if numbered else 0) - paper.cells - 2 - mark
    return Rows(paper, _parted(_rows(paper, room, size), columns, size), size, wide, numbered, headed)


def narrowest(paper: Paper, size: float) -> float:
    """How wide a column of stars has to be for every name to stand on one line."""
    words = max(fonts.width(item.title, fonts.TEXT, size) for item in paper.items) / MM
    return words + _STAR + (signs.MARK + 2 if paper.grown else 0)


def stars(paper: Paper, width: float, size: float, columns: int) -> Stars:
    """A list of what is formed in so many columns."""
    wide = (width - _GAP * (columns - 1)) / columns
    room = wide - _STAR - (signs.MARK + 1.3 if paper.grown else 0)
    return Stars(paper, _parted(_rows(paper, room, size), columns, size), size, wide, numbered=False, headed=False)


def told(paper: Paper, item: Item) -> str:
    """The stage in words, and whether it is higher than last year."""
    return f"{paper.word(item.stage)}, рост за год" if item.grown else paper.word(item.stage)


def _rows(paper: Paper, room: float, size: float) -> list[_Row]:
    found = [(item, balanced(item.title, fonts.TEXT, size, room * MM)) for item in paper.items]
    return [_Row(item, lines, len(lines)) for item, lines in found]


def _parted(rows: Sequence[_Row], columns: int, size: float) -> Sequence[Sequence[_Row]]:
    """So many columns, parted where the highest is lowest, or evenly where rows in step take hardly more."""
    line = size * _LEADING / MM

    def high(parts: Sequence[Sequence[_Row]]) -> float:
        return max(sum(row.high for row in part) * line + 2 * _LEAST * len(part) for part in parts)

    cuts = combinations(range(len(rows) - 1, 0, -1), min(columns, len(rows)) - 1)
    ways = ([rows[start:end] for start, end in pairwise((0, *reversed(cut), len(rows)))] for cut in cuts)
    best, even = min(ways, key=high), _in_step(rows, columns)
    return even if high(even) <= high(best) * _IN_STEP else best


def _in_step(rows: Sequence[_Row], columns: int) -> Sequence[Sequence[_Row]]:
    """Columns of as many rows, those beside each other as high as the highest."""
    most = math.ceil(len(rows) / columns)
    parts = [rows[start : start + most] for start in range(0, len(rows), most)]
    highs = [max(part[place].high for part in parts if place < len(part)) for place in range(most)]
    return [[replace(row, high=high) for row, high in zip(part, highs, strict=False)] for part in parts]

"""The right side of a wide certificate with a wheel: it and the code in one column, the list beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.documents import fonts, palette
from profdesk.documents.certificates import code, rows
from profdesk.documents.certificates.code import Caption, caption
from profdesk.documents.certificates.legend import draw_growth, entries, growth
from profdesk.documents.certificates.paper import Area, Paper
from profdesk.documents.certificates.rows import Rows
from profdesk.documents.certificates.wheel_rows import AROUND, can_turn, draw_wheel
from profdesk.documents.sheet import MM
from profdesk.documents.typography import balanced
from profdesk.domain.plural import counted

_SIZES = (9.4, 9.0, 8.5, 8.0, 7.5)
_HEAD = 16.0
HINT = 9.2
"""The size of the words under the head."""
_SHARE, _GAP = 0.445, 7.0
_LARGEST, _SMALLEST = 36.0, 22.0
_UNDER_CODE = 3.0
_WORDS = (8.2, 7.8, 7.5, 7.0, 6.5)


@dataclass(frozen=True)
class WheelSide:
    """``left`` holds head, wheel, counts and code, ``right`` the list."""

    paper: Paper
    left: Area
    right: Area
    list: Rows
    hint: Sequence[str]
    caption: Caption
    code_side: float

    @property
    def fits(self) -> bool:
        """Whether list and wheel have room."""
        return self.list.least <= self.right.height and self._radius >= _SMALLEST and self._word_size > 0

    def draw(self) -> None:
        """Draw the left column from top to bottom, then the list."""
        paper, left = self.paper, self.left
        head(paper, left, self.hint)
        if words := growth(paper):
            draw_growth(paper, left.left, left.top + self._above - 3, words)
        middle = (left.top + self._above + self._code) / 2
        draw_wheel(paper, left.middle, middle, self._radius)
        self._draw_counts()
        air = self.code_side * code.AIR / code.SIDE
        self.list.draw(self.right)
        code.draw_place(paper, left.right + air - self.code_side, self._code, self.code_side)
        self.caption.draw(paper, left.left, left.bottom - 1)

    def _draw_counts(self) -> None:
        """At the left of the code: cells, how many, and the word under them."""
        paper, found = self.paper, entries(self.paper)
        first, last = self._code + 4.8, self._code + self.code_side - 6
        for place, stage in enumerate(found):
            y = first + (last - first) * place / max(1, len(found) - 1)
            count = str(paper.facts.stages.count(stage))
            self.list.draw_cells(self.left.left, y, stage, paper.cells)
            paper.sheet.text(self.left.left + paper.cells + 2.4, y, count, face=fonts.BOLD, size=10.5)
            size = self._word_size
            paper.sheet.text(self.left.left, y + 3.4, paper.word(stage), size=size, colour=palette.SECOND)

    @property
    def _word_size(self) -> float:
        """At which every stage's word has room beside the code; 0 if at none."""
        room = (self.left.width - self.code_side) * MM
        words = [self.paper.word(stage) for stage in entries(self.paper)]
        fitting = (size for size in _WORDS if all(fonts.width(word, fonts.TEXT, size) <= room for word in words))
        return next(fitting, 0)

    @property
    def _above(self) -> float:
        """How much the head takes."""
        return 9 + len(self.hint) * HINT * 1.3 / MM + (5 if self.paper.grown else 0)

    @property
    def _code(self) -> float:
        """Where the place of the code begins."""
        return self.left.bottom - self.caption.height - _UNDER_CODE - self.code_side

    @property
    def _radius(self) -> float:
        high = self._code - self.left.top - self._above
        return min(_LARGEST, high / 2 - AROUND, self.left.width / 2 - AROUND + 4.6)


def wheel_side(paper: Paper, area: Area, edge: float, code_side: float) -> WheelSide | None:
    """Lay it out at the largest size that has room; None if the list or the wheel has none at all."""
    if not can_turn(paper):
        return None
    whole = edge - area.left
    left = Area(area.left, area.top, area.left + whole * _SHARE, area.bottom)
    right = Area(left.right + _GAP, area.top - 1.5, edge, area.bottom + 0.5)
    hint = balanced(rows.HINT, fonts.ITALIC, HINT, left.width * MM)
    for size in _SIZES:
        beside = rows.rows(paper, right.width, size, 1, numbered=True)
        made = WheelSide(paper, left, right, beside, hint, caption(paper.facts, left.width), code_side)
        if made.fits:
            return made
    return None


def head(paper: Paper, area: Area, hint: Sequence[str]) -> None:
    """Write how many competencies there are, and how to read them."""
    sheet, look = paper.sheet, paper.look
    count = counted(len(paper.items), "компетенция", "компетенции", "компетенций")
    sheet.text(area.left, area.top + 4.5, count, face=look.face, size=_HEAD, colour=look.title)
    sheet.lines(area.left, area.top + 11, hint, face=fonts.ITALIC, size=HINT, colour=palette.SECOND)

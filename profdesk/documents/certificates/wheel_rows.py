"""A wheel of numbered sectors with the list beside it, which says what the numbers are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from profdesk.documents.certificates import rows
from profdesk.documents.certificates.paper import Area, Paper
from profdesk.documents.drawing_ornament import rosette
from profdesk.documents.drawing_wheel import wheel

_SIZES = (9.4, 9.0, 8.5, 8.0, 7.5)
AROUND = 5.6
"""Millimetres around the wheel for its numbers."""
_GAP = 8.0
_LARGEST, _SMALLEST = 36.0, 24.0
_LEAST, _MOST = 6, 24


@dataclass(frozen=True)
class WheelAndRows:
    """The wheel at left in the middle of the height, the list at right over all of it."""

    paper: Paper
    radius: float
    list: rows.Rows

    hint = rows.HINT
    worded = False

    @property
    def sign_width(self) -> float:
        """Of the cells that explain those of the rows."""
        return self.list.sign_width

    @property
    def least(self) -> float:
        """What both need."""
        return max(self.list.least, 2 * (self.radius + AROUND))

    @property
    def most(self) -> float:
        """What the list fills well."""
        return max(self.list.most, self.least)

    def draw(self, area: Area) -> None:
        """Draw both."""
        draw_wheel(self.paper, area.left + self.radius + AROUND, (area.top + area.bottom) / 2, self.radius)
        self.list.draw(Area(area.right - self.list.wide, area.top, area.right, area.bottom))

    def sign(self, x: float, y: float, stage: int | None) -> None:
        """Cells as they explain those of the rows."""
        self.list.sign(x, y, stage)


def wheels(paper: Paper, width: float) -> Iterator[WheelAndRows]:
    """Wheels that become smaller as the letters beside them do."""
    if not can_turn(paper):
        return
    for place, size in enumerate(_SIZES):
        radius = _LARGEST - place * (_LARGEST - _SMALLEST) / (len(_SIZES) - 1)
        beside = width - 2 * (radius + AROUND) - _GAP
        yield WheelAndRows(paper, radius, rows.rows(paper, beside, size, 1, numbered=True))


def can_turn(paper: Paper) -> bool:
    """Whether a wheel has sectors for so many that can be told apart."""
    return _LEAST <= len(paper.items) <= _MOST


def draw_wheel(paper: Paper, x: float, y: float, radius: float) -> None:
    """Draw the wheel with a rosette in its hub."""
    look, sheet = paper.look, paper.sheet
    wheel(sheet, x, y, radius, [item.stage for item in paper.items], paper.top, look.title)
    sheet.stamp(f"hub-{look.code}-{radius:g}", x, y, lambda: rosette(sheet, radius * 0.195, look.seal))

"""Cells: a row of boxes, as many filled as the stage says; what was not assessed is one hatched box."""

from __future__ import annotations

from reportlab.lib.colors import Color

from profdesk.documents import palette
from profdesk.documents.sheet import Outline, Sheet

WIDTH, HEIGHT = 13.4, 2.8
NOT_ASSESSED_DASH = (1.5, 1.1)
_GAP = 0.6


def square_width(top: int) -> float:
    """The width in which each of ``top`` cells is a square."""
    return top * HEIGHT + (top - 1) * _GAP


def cells(
    sheet: Sheet,
    x: float,
    y: float,
    stage: int | None,
    top: int,
    *,
    width: float = WIDTH,
    radius: float = 0.7,
    ink: Color = palette.INK,
) -> None:
    """Draw by the left top corner; ``top`` is the highest stage of the scale, ``radius`` 0 looks strict."""

    def draw() -> None:
        if stage is None:
            not_assessed(sheet, [(0, 0), (width, 0), (width, HEIGHT), (0, HEIGHT)])
            return
        one = (width - _GAP * (top - 1)) / top
        for place in range(top):
            fill = ink if place < stage else palette.WHITE
            left = place * (one + _GAP)
            sheet.box(left, 0, one, HEIGHT, fill=fill, stroke=ink, radius=radius, line=0.6)

    sheet.stamp(f"cells-{stage}-{top}-{width:g}-{radius:g}-{ink.hexval()}", x, y, draw)


def not_assessed(sheet: Sheet, outline: Outline) -> None:
    """Any shape that has no stage: hatched and dashed, so that nobody takes it for stage 0."""
    sheet.hatch(outline, palette.RULE, pitch=1.4)
    sheet.path(outline, stroke=palette.SECOND, line=0.5, dash=NOT_ASSESSED_DASH)

"""Steps: bars that rise to the right, as many filled as the stage says."""

from __future__ import annotations

from reportlab.lib.colors import Color

from profdesk.documents import palette
from profdesk.documents.drawing_cells import not_assessed
from profdesk.documents.sheet import Sheet

_GAP = 0.2


def steps(
    sheet: Sheet,
    x: float,
    y: float,
    stage: int | None,
    top: int,
    *,
    size: float,
    strict: bool = False,
    ink: Color = palette.INK,
) -> None:
    """Draw by the left foot, ``size`` millimetres wide and a little less high; ``strict`` leaves corners square."""
    corner = 0.0 if strict else 0.05 * size

    def draw() -> None:
        one = size / (top + _GAP * (top - 1))
        bars = [(place * one * (1 + _GAP), 0.92 * size * (place + 1) / top) for place in range(top)]
        if stage is None:
            corners = [(0.0, 0.0)]
            for left, height in bars:
                corners += [(left, -height), (left + one * (1 + _GAP), -height)]
            not_assessed(sheet, [*corners[:-1], (size, corners[-1][1]), (size, 0.0)])
            return
        for place, (left, height) in enumerate(bars):
            fill = ink if place < stage else palette.WHITE
            sheet.box(left, -height, one, height, fill=fill, stroke=ink, radius=corner, line=0.7)

    sheet.stamp(f"steps-{stage}-{top}-{size:g}-{corner:g}-{ink.hexval()}", x, y, draw)

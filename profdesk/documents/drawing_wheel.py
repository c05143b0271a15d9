"""A wheel of numbered sectors: filled rings and their tint both say the stage."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reportlab.lib.colors import Color

from profdesk.documents import fonts, palette
from profdesk.documents.drawing_cells import not_assessed
from profdesk.documents.drawing_curves import arc, on_circle
from profdesk.documents.sheet import MM, Outline, Sheet

_HOLE = 0.24
_BETWEEN = 0.5
_NUMBER = 8.5


def wheel(
    sheet: Sheet,
    x: float,
    y: float,
    radius: float,
    stages: Sequence[int | None],
    top: int,
    ink: Color = palette.INK,
) -> None:
    """Draw a sector for each stage, clockwise from the top; numbers stand around, outside ``radius``."""
    count = len(stages)
    for place, stage in enumerate(stages):
        turn = 2 * math.pi * (place + 0.5) / count
        _sector(sheet, (x, y, turn), radius, count, (stage, top), ink)
        far = radius + 3.6
        base = y - far * math.cos(turn) + _NUMBER * 0.35 / MM
        at = x + far * math.sin(turn)
        sheet.text(at, base, str(place + 1), face=fonts.BOLD, size=_NUMBER, colour=ink, align="centre")


def _sector(
    sheet: Sheet, at: tuple[float, float, float], radius: float, count: int, mark: tuple[int | None, int], ink: Color
) -> None:
    stage, top = mark
    hole = radius * _HOLE
    ring = (radius - hole) / top

    def draw() -> None:
        if stage is None:
            not_assessed(sheet, _piece(hole, radius - _BETWEEN, count))
            return
        for place in range(top):
            piece = _piece(hole + place * ring, hole + (place + 1) * ring - _BETWEEN, count)
            if place < stage:
                sheet.path(piece, fill=palette.tint(ink, stage, top), stroke=ink, line=0.5)
            else:
                sheet.path(piece, stroke=palette.RULE, line=0.45)

    x, y, turn = at
    sheet.stamp(f"sector-{stage}-{top}-{radius:g}-{count}-{ink.hexval()}", x, y, draw, turn=turn)


def _piece(inner: float, outer: float, count: int) -> Outline:
    """A piece of a ring that points up; its sides run parallel to its neighbours', ``_BETWEEN`` apart."""
    near, far = (math.pi / count - _BETWEEN / 2 / radius for radius in (inner, outer))
    return [on_circle(outer, -far), arc(outer, -far, far), on_circle(inner, near), arc(inner, near, -near)]

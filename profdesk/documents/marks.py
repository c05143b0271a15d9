"""Small marks that say a state by shape, so that a grey print says it too; drawn as paths."""

from __future__ import annotations

import math

from reportlab.lib.colors import Color

from profdesk.documents import palette
from profdesk.documents.drawing_curves import arc, on_circle
from profdesk.documents.sheet import Sheet
from profdesk.domain.diagnostics import SheetState
from profdesk.domain.summary import State


def state(sheet: Sheet, x: float, y: float, of: State, size: float = 4.0) -> None:
    """Disc with tick, triangle, or dashed ring; ``x``, ``y`` are the middle, ``size`` the height."""
    if of is State.REACHED:
        tick(sheet, x, y, size)
    elif of is State.BELOW:
        triangle(sheet, x, y, size)
    else:
        sheet.circle(x, y, size / 2, stroke=palette.SECOND, line=0.8, dash=(1.6, 1.2))


def sheet_state(sheet: Sheet, x: float, y: float, of: SheetState, size: float = 3.2) -> None:
    """Disc, half disc, triangle, cross, ring, a stroke for a hidden one, or a dashed ring where nothing is answered."""
    half = size / 2
    if of is SheetState.COMPLETE:
        sheet.circle(x, y, half, fill=palette.INK)
    elif of is SheetState.INCOMPLETE:
        sheet.circle(x, y, half, stroke=palette.INK, line=0.8)
        quarters = (arc(half, turn, turn + math.pi / 2, (x, y)) for turn in (math.pi, math.pi * 1.5))
        sheet.path([on_circle(half, math.pi, (x, y)), *quarters], fill=palette.INK)
    elif of is SheetState.DOUBTFUL:
        points = [(x, y - half * 1.05), (x + half * 1.1, y + half * 0.9), (x - half * 1.1, y + half * 0.9)]
        sheet.path(points, stroke=palette.MISSED, line=1.1)
    elif of is SheetState.REFUSED:
        for way in (-1, 1):
            ends = [(x - half, y - way * half), (x + half, y + way * half)]
            sheet.path(ends, stroke=palette.SECOND, line=1.1, closed=False)
    elif of is SheetState.HIDDEN:
        sheet.rule(x - half, y, x + half, y, colour=palette.SECOND, width=1.1)
    else:
        dash = None if of is SheetState.ABSENT else (1.6, 1.2)
        sheet.circle(x, y, half, stroke=palette.SECOND, line=0.8, dash=dash)


def tick(sheet: Sheet, x: float, y: float, size: float, colour: Color = palette.REACHED) -> None:
    """A disc with a white tick: reached."""
    sheet.circle(x, y, size / 2, fill=colour)
    points = [(x - size * 0.22, y), (x - size * 0.06, y + size * 0.17), (x + size * 0.24, y - size * 0.16)]
    sheet.path(points, stroke=palette.WHITE, line=size * 0.3, closed=False)


def triangle(sheet: Sheet, x: float, y: float, size: float) -> None:
    """A triangle with an exclamation mark: short of the target."""
    half, up, down = size * 0.58, size * 0.52, size * 0.46
    points = [(x, y - up), (x + half, y + down), (x - half, y + down)]
    sheet.path(points, stroke=palette.MISSED, line=size * 0.25)
    sheet.path([(x, y - size * 0.16), (x, y + size * 0.14)], stroke=palette.MISSED, line=size * 0.25, closed=False)
    sheet.circle(x, y + size * 0.3, size * 0.055, fill=palette.MISSED)


def bullet(
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    share: float,
    target: float | None,
    *,
    height: float = 3,
    before: float | None = None,
) -> None:
    """A bar on its ground with the target as a tick in a white halo; pale when below the target.

    ``before`` is the share of an earlier span, a white diamond.
    """
    below = target is not None and share < target
    sheet.box(x, y, width, height, fill=palette.GROUND)
    if share > 0:
        sheet.box(x, y, width * min(share, 1), height, fill=palette.BELOW if below else palette.INK)
    if target is not None:
        at = x + width * min(target, 1)
        over = height * 0.45
        sheet.box(at - 0.75, y - over, 1.5, height + 2 * over, fill=palette.WHITE)
        sheet.box(at - 0.3, y - over, 0.6, height + 2 * over, fill=palette.TEXT)
    if before is not None:
        size = height * 1.1
        diamond(sheet, x + min(max(width * before, size / 2), width - size / 2), y + height / 2, size)


def diamond(sheet: Sheet, x: float, y: float, size: float) -> None:
    """A white diamond in a dark line: how it was before."""
    half = size / 2
    points = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    sheet.path(points, fill=palette.WHITE, stroke=palette.TEXT, line=0.7)

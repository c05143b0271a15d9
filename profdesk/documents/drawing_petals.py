"""A flower of named petals: length and seeds say the stage, the word stands beside it.

No radar: with the axes in another order the same pupil would get another figure and another area, and a
zero would pull the line to the centre. Here every value stands for itself, and zero is empty outlines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.documents import fonts, palette
from profdesk.documents.drawing_cells import not_assessed
from profdesk.documents.drawing_curves import arc, on_circle
from profdesk.documents.sheet import MM, Outline, Sheet
from profdesk.documents.typography import balanced

_HEART = 0.23
_SHORTEST = 0.38
_NAME, _WORD = 9.3, 8.8
_LINE = _NAME * 1.26 / MM


@dataclass(frozen=True)
class Petal:
    """What one petal shows: its name, the stage (None: not assessed) and the stage's word."""

    title: str
    stage: int | None
    word: str


def flower(
    sheet: Sheet, centre: tuple[float, float], radius: float, room: float, petals: Sequence[Petal], top: int
) -> None:
    """Draw petals clockwise from the top, with their names around; ``room`` is half the width for all."""
    x, y = centre
    count = len(petals)
    for place, shown in enumerate(petals):
        turn = 2 * math.pi * (place + 0.5) / count
        petal(sheet, x, y, shown.stage, top, radius=radius, count=count, hue=place % 2, turn=turn)
    _heart(sheet, x, y, radius * _HEART)
    for place, shown in enumerate(petals):
        _name(sheet, centre, radius, room, 2 * math.pi * (place + 0.5) / count, shown, count)


def petal(
    sheet: Sheet,
    x: float,
    y: float,
    stage: int | None,
    top: int,
    *,
    radius: float,
    count: int,
    hue: int = 0,
    turn: float = 0,
) -> None:
    """Draw one petal of a flower of ``count`` from its centre; what is left to the top stage is outlined."""

    def draw() -> None:
        whole = _outline(radius, radius, count)
        if stage is None:
            not_assessed(sheet, whole)
            return
        for level in range(top, stage, -1):
            sheet.path(_outline(radius, _length(radius, level, top), count), stroke=palette.PETAL_LINE, line=0.5)
        if stage:
            grown = _outline(radius, _length(radius, stage, top), count)
            sheet.path(grown, fill=palette.PETALS[hue], stroke=palette.WHITE, line=radius / 60)
        for level in range(1, stage + 1):
            far = _far(_length(radius, level, top), count)
            sheet.circle(0, -far, radius * 0.019, fill=palette.WHITE)

    sheet.stamp(f"petal-{stage}-{top}-{radius:g}-{count}-{hue}", x, y, draw, turn=turn)


def _length(radius: float, stage: int, top: int) -> float:
    return radius * (_SHORTEST + (1 - _SHORTEST) * stage / top)


def _lean(count: int) -> float:
    """The angle between a petal's middle and its side: a little less than a neighbour leaves."""
    return math.pi / count * 0.96


def _far(length: float, count: int) -> float:
    """How far from the heart's middle the round end of a petal is centred."""
    return length / (1 + math.sin(_lean(count)))


def _outline(radius: float, length: float, count: int) -> Outline:
    """A drop that points up: its sides stay inside its own sector, so that petals never overlap."""
    lean, base = _lean(count), radius * _HEART * 0.8
    far = _far(length, count)
    bulb, centre = far * math.sin(lean), (0.0, -far)
    reach = far * math.cos(lean)
    x, y = on_circle(reach, lean)
    near = on_circle(base + (reach - base) * 0.35, lean)
    neck = -base - (reach - base) * 0.3
    half = (math.pi / 2 + lean) / 2
    return [
        (0, -base),
        (0, neck, -near[0], near[1], -x, y),
        arc(bulb, -2 * half, -half, centre),
        arc(bulb, -half, 0, centre),
        arc(bulb, 0, half, centre),
        arc(bulb, half, 2 * half, centre),
        (*near, 0, neck, 0, -base),
    ]


def _heart(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """The middle with its seeds, laid as a sunflower lays them (by the golden angle)."""

    def draw() -> None:
        sheet.circle(0, 0, radius, fill=palette.SEEDS)
        for place in range(61):
            turn, far = place * 2.399963, radius * 0.88 * math.sqrt((place + 0.5) / 61)
            sheet.circle(far * math.cos(turn), far * math.sin(turn), radius * 0.033, fill=palette.SEED_DOTS)

    sheet.stamp(f"heart-{radius:g}", x, y, draw)


def _name(
    sheet: Sheet,
    centre: tuple[float, float],
    radius: float,
    room: float,
    turn: float,
    shown: Petal,
    count: int,
) -> None:
    """Write a name outside its petal: above and below the upright ones, beside the others."""
    x, y = centre
    side, up = math.sin(turn), math.cos(turn)
    sign = 1 if side > 0 else -1
    upright = abs(side) < math.sin(math.pi / 5)
    far = _far(radius, count)
    away = radius * 0.13 if upright else far * abs(side) + (radius - far) + 3
    lines = balanced(shown.title, fonts.BOLD, _NAME, (room - away) * MM)
    word = balanced(shown.word, fonts.TEXT, _WORD, (room - away) * MM)
    tall = len(lines) * _LINE
    below = len(word) * _LINE
    if upright:
        first = y - radius - 3.4 + _LINE - tall - below if up > 0 else y + radius + 6.2
    else:
        first = y - radius * 1.06 * up + _LINE * 0.7 - (tall + below) / 2
    align = "left" if sign > 0 else "right"
    at = x + sign * away
    first = sheet.lines(at, first, lines, face=fonts.BOLD, size=_NAME, align=align, leading=1.26)
    sheet.lines(at, first, word, size=_WORD, colour=palette.SECOND, align=align)

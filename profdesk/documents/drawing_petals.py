"""A flower of named petals: length and seeds say the stage, the word stands beside it.

No radar: with the axes in another order the same pupil would get another figure and another area, and a
zero would pull the line to the centre. Here every value stands for itself, and zero is empty outlines.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from profdesk.documents import fonts, palette
from profdesk.documents.drawing_cells import not_assessed
from profdesk.documents.drawing_curves import arc, on_circle
from profdesk.documents.sheet import MM, Outline, Sheet
from profdesk.documents.typography import balanced

_HEART = 0.23
_SHORTEST = 0.38
_NAME, _WORD = 9.3, 8.8
_LEADING = 1.26
_LINE = _NAME * _LEADING / MM
_WORD_LEADING = _LEADING * _NAME / _WORD
_UPRIGHT = math.sin(math.pi / 6)
_APART, _MARK = 3.0, 2.3


@dataclass(frozen=True)
class Petal:
    """What one petal shows: its name, the stage (None: not assessed), the stage's word, and whether it has grown."""

    title: str
    stage: int | None
    word: str
    grown: bool = False


@dataclass(frozen=True)
class _Name:
    """A name and a word outside a petal, placed from the flower's middle; ``first`` is the first baseline."""

    x: float
    first: float
    align: str
    lines: Sequence[str]
    word: Sequence[str]

    @property
    def above(self) -> float:
        return self.first - _LINE * 0.72

    @property
    def below(self) -> float:
        return self.first + (len(self.lines) + len(self.word) - 1) * _LINE + _LINE * 0.25

    @property
    def wide(self) -> float:
        names = [fonts.width(line, fonts.BOLD, _NAME) for line in self.lines]
        return max(*names, *(fonts.width(line, fonts.TEXT, _WORD) for line in self.word)) / MM

    @property
    def left(self) -> float:
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[self.align]
        return self.x - share * self.wide

    def meets(self, other: _Name) -> bool:
        """Whether they come so near each other that they would be read as one."""
        across = min(self.left + self.wide, other.left + other.wide) - max(self.left, other.left)
        return across > -_APART and min(self.below, other.below) - max(self.above, other.above) > -0.6


@dataclass(frozen=True)
class Flower:
    """Petals clockwise from the top, with their names around; ``room`` is half the width for all, in millimetres."""

    petals: Sequence[Petal]
    radius: float
    room: float
    top: int

    @cached_property
    def names(self) -> tuple[_Name, ...]:
        """Above and below the upright petals, beside the others; the lowest of an odd number in the middle."""
        return tuple(self._name(self._turn(place), shown) for place, shown in enumerate(self.petals))

    @property
    def fits(self) -> bool:
        """Whether all names stay in the room and none meets another, nor the petal of another."""
        names = self.names
        inside = all(name.left >= -self.room and name.left + name.wide <= self.room for name in names)
        return inside and not any(one.meets(other) for one, other in combinations(names, 2))

    @property
    def above(self) -> float:
        """The highest point, from the middle (less than nothing)."""
        return min(-self.radius, *(name.above for name in self.names))

    @property
    def below(self) -> float:
        """The lowest point, from the middle."""
        return max(self.radius, *(name.below for name in self.names))

    def draw(self, sheet: Sheet, centre: tuple[float, float], mark: Callable[[float, float], None]) -> None:
        """Draw it around its middle; ``mark`` draws the sign of growth on a baseline, 2.3 millimetres wide."""
        (x, y), count = centre, len(self.petals)
        for place, shown in enumerate(self.petals):
            turn = self._turn(place)
            petal(sheet, x, y, shown.stage, self.top, radius=self.radius, count=count, hue=place % 2, turn=turn)
        _heart(sheet, x, y, self.radius * _HEART)
        for shown, name in zip(self.petals, self.names, strict=True):
            at = x + name.x
            first = sheet.lines(
                at, y + name.first, name.lines, face=fonts.BOLD, size=_NAME, align=name.align, leading=_LEADING
            )
            sheet.lines(
                at, first, name.word, size=_WORD, colour=palette.SECOND, align=name.align, leading=_WORD_LEADING
            )
            if shown.grown:
                last = fonts.width(name.word[-1], fonts.TEXT, _WORD) / MM
                ends = {"left": last + 1.3, "centre": last / 2 + 1.3, "right": -last - 1.3 - _MARK}
                mark(at + ends[name.align], first + (len(name.word) - 1) * _LINE)

    def _turn(self, place: int) -> float:
        return 2 * math.pi * (place + 0.5) / len(self.petals)

    def _name(self, turn: float, shown: Petal) -> _Name:
        side, up = math.sin(turn), math.cos(turn)
        upright, lowest = abs(side) < _UPRIGHT, abs(side) < 0.01
        far = _far(self.radius, len(self.petals))
        away = self.radius * 0.13 if upright else far * abs(side) + (self.radius - far) + 3
        room = (self.room - away - (_MARK + 1.4 if shown.grown else 0)) * MM
        lines = balanced(shown.title, fonts.BOLD, _NAME, self.radius * MM if lowest else room)
        word = balanced(shown.word, fonts.TEXT, _WORD, room)
        tall, below = len(lines) * _LINE, len(word) * _LINE
        if upright:
            first = -self.radius - 3.4 + _LINE - tall - below if up > 0 else self.radius + 6.2
        else:
            first = -self.radius * 1.06 * up + _LINE * 0.7 - (tall + below) / 2
        if lowest:
            return _Name(0, first, "centre", lines, word)
        return _Name(math.copysign(away, side), first, "left" if side > 0 else "right", lines, word)


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

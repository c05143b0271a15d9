"""Where the names around a radar stand: beside the tips of their axes, never over one another or over the web."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin, sqrt

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from profdesk.domain.programme import SOFT_HYPHEN
from profdesk.gui.common import breaking, fonts

_GAP = 11.0
_LINE = 14.0
_MOST_LINES = 3
_WIDEST = 132.0
_AXIS = 0.02
_ASIDE = 6.0
_SMALLEST = 40.0


@dataclass
class Name:
    """A name in lines around the point 0, 0; ``side`` is 1 at the right, -1 at the left, 0 above and below."""

    lines: Sequence[str]
    area: QRectF
    side: int
    bold: bool

    @property
    def is_over(self) -> bool:
        """Whether it stands in the upper half."""
        return self.area.center().y() < 0


def radius(names: Sequence[tuple[str, bool]], room: QSizeF) -> float:
    """The largest web around which every name has room, none of its words being cut."""
    largest = room.height() / 2 - 2 * _LINE - _GAP - _ASIDE
    for at, (words, bold) in enumerate(names):
        x = abs(cos(_angle(at, len(names))))
        if x > _AXIS:
            largest = min(largest, (room.width() / 2 - _widest(words, bold)) / x - _GAP)
    return max(_SMALLEST, largest)


def place(names: Sequence[tuple[str, bool]], web: float, room: QSizeF) -> Sequence[Name]:
    """Set names (and whether each is bold) around a web of that radius, clockwise from the top."""
    set_out = [_set_out(words, _angle(at, len(names)), web, room, bold) for at, (words, bold) in enumerate(names)]
    for side in (1, -1):
        column = sorted((one for one in set_out if one.side == side), key=lambda one: one.area.center().y())
        _part(column, room.height() / 2)
        for one in column:
            _slide_out(one, web + _GAP, room.width() / 2)
    for one in set_out:
        for middle in set_out:
            if one.side and not middle.side:
                _step_aside(one, middle)
    return set_out


def _angle(at: int, count: int) -> float:
    """From the top, clockwise."""
    return 2 * pi * at / count - pi / 2


def _widest(words: str, bold: bool) -> float:
    """The width of the longest part of a name that stands on one line."""
    metrics = QFontMetricsF(fonts.font(fonts.CAPTION, bold=bold))
    parts = words.replace(SOFT_HYPHEN, "- ").split()
    return max(map(metrics.horizontalAdvance, parts)) + 1


def _set_out(words: str, angle: float, web: float, room: QSizeF, bold: bool) -> Name:
    """Beside the tip of an axis, as wide as the room there lets it be."""
    x, y = cos(angle), sin(angle)
    tip = QPointF(x, y) * (web + _GAP)
    side = 0 if abs(x) < _AXIS else (1 if x > 0 else -1)
    wide = _WIDEST if not side else min(_WIDEST, room.width() / 2 - abs(tip.x()))
    metrics = QFontMetricsF(fonts.font(fonts.CAPTION, bold=bold))
    lines = breaking.lines(words, wide, _MOST_LINES, metrics.horizontalAdvance)
    size = QSizeF(max(map(metrics.horizontalAdvance, lines)) + 1, _LINE * len(lines))
    left = tip.x() - size.width() * {1: 0.0, 0: 0.5, -1: 1.0}[side]
    return Name(lines, QRectF(QPointF(left, tip.y() - size.height() * (1 - y) / 2), size), side, bold)


def _part(column: Sequence[Name], half: float) -> None:
    """Part the names of one side: up from the middle, down from the middle, and all of it inside the room."""
    over = [one for one in reversed(column) if one.is_over]
    under = [one for one in column if not one.is_over]
    for below, above in pairwise(over):
        above.area.moveBottom(min(above.area.bottom(), below.area.top()))
    for above, below in pairwise(under):
        below.area.moveTop(max(below.area.top(), above.area.bottom()))
    top = -half
    for one in column:
        one.area.moveTop(max(one.area.top(), top))
        top = one.area.bottom()
    bottom = half
    for one in reversed(column):
        one.area.moveBottom(min(one.area.bottom(), bottom))
        bottom = one.area.top()


def _slide_out(name: Name, around: float, half: float) -> None:
    """Move a name sideways off the circle ``around`` the web, without leaving the room."""
    area = name.area
    nearest = 0.0 if area.top() < 0 < area.bottom() else min(abs(area.top()), abs(area.bottom()))
    edge = sqrt(max(0.0, around * around - nearest * nearest))
    if name.side > 0:
        area.moveLeft(min(max(area.left(), edge), half - area.width()))
    else:
        area.moveRight(max(min(area.right(), -edge), area.width() - half))


def _step_aside(name: Name, middle: Name) -> None:
    """Move a name sideways off the one that stands above or below the web."""
    if name.area.intersects(middle.area.adjusted(-_ASIDE, 0, _ASIDE, 0)):
        if name.side > 0:
            name.area.moveLeft(middle.area.right() + _ASIDE)
        else:
            name.area.moveRight(middle.area.left() - _ASIDE)

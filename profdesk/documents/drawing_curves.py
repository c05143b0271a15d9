"""Curves that several drawings are made of; angles are clockwise from straight up, in radians."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from profdesk.documents.sheet import Outline

Point = tuple[float, float]
_TINY = 1e-6


def on_circle(radius: float, angle: float, centre: Point = (0.0, 0.0)) -> Point:
    """The point of a circle at an angle."""
    return centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)


def arc(radius: float, start: float, end: float, centre: Point = (0.0, 0.0)) -> tuple[float, ...]:
    """One curve along a circle, true enough for less than a quarter of it."""
    reach = 4 / 3 * math.tan((end - start) / 4) * radius
    (x1, y1), (x2, y2) = on_circle(radius, start, centre), on_circle(radius, end, centre)
    first = (x1 + reach * math.cos(start), y1 + reach * math.sin(start))
    second = (x2 - reach * math.cos(end), y2 - reach * math.sin(end))
    return (*first, *second, x2, y2)


def between(one: Point, two: Point, share: float) -> Point:
    """The point at a share of the way."""
    return one[0] + (two[0] - one[0]) * share, one[1] + (two[1] - one[1]) * share


def downward(across: Callable[[float], float], height: float, steps: int) -> Outline:
    """Curves along x = across(y) from 0 down to ``height``, exact in place and slope at every step."""
    step = height / steps
    made: list[tuple[float, ...]] = [(across(0), 0.0)]
    for number in range(steps):
        y, below = number * step, (number + 1) * step
        first = (across(y) + _slope(across, y) * step / 3, y + step / 3)
        second = (across(below) - _slope(across, below) * step / 3, below - step / 3)
        made.append((*first, *second, across(below), below))
    return made


def round_through(points: Sequence[Point]) -> Outline:
    """A closed curve through points, its direction at each given by the neighbours (Catmull and Rom)."""
    count = len(points)
    made: list[tuple[float, ...]] = [points[0]]
    for number in range(count):
        before, one = points[number - 1], points[number]
        two, after = points[(number + 1) % count], points[(number + 2) % count]
        first = (one[0] + (two[0] - before[0]) / 6, one[1] + (two[1] - before[1]) / 6)
        second = (two[0] - (after[0] - one[0]) / 6, two[1] - (after[1] - one[1]) / 6)
        made.append((*first, *second, *two))
    return made


def _slope(function: Callable[[float], float], at: float) -> float:
    return (function(at + _TINY) - function(at - _TINY)) / (2 * _TINY)

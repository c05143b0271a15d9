"""Scores of a class as strips of dots: one a pupil, a triangle under the median; one axis for all strips."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import fitted
from profdesk.domain import results
from profdesk.domain.results import Spread

_AXIS, _END = LEFT + 54, RIGHT - 3
_TITLE_ROOM = _AXIS - LEFT - 5
_DOT, _SMALLEST = 2.5, 1.2
_TRIANGLE = 2.4
_LEAST, _AIR = 7.2, 3.4
_TICK = 9.0
_SIZES = (9.0, 8.5, 8.0, 7.5)


def strips(report: Report, spreads: Sequence[Spread], borders: Sequence[Fraction]) -> None:
    """Draw every strip above its line, the figures of the axis after the last of each page.

    ``borders`` are where published bands begin: a short dash on each line.
    """
    axis = _Axis(spreads)
    for place, spread in enumerate(spreads):
        dots = axis.dots(spread)
        size, title = fitted(spread.title, fonts.BOLD, _SIZES, _TITLE_ROOM * MM, 3)
        stack = max((level for _, level in dots), default=0) + 1
        high = max(stack * axis.dot + 1.5, len(title) * size * 1.2 / MM + 1, _LEAST - _AIR)
        if report.y + high + _AIR + _TICK > 277:
            if place:
                axis.figures(report)
            report.turn()
        report.y += high
        report.sheet.lines(
            LEFT, report.y - (len(title) - 1) * size * 1.2 / MM, title, face=fonts.BOLD, size=size, leading=1.2
        )
        axis.strip(report, spread, dots, borders)
        report.y += _AIR
    axis.figures(report)


class _Axis:
    """From the least to the most of all scales; ``dot`` is how wide a dot is on it."""

    def __init__(self, spreads: Sequence[Spread]) -> None:
        self._least, self._most = results.limits(spreads)
        self._whole = all(value.denominator == 1 for spread in spreads for value in spread.values)
        steps = float(self._most - self._least) or 1.0
        self._unit = (_END - _AXIS - _DOT) / (steps + (1 if self._whole else 0))
        self.dot = max(_SMALLEST, min(_DOT, self._unit)) if self._whole else _DOT

    def x(self, value: Fraction) -> float:
        """The place of a value."""
        before = _DOT / 2 + (self._unit / 2 if self._whole else 0)
        return _AXIS + before + float(value - self._least) * self._unit

    def dots(self, spread: Spread) -> Sequence[tuple[float, int]]:
        """Each dot's place and how many stand under it; none hides another."""
        if not self._whole:
            return self._dodged(spread)
        abreast = max(1, int(self._unit * 0.94 / self.dot))
        found = []
        for value in dict.fromkeys(spread.values):
            count = spread.values.count(value)
            for number in range(count):
                level = number // abreast
                row = min(abreast, count - level * abreast)
                found.append((self.x(value) + (number % abreast - (row - 1) / 2) * self.dot, level))
        return found

    def _dodged(self, spread: Spread) -> Sequence[tuple[float, int]]:
        """Scores between whole ones: each dot at its place, on the lowest level that is free there."""
        found: list[tuple[float, int]] = []
        for value in spread.values:
            at = self.x(value)
            taken = {level for x, level in found if abs(x - at) < self.dot * 0.98}
            found.append((at, next(level for level in range(len(found) + 1) if level not in taken)))
        return found

    def strip(
        self, report: Report, spread: Spread, dots: Sequence[tuple[float, int]], borders: Sequence[Fraction]
    ) -> None:
        """The line with its dots standing on it, the median under it."""
        sheet, y = report.sheet, report.y
        sheet.rule(_AXIS, y, _END, y, colour=palette.TEXT, width=0.6)
        for border in borders:
            if self._least < border <= self._most:
                x = self.x(border) - (self._unit / 2 if self._whole else 0)
                sheet.rule(x, y - 1.6, x, y + 1.6, colour=palette.SECOND, width=0.8)
        for x, level in dots:
            sheet.circle(x, y - 0.3 - self.dot * (level + 0.5), self.dot * 0.46, fill=palette.INK)
        if spread.middle is not None:
            x, half = self.x(spread.middle), _TRIANGLE / 2
            points = [(x, y + 0.6), (x + half, y + 0.6 + half * 1.6), (x - half, y + 0.6 + half * 1.6)]
            sheet.path(points, fill=palette.TEXT)

    def figures(self, report: Report) -> None:
        """The figures under the last strip, as close as they can be read."""
        fits = max(1, math.ceil(7.0 / self._unit))
        step = next(one for one in (1, 2, 5, 10, 20, 50, 100, 1000) if one >= fits)
        first = math.ceil(self._least / step) * step
        for value in range(first, math.floor(self._most) + 1, step):
            x = self.x(Fraction(value))
            words = results.plain_number(Fraction(value))
            report.sheet.text(x, report.y + 3, words, size=8, colour=palette.SECOND, align="centre")
        report.y += _TICK

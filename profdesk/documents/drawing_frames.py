"""Ornaments around an upright sheet: a vine that grows up both sides, bands of tiles, and the frame of a banknote.

Each is a function of the size alone and draws around the point 0, 0, its left top corner, so that it can be a stamp.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportlab.lib.colors import Color

from profdesk.documents.drawing_curves import Point, round_through
from profdesk.documents.drawing_ornament import BERRIES, LEAVES, PALE, STEM, TILES, leaf, tile
from profdesk.documents.sheet import Outline, Sheet

Size = tuple[float, float]
_STRANDS, _SWELL, _POINTS = 14, 38.0, 18


@dataclass(frozen=True)
class _Loop:
    """A rectangle with round corners, run clockwise from the middle of its foot leftwards."""

    left: float
    top: float
    right: float
    bottom: float
    radius: float

    @property
    def sides(self) -> tuple[float, float]:
        """The straight parts, across and down."""
        return self.right - self.left - 2 * self.radius, self.bottom - self.top - 2 * self.radius

    @property
    def corner(self) -> float:
        """The length of a corner."""
        return math.pi / 2 * self.radius

    @property
    def half(self) -> float:
        """From the middle of the foot to the middle of the top."""
        across, down = self.sides
        return across + down + 2 * self.corner

    def at(self, far: float) -> tuple[Point, float]:
        """The point at a distance along the left half, and the way on (clockwise from straight up)."""
        across, down = self.sides
        middle, radius = (self.left + self.right) / 2, self.radius
        if far < across / 2:
            return (middle - far, self.bottom), -math.pi / 2
        far -= across / 2
        if far < self.corner:
            turn = far / radius
            centre = (self.left + radius, self.bottom - radius)
            return (centre[0] - radius * math.sin(turn), centre[1] + radius * math.cos(turn)), turn - math.pi / 2
        far -= self.corner
        if far < down:
            return (self.left, self.bottom - radius - far), 0.0
        far -= down
        if far < self.corner:
            turn = far / radius
            centre = (self.left + radius, self.top + radius)
            return (centre[0] - radius * math.cos(turn), centre[1] - radius * math.sin(turn)), turn
        far -= self.corner
        return (self.left + radius + far, self.top), math.pi / 2

    def beside(self, far: float, out: float) -> Point:
        """The point ``out`` millimetres outside the one at a distance, on the right half beyond the left."""
        if far > self.half:
            x, y = self.beside(2 * self.half - far, out)
            return self.left + self.right - x, y
        (x, y), way = self.at(far)
        return x - out * math.cos(way), y - out * math.sin(way)


def vine_frame(sheet: Sheet, size: Size, band: float) -> None:
    """Two stems from the middle of the foot up both sides to the middle of the top, mirrored."""
    width, height = size
    half = band / 2
    loop = _Loop(half, half, width - half, height - half, band * 1.15)
    for mirrored in (False, True):
        _stem(sheet, loop, width, band, mirrored=mirrored)


def _stem(sheet: Sheet, loop: _Loop, width: float, band: float, *, mirrored: bool) -> None:
    waves = round(loop.half / (band * 1.9))
    bend = band * 0.16

    def swing(far: float) -> float:
        return -bend * math.cos(2 * math.pi * waves * far / loop.half)

    def place(point: Point) -> Point:
        return (width - point[0], point[1]) if mirrored else point

    points = [
        place(loop.beside(loop.half * number / (waves * 8), swing(loop.half * number / (waves * 8))))
        for number in range(waves * 8 + 1)
    ]
    sheet.path(_open(points), stroke=STEM, line=1.1, closed=False)
    leaves = waves * 4
    for number in range(leaves):
        far = loop.half * (number + 0.5) / leaves
        side = 1 if number % 2 else -1
        way = loop.at(far)[1] - side * math.radians(50)
        at = place(loop.beside(far, swing(far)))
        long = band * (0.46 if number % 4 < 2 else 0.38)
        leaf(sheet, at, -way if mirrored else way, long, LEAVES[(number // 2) % 2])
    for number in range(waves):
        far = loop.half * (number + 0.5) / waves
        at, end = place(loop.beside(far, swing(far))), place(loop.beside(far - band * 0.1, -bend * 1.5))
        sheet.path([at, end], stroke=STEM, line=0.6, closed=False)
        sheet.circle(*end, band * 0.07, fill=BERRIES[number % 2])


def mosaic_bands(sheet: Sheet, size: Size, band: float) -> None:
    """Two rows of tiles at the top, one of small tiles at the foot."""
    width, height = size
    count = round(width / (band / 2))
    for row in range(2):
        _tiles(sheet, (0, row * band / 2), (width / count, band / 2), count, row)
    small = count * 2
    _tiles(sheet, (0, height - band / 4), (width / small, band / 4), small, 3)


def _tiles(sheet: Sheet, start: Point, one: Size, count: int, row: int) -> None:
    before = -1
    for place in range(count):
        mixed = (place * 7919 + row * 104729 + place * place * 31 + 17) % 9973
        ground = mixed % 5
        if ground == before:
            ground = (ground + 1 + mixed % 3) % 5
        figure = (ground + 1 + mixed // 5 % 4) % 5
        before = ground
        colours = (*TILES, PALE)
        tile(
            sheet,
            mixed // 7 % 5,
            mixed // 11 % 4,
            (start[0] + place * one[0], start[1], *one),
            (colours[ground], colours[figure]),
        )


def guilloche_frame(sheet: Sheet, size: Size, band: float, colours: tuple[Color, Color]) -> None:
    """A plait of fine lines that swells in the corners and along the sides, between double rules."""
    width, height = size
    first, second = colours
    for inset, line, radius in ((0.0, 1.3, 7.5), (0.9, 0.45, 6.6), (band, 0.45, 2.2), (band + 0.9, 1.1, 1.4)):
        sheet.box(inset, inset, width - 2 * inset, height - 2 * inset, stroke=first, line=line, radius=radius)
    half = band / 2 + 0.45
    loop = _Loop(half, half, width - half, height - half, band * 0.62)
    for number in range(_STRANDS):
        strand = _strand(loop, band * 0.37, 4 * math.pi * (number // 2) / _STRANDS, 1 if number % 2 else -1)
        sheet.path(strand, stroke=first if number % 2 else second, line=0.4)


def _strand(loop: _Loop, reach: float, phase: float, way: int) -> Outline:
    """One line of the plait around the whole sheet; every corner has a swell in its middle."""
    across, down = loop.sides
    foot, side = max(1, round((across + loop.corner) / _SWELL)), max(1, round((down + loop.corner) / _SWELL))
    points: list[Point] = []
    start, turned = 0.0, -foot / 2
    for span, swells in (
        ((across + loop.corner) / 2, foot / 2),
        (down + loop.corner, side),
        (across + loop.corner, foot),
        (down + loop.corner, side),
        ((across + loop.corner) / 2, foot / 2),
    ):
        steps = round(swells * _POINTS)
        for number in range(steps):
            at = turned + swells * number / steps
            swell = 0.62 + 0.38 * math.cos(2 * math.pi * at)
            out = reach * swell * math.sin(way * 4 * math.pi * at + phase)
            points.append(loop.beside(start + span * number / steps, out))
        start += span
        turned += swells
    return round_through(points)


def _open(points: list[Point]) -> Outline:
    """A curve through points, still at both ends."""
    return round_through([*points, *reversed(points[1:-1])])[: len(points)]

"""Ornaments around an upright sheet: a vine that grows up both sides, bands of tiles, and the frame of a banknote.

Each is a function of the size alone and draws around the point 0, 0, its left top corner, so that it can be a stamp.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportlab.lib.colors import Color

from profdesk.documents.drawing_curves import Point, on_circle, round_through
from profdesk.documents.drawing_ornament import BERRIES, LEAVES, PALE, STEM, TILES, leaf, tile
from profdesk.documents.sheet import Outline, Sheet

ROSETTE_PARTS = 12
Size = tuple[float, float]
_OVER, _OVERLAP = 0.1, 0.12
_STRANDS, _SPREAD, _SWELL, _POINTS = 6, 1.15, 40.0, 18


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


def vine_half(sheet: Sheet, size: Size, band: float) -> None:
    """The left half: a stem from the middle of the foot up the side to the middle of the top."""
    width, height = size
    half = band / 2
    loop = _Loop(half, half, width - half, height - half, band * 1.15)
    waves = round(loop.half / (band * 1.9))
    bend = band * 0.16

    def swing(far: float) -> float:
        return -bend * math.cos(2 * math.pi * waves * far / loop.half)

    steps = waves * 8
    stem = [loop.beside(loop.half * place / steps, swing(loop.half * place / steps)) for place in range(steps + 1)]
    sheet.path(_open(stem), stroke=STEM, line=1.1, closed=False)
    leaves = waves * 4
    for place in range(leaves):
        far = loop.half * (place + 0.5) / leaves
        lean = loop.at(far)[1] + (-1 if place % 2 else 1) * math.radians(50)
        long = band * (0.46 if place % 4 < 2 else 0.38)
        leaf(sheet, loop.beside(far, swing(far)), lean, long, LEAVES[(place // 2) % 2])
    for place in range(waves):
        far = loop.half * (place + 0.5) / waves
        end = loop.beside(far - band * 0.1, -bend * 1.5)
        sheet.path([loop.beside(far, swing(far)), end], stroke=STEM, line=0.6, closed=False)
        sheet.circle(*end, band * 0.07, fill=BERRIES[place % 2])


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
            (start[0] + place * one[0], start[1], one[0] + (_OVERLAP if place < count - 1 else 0), one[1]),
            (colours[ground], colours[figure]),
        )


def guilloche_quarter(sheet: Sheet, size: Size, band: float, colours: tuple[Color, Color]) -> None:
    """The quarter at the left top: ribbons of fine lines that swell in the corner and along the sides, and rules."""
    width, height = size
    for inset, line, radius in ((0.0, 1.3, 7.5), (0.9, 0.45, 6.6), (band, 0.45, 2.2), (band + 0.9, 1.1, 1.4)):
        curve = inset + radius
        corner = (inset, curve - radius * 0.5523, curve - radius * 0.5523, inset, curve, inset)
        outline = [(inset, height / 2 + _OVER), (inset, curve), corner, (width / 2 + _OVER, inset)]
        sheet.path(outline, stroke=colours[0], line=line, closed=False)
    half = band / 2 + 0.45
    loop = _Loop(half, half, width - half, height - half, band * 0.62)
    for ribbon, colour in enumerate(colours):
        for place in range(_STRANDS):
            for way in (-1, 1):
                strand = _strand(loop, band * 0.37, math.pi * ribbon + _SPREAD * place / (_STRANDS - 1), way)
                sheet.path(strand, stroke=colour, line=0.4, closed=False)


def _strand(loop: _Loop, reach: float, phase: float, way: int) -> Outline:
    """One line of a ribbon, from the middle of the side to the middle of the top.

    There it goes on in the mirror image of the strand that runs the other ``way``: at both ends whole quarters of a
    swell have passed since the middle of the corner.
    """
    across, down = loop.sides
    points: list[Point] = []
    start = across / 2 + loop.corner + down / 2
    for span, way_on in (((down + loop.corner) / 2, -1), ((across + loop.corner) / 2, 1)):
        swells = max(1, round(2 * span / _SWELL)) / 2
        steps = round(swells * _POINTS)
        for number in range(steps + (way_on > 0)):
            share = number / steps
            turned = swells * (share - 1 if way_on < 0 else share)
            swell = 0.6 + 0.4 * math.cos(2 * math.pi * turned)
            out = reach * swell * math.sin(way * 4 * math.pi * turned + phase)
            points.append(loop.beside(start + span * share, out))
        start += span
    return _open(points)


def rosette_part(sheet: Sheet, radius: float, colour: Color) -> None:
    """One of ``ROSETTE_PARTS`` equal parts of a wide pale rosette around the point 0, 0, to stand behind words."""
    for outer, depth, petals, rounds in ((1.0, 0.2, 48, 9), (0.74, 0.2, 36, 7), (0.5, 0.22, 24, 6)):
        steps = petals * 6 // ROSETTE_PARTS
        for place in range(rounds):
            phase = 2 * math.pi * place / rounds
            turns = [2 * math.pi * number / (petals * 6) for number in range(-1, steps + 2)]
            ring = [
                on_circle(radius * outer * (1 - depth / 2 + depth / 2 * math.sin(petals * turn + phase)), turn)
                for turn in turns
            ]
            sheet.path([ring[1], *round_through(ring)[2 : steps + 2]], stroke=colour, line=0.3, closed=False)


def _open(points: list[Point]) -> Outline:
    """A curve through points, still at both ends."""
    return round_through([*points, *reversed(points[1:-1])])[: len(points)]

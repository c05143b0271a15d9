"""Ornaments for an upright band: a vine, a mosaic, and the guilloche of banknotes with its rosette.

Each is a function of the band's size alone and draws around the point 0, 0, its left top corner, so that
it can be a stamp: once in a file, the same on every page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from reportlab.lib.colors import Color, HexColor

from profdesk.documents.drawing_curves import between, downward, on_circle, round_through
from profdesk.documents.sheet import Sheet

Ornament = Callable[[Sheet, float, float], None]

STEM, LEAVES = HexColor("#4A7A3D"), (HexColor("#4A7A3D"), HexColor("#8DB06A"))
BERRIES = (HexColor("#CB5A3C"), HexColor("#DFA02C"))
TILES = tuple(map(HexColor, ("#17405E", "#E4733B", "#2E7D83", "#F2C14E")))
PALE = HexColor("#E4EBEF")
_OVERLAP = 0.12


def vine(sheet: Sheet, width: float, height: float) -> None:
    """A climbing stem with leaves on both sides and a berry in every bend."""
    waves = max(2, round(height / 23))
    bend, middle = width * 0.2, width / 2

    def stem(y: float) -> float:
        return middle + bend * math.sin(2 * math.pi * waves * y / height)

    sheet.path(downward(stem, height, waves * 6), stroke=STEM, line=1.1, closed=False)
    leaves = waves * 4
    for place in range(leaves):
        y = height * (place + 0.5) / leaves
        side = 1 if place % 2 else -1
        size = width * (0.52 if place % 4 < 2 else 0.42)
        leaf(sheet, (stem(y), y), side * math.radians(52), size, LEAVES[(place // 2) % 2])
    for place in range(waves * 2):
        y = height * (place + 0.5) / (waves * 2)
        out = 1 if math.sin(2 * math.pi * waves * y / height) < 0 else -1
        end = (stem(y) + out * width * 0.26, y - width * 0.08)
        sheet.path([(stem(y), y + 1.2), end], stroke=STEM, line=0.6, closed=False)
        sheet.circle(*end, width * 0.085, fill=BERRIES[place % 2])


def mosaic(sheet: Sheet, width: float, height: float) -> None:
    """Square tiles of triangles, quarter discs, rings and scallops; each overlaps the next by 0.12."""
    count = max(1, round(height / width))
    tall = height / count
    for place in range(count):
        ground, figure = TILES[place * 3 % 4], TILES[(place * 3 + 1 + place // 4 % 2) % 4]
        if place % 5 == 2:
            ground = PALE
        elif place % 5 == 4:
            figure = PALE
        top = place * tall
        over = _OVERLAP if place < count - 1 else 0
        tile(sheet, place * 7 % 11 % 5, place * 5 % 4, (0, top, width, tall), (ground, figure), over)


def guilloche(first: Color, second: Color) -> Ornament:
    """A plait of fine lines in two colours between double rules."""

    def draw(sheet: Sheet, width: float, height: float) -> None:
        middle, reach = width / 2, width * 0.36
        swells = max(1, round(height / 38))
        waves = swells * 2
        for place in range(18):
            phase = 2 * math.pi * (place // 2) / 9
            way = 1 if place % 2 else -1

            def strand(y: float, phase: float = phase, way: int = way) -> float:
                swell = 0.62 + 0.38 * math.cos(2 * math.pi * swells * y / height)
                return middle + reach * swell * math.sin(way * 2 * math.pi * waves * y / height + phase)

            colour = first if place % 2 else second
            sheet.path(downward(strand, height, waves * 12), stroke=colour, line=0.4, closed=False)
        for inset, line in ((0.0, 1.1), (0.75, 0.4)):
            for x in (inset, width - inset):
                sheet.rule(x, 0, x, height, colour=first, width=line)

    return draw


def rosette(sheet: Sheet, radius: float, colour: Color, *, petals: int = 12, rounds: int = 7) -> None:
    """Rings of fine wavy lines around the point 0, 0: a pale ground for a seal."""
    points = petals * 8
    for place in range(rounds):
        phase = math.pi * place / rounds * 2

        def ring(turn: float, phase: float = phase) -> tuple[float, float]:
            far = radius * (0.8 + 0.2 * math.sin(petals * turn + phase))
            return on_circle(far, turn)

        corners = [ring(2 * math.pi * number / points) for number in range(points)]
        sheet.path(round_through(corners), stroke=colour, line=0.4)


def leaf(sheet: Sheet, at: tuple[float, float], lean: float, size: float, colour: Color) -> None:
    """Draw a pointed leaf that grows from a place on a stem, leaning clockwise from straight up."""
    along = (math.sin(lean), -math.cos(lean))
    across = (math.cos(lean), math.sin(lean))

    def point(far: float, wide: float) -> tuple[float, float]:
        return (
            at[0] + size * (along[0] * far + across[0] * wide),
            at[1] + size * (along[1] * far + across[1] * wide),
        )

    sides = [
        (*point(0.25, wide), *point(0.75, wide), *point(1, 0)) if end else (*point(0.75, wide), *point(0.25, wide), *at)
        for wide, end in ((0.42, True), (-0.34, False))
    ]
    sheet.path([at, *sides], fill=colour)


def tile(
    sheet: Sheet,
    kind: int,
    turn: int,
    box: tuple[float, float, float, float],
    colours: tuple[Color, Color],
    below: float = 0,
) -> None:
    """Draw a tile (left, top, width, height) and one of five figures on it, turned by quarters.

    The ground reaches ``below`` it, under its neighbour: else a hairline of paper shows between them.
    """
    ground, colour = colours
    sheet.box(box[0], box[1], box[2], box[3] + below, fill=ground)
    left, top = box[0] - _OVERLAP / 2, box[1] - _OVERLAP / 2
    wide, tall = box[2] + _OVERLAP, box[3] + _OVERLAP
    corners = [(left, top), (left + wide, top), (left + wide, top + tall), (left, top + tall)]
    corners = corners[turn:] + corners[:turn]
    one, two, three, four = corners
    if kind == 0:
        sheet.path([one, two, three], fill=colour)
    elif kind in (1, 3):
        sheet.path([one, two, (*between(two, three, 0.5523), *between(four, three, 0.5523), *four)], fill=colour)
    elif kind == 2:
        middle = (left + wide / 2, top + tall / 2)
        sheet.circle(*middle, wide * 0.34, fill=colour)
        sheet.circle(*middle, wide * 0.14, fill=PALE)
    else:
        for part in (0.0, 0.5):
            _scallop(sheet, (one, two, four), part, colour)


def _scallop(sheet: Sheet, corners: Sequence[tuple[float, float]], part: float, colour: Color) -> None:
    """Half a disc on one half of a tile's side."""
    one, two, four = corners
    start, end = between(one, two, part), between(one, two, part + 0.5)
    inward = ((four[0] - one[0]) / 3, (four[1] - one[1]) / 3)
    curve = (start[0] + inward[0], start[1] + inward[1], end[0] + inward[0], end[1] + inward[1], *end)
    sheet.path([start, curve], fill=colour)

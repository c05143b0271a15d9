"""Drawings of a portfolio, by the number of its values: petals for 10, steps for 15, a wheel for 20.

No radar: with the axes in another order the same pupil would get another figure and another area, and
a zero would pull the line to the centre. Here every value stands for itself, and zero is an empty place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import MM, Sheet
from profdesk.documents.typography import balanced, wrap

Point = tuple[float, float]
NOT_ASSESSED_DASH = (1.2, 1.2)


def cells(sheet: Sheet, x: float, y: float, stage: int | None, top: int, *, width: float = 13.4) -> None:
    """A row of small cells, as many filled as the stage says; dashed where nothing was assessed."""
    gap = 0.5
    one = (width - gap * (top - 1)) / top
    for number in range(top):
        left = x + number * (one + gap)
        if stage is None:
            sheet.box(left, y, one, 2.7, stroke=palette.RULE, radius=0.7, dash=NOT_ASSESSED_DASH)
        else:
            fill = palette.INK if number < stage else palette.WHITE
            sheet.box(left, y, one, 2.7, fill=fill, stroke=palette.INK, radius=0.7, line=0.6)


def steps(sheet: Sheet, x: float, y: float, stage: int | None, top: int) -> None:
    """Bars rising to the right, as many filled as the stage says; ``y`` is their foot."""
    for number in range(top):
        left, height = x + number * 3.9, 3.2 + 2.4 * number
        if stage is None:
            sheet.box(left, y - height, 3.2, height, stroke=palette.RULE, radius=0.5, dash=NOT_ASSESSED_DASH)
        else:
            fill = palette.INK if number < stage else palette.WHITE
            sheet.box(left, y - height, 3.2, height, fill=fill, stroke=palette.INK, radius=0.5, line=0.6)


def wheel(sheet: Sheet, x: float, y: float, radius: float, stages: Sequence[int | None], top: int) -> None:
    """Numbered sectors of ``top`` rings; filled rings and their tint both say the stage."""
    count = len(stages)
    hole = radius * 0.21
    ring = (radius - hole) / top
    for number, stage in enumerate(stages):
        start, end = _sector(number, count)
        for level in range(top):
            inner, outer = hole + level * ring + 0.25, hole + (level + 1) * ring - 0.25
            points = _arc(x, y, inner, outer, start, end)
            if stage is None:
                sheet.path(points, stroke=palette.RULE, line=0.3, dash=NOT_ASSESSED_DASH)
            elif level < stage:
                sheet.path(points, fill=palette.stage(stage, top), stroke=palette.INK, line=0.35)
            else:
                sheet.path(points, stroke=palette.RULE, line=0.3)
        middle = (start + end) / 2
        at = (x + (radius + 4) * math.sin(middle), y - (radius + 4) * math.cos(middle) + 1.1)
        sheet.text(at[0], at[1] + 1.1, str(number + 1), face=fonts.BOLD, size=8.5, colour=palette.INK, align="centre")


def petals(
    sheet: Sheet,
    x: float,
    y: float,
    radius: float,
    entries: Sequence[tuple[str, int | None, str]],
    top: int,
) -> None:
    """A flower of named petals: length and seeds say the stage, the word stands beside it.

    ``entries`` are title, stage and the stage's word, clockwise from the top.
    """
    count = len(entries)
    heart = radius * 0.22
    for number, (_, stage, _) in enumerate(entries):
        angle = 2 * math.pi * (number + 0.5) / count
        outline = palette.RULE
        dash = NOT_ASSESSED_DASH if stage is None else None
        sheet.path(_petal(x, y, heart, radius, angle, count), stroke=outline, line=0.5, dash=dash)
        if stage:
            length = heart + (radius - heart) * (0.36 + 0.64 * stage / top)
            colour = palette.PETALS[number % len(palette.PETALS)]
            sheet.path(_petal(x, y, heart, length, angle, count), fill=colour)
            for seed in range(stage):
                at = heart + (length - heart) * (0.38 + 0.46 * (seed + 0.5) / stage)
                sheet.circle(x + at * math.sin(angle), y - at * math.cos(angle), 0.75, fill=palette.WHITE)
    sheet.circle(x, y, heart, fill=palette.SEEDS)
    for number in range(30):
        turn, far = number * 2.399963, heart * 0.82 * math.sqrt((number + 0.5) / 30)
        sheet.circle(x + far * math.cos(turn), y + far * math.sin(turn), 0.3, fill=palette.GROUND)
    for number, (title, _, word) in enumerate(entries):
        _petal_name(sheet, x, y, radius, 2 * math.pi * (number + 0.5) / count, (title, word))


def _petal_name(sheet: Sheet, x: float, y: float, radius: float, angle: float, words: tuple[str, str]) -> None:
    side = math.sin(angle)
    at = x + (radius + 3.5) * side + (2.0 if side > 0 else -2.0)
    lines = balanced(words[0], fonts.BOLD, 9.2, 36 * MM)
    middle = y - (radius + 5) * math.cos(angle)
    top = middle - (len(lines) * 4.1 - 2.6) / 2
    align = "left" if side > 0 else "right"
    below = sheet.lines(at, top, lines, face=fonts.BOLD, size=9.2, align=align, leading=1.26)
    sheet.text(at, below, words[1], size=8.8, colour=palette.SECOND, align=align)


def step_grid(
    sheet: Sheet,
    x: float,
    y: float,
    room: float,
    columns: Sequence[tuple[str, Sequence[tuple[str, int | None]]]],
    top: int,
    pitch: float,
) -> None:
    """Columns of steps with their names; a heading runs over all columns that bear it."""
    wide = room / len(columns)
    for number, (heading, entries) in enumerate(columns):
        left = x + number * wide
        first = number == 0 or columns[number - 1][0] != heading
        span = sum(1 for other, _ in columns[number:] if other == heading)
        if first:
            lines = wrap(heading, fonts.BOLD, 10, (wide * span - 4) * MM)
            sheet.lines(left, y - 2.5 - 4.4 * (len(lines) - 1), lines, face=fonts.BOLD, colour=palette.INK)
            sheet.rule(left, y, left + wide * span - 5, y, colour=palette.INK, width=1.1)
        for row, (title, stage) in enumerate(entries):
            foot = y + 14 + row * pitch
            steps(sheet, left, foot, stage, top)
            lines = balanced(title, fonts.TEXT, 9.4, (wide - 18.5) * MM)
            sheet.lines(left + 14, foot - 2.4 - 2.1 * (len(lines) - 1), lines, size=9.4, leading=1.26)


def _sector(number: int, count: int) -> tuple[float, float]:
    gap = 0.02
    return 2 * math.pi * number / count + gap / 2, 2 * math.pi * (number + 1) / count - gap / 2


def _arc(x: float, y: float, inner: float, outer: float, start: float, end: float) -> list[Point]:
    turns = [start + (end - start) * part / 6 for part in range(7)]
    out = [(x + outer * math.sin(turn), y - outer * math.cos(turn)) for turn in turns]
    back = [(x + inner * math.sin(turn), y - inner * math.cos(turn)) for turn in reversed(turns)]
    return out + back


def _petal(x: float, y: float, heart: float, length: float, angle: float, count: int) -> list[Point]:
    """A drop: two lines from the heart that touch a circle, as wide as the neighbours allow."""
    half = math.pi / count * 1.02
    far = (length + heart * math.sin(half)) / (1 + math.sin(half))
    radius = (far - heart) * math.sin(half)
    reach = math.pi / 2 + half
    turns = [reach * (1 - part / 12) for part in range(25)]
    points = [(0.0, heart)]
    points += [(radius * math.sin(turn), far + radius * math.cos(turn)) for turn in turns]
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x + across * cos + along * sin, y + across * sin - along * cos) for across, along in points]

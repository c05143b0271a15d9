"""Small signs drawn as paths: what is formed, what has grown."""

from __future__ import annotations

import math

from profdesk.documents.certificates.paper import Paper
from profdesk.documents.drawing_curves import on_circle

MARK = 2.3
"""Millimetres that the mark of growth is wide."""
STAR = 3.4


def grown(paper: Paper, x: float, y: float) -> None:
    """An arrow that points up, on a baseline."""
    sheet, colour = paper.sheet, paper.look.kicker

    def draw() -> None:
        half, head = MARK / 2, 1.35
        stem = 0.36
        sheet.path(
            [(half, -2.45), (MARK, -2.45 + head), (half + stem, -2.45 + head), (half + stem, 0), (half - stem, 0),
             (half - stem, -2.45 + head), (0, -2.45 + head)], fill=colour,
        )  # fmt: skip

    sheet.stamp(f"grown-{colour.hexval()}", x, y, draw)


def formed(paper: Paper, x: float, y: float) -> None:
    """A star on a baseline, or a tick where the design is strict."""
    sheet, look = paper.sheet, paper.look
    middle = (STAR / 2, -1.15)

    def star() -> None:
        turns = [(math.pi * place / 5, STAR / 2 * (1 if place % 2 == 0 else 0.46)) for place in range(10)]
        sheet.path([on_circle(far, turn, middle) for turn, far in turns], fill=look.kicker)

    def tick() -> None:
        sheet.path([(0.3, -1.2), (1.2, -0.2), (3.0, -2.5)], stroke=look.kicker, line=1.3, closed=False)

    strict = look.style.strict
    sheet.stamp(f"formed-{strict}-{look.kicker.hexval()}", x, y, tick if strict else star)

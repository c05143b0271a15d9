"""How large the grid is drawn."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

STEPS = (80, 90, 100, 110, 125, 140, 160)
"""In percent; the cells grow and shrink with them, what is drawn in them only grows."""
USUAL = 100


class Zoom:
    """The step in force; letters and signs keep their size below the usual one, so that they stay readable."""

    def __init__(self) -> None:
        self.percent = USUAL

    def length(self, pixels: int) -> int:
        """The height or width of a cell that usually measures so many pixels."""
        return round(pixels * self.percent / 100)

    @property
    def drawing(self) -> float:
        """How many times the usual size letters and signs are drawn."""
        return max(self.percent, USUAL) / 100

    def room(self, pixels: int) -> int:
        """What letters and signs need that usually take so many pixels."""
        return math.ceil(pixels * self.drawing)

    def enter(self, painter: QPainter, area: QRect) -> QRect:
        """Let the painter draw larger from now on; gives the area as it then measures."""
        painter.translate(area.topLeft())
        painter.scale(self.drawing, self.drawing)
        return QRect(0, 0, int(area.width() / self.drawing), int(area.height() / self.drawing))


def stepped(percent: int, steps: int) -> int:
    """The percentage so many steps above or below one."""
    nearest = min(range(len(STEPS)), key=lambda place: abs(STEPS[place] - percent))
    return STEPS[min(max(nearest + steps, 0), len(STEPS) - 1)]

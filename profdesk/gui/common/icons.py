"""Icons that take their colour from the theme in force whenever they are painted."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from typing_extensions import override

from profdesk.gui.common import phosphor, theme

SIZE = 18


def icon(name: str, colour: QColor | str | None = None, size: int = SIZE) -> QIcon:
    """A Phosphor icon; a colour given as a token's name (``"accent"``; None is text) follows the theme.

    ``size`` is what ``availableSizes`` answers: set the widget's own icon size to the same.
    """
    phosphor.glyph(name)
    return QIcon(_Engine(name, colour if colour is not None else "text", size))


def pixmap(name: str, colour: QColor | str = "text", size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """A cached picture of an icon in today's colours, for delegates and paint events."""
    shown = theme.tokens().named(colour) if isinstance(colour, str) else colour
    return _pixmap(name, shown.rgba(), size, ratio)


@lru_cache(maxsize=512)
def _pixmap(name: str, rgba: int, size: int, ratio: float) -> QPixmap:
    return QPixmap.fromImage(phosphor.draw(name, QColor.fromRgba(rgba), size, ratio))


class _Engine(QIconEngine):
    def __init__(self, name: str, colour: QColor | str, size: int) -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        self._size = size

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        side = min(rect.width(), rect.height())
        at = rect.center() - QPoint((side - 1) // 2, (side - 1) // 2)
        painter.drawPixmap(at, self._drawn(side, ratio, mode))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._drawn(min(size.width(), size.height()), 1.0, mode)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return self._drawn(round(min(size.width(), size.height()) / scale), scale, mode)

    @override
    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    @override
    def availableSizes(self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> list[QSize]:
        return [QSize(self._size, self._size)]

    @override
    def isNull(self) -> bool:
        return False

    def _drawn(self, side: int, ratio: float, mode: QIcon.Mode) -> QPixmap:
        colour = "text2" if mode is QIcon.Mode.Disabled else self._colour
        return pixmap(self._name, colour, max(1, side), ratio)

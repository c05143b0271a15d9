"""A line for a colour: typed as #RRGGBB, or taken from those that suit."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, theme
from profdesk.gui.common.opening_line import OpeningLine

_ACROSS, _SIDE, _GAP, _WORDS = 6, 30, 6, 22
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_ACROSS,
    Qt.Key.Key_Down: _ACROSS,
}
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Swatches(QWidget):
    """Colours in rows, the name of the current one below; arrows go from one to another, Enter takes it."""

    taken = Signal(str)

    def __init__(self, colours: Mapping[str, str]) -> None:
        super().__init__()
        self._colours = tuple(colours.items())
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.go_to("")

    def go_to(self, colour: str) -> None:
        """Stand on a colour, or on the first if it is not here."""
        values = [value for _, value in self._colours]
        self._stand(values.index(colour) if colour in values else 0)

    @override
    def sizeHint(self) -> QSize:
        rows = -(-len(self._colours) // _ACROSS)
        return QSize(_ACROSS * (_SIDE + _GAP) + _GAP, rows * (_SIDE + _GAP) + _GAP + _WORDS)

    def _stand(self, number: int) -> None:
        self._at = number
        name, value = self._colours[number]
        self.setAccessibleName(f"{name}, {value}")
        self.update()

    def _area(self, number: int) -> QRect:
        line, place = divmod(number, _ACROSS)
        return QRect(_GAP + place * (_SIDE + _GAP), _GAP + line * (_SIDE + _GAP), _SIDE, _SIDE)

    def _under(self, event: QMouseEvent) -> int | None:
        there = (number for number in range(len(self._colours)) if self._area(number).contains(event.pos()))
        return next(there, None)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (_, value) in enumerate(self._colours):
            area = QRectF(self._area(number))
            painter.setPen(QPen(tokens.control, 1))
            painter.setBrush(QColor(value))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            if number == self._at:
                painter.setPen(QPen(tokens.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(area.adjusted(-3, -3, 3, 3), 6, 6)
        painter.setPen(tokens.text)
        painter.setFont(fonts.font(fonts.CAPTION))
        line = QRect(_GAP, self.height() - _WORDS, self.width() - 2 * _GAP, _WORDS)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._colours[self._at][0])
        painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._stand(min(max(self._at + _STEPS[key], 0), len(self._colours) - 1))
        elif key in _TAKE:
            self.taken.emit(self._colours[self._at][1])
        else:
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._under(event)
        if number is not None:
            self._stand(number)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._under(event)
        if number is not None:
            self.taken.emit(self._colours[number][1])


class ColourLine(OpeningLine):
    """The colours offered are behind the swatch at its beginning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Выбрать цвет", QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._popup: QFrame | None = None
        self.swatches = Swatches({"чёрный": "#000000"})
        self.setMaxLength(7)
        self.textChanged.connect(lambda _: self._show_colour())
        theme.notifier().changed.connect(self._show_colour)
        self._show_colour()

    def offer(self, colours: Mapping[str, str]) -> None:
        """Say which colours there are to choose from, by their names."""
        self.swatches = Swatches(colours)

    @override
    def open_choice(self) -> None:
        if self._popup is None:
            self._popup = QFrame(self, Qt.WindowType.Popup)
            self._popup.setFrameShape(QFrame.Shape.StyledPanel)
            column = QVBoxLayout(self._popup)
            column.setContentsMargins(4, 4, 4, 4)
            column.addWidget(self.swatches)
            self._popup.setFocusProxy(self.swatches)
            self.swatches.taken.connect(self._take)
        self.swatches.go_to(self.text().upper())
        self._popup.adjustSize()
        self._popup.move(self.mapToGlobal(self.rect().bottomLeft()))
        self._popup.show()
        self.swatches.setFocus()

    def _take(self, colour: str) -> None:
        if self._popup is not None:
            self._popup.close()
        self.setText(colour)
        self.setFocus()

    def _show_colour(self) -> None:
        picture = QPixmap(32, 32)
        picture.setDevicePixelRatio(2)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.tokens().control)
        colour = QColor.fromString(self.text())
        painter.setBrush(colour if colour.isValid() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(0.5, 0.5, 15, 15), 3, 3)
        painter.end()
        self.sign.setIcon(QIcon(picture))

"""The tabs of a page: quiet words, bold and underlined where one is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, theme

_HEIGHT, _PAD, _APART, _LINE = 34, 4, 18, 2


class TabBar(QTabBar):
    """The views it turns are the page's own; each tab keeps the width it has when it is in front."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @override
    def tabSizeHint(self, index: int) -> QSize:
        words = QFontMetrics(fonts.font(fonts.TEXT, bold=True)).horizontalAdvance(self.tabText(index))
        return QSize(words + 2 * _PAD + _APART, _HEIGHT)

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.border)
        over = self.tabAt(self.mapFromGlobal(QCursor.pos())) if self.underMouse() else -1
        for index in range(self.count()):
            current = index == self.currentIndex()
            area = self.tabRect(index).adjusted(0, 0, -_APART, 0)
            painter.setFont(fonts.font(fonts.TEXT, bold=current))
            painter.setPen(colours.text if current or index == over else colours.text2)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.tabText(index))
            if current:
                painter.fillRect(QRect(area.left(), area.bottom() - _LINE, area.width(), _LINE + 1), colours.accent)
        if self.hasFocus() and self.count():
            self._ring(painter, self.tabRect(self.currentIndex()).adjusted(0, 2, -_APART, -_LINE - 3))
        painter.end()

    def _ring(self, painter: QPainter, area: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.tokens().accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 5, 5)

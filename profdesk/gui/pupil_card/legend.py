"""What the lines of the radar mean, and the figures under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, theme
from profdesk.gui.pupil_card import radar

_HEIGHT, _SAMPLE, _GAP, _APART = 18, 24, 6, 20
_FIGURES, _BIG = 36, fonts.TITLE
_CAPTION_LINE = 15


class RadarLegend(QWidget):
    """A sample of the line of now, one of the line before, and what bold names are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = self._before = ""
        self._rose = False
        self.setFixedHeight(_HEIGHT)

    def show_words(self, now: str, before: str, *, rose: bool) -> None:
        """Name the moments (empty: there is no such line), and say whether any name is bold."""
        self._now, self._before, self._rose = now, before, rose
        told = (now and f"сплошная линия: {now}", before and f"прерывистая линия: {before}")
        self.setAccessibleName(", ".join(filter(None, told)))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, x = self.height() / 2, 0.0
        if self._now:
            painter.setPen(QPen(colours.data, radar.NOW))
            painter.drawLine(QPointF(x, middle), QPointF(x + _SAMPLE, middle))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.data)
            painter.drawEllipse(QPointF(x + _SAMPLE / 2, middle), radar.DOT, radar.DOT)
            x = self._write(painter, x + _SAMPLE + _GAP, self._now, strong=False)
        if self._before:
            painter.setPen(radar.dashed(colours.past))
            painter.drawLine(QPointF(x, middle), QPointF(x + _SAMPLE, middle))
            x = self._write(painter, x + _SAMPLE + _GAP, self._before, strong=False)
        if self._rose:
            self._write(painter, x, self.tr("жирным — выросли"), strong=True)
        painter.end()

    def _write(self, painter: QPainter, x: float, words: str, *, strong: bool) -> float:
        font = fonts.font(fonts.CAPTION, bold=strong)
        painter.setFont(font)
        painter.setPen(theme.tokens().text if strong else theme.tokens().text2)
        painter.drawText(QRectF(x, 0, self.width() - x, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        return x + QFontMetricsF(font).horizontalAdvance(words) + _APART


class Figures(QWidget):
    """Large figures side by side, each with two short lines that say of what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[tuple[int, str, str]] = ()
        self.setFixedHeight(_FIGURES)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, shown: Sequence[tuple[int, str, str]]) -> None:
        """Show numbers, each with its two lines."""
        self._shown = shown
        self.setAccessibleName(", ".join(f"{number} {upper} {lower}" for number, upper, lower in shown))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, _FIGURES)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        big, small = fonts.font(_BIG, bold=True), fonts.font(fonts.CAPTION)
        x = 0.0
        for number, upper, lower in self._shown:
            painter.setFont(big)
            painter.setPen(colours.text)
            painter.drawText(QRectF(x, 0, 60, _FIGURES), Qt.AlignmentFlag.AlignVCenter, str(number))
            x += QFontMetricsF(big).horizontalAdvance(str(number)) + 8
            painter.setFont(small)
            painter.setPen(colours.text2)
            top = (_FIGURES - 2 * _CAPTION_LINE) / 2
            for line in (upper, lower):
                painter.drawText(QRectF(x, top, 200, _CAPTION_LINE), Qt.AlignmentFlag.AlignVCenter, line)
                top += _CAPTION_LINE
            x += max(map(QFontMetricsF(small).horizontalAdvance, (upper, lower))) + 1.5 * _APART
        painter.end()

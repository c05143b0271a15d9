"""The totals of a year's graduates as bars: where they went, what is in demand, what was intended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain import graduate_words as words
from profdesk.domain.graduates import Demand, Met, Totals
from profdesk.gui.common import fonts, theme

_ROW, _BAR, _BELOW = 40.0, 8.0, 24.0
_HEAD, _SHARE, _GAP = 130.0, 148.0, 24.0
_MARK, _BETWEEN = 9.0, 12.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TotalsBoard(QWidget):
    """A line for each grade; every part of a bar stands in words above it, a screen reader gets sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._totals: Sequence[Totals] = ()
        self._year = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Итоги выпуска")

    def show_totals(self, totals: Sequence[Totals], year: int) -> None:
        """Show the totals of the grades that anybody finished in a year."""
        self._totals, self._year = [one for one in totals if one.people], year
        told = " ".join(words.sentence(one, year) for one in self._totals)
        self.setAccessibleDescription(told)
        self.setToolTip("\n".join(words.sentence(one, year) for one in self._totals))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(900, round(_ROW * max(1, len(self._totals))))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(600, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, one in enumerate(self._totals):
            top = place * _ROW
            met, demand = self.width() - _SHARE, self.width() - 2 * _SHARE - _GAP
            self._head(painter, one, QRectF(0, top, _HEAD, _ROW))
            self._kinds(painter, one, QRectF(_HEAD, top, demand - _GAP - _HEAD, _ROW))
            wanted = one.demand[Demand.WANTED], one.listed
            self._share(painter, words.demand(one, self._year), wanted, QRectF(demand, top, _SHARE, _ROW))
            intended = one.met[Met.INTENDED], one.compared
            self._share(painter, words.met(one), intended, QRectF(met, top, _SHARE, _ROW))
        painter.end()

    def _head(self, painter: QPainter, one: Totals, area: QRectF) -> None:
        painter.setFont(fonts.font(fonts.TEXT, bold=True))
        painter.setPen(theme.tokens().text)
        painter.drawText(QRectF(area.left(), area.top(), area.width(), 18), _LEFT, words.after(one.grade))
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(theme.tokens().text2)
        told = f"записано {one.written} из {one.people}"
        painter.drawText(QRectF(area.left(), area.top() + 18, area.width(), 16), _LEFT, told)

    def _kinds(self, painter: QPainter, one: Totals, area: QRectF) -> None:
        """The bar in parts, and above it each part's sign with its words as far as there is room."""
        font = fonts.font(fonts.CAPTION)
        metrics = QFontMetricsF(font)
        x, at = area.left(), area.left()
        for code, told, number in words.kinds(one, short=True):
            part = area.width() * number / one.people
            _fill(painter, code, QRectF(at, area.top() + _BELOW, max(2.0, part - 1), _BAR))
            at += part
            label = f"{told} {number}"
            needed = _MARK + 4 + metrics.horizontalAdvance(label)
            if x + needed <= area.right() + 1:
                _fill(painter, code, QRectF(x, area.top() + 5, _MARK, _MARK))
                painter.setFont(font)
                painter.setPen(theme.tokens().text)
                painter.drawText(QRectF(x + _MARK + 4, area.top(), needed, 18), _LEFT, label)
            x += needed + _BETWEEN

    def _share(self, painter: QPainter, told: str, part: tuple[int, int], area: QRectF) -> None:
        colours, (number, among) = theme.tokens(), part
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(colours.text if among else colours.text2)
        painter.drawText(QRectF(area.left(), area.top(), area.width(), 18), _LEFT, told)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(area.left(), area.top() + _BELOW, area.width(), _BAR)
        painter.setBrush(colours.border)
        painter.drawRoundedRect(track, 3, 3)
        if number:
            painter.setBrush(colours.data)
            track.setWidth(max(_BAR, track.width() * number / among))
            painter.drawRoundedRect(track, 3, 3)


def _fill(painter: QPainter, code: str, area: QRectF) -> None:
    """A part in the colour of its kind, with an outline where that is pale; what is not written is outline alone."""
    colours = theme.tokens()
    pale, low, mid, high = colours.stage_fill
    dark = {"school": mid, "college": high, "university": colours.past, "army": colours.text2}
    light = {"work": low, "other": pale, "unknown": colours.border}
    if code in dark:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dark[code])
    else:
        painter.setPen(QPen(colours.control, 1))
        painter.setBrush(light.get(code, Qt.BrushStyle.NoBrush))
        area = area.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(area, 2, 2)

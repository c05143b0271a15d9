"""The profile of a pupil: a bar a scale, published bands behind, ties in brackets, a tick for the former session."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain import results
from profdesk.domain.results import Result
from profdesk.gui.common import fonts, theme
from profdesk.gui.diagnostic_results import profile_rows
from profdesk.gui.diagnostic_results.profile_rows import Bars, Row, Tie

_NAMES, _VALUE, _TIES = 240.0, 36.0, 86.0
_ROW = (20.0, 84.0)
_HEADING, _AXIS = 24.0, 24.0
_BAR = (9.0, 16.0)
_LINE = 16.0
_MOST_LINES = 3
_WRAP = int(Qt.TextFlag.TextWordWrap)
_AT_LEFT, _AT_RIGHT = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Profile(QWidget):
    """Draws the scores of one result; a screen reader gets them in sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = Bars()
        self._result: Result | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Баллы по шкалам"))

    def show_result(self, result: Result, former: Result | None) -> None:
        """Draw a result against a former one, if there is one to compare with."""
        self._result = result
        self._bars = profile_rows.bars(result, former)
        self.setAccessibleDescription(profile_rows.sentences(self._bars, result.instrument))
        self.updateGeometry()
        self.update()

    @override
    def minimumSizeHint(self) -> QSize:
        headings = sum(row.is_heading for row in self._bars.rows)
        rows = (len(self._bars.rows) - headings) * _ROW[0] + headings * _HEADING
        return QSize(440, round(self._top() + rows + _AXIS + self._legend_height()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._result is None or not self._bars.rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        areas = self._areas()
        self._draw_bands(painter, areas[-1].bottom())
        self._draw_axis(painter, areas[-1].bottom())
        self._draw_legend(painter)
        for row, area in zip(self._bars.rows, areas, strict=True):
            self._draw_row(painter, row, area)
        for tie in self._bars.ties:
            self._draw_tie(painter, tie, areas[tie.first], areas[tie.last])
        painter.end()

    # -- places ----------------------------------------------------------------------------------

    def _plot(self) -> tuple[float, float]:
        return _NAMES, max(_NAMES + 60, self.width() - _VALUE - _TIES)

    def _x(self, value: Fraction) -> float:
        left, right = self._plot()
        return left + (right - left) * float((value - self._bars.least) / (self._bars.most - self._bars.least))

    def _areas(self) -> list[QRectF]:
        rows, top = self._bars.rows, self._top()
        headings = sum(row.is_heading for row in rows)
        room = self.height() - top - _AXIS - self._legend_height() - headings * _HEADING
        height = max(_ROW[0], min(_ROW[1], room / max(1, len(rows) - headings)))
        found = []
        for row in rows:
            found.append(QRectF(0, top, self.width(), _HEADING if row.is_heading else height))
            top += found[-1].height()
        return found

    def _top(self) -> float:
        if not self._bars.bands:
            return 4.0
        return 4.0 + _LINE * max(1, self._band_lines())

    def _band_lines(self) -> int:
        """How many lines the names of the bands take over them; 0 where they do not fit."""
        metrics, lines = QFontMetricsF(fonts.font(fonts.CAPTION)), 1
        for band in self._bars.bands:
            room = self._x(band.high) - self._x(band.low) - 6
            if any(metrics.horizontalAdvance(word) > room for word in band.title.split()):
                return 0
            tall = metrics.boundingRect(QRectF(0, 0, room, 1000), _WRAP, band.title).height()
            lines = max(lines, round(tall / metrics.height()))
        return lines if lines <= _MOST_LINES else 0

    def _legend(self) -> str:
        """What the numbers over the bands stand for; empty where their names fit over them."""
        if self._result is None or not self._bars.bands or self._band_lines():
            return ""
        named = (f"{number} — {band.title}" for number, band in enumerate(self._bars.bands, 1))
        return self.tr("Уровни: {bands}").format(bands="; ".join(named))

    def _legend_height(self) -> float:
        words = self._legend()
        metrics = QFontMetricsF(fonts.font(fonts.CAPTION))
        return metrics.boundingRect(QRectF(0, 0, self.width(), 1000), _WRAP, words).height() + 4 if words else 0.0

    # -- drawing ---------------------------------------------------------------------------------

    def _draw_bands(self, painter: QPainter, bottom: float) -> None:
        colours, top, named = theme.tokens(), self._top(), self._band_lines()
        painter.setFont(fonts.font(fonts.CAPTION))
        for number, band in enumerate(self._bars.bands):
            area = QRectF(self._x(band.low), top, self._x(band.high) - self._x(band.low), bottom - top)
            painter.fillRect(area, colours.line if number % 2 else colours.alt)
            painter.fillRect(QRectF(area.right(), top, 1, area.height()), colours.border)
            head = QRectF(area.left() + 2, 0, area.width() - 4, top - 2)
            painter.setPen(colours.text2)
            words = band.title if named else str(number + 1)
            flags = _WRAP | int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            painter.drawText(head, flags, words)
        if not self._bars.bands:
            left, right = self._plot()
            painter.fillRect(QRectF(left, top, right - left, bottom - top), colours.alt)

    def _draw_axis(self, painter: QPainter, bottom: float) -> None:
        colours = theme.tokens()
        painter.setFont(fonts.font(fonts.CAPTION))
        for mark in profile_rows.marks(self._bars.least, self._bars.most):
            x = self._x(mark)
            if not self._bars.bands or not mark:
                painter.fillRect(QRectF(x, self._top(), 1, bottom - self._top()), colours.border)
            painter.setPen(colours.text2)
            words = results.plain_number(mark)
            painter.drawText(QRectF(x - 20, bottom, 40, _AXIS), Qt.AlignmentFlag.AlignCenter, words)

    def _draw_legend(self, painter: QPainter) -> None:
        painter.setPen(theme.tokens().text2)
        tall = self._legend_height()
        painter.drawText(QRectF(0, self.height() - tall, self.width(), tall), _WRAP, self._legend())

    def _draw_row(self, painter: QPainter, row: Row, area: QRectF) -> None:
        colours = theme.tokens()
        painter.setPen(colours.text2 if row.is_heading else colours.text)
        painter.setFont(fonts.font(fonts.CAPTION if row.is_heading else fonts.TEXT, row.leads or row.is_heading))
        self._draw_name(painter, row, QRectF(0, area.top(), _NAMES - 12, area.height()))
        if row.score is None:
            return
        left, right = self._plot()
        if row.score.raw is None:
            painter.setPen(colours.text2)
            painter.drawText(QRectF(left + 8, area.top(), right - left, area.height()), _AT_LEFT, row.words)
            painter.drawText(QRectF(right, area.top(), _VALUE, area.height()), _AT_RIGHT, "—")
            return
        self._draw_bar(painter, row, area, row.score.raw)
        painter.setPen(colours.text)
        painter.drawText(QRectF(right, area.top(), _VALUE, area.height()), _AT_RIGHT, row.words)

    def _draw_name(self, painter: QPainter, row: Row, area: QRectF) -> None:
        metrics = painter.fontMetrics()
        whole = metrics.boundingRect(area.toRect(), _WRAP, row.title)
        if whole.height() <= area.height() and whole.width() <= area.width():
            painter.drawText(area, _WRAP | int(_AT_LEFT), row.title)
            return
        words = row.title if metrics.horizontalAdvance(row.title) <= area.width() else row.short or row.title
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(area.width()))
        painter.drawText(area, _AT_LEFT, shown)

    def _draw_bar(self, painter: QPainter, row: Row, area: QRectF, raw: Fraction) -> None:
        colours = theme.tokens()
        tall = max(_BAR[0], min(_BAR[1], area.height() * 0.45))
        start = self._x(min(max(Fraction(0), self._bars.least), self._bars.most))
        end = self._x(raw)
        bar = QRectF(min(start, end), area.center().y() - tall / 2, abs(end - start), tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.data if row.leads else colours.past)
        painter.drawRoundedRect(bar, 3, 3)
        if row.former is not None:
            x, half = self._x(row.former), tall / 2 + 5
            painter.fillRect(QRectF(x - 2, area.center().y() - half, 4, 2 * half), colours.base)
            painter.fillRect(QRectF(x - 1, area.center().y() - half, 2, 2 * half), colours.text)

    def _draw_tie(self, painter: QPainter, tie: Tie, first: QRectF, last: QRectF) -> None:
        colours = theme.tokens()
        x, top, bottom = self.width() - _TIES + 6, first.center().y() - 8, last.center().y() + 8
        painter.setPen(QPen(colours.text2, 1))
        painter.drawPolyline([QPointF(x, top), QPointF(x + 5, top), QPointF(x + 5, bottom), QPointF(x, bottom)])
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(colours.text)
        lines = tie.words.replace(" ", "\n") if bottom - top > 44 else tie.words
        words = QRectF(x + 9, top, _TIES - 15, bottom - top)
        painter.drawText(words.adjusted(0, -4, 0, 4), int(_AT_LEFT), lines)


def limits(result: Result) -> str:
    """What the scores can reach: «баллы, не больше 12»; the bare word where scales differ."""
    shown = profile_rows.bars(result, None)
    if not shown.rows:
        return ""
    if not shown.same_limits:
        return "баллы"
    most = results.points(shown.most, result.instrument)
    return (
        f"баллы от {results.points(shown.least, result.instrument)} до {most}"
        if shown.least
        else (f"баллы, не больше {most}")
    )

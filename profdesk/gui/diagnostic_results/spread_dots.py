"""How a group lies on every scale: a dot for each pupil, equal ones stacked, and the median."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain import results
from profdesk.domain.instrument import Instrument
from profdesk.domain.results import SessionResult, Spread
from profdesk.gui.common import fonts, theme
from profdesk.gui.diagnostic_results import profile_rows

_NAMES, _MIDDLE = 240.0, 64.0
_ROW = (26.0, 64.0)
_HEAD, _TITLE = 20.0, 28.0
_PAD, _GAP = 12.0, 6.0
_DOT = (2.6, 4.5)
_NO_LIMITS = (Fraction(0), Fraction(1))
_AT_LEFT, _AT_RIGHT = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class SpreadDots(QWidget):
    """One row a scale, ranked lists under their titles; a screen reader gets medians and numbers in sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Spread] = ()
        self._instrument: Instrument | None = None
        self._limits = _NO_LIMITS
        self._tallest = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Распределение баллов"))

    def show_result(self, found: SessionResult) -> None:
        """Draw the sheets that count."""
        self._rows, self._instrument = found.spreads(), found.instrument
        self._limits = results.limits(self._rows) if self._rows else _NO_LIMITS
        self._tallest = max((max(Counter(row.values).values()) for row in self._rows if row.values), default=1)
        self.setAccessibleDescription(". ".join(_sentence(row, found.instrument) for row in self._rows))
        self.updateGeometry()
        self.update()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(440, round(_HEAD + self._heads * _TITLE + _ROW[0] * max(1, len(self._rows))))

    @property
    def _heads(self) -> int:
        return len({row.list for row in self._rows if row.list})

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._instrument is None or not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self._heads * _TITLE
        height = max(_ROW[0], min(_ROW[1], (self.height() - _HEAD - room) / len(self._rows)))
        self._draw_axis(painter, room + height * len(self._rows))
        top = _HEAD
        for title, rows in groupby(self._rows, key=lambda row: row.list):
            if title:
                self._draw_title(painter, title, QRectF(0, top, self.width(), _TITLE))
                top += _TITLE
            for row in rows:
                self._draw_row(painter, row, QRectF(0, top, self.width(), height), self._instrument)
                top += height
        painter.end()

    def _x(self, value: Fraction) -> float:
        least, most = self._limits
        left, right = _NAMES + _PAD, self.width() - _MIDDLE - _PAD
        return left + (right - left) * float((value - least) / (most - least))

    def _draw_axis(self, painter: QPainter, height: float) -> None:
        colours = theme.tokens()
        painter.fillRect(QRectF(_NAMES, _HEAD, self.width() - _MIDDLE - _NAMES, height), colours.alt)
        painter.setFont(fonts.font(fonts.CAPTION))
        for mark in profile_rows.marks(*self._limits):
            x = self._x(mark)
            painter.fillRect(QRectF(x, _HEAD, 1, height), colours.border)
            painter.setPen(colours.text2)
            words = results.plain_number(mark)
            painter.drawText(QRectF(x - 20, 0, 40, _HEAD), Qt.AlignmentFlag.AlignCenter, words)
        head = QRectF(self.width() - _MIDDLE - _GAP, 0, _MIDDLE, _HEAD)
        painter.drawText(head, _AT_RIGHT, self.tr("медиана"))

    def _draw_title(self, painter: QPainter, title: str, area: QRectF) -> None:
        painter.fillRect(area, theme.tokens().base)
        painter.setFont(fonts.font(fonts.CAPTION, bold=True))
        painter.setPen(theme.tokens().text2)
        painter.drawText(area, _AT_LEFT, title)

    def _draw_row(self, painter: QPainter, row: Spread, area: QRectF, instrument: Instrument) -> None:
        colours, middle = theme.tokens(), row.middle
        painter.setFont(fonts.font(fonts.TEXT))
        painter.setPen(colours.text)
        self._draw_name(painter, row.title, QRectF(0, area.top(), _NAMES - 10, area.height()))
        words = "—" if middle is None else results.points(middle, instrument)
        painter.drawText(area.adjusted(0, 0, -_GAP, 0), _AT_RIGHT, words)
        if middle is not None:
            x = self._x(middle)
            painter.fillRect(QRectF(x - 1, area.top() + 1, 2, area.height() - 2), colours.past)
        self._draw_dots(painter, row, area)

    def _draw_name(self, painter: QPainter, title: str, area: QRectF) -> None:
        wrap, metrics = int(Qt.TextFlag.TextWordWrap), painter.fontMetrics()
        if metrics.boundingRect(area.toRect(), wrap, title).height() <= area.height():
            painter.drawText(area, wrap | int(_AT_LEFT), title)
        else:
            shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, round(area.width()))
            painter.drawText(area, _AT_LEFT, shown)

    def _draw_dots(self, painter: QPainter, row: Spread, area: QRectF) -> None:
        """As large as the room between two points and the tallest stack allow; where it does not, dots overlap."""
        stacks = Counter(row.values)
        step = self._x(self._limits[0] + 1) - self._x(self._limits[0])
        tall = (area.height() - 4) / self._tallest
        radius = max(_DOT[0], min(_DOT[1], (step - 1) / 2, tall / 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens().data)
        apart = min(2 * radius, (area.height() - 4 - 2 * radius) / max(1, self._tallest - 1))
        for value, count in stacks.items():
            top = area.center().y() - apart / 2 * (count - 1)
            for number in range(count):
                painter.drawEllipse(QPointF(self._x(value), top + apart * number), radius - 0.3, radius - 0.3)


def _sentence(row: Spread, instrument: Instrument) -> str:
    if row.middle is None:
        return f"{row.title}: баллов нет"
    told = (f"{results.points(value, instrument)} у {count}" for value, count in Counter(row.values).items())
    return f"{row.title}: медиана {results.points(row.middle, instrument)}, {', '.join(told)}"

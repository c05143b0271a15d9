"""How the year goes: portfolios begun by the end of each month, beside the year before and the target."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain.overview import MONTHS, Course
from profdesk.domain.overview_words import MONTHS as MONTH_NAMES
from profdesk.domain.overview_words import decimal
from profdesk.gui.common import fonts, theme

_TICKS = (0, 25, 50, 75, 100)
_AXIS, _TOP, _MONTHS, _END = 30.0, 10.0, 22.0, 50.0
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class YearChart(QWidget):
    """Now a line with dots, before a dashed one, the target dashed across; all told in words too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now: Course | None = None
        self._before: Course | None = None
        self._target: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_years(self, now: Course, before: Course, target: float | None) -> None:
        """Show a year beside the one before; ``target`` is a part of one."""
        self._now, self._before, self._target = now, before, target
        self.setAccessibleName(self.tr("Начатые портфолио по месяцам"))
        aim = "" if target is None else f". Цель {_percent(target)}"
        self.setAccessibleDescription(". ".join(filter(None, (_sentence(now), _sentence(before)))) + aim)
        self.update()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, 120)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._now is None or self._before is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(_AXIS, _TOP, self.width() - _AXIS - _END, self.height() - _TOP - _MONTHS)
        self._axes(painter, area)
        colours = theme.tokens()
        if self._target is not None:
            y = area.bottom() - area.height() * min(1.0, self._target)
            painter.setPen(QPen(colours.text, 1.4, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.drawText(QRectF(area.right() + 6, y - 9, _END - 6, 18), _LEFT, self.tr("цель"))
        former = _points(self._before.shares, area)
        painter.setPen(QPen(colours.past, 1.6, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF(former))
        self._now_line(painter, _points(self._now.shares, area), self._now.shares)
        painter.end()

    def _axes(self, painter: QPainter, area: QRectF) -> None:
        colours = theme.tokens()
        painter.setFont(fonts.font(fonts.CAPTION))
        for tick in _TICKS:
            y = round(area.bottom() - area.height() * tick / 100)
            painter.fillRect(QRectF(area.left(), y, area.width(), 1), colours.line)
            if tick % 50 == 0 or area.height() > 100:
                painter.setPen(colours.text2)
                painter.drawText(QRectF(0, y - 9, _AXIS - 8, 18), _RIGHT, str(tick))
        painter.setPen(colours.text2)
        for month, name in enumerate(MONTH_NAMES):
            x = area.left() + area.width() * month / (MONTHS - 1)
            painter.drawText(QRectF(x - 20, area.bottom() + 4, 40, 18), _CENTRE, name)

    def _now_line(self, painter: QPainter, points: Sequence[QPointF], shares: Sequence[float]) -> None:
        colours = theme.tokens()
        painter.setPen(QPen(colours.data, 2))
        painter.drawPolyline(QPolygonF(points))
        for place, point in enumerate(points):
            last = place == len(points) - 1
            painter.setBrush(colours.data if last else colours.base)
            painter.drawEllipse(point, 4.5 if last else 3.5, 4.5 if last else 3.5)
        if points:
            painter.setFont(fonts.font(fonts.TEXT, bold=True))
            painter.setPen(colours.text)
            end = points[-1]
            above = max(_TOP - 10, end.y() - 24)
            words = _percent(shares[-1])
            beside = QRectF(end.x() + 8, above, painter.fontMetrics().horizontalAdvance(words) + 2, 18)
            painter.fillRect(beside, colours.base)
            painter.drawText(beside, _LEFT, words)


def _points(shares: Sequence[float], area: QRectF) -> Sequence[QPointF]:
    step = area.width() / (MONTHS - 1)
    return [
        QPointF(area.left() + step * month, area.bottom() - area.height() * one) for month, one in enumerate(shares)
    ]


def _percent(share: float) -> str:
    return f"{decimal(round(share * 100))} %"


def _sentence(course: Course) -> str:
    told = (f"{name} {_percent(share)}" for name, share in zip(MONTH_NAMES, course.shares, strict=False))
    return f"{course.year.title}: {', '.join(told)}" if course.shares else ""

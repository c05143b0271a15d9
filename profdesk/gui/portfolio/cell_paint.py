"""Pictures of one cell: a filled stage, a blank to be filled, a stage not yet committed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from profdesk.gui.common import fonts, theme
from profdesk.gui.portfolio.sheet import Look

RADIUS = 3.0
_MARK = 12.5
_TRIANGLE = (7.0, 5.0)
_RING = 2.9
_CORNER = 6.0


def stage_fill(stage: int) -> QColor:
    """The fill of a stage; stages past the theme's last share its colour."""
    fills = theme.tokens().stage_fill
    return fills[min(stage, len(fills) - 1)]


def stage_ink(stage: int) -> QColor:
    """The colour of a stage's digit and marks."""
    inks = theme.tokens().stage_digit
    return inks[min(stage, len(inks) - 1)]


def draw(painter: QPainter, area: QRectF, look: Look, *, bold: bool = False) -> None:
    """Draw a cell without its gutters into ``area``; a pending one is outlined and not filled."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = _box(painter, area, look)
    if look.noted:
        corner(painter, area, theme.tokens().text2 if look.stage is None else ink)
    if look.stage is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(area.center(), 1.5, 1.5)
        return
    painter.setFont(fonts.font(fonts.TEXT, bold))
    painter.setPen(ink)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(look.stage))
    aside = QPointF(min(_MARK, area.width() / 2 - 6), 0)
    if look.trend:
        triangle(painter, area.center() + aside, look.trend, ink)
    if look.disputed:
        ring(painter, area.center() - aside, ink)


def triangle(painter: QPainter, middle: QPointF, trend: int, ink: QColor) -> None:
    """A small triangle, upwards for growth, downwards for a fall."""
    width, height = _TRIANGLE
    tip = -height / 2 if trend > 0 else height / 2
    points = [QPointF(-width / 2, -tip), QPointF(width / 2, -tip), QPointF(0, tip)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([middle + point for point in points]))


def ring(painter: QPainter, middle: QPointF, ink: QColor) -> None:
    """A small ring: another rater gave another stage."""
    painter.setPen(QPen(ink, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(middle, _RING, _RING)


def corner(painter: QPainter, area: QRectF, ink: QColor, scale: float = 1.0) -> None:
    """The right upper corner of a cell, turned down."""
    rounded = QPainterPath()
    rounded.addRoundedRect(area, RADIUS, RADIUS)
    turned = QPainterPath(area.topRight())
    turned.lineTo(area.topRight() - QPointF(_CORNER * scale, 0))
    turned.lineTo(area.topRight() + QPointF(0, _CORNER * scale))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPath(rounded.intersected(turned))


def _box(painter: QPainter, area: QRectF, look: Look) -> QColor:
    """Draw the background and give the colour of what stands on it."""
    colours = theme.tokens()
    inner = area.adjusted(0.5, 0.5, -0.5, -0.5)
    if look.pending:
        pen = QPen(colours.accent, 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(colours.base)
        painter.drawRoundedRect(inner, RADIUS, RADIUS)
        return colours.accent_text
    if look.stage is None:
        painter.setPen(colours.border)
        painter.setBrush(colours.base)
        painter.drawRoundedRect(inner, RADIUS, RADIUS)
        return colours.past
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(stage_fill(look.stage))
    painter.drawRoundedRect(area, RADIUS, RADIUS)
    return stage_ink(look.stage)


class Pictures:
    """Cells drawn once for each look, size, pixel ratio and theme."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[Look, int, int, float, float, int], QPixmap] = {}

    def get(self, look: Look, size: QSize, ratio: float, scale: float = 1.0) -> QPixmap:
        """The picture of a cell ``size`` logical pixels large; ``scale`` is how many times the usual its signs are."""
        key = (look, size.width(), size.height(), ratio, scale, id(theme.tokens()))
        found = self._drawn.get(key)
        if found is None:
            found = QPixmap(size * ratio)
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.scale(scale, scale)
            draw(painter, QRectF(0, 0, size.width() / scale, size.height() / scale), look)
            painter.end()
            self._drawn[key] = found
        return found

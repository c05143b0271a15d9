"""The portfolio now against an earlier moment, drawn as a radar with the names around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain.growth import Compared, Comparison
from profdesk.gui.common import fonts, theme

_NAMES = QSize(112, 42)
_GAP = 9.0
_LEAST = 60.0
_DOT = 3.2
_TINT = 40
_STEEP, _LEVEL = 0.25, 0.01


class Radar(QWidget):
    """Bold names rose; a competency without a stage leaves a gap in the line, never a zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Comparison | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(400, 300)
        self.setAccessibleName(self.tr("Портфолио сейчас и раньше"))

    def show_comparison(self, found: Comparison) -> None:
        """Draw a comparison; a screen reader gets the same in sentences."""
        self._found = found
        self.setAccessibleDescription(". ".join(map(_sentence, found.rows)))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, 440)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        found = self._found
        if found is None or len(found.rows) < 3:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        web, names = self._laid_out(found)
        self._draw_web(painter, web)
        colours = theme.tokens()
        before = [row.before for row in found.rows]
        now = [row.now for row in found.rows]
        _draw_line(painter, web, before, QPen(colours.past, 1.6, Qt.PenStyle.DashLine), None)
        _draw_line(painter, web, now, QPen(colours.data, 2), colours.data)
        for name in names:
            _draw_name(painter, name)
        painter.end()

    def _laid_out(self, found: Comparison) -> tuple[_Web, Sequence[_Name]]:
        """The largest web around which all names have room, moved so far that none is cut."""
        centre = QPointF(self.width() / 2, self.height() / 2)
        radius = min(self.width() / 2 - _NAMES.width(), self.height() / 2 - _NAMES.height()) - _GAP
        while True:
            web = _Web(centre, radius, len(found.rows), max(stage.value for stage in found.scale))
            names = _placed([self._name(web, place, row) for place, row in enumerate(found.rows)])
            top, bottom = min(name.area.top() for name in names), max(name.area.bottom() for name in names)
            if bottom - top <= self.height() or radius <= _LEAST:
                break
            radius -= _GAP
        down = max(0.0, -top) - max(0.0, bottom - self.height())
        web.centre += QPointF(0, down)
        for name in names:
            name.area.translate(0, down)
        return web, names

    def _draw_web(self, painter: QPainter, web: _Web) -> None:
        colours = theme.tokens()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.border, 1))
        for stage in range(1, web.highest + 1):
            painter.drawPolygon(QPolygonF([web.point(place, stage) for place in range(web.axes)]))
        for place in range(web.axes):
            painter.drawLine(web.centre, web.point(place, web.highest))
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(colours.text2)
        for stage in range(1, web.highest + 1):
            at = web.point(0, stage)
            painter.drawText(QRectF(at.x() + 4, at.y(), 16, 16), Qt.AlignmentFlag.AlignLeft, str(stage))

    def _name(self, web: _Web, place: int, row: Compared) -> _Name:
        """A name beside the tip of its axis, inside the widget."""
        font = fonts.font(fonts.CAPTION, bold=row.change > 0)
        metrics = QFontMetricsF(font)
        lines = _broken(row.competency.short, metrics, _NAMES.width() - _GAP)
        size = QSizeF(max(map(metrics.horizontalAdvance, lines)), metrics.height() * len(lines))
        tip, angle = web.point(place, web.highest), web.angle(place)
        steep = abs(cos(angle)) < _STEEP
        aside = (1 - cos(angle)) / 2 if steep else float(cos(angle) < 0)
        left = tip.x() + _GAP * cos(angle) - size.width() * aside
        top = tip.y() + _GAP * sin(angle) - size.height() * (1 - sin(angle)) / 2
        left = min(max(1.0, left), self.width() - size.width() - 1)
        return _Name(lines, QRectF(QPointF(left, top), size), row.change > 0, cos(angle) < -_LEVEL)


@dataclass
class _Name:
    """A competency's name and where it stands; ``at_left`` of the centre its lines end at the right."""

    lines: Sequence[str]
    area: QRectF
    rose: bool
    at_left: bool


def _placed(names: Sequence[_Name]) -> Sequence[_Name]:
    """Move names away from each other, up above the centre and down below it; the middle ones stay."""
    middle = sum(name.area.center().y() for name in names) / len(names)
    for upper in (True, False):
        half = [name for name in names if (name.area.center().y() < middle) is upper]
        half.sort(key=lambda name: -name.area.center().y() if upper else name.area.center().y())
        for number, name in enumerate(half):
            for other in half[:number]:
                wide = name.area.adjusted(-3, 0, 3, 0)
                if wide.intersects(other.area):
                    edge = other.area.top() - name.area.height() if upper else other.area.bottom()
                    name.area.moveTop(min(edge, name.area.top()) if upper else max(edge, name.area.top()))
    return names


def _draw_name(painter: QPainter, name: _Name) -> None:
    colours = theme.tokens()
    painter.setFont(fonts.font(fonts.CAPTION, bold=name.rose))
    painter.setPen(colours.text if name.rose else colours.text2)
    height = name.area.height() / len(name.lines)
    side = Qt.AlignmentFlag.AlignRight if name.at_left else Qt.AlignmentFlag.AlignLeft
    for number, line in enumerate(name.lines):
        row = QRectF(name.area.left() - 1, name.area.top() + number * height, name.area.width() + 2, height)
        painter.drawText(row, side | Qt.AlignmentFlag.AlignVCenter, line)


class _Web:
    """Where the stages of each axis lie."""

    def __init__(self, centre: QPointF, radius: float, axes: int, highest: int) -> None:
        self.centre, self.radius, self.axes, self.highest = centre, radius, axes, highest

    def angle(self, place: int) -> float:
        """From the top, clockwise."""
        return 2 * pi * place / self.axes - pi / 2

    def point(self, place: int, stage: float) -> QPointF:
        """A stage on an axis; stage 0 lies a little off the centre, so that it can be seen."""
        share = (stage + 0.25) / (self.highest + 0.25)
        angle = self.angle(place)
        return self.centre + QPointF(cos(angle), sin(angle)) * self.radius * share


def _draw_line(painter: QPainter, web: _Web, stages: Sequence[int | None], pen: QPen, tint: QColor | None) -> None:
    """A closed line through the known stages; over an unknown one it is broken and nothing is filled."""
    points = [None if stage is None else web.point(place, stage) for place, stage in enumerate(stages)]
    known = [point for point in points if point is not None]
    if tint is not None and len(known) == len(points):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint.red(), tint.green(), tint.blue(), _TINT))
        painter.drawPolygon(QPolygonF(known))
    path = QPainterPath()
    for place, point in enumerate(points):
        following = points[(place + 1) % len(points)]
        if point is not None and following is not None:
            path.moveTo(point)
            path.lineTo(following)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.strokePath(path, pen)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    for point in known:
        size = _DOT if tint is not None else 1.8
        painter.drawEllipse(point, size, size)


def _broken(words: str, metrics: QFontMetricsF, room: float) -> list[str]:
    """A name in lines, at spaces, and at its soft hyphens where a word alone is too long."""
    lines: list[str] = []
    for word in words.split(" "):
        plain = word.replace("\u00ad", "")
        joined = f"{lines[-1]} {plain}" if lines else plain
        if lines and metrics.horizontalAdvance(joined) <= room:
            lines[-1] = joined
        elif metrics.horizontalAdvance(plain) > room and "\u00ad" in word:
            first, rest = word.split("\u00ad", 1)
            lines += [f"{first}-", rest.replace("\u00ad", "")]
        else:
            lines.append(plain)
    return lines


def _sentence(row: Compared) -> str:
    name = row.competency.plain_short
    now = "не оценено" if row.now is None else f"стадия {row.now}"
    return f"{name}: {now}" if row.before is None else f"{name}: {now}, раньше {row.before}"

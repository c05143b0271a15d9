"""The portfolio now against an earlier moment, drawn as a radar with the names around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi, sin

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from profdesk.domain.growth import Compared, Comparison
from profdesk.gui.common import fonts, theme
from profdesk.gui.pupil_card import radar_names
from profdesk.gui.pupil_card.radar_names import Name

DASH = (4.0, 2.5)
NOW, BEFORE = 2.0, 1.6
DOT = 3.2
_TINT = 0.16
_FEWEST = 3


class Radar(QWidget):
    """Bold names rose; a competency without a stage leaves a gap in the line, never a zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Comparison | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(400, 280)
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
        if found is None or len(found.rows) < _FEWEST:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        colours = theme.tokens()
        web = _Web(radar_names.radius(_titles(found), self._room), len(found.rows), found.scale[-1].value)
        web.draw(painter)
        now, before = [row.now for row in found.rows], [row.before for row in found.rows]
        web.fill(painter, now, colours.data)
        web.line(painter, before, dashed(colours.past), dot=0)
        web.line(painter, now, QPen(colours.data, NOW), dot=DOT)
        for name in self._names(found):
            _draw_name(painter, name)
        painter.end()

    @property
    def _room(self) -> QSizeF:
        return QSizeF(self.size())

    def _names(self, found: Comparison) -> Sequence[Name]:
        titles = _titles(found)
        return radar_names.place(titles, radar_names.radius(titles, self._room), self._room)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = QPointF(event.pos()) - QPointF(self.width() / 2, self.height() / 2)
            QToolTip.showText(event.globalPos(), self._words_at(at), self)
            return True
        return super().event(event)

    def _words_at(self, at: QPointF) -> str:
        """What a name under the pointer stands for."""
        found = self._found
        if found is None or len(found.rows) < _FEWEST:
            return ""
        for row, name in zip(found.rows, self._names(found), strict=True):
            if name.area.contains(at):
                return f"{row.competency.plain}\n{row.competency.explanation}\n{_stages(row)}"
        return ""


def _titles(found: Comparison) -> Sequence[tuple[str, bool]]:
    """The names and which of them are bold."""
    return [(row.competency.short, row.change > 0) for row in found.rows]


def dashed(colour: QColor) -> QPen:
    """The pen of what was earlier."""
    pen = QPen(colour, BEFORE)
    pen.setDashPattern(DASH)
    return pen


class _Web:
    """Where the stages of each axis lie around the point 0, 0."""

    def __init__(self, radius: float, axes: int, highest: int) -> None:
        self.radius, self.axes, self.highest = radius, axes, highest

    def point(self, place: int, stage: float) -> QPointF:
        """A stage on an axis, clockwise from the top; stage 0 lies a little off the centre, so that it can be seen."""
        angle = 2 * pi * place / self.axes - pi / 2
        return QPointF(cos(angle), sin(angle)) * self.radius * (stage + 0.25) / (self.highest + 0.25)

    def draw(self, painter: QPainter) -> None:
        """Rings, axes and the numbers of the stages beside the first one."""
        colours = theme.tokens()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.border, 1))
        for stage in range(1, self.highest + 1):
            painter.drawPolygon(QPolygonF([self.point(place, stage) for place in range(self.axes)]))
        for place in range(self.axes):
            painter.drawLine(QPointF(), self.point(place, self.highest))
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(colours.text2)
        for stage in range(1, self.highest + 1):
            at = self.point(0, stage)
            painter.drawText(QRectF(at.x() + 4, at.y(), 16, 16), Qt.AlignmentFlag.AlignLeft, str(stage))

    def fill(self, painter: QPainter, stages: Sequence[int | None], colour: QColor) -> None:
        """Tint what lies between the centre and each run of known stages."""
        tint = QColor(colour)
        tint.setAlphaF(_TINT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        for run in _runs(stages):
            points = [self.point(place, stage) for place, stage in run]
            painter.drawPolygon(QPolygonF(points if len(run) == self.axes else [QPointF(), *points]))

    def line(self, painter: QPainter, stages: Sequence[int | None], pen: QPen, *, dot: float) -> None:
        """A line through each run of known stages, closed where all are known, with dots of that radius."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for run in _runs(stages):
            path = QPainterPath()
            path.addPolygon(QPolygonF([self.point(place, stage) for place, stage in run]))
            if len(run) == self.axes:
                path.closeSubpath()
            painter.strokePath(path, pen)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        for run in _runs(stages):
            radius = dot or (BEFORE if len(run) == 1 else 0)
            for place, stage in run:
                painter.drawEllipse(self.point(place, stage), radius, radius)


def _runs(stages: Sequence[int | None]) -> Iterator[Sequence[tuple[int, int]]]:
    """The known stages with their places, in runs of neighbours around the circle."""
    unknown = [place for place, stage in enumerate(stages) if stage is None]
    start = unknown[0] if unknown else 0
    run: list[tuple[int, int]] = []
    for step in range(len(stages)):
        place = (start + step) % len(stages)
        stage = stages[place]
        if stage is not None:
            run.append((place, stage))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _draw_name(painter: QPainter, name: Name) -> None:
    colours = theme.tokens()
    painter.setFont(fonts.font(fonts.CAPTION, bold=name.bold))
    painter.setPen(colours.text if name.bold else colours.text2)
    height = name.area.height() / len(name.lines)
    where = {1: Qt.AlignmentFlag.AlignLeft, 0: Qt.AlignmentFlag.AlignHCenter, -1: Qt.AlignmentFlag.AlignRight}
    for number, line in enumerate(name.lines):
        row = QRectF(name.area.left() - 2, name.area.top() + number * height, name.area.width() + 4, height)
        inside = row.adjusted(2, 0, -2, 0) if name.side else row
        painter.drawText(inside, where[name.side] | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, line)


def _sentence(row: Compared) -> str:
    return f"{row.competency.plain_short}: {_stages(row)}"


def _stages(row: Compared) -> str:
    now = "не оценено" if row.now is None else f"стадия {row.now}"
    return now if row.before is None else f"{now}, раньше {row.before}"

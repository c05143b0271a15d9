"""Competencies by years: the same cells as in the class grid, a dash where the set did not have one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from profdesk.domain import growth
from profdesk.domain.growth import Growth, GrowthCell
from profdesk.domain.programme import Competency, Programme
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common import fonts, theme

_HEAD = 22.0
_ROW = (18.0, 25.0)
_CELL = (18.0, 22.0)
_LEAST_NAME = 164.0
_BORDER_GAP = 3


class GrowthMatrix(QWidget):
    """The latest year stands at the right and is bold; what led to a stage is told under the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._growth: Growth | None = None
        self._programme: Programme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Рост по годам"))

    def show_growth(self, found: Growth, programme: Programme) -> None:
        """Draw a pupil's growth; a screen reader gets every row in a sentence."""
        self._growth, self._programme = found, programme
        self.setAccessibleDescription(". ".join(_sentence(found, place) for place in range(len(found.rows))))
        self.setMinimumSize(self.minimumSizeHint())
        self.update()

    @override
    def minimumSizeHint(self) -> QSize:
        rows = len(self._growth.rows) if self._growth else 1
        years = len(self._growth.years) if self._growth else 1
        return QSize(round(_LEAST_NAME + _CELL[0] * years), round(_HEAD + _ROW[0] * rows))

    # -- where things lie ------------------------------------------------------------------------

    def _sizes(self, found: Growth) -> tuple[float, float, float]:
        """Height of a row, width of a cell, and where the cells begin."""
        height = max(_ROW[0], min((self.height() - _HEAD) / max(1, len(found.rows)), _ROW[1]))
        wide = max(_CELL[0], min((self.width() - _LEAST_NAME) / max(1, len(found.years)), _CELL[1]))
        return height, wide, self.width() - wide * len(found.years)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        found = self._growth
        if found is None or not found.rows:
            return
        height, wide, left = self._sizes(found)
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = Qt.AlignmentFlag.AlignCenter
        for place, group in enumerate(found.years):
            last = place == len(found.years) - 1
            painter.setFont(fonts.font(fonts.CAPTION, bold=last))
            painter.setPen(colours.text if last else colours.text2)
            painter.drawText(QRectF(left + place * wide, 0, wide, _HEAD), centre, _year(group.name.grade))
        font = fonts.font(fonts.TEXT)
        for number, (competency, cells) in enumerate(zip(found.competencies.items, found.rows, strict=True)):
            top = _HEAD + number * height
            painter.setFont(font)
            painter.setPen(colours.text)
            name = QFontMetricsF(font).elidedText(competency.plain_short, Qt.TextElideMode.ElideRight, left - 8)
            painter.drawText(QRectF(0, top, left, height), Qt.AlignmentFlag.AlignVCenter, name)
            for place, cell in enumerate(cells):
                area = QRectF(left + place * wide, top, wide, height)
                gap = _BORDER_GAP if place in found.level_starts else 1
                self._draw_cell(painter, area.adjusted(gap, 1, -1, -1), cell, last=place == len(cells) - 1)
        for place in found.level_starts:
            bottom = _HEAD + height * len(found.rows)
            painter.fillRect(QRectF(left + place * wide, _HEAD, 1, bottom - _HEAD), colours.control)
        painter.end()

    def _draw_cell(self, painter: QPainter, area: QRectF, cell: GrowthCell, *, last: bool) -> None:
        """A blank of the last year is outlined as in the class grid, since it is still to be done."""
        colours = theme.tokens()
        painter.setFont(fonts.font(fonts.CAPTION))
        centre = Qt.AlignmentFlag.AlignCenter
        if not cell.in_set:
            painter.setPen(colours.control)
            painter.drawText(area, centre, "–")
        elif cell.stage is None:
            if last:
                painter.setPen(colours.border)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.past)
            painter.drawEllipse(area.center(), 1.4, 1.4)
        else:
            shade = min(cell.stage, len(colours.stage_fill) - 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.stage_fill[shade])
            painter.drawRoundedRect(area, 3, 3)
            painter.setPen(colours.stage_digit[shade])
            painter.drawText(area, centre, str(cell.stage))

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.words_at(event.pos())
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def words_at(self, at: QPoint) -> str:
        """What is under a point: competency, year, stage and what led to it; empty beside the cells."""
        found = self._growth
        if found is None:
            return ""
        height, wide, left = self._sizes(found)
        row, column = int((at.y() - _HEAD) // height), int((at.x() - left) // wide)
        if not (0 <= row < len(found.rows)):
            return ""
        competency = found.competencies.items[row]
        if not 0 <= column < len(found.years):
            return f"{competency.plain}\n{competency.source}"
        cell, group = found.rows[row][column], found.years[column]
        head = f"{competency.plain}\n{group.name.title}, {SchoolYear(group.year).title} учебный год"
        if not cell.in_set:
            return f"{head}\nТакой компетенции в наборе уровня не было"
        parts = [_stage(stage) if one == competency else f"{one.plain}: {_stage(stage)}" for one, stage in cell.former]
        return "\n".join([head, *parts, *self._rule(found, competency, cell)])

    def _rule(self, found: Growth, competency: Competency, cell: GrowthCell) -> Sequence[str]:
        """How the stage of former competencies was come by, and whose opinion it is that they lead here."""
        if self._programme is None or [one for one, _ in cell.former] == [competency]:
            return ()
        several = ["Показана наименьшая стадия: целое сложилось не дальше своей части"] if len(cell.former) > 1 else []
        return [*several, *growth.sources(self._programme, found.competencies, competency.code)]


def _year(grade: int | None) -> str:
    return "сад" if grade is None else str(grade)


def _stage(stage: int | None) -> str:
    return "не оценено" if stage is None else f"стадия {stage}"


def _sentence(found: Growth, place: int) -> str:
    cells = zip(found.years, found.rows[place], strict=True)
    known = [f"{_year(group.name.grade)} {cell.stage}" for group, cell in cells if cell.stage is not None]
    name = found.competencies.items[place].plain_short
    return f"{name}: {', '.join(known) or 'не оценено'}"

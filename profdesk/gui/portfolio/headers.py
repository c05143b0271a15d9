"""The grid's heads: rotated names of competencies, and the frozen column of pupils."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from profdesk.domain.portfolio import Completeness
from profdesk.gui.common import breaking, fonts, icons, theme
from profdesk.gui.portfolio.choice import Choice
from profdesk.gui.portfolio.model import GridModel
from profdesk.gui.portfolio.sheet import Sheet
from profdesk.gui.portfolio.zoom import Zoom

ROW = 19
NAME_LENGTH = 118
NUMBER = 22
HEADER = NAME_LENGTH + NUMBER + 1
_LINE = 14
_PUPIL_NUMBER = 24
PUPIL_NAME = 34
_COUNT_ROOM = 46
_SIGN = 14
_DOWN = " ↓"
"""After the number of the column that digits lead down."""


class GridHeader(QHeaderView):
    """What both heads share: only the sections that changed are drawn anew."""

    def update_sections(self, first: int, last: int) -> None:
        """Draw some sections anew; Qt's own headerDataChanged would lay the whole table out and draw it."""
        begin = self.sectionViewportPosition(first)
        end = self.sectionViewportPosition(last) + self.sectionSize(last)
        area = self.viewport().rect()
        if self.orientation() == Qt.Orientation.Horizontal:
            self.viewport().update(QRect(begin, area.top(), end - begin, area.height()))
        else:
            self.viewport().update(QRect(area.left(), begin, area.width(), end - begin))


class CompetencyHeader(GridHeader):
    """Names from bottom to top, numbers 1, 2, … under them, a rule where another part of the set begins."""

    def __init__(self, model: GridModel, choice: Choice, zoom: Zoom, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._choice = choice
        self._zoom = zoom
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(20)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.follow_zoom()

    def follow_zoom(self) -> None:
        """Take the height that the names need."""
        self.setFixedHeight(self._zoom.room(HEADER))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._zoom.room(HEADER))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        sheet = self._model.sheet
        if sheet is None:
            return
        colours = theme.tokens()
        chosen = self._choice.has_column(logical_index)
        painter.save()
        if chosen:
            painter.fillRect(rect, colours.accent_soft)
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, colours.accent)
        else:
            tint(painter, rect, sheet)
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.border)
        if logical_index in sheet.part_starts:
            painter.fillRect(rect.left(), rect.top() + 6, 1, rect.height() - 6, colours.control)
        area = self._zoom.enter(painter, rect)
        words = str(logical_index + 1)
        if self._choice.down and logical_index == self._choice.current[1]:
            words += _DOWN
        painter.setFont(fonts.font(fonts.CAPTION, bold=chosen))
        painter.setPen(colours.accent_text if chosen else colours.text2)
        painter.drawText(QRect(0, NAME_LENGTH, area.width(), NUMBER), Qt.AlignmentFlag.AlignCenter, words)
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(colours.text)
        self._name(painter, area.width(), sheet.competencies[logical_index].short)
        painter.restore()

    def _name(self, painter: QPainter, width: int, name: str) -> None:
        broken = head_lines(name, width)
        painter.translate(width / 2, NAME_LENGTH)
        painter.rotate(-90)
        top = -_LINE * len(broken) / 2
        for number, line in enumerate(broken):
            area = QRectF(0, top + number * _LINE, NAME_LENGTH, _LINE)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, line)


def head_lines(name: str, width: int) -> list[str]:
    """The lines of a competency's name in a column ``width`` pixels wide."""
    metrics = QFontMetricsF(fonts.font(fonts.CAPTION))
    return breaking.lines(name, NAME_LENGTH, width // _LINE, metrics.horizontalAdvance)


class PupilHeader(GridHeader):
    """Number, name, how many competencies are assessed where some are missing, and a sign of completeness."""

    def __init__(self, model: GridModel, choice: Choice, zoom: Zoom, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self._choice = choice
        self._zoom = zoom
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(1)
        self.follow_zoom()
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def follow_zoom(self) -> None:
        """Take the height of a row."""
        self.setDefaultSectionSize(self._zoom.length(ROW))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        sheet = self._model.sheet
        if sheet is None:
            return
        colours = theme.tokens()
        chosen = self._choice.has_row(logical_index)
        current = logical_index == self._choice.current[0]
        painter.save()
        if chosen:
            painter.fillRect(rect, colours.accent_soft)
        area = self._zoom.enter(painter, rect)
        painter.setFont(fonts.font(fonts.CAPTION, bold=chosen))
        painter.setPen(colours.accent_text if chosen else colours.text2)
        number = QRect(0, 0, _PUPIL_NUMBER, area.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | middle, str(sheet.number(logical_index)))
        font = fonts.font(fonts.TEXT, bold=current)
        name = area.adjusted(PUPIL_NAME, 0, -_COUNT_ROOM, 0)
        words = QFontMetricsF(font).elidedText(
            sheet.pupils[logical_index].name.short, Qt.TextElideMode.ElideRight, name.width()
        )
        painter.setFont(font)
        painter.setPen(colours.text)
        painter.drawText(name, middle, words)
        self._completeness(painter, area, sheet.completeness(logical_index))
        painter.restore()

    def _completeness(self, painter: QPainter, rect: QRect, known: Completeness) -> None:
        sign = QRect(rect.right() - _SIGN - 10, rect.center().y() - _SIGN // 2 + 1, _SIGN, _SIGN)
        if known.complete:
            ratio = painter.device().devicePixelRatio() * self._zoom.drawing
            painter.drawPixmap(sign.topLeft(), icons.pixmap("check-circle-fill", "ok", _SIGN, ratio))
            return
        painter.setFont(fonts.font(fonts.CAPTION))
        room = QRect(
            rect.right() - _COUNT_ROOM,
            rect.top(),
            sign.left() - 7 - rect.right() + _COUNT_ROOM,
            rect.height(),
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(known.assessed))
        draw_pie(painter, QRectF(sign), known)


def tint(painter: QPainter, area: QRect, sheet: Sheet) -> None:
    """Set off the heads while other marks than the staff's are shown."""
    if not sheet.of_staff:
        painter.fillRect(area, theme.tokens().warn_soft)


def draw_pie(painter: QPainter, area: QRectF, known: Completeness) -> None:
    """A ring filled clockwise from the top by the share assessed."""
    colour = theme.tokens().past
    ring = area.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if known.total and known.assessed:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(ring, 90 * 16, -round(360 * 16 * known.assessed / known.total))

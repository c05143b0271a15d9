"""The grid's heads: rotated names of competencies, and the frozen column of pupils."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from profdesk.domain.portfolio import Completeness
from profdesk.gui.common import fonts, icons, theme
from profdesk.gui.portfolio import breaking
from profdesk.gui.portfolio.choice import Choice
from profdesk.gui.portfolio.model import GridModel
from profdesk.gui.portfolio.sheet import Sheet

ROW = 19
_NAME_LENGTH = 118
_NUMBER = 22
HEADER = _NAME_LENGTH + _NUMBER + 1
_LINE = 14
_PUPIL_NUMBER = 24
_PUPIL_NAME = 34
_COUNT_ROOM = 46
_SIGN = 14


class CompetencyHeader(QHeaderView):
    """Names from bottom to top, numbers 1, 2, … under them, a rule where another part of the set begins."""

    def __init__(self, model: GridModel, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._choice = choice
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(20)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(HEADER)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEADER)

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
            _tint(painter, rect, sheet)
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.border)
        if logical_index in sheet.part_starts:
            painter.fillRect(rect.left(), rect.top() + 6, 1, rect.height() - 6, colours.control)
        number = QRect(rect.left(), rect.top() + _NAME_LENGTH, rect.width(), _NUMBER)
        painter.setFont(fonts.font(fonts.CAPTION, bold=chosen))
        painter.setPen(colours.accent_text if chosen else colours.text2)
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(logical_index + 1))
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(colours.text)
        self._name(painter, rect, sheet.competencies[logical_index].short)
        painter.restore()

    def _name(self, painter: QPainter, rect: QRect, name: str) -> None:
        broken = head_lines(name, rect.width())
        painter.translate(rect.left() + rect.width() / 2, rect.top() + _NAME_LENGTH)
        painter.rotate(-90)
        top = -_LINE * len(broken) / 2
        for number, line in enumerate(broken):
            area = QRectF(0, top + number * _LINE, _NAME_LENGTH, _LINE)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, line)


def head_lines(name: str, width: int) -> list[str]:
    """The lines of a competency's name in a column ``width`` pixels wide."""
    metrics = QFontMetricsF(fonts.font(fonts.CAPTION))
    return breaking.lines(name, _NAME_LENGTH, width // _LINE, metrics.horizontalAdvance)


class PupilHeader(QHeaderView):
    """Number, name, how many competencies are assessed where some are missing, and a sign of completeness."""

    def __init__(self, model: GridModel, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self._choice = choice
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(ROW)
        self.setDefaultSectionSize(ROW)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

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
        painter.setFont(fonts.font(fonts.CAPTION, bold=chosen))
        painter.setPen(colours.accent_text if chosen else colours.text2)
        number = QRect(rect.left(), rect.top(), _PUPIL_NUMBER, rect.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | middle, str(sheet.number(logical_index)))
        font = fonts.font(fonts.TEXT, bold=current)
        name = rect.adjusted(_PUPIL_NAME, 0, -_COUNT_ROOM, 0)
        words = QFontMetricsF(font).elidedText(
            sheet.pupils[logical_index].name.short, Qt.TextElideMode.ElideRight, name.width()
        )
        painter.setFont(font)
        painter.setPen(colours.text)
        painter.drawText(name, middle, words)
        self._completeness(painter, rect, sheet.completeness(logical_index))
        painter.restore()

    def _completeness(self, painter: QPainter, rect: QRect, known: Completeness) -> None:
        sign = QRect(rect.right() - _SIGN - 10, rect.center().y() - _SIGN // 2 + 1, _SIGN, _SIGN)
        if known.complete:
            ratio = painter.device().devicePixelRatio()
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


def _tint(painter: QPainter, area: QRect, sheet: Sheet) -> None:
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


class Corner(QWidget):
    """Stands over the table's corner and names the column of pupils."""

    def __init__(self, model: GridModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._who = ""
        self._total = 0

    def show_words(self, who: str, total: int) -> None:
        """``who`` heads the names («Ученик»), ``total`` is how many competencies there are."""
        self._who = who
        self._total = total
        self.setAccessibleName(self.tr("{who}, оценено из {total}").format(who=who, total=total))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        sheet = self._model.sheet
        if sheet is None:
            return
        colours = theme.tokens()
        painter = QPainter(self)
        _tint(painter, self.rect(), sheet)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.border)
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(colours.text2)
        line = QRect(QPoint(_PUPIL_NAME, _NAME_LENGTH), QSize(self.width() - _PUPIL_NAME - 8, _NUMBER))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | middle, self._who)
        of = self.tr("из {total}").format(total=self._total)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | middle, of)
        painter.end()

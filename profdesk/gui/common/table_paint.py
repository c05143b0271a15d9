"""How tables are drawn: no grid, a line under each row, a bar at the chosen one."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from profdesk.gui.common import chip, fonts, icons, theme, tones
from profdesk.gui.common.columns import Cell
from profdesk.gui.common.table_model import TableModel
from profdesk.gui.common.tones import Tone

ROW = 28
TWO_LINE_ROW = 42
HEADER = 34
BOX_COLUMN = 40
_PAD, _TIGHT = 10, 5
_ASIDE = 24
_BAR = 3
_ICON = 16
_BOX = 16
_TICK = ((3.8, 7.8), (6.4, 10.4), (11.2, 5.0))
_DASH = ((4.0, 7.5), (11.0, 7.5))


class RowDelegate(QStyledItemDelegate):
    """Draws a cell of a ``TableModel``."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        if not isinstance(model, TableModel):
            return
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._background(painter, area, index.column(), chosen)
        heading = model.row(index.row()) is None
        if index.column() < model.layout.first and not heading:
            ticked = model.is_checked(index.row())
            if ticked is not None:
                ticks = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
                box(painter, area, ticks, enabled=self._view.isEnabled())
        elif heading:
            _heading(painter, area, model.cell(index.row(), model.layout.first).text)
        else:
            bold = chosen and index.column() == model.layout.first
            cell(painter, area, model.cell(index.row(), index.column()), bold=bold)
        painter.restore()

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Tell by the tip what is too long for its cell."""
        model = index.model()
        words = ""
        if (
            isinstance(model, TableModel)
            and index.column() >= model.layout.first
            and model.row(index.row()) is not None
        ):
            area: QRect = option.rect
            words = _hidden(model.cell(index.row(), index.column()), area.width())
        QToolTip.showText(event.globalPos(), f"<p>{escape(words)}</p>" if words else "", view)
        return bool(words)

    def _background(self, painter: QPainter, area: QRect, column: int, chosen: bool) -> None:
        colours = theme.tokens()
        if chosen:
            painter.fillRect(area, colours.accent_soft)
            if column == 0:
                painter.fillRect(area.left(), area.top(), _BAR, area.height(), colours.accent)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, colours.line)


def cell(painter: QPainter, area: QRect, shown: Cell, *, bold: bool) -> None:
    """Draw the words of a cell with its icon, fill and second line."""
    pad = _TIGHT if shown.tight else _PAD
    room = area.adjusted(pad, 0, -pad, -1)
    font = fonts.font(fonts.TEXT, bold or shown.look.bold)
    ink = _ink(shown)
    if shown.look.chip and shown.text:
        top = room.top() + (room.height() - chip.HEIGHT) // 2
        chip.draw(painter, room.left(), top, shown.text, shown.look.tone, shown.look.icon)
        return
    if shown.look.soft and shown.text:
        _fill(painter, room, tones.fill(shown.look.tone))
    if shown.look.icon:
        side = _icon_left(room, shown, font)
        top = room.center().y() - _ICON // 2 + 1
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(side, top, icons.pixmap(shown.look.icon, ink, _ICON, ratio))
        if not shown.right:
            room.setLeft(side + _ICON + 6)
    if shown.second:
        top_line = QRect(room.left(), room.top() + 3, room.width(), 18)
        _write(painter, top_line, shown.text, font, ink, right=shown.right)
        below = QRect(room.left(), room.top() + 21, room.width(), 17)
        caption = fonts.font(fonts.CAPTION)
        _write(painter, below, shown.second, caption, theme.tokens().text2, right=shown.right)
    else:
        _write(painter, room, shown.text, font, ink, right=shown.right)


def _hidden(shown: Cell, width: int) -> str:
    """The lines of a cell if one of them is cut, empty if all is in sight."""
    room = width - 2 * (_TIGHT if shown.tight else _PAD)
    icon = _ICON + 6 if shown.look.icon else 0
    needed = QFontMetrics(fonts.font(fonts.TEXT, shown.look.bold)).horizontalAdvance(shown.text) + icon
    below = QFontMetrics(fonts.font(fonts.CAPTION)).horizontalAdvance(shown.second)
    return " — ".join(filter(None, (shown.text, shown.second))) if max(needed, below) > room else ""


def box(painter: QPainter, area: QRect, state: Qt.CheckState, *, enabled: bool) -> None:
    """Draw a check box in the middle of an area, as the style sheet has those of forms."""
    colours = theme.tokens()
    centre = area.center()
    square = QRectF(centre.x() - _BOX / 2 + 2.5, centre.y() - _BOX / 2 + 0.5, _BOX - 1, _BOX - 1)
    filled = state is not Qt.CheckState.Unchecked
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge, inside = (colours.accent, colours.accent) if filled else (colours.control, colours.base)
    if not enabled:
        edge, inside = colours.border, colours.line
    painter.setPen(QPen(edge, 1))
    painter.setBrush(inside)
    painter.drawRoundedRect(square, 4, 4)
    if filled:
        ends = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(colours.on_accent if enabled else colours.text2, 1.8, Qt.PenStyle.SolidLine, *ends))
        corner = square.topLeft()
        sign = _TICK if state is Qt.CheckState.Checked else _DASH
        painter.drawPolyline([corner + QPointF(x, y) for x, y in sign])
    painter.restore()


def _heading(painter: QPainter, area: QRect, words: str) -> None:
    """What heads a group; a long one is shortened in the middle, since a count stands at its end."""
    room, font = area.adjusted(_PAD, 4, -_PAD, -1), fonts.font(fonts.CAPTION, bold=True)
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideMiddle, room.width())
    _write(painter, room, shown, font, theme.tokens().text2, right=False)


def _ink(shown: Cell) -> QColor:
    if shown.look.tone is not Tone.NEUTRAL:
        return tones.ink(shown.look.tone)
    return theme.tokens().text2 if shown.faded else theme.tokens().text


def _icon_left(room: QRect, shown: Cell, font: QFont) -> int:
    if not shown.right:
        return room.left()
    return room.right() - QFontMetrics(font).horizontalAdvance(shown.text) - _ICON - 6


def _fill(painter: QPainter, room: QRect, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(room.adjusted(-4, 3, 4, -3), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _write(painter: QPainter, room: QRect, words: str, font: QFont, ink: QColor, *, right: bool) -> None:
    painter.setFont(font)
    painter.setPen(ink)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)


class TableHeader(QHeaderView):
    """Titles in ``text2`` with a line under them; a caret at the one that orders the rows."""

    def __init__(self, model: TableModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._model = model
        self.ordered_by = -1
        self.backwards = False
        self.setFixedHeight(HEADER)
        self.setMinimumSectionSize(24)
        self.setSectionsClickable(True)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        colours = theme.tokens()
        painter.save()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.border)
        number = logical_index - self._model.layout.first
        ticks = self._model.ticks() if number < 0 else None
        if ticks is not None:
            box(painter, rect, ticks, enabled=self.isEnabled())
        if number >= 0:
            column = self._model.layout.columns[number]
            room = rect.adjusted(_PAD, 0, -_PAD, -1)
            font = fonts.font(fonts.CAPTION)
            if logical_index == self.ordered_by:
                self._caret(painter, room, QFontMetrics(font).horizontalAdvance(column.title), column.right)
            _write(painter, room, column.title, font, colours.text2, right=column.right)
        painter.restore()

    def _caret(self, painter: QPainter, room: QRect, words: int, right: bool) -> None:
        name = "caret-down" if self.backwards else "caret-up"
        left = room.right() - words - 16 if right else room.left() + min(words + 4, room.width() - 12)
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(left, room.center().y() - 5, icons.pixmap(name, "text2", 12, ratio))


def say_nothing(area: QWidget, words: str) -> None:
    """Write in the middle of an empty table why there is nothing in it."""
    painter = QPainter(area)
    painter.setFont(fonts.font(fonts.TEXT))
    painter.setPen(theme.tokens().text2)
    room = area.rect().adjusted(_ASIDE, 0, -_ASIDE, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
    painter.end()

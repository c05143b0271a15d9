"""The list of what is left to do: a big number, what it counts, a line about it, and where Enter leads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from profdesk.domain.overview_words import number
from profdesk.gui.common import chip, fonts, icons, theme
from profdesk.gui.common.tones import Tone
from profdesk.gui.overview.lines import Line

_ROW, _HEADING = 52, 32
_BAR = 3
_LEFT, _NUMBER, _GAP, _RIGHT, _APART = 16, 66, 14, 20, 16
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_AnyIndex = QModelIndex | QPersistentModelIndex
_AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Lines(QAbstractListModel):
    """Lines under their headings (``str``), which cannot be chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[Line | str] = ()

    def show_rows(self, rows: Sequence[Line | str]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """The line of a row, None for a heading and for a row there is not."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, Line) else None

    @override
    def rowCount(self, parent: _AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def flags(self, index: _AnyIndex) -> Qt.ItemFlag:
        if self.line(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else row.sentence
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Line):
            return row.told.detail
        return None


class TaskList(QListView):
    """Arrows go from line to line, Enter or a click goes where a line leads, Ctrl+Enter or its aside to its list."""

    opened = Signal(object)
    """The Task of a line that leads somewhere."""
    turned_aside = Signal(object)
    """The Task of a line whose list is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _Lines(self)
        self._nothing: tuple[str, str] | None = None
        self.setModel(self._lines)
        self.setItemDelegate(_LineDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._click)
        self._pressed = QPoint()

    def show_lines(self, rows: Sequence[Line | str], nothing: tuple[str, str]) -> None:
        """Show lines under headings; ``nothing`` is what to say and advise where there is none."""
        former = self.line()
        self._lines.show_rows(rows)
        self._nothing = None if rows else nothing
        self.setAccessibleDescription("" if rows else ". ".join(nothing))
        places = [place for place, row in enumerate(rows) if isinstance(row, Line)]
        same = [place for place in places if former is not None and _same(self._lines.line(place), former)]
        for place in (same or places)[:1]:
            self.setCurrentIndex(self._lines.index(place))
        self.viewport().update()

    def lines(self) -> Sequence[Line]:
        """The lines shown, from top to bottom."""
        return [row for row in self._lines.rows if isinstance(row, Line)]

    def line(self) -> Line | None:
        """The current line."""
        return self._lines.line(self.currentIndex().row())

    def _open(self, index: QModelIndex) -> None:
        line = self._lines.line(index.row())
        if line is not None and line.link:
            self.opened.emit(line.task)

    def _turn_aside(self, index: QModelIndex) -> None:
        line = self._lines.line(index.row())
        if line is not None and line.aside:
            self.turned_aside.emit(line.task)

    def _click(self, index: QModelIndex) -> None:
        line = self._lines.line(index.row())
        if line is not None and line.aside and _aside(line, self.visualRect(index)).contains(self._pressed):
            self._turn_aside(index)
        else:
            self._open(index)

    def _step(self, step: int) -> None:
        row = self.currentIndex().row() + step
        while 0 <= row < len(self._lines.rows):
            if self._lines.line(row) is not None:
                self.setCurrentIndex(self._lines.index(row))
                return
            row += step
        if step < 0:
            self.scrollToTop()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turn_aside(self.currentIndex())
        elif key in _ENTER:
            self._open(self.currentIndex())
        elif key in _MOVES:
            self._step(_MOVES[key])
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        line = self._lines.line(self.indexAt(event.position().toPoint()).row())
        leads = line is not None and bool(line.link or line.aside)
        self.viewport().setCursor(QCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._nothing is None:
            return
        painter = QPainter(self.viewport())
        colours, area = theme.tokens(), self.viewport().rect()
        middle = area.center().y() - 40
        ratio = self.devicePixelRatioF()
        sign = icons.pixmap("check-circle-fill", "ok", 40, ratio)
        painter.drawPixmap(area.center().x() - 20, middle - 28, sign)
        for words, px, bold, colour, top in (
            (self._nothing[0], fonts.TITLE, True, colours.text, middle + 24),
            (self._nothing[1], fonts.TEXT, False, colours.text2, middle + 54),
        ):
            painter.setFont(fonts.font(px, bold))
            painter.setPen(colour)
            painter.drawText(QRect(0, top, area.width(), 28), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()


def _link(line: Line, area: QRect) -> QRect:
    """Where the words of a line's link stand in it."""
    wide = QFontMetrics(fonts.font(fonts.TEXT)).horizontalAdvance(line.link)
    return QRect(area.right() - _RIGHT - wide, area.top(), wide, area.height())


def _aside(line: Line, area: QRect) -> QRect:
    """Where the words of the way aside stand, left of the link."""
    wide = QFontMetrics(fonts.font(fonts.TEXT)).horizontalAdvance(line.aside)
    return QRect(_link(line, area).left() - _APART * bool(line.link) - wide, area.top(), wide, area.height())


def _same(one: Line | None, other: Line) -> bool:
    if one is None or one.task.subject is not other.task.subject:
        return False
    figures = (one.task.figure, other.task.figure)
    return len({figure.indicator.code if figure else "" for figure in figures}) == 1


class _LineDelegate(QStyledItemDelegate):
    """Draws a line or a heading."""

    def __init__(self, view: TaskList) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        return QSize(0, _HEADING if self._row(index) is None else _ROW)

    def _row(self, index: _AnyIndex) -> Line | None:
        model = index.model()
        return model.line(index.row()) if isinstance(model, _Lines) else None

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        area: QRect = option.rect
        line = self._row(index)
        painter.save()
        if line is None:
            self._heading(painter, area, str(index.data()), first=index.row() == 0)
        else:
            self._line(painter, area, line, current=self._view.hasFocus() and index == self._view.currentIndex())
        painter.restore()

    def _heading(self, painter: QPainter, area: QRect, words: str, *, first: bool) -> None:
        colours = theme.tokens()
        if not first:
            painter.fillRect(area.left(), area.top() + 2, area.width(), 1, colours.border)
        painter.setFont(fonts.font(fonts.CAPTION, bold=True))
        painter.setPen(colours.text2)
        painter.drawText(area.adjusted(_LEFT, 4, 0, 0), _AT_LEFT, words)

    def _line(self, painter: QPainter, area: QRect, line: Line, *, current: bool) -> None:
        colours = theme.tokens()
        if current:
            painter.fillRect(area, colours.accent_soft)
            painter.fillRect(area.left(), area.top(), _BAR, area.height(), colours.accent)
        painter.setFont(fonts.font(fonts.TITLE, bold=True))
        painter.setPen(colours.text)
        painter.drawText(QRect(0, area.top(), _NUMBER, area.height()), _AT_RIGHT, number(line.task.count))
        painter.setFont(fonts.font(fonts.TEXT))
        painter.setPen(colours.accent_text)
        aside = _aside(line, area)
        painter.drawText(_link(line, area), _AT_RIGHT, line.link)
        painter.drawText(aside, _AT_RIGHT, line.aside)
        room = QRect(area)
        room.setLeft(_NUMBER + _GAP)
        room.setRight(aside.left() - _APART)
        self._words(painter, room, line)

    def _words(self, painter: QPainter, room: QRect, line: Line) -> None:
        colours, told = theme.tokens(), line.told
        top = room.center().y() - 23
        tone, icon = (Tone.BAD, "warning") if told.chip == "срочно" else (Tone.WARN, "clock")
        wide = chip.width(told.chip, icon) + 10 if told.chip else 0
        font, caption = fonts.font(fonts.TEXT), fonts.font(fonts.CAPTION)
        elide = Qt.TextElideMode.ElideRight
        words = QFontMetrics(font).elidedText(told.words, elide, room.width() - wide)
        painter.setFont(font)
        painter.setPen(colours.text)
        painter.drawText(QRect(room.left(), top, room.width(), 24), _AT_LEFT, words)
        if told.chip:
            left = room.left() + QFontMetrics(font).horizontalAdvance(words) + 10
            chip.draw(painter, left, top + 1, told.chip, tone, icon)
        painter.setFont(caption)
        painter.setPen(colours.text2)
        below = QFontMetrics(caption).elidedText(told.detail, elide, room.width())
        painter.drawText(QRect(room.left(), top + 24, room.width(), 20), _AT_LEFT, below)

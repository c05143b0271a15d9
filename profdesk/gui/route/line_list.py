"""A list of a route's lines, written in place: arrows, Enter, Space, Del and the calendar, no other window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from profdesk.domain.route import LineKind, Route, RouteEntry, RouteLine
from profdesk.domain.route_words import Voice
from profdesk.gui.route.line_editor import LineEditor
from profdesk.gui.route.line_paint import LinePaint
from profdesk.gui.route.rows import AnyIndex, RouteRows, Row

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class RouteList(QListView):
    """Shows lines of the kinds it is given; what is typed goes on as a signal, and stays until it is written."""

    submitted = Signal(object, object)
    """RouteEntry, and the RouteLine that it changes (None: a new one)."""
    toggled = Signal(object)
    """RouteLine to be done, or open again."""
    removed = Signal(object)
    """RouteLine to go."""
    crossed = Signal(int)
    """-1 or 1: to the list at left or at right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RouteRows((), self)
        self._paint = LinePaint(self._rows)
        self._born = date.min
        self._editor: LineEditor | None = None
        self._edited: Row | None = None
        self._handed = False
        self._waiting: tuple[Route, Voice, date] | None = None
        self._pressed_sign = False
        self._written = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.clicked.connect(self._click)
        self.doubleClicked.connect(lambda _: self.open_current())

    def set_kinds(self, kinds: Sequence[LineKind], *, written: bool = True) -> None:
        """Say once which kinds of lines are shown, in their order, and whether the user may write any."""
        self._written = written
        verbs = (
            ("Изменить\tEnter", self.open_current),
            ("Сделано или снова не сделано\tПробел", self._toggle),
            ("Убрать\tDel", self._remove),
        )
        for words, verb in (*(verbs if written else ()), ("Скопировать\tCtrl+C", self.copy)):
            action = QAction(words, self)
            action.triggered.connect(lambda _, verb=verb: verb())
            self.addAction(action)
        self._rows = RouteRows(kinds, self, written=written)
        self._paint = LinePaint(self._rows)
        self.setModel(self._rows)
        self.setItemDelegate(_LineDelegate(self, self._paint))

    # -- showing ---------------------------------------------------------------------------------

    def show_route(self, route: Route, spoken: Voice, today: date, born: date) -> None:
        """Show a route as of a day, of somebody born on another; while a line is being typed it waits."""
        self._born = born
        if self._editor is not None and not self._handed:
            self._waiting = (route, spoken, today)
            return
        former = self.current()
        had_focus = self.hasFocus() or self._editor is not None
        self._drop_editor()
        self._rows.show_route(route, spoken, today)
        if former is not None:
            place = self._rows.place_of(former.line.line) if former.line else self._rows.place_to_add(former.kind)
            self._stand(place if place >= 0 else self._rows.place_to_add(former.kind))
        else:
            self._step_from(-1, 1)
        if had_focus:
            self.setFocus()

    def current(self) -> Row | None:
        """The row that keys act on."""
        return self._rows.row(self.currentIndex().row())

    def lines(self) -> Sequence[RouteLine]:
        """The lines shown, from top to bottom."""
        return [row.line for row in self._rows.rows if row.line is not None]

    def follow(self, line: str) -> bool:
        """Stand on a line; False if it is not in this list."""
        place = self._rows.place_of(line)
        if place < 0:
            return False
        self._stand(place)
        self.setFocus()
        return True

    # -- writing ---------------------------------------------------------------------------------

    @property
    def editor(self) -> LineEditor | None:
        """The line being typed, None if there is none."""
        return self._editor

    def add(self, kind: LineKind) -> None:
        """Begin a new line of a kind."""
        self._begin(self._rows.place_to_add(kind))

    def open_current(self) -> None:
        """Change the current line, or begin a new one where that is offered."""
        if self.current() is not None:
            self._begin(self.currentIndex().row())

    def finish(self) -> None:
        """Close a line that is written as it was: nothing will be read again for it."""
        if self._handed:
            self.close_editor()

    def close_editor(self) -> None:
        """Leave what was typed; the list is again as it was, or as it has come to be meanwhile."""
        if self._editor is not None:
            self._drop_editor()
            self.setFocus()
        if self._waiting is not None:
            self.show_route(*self._waiting, self._born)

    def take_typed(self) -> tuple[RouteEntry, str, RouteLine | None] | None:
        """Close a line being typed, before the route of somebody else is shown from its top.

        Gives what was typed, what is wrong with it (""), and which line it changes.
        """
        editor, row = self._editor, self._edited
        typed = editor.typed() if editor is not None and not self._handed else None
        self._waiting = None
        self._drop_editor()
        self.setCurrentIndex(QModelIndex())
        return None if typed is None or row is None else (*typed, row.line)

    def copy(self) -> None:
        """Put the current line on the clipboard, in a sentence."""
        row = self.current()
        if row is not None and row.line is not None:
            QGuiApplication.clipboard().setText(str(self.currentIndex().data()))

    def _begin(self, place: int) -> None:
        self.close_editor()
        row = self._rows.row(place)
        if row is None or not self._written:
            return
        self._stand(place)
        index = self._rows.index(place)
        editor = LineEditor(self, row.kind, self._rows.voice.kinds[row.kind], self._born)
        if row.line is not None:
            editor.put(row.line.entry)
        editor.submitted.connect(self._submit)
        editor.left.connect(self.close_editor)
        self._editor, self._edited, self._handed = editor, row, False
        self.setIndexWidget(index, editor)
        self._lay_out(index)
        editor.setFocus()

    def _submit(self, entry: RouteEntry) -> None:
        if self._edited is not None and not self._handed:
            self._handed = True
            self.submitted.emit(entry, self._edited.line)

    def refuse(self, words: str) -> None:
        """Give a line that could not be written back to whoever typed it."""
        if self._editor is not None and self._handed:
            self._handed = False
            self._editor.tell(words)

    def _drop_editor(self) -> None:
        if self._editor is not None and self._edited is not None:
            self._editor.hide()
            index = self._rows.index(self._rows.rows.index(self._edited))
            self._editor = self._edited = None
            self._handed = False
            self.setIndexWidget(index, None)  # type: ignore[arg-type]
            self._lay_out(self.currentIndex())

    def _lay_out(self, index: QModelIndex) -> None:
        self.doItemsLayout()
        self.scrollTo(index)

    def height_of(self, place: int) -> int:
        """How high a row is: that of a line being typed is as high as its fields."""
        row = self._rows.rows[place]
        if self._editor is not None and row == self._edited:
            return self._editor.sizeHint().height()
        return self._paint.height(row, self.room)

    @property
    def room(self) -> int:
        """How wide lines are: as if there were a bar to scroll by, so that nothing moves when it comes."""
        return self.width() - self.verticalScrollBar().sizeHint().width()

    # -- moving ----------------------------------------------------------------------------------

    def _stand(self, place: int) -> None:
        self.setCurrentIndex(self._rows.index(place))

    def _step_from(self, place: int, step: int) -> None:
        place += step
        while 0 <= place < self._rows.rowCount():
            if self._rows.row(place) is not None:
                self._stand(place)
                return
            place += step
        if step < 0:
            self.scrollToTop()

    def _toggle(self) -> None:
        row = self.current()
        if row is not None and row.line is not None and self._written:
            self.toggled.emit(row.line)

    def _remove(self) -> None:
        row = self.current()
        if row is not None and row.line is not None and self._written:
            self.removed.emit(row.line)

    def _click(self, index: QModelIndex) -> None:
        row = self._rows.row(index.row())
        if row is not None and row.line is None:
            self._begin(index.row())
        elif self._pressed_sign:
            self._toggle()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_sign = self._paint.is_sign(int(event.position().x()))
        super().mousePressEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in _ENTER:
            self.open_current()
        elif key == Qt.Key.Key_Space:
            self._toggle()
        elif key == Qt.Key.Key_Delete:
            self._remove()
        elif key in _MOVES:
            self._step_from(self.currentIndex().row(), _MOVES[key])
        elif key in _ACROSS:
            self.crossed.emit(_ACROSS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            first = key == Qt.Key.Key_Home
            self._step_from(-1 if first else self._rows.rowCount(), 1 if first else -1)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()


class _LineDelegate(QStyledItemDelegate):
    """Asks the list how high a row is, and draws those that are not being typed."""

    def __init__(self, view: RouteList, paint: LinePaint) -> None:
        super().__init__(view)
        self._view = view
        self._paint = paint

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, self._view.height_of(index.row()))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        current = self._view.hasFocus() and index == self._view.currentIndex()
        painter.save()
        self._paint.draw(painter, option.rect, index.row(), self._view.room, current=current)
        painter.restore()

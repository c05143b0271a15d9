"""The table of every list page: columns as values, one chosen row, boxes, groups, order by header."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from time import monotonic
from typing import Any, ClassVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget
from typing_extensions import override

from profdesk.domain.people import fold
from profdesk.gui.common import table_paint
from profdesk.gui.common.columns import Column, Heading
from profdesk.gui.common.table_model import Layout, TableModel
from profdesk.gui.common.table_paint import RowDelegate, TableHeader


class DeskTable(QTableView):
    """Shows rows of any type through ``Column`` values.

    Up and Down choose a row, Enter opens it, Space ticks it, Ctrl+Space or the box in the header tick all,
    letters go to the row that begins with them, Ctrl+C copies rows for a spreadsheet, the menu key offers the
    table's own actions and the orders.
    """

    chosen = Signal(object)
    """The row now current, or None."""
    opened = Signal(object)
    """A row on which Enter or a double click fell."""
    checks_changed = Signal()
    selection_changed = Signal()
    """Other rows are selected, where several may be."""
    header_type: ClassVar[type[TableHeader]] = TableHeader

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TableModel()
        self._renewing = False
        self._typed, self._typed_at = "", 0.0
        self.nothing = ""
        """What the empty table says."""
        self._header = self.header_type(self._model)
        self._delegate = RowDelegate(self)
        self.setModel(self._model)
        self.setHorizontalHeader(self._header)
        self.setItemDelegate(self._delegate)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._header.sectionClicked.connect(self._order_by)
        self._model.checks_changed.connect(self.checks_changed)
        self._model.checks_changed.connect(self._header.viewport().update)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.doubleClicked.connect(self._open)

    # -- contents --------------------------------------------------------------------------------

    def set_columns(
        self,
        columns: Sequence[Column[Any]],
        *,
        key: Callable[[Any], Hashable] = id,
        checkable: Callable[[Any], bool] | None = None,
        faded: Callable[[Any], bool] | None = None,
    ) -> None:
        """Say what is shown; ``key`` tells rows apart, so that the chosen and ticked ones stay so.

        ``checkable`` adds a column of boxes for the rows it is true of; ``faded`` rows are grey.
        """
        self._model.set_layout(Layout(tuple(columns), key, checkable, faded))
        self._header.ordered_by = -1
        two_lines = any(column.second is not None for column in columns)
        height = table_paint.TWO_LINE_ROW if two_lines else table_paint.ROW
        self.verticalHeader().setMinimumSectionSize(table_paint.ROW)
        self.verticalHeader().setDefaultSectionSize(height)
        first = self._model.layout.first
        for number in range(first):
            self._header.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
            self._header.resizeSection(number, table_paint.BOX_COLUMN)
        for number, column in enumerate(columns, first):
            fixed = QHeaderView.ResizeMode.Fixed if column.width else QHeaderView.ResizeMode.Stretch
            self._header.setSectionResizeMode(number, fixed)
            if column.width:
                self._header.resizeSection(number, column.width)

    def select_several(self) -> None:
        """Let several rows be selected: with Shift, Ctrl and Ctrl+A."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def set_rows(self, rows: Sequence[Any], nothing: str = "") -> None:
        """Show rows (and ``Heading`` between groups); the chosen ones stay chosen if they are still there.

        Where there is no row, ``nothing`` says why, in the middle of the table.
        """
        self.nothing = "" if rows else nothing
        self.setAccessibleDescription(self.nothing)
        self._renew(lambda: self._model.set_rows(rows))
        self.viewport().update()

    def rows(self) -> Sequence[Any]:
        """What is shown, in its order."""
        return self._model.rows

    def row(self) -> Any | None:
        """The chosen row."""
        return self._model.row(self.currentIndex().row())

    def selected(self) -> list[Any]:
        """The selected rows, from the top."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for row in map(self._model.row, numbers) if row is not None]

    def copy_selected(self) -> None:
        """Put the words of the selected rows on the clipboard, as spreadsheets take them."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        columns = range(self._model.layout.first, self._model.columnCount())
        lines = ("\t".join(self._model.cell(row, column).text for column in columns) for row in numbers)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def choose(self, key: Hashable) -> bool:
        """Choose a row by its key and bring it into sight; False if it is not shown."""
        number = self._model.number_of(key)
        if number >= 0:
            self._choose(number)
        return number >= 0

    def choose_first(self) -> None:
        """Choose the first row that is not a heading."""
        for number in range(self._model.rowCount()):
            if self._model.row(number) is not None:
                self._choose(number)
                return

    def choose_near(self, number: int) -> None:
        """Choose the row at a place, or the last one if there are fewer now."""
        at = min(number, self._model.rowCount() - 1)
        if self._model.row(at) is not None:
            self._choose(at)

    def checked(self) -> list[Any]:
        """The ticked rows."""
        return self._model.checked()

    def set_checked(self, wanted: Callable[[Any], bool]) -> None:
        """Tick exactly the rows wanted."""
        self._model.set_checked(wanted)

    # -- inside ----------------------------------------------------------------------------------

    def _choose(self, number: int) -> None:
        """Whatever keys are held down: Ctrl would take the row out of the selection."""
        flag = QItemSelectionModel.SelectionFlag
        index = self._model.index(number, self._model.layout.first)
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def _renew(self, change: Callable[[], None]) -> None:
        """Change the rows without losing the chosen ones; ``chosen`` tells only if it is not the same."""
        before, key = self.row(), self._model.layout.key
        kept, at = {key(row) for row in self.selected()}, self.currentIndex().row()
        self._renewing = True
        change()
        self._group_headings()
        self._choose_again(None if before is None else key(before), kept)
        if self.currentIndex().row() != at:
            self.scrollTo(self.currentIndex())
        self._renewing = False
        if self.row() != before:
            self.chosen.emit(self.row())
        self.selection_changed.emit()

    def _choose_again(self, current: Hashable, kept: Collection[Hashable]) -> None:
        first, last = self._model.layout.first, max(0, self._model.columnCount() - 1)
        selection = QItemSelection()
        for number in self._model.numbers_of(kept):
            selection.select(self._model.index(number, 0), self._model.index(number, last))
        how = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, how.ClearAndSelect)
        at = -1 if current is None else self._model.number_of(current)
        self.selectionModel().setCurrentIndex(self._model.index(at, first), how.NoUpdate)

    def _group_headings(self) -> None:
        self.clearSpans()
        for number, row in enumerate(self._model.rows):
            if isinstance(row, Heading):
                self.setSpan(number, 0, 1, max(2, self._model.columnCount()))
                self.setRowHeight(number, table_paint.ROW)

    def _current_changed(self, now: QModelIndex) -> None:
        if not self._renewing:
            self.chosen.emit(self._model.row(now.row()))

    def _selection_changed(self) -> None:
        if not self._renewing:
            self.selection_changed.emit()

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row(index.row())
        if row is not None and index.column() >= self._model.layout.first:
            self.opened.emit(row)

    def _toggle(self, *, everything: bool = False) -> None:
        chosen = (index.row() for index in self.selectionModel().selectedRows())
        self._model.toggle(range(self._model.rowCount()) if everything else chosen)

    def _order_by(self, section: int) -> None:
        if section < self._model.layout.first:
            self._toggle(everything=True)
        if not self._model.can_sort(section):
            return
        again = section == self._header.ordered_by
        self._header.backwards = again and not self._header.backwards
        self._header.ordered_by = section
        order = Qt.SortOrder.DescendingOrder if self._header.backwards else Qt.SortOrder.AscendingOrder
        self._renew(lambda: self._model.sort(section, order))
        self._header.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.nothing:
            table_paint.say_nothing(self.viewport(), self.nothing)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._model.layout.first:
            self._toggle(everything=event.modifiers() == Qt.KeyboardModifier.ControlModifier)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._model.index(self.currentIndex().row(), self._model.layout.first))
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Go to the next row that begins with the letters typed one after another; е finds ё."""
        now = monotonic()
        again = now - self._typed_at < QGuiApplication.styleHints().keyboardInputInterval() / 1000
        self._typed, self._typed_at = (self._typed if again else "") + search, now
        rows, first, wanted = self._model.rowCount(), self._model.layout.first, fold(self._typed)
        start = self.currentIndex().row() + (not again)
        for number in ((start + step) % rows for step in range(rows)):
            if self._model.row(number) is not None and fold(self._model.cell(number, first).text).startswith(wanted):
                self.setCurrentIndex(self._model.index(number, first))
                return

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and 0 <= index.column() < self._model.layout.first:
            self._model.toggle([index.row()])

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addActions([action for action in self.actions() if action.isVisible()])
        menu.addSeparator()
        first = self._model.layout.first
        for number, column in enumerate(self._model.layout.columns, first):
            if column.sort is not None:
                action = menu.addAction(self.tr("Упорядочить: {title}").format(title=column.title))
                action.triggered.connect(lambda _=False, at=number: self._order_by(at))
        if not menu.isEmpty():
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

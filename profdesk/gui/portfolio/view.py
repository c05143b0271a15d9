"""The grid itself: moving, choosing a block, and the keys that set a stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget
from typing_extensions import override

from profdesk.domain.portfolio import Cell
from profdesk.gui.portfolio.choice import Block, Choice
from profdesk.gui.portfolio.corner import Corner
from profdesk.gui.portfolio.delegate import CellDelegate
from profdesk.gui.portfolio.headers import CompetencyHeader, PupilHeader
from profdesk.gui.portfolio.model import GridModel, Index
from profdesk.gui.portfolio.zoom import Zoom

_NAMES = (204, 320)
_CELLS = (43, 84)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_ERASERS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_DOWN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ACROSS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_NOTCH = 120
_CTRL = Qt.KeyboardModifier.ControlModifier


class GridView(QTableView):
    """Pupils and competencies with frozen heads; every other key is the table's own.

    A digit moves the cursor on by itself. Enter or Tab right after it are counted from the cell it was put
    in, as in a spreadsheet, and lead the following digits that way: down the class or across the row.
    """

    stage_given = Signal(object)
    """int for a stage, None to clear: meant for the chosen cells."""
    digit_refused = Signal()
    """A digit was pressed that is no stage."""
    escaped = Signal()
    zoom_turned = Signal(int)
    """How many steps larger, by the wheel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = Choice()
        self.grid = GridModel(self)
        self._stages: frozenset[str] = frozenset()
        self._marked: tuple[int, int] | None = None
        self._turned = 0
        self.zoom = Zoom()
        self._names = PupilHeader(self.grid, self.choice, self.zoom, self)
        self._heads = CompetencyHeader(self.grid, self.choice, self.zoom, self)
        self.corner = Corner(self.grid, self.choice, self.zoom, self)
        self.setHorizontalHeader(self._heads)
        self.setVerticalHeader(self._names)
        self.setModel(self.grid)
        self.setItemDelegate(CellDelegate(self.grid, self.choice, self.zoom, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.grid.modelReset.connect(self._fit)
        self.grid.modelReset.connect(self.corner.follow)
        self.grid.dataChanged.connect(self._follow_data)

    def set_words(self, name: str, who: str, stages: frozenset[int]) -> None:
        """Name the grid for screen readers, head the pupils, and say which digits are stages."""
        self.setAccessibleName(name)
        self.corner.show_who(who)
        self._stages = frozenset(str(stage) for stage in stages)

    def add_verb(self, words: str, keys: Sequence[str], act: Callable[[], None]) -> QAction:
        """Offer a verb by its keys, while they go to the grid, and in the menu of the chosen cells."""
        verb = QAction(words, self)
        verb.setShortcuts([QKeySequence(one) for one in keys])
        verb.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        verb.setShortcutVisibleInContextMenu(True)
        verb.triggered.connect(lambda _: act())
        self.addAction(verb)
        return verb

    # -- the chosen cells ------------------------------------------------------------------------

    def chosen_cells(self) -> tuple[Cell, ...]:
        """The chosen cells row by row."""
        sheet, block = self.grid.sheet, self.choice.block
        if sheet is None or block is None:
            return ()
        return tuple(sheet.cell(row, column) for row, column in block.places())

    def go_to(self, row: int, column: int) -> None:
        """Make one cell current and bring it into view."""
        index = self.grid.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def choose(self, places: Sequence[QModelIndex]) -> None:
        """Choose the rectangle around some cells, its first cell being current."""
        rows = [place.row() for place in places]
        columns = [place.column() for place in places]
        first = self.grid.index(min(rows), min(columns))
        last = self.grid.index(max(rows), max(columns))
        self.go_to(first.row(), first.column())
        whole = QItemSelection(first, last)
        self.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def advance(self) -> None:
        """Go on from the cell that was just marked, round at the end of a row or column."""
        marked = self.choice.current
        self._step(marked, down=self.choice.down)
        self._marked = marked

    def _confirm(self, *, down: bool, back: bool) -> None:
        """Enter or Tab: after a digit they only say which way it leads."""
        if self._marked is None or back:
            self._step(self.choice.current, down=down, back=back)
        else:
            self.choice.down = down
            self._step(self._marked, down=down)

    def _step(self, place: tuple[int, int], *, down: bool, back: bool = False) -> None:
        (row, column), rows, columns = place, self.grid.rowCount(), self.grid.columnCount()
        onward = -1 if back else 1
        spot = (column * rows + row if down else row * columns + column) + onward
        if 0 <= spot < rows * columns:
            self.go_to(*(reversed(divmod(spot, rows)) if down else divmod(spot, columns)))

    def collapse(self) -> None:
        """Leave only the current cell chosen."""
        self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._choose()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._marked = None
        self._choose()

    def _choose(self) -> None:
        self._redraw(self.choice.block)
        selection = self.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.count())]
        self.choice.current = (self.currentIndex().row(), self.currentIndex().column())
        self.choice.block = None
        if ranges:
            self.choice.block = Block(
                min(one.top() for one in ranges),
                min(one.left() for one in ranges),
                max(one.bottom() for one in ranges),
                max(one.right() for one in ranges),
            )
        self._redraw(self.choice.block)
        self.corner.follow()

    def _redraw(self, block: Block | None) -> None:
        """Draw a block with its outline anew, and its heads."""
        if block is None:
            return
        first = self.visualRect(self.grid.index(block.top, block.left))
        last = self.visualRect(self.grid.index(block.bottom, block.right))
        self.viewport().update(first.united(last).adjusted(-2, -2, 2, 2))
        self._names.update_sections(block.top, block.bottom)
        self._heads.update_sections(block.left, block.right)

    def _follow_data(self, first: Index, last: Index) -> None:
        """A stage counts in its pupil's head too."""
        self._names.update_sections(first.row(), last.row())
        self.corner.follow()

    # -- keys ------------------------------------------------------------------------------------

    @override
    def event(self, event: QEvent) -> bool:
        """Take Tab before Qt leaves the grid by it; Ctrl+Tab leaves."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ACROSS:
            if event.modifiers() & _CTRL:
                return self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
            self._confirm(down=False, back=event.key() == Qt.Key.Key_Backtab)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        kept = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _DOWN and kept in (Qt.KeyboardModifier.NoModifier, _SHIFT):
            self._confirm(down=True, back=kept == _SHIFT)
        elif event.modifiers() in _PLAIN and self._take(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        if event.key() in _ERASERS:
            self.stage_given.emit(None)
        elif event.text() in self._stages:
            self.stage_given.emit(int(event.text()))
        elif event.text().isdecimal():
            self.digit_refused.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.collapse()
            self.escaped.emit()
        else:
            return False
        return True

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing here: names are not looked up by a cell's text."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.choice.focused = True
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.choice.focused = False
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & _CTRL:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        steps = int(self._turned / _NOTCH)
        self._turned -= steps * _NOTCH
        if steps:
            self.zoom_turned.emit(steps)
        event.accept()

    # -- room ------------------------------------------------------------------------------------

    def set_zoom(self, percent: int) -> None:
        """Draw everything so large, the current cell staying in view."""
        self.zoom.percent = percent
        self._names.follow_zoom()
        self._heads.follow_zoom()
        self._fit()
        self.updateGeometries()
        self.scrollTo(self.currentIndex())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def updateGeometries(self) -> None:
        super().updateGeometries()
        corner = QRect(0, 0, self._names.width(), self._heads.height())
        self.corner.setGeometry(corner.translated(self.frameWidth(), self.frameWidth()))

    def _fit(self) -> None:
        """Share the width out: all competencies side by side, what is left to the names."""
        columns = self.grid.columnCount()
        if not columns:
            return
        bar = self.verticalScrollBar()
        room = self.contentsRect().width() - (bar.width() if bar.isVisible() else 0)
        least, most = (self.zoom.length(width) for width in _CELLS)
        narrow, wide = (self.zoom.room(width) for width in _NAMES)
        cell = max(least, min((room - narrow) // columns, most))
        names = max(narrow, min(room - cell * columns, wide))
        self._heads.setDefaultSectionSize(cell)
        self._names.setFixedWidth(names)

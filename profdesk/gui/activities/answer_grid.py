"""Counts of answers, a question a row: typed as totals, or counted by the grid from one form after another."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget
from typing_extensions import override

from profdesk.domain import satisfaction
from profdesk.domain.satisfaction import Form, Tally
from profdesk.gui.common import fonts, theme

_ROW, _COUNT, _SHARE = 44, 112, 92
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST = 9999


class AnswerGrid(QTableWidget):
    """Form by form: 1, 2, 3… answer the question and go on to the next, 0 leaves it out, Enter takes the form.

    As totals: digits write the number of a cell, Backspace takes its last one away, Enter goes on to the next cell.
    """

    changed = Signal()
    left_empty = Signal()
    """Enter fell on a form that answers nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tally = Tally()
        self.sheet: dict[str, str] = {}
        """What the form being keyed in answers so far."""
        self.by_form = True
        self._form: Form | None = None
        self._keyed: list[dict[str, str]] = []
        self._fresh = True
        """Whether the next digit begins the number of a cell."""
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.currentCellChanged.connect(self._moved)
        self.cellClicked.connect(self._click)
        theme.notifier().changed.connect(self._dress)

    # -- contents --------------------------------------------------------------------------------

    def take(self, form: Form, tally: Tally) -> None:
        """Show the counts of a form's answers."""
        self._form, self.tally = form, tally
        self.setRowCount(len(form.questions))
        self.setColumnCount(len(form.answers) + 3)
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                cell = QTableWidgetItem(form.questions[row].text if not column else "")
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                cell.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, cell)
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, self.columnCount()):
            self.setColumnWidth(column, _COUNT if column <= len(form.answers) else _SHARE)
        self.key_in(by_form=True)

    def key_in(self, *, by_form: bool) -> None:
        """Take keys form by form, or as totals."""
        self.by_form = by_form
        self.sheet = {}
        one = QAbstractItemView.SelectionMode.SingleSelection
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection if by_form else one)
        form = self._asked
        titles = [f"{number} {one.title}" if by_form else one.title for number, one in enumerate(form.answers, 1)]
        for column, title in enumerate(("", *titles, "ответили", "довольны")):
            head = QTableWidgetItem(title)
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            head.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, head)
        self.setCurrentCell(0, 0 if by_form else 1)
        self._show()

    def set_forms(self, number: int) -> None:
        """Say how many forms came back."""
        self._become(Tally(number, self.tally.counts))

    @property
    def keyed(self) -> int:
        """How many forms were keyed in one by one and can be taken out again."""
        return len(self._keyed)

    def take_out_last(self) -> None:
        """Take the form keyed in last out of the counts again, while forms are keyed in."""
        if self.by_form and self._keyed:
            self._become(self.tally.less(satisfaction.counted([self._keyed.pop()])))

    # -- keys ------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        handled = self._key_of_form(event) if self.by_form else self._key_of_totals(event)
        if not handled:
            super().keyPressEvent(event)

    def _key_of_form(self, event: QKeyEvent) -> bool:
        form, row, typed = self._asked, self.currentRow(), event.text()
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._take_form()
        elif typed.isdecimal() and int(typed) <= len(form.answers):
            self._answer(row, int(typed))
        elif event.key() == Qt.Key.Key_Backspace:
            before = row - 1 if form.questions[row].code not in self.sheet else row
            self.sheet.pop(form.questions[max(0, before)].code, None)
            self.setCurrentCell(max(0, before), 0)
            self._show()
        else:
            return False
        return True

    def _answer(self, row: int, number: int) -> None:
        """Answer a question by the number of the answer, or (0) leave it out; go on to the next question."""
        form = self._asked
        code = form.questions[row].code
        self.sheet.pop(code, None)
        if number:
            self.sheet[code] = form.answers[number - 1].code
        self.setCurrentCell(min(row + 1, self.rowCount() - 1), 0)
        self._show()
        self.changed.emit()

    def _take_form(self) -> None:
        if not self.sheet:
            self.left_empty.emit()
            return
        self._keyed.append(self.sheet)
        sheet, self.sheet = self.sheet, {}
        self.setCurrentCell(0, 0)
        self._become(self.tally.plus(satisfaction.counted([sheet])))

    def _key_of_totals(self, event: QKeyEvent) -> bool:
        typed, key = event.text(), event.key()
        row, column = self.currentRow(), self.currentColumn()
        if key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            place = row * len(self._asked.answers) + column
            self.setCurrentCell(*self._cell(place % (self.rowCount() * len(self._asked.answers))))
        elif self._cell_key() is None:
            return False
        elif typed.isdecimal():
            former = 0 if self._fresh else self._count_here()
            self._put(min(former * 10 + int(typed), _MOST))
        elif key == Qt.Key.Key_Backspace:
            self._put(self._count_here() // 10)
        elif key == Qt.Key.Key_Delete:
            self._put(0)
        else:
            return False
        return True

    def _cell(self, place: int) -> tuple[int, int]:
        """The cell of an answer by its place among all of them."""
        return place // len(self._asked.answers), place % len(self._asked.answers) + 1

    def _cell_key(self) -> tuple[str, str] | None:
        """The question and the answer of the current cell."""
        form, column = self._asked, self.currentColumn() - 1
        if not 0 <= column < len(form.answers):
            return None
        return form.questions[self.currentRow()].code, form.answers[column].code

    def _count_here(self) -> int:
        key = self._cell_key()
        return self.tally.counts.get(key, 0) if key else 0

    def _put(self, count: int) -> None:
        key = self._cell_key()
        if key is not None:
            self._fresh = False
            self._keyed.clear()
            self._become(Tally(self.tally.forms, {**self.tally.counts, key: count}))

    def _moved(self) -> None:
        self._fresh = True
        self._dress()

    def _click(self, row: int, column: int) -> None:
        if self.by_form and 0 < column <= len(self._asked.answers):
            self._answer(row, column)

    # -- showing ---------------------------------------------------------------------------------

    @property
    def _asked(self) -> Form:
        if self._form is None:
            raise RuntimeError("no form is shown")
        return self._form

    def _at(self, row: int, column: int) -> QTableWidgetItem:
        cell = self.item(row, column)
        if cell is None:
            raise IndexError(f"there is no cell {row}, {column}")
        return cell

    def _become(self, tally: Tally) -> None:
        self.tally = tally
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        form = self._asked
        for row, question in enumerate(form.questions):
            counts = [self.tally.counts.get((question.code, one.code), 0) for one in form.answers]
            percent = satisfaction.share(form, self.tally, question.code)
            content = "" if percent is None else f"{percent} %".replace(".", ",")
            for column, words in enumerate([*map(str, counts), str(sum(counts)), content], 1):
                self._at(row, column).setText("" if words == "0" else words)
        self._dress()

    def _dress(self) -> None:
        if self._form is None:
            return
        colours, form = theme.tokens(), self._form
        for row, question in enumerate(form.questions):
            here = self.by_form and row == self.currentRow()
            given = self.sheet.get(question.code, "")
            for column in range(self.columnCount()):
                cell = self._at(row, column)
                chosen = 0 < column <= len(form.answers) and form.answers[column - 1].code == given
                aside = column > len(form.answers)
                cell.setBackground(colours.accent if chosen else colours.accent_soft if here else colours.base)
                cell.setForeground(colours.on_accent if chosen else colours.text2 if aside else colours.text)
                cell.setFont(fonts.font(fonts.TEXT, bold=chosen or (here and not column)))

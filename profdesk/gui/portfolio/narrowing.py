"""«Только не оценённые»: the class narrowed to the pupils who still have blank cells."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import QPushButton

from profdesk.domain.portfolio import Cell
from profdesk.gui.portfolio.sheet import Sheet
from profdesk.gui.portfolio.view import GridView


class Narrowing(QObject):
    """The button that counts the blank cells: pressed, it leaves only the rows that have some.

    Which rows these are is settled when it is pressed, so that none goes away under the cursor.
    """

    def __init__(self, table: GridView, button: QPushButton) -> None:
        super().__init__(table)
        self._table = table
        self._button = button
        button.setToolTip(self.tr("Показать только тех, у кого есть пустые клетки (Shift+F4)"))
        button.toggled.connect(self._apply)
        table.add_verb(self.tr("Только не оценённые"), ["Shift+F4"], button.click)

    def follow(self, sheet: Sheet) -> None:
        """Offer it while there is something blank, or to show the class again."""
        self._button.setEnabled(sheet.blanks > 0 or self._button.isChecked())

    def begin(self, sheet: Sheet) -> None:
        """Narrow another class or term as the one before was, if it has blank cells at all."""
        if sheet.blanks and self._button.isChecked():
            self._table.grid.show_blank_only(True)
        else:
            with QSignalBlocker(self._button):
                self._button.setChecked(False)

    def reveal(self, cells: tuple[Cell, ...]) -> None:
        """Show the whole class again if some cells have no row."""
        if not all(self._table.grid.place(cell).isValid() for cell in cells):
            self._button.setChecked(False)

    def _apply(self, wanted: bool) -> None:
        """Stay at the same cell where it still has a row."""
        sheet, (row, column) = self._table.grid.sheet, self._table.choice.current
        if sheet is None:
            return
        former = sheet.cell(row, column) if row >= 0 else None
        self._table.grid.show_blank_only(wanted)
        place = None if former is None else self._table.grid.place(former)
        if place is not None and place.isValid():
            self._table.go_to(place.row(), place.column())
        else:
            self._table.go_to(*(sheet.next_blank(0, -1) or (0, 0)))
        self.follow(sheet)
        self._table.setFocus()

"""From a cell of the grid to its window and back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from profdesk.domain.rights import Right
from profdesk.gui.common.desk import Desk
from profdesk.gui.portfolio.cell_dialog import CellDialog
from profdesk.gui.portfolio.cell_facts import Subject
from profdesk.gui.portfolio.marking import Marking
from profdesk.gui.portfolio.view import GridView


class CellOpening(QObject):
    """F2, a double click or the menu open the current cell; what is taken over there is an ordinary mark."""

    def __init__(self, desk: Desk, table: GridView, marking: Marking) -> None:
        super().__init__(table)
        self._desk = desk
        self._table = table
        self._marking = marking
        table.add_verb(self.tr("Заметка, файлы, история"), ["F2"], self.open)
        table.doubleClicked.connect(lambda _: self.open())

    def open(self) -> None:
        """Show the current cell from near."""
        sheet, (row, column) = self._table.grid.sheet, self._table.choice.current
        if sheet is None or row < 0:
            return
        subject = Subject(sheet.grid.group, sheet.grid.period, sheet.pupils[row], sheet.competencies[column])
        # Marks for pupils or parents rest on what they think: another rater's stage cannot be answered with them.
        marks = sheet.of_staff and self._desk.may(Right.PORTFOLIO_WRITE)
        occasion = self._marking.occasion if marks else None
        dialog = CellDialog(self._table.window(), self._desk, subject, occasion)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(lambda stage: self._marking.mark([subject.cell], stage))
        dialog.finished.connect(lambda _: self._table.setFocus())
        dialog.open()

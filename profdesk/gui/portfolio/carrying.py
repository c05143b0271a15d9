"""«Как в прошлый раз»: stages of the term before for cells that are still blank."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from profdesk.domain import plural
from profdesk.domain.rights import Right
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.desk import Desk
from profdesk.gui.portfolio.marking import Marking
from profdesk.gui.portfolio.sheet import Sheet
from profdesk.gui.portfolio.view import GridView


class Carrying(QObject):
    """The button and its menu: for the chosen pupils or the whole class, one write and one step to take back."""

    def __init__(self, desk: Desk, table: GridView, marking: Marking, button: QPushButton) -> None:
        super().__init__(table)
        self._desk = desk
        self._table = table
        self._marking = marking
        self._button = button
        allow(
            desk,
            Right.PORTFOLIO_WRITE,
            table.add_verb(self.tr("Как в прошлый раз"), ["Ctrl+Shift+D"], self._carry_chosen),
        )
        menu = QMenu(button)
        self._chosen = menu.addAction("", self._carry_chosen)
        self._all = menu.addAction("", self._carry_all)
        menu.aboutToShow.connect(self._name)
        button.setMenu(menu)

    def follow(self, sheet: Sheet) -> None:
        """Say what the button would do with a class as it is now, or why it cannot do it."""
        count = len(sheet.as_before(range(len(sheet.pupils))))
        term = sheet.grid.period.previous.title
        if count:
            words = self.tr("Взять в пустые клетки стадии за {term}: {count}")
        elif sheet.grid.earlier:
            words = self.tr("Все стадии за {term} уже взяты или отмечены заново")
        else:
            words = self.tr("За {term} этому классу стадий не ставили")
        self._button.setEnabled(count > 0)
        self._button.setToolTip(words.format(term=term, count=_cells(count)))

    def _name(self) -> None:
        """Count in the menu what each verb would do."""
        sheet = self._table.grid.sheet
        if sheet is None:
            return
        rows = self._chosen_rows()
        whose = sheet.pupils[rows[0]].name.short if len(rows) == 1 else self.tr("Выбранным строкам")
        whole = self.tr("Всей группе") if sheet.grid.group.name.grade is None else self.tr("Всему классу")
        _offer(self._chosen, whose, len(sheet.as_before(rows)), "\tCtrl+Shift+D")
        _offer(self._all, whole, len(sheet.as_before(range(len(sheet.pupils)))))

    def _chosen_rows(self) -> Sequence[int]:
        block = self._table.choice.block
        return () if block is None else range(block.top, block.bottom + 1)

    def _carry_chosen(self) -> None:
        self._carry(self._chosen_rows())

    def _carry_all(self) -> None:
        self._carry(range(self._table.grid.rowCount()))

    def _carry(self, rows: Sequence[int]) -> None:
        sheet = self._table.grid.sheet
        if sheet is not None and not self._marking.mark_all(sheet.as_before(rows), self.tr("как в прошлый раз")):
            self._desk.said.emit(self.tr("Брать нечего: пустых клеток со стадией прошлого полугодия здесь нет"))
        self._table.setFocus()


def _offer(verb: QAction, whose: str, count: int, keys: str = "") -> None:
    verb.setText(f"{whose}: {_cells(count)}{keys}" if count else f"{whose}: брать нечего")
    verb.setEnabled(count > 0)


def _cells(count: int) -> str:
    return plural.counted(count, "клетка", "клетки", "клеток")

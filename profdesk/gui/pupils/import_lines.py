"""The lines of a file in the preview: filtered by fate and words, ticked or left out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup

from profdesk.domain.roster import Fate, LineKey, RosterPlan
from profdesk.gui.common.count_filter import CountFilter
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.table import DeskTable
from profdesk.gui.pupils import import_rows
from profdesk.gui.pupils.import_rows import ImportRow

_RARE = (Fate.GONE, import_rows.PASSED)


class ImportLines(QObject):
    """Fills the table by the pressed filter and the search; a changed tick stays so while it is hidden.

    ``filters`` are the buttons by the fate they show, "" for all lines of pupils; those of rare fates are seen
    only where there are such lines.
    """

    wanted_changed = Signal()

    def __init__(self, table: DeskTable, filters: Mapping[str, CountFilter], search: SearchField) -> None:
        super().__init__(table)
        self._table = table
        self._filters = filters
        self._search = search
        self._rows: list[ImportRow] = []
        self._turned: set[LineKey] = set()
        self._group = QButtonGroup(self)
        for fate, button in filters.items():
            self._group.addButton(button)
            if fate:
                look = import_rows.WORDS[fate][1]
                button.set_icon(look.icon, look.tone)
        filters[""].setChecked(True)
        table.select_several()
        self._group.buttonToggled.connect(lambda _, on: self._fill() if on else None)
        search.searched.connect(lambda _: self._fill())
        table.checks_changed.connect(self._remember)

    def show_plan(self, plan: RosterPlan | None, *, afresh: bool) -> None:
        """Show every line; ``afresh`` forgets what was ticked and pressed for another file."""
        self._rows = import_rows.rows(plan) if plan else []
        if afresh:
            self._turned.clear()
            self._search.clear()
            self._filters[""].setChecked(True)
        self._table.set_columns(
            import_rows.columns(self._rows),
            key=lambda row: row.key,
            checkable=lambda row: row.takable,
            faded=lambda row: row.fate in (Fate.SAME, import_rows.PASSED),
        )
        for fate, button in self._filters.items():
            button.set_count(sum(_shows(fate, row) for row in self._rows))
            button.setVisible(button.count > 0 or fate not in _RARE)
        if not any(button.isChecked() and not button.isHidden() for button in self._filters.values()):
            self._filters[""].setChecked(True)
        self._fill()

    def wanted(self) -> frozenset[LineKey]:
        """The ticked lines, shown or not, by their keys."""
        return frozenset(row.key for row in self._rows if self._is_ticked(row))

    def _is_ticked(self, row: ImportRow) -> bool:
        return row.takable and row.is_wanted != (row.key in self._turned)

    def _fill(self) -> None:
        fate = next(fate for fate, button in self._filters.items() if button.isChecked())
        words = self._search.text()
        self._table.blockSignals(True)
        found = [row for row in self._rows if _shows(fate, row) and import_rows.matches(row, words)]
        self._table.set_rows(found, import_rows.nothing(fate, words))
        self._table.set_checked(self._is_ticked)
        self._table.blockSignals(False)
        if self._table.row() is None:
            self._table.choose_first()
        self.wanted_changed.emit()

    def _remember(self) -> None:
        ticked = {row.key for row in self._table.checked()}
        for row in self._table.rows():
            if row.takable:
                as_found = (row.key in ticked) == row.is_wanted
                (self._turned.discard if as_found else self._turned.add)(row.key)
        self.wanted_changed.emit()


def _shows(fate: str, row: ImportRow) -> bool:
    return row.fate == fate if fate else row.fate != import_rows.PASSED

"""A list of competencies with boxes, level by level, narrowed by typing."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain.people import fold
from profdesk.domain.plural import counted
from profdesk.domain.programme import Competency, Level, Programme
from profdesk.gui.common.columns import Column, Heading
from profdesk.gui.common.forms import fill
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.table import DeskTable


class CompetencyChoice(QDialog):
    """``taken`` gives the codes of those ticked, in the programme's order."""

    taken = Signal(object)

    heading: QLabel
    facts: QLabel
    search_field: SearchField
    table: DeskTable
    take_button: QPushButton
    leave_button: QPushButton

    def __init__(
        self, parent: QWidget | None, programme: Programme, levels: Collection[str], chosen: Collection[str]
    ) -> None:
        super().__init__(parent)
        fill(self, "competency_choice")
        self._programme = programme
        self._levels = [level for level in programme.levels if level.code in levels]
        self._chosen = set(chosen)
        self.setWindowTitle("Выбрать компетенции")
        self.facts.setText(", ".join(f"{level.title.lower()} ({level.grades_title})" for level in self._levels))
        columns = (Column[Competency]("Компетенция", lambda one: one.plain),)
        self.table.set_columns(columns, key=lambda one: one.code, checkable=lambda _: True)
        self.search_field.textChanged.connect(lambda _: self._show())
        self._keys = SearchKeys(self.search_field, self.table)
        self._keys.entered.connect(self._enter)
        self.leave_button.clicked.connect(self.reject)
        self.take_button.clicked.connect(self._take)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._take)
        self._show()
        self.table.set_checked(lambda one: one.code in chosen)
        self.table.checks_changed.connect(self._take_ticks)
        self._count()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        """Those whose names hold what is typed; the ticks of the others stay."""
        typed, rows, seen = fold(self.search_field.text()), list[Competency | Heading](), set[str]()
        for level in self._levels:
            mine = [one for one in self._new(level, seen) if typed in fold(one.plain)]
            if mine:
                rows += [Heading(level.title), *mine]
        self.table.set_rows(rows, "Такой компетенции нет")
        if self.table.row() is None:
            self.table.choose_first()

    def _new(self, level: Level, seen: set[str]) -> list[Competency]:
        """The competencies of a level that no earlier one has."""
        found = [one for one in level.competencies.items if one.code not in seen]
        seen.update(one.code for one in found)
        return found

    def _take_ticks(self) -> None:
        shown = {one.code for one in self.table.rows() if isinstance(one, Competency)}
        self._chosen = (self._chosen - shown) | {one.code for one in self.table.checked()}
        self._count()

    def _count(self) -> None:
        number = len(self._chosen)
        words = counted(number, "компетенцию", "компетенции", "компетенций")
        self.take_button.setText(f"Выбрать {words}" if number else "Не выбирать никаких")

    def _enter(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take(self) -> None:
        offered = self._programme.competencies_of([level.code for level in self._levels])
        self.taken.emit([one.code for one in offered if one.code in self._chosen])
        self.accept()

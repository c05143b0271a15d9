"""The pupils of the plan under their classes: filtered, found, and marked by single keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QKeyCombination, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QButtonGroup

from profdesk.domain.programme import Programme
from profdesk.domain.rollover import Line, RolloverPlan, Step
from profdesk.gui.common.count_filter import CountFilter
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.table import DeskTable
from profdesk.gui.rollover import rows

KEYS = {
    Step.MOVE: ("П", "Переходит", (Qt.Key.Key_G,)),
    Step.GRADUATE: ("В", "Выпускается", (Qt.Key.Key_D,)),
    Step.STAY: ("О", "Остаётся", (Qt.Key.Key_J,)),
    Step.LEAVE: ("Б", "Выбывает", (Qt.Key.Key_Comma, Qt.Key.Key_Less)),
    Step.UNDECIDED: ("Р", "Решить позже", (Qt.Key.Key_H,)),
}
"""The letter of each step, its verb, and the keys the letter is on where the keyboard is Latin."""


class RolloverLines(QObject):
    """Fills the table; ``filters`` are the buttons by what they show («» for all)."""

    chosen = Signal()
    """Other pupils are selected."""
    marked = Signal(object, bool)
    """A Step, None for the next one in the circle, and whether it is meant for the whole class."""

    def __init__(self, table: DeskTable, filters: Mapping[str, CountFilter], search: SearchField) -> None:
        super().__init__(table)
        self._table = table
        self._filters = filters
        self._search = search
        self._plan: RolloverPlan | None = None
        self._programme: Programme | None = None
        self._group = QButtonGroup(self)
        for kind, button in filters.items():
            self._group.addButton(button)
            if kind:
                look = rows.LOOK_OF_DONE if kind == rows.DONE else rows.WORDS[Step(kind)][1]
                button.set_icon(look.icon, look.tone)
        filters[""].setChecked(True)
        table.select_several()
        self._group.buttonToggled.connect(lambda _, on: self._fill() if on else None)
        search.searched.connect(lambda _: self._fill())
        table.selection_changed.connect(self.chosen)
        self._bind_keys()

    def _bind_keys(self) -> None:
        self._add("Следующий вариант", [QKeySequence(Qt.Key.Key_Space)], None, whole=False)
        shift = Qt.KeyboardModifier.ShiftModifier
        for whole in (False, True):
            for step, (letter, verb, latin) in KEYS.items():
                keys = [QKeySequence(f"Shift+{letter}" if whole else letter)]
                keys += [QKeySequence(QKeyCombination(shift, key) if whole else key) for key in latin]
                self._add(f"Весь класс: {verb.lower()}" if whole else verb, keys, step, whole=whole)

    def _add(self, words: str, keys: list[QKeySequence], step: Step | None, *, whole: bool) -> None:
        action = QAction(words, self._table)
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _=False: self.marked.emit(step, whole))
        self._table.addAction(action)

    def show_plan(self, plan: RolloverPlan, programme: Programme, *, afresh: bool) -> None:
        """Show a plan; ``afresh`` for another year, else the chosen pupils and the filter stay."""
        self._plan, self._programme = plan, programme
        if afresh:
            self._table.set_columns(rows.columns(plan), key=lambda line: line.pupil.id, faded=lambda line: line.done)
            self._search.clear()
            self._filters[""].setChecked(True)
        for kind, button in self._filters.items():
            button.set_count(rows.count(plan, kind))
            button.setVisible(not kind or bool(button.count) or button.isChecked())
        self._fill()

    def selected(self) -> list[Line]:
        """The selected lines."""
        return self._table.selected()

    def _fill(self) -> None:
        if self._plan is None or self._programme is None:
            return
        kind = next(kind for kind, button in self._filters.items() if button.isChecked())
        with QSignalBlocker(self._table):
            words = self._search.text()
            shown = list(rows.shown(self._plan, self._programme, kind, words))
            self._table.set_rows(shown, rows.nothing(kind, words))
            if self._table.row() is None:
                self._table.choose_first()
                self._table.scrollToTop()
        self.chosen.emit()

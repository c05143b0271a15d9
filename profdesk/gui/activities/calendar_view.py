"""The plan as a calendar: a month at left, the chosen day at right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.domain import wording
from profdesk.domain.activities import Activity, State
from profdesk.gui.activities.month_grid import Item, MonthGrid
from profdesk.gui.activities.rows import Rows
from profdesk.gui.common import icons
from profdesk.gui.common.forms import fill
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone

_NOTHING = "На этот день ничего не запланировано. Ctrl+N — запланировать."


class CalendarView(QWidget):
    """``chosen`` gives the activity chosen in the list of the day, or None; ``opened`` one on which Enter fell."""

    chosen = Signal(object)
    opened = Signal(object)

    month: QLabel
    former_button: QPushButton
    today_button: QPushButton
    next_button: QPushButton
    grid: MonthGrid
    day_label: QLabel
    day_table: DeskTable

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "activities_calendar")
        self._on: dict[date, list[Activity]] = {}
        self.former_button.setIcon(icons.icon("caret-left", "accent_text"))
        self.next_button.setIcon(icons.icon("caret-right", "accent_text"))
        self.former_button.clicked.connect(lambda: self.grid.turn(-1))
        self.next_button.clicked.connect(lambda: self.grid.turn(1))
        self.today_button.clicked.connect(self.grid.to_today)
        self.grid.chosen.connect(lambda _: self._show_day())
        self.grid.entered.connect(self._enter)
        self.day_table.chosen.connect(self.chosen)
        self.day_table.opened.connect(self.opened)

    def set_rows(self, rows: Rows, shown: Sequence[Activity]) -> None:
        """Show activities of a plan; one of several days stands on each."""
        if not self._on:
            self.day_table.set_columns(rows.day_columns(), key=lambda one: one.id)
        self._on = {}
        for one in shown:
            for number in range((one.entry.last_day - one.entry.begins_on).days + 1):
                self._on.setdefault(one.entry.begins_on + timedelta(days=number), []).append(one)
        items = {day: [_item(one, rows.today) for one in some] for day, some in self._on.items()}
        self.grid.show_items(items, rows.today)
        self._show_day()

    def choose(self, one: Activity | None, otherwise: date) -> None:
        """Show the day of an activity, chosen in its list; another day where there is none."""
        self.grid.choose(one.entry.begins_on if one else otherwise)
        if one is not None:
            self.day_table.choose(one.id)

    def _show_day(self) -> None:
        self.month.setText(wording.month(self.grid.day).capitalize())
        self.day_label.setText(wording.day(self.grid.day))
        self.day_table.set_rows(self._on.get(self.grid.day, []), _NOTHING)
        if self.day_table.row() is None:
            self.day_table.choose_first()
        self.chosen.emit(self.day_table.row())

    def _enter(self) -> None:
        """Into the list of the day; straight to the activity where it is the only one."""
        some = self._on.get(self.grid.day, [])
        if len(some) == 1:
            self.opened.emit(some[0])
        elif some:
            self.day_table.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _item(one: Activity, today: date) -> Item:
    title = one.entry.title
    if one.is_overdue(today):
        return Item(title, "просрочено", "clock", Tone.WARN)
    if one.state is State.HELD:
        return Item(title, one.state.label, "check-circle", Tone.OK, faded=True)
    if one.state is State.CANCELLED:
        return Item(title, one.state.label, "prohibit", Tone.MUTED, faded=True)
    return Item(title, one.state.label, tone=Tone.DATA)

"""A register of papers that were given out, as a view: read whole, shown by school year and searched words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from typing_extensions import override

from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.page import Keys, Status, saved_at
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.view import RecordsView

ALL_YEARS = 0


class Line(Protocol):
    """A paper of the register."""

    @property
    def actor(self) -> str:
        """The id of the user who gave it out."""

    @property
    def year(self) -> SchoolYear:
        """The school year it is of."""

    def matches(self, words: str, who: str = "") -> bool:
        """Whether it, with the name of who gave it out, holds every searched word."""


class YearRegister(RecordsView):
    """Subclasses fill their form, then call ``begin``; they read, give the columns and say what is chosen at first."""

    keys: Keys = ()

    empty: EmptyState
    content: QWidget
    count: QLabel
    search_field: SearchField
    table: DeskTable

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._steps = Steps(desk, self)
        self._lines: Sequence[Any] = ()
        self._names: Mapping[str, str] | None = None
        self._front = False

    def begin(self, year: QComboBox, tools: Sequence[QWidget]) -> None:
        """Take over the choice of the year and what else stands in the header while there is anything to show."""
        self._years, self._tools = year, (year, *tools)
        self.content.hide()
        self.empty.hide()
        year.activated.connect(lambda _: self.filter())
        self.search_field.searched.connect(lambda _: self.filter())
        SearchKeys(self.search_field, self.table).entered.connect(self.enter)
        self.steps.failed.connect(self.fail)
        self.watch_steps()

    # -- what subclasses give --------------------------------------------------------------------

    def set_columns(self, names: Mapping[str, str]) -> None:
        """Give the table its columns; ``names`` are those of users by id."""
        raise NotImplementedError

    def counted(self, lines: Sequence[Any]) -> str:
        """How many there are, in words."""
        raise NotImplementedError

    def offer(self) -> None:
        """Called when other lines are shown."""

    @property
    def first_year(self) -> int:
        """The start of the school year that is shown at first, or ALL_YEARS."""
        return ALL_YEARS

    # -- what the page asks ----------------------------------------------------------------------

    @property
    @override
    def steps(self) -> Steps:
        return self._steps

    @override
    def show_tools(self, *, shown: bool) -> None:
        self._front = shown
        for tool in self._tools:
            tool.setVisible(shown and bool(self._lines))

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def status(self) -> Status:
        keys = self.keys if self._lines else ()
        return replace(saved_at(self.desk.saved_at), undo=self.steps.next_undo, keys=keys)

    # -- showing ---------------------------------------------------------------------------------

    @property
    def year(self) -> SchoolYear | None:
        """The chosen school year; None for all."""
        start = self._years.currentData()
        return SchoolYear(start) if start else None

    def show_lines(self, lines: Sequence[Line], names: Mapping[str, str]) -> None:
        """Show what was read; ``names`` are those of users by id."""
        self._lines = lines
        if names != self._names:
            self._names = names
            self.set_columns(names)
        self._offer_years()
        self.content.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.show_tools(shown=self._front)
        self.filter()
        self.status_changed.emit()
        if self._front and QApplication.focusWidget() is None and lines:
            self.enter()

    def _offer_years(self) -> None:
        """Every year there is something of."""
        box = self._years
        chosen = box.currentData() if box.count() else self.first_year
        with QSignalBlocker(box):
            box.clear()
            box.addItem("Все годы", ALL_YEARS)
            for start in sorted({one.year.start for one in self._lines}, reverse=True):
                box.addItem(f"{SchoolYear(start).title} учебный год", start)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def filter(self) -> None:
        """Show the lines of the year that hold the searched words."""
        words, year, names = self.search_field.text().strip(), self.year, self._names or {}
        of_year = [one for one in self._lines if year in (None, one.year)]
        shown = [one for one in of_year if one.matches(words, names.get(one.actor, ""))]
        self.table.set_rows(shown, f"По запросу «{words}» в реестре ничего нет")
        self.count.setText(f"{len(shown)} из {len(of_year)}" if words else self.counted(of_year))
        if self.table.row() is None:
            self.table.choose_first()
        self.offer()

    def enter(self) -> None:
        """Put the cursor into the table."""
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

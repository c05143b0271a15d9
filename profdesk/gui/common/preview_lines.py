"""The lines of a file in a preview: filtered by fate and words, ticked or left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup

from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.count_filter import CountFilter
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.table import DeskTable

K = TypeVar("K", bound=Hashable)
K_co = TypeVar("K_co", bound=Hashable, covariant=True)


class PreviewRow(Protocol[K_co]):
    """A line as the preview shows it."""

    @property
    def key(self) -> K_co:
        """What tells lines apart."""

    @property
    def fate(self) -> Hashable:
        """What becomes of the line."""

    @property
    def takable(self) -> bool:
        """Whether taking it would change anything."""

    @property
    def is_wanted(self) -> bool:
        """Whether it is taken unless a person says otherwise."""


@dataclass(frozen=True)
class Telling:
    """How lines are told: ``looks`` of the fates, columns for these lines, which hold the words looked for.

    ``nothing`` says why no line is shown, by fate and words. The ``faded`` fates are grey, the ``rare`` have a
    filter only where there are such lines, the ``aside`` are not among «all».
    """

    looks: Mapping[Hashable, Look]
    columns: Callable[[Sequence[Any]], Sequence[Column[Any]]]
    matches: Callable[[Any, str], bool]
    nothing: Callable[[Any, str], str]
    faded: Collection[Hashable] = ()
    rare: Collection[Hashable] = ()
    aside: Collection[Hashable] = ()


class PreviewLines(QObject, Generic[K]):
    """Fills the table by the pressed filter and the search; a changed tick stays so while it is hidden.

    ``filters`` are the buttons by the fate they show, "" for all.
    """

    wanted_changed = Signal()

    def __init__(
        self, table: DeskTable, filters: Mapping[Hashable, CountFilter], search: SearchField, telling: Telling
    ) -> None:
        super().__init__(table)
        self._table = table
        self._filters = filters
        self._search = search
        self._telling = telling
        self._rows: Sequence[PreviewRow[K]] = ()
        self._turned: set[K] = set()
        self._group = QButtonGroup(self)
        for fate, button in filters.items():
            self._group.addButton(button)
            if fate:
                look = telling.looks[fate]
                button.set_icon(look.icon, look.tone)
        filters[""].setChecked(True)
        table.select_several()
        self._group.buttonToggled.connect(lambda _, on: self._fill() if on else None)
        search.searched.connect(lambda _: self._fill())
        table.checks_changed.connect(self._remember)

    def show_rows(self, rows: Sequence[PreviewRow[K]], *, afresh: bool) -> None:
        """Show every line; ``afresh`` forgets what was ticked and pressed for another file."""
        self._rows = rows
        if afresh:
            self._turned.clear()
            self._search.clear()
            self._filters[""].setChecked(True)
        self._table.set_columns(
            self._telling.columns(rows),
            key=lambda row: row.key,
            checkable=lambda row: row.takable,
            faded=lambda row: row.fate in self._telling.faded,
        )
        for fate, button in self._filters.items():
            button.set_count(sum(self._shows(fate, row) for row in rows))
            button.setVisible(button.count > 0 or fate not in self._telling.rare)
        if not any(button.isChecked() and not button.isHidden() for button in self._filters.values()):
            self._filters[""].setChecked(True)
        self._fill()

    def wanted(self) -> frozenset[K]:
        """The ticked lines, shown or not, by their keys."""
        return frozenset(row.key for row in self._rows if self._is_ticked(row))

    def _is_ticked(self, row: PreviewRow[K]) -> bool:
        return row.takable and row.is_wanted != (row.key in self._turned)

    def _fill(self) -> None:
        fate = next(fate for fate, button in self._filters.items() if button.isChecked())
        words = self._search.text()
        self._table.blockSignals(True)
        shown = [row for row in self._rows if self._shows(fate, row) and self._telling.matches(row, words)]
        self._table.set_rows(shown, self._telling.nothing(fate, words))
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

    def _shows(self, fate: Hashable, row: PreviewRow[K]) -> bool:
        return row.fate == fate if fate else row.fate not in self._telling.aside

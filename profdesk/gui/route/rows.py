"""The rows of a route's lists: headings, lines, and under each kind the way to add one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from profdesk.domain import route_words
from profdesk.domain.route import LineKind, Route, RouteLine
from profdesk.domain.route_words import Voice

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Row:
    """A line of the route; without one it is the heading of a kind, or offers to add a line."""

    kind: LineKind
    line: RouteLine | None = None
    is_heading: bool = False


class RouteRows(QAbstractListModel):
    """The lines of some kinds, as they are spoken of; where nothing is ``written`` a kind without lines has no rows."""

    def __init__(self, kinds: Sequence[LineKind], parent: QWidget, *, written: bool = True) -> None:
        super().__init__(parent)
        self._written = written
        self.kinds = kinds
        self.rows: Sequence[Row] = ()
        self.voice = route_words.PUPIL
        self.today = date.min

    def show_route(self, route: Route, spoken: Voice, today: date) -> None:
        """Show a route as of a day."""
        self.beginResetModel()
        self.voice, self.today = spoken, today
        rows: list[Row] = []
        for kind in self.kinds:
            lines = [*(Row(kind, line) for line in route.of(kind)), *([Row(kind)] if self._written else [])]
            rows += [Row(kind, is_heading=True), *lines] if lines else []
        self.rows = rows
        self.endResetModel()

    def row(self, number: int) -> Row | None:
        """A row that one can stand on; None for a heading and for a row there is not."""
        found = self.rows[number] if 0 <= number < len(self.rows) else None
        return None if found is None or found.is_heading else found

    def place_of(self, line: str) -> int:
        """The number of a line's row; -1 if it is not there."""
        return next((at for at, row in enumerate(self.rows) if row.line and row.line.line == line), -1)

    def place_to_add(self, kind: LineKind) -> int:
        """The number of the row that offers to add a line of a kind; -1 where none does."""
        return next((at for at, row in enumerate(self.rows) if row == Row(kind)), -1)

    @override
    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if self.row(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.rows[index.row()]
        if row.line is not None:
            return route_words.sentence(row.line, self.today, self.voice)
        words = self.voice.kinds[row.kind]
        return words.title if row.is_heading else words.add

"""The read-only model behind every table: rows are the program's own values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from profdesk.gui.common.columns import Cell, Column, Heading

Index = QModelIndex | QPersistentModelIndex
CELL = int(Qt.ItemDataRole.UserRole) + 1
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Layout:
    """Columns of a table; ``key`` tells rows apart, ``checkable`` which have a box, ``faded`` are grey."""

    columns: tuple[Column[Any], ...] = ()
    key: Callable[[Any], Hashable] = id
    checkable: Callable[[Any], bool] | None = None
    faded: Callable[[Any], bool] | None = None

    @property
    def first(self) -> int:
        """The number of the first column of words: 1 behind a column of boxes."""
        return 0 if self.checkable is None else 1


class TableModel(QAbstractTableModel):
    """Rows under columns; the checked keys outlive a new set of rows."""

    checks_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.layout = Layout()
        self._rows: list[Any] = []
        self._checked: set[Hashable] = set()
        self._order: tuple[int, Qt.SortOrder] | None = None

    def set_layout(self, layout: Layout) -> None:
        """Take other columns; the rows are dropped."""
        self.beginResetModel()
        self.layout = layout
        self._rows = []
        self._checked = set()
        self._order = None
        self.endResetModel()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Take other rows, in the order the user chose last; the first and last that stay the same are left alone."""
        fresh = list(rows) if self._order is None else self._sorted(rows, *self._order)
        former, shorter = self._rows, min(len(self._rows), len(fresh))
        start = next((at for at in range(shorter) if not _same(former[at], fresh[at])), shorter)
        left = range(shorter - start)
        end = next((at for at in left if not _same(former[-1 - at], fresh[-1 - at])), len(left))
        if len(former) > start + end:
            self.beginRemoveRows(_ROOT, start, len(former) - end - 1)
            self._rows = former[:start] + former[len(former) - end :]
            self.endRemoveRows()
        if len(fresh) > start + end:
            self.beginInsertRows(_ROOT, start, len(fresh) - end - 1)
            self._rows = fresh
            self.endInsertRows()
        self._rows = fresh

    @property
    def rows(self) -> Sequence[Any]:
        """The rows as they stand."""
        return self._rows

    def row(self, number: int) -> Any | None:
        """A row's value; None for a heading or no row."""
        if not 0 <= number < len(self._rows) or isinstance(self._rows[number], Heading):
            return None
        return self._rows[number]

    def number_of(self, key: Hashable) -> int:
        """Where the row with a key stands, -1 if nowhere."""
        return next(iter(self.numbers_of({key})), -1)

    def numbers_of(self, keys: Collection[Hashable]) -> list[int]:
        """Where the rows with some keys stand, from the top."""
        found: list[int] = []
        for number, row in enumerate(self._rows):
            if len(found) == len(keys):
                break
            if not isinstance(row, Heading) and self.layout.key(row) in keys:
                found.append(number)
        return found

    # -- boxes -----------------------------------------------------------------------------------

    def checked(self) -> list[Any]:
        """The rows with a tick, in their order."""
        keyed = (row for row in self._rows if self._can_check(row))
        return [row for row in keyed if self.layout.key(row) in self._checked]

    def set_checked(self, wanted: Callable[[Any], bool]) -> None:
        """Tick exactly the rows that are wanted, of those that have a box."""
        self._checked = {self.layout.key(r) for r in self._rows if self._can_check(r) and wanted(r)}
        if self._rows:
            last = self.index(len(self._rows) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])
        self.checks_changed.emit()

    def is_checked(self, number: int) -> bool | None:
        """Whether a row is ticked; None if it has no box."""
        row = self.row(number)
        if row is None or not self._can_check(row):
            return None
        return self.layout.key(row) in self._checked

    def toggle(self, numbers: Iterable[int]) -> None:
        """Tick rows, or take the ticks away if all have theirs; nothing happens to rows without a box."""
        boxes = [(number, ticked) for number in numbers if (ticked := self.is_checked(number)) is not None]
        if not boxes:
            return
        keys = {self.layout.key(self._rows[number]) for number, _ in boxes}
        self._checked = self._checked - keys if all(ticked for _, ticked in boxes) else self._checked | keys
        first, last = min(boxes)[0], max(boxes)[0]
        self.dataChanged.emit(self.index(first, 0), self.index(last, 0), [Qt.ItemDataRole.CheckStateRole])
        self.checks_changed.emit()

    def ticks(self) -> Qt.CheckState | None:
        """What the box over all boxes shows; None if no row has one."""
        boxes = {ticked for number in range(len(self._rows)) if (ticked := self.is_checked(number)) is not None}
        if not boxes:
            return None
        if len(boxes) == 2:
            return Qt.CheckState.PartiallyChecked
        return Qt.CheckState.Checked if True in boxes else Qt.CheckState.Unchecked

    def _can_check(self, row: Any) -> bool:
        checkable = self.layout.checkable
        return checkable is not None and not isinstance(row, Heading) and checkable(row)

    # -- Qt --------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.layout.first + len(self.layout.columns)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        boxed = index.column() < self.layout.first and self.is_checked(index.row()) is not None
        return flags | Qt.ItemFlag.ItemIsUserCheckable if boxed else flags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.column() < self.layout.first:
            return self._box(index.row(), role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column()).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cell = self.cell(index.row(), index.column())
            return cell.spoken or ", ".join(part for part in (cell.text, cell.second) if part)
        return self.cell(index.row(), index.column()) if role == CELL else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        number = section - self.layout.first
        if orientation is not Qt.Orientation.Horizontal or not 0 <= number < len(self.layout.columns):
            return None
        return self.layout.columns[number].title if role == Qt.ItemDataRole.DisplayRole else None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if self.can_sort(column):
            self._order = (column, order)
            self.beginResetModel()
            self._rows = self._sorted(self._rows, column, order)
            self.endResetModel()

    def can_sort(self, section: int) -> bool:
        """Whether the rows can be ordered by a column."""
        number = section - self.layout.first
        return 0 <= number < len(self.layout.columns) and self.layout.columns[number].sort is not None

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell; a heading stands in the first column of words."""
        value = self._rows[row]
        if isinstance(value, Heading):
            return Cell(value.text)
        shown = self.layout.columns[column - self.layout.first]
        faded = self.layout.faded
        made = Cell(
            text=shown.text(value),
            second=shown.second(value) if shown.second else "",
            right=shown.right,
            faded=faded is not None and faded(value),
            spoken=shown.spoken(value) if shown.spoken else "",
            tight=shown.tight,
        )
        return made if shown.look is None else replace(made, look=shown.look(value))

    def _box(self, row: int, role: int) -> Any:
        ticked = self.is_checked(row)
        if ticked is None:
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("выбрано") if ticked else self.tr("не выбрано")
        return None

    def _sorted(self, rows: Sequence[Any], column: int, order: Qt.SortOrder) -> list[Any]:
        """Order rows inside each group, leaving the headings where they are."""
        key = self.layout.columns[column - self.layout.first].sort
        if key is None:
            return list(rows)
        result: list[Any] = []
        group: list[Any] = []
        backwards = order is Qt.SortOrder.DescendingOrder
        for row in (*rows, Heading("")):
            if isinstance(row, Heading):
                result += [*sorted(group, key=key, reverse=backwards), row]
                group = []
            else:
                group.append(row)
        return result[:-1]


def _same(one: Any, other: Any) -> bool:
    return one is other or bool(one == other)

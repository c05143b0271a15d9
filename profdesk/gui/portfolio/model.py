"""The class grid as Qt sees it: pupils down, competencies across, each cell also a sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from profdesk.domain import plural
from profdesk.domain.portfolio import Cell, Completeness, Grid, Mark
from profdesk.domain.programme import Stage
from profdesk.gui.portfolio.sheet import Look, Sheet, plain

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TIP = 64
"""How many letters of a note stand on one line of a tip."""
_SPOKEN = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


class GridModel(QAbstractTableModel):
    """Shows a Sheet; without one it has no rows and no columns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._stages: Mapping[int, str] = {}
        self._places: dict[Cell, tuple[int, int]] = {}

    @property
    def sheet(self) -> Sheet | None:
        """What is shown, None before the first class."""
        return self._sheet

    def show_grid(self, grid: Grid, stages: Sequence[Stage]) -> None:
        """Show another class or term; writes still on their way are forgotten here, not on the disk."""
        self.beginResetModel()
        self._sheet = Sheet(grid)
        self._stages = {stage.value: stage.title for stage in stages}
        self._find_places(self._sheet)
        self.endResetModel()

    def show_blank_only(self, wanted: bool) -> None:
        """Leave the rows of those who have blank cells now, or show all."""
        if self._sheet is None:
            return
        self.beginResetModel()
        if wanted:
            self._sheet.narrow()
        else:
            self._sheet.widen()
        self._find_places(self._sheet)
        self.endResetModel()

    def _find_places(self, sheet: Sheet) -> None:
        self._places = {
            sheet.cell(row, column): (row, column)
            for row in range(len(sheet.pupils))
            for column in range(len(sheet.competencies))
        }

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._sheet = None
        self._places = {}
        self.endResetModel()

    def refresh(self, grid: Grid) -> bool:
        """Take the same grid as it is now committed; False, and nothing done, if it is another one."""
        if self._sheet is None or not self._sheet.reread(grid):
            return False
        last_row, last_column = self.rowCount() - 1, self.columnCount() - 1
        if last_row >= 0 and last_column >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(last_row, last_column))
        return True

    # -- what the delegate and the headers draw --------------------------------------------------

    def look(self, row: int, column: int) -> Look:
        """How a cell is drawn."""
        return Look(None) if self._sheet is None else self._sheet.look(row, column)

    def completeness(self, row: int) -> Completeness:
        """Completeness of a pupil's portfolio."""
        return Completeness(0, 0) if self._sheet is None else self._sheet.completeness(row)

    def stage_title(self, stage: int) -> str:
        """The programme's name of a stage."""
        return self._stages.get(stage, "")

    def place(self, cell: Cell) -> QModelIndex:
        """Where a cell stands; an invalid index if this class has no such cell."""
        where = self._places.get(cell)
        return QModelIndex() if where is None else self.index(*where)

    # -- writes on their way ---------------------------------------------------------------------

    def put_marks(self, marks: Sequence[Mark]) -> int:
        """Show marks as not yet committed; gives the number of their write."""
        number = 0 if self._sheet is None else self._sheet.put(marks)
        self._changed(marks)
        return number

    def take_saved(self, number: int, marks: Sequence[Mark]) -> None:
        """Show the marks of a write as committed."""
        if self._sheet is not None:
            self._sheet.commit(number, marks)
            self._changed(marks)

    def take_back(self, number: int, marks: Sequence[Mark]) -> None:
        """Show what is committed instead of the marks of a write that failed."""
        if self._sheet is not None:
            self._sheet.revert(number, marks)
            self._changed(marks)

    def _changed(self, marks: Iterable[Mark]) -> None:
        places = [self._places[mark.cell] for mark in marks if mark.cell in self._places]
        if not places:
            return
        rows = [row for row, _ in places]
        columns = [column for _, column in places]
        self.dataChanged.emit(
            self.index(min(rows), min(columns)),
            self.index(max(rows), max(columns)),
        )

    # -- Qt --------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if self._sheet is None or parent.isValid() else len(self._sheet.pupils)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if self._sheet is None or parent.isValid() else len(self._sheet.competencies)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._sheet is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            stage = self._sheet.look(index.row(), index.column()).stage
            return "" if stage is None else str(stage)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(self._sheet, index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            note = self._sheet.grid.notes.get(self._sheet.cell(index.row(), index.column()), "")
            lines = (self._sentence(self._sheet, index.row(), index.column()), *textwrap.wrap(note, _TIP))
            return "\n".join(lines)
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._sheet is None or section < 0:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._column(self._sheet, section, role) if section < self.columnCount() else None
        return self._row(self._sheet, section, role) if section < self.rowCount() else None

    def _sentence(self, sheet: Sheet, row: int, column: int) -> str:
        look = sheet.look(row, column)
        who = f"{sheet.pupils[row].name.short}, {plain(sheet.competencies[column])}: "
        if look.stage is None:
            sentence = self.tr("не оценено")
        else:
            title = self.stage_title(look.stage)
            sentence = self.tr("стадия {stage}, {title}").format(stage=look.stage, title=title)
        if look.trend:
            earlier = sheet.earlier(row, column)
            sentence += self.tr(", в прошлом полугодии {stage}").format(stage=earlier)
        if look.pending:
            sentence += self.tr(", ещё не сохранено")
        return who + sentence + self._remarks(sheet, sheet.cell(row, column))

    def _remarks(self, sheet: Sheet, cell: Cell) -> str:
        """What the ring and the turned corner stand for."""
        other, files = sheet.other(cell), sheet.grid.files.get(cell, 0)
        remarks = "" if other is None else self.tr(", другая оценка: {stage}").format(stage=other)
        if cell in sheet.grid.notes:
            remarks += self.tr(", есть заметка")
        if files:
            remarks += f", {plural.counted(files, 'файл', 'файла', 'файлов')}"
        return remarks

    def _column(self, sheet: Sheet, section: int, role: int) -> Any:
        competency = sheet.competencies[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(competency)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{section + 1}. {competency.plain}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{section + 1}. {competency.plain}\n{competency.explanation}\n{competency.source}"
        return None

    def _row(self, sheet: Sheet, section: int, role: int) -> Any:
        name = sheet.pupils[section].name
        if role == Qt.ItemDataRole.DisplayRole:
            return name.short
        if role in _SPOKEN:
            known = sheet.completeness(section)
            counted = self.tr("заполнено {assessed} из {total}").format(assessed=known.assessed, total=known.total)
            return f"{sheet.number(section)}. {name.full}, {counted}"
        return None

"""Stages seen at a trial: a pupil a row, a competency a column, a digit a cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget
from typing_extensions import override

from profdesk.domain.people import Pupil
from profdesk.domain.portfolio import Cell
from profdesk.domain.programme import Competency, Stage
from profdesk.gui.common import fonts, theme

_COLUMN, _ROW, _AROUND = 120, 28, 24
_AWAY = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class StageTable(QTableWidget):
    """A digit writes a stage and goes down, Del takes it away; other competencies keep what was written.

    A competency that the level of a pupil does not have is a dash, and passed over.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stages: dict[Cell, int] = {}
        self._pupils: Sequence[Pupil] = ()
        self._competencies: Sequence[Competency] = ()
        self._scale: Sequence[Stage] = ()
        self._codes: Mapping[str, Collection[str]] = {}
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.horizontalHeader().setDefaultSectionSize(_COLUMN)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        theme.notifier().changed.connect(self._dress)

    def show_pupils(
        self, pupils: Sequence[Pupil], scale: Sequence[Stage], codes: Mapping[str, Collection[str]]
    ) -> None:
        """Say whose stages are written, which there are, and which competencies each level has."""
        self._pupils, self._scale, self._codes = pupils, scale, codes
        self.setRowCount(len(pupils))
        self.setVerticalHeaderLabels([one.name.short for one in pupils])

    def show_competencies(self, competencies: Sequence[Competency]) -> None:
        """Ask for these competencies, in their order."""
        self._competencies = competencies
        self.setColumnCount(len(competencies))
        for column, one in enumerate(competencies):
            head = QTableWidgetItem(one.plain_short)
            head.setToolTip(one.plain)
            self.setHorizontalHeaderItem(column, head)
            words = QFontMetrics(fonts.font(fonts.TEXT, bold=True)).horizontalAdvance(one.plain_short)
            self.setColumnWidth(column, max(_COLUMN, words + _AROUND))
        self._dress()
        if competencies and self._pupils and self.currentRow() < 0:
            self.setCurrentCell(0, 0)
        self.changed.emit()

    @property
    def written(self) -> Mapping[Cell, int]:
        """The stages of the competencies asked for."""
        asked = {one.code for one in self._competencies}
        return {cell: stage for cell, stage in self.stages.items() if cell.competency in asked}

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        stage = int(typed) if typed.isdecimal() else None
        if self.currentRow() < 0 or (stage is None and event.key() not in _AWAY):
            super().keyPressEvent(event)
        elif stage is None or any(stage == one.value for one in self._scale):
            self._write(stage)

    def _write(self, stage: int | None) -> None:
        row, column = self.currentRow(), self.currentColumn()
        cell = Cell(self._pupils[row].id, self._competencies[column].code)
        if stage is None:
            self.stages.pop(cell, None)
        elif self._has(self._pupils[row], cell.competency):
            self.stages[cell] = stage
        if stage is not None:
            self.setCurrentCell(min(row + 1, self.rowCount() - 1), column)
        self._dress()
        self.changed.emit()

    def _has(self, pupil: Pupil, code: str) -> bool:
        return pupil.group is not None and code in self._codes.get(pupil.group.level, ())

    def _dress(self) -> None:
        colours = theme.tokens()
        for row, pupil in enumerate(self._pupils):
            for column, competency in enumerate(self._competencies):
                stage = self.stages.get(Cell(pupil.id, competency.code))
                cell = self.item(row, column)
                if cell is None:
                    cell = QTableWidgetItem()
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                    self.setItem(row, column, cell)
                blank = "" if self._has(pupil, competency.code) else "—"
                cell.setText(blank if stage is None else str(stage))
                shade = 0 if stage is None else min(stage, len(colours.stage_fill) - 1)
                cell.setBackground(colours.base if stage is None else colours.stage_fill[shade])
                cell.setForeground(colours.stage_digit[shade])

"""From a key to a committed stage: each key is one write, answered in order, named in the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QObject, Signal

from profdesk.domain import plural
from profdesk.domain.portfolio import Cell, Mark, Saved, StageChange
from profdesk.domain.school_year import Period
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.portfolio.model import GridModel
from profdesk.gui.portfolio.occasion import Occasion
from profdesk.gui.portfolio.sheet import Sheet, plain
from profdesk.gui.portfolio.undo import History, Step
from profdesk.services import portfolio


class Way(Enum):
    """Which way a step is written."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class Write:
    """One write on its way; ``sheet`` is where it was made, ``number`` what the sheet calls it."""

    sheet: Sheet
    history: History
    number: int
    step: Step
    way: Way
    marks: Sequence[Mark]


class Marking(QObject):
    """Shows a stage at once, writes it through the desk, and tells what became of it."""

    changed = Signal()
    """The stages shown, the history or the number of waiting writes changed."""
    drained = Signal()
    """Every write has been answered."""
    lost = Signal(str, str)
    """What was not saved, and why (empty for a bug, which the window tells of)."""

    def __init__(self, desk: Desk, model: GridModel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._history = History()
        self._histories: dict[tuple[str, Period, str], History] = {}
        self._unsaved: dict[Cell, Mark] = {}
        self.occasion = Occasion()
        self.waiting = 0

    @property
    def undo_words(self) -> str:
        """What Ctrl+Z would take back, empty if nothing."""
        step = self._history.next_undo
        return "" if step is None else step.words

    @property
    def redo_words(self) -> str:
        """What Ctrl+Y would do again, empty if nothing."""
        step = self._history.next_redo
        return "" if step is None else step.words

    @property
    def unsaved(self) -> int:
        """How many marks failed to be written and have not been since."""
        return len(self._unsaved)

    def begin(self) -> None:
        """Another class, term or strand is shown: undo is that of its own, as it was left."""
        self._history = self._history_of(self._model.sheet)
        self._unsaved.clear()
        self.changed.emit()

    def _history_of(self, sheet: Sheet | None) -> History:
        if sheet is None:
            return History()
        grid = sheet.grid
        history = self._histories.setdefault((grid.group.id, grid.period, grid.strand), History())
        pupils = {pupil.id for pupil in grid.pupils}
        codes = {competency.code for competency in grid.competencies.items}
        history.keep(lambda cell: cell.pupil in pupils and cell.competency in codes)
        return history

    def mark(self, cells: Sequence[Cell], stage: int | None) -> None:
        """Set one stage in cells, or clear them; cells that have it already are left alone."""
        self.mark_all([Mark(cell, stage) for cell in cells])

    def mark_all(self, marks: Sequence[Mark], act: str = "") -> int:
        """Set stages in one write, named by the act («вставка») if it is one; gives how many cells it changes."""
        sheet = self._model.sheet
        if sheet is None:
            return 0
        changes = tuple(
            StageChange(mark.cell, sheet.stage(mark.cell), mark.stage)
            for mark in marks
            if sheet.stage(mark.cell) != mark.stage
        )
        if changes:
            step = Step(_words(sheet, changes, act), changes, self.occasion)
            self._history.add(step)
            self._write(sheet, step, Way.DO)
        return len(changes)

    def retry(self) -> None:
        """Write once more what failed."""
        marks = list(self._unsaved.values())
        self._unsaved.clear()
        self.mark_all(marks)

    def undo(self) -> tuple[Cell, ...]:
        """Take the last step back; gives its cells, none if there is nothing to undo."""
        return self._again(self._history.undo(), Way.UNDO)

    def redo(self) -> tuple[Cell, ...]:
        """Do the last undone step again; gives its cells."""
        return self._again(self._history.redo(), Way.REDO)

    def _again(self, step: Step | None, way: Way) -> tuple[Cell, ...]:
        sheet = self._model.sheet
        if step is None or sheet is None:
            return ()
        self._write(sheet, step, way)
        return tuple(change.cell for change in step.changes)

    def _write(self, sheet: Sheet, step: Step, way: Way) -> None:
        marks = step.back if way is Way.UNDO else step.forth
        write = Write(sheet, self._history, self._model.put_marks(marks), step, way, marks)
        workspace, actor, period = self._desk.workspace, self._desk.actor, sheet.grid.period
        occasion = step.occasion
        self.waiting += 1
        self._desk.write(
            lambda: portfolio.set_stages(workspace, actor, period, marks, occasion.basis, occasion.day),
            owner=self,
            done=partial(self._saved, write),
            failed=partial(self._failed, write),
            stopped=partial(self._abandoned, write),
        )
        self.changed.emit()

    # -- answers ---------------------------------------------------------------------------------

    def _saved(self, write: Write, saved: Saved) -> None:
        if write.sheet is self._model.sheet:
            self._model.take_saved(write.number, write.marks)
            for mark in write.marks:
                self._unsaved.pop(mark.cell, None)
        if write.way is Way.DO:
            self._settle(write, saved.changes)
        self._answered()

    def _settle(self, write: Write, changes: tuple[StageChange, ...]) -> None:
        """Remember what the write really changed: a write before it may have failed meanwhile."""
        write.step.changes = changes
        if not changes:
            write.history.drop(write.step)

    def _failed(self, write: Write, error: ProfdeskError) -> None:
        self._lose(write, error.message)

    def _abandoned(self, write: Write) -> None:
        self._lose(write, "")

    def _lose(self, write: Write, why: str) -> None:
        if write.sheet is self._model.sheet:
            self._model.take_back(write.number, write.marks)
            self._unsaved.update({mark.cell: mark for mark in write.marks})
        self._correct_history(write)
        self._answered()
        self.lost.emit(write.step.words, why)

    def _correct_history(self, write: Write) -> None:
        if write.way is Way.DO:
            write.history.drop(write.step)
        elif write.way is Way.UNDO:
            write.history.undo_failed(write.step)
        else:
            write.history.redo_failed(write.step)

    def _answered(self) -> None:
        self.waiting -= 1
        self.changed.emit()
        if not self.waiting:
            self.drained.emit()


def _words(sheet: Sheet, changes: Sequence[StageChange], act: str) -> str:
    """«Ильин Даниил, «Гибкость», стадия 2», or how many cells of whom, after the name of the act."""
    pupils = {change.cell.pupil for change in changes}
    codes = {change.cell.competency for change in changes}
    parts = [act] if act else []
    parts += [pupil.name.short for pupil in sheet.grid.pupils if pupils == {pupil.id}]
    parts += [f"«{plain(one)}»" for one in sheet.competencies if codes == {one.code}]
    if act or len(changes) > 1:
        parts.append(plural.counted(len(changes), "клетка", "клетки", "клеток"))
    if not act:
        stages = {change.after for change in changes}
        parts.append(_stage_words(stages.pop()) if len(stages) == 1 else "разные стадии")
    return ", ".join(parts)


def _stage_words(stage: int | None) -> str:
    return "очищено" if stage is None else f"стадия {stage}"

"""What Ctrl+Z takes back on the grid, each step by name.

Facts are appended, never removed: undoing a step writes the former stages anew, through the same verb.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from profdesk.domain.portfolio import Cell, Mark, StageChange
from profdesk.gui.portfolio.occasion import Occasion


@dataclass(eq=False)
class Step:
    """What one key did to one cell or a block, with the words that name it and what it rests on."""

    words: str
    changes: tuple[StageChange, ...]
    occasion: Occasion = field(default_factory=Occasion)

    @property
    def forth(self) -> tuple[Mark, ...]:
        """The marks that do it, again."""
        return tuple(Mark(change.cell, change.after) for change in self.changes)

    @property
    def back(self) -> tuple[Mark, ...]:
        """The marks that take it back."""
        return tuple(Mark(change.cell, change.before) for change in self.changes)


class History:
    """Steps done and undone in one class, term and strand, also after others were shown meanwhile."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def next_undo(self) -> Step | None:
        """What Ctrl+Z would take back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """What Ctrl+Y would do again."""
        return self._undone[-1] if self._undone else None

    def keep(self, there: Callable[[Cell], bool]) -> None:
        """Forget the steps with a cell that is not ``there`` any more: nothing is undone out of sight."""
        for steps in (self._done, self._undone):
            steps[:] = [step for step in steps if all(there(change.cell) for change in step.changes)]

    def add(self, step: Step) -> None:
        """Note a step just done; nothing can be redone after it."""
        self._done.append(step)
        self._undone.clear()

    def undo(self) -> Step | None:
        """Move the last step to those undone, and give it."""
        return _move(self._done, self._undone)

    def redo(self) -> Step | None:
        """Move the last undone step back, and give it."""
        return _move(self._undone, self._done)

    def drop(self, step: Step) -> None:
        """Forget a step that was never written."""
        for steps in (self._done, self._undone):
            if step in steps:
                steps.remove(step)

    def undo_failed(self, step: Step) -> None:
        """Count a step as done again: taking it back was not written."""
        if step in self._undone:
            self._undone.remove(step)
            self._done.append(step)

    def redo_failed(self, step: Step) -> None:
        """Count a step as undone again: doing it once more was not written."""
        if step in self._done:
            self._done.remove(step)
            self._undone.append(step)


def _move(source: list[Step], target: list[Step]) -> Step | None:
    if not source:
        return None
    target.append(source.pop())
    return target[-1]

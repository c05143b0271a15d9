"""Records on the screen: read anew when they changed, steps over them undone, what was done told."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.errors import ProfdeskError
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.tones import Tone

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Records(_Base):
    """Stands before the page or the view in the bases of a class that shows records of ``kinds``.

    The class gives ``read`` and ``steps``, and calls ``watch_steps`` once these are there.
    """

    kinds: ClassVar[Collection[Kind]]

    message: InlineMessage
    status_changed: ClassVar[Signal]
    is_stale = True

    @property
    def steps(self) -> Steps:
        """What Ctrl+Z and Ctrl+Y go through."""
        raise NotImplementedError

    def read(self) -> None:
        """Read what is shown, and show it."""
        raise NotImplementedError

    def watch_steps(self) -> None:
        """Tell of steps that were undone or done again."""
        self.steps.turned.connect(self._tell_turned)
        self.steps.changed.connect(self.status_changed)

    def activate(self) -> None:
        """Called each time it is shown: reads what changed since."""
        if self.is_stale:
            self.is_stale = False
            self.read()

    def on_changes(self, changes: Changes) -> None:
        """Called after every committed verb, also while it is hidden."""
        if changes.touches(*self.kinds):
            self.is_stale = True
            if self.isVisible():
                self.activate()

    def undo(self) -> None:
        """Take the last step back."""
        self.steps.undo()

    def redo(self) -> None:
        """Do the last undone step again."""
        self.steps.redo()

    def say(self, words: str, tone: Tone = Tone.OK, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Tell what was just done, or why it was not, with at most one thing to do about it."""
        self.message.say(words, tone, action, act=act)

    def fail(self, error: ProfdeskError) -> None:
        """Tell why something was not done."""
        self.say(error.message, Tone.BAD)

    def _tell_turned(self, step: Step, undone: bool) -> None:
        self.say(f"{'Отменено' if undone else 'Сделано снова'}: {step.words}.")

"""What the pages of the department share: records read anew when they changed, steps undone, what was done told."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Keys, Page, Status, saved_at
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.tones import Tone


class RecordsPage(Page):
    """Subclasses give ``read`` and fill a form that has ``message``; ``keys`` are those the status bar tells of."""

    kinds: ClassVar[Collection[Kind]]
    keys: ClassVar[Keys] = ()

    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._stale = True
        self.steps = Steps(desk, self)
        self.steps.failed.connect(self.fail)
        self.steps.turned.connect(self._tell_turned)
        self.steps.changed.connect(self.status_changed)

    def read(self) -> None:
        """Read what the page shows, and show it."""
        raise NotImplementedError

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self.read()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*self.kinds):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def undo(self) -> None:
        self.steps.undo()

    @override
    def redo(self) -> None:
        self.steps.redo()

    @override
    def status(self) -> Status:
        return replace(saved_at(self.desk.saved_at), undo=self.steps.next_undo, keys=self.keys)

    def say(self, words: str, tone: Tone = Tone.OK, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Tell what was just done, or why it was not, with at most one thing to do about it."""
        self.message.say(words, tone, action, act=act)

    def fail(self, error: ProfdeskError) -> None:
        """Tell why something was not done."""
        self.say(error.message, Tone.BAD)

    def _tell_turned(self, step: Step, undone: bool) -> None:
        self.say(f"{'Отменено' if undone else 'Сделано снова'}: {step.words}.")

"""What a page with several views under one header asks of the one in front."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Status, saved_at
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.tones import Tone


class View(QWidget):
    """One side of a page; its selectors and verbs stand in the header of the page."""

    status_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def show_tools(self, *, shown: bool) -> None:
        """Bring what the view has in the header into sight, or take it away."""

    def activate(self) -> None:
        """Called each time the view is shown; reads what changed since."""

    def on_changes(self, changes: Changes) -> None:
        """Called after every committed verb, also while the view is hidden."""

    def search(self) -> None:
        """Put the cursor into the search field."""

    def undo(self) -> None:
        """Take the last step back."""

    def redo(self) -> None:
        """Do the last undone step again."""

    def status(self) -> Status:
        """What the status bar shows while the view is in front."""
        return saved_at(self.desk.saved_at)


class RecordsView(View):
    """A view over records: read anew when some of ``kinds`` changed, with steps to be undone, telling what was done.

    Subclasses give ``read`` and ``steps``, and call ``watch_steps`` once these are there.
    """

    kinds: ClassVar[Collection[Kind]]

    message: InlineMessage

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._stale = True

    @property
    def steps(self) -> Steps:
        """What Ctrl+Z and Ctrl+Y go through."""
        raise NotImplementedError

    def read(self) -> None:
        """Read what the view shows, and show it."""
        raise NotImplementedError

    def watch_steps(self) -> None:
        """Tell of steps that were undone or done again."""
        self.steps.turned.connect(self._tell_turned)
        self.steps.changed.connect(self.status_changed)

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

    def say(self, words: str, tone: Tone = Tone.OK, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Tell what was just done, or why it was not, with at most one thing to do about it."""
        self.message.say(words, tone, action, act=act)

    def tell_saved(self, words: str, path: Path) -> None:
        """Tell that a file was saved; it can be opened from there."""
        self.say(words, Tone.OK, "Открыть файл", partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path))))

    def fail(self, error: ProfdeskError) -> None:
        """Tell why something was not done."""
        self.say(error.message, Tone.BAD)

    def _tell_turned(self, step: Step, undone: bool) -> None:
        self.say(f"{'Отменено' if undone else 'Сделано снова'}: {step.words}.")

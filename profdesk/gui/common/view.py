"""What a page with several views under one header asks of the one in front."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from profdesk.domain.changes import Changes
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Status, saved_at
from profdesk.gui.common.records import Records
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


class RecordsView(Records, View):
    """A view over records; subclasses give ``read`` and ``steps``, and call ``watch_steps`` once these are there."""

    def tell_saved(self, words: str, path: Path) -> None:
        """Tell that a file was saved; it can be opened from there."""
        self.say(words, Tone.OK, "Открыть файл", partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path))))

"""What a page with several views under one header asks of the one in front."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from profdesk.domain.changes import Changes
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Status, saved_at


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

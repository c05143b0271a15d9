"""What the pages of the department share: records with steps to be undone, and the keys of the page."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Keys, Page, Status, saved_at
from profdesk.gui.common.records import Records
from profdesk.gui.common.steps import Steps


class RecordsPage(Records, Page):
    """Subclasses give ``read`` and fill a form that has ``message``; ``keys`` are those the status bar tells of."""

    keys: ClassVar[Keys] = ()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._steps = Steps(desk, self)
        self._steps.failed.connect(self.fail)
        self.watch_steps()

    @property
    @override
    def steps(self) -> Steps:
        return self._steps

    @override
    def status(self) -> Status:
        return replace(saved_at(self.desk.saved_at), undo=self.steps.next_undo, keys=self.keys)

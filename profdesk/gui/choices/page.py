"""The page «Выбор и выпуск»: the talk with a child about what to choose, and what became of those who left."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from profdesk.domain.changes import Changes
from profdesk.gui.choices.choice_view import ChoiceView
from profdesk.gui.choices.graduates_view import GraduatesView
from profdesk.gui.choices.view import View
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.page import Page, Status
from profdesk.gui.common.segmented import Segmented

CHOICE, GRADUATES = "choice", "graduates"
_VIEWS = {CHOICE: "Выбор"}
"""The views that are offered, with their words."""


class ChoicesPage(Page):
    """Two views of one header: what of it belongs to a view is in sight with it."""

    name = "choices"
    title = "Выбор и выпуск"
    icon = "path"

    header: PageHeader
    view: Segmented
    views: QStackedWidget

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "choices_page")
        self.choice = ChoiceView(desk)
        self.graduates = GraduatesView(desk)
        self._known: dict[str, View] = {CHOICE: self.choice, GRADUATES: self.graduates}
        for one in self._known.values():
            self.views.addWidget(one)
            one.status_changed.connect(self.status_changed)
        self.view.set_choices(list(_VIEWS.items()))
        self.view.setVisible(len(_VIEWS) > 1)
        self.view.chosen.connect(self._turn)
        self._tools: dict[str, tuple[QWidget, ...]] = {CHOICE: (), GRADUATES: ()}
        self._turn(CHOICE)

    @property
    def front(self) -> View:
        """The view in front."""
        return self._known[self.view.key]

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        self.front.activate()

    @override
    def on_changes(self, changes: Changes) -> None:
        for one in self._known.values():
            one.on_changes(changes)

    @override
    def search(self) -> None:
        self.front.search()

    @override
    def undo(self) -> None:
        self.front.undo()

    @override
    def redo(self) -> None:
        self.front.redo()

    @override
    def status(self) -> Status:
        return self.front.status()

    # -- inside ----------------------------------------------------------------------------------

    def _turn(self, key: str) -> None:
        for one, tools in self._tools.items():
            for tool in tools:
                tool.setVisible(one == key)
        self.views.setCurrentWidget(self.front)
        if self.isVisible():
            self.front.activate()
        self.status_changed.emit()

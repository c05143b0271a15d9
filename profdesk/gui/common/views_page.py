"""A page with several views under one header, of which one is in front."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from profdesk.domain.changes import Changes
from profdesk.gui.common.page import Page, Status
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.view import View


class ViewsPage(Page):
    """What of the header belongs to a view is in sight with it; the window's keys go to the view in front.

    Subclasses fill their form and then ``offer`` the views.
    """

    view: Segmented
    views: QStackedWidget

    def offer(self, known: Mapping[str, tuple[str, View]]) -> None:
        """Take in the views, by key, each with what it is called; the first is in front."""
        self._known = {key: one for key, (_, one) in known.items()}
        for one in self._known.values():
            self.views.addWidget(one)
            one.status_changed.connect(self.status_changed)
        self.view.set_choices([(key, words) for key, (words, _) in known.items()])
        self.view.chosen.connect(lambda _: self._turn())
        self._turn()

    @property
    def front(self) -> View:
        """The view in front."""
        return self._known[self.view.key]

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

    def _turn(self) -> None:
        for one in self._known.values():
            one.show_tools(shown=one is self.front)
        self.views.setCurrentWidget(self.front)
        if self.isVisible():
            self.front.activate()
        self.status_changed.emit()

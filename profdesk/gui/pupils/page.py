"""The page «Обучающиеся»: the list, and the preview of a class list to be taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from profdesk.domain.changes import Changes, Kind
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.page import Page, Status
from profdesk.gui.pupils.import_view import ImportView
from profdesk.gui.pupils.list_view import ListView


class PupilsPage(Page):
    """Shows the list; a chosen or dropped file leads to its preview and back."""

    name = "pupils"
    title = "Обучающиеся"
    icon = "student"
    help = (
        ("Ctrl+F", "найти ученика"),
        ("Ctrl+O", "загрузить список класса"),
        ("Пробел", "взять или убрать строку при загрузке"),
        ("Esc", "вернуться к списку, ничего не записав"),
    )

    views: QStackedWidget

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "pupils_page")
        self.list = ListView(desk)
        self.preview = ImportView(desk)
        for view in (self.list, self.preview):
            self.views.addWidget(view)
        self.list.file_given.connect(self.open_file)
        self.preview.finished.connect(self._return)
        self.views.currentChanged.connect(lambda _: self.status_changed.emit())
        self._stale = True

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self.list.reload()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def search(self) -> None:
        view = self.list if self.views.currentWidget() is self.list else self.preview
        view.search_field.take_focus()

    @override
    def status(self) -> Status:
        if self.views.currentWidget() is self.preview:
            keys = (("Пробел", "взять или убрать строку"),)
            return Status("Ничего ещё не записано", keys=keys)
        return super().status()

    def open_file(self, path: Path) -> None:
        """Show what taking a class list in would change."""
        self.views.setCurrentWidget(self.preview)
        self.preview.open_file(path)

    def _return(self, sentence: str) -> None:
        self.views.setCurrentWidget(self.list)
        if sentence:
            self.list.say(sentence)
        self.list.table.setFocus()

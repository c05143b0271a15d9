"""The page «Обучающиеся»: the list, and the preview of a class list to be taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.roster import RosterPlan
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.page import Page, Status
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupils.import_view import ImportView
from profdesk.gui.pupils.list_view import ListView
from profdesk.services import batches
from profdesk.services.roster import Applied


class _Imported(NamedTuple):
    """The import that Ctrl+Z would take back: its batch, and what the status bar calls it."""

    batch: str
    words: str


class PupilsPage(Page):
    """Shows the list; a chosen or dropped file leads to its preview and back."""

    name = "pupils"
    title = "Обучающиеся"
    icon = "student"
    help = (
        ("Ctrl+F", "найти ученика"),
        ("Ctrl+O", "загрузить список класса"),
        ("Ctrl+Z", "отменить загрузку, если после неё ничего не меняли"),
        ("Пробел, Ctrl+Пробел", "взять или убрать строку, все строки"),
        ("Ctrl+C", "скопировать выбранные строки"),
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
        self.preview.loaded.connect(self._tell_loaded)
        self.preview.finished.connect(self._return)
        self.list.message.acted.connect(self.undo)
        self.views.currentChanged.connect(lambda _: self.status_changed.emit())
        self._stale = True
        self._imported: _Imported | None = None
        FileDrop(self, (self.list.sheet, self.preview.sheet)).dropped.connect(self._take_dropped)

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self.list.reload()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.PUPILS) and self._imported is not None:
            self._imported = None
            self.list.message.clear()
        if changes.touches(Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def search(self) -> None:
        view = self.list if self.views.currentWidget() is self.list else self.preview
        view.search_field.take_focus()

    @override
    def undo(self) -> None:
        imported = self._imported
        if imported is None or self.views.currentWidget() is self.preview:
            return
        workspace = self.desk.workspace
        self.desk.write(
            lambda: batches.take_back(workspace, workspace.actor, imported.batch),
            owner=self,
            done=lambda act: self._said(f"Отменено: {act.title}.", Tone.OK),
            failed=lambda error: self._said(error.message, Tone.BAD),
        )

    @override
    def status(self) -> Status:
        if self.views.currentWidget() is self.preview:
            return Status("Ничего ещё не записано", keys=(("Пробел", "взять или убрать строку"),))
        return replace(super().status(), undo=self._imported.words if self._imported else "")

    def open_file(self, path: Path) -> None:
        """Show what taking a class list in would change."""
        self.views.setCurrentWidget(self.preview)
        self.preview.open_file(path)

    def _take_dropped(self, paths: Sequence[Path]) -> None:
        if len(paths) == 1:
            self.open_file(paths[0])
        else:
            view = self.list if self.views.currentWidget() is self.list else self.preview
            view.message.say("Списки загружаем по одному: перетащите один файл.", Tone.WARN)

    def _tell_loaded(self, plan: RosterPlan, applied: Applied) -> None:
        if applied.batch is not None:
            self._imported = _Imported(applied.batch, f"загрузка «{plan.source}»")
        refused = f", отказано {applied.refused}" if applied.refused else ""
        self.list.message.say(f"Список загружен: {applied.words}{refused}.", Tone.OK, "Отменить загрузку")

    def _said(self, sentence: str, tone: Tone) -> None:
        self.list.message.say(sentence, tone)

    def _return(self) -> None:
        self.views.setCurrentWidget(self.list)
        self.list.table.setFocus()

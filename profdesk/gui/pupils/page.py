"""The page «Обучающиеся»: the list, and the preview of a class list to be taken in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from profdesk.domain.batch import Batch, Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.pupil_list import ALL, HOMELESS, Listed
from profdesk.domain.rights import Right
from profdesk.domain.roster import RosterPlan
from profdesk.gui.common.acts import ActsDialog
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.held_dialog import ask_held
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupils.acts import PupilActs
from profdesk.gui.pupils.import_view import ImportView
from profdesk.gui.pupils.list_view import ListView
from profdesk.services.roster import Applied


class PupilsPage(Page):
    """Shows the list; a chosen or dropped file leads to its preview and back.

    What nobody listens to is not offered: the card, the reference and the new year stand on pages of their own.
    """

    name = "pupils"
    title = "Обучающиеся"
    icon = "student"
    help = (
        ("Ctrl+F", "найти: любая часть имени, класс, дата рождения"),
        ("↓ или Enter", "из поиска или от классов перейти в список"),
        ("Enter", "открыть карточку ученика"),
        ("Ctrl+N", "добавить ученика"),
        ("F2", "изменить имя, дату рождения, пол, класс"),
        ("F6", "перевести выбранных в другой класс"),
        ("F8", "отметить выбытие выбранных"),
        ("Shift+F8", "вернуть выбранных в класс"),
        ("Shift+↓, Ctrl+A", "выбрать нескольких, всех"),
        ("Ctrl+C", "скопировать строки для таблицы"),
        ("Ctrl+O", "загрузить список класса"),
        ("Пробел, Ctrl+Пробел", "взять или убрать строку, все строки при загрузке"),
        ("Esc", "вернуться к списку, ничего не записав"),
    )

    writes = (Right.PUPILS_WRITE, Right.CONSENTS_WRITE)
    keys_of = ((Right.PUPILS_WRITE, ("Ctrl+N", "F2", "F6", "F8", "Shift+F8", "Ctrl+O", "Пробел, Ctrl+Пробел", "Esc")),)

    wanted_card = Signal(str, object)
    """The id of a pupil whose card the user wants to see, and the ids of the list it is chosen from."""
    wanted_reference = Signal(str)
    """The id of a pupil whose reference the user wants to write."""
    wanted_rollover = Signal()
    """The user wants to take the classes over into a new school year."""

    wanted_erasure = Signal(object)
    """The ids of pupils whose records the user wants to destroy; none: to see whose term has come."""

    views: QStackedWidget

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "pupils_page")
        self.list = ListView(desk)
        self.preview = ImportView(desk)
        for view in (self.list, self.preview):
            self.views.addWidget(view)
        self.acts = PupilActs(desk, self.list)
        self._reference = self.list.offer_more("Составить характеристику", "file-text")
        self._consents = self.list.offer_more("Внести согласия…", "pen-nib")
        self._history = self.list.offer_more("История действий…", "clock-counter-clockwise")
        self._rollover = self.list.offer_more("Перевод на новый год…", "arrow-fat-line-up")
        self._take = self.list.offer_more("Принять из другой организации…", "user-plus")
        self._held = self.list.offer_more("Выгрузить всё об ученике…", "download-simple")
        self._erasure = self.list.offer_more("Уничтожить сведения…", "trash")
        self._terms = self.list.offer_more("Сроки хранения и акты…", "clock")
        self._connect()
        self._stale = True

    def _connect(self) -> None:
        self.list.file_given.connect(self.open_file)
        self.list.table.opened.connect(self._open)
        self.list.card_button.clicked.connect(self._open_selected)
        self.list.selection_changed.connect(self._offer)
        self.list.more.aboutToShow.connect(self._offer)
        self.list.message.acted.connect(self.undo)
        self.preview.loaded.connect(self._tell_loaded)
        self.preview.finished.connect(self._return)
        if allow(self.desk, Right.PUPILS_WRITE, self._history, self._take):
            FileDrop(self, (self.list.sheet, self.preview.sheet)).dropped.connect(self._take_dropped)
        allow(self.desk, Right.CONSENTS_WRITE, self._consents)
        self.views.currentChanged.connect(lambda _: self.status_changed.emit())
        self.acts.steps.changed.connect(self.status_changed)
        self.acts.wanted_existing.connect(self._open_existing)
        self._reference.triggered.connect(self._write_reference)
        self._consents.triggered.connect(self.acts.consents)
        self._history.triggered.connect(self.show_history)
        self._rollover.triggered.connect(self.wanted_rollover)
        self._take.triggered.connect(self.acts.take)
        self._held.triggered.connect(self._hand_out)
        self._erasure.triggered.connect(lambda: self.wanted_erasure.emit([r.pupil.id for r in self.list.selected()]))
        self._terms.triggered.connect(lambda: self.wanted_erasure.emit([]))

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        self._offer()
        if self._stale:
            self._stale = False
            self.list.reload()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.PUPILS, Kind.GROUPS, Kind.ASSESSMENTS, Kind.ORGANISATION, Kind.PROGRAMME):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def search(self) -> None:
        view = self.list if self.views.currentWidget() is self.list else self.preview
        view.search_field.take_focus()

    @override
    def undo(self) -> None:
        if self.views.currentWidget() is self.list:
            self.acts.steps.undo()

    @override
    def redo(self) -> None:
        if self.views.currentWidget() is self.list:
            self.acts.steps.redo()

    @override
    def status(self) -> Status:
        if self.views.currentWidget() is self.preview:
            return Status("Ничего ещё не записано", keys=(("Пробел", "взять или убрать строку"),))
        keys = (("Ctrl+N", "добавить"), ("F2", "изменить"), ("F6", "перевести"))
        return replace(saved_at(self.desk.saved_at), undo=self.acts.steps.next_undo, keys=keys)

    def open_file(self, path: Path) -> None:
        """Show what taking a class list in would change."""
        self.views.setCurrentWidget(self.preview)
        self.preview.open_file(path)

    def shown_ids(self) -> list[str]:
        """The ids of the pupils shown, in the order shown: a card leads to the next one."""
        return self.list.shown_ids()

    def show_scope(self, scope: str) -> None:
        """Show everybody of a scope of the tree."""
        self._show_only(scope)

    def show_homeless(self) -> None:
        """Show those who are in no class."""
        self._show_only(HOMELESS)

    def show_uncovered(self, scope: str) -> None:
        """Show those of a scope whose portfolio still lacks something."""
        self._show_only(scope, uncovered=True)

    def show_some(self, whom: tuple[str, Collection[str]]) -> None:
        """Show some pupils, by their ids, and in words who they are."""
        why, ids = whom
        self._show_only(ALL, some=ids)
        self.list.narrowing.say(f"{why}. Показаны только эти ученики.", Tone.INFO, "Показать всех")

    def _show_only(self, scope: str, *, uncovered: bool = False, some: Collection[str] | None = None) -> None:
        self._return()
        self.list.show_only(scope, uncovered=uncovered, some=some)

    def show_history(self) -> None:
        """Show the acts that can be taken back."""
        dialog = ActsDialog(self, self.desk)
        dialog.taken_back.connect(self._taken_back)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- inside ----------------------------------------------------------------------------------

    def _offer(self) -> None:
        self.list.card_button.setVisible(self.leads(self.wanted_card))
        selected = self.list.selected()
        self.list.card_button.setEnabled(len(selected) == 1)
        self._reference.setVisible(self.leads(self.wanted_reference))
        self._reference.setEnabled(len(selected) == 1 and selected[0].pupil.group is not None)
        self._consents.setEnabled(any(row.pupil.attends for row in selected))
        self._rollover.setVisible(self.leads(self.wanted_rollover))
        self._held.setVisible(self.desk.may(Right.PUPILS_EXPORT))
        self._held.setEnabled(len(selected) == 1)
        self._erasure.setVisible(self.leads(self.wanted_erasure))
        self._erasure.setEnabled(bool(selected))
        self._terms.setVisible(self.leads(self.wanted_erasure))
        self.list.more_button.setVisible(any(action.isVisible() for action in self.list.more.actions()))

    def _open(self, row: Listed) -> None:
        """Open the card, or what is written of the pupil where there is no card."""
        if self.leads(self.wanted_card):
            self.wanted_card.emit(row.pupil.id, self.shown_ids())
        else:
            self.acts.edit()

    def _open_selected(self) -> None:
        for row in self.list.selected()[:1]:
            self._open(row)

    def _write_reference(self) -> None:
        for row in self.list.selected()[:1]:
            self.wanted_reference.emit(row.pupil.id)

    def _hand_out(self) -> None:
        for row in self.list.selected()[:1]:
            ask_held(self, self.desk, row.pupil.id, row.pupil.name)

    def _open_existing(self, pupil_id: str) -> None:
        if self.list.reveal(pupil_id):
            self._open_selected()

    def _taken_back(self, batch: Batch) -> None:
        self.acts.steps.forget(batch.id)
        self.list.say(f"Отменено: {batch.title}.")

    def _take_dropped(self, paths: Sequence[Path]) -> None:
        if len(paths) == 1:
            self.open_file(paths[0])
        else:
            view = self.list if self.views.currentWidget() is self.list else self.preview
            view.message.say("Списки загружаем по одному: перетащите один файл.", Tone.WARN)

    def _tell_loaded(self, plan: RosterPlan, applied: Applied) -> None:
        self.acts.steps.add(Step(f"загрузка «{plan.source}»", applied.batch, ()))
        refused = f", отказано {applied.refused}" if applied.refused else ""
        offer = "Отменить загрузку" if applied.batch else ""
        self.list.message.say(f"Список загружен: {applied.words}{refused}.", Tone.OK, offer)

    def _return(self) -> None:
        self.views.setCurrentWidget(self.list)
        self.list.table.setFocus()

"""The page «Реестры»: the registers, and the preview of a table to be taken into one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from profdesk.domain.batch import Batch
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.register import Register
from profdesk.domain.register_import import Plan
from profdesk.domain.register_rights import writing
from profdesk.domain.registers import AGREEMENTS
from profdesk.domain.registers_of_pupils import DESTINATIONS
from profdesk.domain.registers_of_work import LESSONS, PROFESSIONS
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.acts import ActsDialog
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.entry_dialog import EntryStep
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.tones import Tone
from profdesk.gui.registers.acts import EntryActs
from profdesk.gui.registers.import_view import ImportView
from profdesk.gui.registers.lesson_giving import LessonGiving
from profdesk.gui.registers.list_view import ListView
from profdesk.gui.registers.profession_view import ProfessionView
from profdesk.services import lesson_exchange, registers
from profdesk.services.registers import Applied

_KINDS = (Kind.REGISTERS, Kind.PUPILS, Kind.GROUPS, Kind.PROGRAMME, Kind.ORGANISATION)
_OF_CARD = (Kind.REGISTERS, Kind.ACTIVITIES, Kind.PUPILS, Kind.GROUPS, Kind.PROGRAMME)


class RegistersPage(Page):
    """Shows the registers; a chosen or dropped file leads to its preview and back."""

    name = "registers"
    title = "Реестры"
    icon = "address-book"
    help = (
        ("Ctrl+F", "найти: любое слово записи"),
        ("↓ или Enter", "из поиска или от списка реестров перейти к записям"),
        ("Ctrl+N", "добавить запись"),
        ("Enter, F2", "изменить запись"),
        ("Пробел", "в профессиях: открыть карточку"),
        ("Del", "убрать запись из реестра"),
        ("Ctrl+Z, Ctrl+Y", "отменить последнее действие, сделать снова"),
        ("Shift+↓, Ctrl+A", "выбрать несколько записей, все"),
        ("Ctrl+C", "скопировать строки для таблицы"),
        ("Ctrl+O", "загрузить записи из файла"),
        ("Пробел, Ctrl+Пробел", "взять или убрать строку, все строки при загрузке"),
        ("Esc", "вернуться к реестру, ничего не записав"),
    )

    wanted_card = Signal(str)
    """The id of a pupil whose card the user wants to see."""
    graduates_taken = Signal(object)
    """EntryStep of a table of graduates taken in for another page, to which ``left`` then leads back."""

    views: QStackedWidget

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "registers_page")
        self.list = ListView(desk)
        self.preview = ImportView(desk)
        self.profession = ProfessionView(desk)
        for view in (self.list, self.preview, self.profession):
            self.views.addWidget(view)
        self.acts = EntryActs(desk, self.list)
        self._connect()
        self._stale = True
        self._lent = False

    def _connect(self) -> None:
        more = self.list.offer_more
        more("Выгрузить в Excel…", "download-simple").triggered.connect(self.export)
        self._template = more("Сохранить образец…", "file-text")
        self._template.triggered.connect(self.save_template)
        self.giving = LessonGiving(self.desk, self.list)
        self.giving.file_given.connect(self.open_file)
        self._history = more("История действий…", "clock-counter-clockwise")
        self._history.triggered.connect(self.show_history)
        self.list.more.aboutToShow.connect(self._offer_more)
        self.list.file_given.connect(self.open_file)
        self.preview.loaded.connect(self._tell_loaded)
        self.preview.finished.connect(self._return)
        self.preview.wanted_template.connect(self.save_template)
        self.acts.wanted_profession.connect(self.show_profession)
        self.profession.finished.connect(self._return)
        self.profession.wanted_edit.connect(self.edit_profession)
        self.profession.wanted_pupil.connect(self.wanted_card)
        FileDrop(self, (self.list.sheet, self.preview.sheet)).dropped.connect(self._take_dropped)
        self.views.currentChanged.connect(lambda _: self.status_changed.emit())
        self.list.choice.chosen.connect(lambda _: self.status_changed.emit())
        self.acts.steps.changed.connect(self.status_changed)

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self.list.reload()
        if self.window().focusWidget() is None:
            self.list.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*_KINDS):
            self._stale = True
            if self.isVisible():
                self.activate()
        if self._view is self.profession and changes.touches(*_OF_CARD):
            self.profession.reload()

    @override
    def search(self) -> None:
        self._view.search_field.take_focus()

    @override
    def undo(self) -> None:
        if self._view is not self.preview:
            self.acts.steps.undo()

    @override
    def redo(self) -> None:
        if self._view is not self.preview:
            self.acts.steps.redo()

    @override
    def status(self) -> Status:
        if self._view is self.preview:
            return Status("Ничего ещё не записано", keys=(("Пробел", "взять или убрать строку"),))
        if self._view is self.profession:
            edit = (("F2", "изменить"),) if self.desk.may(writing(PROFESSIONS)) else ()
            keys = (("Ctrl+P", "напечатать"), *edit, ("Esc", "к списку"))
            return replace(saved_at(self.desk.saved_at), undo=self.acts.steps.next_undo, keys=keys)
        card = (("Пробел", "карточка"),) if self.list.register is PROFESSIONS else ()
        undo = self.acts.steps.next_undo
        if not self.list.may_write:
            words = f"Только просмотр: права {writing(self.list.register)} у вас нет"
            return Status(words, undo=undo, keys=(*card, ("Enter", "посмотреть")))
        verbs = (*card, ("Ctrl+N", "добавить"), ("Enter", "изменить"), ("Del", "убрать"))
        return replace(saved_at(self.desk.saved_at), undo=undo, keys=verbs)

    def show_profession(self, profession: str) -> None:
        """Show what is known of a profession, and who met it."""
        self.views.setCurrentWidget(self.profession)
        self.profession.show_profession(profession)

    def edit_profession(self, profession: str) -> None:
        """Change the profession whose card is shown."""
        book = self.list.book
        entry = next((one for one in book.entries if one.id == profession), None) if book else None
        if book is not None and entry is not None:
            self.acts.open(book, entry)

    def show_agreements(self, words: str) -> None:
        """Show the agreements, only those with some words."""
        self.show_register(AGREEMENTS, words)

    def show_register(self, register: Register, words: str = "") -> None:
        """Show a register, only its entries with some words if given."""
        self._lent = False
        self._return()
        self.list.show_register(register, words)

    # -- files -----------------------------------------------------------------------------------

    def take_graduates(self, path: Path) -> None:
        """Show what taking a table into the register of graduates would change; it is another page that asks."""
        self.list.show_register(DESTINATIONS)
        self.open_file(path)
        self._lent = True

    def open_file(self, path: Path) -> None:
        """Show what taking a table into the register shown, or lessons into their bank, would change."""
        if lesson_exchange.is_pack(path):
            self.list.show_register(LESSONS)
        self._lent = False
        self.views.setCurrentWidget(self.preview)
        self.preview.open_file(self.list.register, path)

    def export(self) -> None:
        """Write the register shown as a workbook."""
        register, workspace, actor = self.list.register, self.desk.workspace, self.desk.actor
        self._save(f"{register.title}.xlsx", lambda path: registers.export(workspace, actor, register, path))

    def save_template(self) -> None:
        """Write an empty table of the register shown, to be filled and loaded."""
        register = self.list.register
        self._save(f"{register.title}, образец.xlsx", lambda path: registers.save_template(register, path))

    def show_history(self) -> None:
        """Show the acts that can be taken back."""
        dialog = ActsDialog(self, self.desk)
        dialog.taken_back.connect(self._taken_back)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- inside ----------------------------------------------------------------------------------

    def _offer_more(self) -> None:
        for action in (self._template, self._history):
            action.setVisible(self.list.may_write)

    @property
    def _view(self) -> ListView | ImportView | ProfessionView:
        views = (self.preview, self.profession)
        return next((one for one in views if self.views.currentWidget() is one), self.list)

    def _save(self, name: str, write: Callable[[Path], None]) -> None:
        path = file_dialogs.file_to_save(self, self.list.register.title, name, file_dialogs.XLSX)
        if path is not None:
            self.desk.run(lambda: write(path), owner=self, done=lambda _: self._saved(path), failed=self._not_saved)

    def _saved(self, path: Path) -> None:
        if self._view is self.preview:
            self.preview.message.say(f"Сохранено: {path}. Заполните и загрузите этот файл.", Tone.OK)
        else:
            open_it = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path)))
            self.list.say(f"Сохранено: {path}.", Tone.OK, "Открыть файл", open_it)

    def _not_saved(self, error: ProfdeskError) -> None:
        self._view.message.say(error.message, Tone.BAD)

    def _take_dropped(self, paths: Sequence[Path]) -> None:
        if not self.list.may_write:
            return
        if len(paths) == 1:
            self.open_file(paths[0])
        else:
            self._view.message.say("Файлы загружаем по одному: перетащите один.", Tone.WARN)

    def _taken_back(self, batch: Batch) -> None:
        self.acts.steps.forget(batch.id)
        self.list.say(f"Отменено: {batch.title}.")

    def _tell_loaded(self, plan: Plan, applied: Applied) -> None:
        step = EntryStep(f"загрузка «{plan.source}»", applied.batch, (), plan.register, applied.words)
        if self._lent:
            self.graduates_taken.emit(step)
            return
        self.acts.steps.add(step)
        self.list.say(f"Загружено: {applied.words}.", Tone.OK, "Отменить загрузку", self.acts.steps.undo)

    def _return(self) -> None:
        self.views.setCurrentWidget(self.list)
        lent, self._lent = self._lent, False
        if lent:
            self.left.emit()
        else:
            self.list.enter_table()

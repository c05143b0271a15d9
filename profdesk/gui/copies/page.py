"""The page «Копии»: what copies there are and what each holds, a second place for them, and the way back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.backups import Copy, Difference, Reading
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.rights import Right
from profdesk.errors import ProfdeskError
from profdesk.gui.common import copy_words, file_dialogs
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.long_work import LongWork
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.copies import rows
from profdesk.services import backups

_LINES = (
    ("Сама", "после работы и раз в день, если что-то изменилось"),
    ("Под теми же паролями", "копия зашифрована, как и рабочая папка"),
    ("Обратимо", "восстановление само сначала копирует то, что есть"),
)


class CopiesPage(Page):
    """Making, checking and restoring run in the desk's worker, can be stopped, and say how far they are."""

    name = "copies"
    title = "Копии"
    icon = "copy"
    under = "settings"
    help = (
        ("Ctrl+S", "сделать копию"),
        ("F5", "проверить выбранную копию"),
        ("Enter", "восстановить из выбранной копии"),
        ("Esc", "вернуться"),
    )

    header: PageHeader
    make_button: QPushButton
    body: QWidget
    sheet: Card
    table: DeskTable
    card: Card
    copy_title: QLabel
    copy_why: QLabel
    copy_holds: QLabel
    copy_last: QLabel
    copy_place: QLabel
    check_button: QPushButton
    restore_button: QPushButton
    folder_button: QPushButton
    second_title: QLabel
    second_state: QLabel
    choose_button: QPushButton
    bring_button: QPushButton
    forget_button: QPushButton
    trial_title: QLabel
    trial_state: QLabel
    rule: QLabel
    progress: ProgressStrip
    message: InlineMessage
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "copies_page")
        self._reading: Reading | None = None
        self._checked: dict[Path, tuple[str, ...]] = {}
        self._work = LongWork(self.progress, self.message)
        self._undo_to: Copy | None = None
        self.header.show_back()
        self.empty.set_content("copy", "Копий пока нет", "Сделайте первую: это занимает секунды.", _LINES)
        self.empty.primary.setText("Сделать копию")
        self.empty.primary.show()
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.header.back_pressed.connect(self.left)
        self.table.chosen.connect(self._show_copy)
        self.table.opened.connect(lambda _: self._ask_restore())
        self.make_button.clicked.connect(self.make)
        self.empty.primary.clicked.connect(self.make)
        self.check_button.clicked.connect(self._check)
        self.restore_button.clicked.connect(self._ask_restore)
        self.folder_button.clicked.connect(self._open_folder)
        self.choose_button.clicked.connect(self._choose_place)
        self.bring_button.clicked.connect(self._bring)
        self.forget_button.clicked.connect(partial(self._set_place, None))
        self.message.acted.connect(self._go_back)
        for key, act in (("Ctrl+S", self.make), ("F5", self._check), ("Esc", self.left.emit)):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    @override
    def activate(self) -> None:
        self._read()

    @override
    def on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches(Kind.COPIES):
            self._read()

    @override
    def status(self) -> Status:
        return replace(saved_at(self.desk.saved_at), keys=(("Ctrl+S", "сделать копию"), ("F5", "проверить")))

    # -- reading ---------------------------------------------------------------------------------

    def _read(self) -> None:
        workspace = self.desk.workspace
        work = partial(backups.read, workspace, workspace.actor)
        self.desk.run(work, owner=self, done=self._show, failed=self._work.fail)

    def _show(self, found: Reading) -> None:
        self._reading = found
        some = bool(found.copies)
        for part in (self.body, self.rule):
            part.setVisible(some)
        self.make_button.setVisible(some)
        self.empty.setVisible(not some)
        self._show_rows()
        self._show_around(found)
        if found.failure is not None and not self._work.is_on:
            self.message.say(copy_words.unmade(found.failure), Tone.WARN)
        elif found.before_restore is not None and not self._work.is_on and self._may_restore():
            self._undo_to = found.before_restore
            self.message.say(
                "Рабочую папку восстановили из копии. Если это была ошибка, верните, как было.",
                Tone.INFO,
                "Вернуть как было…",
            )

    def _show_rows(self) -> None:
        if self._reading is None:
            return
        self.table.set_columns(rows.columns(self._reading, self._checked), key=lambda one: one.folder)
        self.table.set_rows(self._reading.copies)
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_around(self, found: Reading) -> None:
        self.second_state.setText(rows.second_place(found.second))
        self.choose_button.setText("Выбрать другую…" if found.second else "Выбрать папку…")
        self.bring_button.setVisible(found.second is not None and found.second.is_there)
        self.forget_button.setVisible(found.second is not None)
        self.trial_state.setText(rows.trial(found.trial))

    def _show_copy(self, copy: Copy | None) -> None:
        for button in (self.check_button, self.restore_button, self.folder_button):
            button.setEnabled(copy is not None)
        self.restore_button.setVisible(self._may_restore())
        if copy is None:
            return
        self.copy_title.setText(copy_words.moment(copy.made_at))
        self.copy_why.setText(copy_words.why(copy))
        parts = (copy_words.holds(copy), copy_words.sessions(copy), copy_words.size(copy))
        self.copy_holds.setText(", ".join(filter(None, parts)))
        self.copy_last.setText(f"Последняя запись {copy_words.last(copy)}" if copy.last else "")
        wrong = self._checked.get(copy.folder)
        self.copy_place.setText(f"Повреждено: {', '.join(wrong)}" if wrong else copy.folder.name)

    def _may_restore(self) -> bool:
        return self.desk.may(Right.COPIES_RESTORE)

    # -- making and checking ---------------------------------------------------------------------

    def make(self) -> None:
        """Make a copy now."""
        if self._work.is_on:
            return
        workspace = self.desk.workspace
        self._work.begin("Копируем, МБ")
        self._work.task = self.desk.write(
            partial(backups.make, workspace, workspace.actor),
            owner=self,
            progress=self._work.report,
            done=lambda _: self._work.end("Копия сделана, прочитана до конца и сосчитана."),
            failed=self._work.fail,
            stopped=self._work.end,
        )

    def _check(self) -> None:
        copy: Copy | None = self.table.row()
        if copy is None or self._work.is_on:
            return
        workspace = self.desk.workspace
        self._work.begin("Проверяем")
        self._work.task = self.desk.run(
            partial(backups.check, workspace, workspace.actor, copy.folder),
            owner=self,
            progress=self._work.report,
            done=partial(self._tell_check, copy),
            failed=self._work.fail,
            stopped=self._work.end,
        )

    def _tell_check(self, copy: Copy, wrong: tuple[str, ...]) -> None:
        self._checked[copy.folder] = wrong
        self._work.end()
        self._show_rows()
        self._show_copy(self.table.row())
        if wrong:
            words = f"Копия повреждена: {', '.join(wrong)}. Сделайте новую и не рассчитывайте на эту."
            self.message.say(words, Tone.BAD)
        else:
            self.message.say("Копия цела: все записи и все файлы прочитаны.", Tone.OK)

    # -- restoring -------------------------------------------------------------------------------

    def _ask_restore(self) -> None:
        copy: Copy | None = self.table.row()
        if copy is not None and not self._work.is_on and self._may_restore():
            self._compare(copy)

    def _go_back(self) -> None:
        if self._undo_to is not None and not self._work.is_on:
            self._compare(self._undo_to)

    def _compare(self, copy: Copy) -> None:
        workspace = self.desk.workspace
        work = partial(backups.difference, workspace, workspace.actor, copy)
        self.desk.run(work, owner=self, done=partial(self._confirm, copy), failed=self._work.fail)

    def _confirm(self, copy: Copy, found: Difference) -> None:
        question = f"Восстановить из копии {copy_words.moment(copy.made_at)}?"
        dialog = Dialog(self, question, rows.consequences(copy, found), "Восстановить", "Оставить как есть")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._restore, copy))
        dialog.open()

    def _restore(self, copy: Copy) -> None:
        workspace = self.desk.workspace
        self._work.begin("Восстанавливаем, МБ")
        self._work.task = self.desk.write(
            partial(backups.restore, workspace, workspace.actor, copy.folder),
            owner=self,
            progress=self._work.report,
            done=lambda _: self._leave(f"Восстановлено из копии {copy_words.moment(copy.made_at)}. Войдите снова."),
            failed=self._restore_failed,
            stopped=partial(self._restore_failed, None),
        )

    def _restore_failed(self, error: ProfdeskError | None) -> None:
        """What failed before the workspace was closed leaves the window as it is."""
        words = error.message if error is not None else "Восстановление остановлено, рабочая папка прежняя."
        if self.desk.workspace.is_open:
            self._work.end()
            self._read()
            self.message.say(words, Tone.BAD if error else Tone.INFO)
        else:
            self._leave(words)

    def _leave(self, words: str) -> None:
        self._work.end()
        self.desk.closed_under.emit(words)

    # -- the second place ------------------------------------------------------------------------

    def _choose_place(self) -> None:
        place = file_dialogs.folder(self, "Второе место для копий")
        if place is not None:
            self._set_place(place)

    def _set_place(self, place: Path | None) -> None:
        workspace = self.desk.workspace
        self.desk.write(
            partial(backups.choose_second_place, workspace, workspace.actor, place),
            owner=self,
            done=lambda _: self._bring() if place is not None else self.message.clear(),
            failed=self._work.fail,
        )

    def _bring(self) -> None:
        if self._work.is_on:
            return
        workspace = self.desk.workspace
        self._work.begin("Кладём копию во второе место, МБ")
        self._work.task = self.desk.write(
            partial(backups.bring_to_second_place, workspace, workspace.actor),
            owner=self,
            progress=self._work.report,
            done=self._tell_brought,
            failed=self._work.fail,
            stopped=self._work.end,
        )

    def _tell_brought(self, made: Path | None) -> None:
        self._work.end(f"Копия лежит в папке «{made}»." if made else "Последняя копия уже лежит во втором месте.")

    def _open_folder(self) -> None:
        copy: Copy | None = self.table.row()
        if copy is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy.folder)))

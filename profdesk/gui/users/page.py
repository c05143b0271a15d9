"""The page «Пользователи»: who works with this folder, in which roles and with which classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import plural
from profdesk.domain.access import Role
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.rights import Right
from profdesk.domain.users import Draft
from profdesk.errors import CodeNeededError, ProfdeskError
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.own_password import OwnPasswordDialog
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.users import rows
from profdesk.gui.users.given_password_dialog import GivenPasswordDialog
from profdesk.gui.users.keys_dialog import KeysDialog, removal, renewal
from profdesk.gui.users.rows import Book, Line
from profdesk.gui.users.sheet_dialog import SheetDialog
from profdesk.gui.users.user_dialog import UserDialog
from profdesk.services import users

_ALONE = "С этой рабочей папкой работаете вы одни. Добавьте коллег: у каждого будут свой пароль и свои права."
_BY_CODE = "Для этих ролей нужен код с листа восстановления: нажмите «Изменить…», там его спросят."
_ENTRIES = ("Изменить…\tF2", "Выдать новый пароль…", "Удалить…\tDel", "Скопировать\tCtrl+C")
_KEYS = (("Ctrl+N", "добавить"), ("F2", "изменить"), ("Del", "удалить"))


@dataclass(frozen=True)
class _Change:
    """What was said of a user before and after."""

    user: str
    before: Draft
    after: Draft

    @property
    def turned(self) -> _Change:
        return _Change(self.user, self.after, self.before)


class UsersPage(Page):
    """A table of users; whoever keeps them adds, changes and removes them here, who gives classes gives those."""

    name = "users"
    title = "Пользователи"
    icon = "users-three"
    help = (
        ("Ctrl+F", "найти: любое слово имени, должности, роли или класса"),
        ("↓ или Enter", "из поиска перейти к списку"),
        ("Ctrl+N", "добавить пользователя"),
        ("Enter, F2", "изменить имя, роли и классы"),
        ("Del", "удалить пользователя"),
        ("Ctrl+Z, Ctrl+Y", "отменить последнее изменение, сделать снова; добавленных и удалённых это не касается"),
        ("Ctrl+C", "скопировать строку для таблицы"),
    )

    writes = (Right.CLASSES_GIVE,)
    keys_of = ((Right.USERS_WRITE, ("Ctrl+N", "Del")),)

    password_button: QPushButton
    sheet_button: QPushButton
    add_button: QPushButton
    count: QLabel
    removed_box: QCheckBox
    search_field: SearchField
    sheet: Card
    table: DeskTable
    remove_button: QPushButton
    forgot_button: QPushButton
    edit_button: QPushButton
    owed: InlineMessage
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "users_page")
        self._book = Book((), ())
        self._stale = True
        self._wanted = ""
        self._done: list[_Change] = []
        self._undone: list[_Change] = []
        self._turning = False
        self.table.set_columns(rows.COLUMNS, key=lambda one: one.user.id, faded=_is_gone)
        self._connect()

    def _connect(self) -> None:
        self.search_field.searched.connect(lambda _: self._filter())
        self.removed_box.toggled.connect(lambda _: self._filter())
        SearchKeys(self.search_field, self.table).entered.connect(self._enter)
        self.table.chosen.connect(lambda _: self._offer())
        self.table.opened.connect(lambda _: self.edit())
        for button, act in (
            (self.add_button, self.add),
            (self.edit_button, self.edit),
            (self.forgot_button, self.give_password),
            (self.remove_button, self.ask_removal),
            (self.sheet_button, self.ask_sheet),
            (self.password_button, self.change_own),
        ):
            button.clicked.connect(act)
        entries = [self.table.addAction(words) for words in _ENTRIES]
        acts = (self.edit, self.give_password, self.ask_removal, self.table.copy_selected)
        for entry, act in zip(entries, acts, strict=True):
            entry.triggered.connect(act)
        QShortcut(QKeySequence("F2"), self).activated.connect(self.edit)
        adding, removing = QShortcut(QKeySequence("Ctrl+N"), self), QShortcut(QKeySequence("Del"), self.table)
        adding.activated.connect(self.add)
        removing.setContext(Qt.ShortcutContext.WidgetShortcut)
        removing.activated.connect(self.ask_removal)
        keeping = (self.add_button, self.remove_button, self.forgot_button, self.sheet_button)
        self._keeps = allow(self.desk, Right.USERS_WRITE, *keeping, *entries[1:3], adding, removing)
        if not self._keeps:
            self.edit_button.setText("Классы…")
            entries[0].setText("Классы…\tF2")

    # -- what the window asks ----------------------------------------------------------------------

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            workspace, actor, year = self.desk.workspace, self.desk.actor, self.desk.organisation.period.year
            self.desk.run(lambda: rows.read(workspace, actor, year), owner=self, done=self._show, failed=self._fail)

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.USERS, Kind.GROUPS, Kind.ORGANISATION):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def status(self) -> Status:
        words = f"изменение, {self._done[-1].after.name}" if self._done else ""
        return replace(saved_at(self.desk.saved_at), undo=words, keys=_KEYS)

    # -- showing -----------------------------------------------------------------------------------

    def _show(self, book: Book) -> None:
        self._book = book
        self.show_owed(book.owed)
        self.removed_box.setVisible(any(_is_gone(line) for line in book.lines))
        self._filter()
        alone = self._keeps and len(book.lines) == 1
        if alone and not self.message.words:
            self.message.say(_ALONE)
        elif not alone and self.message.words == _ALONE:
            self.message.clear()

    def show_owed(self, names: Sequence[str]) -> None:
        """Say who knows keys that are theirs no more, with a way to renew them for who keeps users."""
        if names:
            words = f"Ключи рабочей папки ещё знают те, кому они больше не положены: {', '.join(names)}."
            self.owed.say(
                words, Tone.WARN, "Сменить ключи…" if self._keeps else "", act=partial(self._ask_renewal, names)
            )
        else:
            self.owed.clear()

    def _filter(self) -> None:
        words = self.search_field.text().strip()
        there = [line for line in self._book.lines if self.removed_box.isChecked() or not _is_gone(line)]
        shown = [line for line in there if rows.matches(line, words)]
        self.table.set_rows(shown, f"По запросу «{words}» никого нет")
        counted = plural.counted(len(there), "пользователь", "пользователя", "пользователей")
        self.count.setText(f"{len(shown)} из {len(there)}" if words else counted)
        if self._wanted and self.table.choose(self._wanted):
            self._wanted = ""
        elif self.table.row() is None:
            self.table.choose_first()
        self._offer()

    def _offer(self) -> None:
        line, own = self._line(), self.desk.actor.id
        leads = line is not None and Role.TEACHER in line.user.roles and bool(self._book.groups)
        works = line is not None and line.user.removed_at is None
        self.edit_button.setEnabled(works and (self._keeps or leads))
        self.forgot_button.setEnabled(works and line is not None and line.user.id != own)
        self.remove_button.setEnabled(line is not None and line.user.id != own)

    def _line(self) -> Line | None:
        """The chosen user, if one who still works or can still come in."""
        line: Line | None = self.table.row()
        return None if line is None or _is_gone(line) else line

    def _enter(self) -> None:
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- verbs -------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new user."""
        dialog = UserDialog(self, self.desk, self._book.groups)
        dialog.saved.connect(
            lambda user, said, _: self._told(user, f"Добавлен пользователь: {said.name}. Передайте первый пароль.")
        )
        self._open(dialog)

    def edit(self) -> None:
        """Change the chosen user."""
        line = self._line()
        if line is not None and self.edit_button.isEnabled():
            dialog = UserDialog(self, self.desk, self._book.groups, line)
            dialog.saved.connect(lambda _user, said, code: self._changed(line, said, code))
            self._open(dialog)

    def give_password(self) -> None:
        """Give the chosen user a new first password."""
        line = self._line()
        if line is not None and self.forgot_button.isEnabled():
            dialog = GivenPasswordDialog(self, self.desk, line.user)
            dialog.given.connect(
                lambda: self._told(line.user.id, f"Новый пароль выдан: {line.user.name}. Передайте его.")
            )
            self._open(dialog)

    def ask_removal(self) -> None:
        """Ask whether the chosen user is to be removed."""
        line = self._line()
        if line is not None and self.remove_button.isEnabled():
            act = partial(users.remove, self.desk.workspace, self.desk.actor, line.user.id)
            dialog = KeysDialog(self, self.desk, removal(line), act)
            dialog.renewed.connect(lambda code: self._removed(line, code))
            self._open(dialog)

    def _ask_renewal(self, names: Sequence[str]) -> None:
        act = partial(users.renew_keys, self.desk.workspace, self.desk.actor)
        dialog = KeysDialog(self, self.desk, renewal(names), act)
        dialog.renewed.connect(self._renewed)
        self._open(dialog)

    def ask_sheet(self) -> None:
        """Ask whether a new recovery sheet is to be made."""
        self._open(SheetDialog(self, self.desk))

    def change_own(self) -> None:
        """Change the own password."""
        dialog = OwnPasswordDialog(self, self.desk)
        dialog.accepted.connect(lambda: self.message.say("Ваш пароль сменён.", Tone.OK))
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(lambda _: self._enter())
        dialog.open()

    def _told(self, user: str, words: str) -> None:
        self._wanted = user
        self.message.say(words, Tone.OK)
        self._filter()

    def _changed(self, line: Line, said: Draft, code: str | None) -> None:
        if said != line.said:
            self._done.append(_Change(line.user.id, line.said, said))
            self._undone.clear()
            self.status_changed.emit()
            self.message.say(f"Изменено: {said.name}.", Tone.OK, "Вернуть как было", act=self.undo)
        elif line.lacks:
            self.message.say(f"Роли действуют и здесь: {said.name}.", Tone.OK)
        self._show_sheet(code)

    def _renewed(self, code: str | None) -> None:
        self.message.say("Ключи рабочей папки сменены.", Tone.OK)
        self._show_sheet(code)

    def _removed(self, line: Line, code: str | None) -> None:
        self._done = [one for one in self._done if one.user != line.user.id]
        self._undone = [one for one in self._undone if one.user != line.user.id]
        self.status_changed.emit()
        told = "Отправьте изменения на его компьютер." if line.user.here is None else "Ключи рабочей папки сменены."
        self.message.say(f"Пользователь удалён: {line.user.name}. {told}", Tone.OK)
        self._show_sheet(code)

    def _show_sheet(self, code: str | None) -> None:
        if code is not None:
            self._open(SheetDialog(self, self.desk, code))

    def _fail(self, error: ProfdeskError) -> None:
        self._turning = False
        if isinstance(error, CodeNeededError):
            self.message.say(_BY_CODE, Tone.WARN)
        else:
            self.message.say(error.message, Tone.BAD)

    # -- undo --------------------------------------------------------------------------------------

    @override
    def undo(self) -> None:
        self._turn(self._done, self._undone, "Возвращено, как было")

    @override
    def redo(self) -> None:
        self._turn(self._undone, self._done, "Изменено снова")

    def _turn(self, source: list[_Change], target: list[_Change], words: str) -> None:
        """Say of a user again what was said before; rights are changed by the same verb, and so journaled."""
        if self._turning or not source:
            return
        self._turning, change = True, source[-1]
        workspace, actor = self.desk.workspace, self.desk.actor

        def done(code: str | None) -> None:
            self._turning = False
            source.pop()
            target.append(change.turned)
            self.status_changed.emit()
            self.message.say(f"{words}: {change.before.name}.", Tone.OK)
            self._show_sheet(code)

        self.desk.write(
            lambda: rows.change(workspace, actor, change.user, change.before),
            owner=self,
            done=done,
            failed=self._fail,
            stopped=self._turned_not,
        )

    def _turned_not(self) -> None:
        self._turning = False


def _is_gone(line: Line) -> bool:
    return line.is_gone

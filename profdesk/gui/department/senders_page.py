"""The page «Организации»: whom the department expects summaries from, and whose keys it trusts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import key_file, plural
from profdesk.domain.access import Actor
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.rights import Right
from profdesk.domain.sender_table import SenderTable
from profdesk.domain.senders import KeyState, Listed, Sender, SenderKey
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.department import sender_rows
from profdesk.gui.department.key_panel import KeyPanel
from profdesk.gui.department.records_page import RecordsPage
from profdesk.gui.department.sender_dialog import SenderDialog
from profdesk.services import key_files, senders

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

Verb = Callable[["Workspace", Actor], tuple[Step, Changes]]
_MOST_TOLD = 3
_TABLES = (".xlsx", ".xls", ".ods", ".docx", ".csv")
_USELESS = frozenset({KeyState.REVOKED, KeyState.EXPIRED})
_MISMATCH = "отпечаток не совпал"

_WRITING = ("Ctrl+N", "F2", "Enter, F2", "Ctrl+O", "Ctrl+K", "Del", "Ctrl+Z, Ctrl+Y")


class SendersPage(RecordsPage):
    """A list at left, the keys of the organisation chosen in it at right; key files may be dropped anywhere."""

    name = "senders"
    title = "Организации"
    icon = "buildings"
    kinds = (Kind.SENDERS,)
    keys = (("Ctrl+N", "добавить"), ("F2", "изменить"), ("Ctrl+O", "взять ключ"), ("Del", "убрать"))
    help = (
        ("Ctrl+F", "найти: любое слово названия, телефона или заметки"),
        ("↓ или Enter", "из поиска перейти к списку"),
        ("Ctrl+N", "добавить организацию"),
        ("Enter, F2", "изменить организацию"),
        ("Ctrl+O", "взять ключ из файла"),
        ("Ctrl+K", "перейти к сверке ключа"),
        ("Del", "убрать организацию из списка"),
        ("Ctrl+Z, Ctrl+Y", "отменить последнее действие, сделать снова"),
        ("Shift+↓, Ctrl+A", "выбрать несколько организаций, все"),
        ("Ctrl+C", "скопировать строки для таблицы"),
    )

    writes = (Right.SENDERS_WRITE,)
    keys_of = ((Right.SENDERS_WRITE, _WRITING),)

    send_button: QPushButton
    list_button: QPushButton
    add_button: QPushButton
    empty: EmptyState
    content: QWidget
    count: QLabel
    search_field: SearchField
    sheet: Card
    table: DeskTable
    withdraw_button: QPushButton
    edit_button: QPushButton
    panel: KeyPanel

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "department_senders")
        self._lines: Sequence[Listed] = ()
        self._wanted = ""
        self.table.select_several()
        self.table.set_columns(sender_rows.COLUMNS, key=lambda one: one.sender.id)
        self.empty.set_content(
            "buildings",
            "Список организаций пуст",
            "Сводку принимаем только от организации из этого списка, чей ключ сверен по телефону.",
            (
                ("Соберите файлы ключей", "Школа сохраняет файл ключа в своих «Настройках» и присылает вам."),
                ("Перетащите их сюда", "Организация с её названием появится в списке сама."),
                ("Позвоните и сверьте отпечаток", "После этого её сводки принимаются."),
            ),
        )
        self.empty.set_buttons("Взять файлы ключей…", "Добавить организацию…", icon="key")
        self.content.hide()
        self.empty.hide()
        self._offer_parcels()
        self._connect()

    def _connect(self) -> None:
        self.search_field.searched.connect(lambda _: self._filter())
        SearchKeys(self.search_field, self.table).entered.connect(self._enter)
        self.table.selection_changed.connect(self._offer)
        self.table.opened.connect(lambda _: self.edit_button.click())
        for button, act in (
            (self.add_button, self.add),
            (self.list_button, self._ask_table),
            (self.empty.primary, self._ask_keys),
            (self.empty.quiet, self.add),
            (self.edit_button, self.edit),
            (self.withdraw_button, self.ask_withdrawal),
        ):
            button.clicked.connect(act)
        self.panel.wanted_key.connect(self._ask_keys)
        self.panel.matched.connect(self._confirm)
        self.panel.mismatched.connect(self._ask_mismatch)
        self.panel.wanted_revocation.connect(self._ask_revocation)
        verbs = (
            ("Изменить…\tF2", self.edit),
            ("Взять ключ…\tCtrl+O", self._ask_keys),
            ("Убрать из списка\tDel", self.ask_withdrawal),
        )
        may_write = self._may_write()
        for words, act in (*(verbs if may_write else ()), ("Скопировать\tCtrl+C", self.table.copy_selected)):
            self.table.addAction(words).triggered.connect(act)
        if not may_write:
            return
        FileDrop(self, (self.table,)).dropped.connect(self.take)
        for key, act in (
            ("Ctrl+N", self.add), ("F2", self.edit), ("Ctrl+O", self._ask_keys), ("Ctrl+K", self.panel.ask_whom),
        ):  # fmt: skip
            QShortcut(QKeySequence(key), self).activated.connect(act)
        here = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence("Del"), self.table, context=here).activated.connect(self.ask_withdrawal)

    def _may_write(self) -> bool:
        """Whether the user keeps the list; one who reads it alone sees no verbs over it."""
        return allow(
            self.desk, Right.SENDERS_WRITE, self.add_button, self.list_button, self.empty.primary, self.empty.quiet,
            self.edit_button, self.withdraw_button, self.panel.comparing, self.panel.take_button,
            self.panel.revoke_button,
        )  # fmt: skip

    def _offer_parcels(self) -> None:
        menu = QMenu(self.send_button)
        menu.addAction("Файл ключа управления…").triggered.connect(self._save_own_key)
        menu.addAction("Файл программы…").triggered.connect(self._save_programme)
        self.send_button.setMenu(menu)

    # -- what the window asks --------------------------------------------------------------------

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def read(self) -> None:
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.run(lambda: senders.listed(workspace, actor), owner=self, done=self._show)

    def show_sender(self, sender: str) -> None:
        """Choose an organisation (its id), also one that is yet to be read, and go to its key."""
        self._wanted = sender
        self.search_field.clear()
        if self._lines:
            self._filter()

    # -- showing ---------------------------------------------------------------------------------

    def _show(self, lines: Sequence[Listed]) -> None:
        self._lines = lines
        self.content.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.add_button.setVisible(bool(lines))
        self._filter()

    def _filter(self) -> None:
        words = self.search_field.text().strip()
        shown = [one for one in self._lines if sender_rows.matches(one, words)]
        self.table.set_rows(shown, f"По запросу «{words}» в списке никого нет")
        self.count.setText(_counted(self._lines, len(shown)) if words else _counted(self._lines))
        if self._wanted and self.table.choose(self._wanted):
            self._wanted = ""
            self.panel.show_sender(self._one())
            self.panel.ask_whom()
        elif self.table.row() is None:
            self.table.choose_first()
        self._offer()

    def _offer(self) -> None:
        one = self._one()
        self.panel.show_sender(one)
        for button in (self.edit_button, self.withdraw_button):
            button.setEnabled(one is not None)

    def _one(self) -> Listed | None:
        """The selected organisation if it is one."""
        selected: list[Listed] = self.table.selected()
        return selected[0] if len(selected) == 1 else None

    def _enter(self) -> None:
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- organisations ---------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new organisation."""
        self._open(SenderDialog(self, self.desk))

    def edit(self) -> None:
        """Change the chosen organisation."""
        if (one := self._one()) is not None:
            self._open(SenderDialog(self, self.desk, one.sender))

    def _open(self, dialog: SenderDialog) -> None:
        dialog.saved.connect(self._written)
        dialog.finished.connect(lambda _: self._enter())
        dialog.open()

    def _written(self, sender: Sender, step: Step) -> None:
        self.steps.add(step)
        self._wanted = sender.id
        self.say(f"Записано: {sender.name}.")

    def ask_withdrawal(self) -> None:
        """Take the chosen organisation off the list; it can be put back by undoing."""
        if (one := self._one()) is None:
            return
        told = f"Убрана: {one.sender.name}. Её сводки больше не учитываются."
        sender = one.sender.id
        self._write(lambda workspace, actor: senders.withdraw(workspace, actor, sender), told, "Вернуть")

    def take_table(self, path: Path) -> None:
        """Add the organisations of a table; all of it is one step to be undone."""
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.write(
            lambda: senders.take_table(workspace, actor, path),
            owner=self,
            done=lambda found: self._tell_table(*found),
            failed=self.fail,
        )

    def _tell_table(self, found: SenderTable, step: Step) -> None:
        self.steps.add(step)
        words = f"Добавлено: {len(found.added)}, дополнено: {len(found.changed)}, без изменений: {found.same}."
        tone = Tone.WARN if found.refused else Tone.OK
        self.say(f"{words} {_few(found.refused)}".strip(), tone, "Вернуть" if step.batch else "", self.steps.undo)

    def _ask_table(self) -> None:
        path = file_dialogs.file_to_open(self, "Список организаций", file_dialogs.TABLES)
        if path is not None:
            self.take_table(path)

    # -- keys ------------------------------------------------------------------------------------

    def take(self, paths: Sequence[Path]) -> None:
        """Take key files, each for the organisation that it names, a certificate for the chosen one, or a table."""
        tables = [path for path in paths if path.suffix.lower() in _TABLES]
        if tables:
            self.take_table(tables[0])
            return
        one = self._one()
        chosen = one.sender.id if one and len(paths) == 1 and paths[0].suffix.lower() != key_file.ENDING else None
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.write(
            lambda: senders.take_key_files(workspace, actor, paths, chosen),
            owner=self,
            done=self._tell_taken,
            failed=self.fail,
        )

    def _tell_taken(self, found: senders.KeysTaken) -> None:
        words = [_taken(found.taken)] if found.taken else []
        is_good = not found.refused and _USELESS.isdisjoint(_states(found.taken))
        self.say(" ".join([*words, _few(found.refused)]).strip(), Tone.OK if is_good else Tone.WARN)
        if found.taken:
            self.show_sender(found.taken[0].sender.id)

    def _ask_keys(self) -> None:
        if paths := file_dialogs.files_to_open(self, "Файлы ключей организаций", file_dialogs.KEYS):
            self.take(paths)

    def _confirm(self, key: SenderKey, whom: str) -> None:
        told = f"Ключ сверен: {key.info.person}. Сводки, подписанные им, принимаются."
        self._write(lambda workspace, actor: senders.confirm(workspace, actor, key.record.id, whom)[1:], told)

    def _ask_mismatch(self, key: SenderKey) -> None:
        words = (
            "Ключ станет отозванным: сводок, подписанных им, принимать не будем. Скорее всего, прислали не тот файл "
            "или его подменили по дороге: попросите прислать файл ключа другим путём."
        )
        dialog = Dialog(self, "Отпечаток не совпал?", words, "Не доверять ключу", "Прочитать ещё раз")
        dialog.accepted.connect(lambda: self._revoke(key, _MISMATCH))
        dialog.open()

    def _ask_revocation(self, key: SenderKey) -> None:
        words = (
            f"{key.info.person}, отпечаток {key.info.short_fingerprint}. Сводки, принятые раньше, останутся учтёнными; "
            "новых, подписанных этим ключом, принимать не будем."
        )
        dialog = Dialog(self, "Отозвать ключ?", words, "Отозвать", "Не отзывать")
        dialog.ask_reason("Почему: например, украден компьютер. Причина останется в списке")
        dialog.accepted.connect(lambda: self._revoke(key, dialog.reason))
        dialog.open()

    def _revoke(self, key: SenderKey, reason: str) -> None:
        told = f"Ключ отозван: {key.info.person}, {reason}."
        self._write(
            lambda workspace, actor: senders.revoke(workspace, actor, key.record.id, reason)[1:], told, "Вернуть"
        )

    # -- what is sent to schools -----------------------------------------------------------------

    def _save_own_key(self) -> None:
        name = f"Ключ управления{key_file.ENDING}"
        path = file_dialogs.file_to_save(self, "Файл ключа управления", name, file_dialogs.KEY_FILE)
        if path is not None:
            self._save(path, partial(key_files.save_key_file, self.desk.workspace, self.desk.actor, path))

    def _save_programme(self) -> None:
        name = f"Программа{key_files.PROGRAMME}"
        path = file_dialogs.file_to_save(self, "Файл программы", name, file_dialogs.PROGRAMME_FILE)
        if path is not None:
            self._save(path, partial(key_files.save_programme_file, self.desk.workspace, self.desk.actor, path))

    def _save(self, path: Path, save: Callable[[], object]) -> None:
        told = f"Сохранено: {path}. Отправьте школам; отпечаток своего ключа назовите им по телефону."
        self.desk.run(save, owner=self, done=lambda _: self.say(told), failed=self.fail)

    def _write(self, verb: Verb, told: str, action: str = "") -> None:
        workspace, actor = self.desk.workspace, self.desk.actor

        def done(step: Step) -> None:
            self.steps.add(step)
            self.say(told, Tone.OK, action, self.steps.undo)

        self.desk.write(lambda: verb(workspace, actor), owner=self, done=done, failed=self.fail)


def _few(words: Sequence[str], between: str = " ", rest: str = " Не взято ещё: {}.") -> str:
    """The first of many, and how many more there are."""
    more = len(words) - _MOST_TOLD
    return between.join(words[:_MOST_TOLD]) + (rest.format(more) if more > 0 else "")


def _states(taken: Sequence[Listed]) -> Sequence[KeyState]:
    now = datetime.now(UTC)
    return [one.keys[0].state(now) for one in taken]


def _taken(taken: Sequence[Listed]) -> str:
    states = _states(taken)
    told = f"Взят ключ: {_few(list(dict.fromkeys(one.sender.name for one in taken)), ', ', ' и ещё {}')}."
    if KeyState.WAITING in states:
        told += " Сверьте отпечаток по телефону."
    if gone := [one.sender.name for one, state in zip(taken, states, strict=True) if state in _USELESS]:
        told += f" Отозван или истёк, не считается: {_few(gone, ', ', ' и ещё {}')}. Попросите сделать новый ключ."
    return told


def _counted(lines: Sequence[Listed], shown: int | None = None) -> str:
    if shown is not None:
        return f"{shown} из {len(lines)}"
    now = datetime.now(UTC)
    states = [one.state(now) for one in lines]
    parts = [plural.counted(len(lines), "организация", "организации", "организаций")]
    for state, words in ((KeyState.WAITING, "ждут сверки"), (None, "без ключа")):
        if count := states.count(state):
            parts.append(f"{words}: {count}")
    return ", ".join(parts)

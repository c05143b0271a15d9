"""The page «Консультации»: talks held, interviews about the study profile, results from other programs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import fold
from profdesk.domain.plural import counted
from profdesk.domain.talks import Talk, TalkKind
from profdesk.errors import ProfdeskError
from profdesk.gui.common import who
from profdesk.gui.common.card import Card
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostic_results.talk_dialog import TalkDialog
from profdesk.services import talks
from profdesk.services.talks import TalkBook

_ICONS = {TalkKind.CONSULTATION: "chat-circle", TalkKind.INTERVIEW: "compass", TalkKind.EXTERNAL: "download-simple"}
_REASSURANCE = (
    ("Видят только психологи", "Записи и файлы лежат под ключом психологов, другие их не откроют."),
    ("Ничего не пропадает", "Убранную запись можно вернуть, прежний текст остаётся в журнале изменений."),
)


class TalksPage(Page):
    """Ins writes a new record, Enter opens the chosen one, Del takes it away until it is put back."""

    name = "talks"
    title = "Консультации"
    icon = "chat-circle"
    under = "diagnostics"
    help = (
        ("Ctrl+N", "новая запись"),
        ("Enter", "открыть запись"),
        ("Del", "убрать запись"),
        ("Ctrl+F", "найти ученика, причину или слово"),
        ("Esc", "вернуться"),
    )

    header: PageHeader
    search_field: SearchField
    add_button: QPushButton
    sheet: Card
    table: DeskTable
    foot: QWidget
    count: QLabel
    file_button: QPushButton
    withdraw_button: QPushButton
    edit_button: QPushButton
    message: InlineMessage
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "talks_page")
        self._book = TalkBook((), {}, (), {})
        self._stale = True
        self._chosen = ""
        self._withdrawn = ""
        self.header.show_back()
        self.table.set_columns(self._columns(), key=lambda talk: talk.id)
        advice = "Запишите беседу с учеником, родителями или педагогом, результат «Билета в будущее»."
        self.empty.set_content("chat-circle", "Записей пока нет", advice, _REASSURANCE)
        self.empty.set_buttons("Новая запись…")
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.header.back_pressed.connect(self.left)
        self.search_field.searched.connect(lambda _: self._filter())
        self.search_field.returnPressed.connect(self.table.setFocus)
        for button in (self.add_button, self.empty.primary):
            button.clicked.connect(lambda: self._open(None))
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._show_choice)
        self.edit_button.clicked.connect(lambda: self._open(self.table.row()))
        self.withdraw_button.clicked.connect(self._withdraw)
        self.file_button.clicked.connect(self._open_file)
        self.message.acted.connect(self._put_back)
        for key, act in (("Ctrl+N", lambda: self._open(None)), ("Esc", self.left.emit)):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Del"), self.table, context=here).activated.connect(self._withdraw)

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            workspace, year = self.desk.workspace, self.desk.organisation.period.year
            self.desk.run(lambda: talks.book(workspace, workspace.actor, year), owner=self, done=self._show)

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.DIAGNOSTICS, Kind.CONSENTS, Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def status(self) -> Status:
        keys = (("Ctrl+N", "новая запись"), ("Enter", "открыть"))
        return Status(saved_at(self.desk.saved_at).text, bool(self.desk.saved_at), keys=keys)

    # -- showing ---------------------------------------------------------------------------------

    def _columns(self) -> tuple[Column[Talk], ...]:
        return (
            Column("Дата", lambda talk: f"{talk.entry.held_on:%d.%m.%Y}", width=100, sort=lambda t: t.entry.held_on),
            Column(
                "Ученик",
                self._pupil,
                width=180,
                sort=self._pupil,
                second=self._group,
            ),
            Column(
                "Что",
                lambda talk: talk.entry.kind.label,
                width=246,
                sort=lambda talk: talk.entry.kind.label,
                second=lambda talk: talk.entry.source or talk.entry.whom.label,
                look=lambda talk: Look(_ICONS[talk.entry.kind]),
            ),
            Column("Записано", _first_words, second=_second_words),
            Column("Файл", lambda talk: "есть" if talk.file_name else "", width=60),
            Column("Кто записал", lambda talk: who.short(self._book.names, talk.actor), width=150),
        )

    def _pupil(self, talk: Talk) -> str:
        found = self._book.pupils.get(talk.entry.pupil or "")
        return found.name.short if found else "без ученика"

    def _group(self, talk: Talk) -> str:
        found = self._book.pupils.get(talk.entry.pupil or "")
        return found.group.name.title if found and found.group else ""

    def _show(self, found: TalkBook) -> None:
        self._book = found
        there = bool(found.talks)
        for part in (self.sheet, self.foot, self.search_field, self.add_button):
            part.setVisible(there)
        self.empty.setVisible(not there)
        self._filter()
        if self._chosen:
            self.table.choose(self._chosen)
            self._chosen = ""
        if self.table.row() is None:
            self.table.choose_first()
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            (self.table if there else self.empty.primary).setFocus()

    def _filter(self) -> None:
        words = fold(self.search_field.text()).split()
        shown = [talk for talk in self._book.talks if all(word in self._searched(talk) for word in words)]
        self.table.set_rows(shown, "Таких записей нет")
        total = counted(len(self._book.talks), "запись", "записи", "записей")
        whole = len(shown) == len(self._book.talks)
        self.count.setText(total if whole else f"найдено {len(shown)}, всего {len(self._book.talks)}")
        self._show_choice(self.table.row())

    def _searched(self, talk: Talk) -> str:
        entry = talk.entry
        words = (entry.kind.label, entry.source, entry.reason, entry.words, entry.outcome, f"{entry.held_on:%d.%m.%Y}")
        return fold(" ".join((self._pupil(talk), self._group(talk), *words)))

    def _show_choice(self, talk: Talk | None) -> None:
        for button in (self.edit_button, self.withdraw_button):
            button.setEnabled(talk is not None)
        self.file_button.setVisible(talk is not None and bool(talk.file_name))

    # -- acting ----------------------------------------------------------------------------------

    def _open(self, talk: Talk | None) -> None:
        self.message.clear()
        dialog = TalkDialog(self, self.desk, self._book.everybody, talk)
        dialog.saved.connect(self._choose_later)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_later(self, talk_id: str) -> None:
        """Choose a record when it is read: what was written is on its way."""
        self._chosen = talk_id

    def _withdraw(self) -> None:
        talk: Talk | None = self.table.row()
        if talk is not None:
            workspace, which = self.desk.workspace, talk.id
            self.desk.write(
                lambda: talks.withdraw(workspace, workspace.actor, which),
                owner=self,
                done=partial(self._tell_withdrawn, self._pupil(talk)),
                failed=self._fail,
            )

    def _tell_withdrawn(self, pupil: str, talk: Talk) -> None:
        self._withdrawn = talk.id
        self.message.say(f"{talk.entry.kind.label}, {pupil}: запись убрана.", Tone.INFO, "Вернуть")

    def _put_back(self) -> None:
        workspace, which = self.desk.workspace, self._withdrawn
        self.message.clear()
        self.desk.write(
            lambda: talks.put_back(workspace, workspace.actor, which),
            owner=self,
            done=lambda talk: self._choose_later(talk.id),
            failed=self._fail,
        )

    def _open_file(self) -> None:
        talk: Talk | None = self.table.row()
        if talk is not None:
            workspace, which = self.desk.workspace, talk.id
            self.desk.run(
                lambda: talks.open_copy(workspace, workspace.actor, which),
                owner=self,
                done=self._show_copy,
                failed=self._fail,
            )

    def _show_copy(self, copy: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            self.message.say("На этом компьютере нет программы, которая открывает такие файлы.", Tone.WARN)

    def _fail(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)


def _first_words(talk: Talk) -> str:
    return " ".join((talk.entry.reason or talk.entry.words or talk.entry.outcome).split())


def _second_words(talk: Talk) -> str:
    rest = (talk.entry.words, talk.entry.outcome) if talk.entry.reason else (talk.entry.outcome,)
    return " ".join(" ".join(rest).split())

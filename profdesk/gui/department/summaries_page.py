"""The page «Сводки»: files are dropped in and answered for, and one sees what came of a span and who is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import file_names, key_file
from profdesk.domain.batch import Step
from profdesk.domain.changes import Kind
from profdesk.domain.received_register import Received
from profdesk.domain.rights import Right
from profdesk.domain.senders import Listed
from profdesk.domain.span import Span
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.department import summary_rows
from profdesk.gui.department.answers_card import AnswersCard
from profdesk.gui.department.records_page import RecordsPage
from profdesk.gui.department.summary_rows import SummaryRow
from profdesk.services import deeds, received, senders
from profdesk.services.received import Answer


class SummariesPage(RecordsPage):
    """The answers for what was dropped last stand over the table of the span until they are hidden."""

    name = "summaries"
    title = "Сводки"
    icon = "tray"
    kinds = (Kind.RECEIVED, Kind.SENDERS)
    keys = (("Ctrl+O", "принять"), ("Enter", "открыть"), ("Ctrl+S", "сохранить"), ("Del", "убрать"))
    help = (
        ("Ctrl+O", "принять сводки из файлов"),
        ("Ctrl+Shift+O", "принять все сводки из папки"),
        ("Ctrl+F", "найти организацию или номер"),
        ("↓ или Enter", "из поиска перейти к таблице"),
        ("Enter", "открыть сводку; в ответах — сделать, чего не хватает"),
        ("Ctrl+S", "сохранить сводку файлом, байт в байт"),
        ("Del", "убрать сводку, будто её не присылали"),
        ("Ctrl+Z, Ctrl+Y", "отменить последнее действие, сделать снова"),
        ("Shift+↓, Ctrl+A", "выбрать несколько строк, все"),
        ("Ctrl+C", "скопировать строки для таблицы"),
    )

    writes = (Right.SENDERS_WRITE,)
    keys_of = ((Right.SENDERS_WRITE, ("Ctrl+O", "Ctrl+Shift+O", "Ctrl+O, Ctrl+Shift+O", "Del", "Ctrl+Z, Ctrl+Y")),)

    wanted_senders = Signal()
    wanted_sender = Signal(str)
    """The id of an organisation whose key is to be compared."""
    wanted_keys = Signal(object)
    """Paths of key files that were dropped here."""

    span: QComboBox
    folder_button: QPushButton
    take_button: QPushButton
    empty: EmptyState
    content: QWidget
    answers: AnswersCard
    count: QLabel
    search_field: SearchField
    sheet: Card
    table: DeskTable
    open_button: QPushButton
    save_button: QPushButton
    withdraw_button: QPushButton
    progress: ProgressStrip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "department_summaries")
        self._spans: list[Span] = []
        self._listed: Sequence[Listed] = ()
        self._found: Received | None = None
        self._task: Task | None = None
        self.table.select_several()
        self.table.set_columns(summary_rows.COLUMNS, key=lambda row: row.key)
        self.empty.set_content(
            "buildings",
            "Сначала — список организаций",
            "Сводку принимаем только от организации из списка, чей ключ сверен по телефону.",
            (
                ("Возьмите файлы ключей", "На странице «Организации»: школы сохраняют их в своих «Настройках»."),
                ("Сверьте отпечатки по телефону", "Так подменённый ключ будет замечен сразу."),
                ("Перетащите сюда сводки", "Хоть папкой: про каждый файл скажем, принят он или нет и почему."),
            ),
        )
        self.empty.set_buttons("К организациям", "Принять сводки…", icon="buildings")
        self.content.hide()
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.span.activated.connect(lambda _: self.read())
        self.search_field.searched.connect(lambda _: self._filter())
        SearchKeys(self.search_field, self.table).entered.connect(self._enter)
        self.table.selection_changed.connect(self._offer)
        self.table.opened.connect(lambda _: self.open())
        self.answers.wanted_sender.connect(self.wanted_sender)
        self.answers.wanted_offer.connect(self._accept)
        self.answers.wanted_again.connect(self.take)
        self.answers.hide_button.clicked.connect(self._enter)
        self.progress.stop_pressed.connect(self._stop)
        self.empty.primary.clicked.connect(self.wanted_senders)
        for button, act in (
            (self.take_button, self._ask_files),
            (self.empty.quiet, self._ask_files),
            (self.folder_button, self._ask_folder),
            (self.open_button, self.open),
            (self.save_button, self.save),
            (self.withdraw_button, self.withdraw),
        ):
            button.clicked.connect(act)
        writing = (self.take_button, self.folder_button, self.withdraw_button, self.empty.quiet)
        may_write = allow(self.desk, Right.SENDERS_WRITE, *writing)
        if may_write:
            FileDrop(self, (self.table,)).dropped.connect(self.take)
        for words, act in (
            ("Открыть\tEnter", self.open),
            ("Сохранить файл…\tCtrl+S", self.save),
            *((("Убрать\tDel", self.withdraw),) if may_write else ()),
            ("К организации\tCtrl+K", self._lead_to_sender),
            ("Скопировать\tCtrl+C", self.table.copy_selected),
        ):
            self.table.addAction(words).triggered.connect(act)
        for key, act in (
            ("Ctrl+O", self.take_button.click), ("Ctrl+Shift+O", self.folder_button.click), ("Ctrl+S", self.save),
            ("Ctrl+K", self._lead_to_sender),
        ):  # fmt: skip
            QShortcut(QKeySequence(key), self).activated.connect(act)
        here = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence("Del"), self.table, context=here).activated.connect(self.withdraw_button.click)

    # -- reading and showing ---------------------------------------------------------------------

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @property
    def chosen_span(self) -> Span | None:
        """The span shown; None before anything is read."""
        place = self.span.currentIndex()
        return self._spans[place] if 0 <= place < len(self._spans) else None

    @override
    def read(self) -> None:
        self._read(self.chosen_span)

    def _read(self, wanted: Span | None) -> None:
        workspace, actor, period = self.desk.workspace, self.desk.actor, self.desk.organisation.period
        usual = Span.of_term(period.year, period.term)

        def found() -> tuple[list[Span], Received, Sequence[Listed]]:
            spans = list(received.spans(workspace, actor))
            shown = wanted or (spans[0] if spans else usual)
            spans += [one for one in dict.fromkeys((usual, shown)) if one not in spans]
            return spans, received.of_span(workspace, actor, shown), senders.listed(workspace, actor)

        self.desk.run(found, owner=self, done=lambda read: self._show(*read))

    def _show(self, spans: list[Span], found: Received, listed: Sequence[Listed]) -> None:
        self._spans, self._found, self._listed = spans, found, listed
        with QSignalBlocker(self.span):
            self.span.clear()
            self.span.addItems([f"за {one.title}" for one in spans])
            self.span.setCurrentIndex(spans.index(found.span))
        self._show_parts()
        self._filter()

    def _show_parts(self) -> None:
        is_begun = bool(self._listed) or bool(self.answers.rows())
        self.content.setVisible(is_begun)
        self.empty.setVisible(not is_begun)
        for tool in (self.span, self.folder_button, self.take_button):
            tool.setVisible(is_begun)
        self.answers.setVisible(bool(self.answers.rows()))

    def _filter(self) -> None:
        if self._found is None:
            return
        words = self.search_field.text().strip()
        listed = {one.sender.id: one for one in self._listed}
        nothing = f"По запросу «{words}» здесь никого нет" if words else "За этот период ничего нет"
        self.table.set_rows(summary_rows.rows(self._found, listed, words), nothing)
        self.count.setText(summary_rows.counted(self._found))
        if self.table.row() is None:
            self.table.choose_first()
        if self.table.currentIndex().row() <= 1:
            self.table.scrollToTop()
        self._offer()

    def _offer(self) -> None:
        there = self._row() is not None
        for button in (self.open_button, self.save_button, self.withdraw_button):
            button.setEnabled(there)

    def _row(self) -> SummaryRow | None:
        """The chosen row if a summary is in it."""
        row = self._one()
        return row if row is not None and row.receipt is not None else None

    def _one(self) -> SummaryRow | None:
        selected: list[SummaryRow] = self.table.selected()
        return selected[0] if len(selected) == 1 else None

    def _enter(self) -> None:
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- taking in -------------------------------------------------------------------------------

    def take(self, paths: Sequence[Path]) -> None:
        """Take in summaries, signatures and folders of them; key files are led to the organisations."""
        keys = [path for path in paths if path.suffix.lower() == key_file.ENDING]
        wanted = [path for path in paths if path not in keys]
        if keys:
            self.wanted_keys.emit(keys)
        if not wanted or self._task is not None:
            return
        workspace, actor, span = self.desk.workspace, self.desk.actor, self.chosen_span
        self.message.clear()
        self.progress.begin("Проверяем файлы")
        self._task = self.desk.write(
            lambda report: received.take(workspace, actor, wanted, report, span),
            owner=self,
            done=self._tell_taken,
            failed=self._fail_to_take,
            progress=self.progress.report,
            stopped=self._tell_stopped,
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _end(self) -> None:
        self._task = None
        self.progress.end()

    def _tell_stopped(self) -> None:
        self._end()
        self.say("Остановлено. Ни один файл не принят.", Tone.WARN)

    def _fail_to_take(self, error: ProfdeskError) -> None:
        self._end()
        self.fail(error)

    def _tell_taken(self, answers: Sequence[Answer]) -> None:
        self._end()
        if not answers:
            self.say("В этой папке нет ни сводок, ни подписей.", Tone.WARN)
            return
        self.answers.show_answers(answers)
        self._show_parts()
        self.answers.take_focus()
        kept = [one.receipt.span for one in answers if one.receipt]
        if kept and self.chosen_span not in kept:
            self._read(max(kept, key=kept.count))

    def _accept(self, answer: Answer) -> None:
        """Put the organisation and the key of a file on the list, and lead to where it is compared."""
        offer = answer.offer
        if offer is None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.write(
            lambda: senders.accept(workspace, actor, offer),
            owner=self,
            done=lambda listed: self.wanted_sender.emit(listed.sender.id),
            failed=self.fail,
        )

    def _ask_files(self) -> None:
        if paths := file_dialogs.files_to_open(self, "Сводки организаций"):
            self.take(paths)

    def _ask_folder(self) -> None:
        if (path := file_dialogs.folder(self, "Папка со сводками")) is not None:
            self.take([path])

    # -- what is done to one ---------------------------------------------------------------------

    def open(self) -> None:
        """Show the paper as it came; it can be printed and saved from there."""
        if (row := self._row()) is not None:
            PaperDialog(self, self.desk, _title(row), lambda _: self._document(row)()).open()

    def save(self) -> None:
        """Save the exact bytes that came."""
        if (row := self._row()) is None:
            return
        name = f"{file_names.tidy(_title(row))}.pdf"
        path = file_dialogs.file_to_save(self, "Сохранить сводку", name, file_dialogs.PDF)
        if path is not None:
            read, workspace, actor = self._document(row), self.desk.workspace, self.desk.actor
            self.desk.write(
                lambda: deeds.write_out(workspace, actor, path, read(), "принятая сводка"),
                owner=self,
                done=lambda _: self.say(f"Сохранено байт в байт: {path}"),
                failed=self.fail,
            )

    def withdraw(self) -> None:
        """Take the chosen summary away; it can be put back by undoing."""
        if (row := self._row()) is None or row.receipt is None:
            return
        workspace, actor, receipt = self.desk.workspace, self.desk.actor, row.receipt

        def done(step: Step) -> None:
            self.steps.add(step)
            self.say(f"Убрана сводка № {receipt.number}, {row.sender.name}.", Tone.OK, "Вернуть", self.steps.undo)

        self.desk.write(
            lambda: received.withdraw(workspace, actor, receipt.id),
            owner=self,
            done=done,
            failed=self.fail,
        )

    def _document(self, row: SummaryRow) -> Callable[[], bytes]:
        workspace, actor, receipt = self.desk.workspace, self.desk.actor, row.key
        return lambda: received.document(workspace, actor, receipt)

    def _lead_to_sender(self) -> None:
        if (row := self._one()) is not None:
            self.wanted_sender.emit(row.sender.id)


def _title(row: SummaryRow) -> str:
    number = row.receipt.number if row.receipt else ""
    return f"Сводка № {number}, {row.sender.name}"

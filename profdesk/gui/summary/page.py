"""The page «Сводка»: figures with their rules, what the department will get, and signing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.summary import IssuedSummary, Summary
from profdesk.domain.verification import KeyInfo
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status
from profdesk.gui.common.pdf_pages import PageTurner, PdfPages
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.summary import rows
from profdesk.gui.summary.rows import IndicatorRow
from profdesk.gui.summary.told_dialog import ToldDialog
from profdesk.services import files, keys
from profdesk.services import summary as verbs


class SummaryPage(Page):
    """Counts afresh whenever it is opened after a change; signing takes a number and keeps the bytes."""

    name = "summary"
    title = "Сводка"
    icon = "chart-bar"
    help = (
        ("Enter", "ввести или изменить число, которого в программе нет"),
        ("Ctrl+Z, Ctrl+Y", "отменить введённое, ввести снова"),
        ("Ctrl+S", "подписать и сохранить сводку"),
        ("Ctrl+E", "сохранить таблицы для Excel"),
        ("PgUp, PgDn", "листать документ"),
    )

    header: PageHeader
    year: QComboBox
    workbook_button: QPushButton
    sign_button: QPushButton
    content: QWidget
    table: DeskTable
    detail_title: QLabel
    detail_text: QLabel
    tell_button: QPushButton
    turner: PageTurner
    pages: PdfPages
    state_chip: Chip
    signer: QLabel
    key: QLabel
    message: InlineMessage
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._summary: Summary | None = None
        self._withheld: frozenset[str] = frozenset()
        self._saved: Path | None = None
        self._stale = True
        self.steps = Steps(desk, self)
        fill(self, "summary_page")
        self.table.set_columns(rows.COLUMNS, key=lambda row: row.indicator.code, faded=lambda row: row.figure is None)
        self.turner.set_words("страница {0} из {1}")
        self.turner.attach(self.pages)
        self.sign_button.setShortcut("Ctrl+S")
        self.workbook_button.setShortcut("Ctrl+E")
        self.empty.set_content("chart-bar", "Считать пока некого", "Загрузите списки классов: сводка посчитается сама.")
        self.empty.set_buttons("")
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.table.chosen.connect(self._explain)
        self.table.opened.connect(self._ask)
        self.tell_button.clicked.connect(lambda: self._ask(self.table.row()))
        self.steps.changed.connect(self.status_changed)
        self.steps.turned.connect(self._tell_turned)
        self.steps.failed.connect(self._failed)
        self.year.currentIndexChanged.connect(lambda _: self._count())
        self.workbook_button.clicked.connect(self._save_workbook)
        self.sign_button.clicked.connect(self._sign)
        self.message.acted.connect(self._open_saved)

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self._offer_years()
            self._count()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*(set(Kind) - {Kind.CERTIFICATES, Kind.DESIGNS, Kind.SUMMARIES, Kind.COPIES})):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def undo(self) -> None:
        self.steps.undo()

    @override
    def redo(self) -> None:
        self.steps.redo()

    @override
    def status(self) -> Status:
        if self._summary is None:
            return Status("Считаем…")
        return Status(f"Данные на {self._summary.counted_at:%d.%m.%Y, %H:%M}", undo=self.steps.next_undo)

    def _offer_years(self) -> None:
        current = self.desk.organisation.period.year
        chosen = self.year.currentData()
        self.year.blockSignals(True)
        self.year.clear()
        for year in (current, current.previous):
            self.year.addItem(f"{year.title} учебный год", year.start)
        self.year.setCurrentIndex(max(0, self.year.findData(chosen)))
        self.year.blockSignals(False)

    def _count(self) -> None:
        workspace, year = self.desk.workspace, SchoolYear(self.year.currentData())

        def work() -> tuple[Summary, frozenset[str], bytes, KeyInfo, Sequence[IssuedSummary]]:
            counted = verbs.compute(workspace, workspace.actor, year)
            return (
                counted,
                verbs.withheld(counted),
                verbs.preview(workspace, workspace.actor, counted),
                keys.current(workspace, workspace.actor),
                verbs.issued(workspace, workspace.actor, year),
            )

        self.sign_button.setEnabled(False)
        self.desk.run(work, owner=self, done=lambda found: self._show(*found))

    def _show(
        self,
        summary: Summary,
        withheld: frozenset[str],
        paper: bytes,
        key: KeyInfo,
        issued: Sequence[IssuedSummary],
    ) -> None:
        self._summary, self._withheld = summary, withheld
        there = summary.total.pupils > 0
        self.content.setVisible(there)
        self.empty.setVisible(not there)
        for button in (self.sign_button, self.workbook_button):
            button.setVisible(there)
        self.sign_button.setEnabled(there)
        self.table.set_rows(rows.rows(summary))
        if self.table.row() is None:
            self.table.choose_first()
        self._explain(self.table.row())
        self.pages.show_pdf(paper)
        self._show_signature(key, issued)
        self.status_changed.emit()

    def _show_signature(self, key: KeyInfo, issued: Sequence[IssuedSummary]) -> None:
        if issued:
            last = issued[0]
            self.state_chip.say(f"№ {last.number}", Tone.OK)
            self.signer.setText(f"Последняя подписана {last.issued_at.astimezone():%d.%m.%Y в %H:%M}")
        else:
            self.state_chip.say("не подписана", Tone.WARN, "clock")
            self.signer.setText(self.desk.actor.name)
        self.key.setText(f"{key.holder}, ключ до {key.valid_until:%d.%m.%Y}, отпечаток {key.short_fingerprint}")

    def _explain(self, row: IndicatorRow | None) -> None:
        self.detail_title.setText(row.indicator.title if row else "")
        self.detail_text.setText(rows.explanation(row, self._withheld) if row else "")
        self.tell_button.setVisible(row is not None and row.asked)
        self.tell_button.setText("Изменить…" if row and row.figure else "Ввести…")

    def _ask(self, row: IndicatorRow | None) -> None:
        if row is None or not row.asked or self._summary is None:
            return
        dialog = ToldDialog(self, self.desk, self._summary.year, row.indicator, row.figure)
        dialog.saved.connect(self._tell_written)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell_written(self, step: Step) -> None:
        self.steps.add(step)
        self.message.clear()
        self.table.setFocus()

    def _tell_turned(self, step: Step, undone: bool) -> None:
        self.message.say(f"{'Отменено' if undone else 'Сделано снова'}: {step.words}.", Tone.INFO)

    def _sign(self) -> None:
        summary = self._summary
        if summary is None:
            return
        name = f"Сводка {summary.year.title.replace('/', '-')}.pdf"
        path = file_dialogs.file_to_save(self, "Сохранить подписанную сводку", name, file_dialogs.PDF)
        if path is None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        self._saved = path
        self.sign_button.setEnabled(False)
        self.desk.write(
            lambda: verbs.sign(workspace, actor, summary, partial(files.write, path)),
            owner=self,
            done=self._signed,
            failed=self._failed,
            stopped=lambda: self.sign_button.setEnabled(True),
        )

    def _signed(self, signed: verbs.SignedSummary) -> None:
        self.message.say(
            f"Сводка № {signed.summary.number} подписана и сохранена: {self._saved}", Tone.OK, "Открыть файл"
        )
        self._count()

    def _save_workbook(self) -> None:
        summary = self._summary
        if summary is None:
            return
        name = f"Сводка {summary.year.title.replace('/', '-')}.xlsx"
        path = file_dialogs.file_to_save(self, "Сохранить таблицы", name, file_dialogs.XLSX)
        if path is None:
            return
        self._saved = path
        self.desk.run(
            lambda: files.write(path, verbs.workbook(summary)),
            owner=self,
            done=lambda _: self.message.say(f"Таблицы сохранены: {path}", Tone.OK, "Открыть файл"),
            failed=self._failed,
        )

    def _failed(self, error: ProfdeskError) -> None:
        self.sign_button.setEnabled(self._summary is not None)
        self.message.say(error.message, Tone.BAD)

    def _open_saved(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

"""The figures of a school year with their rules, what the department will get, and signing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.batch import Step
from profdesk.domain.changes import Kind
from profdesk.domain.issued_summaries import IssuedSummary
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span
from profdesk.domain.summary import Summary
from profdesk.domain.verification import KeyInfo
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Status
from profdesk.gui.common.pdf_pages import PageTurner, PdfPages
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import RecordsView
from profdesk.gui.summary import rows
from profdesk.gui.summary.people_acts import PeopleActs
from profdesk.gui.summary.people_dialog import COUNTED, MISSING
from profdesk.gui.summary.rows import IndicatorRow
from profdesk.gui.summary.told_dialog import ToldDialog
from profdesk.services import files, keys
from profdesk.services import summary as verbs


@dataclass(frozen=True)
class FiguresTools:
    """What the view has in the header of its page."""

    year: QComboBox
    workbook: QPushButton
    sign: QPushButton


class FiguresView(RecordsView):
    """Counts afresh whenever it is opened after a change; signing takes a number and keeps the bytes."""

    kinds = frozenset(Kind) - {Kind.CERTIFICATES, Kind.DESIGNS, Kind.SUMMARIES, Kind.COPIES}

    content: QWidget
    table: DeskTable
    detail_title: QLabel
    detail_text: QLabel
    counted_button: QPushButton
    missing_button: QPushButton
    tell_button: QPushButton
    turner: PageTurner
    pages: PdfPages
    state_chip: Chip
    signer: QLabel
    key: QLabel
    message: InlineMessage
    empty: EmptyState

    def __init__(self, desk: Desk, tools: FiguresTools) -> None:
        super().__init__(desk)
        self.tools = tools
        self._summary: Summary | None = None
        self._withheld: frozenset[str] = frozenset()
        self._in_front = True
        self._steps = Steps(desk, self)
        self.people = PeopleActs(desk, self)
        fill(self, "summary_figures")
        self.table.set_columns(rows.COLUMNS, key=lambda row: row.indicator.code, faded=lambda row: row.figure is None)
        self.turner.set_words("страница {0} из {1}")
        self.turner.attach(self.pages)
        tools.sign.setShortcut("Ctrl+S")
        tools.workbook.setShortcut("Ctrl+E")
        self.empty.set_content("chart-bar", "Считать пока некого", "Загрузите списки классов: сводка посчитается сама.")
        self.empty.set_buttons("")
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.watch_steps()
        self.table.chosen.connect(self._explain)
        self.table.opened.connect(self._open)
        self.counted_button.clicked.connect(lambda: self._show_people(self.table.row(), COUNTED))
        self.missing_button.clicked.connect(lambda: self._show_people(self.table.row(), MISSING))
        self.tell_button.clicked.connect(lambda: self._ask(self.table.row()))
        self.people.failed.connect(self.fail)
        self.people.closed.connect(self.table.setFocus)
        self.steps.failed.connect(self._failed)
        self.tools.year.currentIndexChanged.connect(lambda _: self._count())
        self.tools.workbook.clicked.connect(self._save_workbook)
        self.tools.sign.clicked.connect(self._sign)

    # -- what the page asks ----------------------------------------------------------------------

    @property
    @override
    def steps(self) -> Steps:
        return self._steps

    @property
    def summary(self) -> Summary | None:
        """What is shown; None until it is counted."""
        return self._summary

    @override
    def read(self) -> None:
        self._offer_years()
        self._count()

    @override
    def show_tools(self, *, shown: bool) -> None:
        self._in_front = shown
        self.tools.year.setVisible(shown)
        for button in (self.tools.workbook, self.tools.sign):
            button.setVisible(shown and self._there)

    @override
    def status(self) -> Status:
        if self._summary is None:
            return Status("Считаем…")
        return Status(f"Данные на {self._summary.counted_at:%d.%m.%Y, %H:%M}", undo=self.steps.next_undo)

    @property
    def _there(self) -> bool:
        """Whether anybody is counted, as far as it is known."""
        return self._summary is None or self._summary.total.pupils > 0

    # -- counting --------------------------------------------------------------------------------

    def _offer_years(self) -> None:
        current = self.desk.organisation.period.year
        year = self.tools.year
        chosen = year.currentData()
        year.blockSignals(True)
        year.clear()
        for one in (current, current.previous):
            year.addItem(f"{one.title} учебный год", one.start)
        year.setCurrentIndex(max(0, year.findData(chosen)))
        year.blockSignals(False)

    def _count(self) -> None:
        workspace, year = self.desk.workspace, SchoolYear(self.tools.year.currentData())

        def work() -> tuple[Summary, frozenset[str], bytes, KeyInfo, Sequence[IssuedSummary]]:
            counted = verbs.compute(workspace, workspace.actor, Span.of_year(year))
            return (
                counted,
                verbs.withheld(counted),
                verbs.preview(workspace, workspace.actor, counted),
                keys.current(workspace, workspace.actor),
                verbs.issued(workspace, workspace.actor, year),
            )

        self.tools.sign.setEnabled(False)
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
        self.content.setVisible(self._there)
        self.empty.setVisible(not self._there)
        self.show_tools(shown=self._in_front)
        self.tools.sign.setEnabled(self._there)
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
        figure = row.figure if row and not row.asked else None
        for button, number, words in (
            (self.counted_button, figure.numerator if figure else 0, rows.counted(figure, self._summary)),
            (self.missing_button, figure.denominator - figure.numerator if figure else 0, rows.missing(figure)),
        ):
            button.setVisible(number > 0)
            button.setText(words)

    # -- who is behind a figure ------------------------------------------------------------------

    def _open(self, row: IndicatorRow) -> None:
        if row.asked:
            self._ask(row)
        else:
            self._show_people(row, MISSING if row.lacks else COUNTED)

    def _show_people(self, row: IndicatorRow | None, side: str) -> None:
        if row is not None and row.figure is not None and self._summary is not None:
            self.people.open(self._summary, row.figure, side, self.desk.organisation.short_name)

    # -- figures that are told -------------------------------------------------------------------

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

    # -- what leaves -----------------------------------------------------------------------------

    def _sign(self) -> None:
        summary = self._summary
        if summary is None:
            return
        name = f"Сводка {summary.year.title.replace('/', '-')}.pdf"
        path = file_dialogs.file_to_save(self, "Сохранить подписанную сводку", name, file_dialogs.PDF)
        if path is None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        self.tools.sign.setEnabled(False)
        self.desk.write(
            lambda: verbs.sign(workspace, actor, summary, partial(files.write, path)),
            owner=self,
            done=lambda signed: self._signed(signed, path),
            failed=self._failed,
            stopped=lambda: self.tools.sign.setEnabled(True),
        )

    def _signed(self, signed: verbs.SignedSummary, path: Path) -> None:
        self.tell_saved(f"Сводка № {signed.summary.number} подписана и сохранена: {path}", path)
        self._count()

    def _save_workbook(self) -> None:
        summary = self._summary
        if summary is None:
            return
        name = f"Сводка {summary.year.title.replace('/', '-')}.xlsx"
        path = file_dialogs.file_to_save(self, "Сохранить таблицы", name, file_dialogs.XLSX)
        if path is None:
            return
        self.desk.run(
            lambda: files.write(path, verbs.workbook(summary)),
            owner=self,
            done=lambda _: self.tell_saved(f"Таблицы сохранены: {path}", path),
            failed=self._failed,
        )

    def _failed(self, error: ProfdeskError) -> None:
        self.tools.sign.setEnabled(self._summary is not None)
        self.fail(error)

"""The figures of a school year with their rules, what the department will get, and signing it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import file_names
from profdesk.domain.batch import Step
from profdesk.domain.changes import Kind
from profdesk.domain.rights import Right
from profdesk.domain.summary import Summary
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, icons
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Status
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.pdf_pages import PageTurner, PdfPages
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import RecordsView
from profdesk.gui.summary import rows
from profdesk.gui.summary.choice import Choice
from profdesk.gui.summary.counting import Counted, Counting
from profdesk.gui.summary.people_acts import PeopleActs
from profdesk.gui.summary.people_dialog import COUNTED, MISSING
from profdesk.gui.summary.rows import IndicatorRow
from profdesk.gui.summary.told_dialog import ToldDialog
from profdesk.services import deeds, files
from profdesk.services import summary as verbs

_SIGNERS = "Подписывает руководитель или координатор"
_INSIDE = "Подписывают сводку всей организации: по частям можно вычислить скрытые числа."
_NOBODY = ("Считать пока некого", "Загрузите списки на странице «Обучающиеся»: сводка посчитается сама.")


@dataclass(frozen=True)
class FiguresTools:
    """What the view has in the header of its page."""

    period: QComboBox
    scope: QComboBox
    workbook: QPushButton
    sign: QPushButton


class FiguresView(RecordsView):
    """Counts afresh whenever it is opened after a change, that of a summary signed included."""

    kinds = frozenset(Kind) - {Kind.CERTIFICATES, Kind.DESIGNS, Kind.COPIES}

    content: QWidget
    table: DeskTable
    detail_title: QLabel
    detail_text: QLabel
    counted_button: QPushButton
    missing_button: QPushButton
    tell_button: QPushButton
    paper_title: QLabel
    turner: PageTurner
    print_button: QPushButton
    pages: PdfPages
    state_chip: Chip
    signer: QLabel
    key: QLabel
    message: InlineMessage
    empty: EmptyState

    def __init__(self, desk: Desk, tools: FiguresTools) -> None:
        super().__init__(desk)
        self.tools = tools
        self._found: Counted | None = None
        self._compared: bool | None = None
        self._in_front = True
        self._steps = Steps(desk, self)
        self.people = PeopleActs(desk, self)
        self.counting = Counting(desk, self)
        fill(self, "summary_figures")
        self.choice = Choice(desk, tools.period, tools.scope, self)
        self.turner.set_words("{0} из {1}")
        self.turner.attach(self.pages)
        self.print_button.setIcon(icons.icon("printer"))
        self.print_button.setShortcut("Ctrl+P")
        tools.sign.setShortcut("Ctrl+S")
        tools.workbook.setShortcut("Ctrl+E")
        self.empty.set_buttons("")
        self.empty.hide()
        self._set_columns(compared=False)
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
        self.choice.changed.connect(self._choose)
        self.counting.counted.connect(self._show)
        self.counting.failed.connect(self.fail)
        self.print_button.clicked.connect(self._print)
        self.tools.workbook.clicked.connect(self._save_workbook)
        self.tools.sign.clicked.connect(self._sign)
        allow(self.desk, Right.SUMMARY_SIGN, self.tools.sign, self.tell_button)

    # -- what the page asks ----------------------------------------------------------------------

    @property
    @override
    def steps(self) -> Steps:
        return self._steps

    @property
    def summary(self) -> Summary | None:
        """What is shown; None until it is counted."""
        return self._found.summary if self._found else None

    @override
    def read(self) -> None:
        self.choice.offer_spans()
        self._count()

    @override
    def show_tools(self, *, shown: bool) -> None:
        self._in_front = shown
        for box in (self.tools.period, self.tools.scope):
            box.setVisible(shown)
        for button in (self.tools.workbook, self.tools.sign):
            button.setVisible(shown and self._there)

    @override
    def status(self) -> Status:
        if self.summary is None:
            return Status("Считаем…")
        keys = (("Enter", "кто в числе"), ("Ctrl+P", "напечатать"))
        return Status(f"Данные на {self.summary.counted_at:%d.%m.%Y, %H:%M}", undo=self.steps.next_undo, keys=keys)

    @property
    def _there(self) -> bool:
        """Whether anybody is counted, as far as it is known."""
        return self.summary is None or self.summary.total.pupils > 0

    # -- counting --------------------------------------------------------------------------------

    def _choose(self) -> None:
        """Show nothing under a choice that it is not of, while that is counted."""
        self._found = None
        self.table.set_rows([], "Считаем…")
        self._explain(None)
        self.pages.clear()
        self.message.clear()
        self._count()
        self.status_changed.emit()

    def _count(self) -> None:
        self._offer_to_leave(allowed=False)
        self.counting.ask(self.choice.span, self.choice.within)

    def _show(self, found: Counted) -> None:
        self._found = found
        summary = found.summary
        self.choice.offer_scopes(found.groups, summary.scope)
        self.content.setVisible(self._there)
        nobody = f"За {summary.span.title} в списках никого нет. Выберите другое время."
        here = summary.scope.whole and summary.year == self.desk.organisation.period.year
        self.empty.set_content("chart-bar", *(_NOBODY if here else ("Считать некого", nobody)))
        self.empty.setVisible(not self._there)
        self.show_tools(shown=self._in_front)
        self._offer_to_leave(allowed=self._there and summary.scope.whole)
        self._set_columns(compared=summary.before is not None)
        self.table.set_rows(rows.rows(summary))
        if self.table.row() is None:
            self.table.choose_first()
        self._explain(self.table.row())
        self.paper_title.setText("Что получит управление" if summary.scope.whole else "Для своей школы")
        self.pages.show_pdf(found.paper)
        self._show_signature(found)
        if self._in_front and self._there and QApplication.focusWidget() is None:
            self.table.setFocus()
        self.status_changed.emit()

    def _set_columns(self, *, compared: bool) -> None:
        if compared is not self._compared:
            self._compared = compared
            self.table.set_columns(
                rows.columns(compared=compared),
                key=lambda row: row.indicator.code,
                faded=lambda row: row.figure is None,
            )

    def _offer_to_leave(self, *, allowed: bool) -> None:
        """Only what is counted, of the whole organisation, may leave it."""
        inside = self.summary is not None and not self.summary.scope.whole
        for button in (self.tools.sign, self.tools.workbook):
            button.setEnabled(allowed)
            button.setToolTip(_INSIDE if inside else "")

    def _show_signature(self, found: Counted) -> None:
        last = found.issued[0] if found.issued else None
        if not found.summary.scope.whole:
            self.state_chip.say("не подписывают", Tone.NEUTRAL)
            self.signer.setText(_INSIDE)
            self.key.setText("Напечатать для своей работы можно: Ctrl+P.")
            return
        if last is not None:
            self.state_chip.say(f"№ {last.number}", Tone.OK)
            self.signer.setText(f"Последняя подписана {last.issued_at.astimezone():%d.%m.%Y в %H:%M}")
        else:
            self.state_chip.say("не подписана", Tone.WARN, "clock")
            self.signer.setText(self.desk.actor.name if self.desk.may(Right.SUMMARY_SIGN) else _SIGNERS)
        key = found.key
        self.key.setText(f"{key.holder}, ключ до {key.valid_until:%d.%m.%Y}, отпечаток {key.short_fingerprint}")

    def _explain(self, row: IndicatorRow | None) -> None:
        self.detail_title.setText(row.indicator.title if row else "")
        found = self._found
        self.detail_text.setText(rows.explanation(row, found.summary, found.withheld) if row and found else "")
        self.tell_button.setVisible(row is not None and row.asked)
        self.tell_button.setText("Изменить…" if row and row.figure else "Ввести…")
        figure = row.figure if row and not row.asked else None
        for button, number, words in (
            (self.counted_button, figure.numerator if figure else 0, rows.counted(figure, self.summary)),
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
        if row is not None and row.figure is not None and self.summary is not None:
            self.people.open(self.summary, row.figure, side, self.choice.whose)

    # -- figures that are told -------------------------------------------------------------------

    def _ask(self, row: IndicatorRow | None) -> None:
        if row is None or not row.asked or self.summary is None or not self.desk.may(Right.SUMMARY_SIGN):
            return
        dialog = ToldDialog(self, self.desk, self.summary.year, row.indicator, row.figure)
        dialog.saved.connect(self._tell_written)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell_written(self, step: Step) -> None:
        self.steps.add(step)
        self.message.clear()
        self.table.setFocus()

    # -- what leaves -----------------------------------------------------------------------------

    def _sign(self) -> None:
        summary = self.summary
        if summary is None:
            return
        name = f"{file_names.tidy(f'Сводка за {summary.span.title}')}.pdf"
        path = file_dialogs.file_to_save(self, "Сохранить подписанную сводку", name, file_dialogs.PDF)
        if path is None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        self._offer_to_leave(allowed=False)
        self.desk.write(
            lambda: verbs.sign(workspace, actor, summary, partial(files.write, path)),
            owner=self,
            done=lambda signed: self._signed(signed, path),
            failed=self._failed,
            stopped=lambda: self._offer_to_leave(allowed=True),
        )

    def _signed(self, signed: verbs.SignedSummary, path: Path) -> None:
        self.tell_saved(f"Сводка № {signed.summary.number} подписана и сохранена: {path}", path)

    def _save_workbook(self) -> None:
        summary = self.summary
        if summary is None:
            return
        name = f"{file_names.tidy(f'Сводка за {summary.span.title}')}.xlsx"
        path = file_dialogs.file_to_save(self, "Сохранить таблицы", name, file_dialogs.XLSX)
        if path is None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.write(
            lambda: deeds.write_out(workspace, actor, path, verbs.workbook(summary), "таблицы сводки"),
            owner=self,
            done=lambda _: self.tell_saved(f"Таблицы сохранены: {path}", path),
            failed=self._failed,
        )

    def _failed(self, error: ProfdeskError) -> None:
        self._offer_to_leave(allowed=self.summary is not None and self.summary.scope.whole)
        self.fail(error)

    def _print(self) -> None:
        """Show the paper as it is, to be printed for the school's own use."""
        if self._found is not None and self._there:
            paper, summary = self._found.paper, self._found.summary
            whose = "" if summary.scope.whole else f", {self.choice.whose}"
            PaperDialog(self, self.desk, f"Сводка за {summary.span.title}{whose}", lambda _: paper).open()

"""The view of the register: every paper that was signed, its pages, and who signed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import file_names
from profdesk.domain import issued_summaries as domain
from profdesk.domain.changes import Kind
from profdesk.domain.detached import OutsideSigner
from profdesk.domain.issued_summaries import IssuedSummary
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.issued import rows
from profdesk.gui.common.issued.acts import IssuedActs
from profdesk.gui.common.issued.details import IssuedDetails
from profdesk.gui.common.issued.papers import Papers
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Status, saved_at
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.view import RecordsView
from profdesk.services import issued_summaries, workspaces

_ALL_YEARS = 0
_PAUSE = 120


@dataclass(frozen=True)
class IssuedTools:
    """What the view has in the header of its page."""

    year: QComboBox
    export: QPushButton
    copy: QPushButton


class IssuedView(RecordsView):
    """Reads the whole register at once; the file of a paper is read when it is chosen."""

    kinds = (Kind.SUMMARIES,)

    wanted_first = Signal()
    """Nothing has been signed yet: the user wants to."""

    empty: EmptyState
    content: QWidget
    count: QLabel
    search_field: SearchField
    table: DeskTable
    details: IssuedDetails
    message: InlineMessage

    def __init__(self, desk: Desk, tools: IssuedTools, papers: Papers) -> None:
        super().__init__(desk)
        fill(self, "issued")
        self.tools = tools
        self._papers = papers
        self._steps = Steps(desk, self)
        self._lines: Sequence[IssuedSummary] = ()
        self._names: Mapping[str, str] | None = None
        self._front = False
        self._wanted = ""
        self._rest = QTimer(self, singleShot=True, interval=_PAUSE)
        self._rest.timeout.connect(self.open_chosen)
        self.empty.set_content("pen-nib", papers.nothing, papers.explained, papers.lines)
        self.empty.set_buttons(papers.first, icon="chart-bar")
        self.content.hide()
        self.empty.hide()
        self.details.set_papers(papers)
        self.acts = IssuedActs(self, self.details, papers, self.table.row)
        self._connect()

    def _connect(self) -> None:
        self.tools.year.activated.connect(lambda _: self._filter())
        self.tools.export.clicked.connect(self.export)
        self.tools.copy.clicked.connect(self.acts.save_copy)
        self.tools.copy.setToolTip("Ctrl+S")
        self.empty.primary.clicked.connect(self.wanted_first)
        self.search_field.searched.connect(lambda _: self._filter())
        SearchKeys(self.search_field, self.table).entered.connect(self._enter)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self.details.pages.setFocus(Qt.FocusReason.OtherFocusReason))
        for words, act in (
            ("Сохранить копию…\tCtrl+S", self.acts.save_copy),
            ("Сохранить как выпущена…", self.acts.save_original),
            ("Проверить\tF5", self.acts.check),
            *((("Исправить…\tCtrl+R", self.acts.ask_correction),) if self._papers.correctable else ()),
            ("Добавить подпись…\tCtrl+O", self.acts.ask_signatures),
            ("Скопировать\tCtrl+C", self.table.copy_selected),
        ):
            self.table.addAction(words).triggered.connect(act)
        self.acts.closed.connect(self._enter)
        self.steps.failed.connect(self.fail)
        self.watch_steps()

    # -- what the page asks ----------------------------------------------------------------------

    @property
    @override
    def steps(self) -> Steps:
        return self._steps

    @override
    def show_tools(self, *, shown: bool) -> None:
        self._front = shown
        for tool in (self.tools.year, self.tools.export, self.tools.copy):
            tool.setVisible(shown and bool(self._lines))

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def status(self) -> Status:
        keys = (("Ctrl+S", "сохранить копию"), ("F5", "проверить"), ("Ctrl+O", "добавить подпись"))
        return replace(saved_at(self.desk.saved_at), undo=self.steps.next_undo, keys=keys if self._lines else ())

    # -- reading and showing ---------------------------------------------------------------------

    @override
    def read(self) -> None:
        workspace = self.desk.workspace

        def found() -> tuple[Sequence[IssuedSummary], Mapping[str, str]]:
            return issued_summaries.register(workspace, workspace.actor), workspaces.user_names(workspace)

        self.desk.run(found, owner=self, done=lambda read: self._show(*read))

    def _show(self, lines: Sequence[IssuedSummary], names: Mapping[str, str]) -> None:
        self._lines = lines
        if names != self._names:
            self._names = names
            self.table.set_columns(rows.columns(names), key=lambda one: one.number, faded=lambda one: not one.stands)
        self._offer_years()
        self.content.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.show_tools(shown=self._front)
        self._filter()
        self.status_changed.emit()
        if self._front and QApplication.focusWidget() is None and lines:
            self._enter()

    def _offer_years(self) -> None:
        """Every year there is something of; at first all of them."""
        box = self.tools.year
        chosen = box.currentData()
        with QSignalBlocker(box):
            box.clear()
            box.addItem("Все годы", _ALL_YEARS)
            for start in sorted({one.span.year.start for one in self._lines}, reverse=True):
                box.addItem(f"{SchoolYear(start).title} учебный год", start)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def _filter(self) -> None:
        words, start, names = self.search_field.text().strip(), self.tools.year.currentData(), self._names or {}
        of_year = [one for one in self._lines if start in (_ALL_YEARS, one.span.year.start)]
        shown = [one for one in of_year if one.matches(words, names.get(one.actor, ""))]
        self.table.set_rows(shown, f"По запросу «{words}» в реестре ничего нет")
        self.count.setText(
            f"{len(shown)} из {len(of_year)}" if words else domain.counted(of_year, self._papers.counted)
        )
        if self.table.choose(self._wanted):
            self._wanted = ""
        elif self.table.row() is None:
            self.table.choose_first()
        for button in (self.tools.export, self.tools.copy):
            button.setEnabled(bool(shown))
        self.details.setVisible(bool(shown))

    def _choose(self, summary: IssuedSummary | None) -> None:
        if summary is not None:
            self.details.show_summary(summary, self._names or {})
            self._rest.start()

    def open_chosen(self) -> None:
        """Read the file of the chosen paper and show it, unless another has been chosen meanwhile."""
        summary: IssuedSummary | None = self.table.row()
        if summary is None or not self.desk.is_open:
            return
        workspace = self.desk.workspace

        def show(found: tuple[bytes, Sequence[OutsideSigner]]) -> None:
            if self.table.row() == summary:
                self.details.show_file(summary, *found)

        def fail(error: ProfdeskError) -> None:
            self.details.show_no_file(summary)
            self.fail(error)

        self.desk.run(
            lambda: issued_summaries.opened(workspace, workspace.actor, summary.number),
            owner=self,
            done=show,
            failed=fail,
        )

    def choose(self, number: str) -> None:
        """Choose a paper that was signed just now, as soon as the register has it."""
        self._wanted = number
        self.search_field.clear()
        self._filter()

    def _enter(self) -> None:
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def export(self) -> None:
        """Write what is shown as a workbook."""
        shown, workspace = tuple(self.table.rows()), self.desk.workspace
        title = self._papers.register
        path = file_dialogs.file_to_save(self, title, f"{file_names.tidy(title)}.xlsx", file_dialogs.XLSX)
        if path is not None:
            self.desk.run(
                lambda: issued_summaries.export_register(workspace, title, shown, path),
                owner=self,
                done=lambda _: self.tell_saved(f"Сохранено: {path}.", path),
                failed=self.fail,
            )

"""The view of the register: every paper that was signed, its pages, and who signed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QPushButton
from typing_extensions import override

from profdesk.domain import file_names
from profdesk.domain import issued_summaries as domain
from profdesk.domain.changes import Kind
from profdesk.domain.detached import OutsideSigner
from profdesk.domain.issued_summaries import IssuedSummary
from profdesk.domain.rights import Right
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.issued import rows
from profdesk.gui.common.issued.acts import IssuedActs
from profdesk.gui.common.issued.details import IssuedDetails
from profdesk.gui.common.issued.papers import Papers
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.year_register import YearRegister
from profdesk.services import issued_summaries, users

_PAUSE = 120


@dataclass(frozen=True)
class IssuedTools:
    """What the view has in the header of its page."""

    year: QComboBox
    export: QPushButton
    copy: QPushButton


class IssuedView(YearRegister):
    """Reads the whole register at once; the file of a paper is read when it is chosen."""

    kinds = (Kind.SUMMARIES,)
    keys = (("Ctrl+S", "сохранить копию"), ("F5", "проверить"), ("Ctrl+O", "добавить подпись"))

    wanted_first = Signal()
    """Nothing has been signed yet: the user wants to."""

    details: IssuedDetails
    message: InlineMessage

    def __init__(self, desk: Desk, tools: IssuedTools, papers: Papers) -> None:
        super().__init__(desk)
        fill(self, "issued")
        self.tools = tools
        self._papers = papers
        self._wanted = ""
        self._rest = QTimer(self, singleShot=True, interval=_PAUSE)
        self._rest.timeout.connect(self.open_chosen)
        self.empty.set_content("pen-nib", papers.nothing, papers.explained, papers.lines)
        self.empty.set_buttons(papers.first, icon="chart-bar")
        self.details.set_papers(papers)
        self.acts = IssuedActs(self, self.details, papers, self.table.row)
        self._connect()
        self.begin(tools.year, (tools.export, tools.copy))

    def _connect(self) -> None:
        self.tools.export.clicked.connect(self.export)
        self.tools.copy.clicked.connect(self.acts.save_copy)
        self.tools.copy.setToolTip("Ctrl+S")
        self.empty.primary.clicked.connect(self.wanted_first)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self.details.pages.setFocus(Qt.FocusReason.OtherFocusReason))
        signs = allow(self.desk, Right.SUMMARY_SIGN, self.empty.primary)
        for words, act in (
            ("Сохранить копию…\tCtrl+S", self.acts.save_copy),
            ("Сохранить как выпущена…", self.acts.save_original),
            ("Проверить\tF5", self.acts.check),
            *((("Исправить…\tCtrl+R", self.acts.ask_correction),) if self._papers.correctable and signs else ()),
            *((("Добавить подпись…\tCtrl+O", self.acts.ask_signatures),) if signs else ()),
            ("Скопировать\tCtrl+C", self.table.copy_selected),
        ):
            self.table.addAction(words).triggered.connect(act)
        self.acts.closed.connect(self.enter)

    # -- reading and showing ---------------------------------------------------------------------

    @override
    def read(self) -> None:
        workspace = self.desk.workspace

        def found() -> tuple[Sequence[IssuedSummary], Mapping[str, str]]:
            return issued_summaries.register(workspace, workspace.actor), users.names(workspace, workspace.actor)

        self.desk.run(found, owner=self, done=lambda read: self.show_lines(*read))

    @override
    def set_columns(self, names: Mapping[str, str]) -> None:
        self.table.set_columns(rows.columns(names), key=lambda one: one.number, faded=lambda one: not one.stands)

    @override
    def counted(self, lines: Sequence[IssuedSummary]) -> str:
        return domain.counted(lines, self._papers.counted)

    @override
    def offer(self) -> None:
        if self.table.choose(self._wanted):
            self._wanted = ""
        there = bool(self.table.rows())
        for button in (self.tools.export, self.tools.copy):
            button.setEnabled(there)
        self.details.setVisible(there)

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
        self.filter()

    def export(self) -> None:
        """Write what is shown as a workbook."""
        shown, workspace = tuple(self.table.rows()), self.desk.workspace
        title = self._papers.register
        path = file_dialogs.file_to_save(self, title, f"{file_names.tidy(title)}.xlsx", file_dialogs.XLSX)
        if path is not None:
            self.desk.run(
                lambda: issued_summaries.export_register(workspace, workspace.actor, title, shown, path),
                owner=self,
                done=lambda _: self.tell_saved(f"Сохранено: {path}.", path),
                failed=self.fail,
            )

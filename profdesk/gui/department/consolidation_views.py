"""The sides of the page «Свод»: by indicator, by organisation, and sums beside their drawings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from typing_extensions import override

from profdesk.domain import plural
from profdesk.domain.consolidation_paper import ConsolidationPaper
from profdesk.domain.programme import Indicator
from profdesk.gui.common.columns import Column, Heading
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.pdf_pages import Magnifier, PageTurner, PdfPages
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.view import View
from profdesk.gui.department import consolidation_rows, matrix_rows
from profdesk.gui.department.consolidation_rows import LineRow, PartRow
from profdesk.gui.department.matrix_rows import MatrixRow
from profdesk.gui.department.matrix_table import MatrixTable

_ALL = "Все показатели"


class _SearchedView(View):
    """A table that is searched through."""

    search_field: SearchField
    table: DeskTable

    def watch_search(self) -> None:
        """Let the words searched for narrow the rows, and the keys lead from the field to the table."""
        self.search_field.searched.connect(lambda _: self.filter())
        SearchKeys(self.search_field, self.table).entered.connect(self._enter)

    def filter(self) -> None:
        """Show the rows that match."""
        raise NotImplementedError

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    def _enter(self) -> None:
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


class LinesView(_SearchedView):
    """The sums by indicator, and what organisations the chosen one is made up of."""

    wanted_paper = Signal(str)
    """The full name of an organisation whose summary is to be shown."""

    count: QLabel
    detail_title: QLabel
    detail_text: QLabel
    parts: DeskTable
    open_button: QPushButton

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._paper: ConsolidationPaper | None = None
        self._indicators: Mapping[str, Indicator] = {}
        fill(self, "consolidation_lines")
        self.table.set_columns(consolidation_rows.LINES, key=lambda row: row.key)
        self.parts.set_columns(consolidation_rows.PARTS, key=lambda row: row.key)
        self.watch_search()
        self.table.chosen.connect(self._explain)
        self.table.opened.connect(lambda _: self.parts.setFocus(Qt.FocusReason.OtherFocusReason))
        self.parts.chosen.connect(lambda row: self.open_button.setEnabled(row is not None))
        self.parts.opened.connect(self._open)
        self.open_button.clicked.connect(lambda: self._open(self.parts.row()))

    def show_paper(self, paper: ConsolidationPaper, indicators: Mapping[str, Indicator]) -> None:
        """Show the sums; ``indicators`` are those of the department's own programme, by code."""
        self._paper, self._indicators = paper, indicators
        self.count.setText(_sent(paper))
        self.filter()

    @override
    def filter(self) -> None:
        if self._paper is None:
            return
        words = self.search_field.text().strip()
        rows = consolidation_rows.lines(self._paper.made, self._indicators, words)
        self.table.set_rows(rows, f"По запросу «{words}» показателя нет")
        if self.table.row() is None:
            self.table.choose_first()
        self._explain(self.table.row())

    def _explain(self, row: LineRow | None) -> None:
        self.detail_title.setText(row.line.title if row else "")
        self.detail_text.setText(consolidation_rows.explanation(row) if row else "")
        parts = consolidation_rows.parts(self._paper.made, row.line) if row and self._paper else []
        self.parts.set_rows(parts)
        if self.parts.row() is None:
            self.parts.choose_first()
        self.open_button.setEnabled(self.parts.row() is not None)

    def _open(self, row: PartRow | None) -> None:
        if row is not None:
            self.wanted_paper.emit(row.organisation)


class MatrixView(_SearchedView):
    """Organisations by indicators: all of them narrow, or those of a section with their numbers."""

    wanted_paper = Signal(str)
    """The full name of an organisation whose summary is to be shown."""

    count: QLabel
    section: QComboBox
    table: MatrixTable
    open_button: QPushButton

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._paper: ConsolidationPaper | None = None
        self._lines: Sequence[LineRow] = ()
        self._shown: Sequence[LineRow] = ()
        fill(self, "consolidation_matrix")
        self.watch_search()
        self.section.activated.connect(lambda _: self._show())
        self.table.chosen.connect(self._offer)
        self.table.opened.connect(self._open)
        self.open_button.clicked.connect(lambda: self._open(self.table.row()))

    def show_paper(self, paper: ConsolidationPaper, indicators: Mapping[str, Indicator]) -> None:
        """Show who told what; the section that was chosen stays so."""
        self._paper, self._lines = paper, consolidation_rows.all_lines(paper.made, indicators)
        chosen = self.section.currentText()
        with QSignalBlocker(self.section):
            self.section.clear()
            self.section.addItems([_ALL, *dict.fromkeys(row.section for row in self._lines if row.section)])
            self.section.setCurrentIndex(max(0, self.section.findText(chosen)))
        self.count.setText(_sent(paper))
        self._show()

    def choose_section(self, place: int) -> None:
        """Show the indicators of a section of the programme, counted from 1, or (0) of all."""
        self.section.setCurrentIndex(place)
        self._show()

    def _show(self) -> None:
        section = self.section.currentText()
        shown = [row for row in self._lines if section in (_ALL, row.section)]
        if [row.key for row in shown] != [row.key for row in self._shown]:
            self.table.set_columns(matrix_rows.columns(shown), key=lambda row: row.key, faded=lambda row: not row.sent)
        self._shown = shown
        self.filter()

    @override
    def filter(self) -> None:
        if self._paper is None:
            return
        words = self.search_field.text().strip()
        rows = matrix_rows.rows(self._paper.made, words)
        self.table.set_rows(rows, f"По запросу «{words}» организации нет")
        if self.table.row() is None:
            self.table.choose_first()
        self._offer(self.table.row())

    def _offer(self, row: MatrixRow | None) -> None:
        self.open_button.setEnabled(row is not None and row.sent and not row.is_all)

    def _open(self, row: MatrixRow | None) -> None:
        if row is not None and row.sent and not row.is_all:
            self.wanted_paper.emit(row.organisation)


class DrawnView(View):
    """Sums at the left and their drawings at the right, as the paper has them."""

    table: DeskTable
    pages_title: QLabel
    turner: PageTurner
    magnifier: Magnifier
    pages: PdfPages

    def __init__(self, desk: Desk, columns: Sequence[Column[Any]], title: str, key: Callable[[Any], object]) -> None:
        super().__init__(desk)
        fill(self, "consolidation_drawn")
        self.table.set_columns(columns, key=key)
        self.table.setAccessibleName(title)
        self.pages_title.setText(title)
        self.turner.attach(self.pages)
        self.magnifier.attach(self.pages)
        self._drawn = b""
        self._is_stale = False

    @override
    def activate(self) -> None:
        if self._is_stale:
            QTimer.singleShot(0, self, self._draw)

    def show_rows(self, rows: Sequence[Any | Heading], drawn: bytes, nothing: str = "") -> None:
        """Show rows and the pages of a PDF; without any, ``nothing`` says why."""
        self.table.set_rows(rows, nothing)
        if self.table.row() is None:
            self.table.choose_first()
        self._drawn, self._is_stale = drawn, True
        if self.isVisible():
            self.activate()

    def _draw(self) -> None:
        """Draw the page once it is known how large it gets."""
        self._is_stale = False
        if self._drawn:
            self.pages.show_pdf(self._drawn)
        else:
            self.pages.clear()


def _sent(paper: ConsolidationPaper) -> str:
    """«Сложено 24 из 26 организаций»."""
    count, absent = len(paper.made.summaries), len(paper.made.absent)
    if absent:
        return f"Прислали {count} из {plural.counted(count + absent, 'организации', 'организаций', 'организаций')}"
    return f"Прислали все: {plural.counted(count, 'организация', 'организации', 'организаций')}"

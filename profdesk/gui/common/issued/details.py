"""One signed paper: its pages as they were signed, what became of it, and its signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.domain.detached import OutsideSigner
from profdesk.domain.issued_summaries import IssuedSummary
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.forms import fill
from profdesk.gui.common.issued import rows
from profdesk.gui.common.issued.papers import SUMMARIES, Papers
from profdesk.gui.common.issued.rows import SignatureRow
from profdesk.gui.common.pdf_pages import Magnifier, PageTurner, PdfPages
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.table_paint import TWO_LINE_ROW

_SHOWN, _LEAST = 4, 2
"""Rows of signatures in sight where there is room, and where there is little."""


class IssuedDetails(QWidget):
    """Shows; what its buttons do is said by ``IssuedActs``."""

    turner: PageTurner
    magnifier: Magnifier
    pages: PdfPages
    title: QLabel
    state_chip: Chip
    told: QLabel
    note: QLabel
    digest: QLabel
    check_button: QPushButton
    correct_button: QPushButton
    signatures: DeskTable
    signature_told: QLabel
    second_button: QPushButton
    add_button: QPushButton
    withdraw_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers = SUMMARIES
        fill(self, "issued_details")
        self.turner.attach(self.pages)
        self.magnifier.attach(self.pages)
        self.signatures.horizontalHeader().hide()
        self.signatures.set_columns(rows.SIGNATURES, key=lambda row: row.key)
        self.signatures.chosen.connect(self._explain)

    def set_papers(self, papers: Papers) -> None:
        """Say what is shown."""
        self._papers = papers
        self.correct_button.setVisible(papers.correctable)

    def show_summary(self, summary: IssuedSummary, names: Mapping[str, str]) -> None:
        """Show what the register says; the file itself is shown when it has been read."""
        self.title.setText(f"{self._papers.one} № {summary.number}")
        self.state_chip.say(summary.state, *rows.state(summary))
        self.told.setText(rows.issued(summary, names))
        self.note.setText(rows.note(summary))
        self.note.setVisible(bool(self.note.text()))
        self.digest.setText(rows.digest(summary))
        self.correct_button.setEnabled(summary.replaced_by is None)

    def show_file(self, summary: IssuedSummary, document: bytes, own: Sequence[OutsideSigner]) -> None:
        """Show the pages and who signed them."""
        self.pages.show_pdf(document)
        self._show_signatures(rows.signatures(summary, own))

    def show_no_file(self, summary: IssuedSummary) -> None:
        """The file could not be read: a signature that is spoiled can still be taken away."""
        self.pages.clear()
        self._show_signatures(rows.signatures(summary, ()))

    def _show_signatures(self, rows: Sequence[SignatureRow]) -> None:
        self.signatures.set_rows(rows)
        for fit, most in ((self.signatures.setMaximumHeight, _SHOWN), (self.signatures.setMinimumHeight, _LEAST)):
            fit(min(max(1, len(rows)), most) * TWO_LINE_ROW)
        if self.signatures.row() is None:
            self.signatures.choose_first()
        self._explain(self.signatures.row())

    def _explain(self, row: SignatureRow | None) -> None:
        self.signature_told.setText(row.told if row else "")
        self.withdraw_button.setEnabled(row is not None and row.further is not None)

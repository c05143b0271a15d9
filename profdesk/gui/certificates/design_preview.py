"""How a design looks: the true page with an invented pupil of a level."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from profdesk.domain.certificate_design import CertificateDesign
from profdesk.errors import ProfdeskError
from profdesk.gui.certificates import design_words
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.pdf_pages import Magnifier, PdfPages
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.services import certificate_designs

_SHORT, _LONG = "short", "long"


class DesignPreview(QWidget):
    """Drawn off the GUI thread; only the answer to the last question is shown."""

    level: QComboBox
    names: Segmented
    magnifier: Magnifier
    trial_button: QPushButton
    paper_chip: Chip
    pages: PdfPages
    remark: InlineMessage

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._design: CertificateDesign | None = None
        self._task: Task | None = None
        self._asked = 0
        fill(self, "certificates_preview")
        self.names.set_choices([(_SHORT, "Короткие имена"), (_LONG, "Самые длинные имена")])
        self.magnifier.attach(self.pages)
        self.level.currentIndexChanged.connect(lambda _: self._draw())
        self.names.chosen.connect(lambda _: self._draw())
        self.trial_button.clicked.connect(self.print_trial)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_trial)

    def offer_levels(self) -> None:
        """Offer the levels of the programme; the one chosen stays so if it is still there."""
        chosen = self.level.currentData()
        self.level.blockSignals(True)
        self.level.clear()
        for level in self._desk.programme.levels:
            self.level.addItem(level.title, level.code)
        self.level.setCurrentIndex(max(0, self.level.findData(chosen)))
        self.level.blockSignals(False)

    def choose_level(self, code: str) -> None:
        """Take an invented pupil of another level from now on."""
        self.level.blockSignals(True)
        self.level.setCurrentIndex(max(0, self.level.findData(code)))
        self.level.blockSignals(False)

    def show_design(self, design: CertificateDesign) -> None:
        """Draw a design that has no flaws."""
        self._design = design
        self.paper_chip.say(design_words.paper(design.page), Tone.NEUTRAL, "")
        self.remark.clear()
        self._draw()

    def keep_page(self, why: str, act: Callable[[], object]) -> None:
        """Leave the last page in sight, since what is wanted cannot be drawn, and say why; ``act`` leads to it."""
        self._drop()
        self.remark.say(f"{why} Пока показан прежний вид.", Tone.WARN, "К полю", act=act)

    def print_trial(self) -> None:
        """Show the page as a paper, to try it on the printer."""
        if self._design is not None:
            draw = partial(self._painter(self._design), trial=True)
            PaperDialog(self, self._desk, f"Пробная страница: {self._design.title}", lambda _: draw()).open()

    def _painter(self, design: CertificateDesign) -> Callable[..., bytes]:
        workspace, level = self._desk.workspace, str(self.level.currentData())
        long = self.names.key == _LONG
        return partial(certificate_designs.preview, workspace, workspace.actor, design, level, long=long)

    def _draw(self) -> None:
        self._drop()
        if self._design is not None and self.level.count():
            draw = self._painter(self._design)
            asked = self._asked
            self._task = self._desk.run(
                draw,
                owner=self,
                done=lambda pdf: self._show(asked, pdf),
                failed=lambda error: self._fail(asked, error),
            )

    def _drop(self) -> None:
        """Wait for no answer to a former question."""
        self._asked += 1
        if self._task is not None:
            self._task.cancel()

    def _show(self, asked: int, pdf: bytes) -> None:
        if asked == self._asked:
            self.pages.show_pdf(pdf)

    def _fail(self, asked: int, error: ProfdeskError) -> None:
        if asked == self._asked:
            self.remark.say(error.message, Tone.BAD)

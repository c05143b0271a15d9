"""A correction before it is signed: why, which numbers change, and the paper as it will be."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain import file_names, plural, summary_changes
from profdesk.domain.changes import Changes
from profdesk.domain.issued_summaries import IssuedSummary
from profdesk.domain.summary import Replaced
from profdesk.domain.summary_changes import FigureChange
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.pdf_pages import Magnifier, PageTurner, PdfPages
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import files, issued_summaries
from profdesk.services import summary as verbs
from profdesk.services.issued_summaries import Correction

_WIDTH, _LEFT = 1040, 32
_PAUSE = 600
"""Milliseconds without a key after which the reason is drawn on the cover."""
_COLUMNS: tuple[Column[FigureChange], ...] = (
    Column("Показатель", lambda one: one.title),
    Column("Было", lambda one: summary_changes.told(one.before), width=118, look=lambda _: Look(tone=Tone.MUTED)),
    Column("Станет", lambda one: summary_changes.told(one.now), width=118, look=lambda _: Look(bold=True)),
)


class CorrectionDialog(QDialog):
    """Counts when it opens; what is shown then is what is signed."""

    signed = Signal(str, object)
    """The number of the correction, and the Path it was saved under."""

    heading: QLabel
    told: QLabel
    reason: QLineEdit
    changes_title: QLabel
    changes: DeskTable
    turner: PageTurner
    magnifier: Magnifier
    pages: PdfPages
    message: InlineMessage
    leave_button: QPushButton
    sign_button: QPushButton

    def __init__(self, parent: QWidget, desk: Desk, former: IssuedSummary) -> None:
        super().__init__(parent)
        self._desk = desk
        self._former = former
        self._correction: Correction | None = None
        self._busy = False
        fill(self, "summary_correction")
        self.resize(_WIDTH, parent.window().height() - _LEFT)
        self.heading.setText(f"Исправление сводки № {former.number}")
        self.told.setText(
            f"Показатели за {former.span.title} посчитаны заново по тому, что записано сейчас. Прежняя сводка "
            "останется в реестре заменённой. Отменить выпуск нельзя."
        )
        self.turner.attach(self.pages)
        self.magnifier.attach(self.pages)
        self.changes.set_columns(_COLUMNS, key=lambda one: one.code)
        self.changes.set_rows([], "Считаем…")
        self._rest = QTimer(self, singleShot=True, interval=_PAUSE)
        self._connect()
        self._count()

    def _connect(self) -> None:
        self.reason.textChanged.connect(lambda _: self._offer())
        self.reason.textChanged.connect(lambda _: self._rest.start())
        self._rest.timeout.connect(self._draw)
        self.leave_button.clicked.connect(self.reject)
        self.sign_button.clicked.connect(self._sign)
        self.leave_button.setAutoDefault(False)
        self.sign_button.setDefault(True)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()

    @property
    def _replaces(self) -> Replaced:
        return Replaced(self._former.number, " ".join(self.reason.text().split()))

    def _offer(self) -> None:
        ready = self._correction is not None and not self._busy
        self.sign_button.setEnabled(ready and bool(self._replaces.reason))

    def _count(self) -> None:
        workspace, number = self._desk.workspace, self._former.number
        self._desk.run(
            lambda: issued_summaries.recounted(workspace, workspace.actor, number),
            owner=self,
            done=self._show,
            failed=self._failed,
        )

    def _show(self, correction: Correction) -> None:
        self._correction = correction
        self.changes.set_rows(correction.changes, "Числа показателей те же, что в прежней сводке")
        count = len(correction.changes)
        told = plural.counted(count, "показатель", "показателя", "показателей")
        self.changes_title.setText(f"Изменится {told}" if count else "Что изменится")
        self._offer()
        self._draw()

    def _draw(self) -> None:
        """Draw the paper, its cover with the reason as it stands."""
        if self._correction is not None:
            workspace, drawn = self._desk.workspace, replace(self._correction.summary, replaces=self._replaces)
            self._desk.run(
                lambda: verbs.preview(workspace, workspace.actor, drawn),
                owner=self,
                done=self.pages.show_pdf,
                failed=self._failed,
            )

    def _sign(self) -> None:
        correction, replaces = self._correction, self._replaces
        if correction is None:
            return
        name = f"{file_names.tidy(f'Сводка за {self._former.span.title}, исправленная')}.pdf"
        path = file_dialogs.file_to_save(self, "Сохранить исправленную сводку", name, file_dialogs.PDF)
        if path is None:
            return
        workspace, actor = self._desk.workspace, self._desk.actor

        def sign() -> tuple[str, Changes]:
            made, changes = verbs.sign(workspace, actor, correction.summary, partial(files.write, path), replaces)
            return str(made.summary.number), changes

        def done(number: str) -> None:
            self.signed.emit(number, path)
            self.accept()

        self._busy = True
        self._offer()
        self._desk.write(sign, owner=self, done=done, failed=self._failed, stopped=self._stopped)

    def _stopped(self) -> None:
        self._busy = False
        self._offer()

    def _failed(self, error: ProfdeskError) -> None:
        self._stopped()
        self.message.say(error.message, Tone.BAD)

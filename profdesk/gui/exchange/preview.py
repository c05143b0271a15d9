"""What is inside a file with changes, before anything of it is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain.exchange import Preview
from profdesk.errors import ProfdeskError
from profdesk.gui.common import growing
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.exchange import rows
from profdesk.services import exchange

_NAMES = 12
_UNDOING = "Приём можно отменить на странице «Обмен»."
_ANSWER = "Записи не изменятся. Станет известно, что приняли там."


class PreviewDialog(QDialog):
    """Counts, names and warnings; taking shows how far it is and can be stopped, which leaves everything as it was.

    A file with nothing new is taken too: it answers what was sent.
    """

    taken = Signal(object)
    """The Accepted, once it is written."""

    title: QLabel
    whence: QLabel
    counts_sheet: Card
    counts: DeskTable
    about: QLabel
    warning: InlineMessage
    progress: ProgressStrip
    message: InlineMessage
    undoing: QLabel
    leave_button: QPushButton
    accept_button: QPushButton

    def __init__(self, parent: QWidget, desk: Desk, path: Path, found: Preview) -> None:
        super().__init__(parent)
        fill(self, "exchange_preview")
        self._desk = desk
        self._path = path
        self._task: Task | None = None
        self.setWindowTitle("Принять изменения")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.counts.set_columns(rows.COUNTS, key=lambda one: one.title)
        self._show(found)
        self.leave_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._accept)
        self.progress.stop_pressed.connect(self._stop)
        self.finished.connect(lambda _: self._stop())

    def _show(self, found: Preview) -> None:
        new = not found.is_known
        name = found.sender.name
        self.title.setText(f"Изменения с компьютера «{name}»" if new else f"Нового с компьютера «{name}» нет")
        self.whence.setText(rows.whence(found))
        self.counts.set_rows(found.counts)
        self.counts_sheet.setVisible(bool(found.counts))
        self.about.setText(_about(found.pupils))
        self.about.setVisible(bool(found.pupils))
        self.undoing.setText(_UNDOING if new else _ANSWER)
        warnings = rows.warnings(found)
        if warnings:
            self.warning.say(warnings, Tone.WARN)
        if found.is_known:
            self.accept_button.setText("Учесть ответ")
            self.setMinimumHeight(0)
            growing.fit(self)
        self.accept_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _accept(self) -> None:
        workspace, actor, path = self._desk.workspace, self._desk.actor, self._path
        self.accept_button.setEnabled(False)
        self.message.clear()
        self.progress.begin("Принимаем")
        growing.make_room(self)
        self._task = self._desk.write(
            lambda report: exchange.accept(workspace, actor, path, report),
            owner=self,
            progress=self.progress.tell,
            done=self._written,
            failed=self._failed,
            stopped=partial(self._end, "Остановлено. Ничего не записано."),
        )

    def _written(self, accepted: object) -> None:
        self._task = None
        self.taken.emit(accepted)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self._end(error.message, Tone.BAD)

    def _end(self, words: str, tone: Tone = Tone.INFO) -> None:
        self._task = None
        self.progress.end()
        self.accept_button.setEnabled(True)
        self.message.say(words, tone)
        growing.make_room(self)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()


def _about(pupils: Sequence[str]) -> str:
    """The names of those whom it is about, as many as fit."""
    named = ", ".join(pupils[:_NAMES])
    rest = len(pupils) - _NAMES
    return f"Об учениках: {named}" + (f" и ещё {rest}." if rest > 0 else ".")

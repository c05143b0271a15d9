"""The copy after work, made while the window closes: told if it takes long, and left off when nobody will wait."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.domain.backups import CopyKind
from profdesk.domain.changes import Changes
from profdesk.gui.common import text
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.task import Task
from profdesk.services import backups

_SHOWN_AFTER_MS = 300
_WIDTH = 420


class Leaving(QDialog):
    """What fails is remembered by the verb and told at the next start; here nobody is kept for it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._loop = QEventLoop()
        self._task: Task | None = None
        self.setWindowTitle("Копия после работы")
        self.setMinimumWidth(_WIDTH)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.progress = ProgressStrip()
        self.progress.button.hide()
        self.leave_button = QPushButton("Закрыть без копии")
        self.leave_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(text.label("Делаем копию рабочей папки", "card"))
        column.addWidget(self.progress)
        column.addWidget(self.leave_button, 0, Qt.AlignmentFlag.AlignRight)

    def wait(self) -> None:
        """Return when the copy is made and lies in the second place too, if there is one, or nobody waits any more."""
        workspace = self._desk.workspace
        self._run("Копируем, МБ", partial(backups.make_due, workspace, workspace.actor, CopyKind.SESSION), self._bring)
        QTimer.singleShot(_SHOWN_AFTER_MS, self, self._show_if_running)
        if self._task is not None:
            self._loop.exec()
        self.hide()

    @override
    def reject(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._loop.quit()

    def _bring(self, _made: object) -> None:
        workspace = self._desk.workspace
        work = partial(backups.bring_to_second_place, workspace, workspace.actor)
        self._run("Кладём во второе место, МБ", work, lambda _: self._end())

    def _run(self, what: str, work: Callable[..., tuple[object, Changes]], done: Callable[[object], None]) -> None:
        self.progress.begin(what)
        self._task = self._desk.write(
            work,
            owner=self,
            progress=self.progress.report,
            done=done,
            failed=lambda _: self._end(),
            stopped=self._end,
        )

    def _end(self) -> None:
        self._task = None
        self._loop.quit()

    def _show_if_running(self) -> None:
        if self._task is not None and not self._task.cancelled:
            self.show()

"""Copies of the workspace: the list of them, and another one made now, here or in a folder of the user's choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from profdesk.domain import wording
from profdesk.domain.backups import Copy
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.columns import Column
from profdesk.gui.common.desk import Desk, Task
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import backups

_SIZE = (680, 440)
_MB = 1 << 20


class CopiesDialog(QDialog):
    """A copy is made off the GUI thread and can be stopped; closing the dialog stops it too."""

    table: DeskTable
    progress: ProgressStrip
    message: InlineMessage
    folder_button: QPushButton
    elsewhere_button: QPushButton
    leave_button: QPushButton
    make_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        fill(self, "copies_dialog")
        self.resize(*_SIZE)
        self.table.set_columns(_columns(), key=lambda one: one.folder)
        self.make_button.clicked.connect(self.make)
        self.elsewhere_button.clicked.connect(self._ask_place)
        self.folder_button.clicked.connect(self._open_folder)
        self.leave_button.clicked.connect(self.reject)
        self.progress.stop_pressed.connect(self._stop)
        self.finished.connect(self._stop)
        self.finished.connect(self.deleteLater)
        self._read()

    def make(self) -> None:
        """Make a copy now."""
        self._make(None)

    # -- inside ----------------------------------------------------------------------------------

    def _read(self) -> None:
        workspace = self._desk.workspace
        self._desk.run(lambda: backups.copies(workspace), owner=self, done=self._show, failed=self._failed)

    def _show(self, found: Sequence[Copy]) -> None:
        self.table.set_rows(found, "Копий пока нет")
        self.folder_button.setEnabled(bool(found))
        if self.table.row() is None:
            self.table.choose_first()

    def _ask_place(self) -> None:
        place = file_dialogs.folder(self, "Куда положить копию")
        if place is not None:
            self._make(place)

    def _make(self, place: Path | None) -> None:
        workspace = self._desk.workspace
        self._begin()
        self._task = self._desk.write(
            partial(backups.make, workspace, workspace.actor),
            owner=self,
            progress=self.progress.report,
            done=partial(self._made, place),
            failed=self._failed,
            stopped=self._end,
        )

    def _made(self, place: Path | None, copy: Path) -> None:
        self._read()
        if place is None:
            self._tell("Копия сделана и прочитана до конца. Лучше всего, когда вторая лежит на другом диске.")
            return
        self._task = self._desk.run(
            partial(backups.put_elsewhere, copy, place),
            owner=self,
            progress=self.progress.report,
            done=lambda there: self._tell(f"Копия сделана и лежит в папке «{there}»."),
            failed=self._failed,
            stopped=self._end,
        )

    def _begin(self) -> None:
        self.message.clear()
        self.progress.begin("Копируем, МБ")
        for button in (self.make_button, self.elsewhere_button):
            button.setEnabled(False)

    def _end(self) -> None:
        self._task = None
        self.progress.end()
        for button in (self.make_button, self.elsewhere_button):
            button.setEnabled(True)

    def _tell(self, words: str) -> None:
        self._end()
        self.message.say(words, Tone.OK)
        self.leave_button.setFocus()

    def _failed(self, error: ProfdeskError) -> None:
        self._end()
        self._read()
        self.message.say(error.message, Tone.BAD)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _open_folder(self) -> None:
        copy: Copy | None = self.table.row()
        if copy is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy.folder)))


def _moment(copy: Copy) -> str:
    made_at = copy.made_at.astimezone()
    return f"{wording.whole_day(made_at.date())}, {made_at:%H:%M}"


def _size(copy: Copy) -> str:
    return f"{max(1, round(copy.size / _MB))} МБ"


def _columns() -> tuple[Column[Copy], ...]:
    return (
        Column("Когда", _moment, width=190),
        Column("Почему", lambda one: one.why[:1].upper() + one.why[1:]),
        Column("Размер", _size, width=90, right=True),
    )

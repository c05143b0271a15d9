"""The first step: recent workspaces, a new one, another folder, or the demonstration school."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPushButton, QWidget

from profdesk.gui.common import crash, file_dialogs, icons
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.start import opened
from profdesk.gui.start.opened import Opened


class ChooseStep(QWidget):
    """``chosen`` gives a folder to unlock, ``opened`` the demonstration school, open already."""

    chosen = Signal(object)
    opened = Signal(object)
    wanted_new = Signal()
    wanted_joining = Signal()

    recent_box: QFrame
    recent: QListWidget
    open_button: QPushButton
    create_button: QPushButton
    join_button: QPushButton
    demo_button: QPushButton
    progress: ProgressStrip
    message: InlineMessage

    def __init__(self, desk: Desk, recent: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        fill(self, "start_choose")
        self.recent_box.setVisible(bool(recent))
        self.recent.setFixedHeight(10 + 28 * min(4, max(1, len(recent))))
        for folder in recent:
            item = QListWidgetItem(icons.icon("folder", "text2"), _shown(folder), self.recent)
            item.setData(Qt.ItemDataRole.UserRole, folder)
            item.setToolTip(str(folder))
        self.recent.itemActivated.connect(lambda item: self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.open_button.clicked.connect(self._ask_folder)
        self.create_button.clicked.connect(self.wanted_new)
        self.join_button.clicked.connect(self.wanted_joining)
        self.demo_button.clicked.connect(self._open_demo)
        self.progress.stop_pressed.connect(self._stop)
        self.message.acted.connect(self._show_log)
        self._tell_crash()

    def _tell_crash(self) -> None:
        """Own up to an error that ended the program last time."""
        if crash.untold() is not None:
            words = "В прошлый раз программа закрылась из-за ошибки. Записанное сохранено, подробности в журнале."
            self.message.say(words, Tone.WARN, "Показать журнал")
            crash.tell()

    def _show_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(crash.log_file())))

    def complain(self, sentence: str) -> None:
        """Say what went wrong below the choices; an empty sentence clears it."""
        if sentence:
            self.message.say(sentence, Tone.BAD)
        else:
            self.message.clear()

    def _ask_folder(self) -> None:
        folder = file_dialogs.folder(self, "Рабочая папка")
        if folder is not None:
            self.chosen.emit(folder)

    def _open_demo(self) -> None:
        from profdesk.services import demo

        self.complain("")
        self._set_busy(busy=True)
        self.progress.begin("Открываем показательную школу")
        self._task = self._desk.run(
            lambda report: opened.read(demo.ready(report)),
            owner=self,
            done=self._done,
            failed=lambda error: self._failed(error.message),
            progress=self.progress.tell,
            stopped=lambda: self._failed("Остановлено. Показательная школа не создана."),
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _done(self, value: Opened) -> None:
        self._set_busy(busy=False)
        self.opened.emit(value)

    def _failed(self, sentence: str) -> None:
        self._set_busy(busy=False)
        self.complain(sentence)

    def _set_busy(self, *, busy: bool) -> None:
        for control in (self.demo_button, self.create_button, self.join_button, self.open_button, self.recent):
            control.setEnabled(not busy)
        if not busy:
            self.progress.end()


def _shown(folder: Path) -> str:
    return f"{folder.name}   {folder.parent}"

"""A computer joins an organisation: the package, its code, then a password and a place of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain.joining import Invitation
from profdesk.errors import ProfdeskError
from profdesk.gui.common import fields, file_dialogs, fonts, icons
from profdesk.gui.common.countdown import Countdown
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.start import shared_disk
from profdesk.services import joining
from profdesk.services.workspaces import NewWorkspace

_STOPPED = "Остановлено. Рабочая папка не создана, пакет можно взять снова."


class JoinStep(QWidget):
    """``made`` gives the new workspace, open, with its recovery code."""

    made = Signal(object)
    left = Signal()

    back_button: QPushButton
    file: QLineEdit
    file_button: QPushButton
    code: QLineEdit
    look_button: QPushButton
    found_box: QFrame
    found_title: QLabel
    found: QLabel
    password: QLineEdit
    repeated: QLineEdit
    folder: QLineEdit
    folder_button: QPushButton
    progress: ProgressStrip
    place_message: InlineMessage
    message: InlineMessage
    join_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        fill(self, "start_join")
        self.back_button.setIcon(icons.icon("caret-left"))
        self.code.setFont(fonts.font(fonts.CARD))
        self._wait = Countdown(self.message, self.look_button)
        self._wait.over.connect(self.code.setFocus)
        self.folder.setText(str(Path.home() / "profdesk"))
        shared_disk.watch(self.folder, self.place_message)
        self.file_button.clicked.connect(self._ask_file)
        self.folder_button.clicked.connect(self._ask_folder)
        self.look_button.clicked.connect(self._look)
        self.code.returnPressed.connect(self._look)
        self.join_button.clicked.connect(self._join)
        self.repeated.returnPressed.connect(self._join)
        self.back_button.clicked.connect(self.left)
        self.progress.stop_pressed.connect(self._stop)
        for edit in (self.file, self.code):
            edit.textChanged.connect(self._forget)
        self._forget()

    def begin(self) -> None:
        """Ask for a package from the beginning."""
        for edit in (self.file, self.code, self.password, self.repeated):
            edit.clear()
        self._wait.end()
        self.file.setFocus()

    def show_found(self, found: Invitation) -> None:
        """Say what the package is for, and ask for what is chosen here."""
        self.found_title.setText(f"{found.user.name}: компьютер «{found.computer.name}»")
        self.found.setText(found.told)
        self.found_box.show()
        self.join_button.show()
        self.look_button.hide()
        self.password.setFocus()

    # -- looking ---------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        chosen = file_dialogs.file_to_open(self, "Пакет рабочей папки", file_dialogs.KIT)
        if chosen is not None:
            self.file.setText(str(chosen))
            self.code.setFocus()

    def _ask_folder(self) -> None:
        chosen = file_dialogs.folder(self, "Где хранить рабочую папку")
        if chosen is not None:
            self.folder.setText(str(chosen))

    def _forget(self) -> None:
        """Another file or code: what was found is of the former one."""
        self.found_box.hide()
        self.join_button.hide()
        self.look_button.show()

    def _look(self) -> None:
        if not self.look_button.isEnabled():
            return
        for edit, words in ((self.file, "Выберите файл пакета."), (self.code, "Введите код к пакету.")):
            if not edit.text().strip():
                self._complain(edit, words)
                return
        self._complain(None, "")
        self._set_busy(busy=True)
        self._desk.run(
            partial(joining.look, Path(self.file.text().strip()), self.code.text()),
            owner=self,
            done=self._looked,
            failed=self._refused,
            stopped=partial(self._set_busy, busy=False),
        )

    def _looked(self, found: Invitation) -> None:
        self._set_busy(busy=False)
        self._wait.end()
        self.show_found(found)

    def _refused(self, error: ProfdeskError) -> None:
        self._set_busy(busy=False)
        self._wait.refuse(error)
        self.code.selectAll()
        self.code.setFocus()

    # -- joining ---------------------------------------------------------------------------------

    def _join(self) -> None:
        wrong = self._first_wrong()
        if wrong is not None:
            self._complain(*wrong)
            return
        self._complain(None, "")
        self._set_busy(busy=True)
        self.progress.begin("Открываем пакет")
        package, folder = Path(self.file.text().strip()), Path(self.folder.text().strip())
        self._task = self._desk.run(
            partial(joining.join, package, self.code.text(), folder, self.password.text()),
            owner=self,
            progress=self.progress.tell,
            done=self._done,
            failed=self._failed,
            stopped=self._stopped,
        )

    def _first_wrong(self) -> tuple[QLineEdit, str] | None:
        if not self.password.text():
            return self.password, "Придумайте пароль не короче 8 знаков."
        if self.password.text() != self.repeated.text():
            return self.repeated, "Пароли не совпадают. Наберите второй раз то же самое."
        if not self.folder.text().strip():
            return self.folder, "Укажите, где хранить рабочую папку."
        return None

    def _done(self, made: NewWorkspace) -> None:
        self._end()
        for edit in (self.file, self.code, self.password, self.repeated):
            edit.clear()
        self.made.emit(made)

    def _failed(self, error: ProfdeskError) -> None:
        self._end()
        self.message.say(error.message, Tone.BAD)

    def _stopped(self) -> None:
        self._end()
        self.message.say(_STOPPED, Tone.INFO)

    def _end(self) -> None:
        self._task = None
        self.progress.end()
        self._set_busy(busy=False)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _complain(self, edit: QLineEdit | None, sentence: str) -> None:
        fields.complain(self, self.message, edit, sentence)

    def _set_busy(self, *, busy: bool) -> None:
        inputs = (self.file, self.file_button, self.code, self.look_button, self.password, self.repeated)
        for part in (*inputs, self.folder, self.folder_button, self.join_button, self.back_button):
            part.setEnabled(not busy)

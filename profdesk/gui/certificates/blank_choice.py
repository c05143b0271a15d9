"""The school's own blank in Word: choosing it, hearing what will be filled, trying it on one pupil, a sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk import settings
from profdesk.domain import file_names
from profdesk.domain.certificate import Candidate
from profdesk.domain.certificate_blank import CODE, Blank
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, file_opening
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.services import certificate_blanks, files

_ROOM = 320
"""Pixels beside the buttons for the name of a blank."""
_NONE = "Бланк не выбран"
_WHAT = (
    "Бланк — ваш документ Word, в котором на нужных местах стоят поля в фигурных скобках: {ученик}, {номер}, {код}. "
    "В образце есть все поля с пояснениями: сохраните его и измените в Word."
)
_PROVEN = "Подлинность подтвердит код: сам файл Word ключом не заверяется."
_SAMPLE = "Образец бланка сертификата.docx"
_NO_PROGRAM = "На этом компьютере нет программы, которая открывает документы Word."


class BlankChoice(QWidget):
    """Holds a blank that can be filled, or none; the one that was last chosen on this computer is looked at first."""

    changed = Signal()

    name: QLabel
    choose_button: QPushButton
    sample_button: QPushButton
    told: QLabel
    message: InlineMessage
    trial_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._group = ""
        self._pupil: Candidate | None = None
        self.path: Path | None = None
        fill(self, "certificates_blank")
        self._put(None, _NONE, _WHAT)
        self.choose_button.clicked.connect(self.ask)
        self.sample_button.clicked.connect(self.save_sample)
        self.trial_button.clicked.connect(self.save_trial)

    def attach(self, desk: Desk, group: str, pupil: Candidate) -> None:
        """Say on whom (of which class, by its id) a blank is tried."""
        self._desk, self._group, self._pupil = desk, group, pupil
        last = settings.load().certificate_blank
        if last and Path(last).is_file():
            self._look(Path(last))

    def ask(self) -> None:
        """Ask for the blank."""
        path = file_dialogs.file_to_open(self, "Бланк сертификата", file_dialogs.DOCX)
        if path is not None:
            self._look(path)

    def save_sample(self) -> None:
        """Ask where to save the sample; it is the chosen blank then, to be changed in Word."""
        path = file_dialogs.file_to_save(self, "Образец бланка", _SAMPLE, file_dialogs.DOCX)
        if path is not None:
            told = "Образец сохранён и выбран. Измените его в Word, потом попробуйте на одном ученике."
            self._write(path, certificate_blanks.sample, lambda: self._look(path, lambda _: self._tell(told, path)))

    def save_trial(self) -> None:
        """Ask where to save the blank, as it is now, filled for one pupil without a number."""
        desk, group, pupil, blank = self._desk, self._group, self._pupil, self.path
        if desk is None or pupil is None or blank is None:
            return
        workspace, actor = desk.workspace, desk.actor
        name = file_names.tidy(f"Проба бланка, {pupil.name.short}")
        path = file_dialogs.file_to_save(self, "Проба бланка", f"{name}.docx", file_dialogs.DOCX)

        def fill(target: Path, found: Blank) -> None:
            trial = partial(certificate_blanks.preview, workspace, actor, group, pupil.pupil, found)
            told = f"Проба сохранена, номер не занят: {target}."
            self._write(target, trial, lambda: self._tell(told, target))

        if path is not None:
            self._look(blank, partial(fill, path))

    def _look(self, path: Path, then: Callable[[Blank], None] | None = None) -> None:
        """Look a blank through, show what was found, go on if it can be filled."""

        def found(blank: Blank) -> None:
            self._show(path, blank)
            if then is not None:
                then(blank)

        if self._desk is not None:
            read = partial(certificate_blanks.read, path)
            self._desk.run(read, owner=self, done=found, failed=partial(self._refuse, path))

    def _write(self, path: Path, make: Callable[[], bytes], done: Callable[[], None]) -> None:
        if self._desk is not None:
            self._desk.run(
                lambda: files.write(path, make()),
                owner=self,
                done=lambda _: done(),
                failed=lambda error: self.message.say(error.message, Tone.BAD),
            )

    def _show(self, path: Path, blank: Blank) -> None:
        self._put(path, blank.name, f"{blank.told} {_PROVEN}" if CODE in blank.fields else blank.told)
        settings.remember(replace(settings.load(), certificate_blank=str(path)))
        if blank.lacks:
            self.message.say(f"{blank.lacks} Выдать можно и так.", Tone.WARN)
        else:
            self.message.clear()

    def _refuse(self, path: Path, error: ProfdeskError) -> None:
        self._put(None, f"{path.name} не подходит", _WHAT)
        self.message.say(error.message, Tone.BAD, "Проверить ещё раз", act=partial(self._look, path))

    def _put(self, path: Path | None, name: str, told: str) -> None:
        self.path = path
        self.name.setText(self.name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _ROOM))
        self.name.setToolTip(str(path or ""))
        self.told.setText(told)
        self.trial_button.setEnabled(path is not None)
        self.changed.emit()

    def _tell(self, words: str, path: Path) -> None:
        self.message.say(words, Tone.OK, "Открыть в Word", act=partial(self._open, path))

    def _open(self, path: Path) -> None:
        if not file_opening.show_file(path):
            self.message.say(_NO_PROGRAM, Tone.WARN)

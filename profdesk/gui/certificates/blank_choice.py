"""The school's own blank in Word: choosing it, hearing what will be filled, trying it on one pupil, a sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
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
        self._forget()
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

        def save(chosen: Path) -> Blank:
            files.write(chosen, certificate_blanks.sample())
            return certificate_blanks.read(chosen)

        if path is not None:
            told = "Образец сохранён и выбран. Измените его в Word, потом попробуйте на одном ученике."
            self._run(partial(save, path), path, told)

    def save_trial(self) -> None:
        """Ask where to save the blank filled for one pupil, without a number."""
        desk, group, pupil, blank_path = self._desk, self._group, self._pupil, self.path
        if desk is None or pupil is None or blank_path is None:
            return
        workspace, actor = desk.workspace, desk.actor
        name = file_names.tidy(f"Проба бланка, {pupil.name.short}")
        path = file_dialogs.file_to_save(self, "Проба бланка", f"{name}.docx", file_dialogs.DOCX)

        def save(chosen: Path) -> Blank:
            blank = certificate_blanks.read(blank_path)
            files.write(chosen, certificate_blanks.preview(workspace, actor, group, pupil.pupil, blank))
            return blank

        if path is not None:
            self._run(partial(save, path), blank_path, f"Проба сохранена, номер не занят: {path}.", path)

    def _look(self, path: Path) -> None:
        self._run(partial(certificate_blanks.read, path), path)

    def _run(self, work: Callable[[], Blank], path: Path, told: str = "", opened: Path | None = None) -> None:
        """Do what gives the blank at ``path``, and say what was done; ``opened`` is what can then be looked at."""
        if self._desk is not None:
            self._desk.run(
                work,
                owner=self,
                done=lambda blank: self._take(blank, path, told, opened or path),
                failed=self._failed,
            )

    def _take(self, blank: Blank, path: Path, told: str, opened: Path) -> None:
        self.path = path
        settings.save(replace(settings.load(), certificate_blank=str(path)))
        self.name.setText(blank.name)
        self.name.setToolTip(str(path))
        self.told.setText(f"{blank.told} {_PROVEN}" if CODE in blank.fields else blank.told)
        self.trial_button.setEnabled(True)
        if told:
            self.message.say(told, Tone.OK, "Открыть в Word", act=partial(self._open, opened))
        elif blank.lacks:
            self.message.say(f"{blank.lacks} Выдать можно и так.", Tone.WARN)
        else:
            self.message.clear()
        self.changed.emit()

    def _failed(self, error: ProfdeskError) -> None:
        self._forget()
        self.message.say(error.message, Tone.BAD)
        self.changed.emit()

    def _forget(self) -> None:
        self.path = None
        self.name.setText(_NONE)
        self.name.setToolTip("")
        self.told.setText(_WHAT)
        self.trial_button.setEnabled(False)

    def _open(self, path: Path) -> None:
        if not file_opening.show_file(path):
            self.message.say(_NO_PROGRAM, Tone.WARN)

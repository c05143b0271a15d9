"""Handing out everything that is kept of one pupil, to the parents who ask for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QPushButton, QWidget

from profdesk.domain.people import PersonName
from profdesk.domain.rights import Right
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.services import held

_ARCHIVE = "Архив (*.zip)"


class HeldDialog(QDialog):
    """What psychologists keep goes with it only if whoever holds their key ticks so."""

    heading: QLabel
    what: QLabel
    with_psy: QCheckBox
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, pupil: str, name: PersonName) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pupil = pupil
        self._name = name
        fill(self, "held_dialog")
        self.heading.setText(f"Выгрузить всё, что хранится: {name.short}")
        self.with_psy.setVisible(desk.may(Right.DIAGNOSTICS))
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        path = file_dialogs.file_to_save(self, "Выгрузить всё об ученике", held.file_name(self._name), _ARCHIVE)
        if path is None:
            return
        workspace, actor, pupil, psy = self._desk.workspace, self._desk.actor, self._pupil, self.with_psy.isChecked()
        self.save_button.setEnabled(False)
        self.message.clear()
        self._desk.write(
            lambda: held.export(workspace, actor, pupil, path, psy=psy),
            owner=self,
            done=lambda _: self._saved(path),
            failed=self._failed,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def _saved(self, path: Path) -> None:
        self.save_button.setEnabled(True)
        opening = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path.parent)))
        self.message.say(
            f"Сохранено: {path.name}. В архиве всё в открытом виде.", Tone.OK, "Открыть папку", act=opening
        )

    def _failed(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        self.message.say(error.message, Tone.BAD)


def ask_held(parent: QWidget, desk: Desk, pupil: str, name: PersonName) -> None:
    """Ask what of a pupil is to be handed out, and where to."""
    dialog = HeldDialog(parent, desk, pupil, name)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()

"""A person's own key is made: whose it is, the password, and the file it goes into."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from profdesk.domain import file_names, passwords
from profdesk.domain.verification import KeyInfo
from profdesk.errors import ProfdeskError, WrongInputError
from profdesk.gui.common import fields, file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.services import personal_keys


class PersonalKeyDialog(QDialog):
    """``made`` gives the file and the key in it."""

    made = Signal(object, object)

    holder: QLineEdit
    post: QLineEdit
    organisation: QLineEdit
    password: QLineEdit
    repeated: QLineEdit
    message: InlineMessage
    leave_button: QPushButton
    make_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        fill(self, "settings_personal_key")
        told = desk.organisation
        self.holder.setText(told.head_name)
        self.post.setText(told.head_post[:1].lower() + told.head_post[1:])
        self.organisation.setText(told.full_name)
        self.leave_button.clicked.connect(self.reject)
        self.make_button.clicked.connect(self._make)
        self.finished.connect(self.deleteLater)
        (self.password if told.head_name else self.holder).setFocus()

    def _make(self) -> None:
        name, post, organisation = (one.text().strip() for one in (self.holder, self.post, self.organisation))
        wrong = self._first_wrong()
        self._complain(*wrong)
        if wrong[1]:
            return
        proposed = f"{file_names.tidy(name)}{personal_keys.ENDING}"
        path = file_dialogs.file_to_save(self, "Куда сохранить личный ключ", proposed, file_dialogs.PERSONAL_KEY)
        if path is None:
            return
        self.make_button.setEnabled(False)
        self._desk.run(
            partial(personal_keys.make, path, self.password.text(), name, post, organisation),
            owner=self,
            done=partial(self._done, path),
            failed=self._failed,
            stopped=partial(self.make_button.setEnabled, True),
        )

    def _first_wrong(self) -> tuple[QLineEdit | None, str]:
        needed = (
            (self.holder, "Укажите, кто будет подписывать: имя стоит в подписи."),
            (self.post, "Укажите должность: она стоит в подписи."),
            (self.organisation, "Укажите организацию: она стоит в подписи."),
        )
        for edit, sentence in needed:
            if not edit.text().strip():
                return edit, sentence
        try:
            passwords.checked(self.password.text())
        except WrongInputError as error:
            return self.password, error.message
        if self.password.text() != self.repeated.text():
            return self.repeated, "Пароли не совпадают. Наберите второй раз то же самое."
        return None, ""

    def _complain(self, edit: QLineEdit | None, sentence: str) -> None:
        fields.complain(self, self.message, edit, sentence)

    def _done(self, path: Path, key: KeyInfo) -> None:
        self.made.emit(path, key)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.make_button.setEnabled(True)
        self._complain(None, error.message)

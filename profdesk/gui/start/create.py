"""A new workspace: the organisation, its owner, the password and the place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from profdesk.domain.access import NewUser
from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.school_year import Period
from profdesk.errors import ProfdeskError
from profdesk.gui.common import fields, file_dialogs, icons
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.start import shared_disk
from profdesk.services import workspaces
from profdesk.services.workspaces import NewWorkspace

_FORMS = {
    OrganisationKind.SCHOOL: "Муниципальное бюджетное общеобразовательное учреждение",
    OrganisationKind.KINDERGARTEN: "Муниципальное бюджетное дошкольное образовательное учреждение",
    OrganisationKind.DEPARTMENT: "Муниципальный орган управления образованием",
}
_HEADS = {
    OrganisationKind.SCHOOL: "Директор",
    OrganisationKind.KINDERGARTEN: "Заведующий",
    OrganisationKind.DEPARTMENT: "Начальник управления",
}


class CreateStep(QWidget):
    """``made`` gives the new workspace, open, with its recovery code."""

    made = Signal(object)
    left = Signal()

    kind: QComboBox
    short_name: QLineEdit
    legal_form: QLineEdit
    full_name: QLineEdit
    owner_name: QLineEdit
    owner_post: QLineEdit
    password: QLineEdit
    repeated: QLineEdit
    folder: QLineEdit
    folder_button: QPushButton
    create_button: QPushButton
    back_button: QPushButton
    place_message: InlineMessage
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        fill(self, "start_create")
        self.back_button.setIcon(icons.icon("caret-left"))
        for kind in OrganisationKind:
            self.kind.addItem(kind.label.capitalize(), kind)
        self.kind.currentIndexChanged.connect(self._propose_form)
        self._propose_form()
        self.folder.setText(str(Path.home() / "profdesk"))
        shared_disk.watch(self.folder, self.place_message)
        self.folder_button.clicked.connect(self._ask_folder)
        self.create_button.clicked.connect(self._create)
        self.back_button.clicked.connect(self.left)

    def _propose_form(self) -> None:
        self.legal_form.setText(_FORMS[self._kind()])

    def _kind(self) -> OrganisationKind:
        return OrganisationKind(self.kind.currentData())

    def _ask_folder(self) -> None:
        chosen = file_dialogs.folder(self, "Где хранить рабочую папку")
        if chosen is not None:
            self.folder.setText(str(chosen))

    def _create(self) -> None:
        wrong = self._first_wrong()
        if wrong is not None:
            self._complain(*wrong)
            return
        self._complain(None, "")
        self.create_button.setEnabled(False)
        path, organisation, owner = Path(self.folder.text().strip()), self._organisation(), self._owner()
        self._desk.run(
            lambda: workspaces.create(path, organisation, owner),
            owner=self,
            done=self._done,
            failed=self._failed,
            stopped=lambda: self.create_button.setEnabled(True),
        )

    def _first_wrong(self) -> tuple[QLineEdit, str] | None:
        needed = (
            (self.short_name, "Укажите краткое название: оно стоит на экранах и в заголовках."),
            (self.full_name, "Укажите полное название: оно печатается на сертификатах."),
            (self.owner_name, "Укажите ваши фамилию, имя и отчество."),
            (self.password, "Придумайте пароль не короче 8 знаков."),
            (self.folder, "Укажите, где хранить рабочую папку."),
        )
        for edit, sentence in needed:
            if not edit.text().strip():
                return edit, sentence
        if self.password.text() != self.repeated.text():
            return self.repeated, "Пароли не совпадают. Наберите второй раз то же самое."
        return None

    def _organisation(self) -> Organisation:
        return Organisation(
            id="",
            kind=self._kind(),
            legal_form=self.legal_form.text().strip(),
            name=self.full_name.text().strip(),
            short_name=self.short_name.text().strip(),
            municipality="",
            head_post=_HEADS[self._kind()],
            head_name="",
            period=Period.containing(datetime.now(UTC).astimezone().date()),
        )

    def _owner(self) -> NewUser:
        return NewUser(self.owner_name.text().strip(), self.owner_post.text().strip(), self.password.text())

    def _done(self, value: NewWorkspace) -> None:
        self.create_button.setEnabled(True)
        self.password.clear()
        self.repeated.clear()
        self.made.emit(value)

    def _failed(self, error: ProfdeskError) -> None:
        self.create_button.setEnabled(True)
        self._complain(None, error.message)

    def _complain(self, edit: QLineEdit | None, sentence: str) -> None:
        fields.complain(self, self.message, edit, sentence)

"""The help page of templates: every field, what it means, and what it holds for the pupil in view."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from profdesk.domain.reference import Reference
from profdesk.domain.reference_fields import Field
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.card import Card
from profdesk.gui.common.columns import Column
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import files, references

_SIZE = (980, 600)
_SAMPLE = "Образец шаблона характеристики.docx"
_COLUMNS: tuple[Column[Field], ...] = (
    Column("Метка", lambda field: field.tag, width=260),
    Column("Что подставится", lambda field: field.meaning, width=310),
    Column("Сейчас это", lambda field: field.example),
)


class FieldsDialog(QDialog):
    """Enter copies the chosen tag; a sample that works can be saved and made the school's own."""

    sheet: Card
    table: DeskTable
    message: InlineMessage
    sample_button: QPushButton
    leave_button: QPushButton
    copy_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, reference: Reference) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reference = reference
        fill(self, "reference_fields")
        self.resize(*_SIZE)
        self.table.set_columns(_COLUMNS, key=lambda field: field.name)
        self.table.set_rows(references.fields(reference))
        self.table.choose_first()
        self.table.opened.connect(lambda _: self._copy())
        self.copy_button.clicked.connect(self._copy)
        self.copy_button.setAutoDefault(False)
        self.sample_button.clicked.connect(self._save_sample)
        self.leave_button.clicked.connect(self.reject)
        self.table.setFocus()

    def _copy(self) -> None:
        field: Field | None = self.table.row()
        if field is not None:
            QGuiApplication.clipboard().setText(field.tag)
            self.message.say(f"Скопировано: {field.tag}. Вставьте в шаблон в Word.", Tone.OK)

    def _save_sample(self) -> None:
        path = file_dialogs.file_to_save(self, "Образец шаблона", _SAMPLE, file_dialogs.DOCX)
        if path is None:
            return
        reference = self._reference
        self._desk.run(
            lambda: files.write(path, references.sample(reference)),
            owner=self,
            done=lambda _: self.message.say(f"Образец сохранён: {path}", Tone.OK),
            failed=self._failed,
        )

    def _failed(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)

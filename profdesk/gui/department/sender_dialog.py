"""The dialog in which an organisation is written or changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.senders import KINDS, Sender, SenderDraft
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.tones import Tone
from profdesk.services import senders

_FORMS = {
    OrganisationKind.SCHOOL: "Муниципальное бюджетное общеобразовательное учреждение",
    OrganisationKind.KINDERGARTEN: "Муниципальное бюджетное дошкольное образовательное учреждение",
}


class SenderDialog(QDialog):
    """Writes a new organisation, or the one given; what was typed stays until it is written."""

    saved = Signal(object, object)
    """The Sender and the Step."""

    heading: QLabel
    kind: Segmented
    full_name: QLineEdit
    name_note: FieldNote
    short_name: QLineEdit
    legal_form: QLineEdit
    telephone: QLineEdit
    note: QLineEdit
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, sender: Sender | None = None) -> None:
        super().__init__(parent)
        fill(self, "department_sender")
        self._desk = desk
        self._sender = sender
        self.kind.set_choices([(one.value, one.label) for one in KINDS])
        self.name_note.set_hint("Как в уставе: «Средняя школа № 12» — без слов о правовой форме")
        if sender is None:
            self.legal_form.setText(_FORMS[OrganisationKind.SCHOOL])
        else:
            self._put(sender.draft)
        self.kind.chosen.connect(self._propose_form)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.finished.connect(self.deleteLater)
        self.full_name.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def draft(self) -> SenderDraft:
        """What stands in the fields."""
        return SenderDraft(
            kind=OrganisationKind(self.kind.key),
            legal_form=self.legal_form.text(),
            name=self.full_name.text(),
            short_name=self.short_name.text(),
            telephone=self.telephone.text(),
            note=self.note.text(),
        )

    def _put(self, draft: SenderDraft) -> None:
        self.heading.setText(draft.short_name)
        self.kind.choose(draft.kind.value)
        self.full_name.setText(draft.name)
        self.short_name.setText(draft.short_name)
        self.legal_form.setText(draft.legal_form)
        self.telephone.setText(draft.telephone)
        self.note.setText(draft.note)

    def _propose_form(self, kind: str) -> None:
        """The usual legal form of a kind, unless another one is written."""
        if self.legal_form.text() in ("", *_FORMS.values()):
            self.legal_form.setText(_FORMS[OrganisationKind(kind)])

    def _save(self) -> None:
        draft, sender = self.draft, self._sender
        workspace, actor = self._desk.workspace, self._desk.actor

        def write() -> tuple[tuple[Sender, Step], Changes]:
            if sender is None:
                written, step, changes = senders.add(workspace, actor, draft)
            else:
                written, step, changes = senders.change(workspace, actor, sender.id, draft)
            return (written, step), changes

        self.save_button.setEnabled(False)
        self._desk.write(
            write,
            owner=self,
            done=lambda written: self._written(*written),
            failed=self._failed,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def _written(self, sender: Sender, step: Step) -> None:
        self.saved.emit(sender, step)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        self.message.say(error.message, Tone.BAD)
        self.full_name.setFocus(Qt.FocusReason.OtherFocusReason)

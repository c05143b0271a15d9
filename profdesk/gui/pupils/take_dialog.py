"""A pupil's file from another organisation: its code, who it is and what is inside, and whose it becomes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import wording
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.domain.people import Pupil
from profdesk.errors import ProfdeskError
from profdesk.gui.common import fonts
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.step_dialog import StepDialog
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupils import class_field
from profdesk.gui.pupils.reading import Reading
from profdesk.services import pupil_files
from profdesk.services.pupil_files import Looked, Preview


class TakeDialog(StepDialog):
    """``saved`` gives the Step; nothing is written before its button."""

    heading: QLabel
    file: QLabel
    code_label: QLabel
    code: QLineEdit
    open_button: QPushButton
    who: QLabel
    origin: QLabel
    inside: QLabel
    whom_label: QLabel
    whom: QComboBox
    group_label: QLabel
    group: QComboBox
    will: QLabel
    notices: QLabel
    key_message: InlineMessage

    def __init__(self, parent: QWidget | None, desk: Desk, reading: Reading, path: Path) -> None:
        super().__init__(parent, desk, "pupils_take")
        self._reading = reading
        self._path = path
        self._looked: Looked | None = None
        self._request = 0
        self.file.setText(path.name)
        self.code.setFont(fonts.font(fonts.CARD))
        self._found = (
            self.who, self.origin, self.inside, self.whom_label, self.whom, self.group_label, self.group, self.will,
            self.notices, self.save_button,
        )  # fmt: skip
        for widget in self._found:
            widget.hide()
        class_field.offer(self.group, reading.listing.groups, "")
        self.open_button.clicked.connect(self.look)
        self.code.returnPressed.connect(self.look)
        self.whom.activated.connect(lambda _: self._preview())
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        for button in (self.open_button, self.leave_button, self.save_button):
            button.setAutoDefault(False)

    def look(self) -> None:
        """Open the file by what was typed."""
        if not self.code.text().strip() or not self.open_button.isEnabled():
            return
        workspace, actor, path, code = self.desk.workspace, self.desk.actor, self._path, self.code.text()
        self.open_button.setEnabled(False)
        self.message.say("Открываем файл…", Tone.INFO)
        self.desk.run(
            lambda: pupil_files.look(workspace, actor, pupil_files.read(path, code)),
            owner=self,
            done=self.show_found,
            failed=self._not_opened,
            stopped=lambda: self.open_button.setEnabled(True),
        )

    @override
    def save(self) -> None:
        looked, pupil = self._looked, self.whom.currentData()
        if looked is None:
            return
        workspace, actor, group = self.desk.workspace, self.desk.actor, self.group.currentText()

        def take() -> tuple[Step, Changes]:
            taken, changes = pupil_files.take(workspace, actor, looked, pupil, "" if pupil else group)
            return Step(f"приём из другой организации, {taken.name.short}", taken.batch, (taken.pupil,)), changes

        self.write(take)

    # -- inside ----------------------------------------------------------------------------------

    def show_found(self, looked: Looked) -> None:
        """Say who is in the file and from where, and ask whose it is."""
        self._looked = looked
        file = looked.file
        self.message.clear()
        for asked in (self.code_label, self.code, self.open_button):
            asked.hide()
        self.who.setText(f"{file.pupil.name.full}, {wording.day(file.pupil.birth_date)}")
        last = f", {file.classes[-1].title}" if file.classes else ""
        made = f"составлен {wording.day(file.made_at.astimezone().date())}: {file.made_by}"
        self.origin.setText(f"{file.sender.short_name}{last}; {made}")
        self.inside.setText(f"Внутри: {', '.join(file.counts) or 'только имя и класс'}.")
        self.key_message.say(*_of_key(looked))
        self.whom.clear()
        for one in looked.whose.matches:
            self.whom.addItem(f"{_named(one.pupil)}: {one.why}", one.pupil.id)
        self.whom.addItem("Новый ученик", None)
        proposed = looked.whose.proposed
        self.whom.setCurrentIndex(self.whom.findData(proposed.id) if proposed else self.whom.count() - 1)
        for widget in self._found:
            widget.show()
        self._preview()
        self.whom.setFocus(Qt.FocusReason.OtherFocusReason)

    def _preview(self) -> None:
        looked, pupil = self._looked, self.whom.currentData()
        if looked is None:
            return
        self._request += 1
        self.group.setVisible(pupil is None)
        self.group_label.setVisible(pupil is None)
        self.save_button.setEnabled(False)
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.run(
            lambda: pupil_files.preview(workspace, actor, looked, pupil),
            owner=self,
            done=partial(self._previewed, self._request),
            failed=lambda error: self.message.say(error.message, Tone.BAD),
        )

    def _previewed(self, request: int, preview: Preview) -> None:
        if request != self._request:
            return
        is_new = self.whom.currentData() is None
        words = preview.plan.words
        self.will.setText(f"Запишем: {words}." if words else "Нового для этого ученика в файле нет.")
        self.notices.setText("\n".join(preview.notices))
        self.notices.setVisible(bool(preview.notices))
        self.save_button.setEnabled(is_new or bool(words))
        self.save_button.setText("Принять как нового ученика" if is_new else "Принять к этому ученику")

    def _not_opened(self, error: ProfdeskError) -> None:
        self.open_button.setEnabled(True)
        self.message.say(error.message, Tone.BAD)
        self.code.setFocus()
        self.code.selectAll()


def _of_key(looked: Looked) -> tuple[str, Tone]:
    name = looked.opened.key.organisation
    if looked.known:
        return f"Подписано ключом, который здесь известен: {name}.", Tone.OK
    spoken = looked.opened.key.spoken_fingerprint
    return (
        f"Ключ подписи здесь неизвестен; он назван так: {name}. Позвоните туда и сверьте отпечаток: {spoken}.",
        Tone.WARN,
    )


def _named(pupil: Pupil) -> str:
    group = f", {pupil.group.name.title}" if pupil.group else ""
    return f"{pupil.name.full}, {pupil.birth_date:%d.%m.%Y}{group}"

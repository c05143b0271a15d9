"""The dialog in which the recovery sheet is made anew: a question, then the code, once."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk.errors import CodeNeededError, ProfdeskError
from profdesk.gui.common import fonts, growing
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.tones import Tone
from profdesk.gui.users.code_field import CodeField
from profdesk.services import users

_MADE = "Новый код восстановления"
_KEEP = "Код показан один раз, прежний лист больше не действует. Напечатайте новый и уберите его, например, в сейф."


class SheetDialog(QDialog):
    """``made`` is a code that another verb has made already: then there is nothing to ask."""

    heading: QLabel
    told: QLabel
    code: CodeField
    made: QWidget
    made_code: QLineEdit
    message: InlineMessage
    leave_button: QPushButton
    print_button: QPushButton
    make_button: QPushButton
    done_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, made: str | None = None) -> None:
        super().__init__(parent)
        fill(self, "users_sheet")
        self._desk = desk
        self.made_code.setReadOnly(True)
        self.made_code.setFont(fonts.font(fonts.CARD, bold=True))
        self.leave_button.clicked.connect(self.reject)
        self.make_button.clicked.connect(self._make)
        self.print_button.clicked.connect(self._show_paper)
        self.done_button.clicked.connect(self.accept)
        self.finished.connect(self.deleteLater)
        for one in (self.made, self.print_button, self.done_button):
            one.hide()
        if made is not None:
            self._show(made)

    @override
    def reject(self) -> None:
        """Escape must not lose a code that is shown once."""
        if not self.made_code.text():
            super().reject()

    def _make(self) -> None:
        workspace, actor, code = self._desk.workspace, self._desk.actor, self.code.code
        self.make_button.setEnabled(False)
        self._desk.write(
            lambda: users.renew_recovery(workspace, actor, code),
            owner=self,
            done=self._show,
            failed=self._failed,
            stopped=lambda: self.make_button.setEnabled(True),
        )

    def _show(self, code: str) -> None:
        self.heading.setText(_MADE)
        self.told.setText(_KEEP)
        self.made_code.setText(code)
        self.message.clear()
        for asked in (self.code, self.make_button, self.leave_button):
            asked.hide()
        for one in (self.made, self.print_button, self.done_button):
            one.show()
        growing.make_room(self)
        self.print_button.setFocus()

    def _failed(self, error: ProfdeskError) -> None:
        self.make_button.setEnabled(True)
        needed = isinstance(error, CodeNeededError)
        self.message.say(error.message, Tone.WARN if needed else Tone.BAD)
        if needed:
            self.code.ask()

    def _show_paper(self) -> None:
        workspace, actor, code = self._desk.workspace, self._desk.actor, self.made_code.text()
        PaperDialog(
            self, self._desk, "Лист восстановления", lambda: users.recovery_sheet(workspace, actor, code)
        ).open()

"""Dialogs only for what cannot be undone: a question, its consequences, two verbs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from profdesk.gui.common import text

_WIDTH = 560


class Dialog(QDialog):
    """Asks before a step that cannot be taken back; Escape and the left verb leave things as they are.

    The dangerous verb is never the default. Connect ``accepted`` and call ``open``; with ``ask_reason`` the
    cursor starts in the field and the verb waits for a reason.
    """

    def __init__(self, parent: QWidget | None, question: str, consequences: str, verb: str, leave: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setModal(True)
        self.setMinimumWidth(_WIDTH)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._reason: QLineEdit | None = None
        self.leave = QPushButton(leave)
        self.leave.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.verb = QPushButton(verb)
        self.verb.setProperty("kind", "danger")
        self.verb.setAutoDefault(False)
        self.verb.clicked.connect(self.accept)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(8)
        self._column.addWidget(text.label(question, "card", wrap=True))
        self._column.addWidget(text.label(consequences, "second", wrap=True))
        self._column.addSpacing(4)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.verb)
        self._column.addLayout(buttons)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_reason(self, words: str) -> None:
        """Add the field of a reason that is recorded."""
        field = QLineEdit()
        caption = text.label(words)
        caption.setBuddy(field)
        self._column.insertWidget(2, caption)
        self._column.insertWidget(3, field)
        self._reason = field
        self.verb.setEnabled(False)
        field.textChanged.connect(lambda typed: self.verb.setEnabled(bool(typed.strip())))
        QWidget.setTabOrder(field, self.leave)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def reason(self) -> str:
        """What was typed as the reason."""
        return "" if self._reason is None else self._reason.text().strip()

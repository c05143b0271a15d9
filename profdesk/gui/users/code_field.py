"""The field of the recovery code, shown when whoever works here lacks a key."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from profdesk.gui.common import growing, text

_WORDS = "&Код с листа восстановления"
_EXAMPLE = "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"


class CodeField(QWidget):
    """Hidden until it is asked for; how the code is typed does not matter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_EXAMPLE)
        caption = text.label(_WORDS)
        caption.setBuddy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(caption)
        column.addWidget(self.field)
        column.addWidget(text.label("Регистр букв, пробелы и дефисы не важны.", "caption"))
        self.setFocusProxy(self.field)
        self.hide()

    @property
    def code(self) -> str:
        """What was typed, empty while nobody has asked."""
        return self.field.text().strip()

    def ask(self) -> None:
        """Show the field and put the cursor into it."""
        self.show()
        growing.make_room(self)
        self.field.setFocus()

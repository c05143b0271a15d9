"""A first password for somebody else: proposed, so that it can be read aloud, or one's own."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from profdesk.domain import users


class FirstPassword(QWidget):
    """It is to be seen: it is told to somebody and changed when it is first used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.another = QPushButton("Предложить другой")
        self.another.setProperty("kind", "quiet")
        self.another.setAutoDefault(False)
        self.another.clicked.connect(self.propose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.another)
        self.setFocusProxy(self.field)
        self.propose()

    @property
    def password(self) -> str:
        """What stands in the field."""
        return self.field.text()

    def propose(self) -> None:
        """Put a new proposal into the field."""
        self.field.setText(users.first_password())

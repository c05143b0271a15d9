"""Cards group what belongs together; never a card in a card."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from profdesk.gui.common import text


class Card(QFrame):
    """A white sheet with a border; in a form it is a plain container with the form's own layout."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def column(self, title: str = "") -> QVBoxLayout:
        """Lay the card out from top to bottom with its usual margins, headed by ``title`` if given."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        if title:
            layout.addWidget(text.label(title, "card"))
        return layout

"""A line of words with fields in braces: typed, or taken from the list of those there are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from typing_extensions import override

from profdesk.domain.certificate_fields import KNOWN
from profdesk.gui.common import icons


class TextLine(QLineEdit):
    """The fields are behind the sign at its end, and behind Alt+Down; one is put where the cursor stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        action = self.addAction(icons.icon("brackets-curly", "text2", 16), QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip("Вставить поле (Alt+↓)")
        action.triggered.connect(self.offer_fields)
        self.fields = QMenu(self)
        for name, meaning in KNOWN.items():
            one = self.fields.addAction(f"{{{name}}}\t{meaning}")
            one.triggered.connect(lambda _=False, name=name: self.insert(f"{{{name}}}"))

    def offer_fields(self) -> None:
        """Open the list of fields."""
        self.fields.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @override
    def event(self, event: QEvent) -> bool:
        """The key of the list comes here even where the window has another use for it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and opens_list(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if opens_list(event):
            self.offer_fields()
        else:
            super().keyPressEvent(event)


def opens_list(event: QKeyEvent) -> bool:
    """Whether it is the key that opens what is behind a line."""
    return event.key() == Qt.Key.Key_Down and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)

"""The search field of a list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from profdesk.gui.common import icons

_PAUSE = 150


class SearchField(QLineEdit):
    """A field with a magnifying glass; ``searched`` follows a short pause in typing, Escape clears it."""

    searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addAction(icons.icon("magnifying-glass", "text2", 16), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(200)
        self.setAccessibleName(self.tr("Найти"))
        self.setPlaceholderText(self.tr("Найти"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(lambda _: self._pause.start())

    def take_focus(self) -> None:
        """Ctrl+F: put the cursor here with the old words selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _search(self) -> None:
        self.searched.emit(self.text().strip())

    @override
    def event(self, event: QEvent) -> bool:
        """Keep Escape from a shortcut of the page while there is something to clear."""
        taken = event.type() is QEvent.Type.ShortcutOverride and bool(self.text())
        if taken and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

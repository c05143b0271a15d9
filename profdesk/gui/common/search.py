"""The search field of a list, and the keys that lead from it into the list and back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
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


class SearchKeys(QObject):
    """Down and Enter in a search field ask for the list (``entered``); what is typed over ``table`` is searched for."""

    entered = Signal()

    def __init__(self, field: SearchField, table: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._table = table
        for watched in (field, table):
            watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self._field and down:
                self.entered.emit()
                return True
            if watched is self._table and _types(event):
                self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                QApplication.sendEvent(self._field, event)
                return True
        return super().eventFilter(watched, event)


def _types(event: QKeyEvent) -> bool:
    """Whether a key writes a letter or figure."""
    quiet = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    return quiet and event.text().isalnum()

"""A field for what a child said, or what was seen: Enter goes on, Shift+Enter makes a new line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAGES = {Qt.Key.Key_PageUp: Qt.Key.Key_Left, Qt.Key.Key_PageDown: Qt.Key.Key_Right}
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class RecordField(QPlainTextEdit):
    """``commanded`` (Qt.Key) as from the key desk; ``abandoned`` when the cursor goes elsewhere."""

    commanded = Signal(object)
    abandoned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def show_record(self, words: str) -> None:
        """Show what is recorded, the cursor behind it; what is being typed already stays as it is."""
        if self.toPlainText() != words:
            self.setPlainText(words)
            self.moveCursor(self.textCursor().MoveOperation.End)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _TABS:
            self.commanded.emit(Qt.Key(event.key()))
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ENTERS and event.modifiers() != Qt.KeyboardModifier.ShiftModifier:
            self.commanded.emit(Qt.Key.Key_Return)
        elif key in _PAGES:
            self.commanded.emit(_PAGES[key])
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.abandoned.emit()

"""A line with something behind it to choose from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override


class OpeningLine(QLineEdit):
    """What is behind it opens by the ``sign`` at one of its ends, and by Alt+Down; ``what`` is told by the tip.

    Subclasses say in ``open_choice`` what opens.
    """

    def __init__(
        self,
        parent: QWidget | None,
        what: str,
        icon: QIcon,
        end: QLineEdit.ActionPosition = QLineEdit.ActionPosition.TrailingPosition,
    ) -> None:
        super().__init__(parent)
        self.sign = self.addAction(icon, end)
        self.sign.setToolTip(f"{what} (Alt+↓)")
        self.sign.triggered.connect(self.open_choice)

    def open_choice(self) -> None:
        """Open what is behind the line."""
        raise NotImplementedError

    @override
    def event(self, event: QEvent) -> bool:
        """The key comes here even where the window has another use for it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _opens(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _opens(event):
            self.open_choice()
        else:
            super().keyPressEvent(event)


def _opens(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Down and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)

"""A line for a day: typed, or taken from a calendar that opens under it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from profdesk.domain.register import EARLIEST, LATEST
from profdesk.gui.common import icons
from profdesk.gui.common.day_popup import DayPopup
from profdesk.services import pupils

DAY = "%d.%m.%Y"


class DayLine(QLineEdit):
    """The calendar is behind the sign at its end, and behind Alt+Down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("дд.мм.гггг")
        action = self.addAction(icons.icon("calendar-blank", "text2", 16), QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip("Календарь (Alt+↓)")
        action.triggered.connect(self._open)
        self._days: DayPopup | None = None

    def _open(self) -> None:
        if self._days is None:
            self._days = DayPopup(self, self.accessibleName())
            self._days.chosen.connect(self._take)
        try:
            shown = datetime.strptime(self.text(), DAY).replace(tzinfo=UTC).date()
        except ValueError:
            shown = pupils.today()
        self._days.open(shown, EARLIEST, LATEST)

    def _take(self, day: date) -> None:
        self.setText(f"{day:{DAY}}")
        self.setFocus()
        self.textEdited.emit(self.text())

    @override
    def event(self, event: QEvent) -> bool:
        """The key of the calendar comes here even where the window has another use for it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _opens(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _opens(event):
            self._open()
        else:
            super().keyPressEvent(event)


def _opens(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Down and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)

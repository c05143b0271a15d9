"""A line for a day: typed, or taken from a calendar that opens under it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from profdesk.domain.register import EARLIEST, LATEST
from profdesk.gui.common import icons
from profdesk.gui.common.day_popup import DayPopup
from profdesk.gui.common.opening_line import OpeningLine
from profdesk.services import pupils

DAY = "%d.%m.%Y"


class DayLine(OpeningLine):
    """The calendar is behind it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Календарь", icons.icon("calendar-blank", "text2", 16))
        self.setPlaceholderText("дд.мм.гггг")
        self._days: DayPopup | None = None

    @override
    def open_choice(self) -> None:
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

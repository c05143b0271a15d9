"""A calendar that opens under the field of a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from profdesk.gui.common import icons


class DayPopup(QFrame):
    """A calendar under its selector, called ``name``: Enter or a click takes a day, Escape leaves it."""

    chosen = Signal(date)

    def __init__(self, selector: QWidget, name: str) -> None:
        super().__init__(selector, Qt.WindowType.Popup)
        self._selector = selector
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Russian, QLocale.Country.Russia))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName(name)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, QTextCharFormat())  # Qt's red is too dark on a dark ground
        for side, icon in (("prev", "caret-left"), ("next", "caret-right")):
            button = self.calendar.findChild(QToolButton, f"qt_calendar_{side}month")
            if button is not None:
                button.setIcon(icons.icon(icon))
        self.calendar.setMinimumSize(264, 228)
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.calendar)
        self.setFocusProxy(self.calendar)

    def open(self, day: date, first: date, last: date) -> None:
        """Show the month of a day; only the days from ``first`` to ``last`` can be taken."""
        self.calendar.setDateRange(_qt(first), _qt(last))
        self.calendar.setSelectedDate(_qt(day))
        self.adjustSize()
        self.move(self._selector.mapToGlobal(self._selector.rect().bottomLeft()))
        self.show()
        self.calendar.setFocus()

    def _take(self, day: QDate) -> None:
        if self.isVisible():
            self.close()
            self.chosen.emit(date(day.year(), day.month(), day.day()))


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)

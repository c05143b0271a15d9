"""On what the next marks rest and when it was seen: one selector for both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from profdesk.domain.portfolio import STAFF, Basis
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common.day_popup import DayPopup

_ROOM = 52
_NARROW = 160
_OPENERS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_F4, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Occasion:
    """What a mark rests on and the day of it; None is today, in a year that is over its last day."""

    basis: Basis = Basis.OBSERVATION
    day: date | None = None


class OccasionSelector(QComboBox):
    """The bases, those of the staff first, and the day; it stands out while it is not the usual one.

    Neither the wheel nor an arrow changes it unseen: they would lead into another strand.
    """

    occasion_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.occasion = Occasion()
        self._year: SchoolYear | None = None
        self.days = DayPopup(self, self.tr("День наблюдения"))
        bases = sorted(Basis, key=lambda basis: basis.strand != STAFF)
        for number, basis in enumerate(bases):
            if number and (bases[number - 1].strand == STAFF) != (basis.strand == STAFF):
                self.insertSeparator(self.count())
            self.addItem(basis.label, basis)
        self.insertSeparator(self.count())
        self.addItem("", None)
        self.activated.connect(self._choose)
        self.days.chosen.connect(self._choose_day)
        self._show()

    def follow(self, year: SchoolYear) -> None:
        """Offer the days of a school year; a day chosen in another one is forgotten."""
        if year != self._year:
            self._year = year
            self._take(replace(self.occasion, day=None))

    def choose(self, basis: Basis) -> None:
        """Rest the next marks on something else."""
        self._take(replace(self.occasion, basis=basis))

    @property
    def day(self) -> date:
        """The day of the next marks."""
        return self.occasion.day or self._span()[1]

    @property
    def words(self) -> str:
        """«Наблюдение», and the day where it is not today."""
        return self.occasion.basis.label + self._day_words

    @property
    def _day_words(self) -> str:
        return "" if self.day == _today() else f", {self.day:%d.%m}"

    def _span(self) -> tuple[date, date]:
        today = _today()
        return (today, today) if self._year is None else self._year.days_until(today)

    def _choose(self, place: int) -> None:
        basis = self.itemData(place)
        self._show()
        if basis is None:
            self.days.open(self.day, *self._span())
        else:
            self.choose(Basis(basis))

    def _choose_day(self, day: date) -> None:
        self._take(replace(self.occasion, day=None if day == self._span()[1] else day))

    def _take(self, occasion: Occasion) -> None:
        changed = occasion != self.occasion
        self.occasion = occasion
        self._show()
        if changed:
            self.occasion_changed.emit()

    def _show(self) -> None:
        self.setCurrentIndex(self.findData(self.occasion.basis))
        day = QLocale(QLocale.Language.Russian).toString(_qt(self.day), "d MMMM yyyy")
        today = self.tr("сегодня, ") if self.day == _today() else ""
        self.setItemText(self.count() - 1, self.tr("День: {day}…").format(day=today + day))
        basis = self.occasion.basis.label.lower()
        self.setToolTip(self.tr("Основание следующих оценок: {basis}, {day}").format(basis=basis, day=today + day))
        self.setAccessibleDescription(self.toolTip())
        self.setProperty("unusual", self.words != Basis.OBSERVATION.label)
        self.style().unpolish(self)
        self.style().polish(self)
        self.updateGeometry()

    # -- Qt --------------------------------------------------------------------------------------

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.words) + _ROOM + 2, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(_NARROW, self.sizeHint().width()), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.width() - _ROOM - self.fontMetrics().horizontalAdvance(self._day_words)
        label = self.occasion.basis.label
        option.currentText = self.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room) + self._day_words
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENERS:
            self.showPopup()
        else:
            event.ignore()


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()

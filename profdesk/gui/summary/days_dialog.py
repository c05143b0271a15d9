"""Any days of a school year, for a summary of them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QDialog, QPushButton, QWidget

from profdesk.domain.span import Span
from profdesk.errors import WrongInputError
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.forms import fill
from profdesk.services import pupils


class DaysDialog(QDialog):
    """Begins with the days of the span shown; ``chosen`` gives the Span of the days taken."""

    chosen = Signal(object)

    first_day: QDateEdit
    last_day: QDateEdit
    note: FieldNote
    leave_button: QPushButton
    count_button: QPushButton

    def __init__(self, parent: QWidget, span: Span) -> None:
        super().__init__(parent)
        fill(self, "summary_days")
        for field, day in ((self.first_day, span.first_day), (self.last_day, span.last_day)):
            field.setDate(QDate(day.year, day.month, day.day))
            field.dateChanged.connect(lambda _: self._forgive())
        self.leave_button.clicked.connect(self.reject)
        self.count_button.clicked.connect(self._take)
        self.first_day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        try:
            span = Span.of_days(_day(self.first_day), _day(self.last_day))
        except WrongInputError as error:
            self._complain(self.last_day, error.message)
            return
        if not span.has_begun(pupils.today()):
            self._complain(self.first_day, "Этот день ещё не наступил: считать пока нечего.")
            return
        self.accept()
        self.chosen.emit(span)

    def _forgive(self) -> None:
        for field in (self.first_day, self.last_day):
            set_wrong(field, self.note, "")

    def _complain(self, field: QDateEdit, words: str) -> None:
        set_wrong(field, self.note, words)
        field.setFocus(Qt.FocusReason.OtherFocusReason)


def _day(field: QDateEdit) -> date:
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())

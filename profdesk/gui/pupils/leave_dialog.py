"""Since when and why pupils are in their classes no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QDialog, QLabel, QPushButton, QWidget

from profdesk.domain.people import Leave, LeaveReason
from profdesk.domain.pupil_list import Listed
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupils.move_dialog import named
from profdesk.services import pupils

_FIRST = LeaveReason.TRANSFERRED
"""What is most often the reason stands first."""


class LeaveDialog(QDialog):
    """The day cannot be put outside the days on which one may leave; ``saved`` gives the Step."""

    saved = Signal(object)

    heading: QLabel
    day: QDateEdit
    reason: QComboBox
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, year: SchoolYear, rows: Sequence[Listed]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._year = year
        self._ids = [row.pupil.id for row in rows]
        fill(self, "pupils_leave")
        self.heading.setText(f"Выбытие: {named(rows)}")
        first, last = (QDate(day.year, day.month, day.day) for day in pupils.leaving_days(year))
        self.day.setDateRange(first, last)
        self.day.setDate(last)
        for reason in sorted(LeaveReason, key=lambda one: one is not _FIRST):
            self.reason.addItem(reason.label, reason.value)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        day = self.day.date()
        left = Leave(date(day.year(), day.month(), day.day()), LeaveReason(self.reason.currentData()))
        workspace, actor, year, ids = self._desk.workspace, self._desk.actor, self._year, self._ids
        self.save_button.setEnabled(False)
        self._desk.write(
            lambda: pupils.leave(workspace, actor, ids, left, year),
            owner=self,
            done=self._written,
            failed=self._failed,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def _written(self, step: object) -> None:
        self.saved.emit(step)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        self.message.say(error.message, Tone.BAD)

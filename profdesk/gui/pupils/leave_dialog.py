"""Since when and why pupils are in their classes no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel, QWidget
from typing_extensions import override

from profdesk.domain.people import Leave, LeaveReason
from profdesk.domain.pupil_list import Listed
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.step_dialog import StepDialog
from profdesk.gui.pupils.move_dialog import named
from profdesk.services import pupils

_FIRST = LeaveReason.TRANSFERRED
"""What is most often the reason stands first."""


class LeaveDialog(StepDialog):
    """The day cannot be put outside the days on which one may leave; ``saved`` gives the Step."""

    heading: QLabel
    day: QDateEdit
    reason: QComboBox

    def __init__(self, parent: QWidget | None, desk: Desk, year: SchoolYear, rows: Sequence[Listed]) -> None:
        super().__init__(parent, desk, "pupils_leave")
        self._year = year
        self._ids = [row.pupil.id for row in rows]
        self.heading.setText(f"Выбытие: {named(rows)}")
        first, last = (QDate(day.year, day.month, day.day) for day in pupils.leaving_days(year))
        self.day.setDateRange(first, last)
        self.day.setDate(last)
        for reason in sorted(LeaveReason, key=lambda one: one is not _FIRST):
            self.reason.addItem(reason.label, reason.value)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def save(self) -> None:
        day = self.day.date()
        left = Leave(date(day.year(), day.month(), day.day()), LeaveReason(self.reason.currentData()))
        workspace, actor, year, ids = self.desk.workspace, self.desk.actor, self._year, self._ids
        self.write(lambda: pupils.leave(workspace, actor, ids, left, year))

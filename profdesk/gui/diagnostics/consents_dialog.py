"""Consents of the parents of a class, entered in one act for those whose papers are at hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain.consents import ConsentKind
from profdesk.domain.diagnostics import titles
from profdesk.domain.people import Pupil
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import ProfdeskError
from profdesk.gui.common.columns import Column
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import consents, pupils

_WIDTH, _HEIGHT = 600, 620


class ConsentsDialog(QDialog):
    """Nobody is ticked at first: each tick says that the paper is there. ``saved`` gives how many."""

    saved = Signal(int)

    heading: QLabel
    table: DeskTable
    day: QDateEdit
    number: QLineEdit
    limited: QCheckBox
    until: QDateEdit
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, title: str, there: Sequence[Pupil], wanted: date) -> None:
        super().__init__(parent)
        self._desk = desk
        fill(self, "diagnostics_consents")
        self.resize(_WIDTH, _HEIGHT)
        self.heading.setText(f"Согласия родителей: {title}")
        today = pupils.today()
        self.day.setMaximumDate(_qt(today))
        self.day.setDate(_qt(min(today, wanted)))
        self.until.setDate(_qt(SchoolYear.containing(wanted).last_day))
        self.until.setEnabled(False)
        self.table.set_columns(
            (Column("Ученик", lambda row: row.name.full), Column("Класс", lambda row: titles([row]), width=120)),
            key=lambda row: row.id,
            checkable=lambda _: True,
        )
        self.table.set_rows(there)
        self.table.choose_first()
        self.limited.toggled.connect(self.until.setEnabled)
        self.table.checks_changed.connect(self._show_count)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self._show_count()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_count(self) -> None:
        count = len(self.table.checked())
        self.save_button.setText(f"Записать согласия: {count}" if count else "Записать согласия")
        self.save_button.setEnabled(bool(count))

    def _save(self) -> None:
        ids = [pupil.id for pupil in self.table.checked()]
        workspace, actor, day, number = self._desk.workspace, self._desk.actor, _day(self.day), self.number.text()
        until = _day(self.until) if self.limited.isChecked() else None
        self.save_button.setEnabled(False)
        self._desk.write(
            lambda: consents.give(
                workspace, actor, ids, ConsentKind.PSYCHOLOGICAL, day, number=number, valid_until=until
            ),
            owner=self,
            done=self._written,
            failed=self._failed,
            stopped=self._show_count,
        )

    def _written(self, count: int) -> None:
        self.saved.emit(count)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self._show_count()
        self.message.say(error.message, Tone.BAD)


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())

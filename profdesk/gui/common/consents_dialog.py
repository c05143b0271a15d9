"""Consents of the parents of a class, entered in one act for those whose papers are at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain.batch import Step
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


def ask_consents(
    parent: QWidget, desk: Desk, whose: Collection[str], done: Callable[[Step], None], nobody: Callable[[], None]
) -> None:
    """Ask for the consents of those of some pupils (ids) who lack one today; ``nobody`` if all have theirs.

    ``done`` gets the step that takes back what was entered.
    """
    workspace, today = desk.workspace, pupils.today()

    def ask(there: Sequence[Pupil]) -> None:
        if not there:
            nobody()
            return
        dialog = ConsentsDialog(parent, desk, there, today)
        dialog.saved.connect(done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    desk.run(
        lambda: consents.missing(workspace, workspace.actor, whose, ConsentKind.PSYCHOLOGICAL, today),
        owner=parent,
        done=ask,
    )


class ConsentsDialog(QDialog):
    """Nobody is ticked at first: each tick says that the paper is there. ``saved`` gives the Step.

    Of several classes one can be shown at a time, paper by paper; the ticks of the others stay.
    """

    saved = Signal(object)

    heading: QLabel
    group: QComboBox
    table: DeskTable
    day: QDateEdit
    number: QLineEdit
    limited: QCheckBox
    until: QDateEdit
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, there: Sequence[Pupil], wanted: date) -> None:
        super().__init__(parent)
        self._desk = desk
        self._there = there
        self._ticked: set[str] = set()
        fill(self, "consents_dialog")
        self.resize(_WIDTH, _HEIGHT)
        today = pupils.today()
        self.day.setMaximumDate(_qt(today))
        self.day.setDate(_qt(min(today, wanted)))
        self.until.setDate(_qt(SchoolYear.containing(wanted).last_day))
        self.until.setEnabled(False)
        self.table.set_columns(
            (Column("Ученик", lambda row: row.name.full), Column("Класс", lambda row: titles([row]), width=210)),
            key=lambda row: row.id,
            checkable=lambda _: True,
        )
        self._offer_groups()
        self._show_group()
        self.limited.toggled.connect(self.until.setEnabled)
        self.group.activated.connect(lambda _: self._show_group())
        self.table.checks_changed.connect(self._note_ticks)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self._show_count()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_groups(self) -> None:
        counts = Counter(titles([one]) for one in self._there)
        self.heading.setText(f"Согласия родителей: {titles(self._there)}" if len(counts) == 1 else "Согласия родителей")
        self.group.setVisible(len(counts) > 1)
        self.group.addItem(f"Все классы: {len(self._there)}", "")
        for title, count in counts.items():
            self.group.addItem(f"{title}: {count}", title)

    def _show_group(self) -> None:
        chosen = self.group.currentData()
        self.table.set_rows([one for one in self._there if chosen in ("", titles([one]))])
        self.table.choose_first()

    def _note_ticks(self) -> None:
        self._ticked -= {one.id for one in self.table.rows()}
        self._ticked |= {one.id for one in self.table.checked()}
        self._show_count()

    def _show_count(self) -> None:
        count = len(self._ticked)
        self.save_button.setText(f"Записать согласия: {count}" if count else "Записать согласия")
        self.save_button.setEnabled(bool(count))

    def _save(self) -> None:
        ids = [one.id for one in self._there if one.id in self._ticked]
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

    def _written(self, step: Step) -> None:
        self.saved.emit(step)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self._show_count()
        self.message.say(error.message, Tone.BAD)


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())

"""Consents of the parents of a class, entered in one act for those whose papers are at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.batch import Step
from profdesk.domain.consents import GIVERS, SELF, ConsentKind, NewConsent, givers, numbered
from profdesk.domain.diagnostics import titles
from profdesk.domain.people import Pupil
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import ProfdeskError
from profdesk.gui.common.columns import Column
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import consents, pupils

_WIDTH, _HEIGHT = 720, 650
_UNTOLD = "не указано"
_KEYS = {"М": GIVERS[0], "О": GIVERS[1], "З": GIVERS[2], "С": SELF}
"""The first letter of who gave a paper, pressed on a pupil, ticks the pupil too."""
_EXPLANATION = (
    "Отметьте пробелом тех, чья бумага у вас на руках, или сразу буквой, кто её дал: М — мать, О — отец, З — законный "
    "представитель, С — сам ученик с 14 лет. Кто не согласен, остаётся без отметки: объяснять ничего не нужно."
)


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

    Of several classes one can be shown at a time, paper by paper; the ticks of the others stay. Numbers go on from the
    first one in the order of the list; who gave a paper, and a number out of order, can be told of each pupil.
    """

    saved = Signal(object)

    heading: QLabel
    explanation: QLabel
    group: QComboBox
    table: DeskTable
    day: QDateEdit
    limited: QCheckBox
    until: QDateEdit
    number: QLineEdit
    giver: QComboBox
    own_giver: QComboBox
    own_number: QLineEdit
    message: InlineMessage
    forms_button: QPushButton
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(
        self,
        parent: QWidget | None,
        desk: Desk,
        there: Sequence[Pupil],
        wanted: date,
        kind: ConsentKind = ConsentKind.PSYCHOLOGICAL,
        first_number: str = "",
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._there = there
        self._kind = kind
        self._ticked: set[str] = set()
        self._givers: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        fill(self, "consents_dialog")
        self.resize(_WIDTH, _HEIGHT)
        self.explanation.setText(_EXPLANATION)
        today = pupils.today()
        self.day.setMaximumDate(qt_day(today))
        self.day.setDate(qt_day(min(today, wanted)))
        self.until.setDate(qt_day(SchoolYear.containing(wanted).last_day))
        self.until.setEnabled(False)
        self.number.setPlaceholderText(f"например, {first_number}" if first_number else "")
        self.giver.addItems((_UNTOLD, *GIVERS))
        self.table.set_columns(self._columns(), key=lambda row: row.id, checkable=lambda _: True)
        self._offer_groups()
        self._connect()
        self._show_group()
        self._show_count()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.limited.toggled.connect(self.until.setEnabled)
        self.group.activated.connect(lambda _: self._show_group())
        self.table.checks_changed.connect(self._note_ticks)
        self.table.chosen.connect(self._show_own)
        self.table.installEventFilter(self)
        self.own_giver.textActivated.connect(self._give)
        typed = self.own_giver.lineEdit()
        if typed is not None:
            typed.editingFinished.connect(lambda: self._give(self.own_giver.currentText()))
        self.own_number.textEdited.connect(self._number)
        for changed in (self.number.textChanged, self.giver.currentTextChanged):
            changed.connect(lambda _: self.table.viewport().update())
        self.forms_button.clicked.connect(self._print)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)

    def _columns(self) -> tuple[Column[Pupil], ...]:
        return (
            Column("Ученик", lambda row: row.name.full),
            Column("Класс", lambda row: titles([row]), width=150),
            Column("Кто дал", lambda row: self._given_by(row.id) if row.id in self._ticked else "", width=150),
            Column("№", lambda row: self._numbered().get(row.id, ""), width=84, right=True),
        )

    def _offer_groups(self) -> None:
        counts = Counter(titles([one]) for one in self._there)
        whose = f": {titles(self._there)}" if len(counts) == 1 else ""
        what = "родителей" if self._kind is ConsentKind.PSYCHOLOGICAL else f"на {self._kind.label}"
        self.heading.setText(f"Согласия {what}{whose}")
        self.group.setVisible(len(counts) > 1)
        self.group.addItem(f"Все классы: {len(self._there)}", "")
        for title, count in counts.items():
            self.group.addItem(f"{title}: {count}", title)

    def _show_group(self) -> None:
        chosen = self.group.currentData()
        self.table.set_rows([one for one in self._there if chosen in ("", titles([one]))])
        self.table.choose_first()

    # -- one pupil -------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            whose = _KEYS.get(event.text().upper())
            row = self.table.row()
            if whose is not None and row is not None:
                if whose in givers(row.birth_date, day_of(self.day)):
                    self._give(whose)
                    self.table.choose_near(self.table.currentIndex().row() + 1)
                else:
                    self.message.say(f"{row.name.short}: до 14 лет согласие даёт родитель.", Tone.WARN)
                return True
        return super().eventFilter(watched, event)

    def _show_own(self, row: Pupil | None) -> None:
        for field in (self.own_giver, self.own_number):
            field.setEnabled(row is not None)
        if row is not None:
            self.own_giver.clear()
            self.own_giver.addItems(givers(row.birth_date, day_of(self.day)))
            self.own_giver.setEditText(self._givers.get(row.id, ""))
            self.own_number.setText(self._numbers.get(row.id, ""))

    def _give(self, whose: str) -> None:
        """Note who gave the paper of the chosen pupil, who is ticked then."""
        row = self.table.row()
        if row is None or whose.strip() == self._givers.get(row.id, ""):
            return
        self._givers[row.id] = whose.strip()
        if whose.strip():
            self._ticked.add(row.id)
        self.table.set_checked(lambda one: one.id in self._ticked)
        self._note_ticks()

    def _number(self, number: str) -> None:
        row = self.table.row()
        if row is not None:
            self._numbers[row.id] = number.strip()
            self.table.viewport().update()

    def _given_by(self, pupil: str) -> str:
        usual = self.giver.currentText()
        return self._givers.get(pupil) or ("" if usual == _UNTOLD else usual)

    def _numbered(self) -> Mapping[str, str]:
        """The number of each ticked pupil: told of it alone, or the next of those in a row."""
        ids = [one.id for one in self._there if one.id in self._ticked]
        own = {pupil: number for pupil in ids if (number := self._numbers.get(pupil))}
        others = [pupil for pupil in ids if pupil not in own]
        return {**own, **dict(zip(others, numbered(self.number.text().strip(), len(others)), strict=True))}

    # -- all of them -----------------------------------------------------------------------------

    def _note_ticks(self) -> None:
        self._ticked -= {one.id for one in self.table.rows()}
        self._ticked |= {one.id for one in self.table.checked()}
        self._show_count()
        self.table.viewport().update()

    def _show_count(self) -> None:
        count = len(self._ticked)
        self.save_button.setText(f"Записать согласия: {count}" if count else "Записать согласия")
        self.save_button.setEnabled(bool(count))

    def _print(self) -> None:
        workspace, kind = self._desk.workspace, self._kind
        ids = [one.id for one in self.table.rows()]
        until = day_of(self.until) if self.limited.isChecked() else None
        draw = partial(consents.forms, workspace, workspace.actor, [kind], ids, until)
        title = f"Бланки согласий на {kind.label}"
        PaperDialog(self, self._desk, title, lambda _, report: draw(progress=report), counted="Бланки").open()

    def _save(self) -> None:
        numbers = self._numbered()
        papers = [
            NewConsent(one.id, self._kind, self._given_by(one.id), numbers[one.id])
            for one in self._there
            if one.id in self._ticked
        ]
        workspace, actor, day = self._desk.workspace, self._desk.actor, day_of(self.day)
        until = day_of(self.until) if self.limited.isChecked() else None
        self.save_button.setEnabled(False)
        self._desk.write(
            lambda: consents.enter(workspace, actor, papers, day, until),
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


def qt_day(day: date) -> QDate:
    """The day as a field of Qt takes it."""
    return QDate(day.year, day.month, day.day)


def day_of(field: QDateEdit) -> date:
    """The day that a field holds."""
    day = field.date()
    return date(day.year(), day.month(), day.day())

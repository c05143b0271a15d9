"""A new session: by which instrument, with whom, when and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDateEdit, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain import plural
from profdesk.domain.diagnostics import Session
from profdesk.domain.instrument import Confidence, Direction, Instrument
from profdesk.errors import ProfdeskError
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.columns import Column, Heading
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostics.pupil_choice import PupilChoice
from profdesk.services import diagnostics, pupils

COLUMNS: tuple[Column[Instrument], ...] = (
    Column("Методика", lambda row: row.short),
    Column("Вопросов", lambda row: str(row.items), width=80, right=True),
    Column("Минут", lambda row: row.minutes, width=72, right=True),
    Column("Классы", lambda row: row.grades, width=174),
)


class PlanView(QWidget):
    """``planned`` gives the new Session; ``finished`` when the user leaves without one."""

    planned = Signal(object)
    finished = Signal()

    header: PageHeader
    plan_button: QPushButton
    instruments: DeskTable
    title: QLabel
    confidence: Chip
    facts: QLabel
    caution: QLabel
    day: QDateEdit
    place: QLineEdit
    pupils: PupilChoice
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        fill(self, "diagnostics_plan")
        self.header.show_back()
        self.instruments.set_columns(COLUMNS, key=lambda row: row.digest)
        self.header.back_pressed.connect(self.finished)
        self.instruments.chosen.connect(self._show_facts)
        self.day.dateChanged.connect(lambda _: self._show_pupils())
        self.pupils.changed.connect(self._show_verb)
        self.plan_button.clicked.connect(self._plan)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.finished.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def begin(self) -> None:
        """Offer what may be planned, for today."""
        today = pupils.today()
        self.message.clear()
        self.place.clear()
        self.day.setDate(QDate(today.year, today.month, today.day))
        self._show_pupils()
        workspace, actor = self._desk.workspace, self._desk.actor
        self._desk.run(lambda: diagnostics.known_instruments(workspace, actor), owner=self, done=self._show_instruments)

    def _show_instruments(self, found: Sequence[Instrument]) -> None:
        self.instruments.set_rows(grouped(found))
        if self.instruments.row() is None:
            self.instruments.choose_first()
        self.instruments.setFocus()

    def _show_facts(self, instrument: Instrument | None) -> None:
        self._show_verb()
        if instrument is None:
            return
        self.title.setText(instrument.title)
        well_known = instrument.confidence is Confidence.HIGH
        self.confidence.say(instrument.confidence.label, Tone.OK if well_known else Tone.WARN)
        self.facts.setText(facts(instrument))
        self.caution.setText(instrument.conflict if not well_known else "")
        self.caution.setVisible(not well_known)

    def _show_pupils(self) -> None:
        self.pupils.show_day(self._desk, self._held_on)

    @property
    def _held_on(self) -> date:
        day = self.day.date()
        return date(day.year(), day.month(), day.day())

    def _show_verb(self) -> None:
        count = len(self.pupils.checked())
        words = plural.counted(count, "бланк", "бланка", "бланков")
        self.plan_button.setText(f"Запланировать: {words}" if count else "Запланировать сеанс")
        self.plan_button.setEnabled(bool(count) and self.instruments.row() is not None)

    def _plan(self) -> None:
        instrument: Instrument | None = self.instruments.row()
        if instrument is None:
            return
        workspace, actor, there = self._desk.workspace, self._desk.actor, self.pupils.checked()
        held_on, place, classes = self._held_on, self.place.text(), self.pupils.title
        self.plan_button.setEnabled(False)
        self._desk.write(
            lambda: diagnostics.plan(workspace, actor, instrument, there, held_on, place, classes),
            owner=self,
            done=self._planned,
            failed=self._failed,
            stopped=self._show_verb,
        )

    def _planned(self, session: Session) -> None:
        self._show_verb()
        self.planned.emit(session)

    def _failed(self, error: ProfdeskError) -> None:
        self._show_verb()
        self.message.say(error.message, Tone.BAD)


def grouped(found: Sequence[Instrument]) -> Sequence[Instrument | Heading]:
    """Instruments under the directions of the programme."""
    rows: list[Instrument | Heading] = []
    for direction in Direction:
        there = [one for one in found if one.direction is direction]
        rows += [Heading(direction.label), *there] if there else []
    return rows


def facts(instrument: Instrument) -> str:
    """What a psychologist asks of an instrument before taking it, in one paragraph."""
    parts = [
        instrument.authors,
        f"{plural.counted(instrument.items, 'вопрос', 'вопроса', 'вопросов')}, {instrument.kind.label}",
        f"минут: {instrument.minutes}",
        f"классы: {instrument.grades}",
        f"ключ: {instrument.key_title}" if instrument.key_title else "",
    ]
    return " · ".join(part for part in parts if part)

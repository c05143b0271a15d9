"""«Записать стадии»: what a trial let one see goes into the portfolio at once, on the basis of the trial."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain import activity_words as words
from profdesk.domain import plural
from profdesk.domain.activities import ActivityType, Presence, Sort
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.domain.portfolio import Basis
from profdesk.domain.school_year import Period
from profdesk.errors import ProfdeskError
from profdesk.gui.activities.picks import Picks
from profdesk.gui.activities.stage_table import StageTable
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.services import activities
from profdesk.services.activities import Attendance

_WIDTH = 900
_LEFT = 80
"""What is left of the window around the dialog."""


class StagesDialog(QDialog):
    """Those who were there against the competencies chosen; ``saved`` gives the Step and what to say."""

    saved = Signal(object, str)

    heading: QLabel
    facts: QLabel
    competencies: Picks
    table: StageTable
    legend: QLabel
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, found: Attendance, kind: ActivityType | None) -> None:
        super().__init__(parent)
        fill(self, "stages_dialog")
        self._desk = desk
        self._one = found.activity
        there = {one.pupil for one in found.recorded.values() if one.presence is Presence.PRESENT}
        pupils = [one for one in found.pupils if one.id in there and one.group is not None]
        levels = {one.group.level for one in pupils if one.group is not None}
        self._offered = {one.code: one for one in desk.programme.competencies_of(levels)}
        scale = desk.programme.stages
        self.setWindowTitle("Записать стадии")
        trial = kind is not None and kind.sort is Sort.TRIAL
        self._basis = (Basis.TRIAL if trial else Basis.OBSERVATION).label.lower()
        self._after = "пробы" if trial else "практики"
        self.heading.setText(f"Стадии после {self._after}: {self._one.entry.title}")
        self.facts.setText(f"{words.when(self._one.entry)}, основание — {self._basis}")
        self.legend.setText(", ".join(f"{one.value} — {one.title}" for one in scale))
        self.table.show_pupils(pupils, scale, desk.programme.codes)
        choices = [(one.code, one.plain) for one in self._offered.values()]
        self.competencies.offer("Какие компетенции было видно", choices, "Начните писать название")
        self.competencies.changed.connect(self._show_competencies)
        self.table.changed.connect(self._count)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.competencies.put([code for code in self._one.entry.competencies if code in self._offered])
        stops = (*self.competencies.stops, self.table, self.save_button, self.leave_button)
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)
        if parent is not None:
            self.resize(_WIDTH, parent.window().height() - _LEFT)
        front = self.table if self.competencies.keys else self.competencies.choice
        front.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_competencies(self) -> None:
        self.table.show_competencies([self._offered[code] for code in self.competencies.keys])

    def _count(self) -> None:
        number = len(self.table.written)
        counted = plural.counted(number, "стадию", "стадии", "стадий")
        self.save_button.setText(f"Записать {counted}" if number else "Записать")
        self.save_button.setEnabled(bool(number))

    def _save(self) -> None:
        workspace, one, stages = self._desk.workspace, self._one, dict(self.table.written)
        period = Period.containing(one.entry.last_day)
        self.save_button.setEnabled(False)

        def write() -> tuple[tuple[int, Step], Changes]:
            number, changes = activities.record_stages(workspace, workspace.actor, one.id, stages, period)
            return (number, Step(f"стадии после {self._after} «{one.entry.title}»", changes.batch, ())), changes

        self._desk.write(write, owner=self, done=self._done, failed=self._fail, stopped=self._count)

    def _done(self, done: tuple[int, Step]) -> None:
        number, step = done
        same = "Эти стадии уже стоят в портфолио."
        told = f"В портфолио: {plural.counted(number, 'стадия', 'стадии', 'стадий')} с основанием «{self._basis}»."
        self.saved.emit(step, told if number else same)
        self.accept()

    def _fail(self, error: ProfdeskError) -> None:
        self._count()
        self.message.say(error.message, Tone.BAD)

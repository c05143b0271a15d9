"""What is done to activities: the dialogs, the writing, and the steps that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from profdesk.domain import activities as domain
from profdesk.domain.activities import Activity, ActivityEntry, State
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.domain.satisfaction import Tally
from profdesk.errors import ProfdeskError, WrongInputError
from profdesk.gui.activities.activity_dialog import ActivityDialog
from profdesk.gui.activities.attendance_dialog import AttendanceDialog
from profdesk.gui.activities.satisfaction_dialog import SatisfactionDialog, print_forms
from profdesk.gui.activities.stages_dialog import StagesDialog
from profdesk.gui.activities.writing import stepped
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.tones import Tone
from profdesk.services import activities, pupils, satisfaction
from profdesk.services.activities import Attendance, Offer, YearPlan


class ActivityActs(QObject):
    """The verbs of the page on the plan it shows.

    ``wrote`` gives the id of what was written, to be chosen; ``said`` words, a Tone and what one may press (or "").
    """

    wrote = Signal(str)
    said = Signal(str, object, str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._withdrawn = ""
        self.plan: YearPlan | None = None
        self.steps = Steps(desk, self)
        self.steps.turned.connect(self._turned)
        self.steps.failed.connect(self._failed)

    @property
    def content(self) -> Mapping[str, Decimal]:
        """What percent of the parents asked is content, by the id of what they were asked after."""
        return self.plan.content if self.plan else {}

    # -- verbs -----------------------------------------------------------------------------------

    def add(self, day: date | None = None) -> None:
        """Ask for a new activity, on a day of the plan's school year or (None) today."""
        if self.plan is not None:
            self._ask(_begun(self.plan, day))

    def add_for(self, measure: str, groups: Sequence[str], invited: Sequence[str]) -> None:
        """Ask for a new activity of a type that a measure counts, to which groups and pupils are invited."""
        if (plan := self.plan) is not None:
            kind = domain.type_reaching(measure, plan.types)
            self._ask(replace(_begun(plan, None), type=kind, groups=tuple(groups), pupils=tuple(invited)))

    def edit(self, one: Activity) -> None:
        """Change what is written of an activity."""
        self._ask(one)

    def hold(self, one: Activity) -> None:
        """Ask who was there; what has not come yet is told."""
        try:
            domain.check_held(one.entry, pupils.today())
        except WrongInputError as error:
            self.said.emit(error.message, Tone.WARN, "")
            return
        workspace, which = self._desk.workspace, one.id
        self._desk.run(
            lambda: activities.attendance(workspace, workspace.actor, which),
            owner=self,
            done=self._ask_who,
            failed=self._failed,
        )

    def stages(self, one: Activity) -> None:
        """Ask for the stages that a trial let one see."""
        workspace, which = self._desk.workspace, one.id
        self._desk.run(
            lambda: activities.attendance(workspace, workspace.actor, which),
            owner=self,
            done=self._ask_stages,
            failed=self._failed,
        )

    def answers(self, one: Activity) -> None:
        """Ask what parents answered after it; before it, show the form to be printed for them."""
        if one.state is not State.HELD:
            print_forms(self._page, self._desk, one)
            return
        workspace, which = self._desk.workspace, one.id
        self._desk.run(
            lambda: satisfaction.of_activity(workspace, workspace.actor, which),
            owner=self,
            done=partial(self._ask_answers, one),
            failed=self._failed,
        )

    def cancel(self, one: Activity) -> None:
        """Note that it will not take place, or put it back into the plan."""
        back = one.state is State.CANCELLED
        state, verb = (State.PLANNED, "снова в плане") if back else (State.CANCELLED, "не состоится")
        workspace, which = self._desk.workspace, one.id
        self._write(
            f"{verb} «{one.entry.title}»",
            lambda: activities.set_state(workspace, workspace.actor, which, state),
            f"«{one.entry.title}» {'снова в плане' if back else 'не состоится'}.",
        )

    def withdraw(self, one: Activity) -> None:
        """Take it out of the plan, until it is put back."""
        workspace, which = self._desk.workspace, one.id
        self._withdrawn = which
        self._write(
            f"убрано «{one.entry.title}»",
            lambda: activities.withdraw(workspace, workspace.actor, which),
            f"«{one.entry.title}» больше нет в плане.",
            "Вернуть",
        )

    def put_back(self) -> None:
        """Show again what was taken out last."""
        workspace, which = self._desk.workspace, self._withdrawn
        if which:
            self._withdrawn = ""
            self._write("возвращено в план", lambda: activities.put_back(workspace, workspace.actor, which))

    # -- inside ----------------------------------------------------------------------------------

    def _ask(self, begun: Activity | ActivityEntry) -> None:
        plan = self.plan
        if plan is not None:
            workspace = self._desk.workspace
            self._desk.run(
                lambda: activities.offer(workspace, workspace.actor, plan.year),
                owner=self,
                done=partial(self._ask_what, plan, begun),
            )

    def _ask_what(self, plan: YearPlan, begun: Activity | ActivityEntry, offer: Offer) -> None:
        dialog = ActivityDialog(self._page, self._desk, plan, offer, begun)
        dialog.saved.connect(self._done)
        self._open(dialog)

    def _ask_who(self, found: Attendance) -> None:
        dialog = AttendanceDialog(self._page, self._desk, found)
        dialog.saved.connect(self._done)
        self._open(dialog)

    def _ask_stages(self, found: Attendance) -> None:
        kind = self.plan.types.get(found.activity.entry.type) if self.plan else None
        dialog = StagesDialog(self._page, self._desk, found, kind)
        dialog.saved.connect(self._recorded)
        self._open(dialog)

    def _ask_answers(self, one: Activity, tally: Tally) -> None:
        dialog = SatisfactionDialog(self._page, self._desk, one, tally)
        dialog.saved.connect(self._done)
        self._open(dialog)

    def _recorded(self, step: Step, told: str) -> None:
        self.steps.add(step)
        self.said.emit(told, Tone.OK, "")

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(
        self, words: str, verb: Callable[[], tuple[Activity, Changes]], told: str = "", action: str = ""
    ) -> None:
        self._desk.write(
            partial(stepped, words, verb),
            owner=self,
            done=lambda done: self._done(done[0], done[1], told, action),
            failed=self._failed,
        )

    def _done(self, one: Activity, step: Step, told: str = "", action: str = "") -> None:
        self.steps.add(step)
        self.said.emit(told, Tone.INFO, action)
        self.wrote.emit(one.id)

    def _turned(self, step: Step, undone: bool) -> None:
        self.said.emit(f"{'Отменено' if undone else 'Сделано снова'}: {step.words}.", Tone.INFO, "")

    def _failed(self, error: ProfdeskError) -> None:
        self.said.emit(error.message, Tone.BAD, "")


def _begun(plan: YearPlan, day: date | None) -> ActivityEntry:
    """What a new activity begins with: the day asked for, or today where the plan is of today's school year."""
    return ActivityEntry("", "", min(max(day or pupils.today(), plan.year.first_day), plan.year.last_day))

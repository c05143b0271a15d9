"""The year roll-over: what it would do, and doing it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import plural
from profdesk.domain.access import Actor
from profdesk.domain.batch import Batch, BatchKind
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import Group, Leave
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.domain.rollover import Line, RolloverPlan, Step, class_name, is_early
from profdesk.domain.rollover_plan import plan as make_plan
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.services import deeds, programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.domain.programme import Programme
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_REPORT_EVERY = 20


@dataclass(frozen=True)
class Preview:
    """A plan, and ``act``, the last roll-over into the same year that stands, if there is one.

    ``begins``: the next year is not yet the organisation's current one; ``early``: lessons of this one still go on.
    """

    plan: RolloverPlan
    act: Batch | None
    begins: bool
    early: bool


@dataclass(frozen=True)
class Rolled:
    """How many pupils were written with each step; ``batch`` takes it all back, None if nothing was written."""

    counts: Counter[Step]
    batch: str | None = None

    @property
    def words(self) -> str:
        """«487 переведены, 23 выпущены»; empty if nobody was moved."""
        return ", ".join(
            plural.counted(self.counts[step], *forms) for step, forms in _WRITTEN.items() if self.counts[step]
        )


_WRITTEN = {
    Step.MOVE: ("переведён", "переведены", "переведены"),
    Step.GRADUATE: ("выпущен", "выпущены", "выпущены"),
    Step.STAY: ("остался", "остались", "остались"),
    Step.LEAVE: ("выбыл", "выбыли", "выбыли"),
}


@needs(Right.PUPILS_WRITE)
def preview(workspace: Workspace, actor: Actor, year: SchoolYear | None = None, today: date | None = None) -> Preview:
    """Say what the roll-over out of a school year would do; nothing is written.

    Without a year it is the organisation's own; in the first months after a roll-over, the one that was rolled over.
    """
    programme = programmes.current(workspace, actor)
    day = today or datetime.now(UTC).astimezone().date()
    with workspace.unit(actor) as unit:
        organisation = unit.organisation.get()
        current = organisation.period.year
        standing = [act for act in unit.batches.all() if act.kind is BatchKind.ROLLOVER and act.undone_at is None]
        acts = {act.year: act for act in reversed(standing)}
        if year is None:
            year = current.previous if current in acts and is_early(current, day) else current
        planned = make_plan(
            programme,
            organisation.kind,
            year,
            unit.pupils.all(year),
            unit.pupils.all(year.next),
            unit.pupils.groups(year.next),
        )
        return Preview(planned, acts.get(year.next), current < year.next, is_early(year, day))


@needs(Right.PUPILS_WRITE)
def apply(
    workspace: Workspace, actor: Actor, plan: RolloverPlan, progress: Progress = silent
) -> tuple[Rolled, Changes]:
    """Write the plan and begin its next school year, as one act that can be taken back.

    One unit of work: all of it or, on an error or a stop, nothing. Whoever has come into a class of the next year,
    or left, since the plan was made is passed over, so that a plan applied twice changes nothing the second time.
    """
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        wanted = _still_wanted(unit, plan)
        organisation = unit.organisation.get()
        begins = organisation.period.year < plan.year.next
        if not wanted and not begins:
            return Rolled(Counter()), Changes()
        _write(unit, programme, plan.year, wanted, progress)
        if begins:
            unit.organisation.save(replace(organisation, period=Period(plan.year.next, Term.FIRST)))
        rolled = Rolled(Counter(line.step for line in wanted), unit.batch)
        title = f"Перевод на {plan.year.next.title} учебный год"
        unit.batches.note(BatchKind.ROLLOVER, f"{title}: {rolled.words}" if wanted else title, plan.year.next)
        kinds = (Kind.PUPILS, Kind.GROUPS, Kind.USERS, Kind.BATCHES, *((Kind.ORGANISATION,) if begins else ()))
        return rolled, Changes.of(unit.batch, *kinds)


@needs(Right.PUPILS_WRITE)
def save_leavers(workspace: Workspace, actor: Actor, plan: RolloverPlan, target: Path) -> None:
    """Write the children who finish kindergarten as XLSX or CSV, so that a school takes the file as a class list.

    Which class of the first grade each goes to is the school's affair: the file names none.
    """
    from profdesk.documents import class_list

    first = class_name(programmes.current(workspace, actor).first_grade, None)
    leavers = [line.pupil for line in plan.lines if line.leaves_kindergarten]
    make = class_list.text if target.suffix.lower() == ".csv" else class_list.workbook
    whom = [pupil.id for pupil in leavers]
    deeds.write_out(workspace, actor, target, make(leavers, first), "список выпускников детского сада", whom)


def _still_wanted(unit: UnitOfWork, plan: RolloverPlan) -> list[Line]:
    free = {pupil.id for pupil in unit.pupils.all(plan.year) if pupil.group is not None and pupil.leave is None}
    free -= {pupil.id for pupil in unit.pupils.all(plan.year.next) if pupil.group is not None}
    return [line for line in plan.pending if line.pupil.id in free]


def _write(unit: UnitOfWork, programme: Programme, year: SchoolYear, lines: list[Line], progress: Progress) -> None:
    groups: dict[str, Group] = {}
    going_on: list[tuple[str, str]] = []
    for done, line in enumerate(lines):
        if done % _REPORT_EVERY == 0:
            progress(done, len(lines))
        if line.target is not None:
            title = line.target.title
            if title not in groups:
                level = programme.level_of_grade(line.target.grade) or programme.level(line.group.level)
                groups[title] = unit.pupils.ensure_group(line.target, level.code, year.next)
            unit.pupils.enrol(line.pupil.id, groups[title].id, year.next)
            if line.keeps_teacher:
                going_on.append((line.group.id, groups[title].id))
        elif line.step.reason is not None:
            unit.pupils.leave([line.pupil.id], year, Leave(year.last_day, line.step.reason))
    unit.class_teachers.carry(going_on, year)
    progress(len(lines), len(lines))

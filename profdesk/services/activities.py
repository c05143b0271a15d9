"""Activities: the year's plan, holding them in one act, who was there, and whom they reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import assets
from profdesk.domain import activities as domain
from profdesk.domain import activity_words
from profdesk.domain.access import Actor
from profdesk.domain.activities import (
    Activity,
    ActivityEntry,
    ActivityType,
    Audience,
    Coverage,
    Participation,
    Presence,
    Sort,
    State,
)
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.evidence import Evidence
from profdesk.domain.people import Group, Pupil
from profdesk.domain.portfolio import Basis, Cell, Mark
from profdesk.domain.professions import Occasion
from profdesk.domain.register import Entry, Titles, title
from profdesk.domain.registers import PARTNERS, STAFF
from profdesk.domain.registers_of_work import LESSONS, OWN_TYPES, PROFESSIONS, TRIALS
from profdesk.domain.rights import Right
from profdesk.domain.school_year import Period, SchoolYear
from profdesk.domain.span import Span
from profdesk.errors import WrongInputError
from profdesk.services import organisation, portfolio, products, programmes, pupils, registers, satisfaction
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_ONCE = ("раз", "раза", "раз")
_LINKED = (PARTNERS, TRIALS, LESSONS, PROFESSIONS)


@dataclass(frozen=True)
class YearPlan:
    """The activities of a school year in the order of the calendar, with what they speak of.

    ``types`` by their codes, ``groups`` of the year by their ids; ``titles`` are those of the registers they link to;
    ``content`` is what percent of the parents asked is, by the activity's id; ``shared`` are the ids of those that the
    user may only read, for others than the own classes are asked to them.
    """

    year: SchoolYear
    activities: tuple[Activity, ...]
    types: Mapping[str, ActivityType]
    groups: Mapping[str, Group]
    titles: Titles
    content: Mapping[str, Decimal] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Attendance:
    """An activity with everybody who is expected at it, by class and name, and what is recorded of them.

    ``products`` are the files of the pupils' works that stand, by their ids; ``shared``: others than the user's
    classes are asked too, of whom the user tells nothing.
    """

    activity: Activity
    pupils: tuple[Pupil, ...]
    recorded: Mapping[str, Participation]
    products: Mapping[str, Evidence]
    shared: bool = False


@dataclass(frozen=True)
class PupilActivities:
    """Everything a pupil was asked to, the latest first; ``hours``, and ``occasions`` by the title of a profession.

    ``products`` are the files of the pupil's works that stand, by their ids.
    """

    visits: tuple[tuple[Activity, Participation], ...]
    types: Mapping[str, ActivityType]
    hours: Mapping[Sort, int]
    occasions: Mapping[str, Sequence[Occasion]]
    products: Mapping[str, Evidence]

    @property
    def met(self) -> tuple[str, ...]:
        """The titles of the professions met."""
        return tuple(self.occasions)


@dataclass(frozen=True)
class Offer:
    """What an activity can be put together from: everybody of the year, entries by register, names of the staff.

    ``seen`` are the competencies that each trial of the register let one see when it was last held.
    """

    pupils: tuple[Pupil, ...]
    books: Mapping[str, tuple[Entry, ...]]
    staff: tuple[str, ...]
    seen: Mapping[str, tuple[str, ...]]


@cache
def shipped_types() -> tuple[ActivityType, ...]:
    """The types of activities that the program brings."""
    return domain.read_types(assets.resource("activities", "types.toml").read_text(encoding="utf-8"))


@needs(Right.ACTIVITIES_READ)
def plan(workspace: Workspace, actor: Actor, year: SchoolYear) -> YearPlan:
    """Read a school year's activities, planned, held and cancelled."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        found = tuple(unit.activities.of_year(year))
        return YearPlan(
            year,
            found,
            known_types(unit),
            {group.id: group for group in unit.pupils.groups(year)},
            {
                one.code: {entry.id: title(one, entry.values, {}) for entry in registers.entries(unit, one, programme)}
                for one in _LINKED
            },
            satisfaction.shares(unit, year),
            unit.activities.shared(found),
        )


@needs(Right.ACTIVITIES_READ)
def offer(workspace: Workspace, actor: Actor, year: SchoolYear) -> Offer:
    """Read what an activity of a school year can be put together from."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        staff = [one.values for one in unit.registers.entries(STAFF)]
        return Offer(
            tuple(one for one in unit.pupils.all(year) if one.attends),
            {one.code: tuple(registers.entries(unit, one, programme)) for one in _LINKED},
            tuple(sorted(str(values["name"]) for values in staff if values["left_on"] is None)),
            unit.activities.seen_at_trials(),
        )


@needs(Right.ACTIVITIES_WRITE)
def write(
    workspace: Workspace, actor: Actor, entry: ActivityEntry, activity: str | None = None
) -> tuple[Activity, Changes]:
    """Plan an activity or change one; WrongInputError says what is the matter with it."""
    domain.check(entry)
    programme = programmes.current(workspace, actor)
    now = datetime.now(UTC)
    tidy = replace(entry, title=" ".join(entry.title.split()), note=entry.note.strip())
    with workspace.unit(actor) as unit:
        for profession in entry.professions:
            registers.ensure(unit, PROFESSIONS, profession, programme, now)
        if activity is not None and unit.activities.get(activity).state is State.HELD:
            domain.check_held(entry, pupils.today())
        written = unit.activities.write(tidy, now, activity)
        return unit.activities.get(written), Changes.of(unit.batch, Kind.ACTIVITIES)


@needs(Right.ACTIVITIES_READ)
def attendance(workspace: Workspace, actor: Actor, activity: str) -> Attendance:
    """Say who is expected at an activity and who was there.

    Expected are those now in the invited groups, those invited one by one, and whoever is recorded already.
    """
    with workspace.unit(actor) as unit:
        found = unit.activities.get(activity)
        return _attendance(unit, found)


@needs(Right.ACTIVITIES_WRITE)
def hold(
    workspace: Workspace,
    actor: Actor,
    activity: str,
    absent: Collection[str] = (),
    said: Iterable[Participation] = (),
    parents_reached: int | None = None,
    files: Mapping[str, Path | None] | None = None,
) -> tuple[Activity, Changes]:
    """Note in one act that an activity was held and that everybody expected was there, but for some.

    ``said`` is how it went for some of them; ``parents_reached`` are parents beside those of the pupils; ``files``
    alone says of works of pupils: to be kept in place of those there, or (None) taken away.
    """
    with workspace.unit(actor) as unit:
        found = unit.activities.get(activity)
        others = found.entry.parents_reached if parents_reached is None else parents_reached
        entry = replace(found.entry, parents_reached=others)
        domain.check(entry)
        domain.check_held(entry, pupils.today())
        expected = _attendance(unit, found)
        marks = domain.attendance([pupil.id for pupil in expected.pupils], absent)
        known = {**expected.recorded, **{one.pupil: one for one in said}}
        title = activity_words.product_title(entry, known_types(unit).get(entry.type))
        kept = products.keep(unit, title, entry.last_day, expected.recorded, files or {})
        unit.activities.write(entry, datetime.now(UTC), activity)
        unit.activities.record(
            activity, (replace(_kept(known.get(one.pupil), one), product=kept.get(one.pupil)) for one in marks)
        )
        unit.activities.set_state(activity, State.HELD)
        kinds = (Kind.ACTIVITIES, Kind.EVIDENCE) if files else (Kind.ACTIVITIES,)
        return unit.activities.get(activity), Changes.of(unit.batch, *kinds)


@needs(Right.ACTIVITIES_WRITE)
def record(
    workspace: Workspace, actor: Actor, activity: str, some: Iterable[Participation]
) -> tuple[Activity, Changes]:
    """Write how it went for some pupils: presence, hours, result, mark, feedback, product."""
    with workspace.unit(actor) as unit:
        unit.activities.record(activity, some)
        return unit.activities.get(activity), Changes.of(unit.batch, Kind.ACTIVITIES)


@needs(Right.PORTFOLIO_WRITE)
def record_stages(
    workspace: Workspace, actor: Actor, activity: str, stages: Mapping[Cell, int], period: Period
) -> tuple[int, Changes]:
    """Put stages seen at a trial or a practice into the portfolio, on its day; gives how many changed.

    A practice is an occasion to observe, not a trial.
    """
    with workspace.unit(actor) as unit:
        held = unit.activities.get(activity)
        kind = known_types(unit).get(held.entry.type)
    basis = Basis.TRIAL if kind is not None and kind.sort is Sort.TRIAL else Basis.OBSERVATION
    if held.state is not State.HELD:
        raise WrongInputError("Сначала отметьте, кто был: стадии записывают после пробы.")
    marks = [Mark(cell, stage) for cell, stage in stages.items()]
    saved, changes = portfolio.set_stages(workspace, actor, period, marks, basis, held.entry.last_day)
    return len(saved.changes), changes


@needs(Right.ACTIVITIES_WRITE)
def set_state(workspace: Workspace, actor: Actor, activity: str, state: State) -> tuple[Activity, Changes]:
    """Cancel an activity, or put it back into the plan; what was recorded of it stays."""
    if state is State.HELD:
        return hold(workspace, actor, activity)
    with workspace.unit(actor) as unit:
        unit.activities.set_state(activity, state)
        return unit.activities.get(activity), Changes.of(unit.batch, Kind.ACTIVITIES)


@needs(Right.ACTIVITIES_WRITE)
def withdraw(workspace: Workspace, actor: Actor, activity: str) -> tuple[Activity, Changes]:
    """Take an activity out of sight, with who was at it; it can be put back."""
    with workspace.unit(actor) as unit:
        unit.activities.withdraw(activity, datetime.now(UTC))
        return unit.activities.get(activity), Changes.of(unit.batch, Kind.ACTIVITIES)


@needs(Right.ACTIVITIES_WRITE)
def put_back(workspace: Workspace, actor: Actor, activity: str) -> tuple[Activity, Changes]:
    """Show a withdrawn activity again."""
    with workspace.unit(actor) as unit:
        unit.activities.withdraw(activity, None)
        return unit.activities.get(activity), Changes.of(unit.batch, Kind.ACTIVITIES)


@needs(Right.ACTIVITIES_READ)
def of_pupil(workspace: Workspace, actor: Actor, pupil: str) -> Sequence[tuple[Activity, Participation]]:
    """Everything a pupil was asked to over the years, the latest first."""
    with workspace.unit(actor) as unit:
        return unit.activities.of_pupil(pupil)


@needs(Right.ACTIVITIES_READ)
def pupil_card(workspace: Workspace, actor: Actor, pupil: str) -> PupilActivities:
    """Read what the card tells of a pupil's trials, events and practices."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        types, visits = known_types(unit), tuple(unit.activities.of_pupil(pupil))
        professions = registers.entries(unit, PROFESSIONS, programme)
        works = unit.evidence.some([said.product for _, said in visits if said.product])
    titles = {one.id: title(PROFESSIONS, one.values, {}) for one in professions}
    return PupilActivities(visits, types, hours(visits, types), acquainted(visits, titles), works)


@needs(Right.ACTIVITIES_READ)
def plan_paper(workspace: Workspace, actor: Actor, found: YearPlan, shown: Sequence[Activity], about: str) -> bytes:
    """Draw as PDF those activities of a plan that are shown; ``about`` says what of the plan it is."""
    from profdesk.documents import activity_plan

    months = activity_words.lines(shown, found.types, found.groups, found.titles)
    return activity_plan.activity_plan(organisation.get(workspace, actor), found.year, about, months, pupils.today())


def acquainted(
    visited: Iterable[tuple[Activity, Participation]], titles: Mapping[str, str]
) -> Mapping[str, Sequence[Occasion]]:
    """The occasions at which a pupil met each profession, by its title."""
    found: dict[str, list[Occasion]] = {}
    for activity, one in visited:
        there = activity.state is State.HELD and one.presence is Presence.PRESENT
        if there and activity.entry.audience is Audience.PUPILS:
            for profession in activity.entry.professions:
                if profession in titles:
                    occasion = Occasion(activity.entry.begins_on, activity.entry.title)
                    found.setdefault(titles[profession], []).append(occasion)
    return {name: sorted(found[name]) for name in sorted(found)}


def hours(visited: Iterable[tuple[Activity, Participation]], types: Mapping[str, ActivityType]) -> Mapping[Sort, int]:
    """Add up the hours of those activities at which a pupil was present, by what they count as."""
    found = dict.fromkeys(Sort, 0)
    for activity, one in visited:
        if activity.state is State.HELD and one.presence is Presence.PRESENT:
            kind = types.get(activity.entry.type)
            found[kind.sort if kind else Sort.EVENT] += (activity.entry.hours if one.hours is None else one.hours) or 0
    return found


@needs(Right.ACTIVITIES_READ)
def coverage(workspace: Workspace, actor: Actor, year: SchoolYear) -> Coverage:
    """Whom the activities of a school year reached so far."""
    with workspace.unit(actor) as unit:
        return reached(unit, Span.of_year(year))


def reached(unit: UnitOfWork, span: Span) -> Coverage:
    """The coverage of a span, for a verb that reads more in the same unit of work."""
    return domain.coverage(unit.activities.visits(span.first_day, span.last_day), known_types(unit))


def overdue(plan: YearPlan, today: date) -> Sequence[Activity]:
    """Those of a plan that should have been held by now, the oldest first."""
    return [one for one in plan.activities if one.is_overdue(today)]


def known_types(unit: UnitOfWork) -> Mapping[str, ActivityType]:
    """The types of activities by their codes, the school's own too, for a verb that reads more in the same unit."""
    own = [
        ActivityType(one.id, str(one.values["title"]), _ONCE, Sort.EVENT, Audience(str(one.values["audience"])), "")
        for one in unit.registers.entries(OWN_TYPES)
    ]
    return {one.code: one for one in (*shipped_types(), *own)}


def _attendance(unit: UnitOfWork, activity: Activity) -> Attendance:
    recorded = {one.pupil: one for one in unit.activities.participants(activity.id)}
    pupils: dict[str, Pupil] = {}
    for group in activity.entry.groups:
        pupils |= {one.id: one for one in unit.pupils.in_group(group)}
    others = recorded.keys() - pupils.keys()
    year = SchoolYear.containing(activity.entry.begins_on)
    pupils |= {one.id: one for one in unit.pupils.some(others, year)}
    ordered = sorted(pupils.values(), key=lambda one: one.group.name.sort_key if one.group else (0, ""))
    works = unit.evidence.some([one.product for one in recorded.values() if one.product])
    return Attendance(activity, tuple(ordered), recorded, works, bool(unit.activities.shared([activity])))


def _kept(former: Participation | None, mark: Participation) -> Participation:
    """A mark of presence that leaves alone what else was recorded."""
    return mark if former is None else replace(former, presence=mark.presence)

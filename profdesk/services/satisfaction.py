"""What parents think: the printed form, the counts of what came back, the year by level."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from profdesk import assets
from profdesk.domain import satisfaction as domain
from profdesk.domain.access import Actor
from profdesk.domain.activities import Activity, Audience, State
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.rights import Right
from profdesk.domain.satisfaction import SEVERAL, Form, LevelAnswers, Tally, YearAnswers
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import WrongInputError
from profdesk.services import organisation, programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@cache
def form() -> Form:
    """The form that the program brings."""
    return domain.read_form(assets.resource("activities", "satisfaction.toml").read_text(encoding="utf-8"))


@needs(Right.ACTIVITIES_READ)
def of_activity(workspace: Workspace, actor: Actor, activity: str) -> Tally:
    """Read what parents answered after an activity."""
    with workspace.unit(actor) as unit:
        return unit.satisfaction.of_activity(activity)


@needs(Right.ACTIVITIES_WRITE)
def write(workspace: Workspace, actor: Actor, activity: str, tally: Tally) -> tuple[Activity, Changes]:
    """Write how many forms came back and what they say; WrongInputError says what cannot be."""
    with workspace.unit(actor) as unit:
        found = unit.activities.get(activity)
        if found.state is not State.HELD:
            raise WrongInputError("Сначала отметьте, кто был: ответы записывают после встречи.")
        domain.check(form(), tally, reached(found))
        unit.satisfaction.write(activity, tally, datetime.now(UTC))
        return found, Changes.of(unit.batch, Kind.ACTIVITIES)


def reached(activity: Activity) -> int:
    """How many parents were at an activity: those of children known by name, and others."""
    return activity.present + (activity.entry.parents_reached or 0)


def shares(unit: UnitOfWork, year: SchoolYear) -> Mapping[str, Decimal]:
    """What percent is content after each activity of a year of which answers came back, by its id."""
    found = {one: domain.share(form(), tally) for one, tally in unit.satisfaction.of_year(year).items()}
    return {one: percent for one, percent in found.items() if percent is not None}


@needs(Right.ACTIVITIES_READ)
def year(workspace: Workspace, actor: Actor, wanted: SchoolYear) -> YearAnswers:
    """Read what parents answered in a school year, level by level."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        tallies = unit.satisfaction.of_year(wanted)
        homes = {group.id: group.level for group in unit.pupils.groups(wanted)}
        plan = unit.activities.of_year(wanted)
    held = [one for one in plan if one.state is State.HELD and one.entry.audience is Audience.PARENTS]
    asked = [
        ([homes[key] for key in one.entry.groups if key in homes], tallies[one.id]) for one in held if one.id in tallies
    ]
    found = domain.by_level(asked)
    titles = {**{level.code: level.title for level in programme.levels}, SEVERAL: "Родители разных уровней"}
    rows = (LevelAnswers(title, *found[code]) for code, title in titles.items() if code in found)
    return YearAnswers(wanted, tuple(rows), len(held))


@needs(Right.ACTIVITIES_READ)
def form_paper(workspace: Workspace, actor: Actor, activity: str, *, four: bool) -> bytes:
    """Draw a sheet of forms for an activity, two or four on it, to be cut apart."""
    from profdesk.documents import satisfaction_form

    with workspace.unit(actor) as unit:
        entry = unit.activities.get(activity).entry
    return satisfaction_form.satisfaction_form(form(), organisation.get(workspace, actor).short_name, entry, four=four)


@needs(Right.ACTIVITIES_READ)
def year_paper(workspace: Workspace, actor: Actor, found: YearAnswers) -> bytes:
    """Draw a school year's answers."""
    from profdesk.documents import satisfaction_report

    today = datetime.now(UTC).astimezone().date()
    return satisfaction_report.satisfaction_report(organisation.get(workspace, actor), form(), found, today)

"""Which professions the children of each class have met, and the paper of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.professions import ClassProfessions, YearProfessions
from profdesk.domain.register import title
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.services import organisation, programmes, registers
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@needs(Right.ACTIVITIES_READ)
def by_class(workspace: Workspace, actor: Actor, year: SchoolYear) -> YearProfessions:
    """Read for every class of a school year which professions its children have met over the years."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        met = unit.activities.professions_met()
        there = [one for one in unit.pupils.all(year) if one.attends]
        groups = [one for one in unit.pupils.groups(year) if one.size]
        entries = registers.entries(unit, PROFESSIONS, programme)
    classes = (
        ClassProfessions(
            group,
            programme.professions_to_meet(group.level),
            tuple(one for one in there if one.group is not None and one.group.id == group.id),
            met,
        )
        for group in groups
    )
    titles = {one.id: title(PROFESSIONS, one.values, {}) for one in entries}
    return YearProfessions(year, tuple(classes), titles, tuple(one.code for one in programme.professions))


@needs(Right.ACTIVITIES_READ)
def class_paper(workspace: Workspace, actor: Actor, found: YearProfessions, one: ClassProfessions) -> bytes:
    """Draw a class against the professions."""
    from profdesk.documents import professions_sheet

    today = datetime.now(UTC).astimezone().date()
    return professions_sheet.professions_sheet(organisation.get(workspace, actor).short_name, found, one, today)

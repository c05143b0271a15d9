"""Who leads which class: read for all, given by whoever runs the school's lists or its users."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import Group
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

_WORDS = "классы руководителя"


@needs(Right.HOUSE_READ)
def of_year(workspace: Workspace, actor: Actor, year: SchoolYear) -> Mapping[str, tuple[str, ...]]:
    """The ids of the users who lead each group of a year, by the group's id; groups without one are absent."""
    with workspace.unit(actor) as unit:
        return unit.class_teachers.of_year(year)


@needs(Right.CLASSES_GIVE)
def groups(workspace: Workspace, actor: Actor, year: SchoolYear) -> Sequence[Group]:
    """The groups of a year that may be given, by grade and letter; no pupil is named."""
    with workspace.unit(actor) as unit:
        return unit.pupils.groups(year)


@needs(Right.CLASSES_GIVE)
def give(
    workspace: Workspace, actor: Actor, user: str, groups: Collection[str], year: SchoolYear
) -> tuple[Step, Changes]:
    """Let a user lead exactly these groups of a year, none of them taken from anybody else.

    NotFoundError if one of them is no group of that year (any more).
    """
    with workspace.unit(actor) as unit:
        if not unit.class_teachers.give(user, groups, year):
            return Step(_WORDS, None, ()), Changes()
        return Step(_WORDS, unit.batch, (user,)), Changes.of(unit.batch, Kind.USERS)

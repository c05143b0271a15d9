"""Pupils and groups as lists show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.people import Group, GroupName, Pupil
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import NotFoundError, WrongInputError

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


def groups(workspace: Workspace, actor: Actor, year: SchoolYear) -> Sequence[Group]:
    """Groups of a school year with their sizes: kindergarten first, then by grade and letter."""
    with workspace.unit(actor) as unit:
        return unit.pupils.groups(year)


def group_called(workspace: Workspace, actor: Actor, year: SchoolYear, title: str) -> Group:
    """Find a group as people type it («7а», «7 «А»»); NotFoundError lists those there are."""
    from profdesk.domain.group_names import parse_group

    there = groups(workspace, actor, year)
    wanted = parse_group(title)
    for group in there:
        if wanted is not None and group.name.title == wanted.title:
            return group
    listed = ", ".join(group.name.title for group in there) or "ни одного"
    raise NotFoundError(f"Нет класса «{title}» в {year.title} учебном году. Есть: {listed}.")


def group_name(title: str) -> GroupName:
    """Read a class or group as people type it; WrongInputError if it cannot be one."""
    from profdesk.domain.group_names import parse_group

    parsed = parse_group(title)
    if parsed is None:
        raise WrongInputError(f"«{title}» не похоже на класс. Напишите, например, 7А.")
    return parsed


def pupils(workspace: Workspace, actor: Actor, year: SchoolYear) -> Sequence[Pupil]:
    """All pupils with their group of that year, by group and name."""
    with workspace.unit(actor) as unit:
        return unit.pupils.all(year)

"""The people of the demonstration school, one of each role; their first passwords protect nobody and are told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor, Role
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.users import Draft
from profdesk.services import pupils, users, workspaces

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class Person:
    """Somebody with a role, a first password, and (a class teacher) the class led."""

    name: str
    post: str
    role: Role
    password: str
    leads: str = ""

    @property
    def draft(self) -> Draft:
        """What the list of users says."""
        return Draft(self.name, self.post, frozenset({self.role}))


PEOPLE = (
    Person("Орлов Сергей Викторович", "инженер", Role.ADMINISTRATOR, "demo-administrator"),
    Person("Гусева Марина Олеговна", "заместитель директора", Role.COORDINATOR, "demo-coordinator"),
    Person("Соколова Ирина Павловна", "педагог-психолог", Role.PSYCHOLOGIST, "demo-psychologist"),
    Person("Белова Анна Сергеевна", "учитель", Role.TEACHER, "demo-teacher", leads="7 «А»"),
    Person("Черепанова Нина Васильевна", "директор", Role.HEAD, "demo-head"),
    Person("Мельник Ольга Юрьевна", "методист", Role.READER, "demo-reader"),
)


def join(workspace: Workspace, year: SchoolYear) -> None:
    """Let everybody have a password, and the class teacher a class."""
    actor = workspace.actor
    for one in PEOPLE:
        led = [pupils.group_called(workspace, actor, year, one.leads).id] if one.leads else ()
        users.add(workspace, actor, replace(one.draft, classes=frozenset(led)), one.password)


def of_role(path: Path, role: Role) -> Actor:
    """The one user of a demonstration school who has a role."""
    return next(one for one in workspaces.users(path) if role in one.roles)


def open_as(path: Path, role: Role) -> Workspace:
    """Open the workspace as the one of a role."""
    person = next(one for one in PEOPLE if one.role is role)
    return workspaces.open_workspace(path, of_role(path, role).id, person.password)

"""A school with two classes of three, and users of every role who come to it with their own passwords."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from journey_user import User
from kept_workspaces import create
from support import PASSWORD, YEAR

from profdesk.domain.access import NewUser, Role
from profdesk.domain.people import Group, GroupName, PersonName
from profdesk.domain.users import Draft
from profdesk.gui.start import opened
from profdesk.services import class_teachers, users, workspaces
from profdesk.signing import keys
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

OWN, OTHER = GroupName("7 «А»", 7, "А"), GroupName("9 «Б»", 9, "Б")
SURNAMES = {OWN: ("Абрамова", "Белова", "Власова"), OTHER: ("Громова", "Дроздова", "Ежова")}
_GIVEN = "первый-пароль"


def make_school(folder: Path) -> dict[GroupName, Group]:
    """Made by its owner, who leaves it; gives its classes."""
    owner = NewUser("Иванова Анна", "завуч", PASSWORD)
    workspace = create(folder, owner).workspace
    groups, key = {}, keys.make_key("Школа", "Школа", datetime.now(UTC))
    with workspace.unit(workspace.actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
        for name, surnames in SURNAMES.items():
            groups[name] = unit.pupils.ensure_group(name, "basic", YEAR)
            for surname in surnames:
                pupil = unit.pupils.add(PersonName(surname, "Дарья", "Олеговна"), date(2013, 5, 6), None)
                unit.pupils.enrol(pupil, groups[name].id, YEAR)
    workspace.close()
    return groups


def come(user: User, folder: Path, *roles: Role, leads: Iterable[Group] = ()) -> Workspace:
    """Somebody of these roles is added by the owner and opens the window."""
    (owner,) = (one for one in workspaces.users(folder) if Role.OWNER in one.roles)
    workspace = storage.open_workspace(folder, owner.id, PASSWORD)
    name = " ".join(("Петрова Ольга", *(role.value for role in roles)))
    made, _ = users.add(workspace, workspace.actor, Draft(name, "учитель", frozenset(roles)), _GIVEN)
    class_teachers.give(workspace, workspace.actor, made, [group.id for group in leads], YEAR)
    workspace.close()
    return enter(user, folder, made, _GIVEN)


def enter(user: User, folder: Path, who: str, password: str) -> Workspace:
    """The window of a user, in front."""
    workspace = storage.open_workspace(folder, who, password)
    user.windows.show_main(opened.read(workspace))
    user.main.activateWindow()
    user.wait()
    return workspace

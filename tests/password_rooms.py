"""A school's computer and a laptop on which passwords follow what was said of users on the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from exchange_files import Room, accepted, joined, reopened, sent
from exchange_rooms import shown
from sqlalchemy import select
from support import PASSWORD

from profdesk.domain.access import Role
from profdesk.domain.users import Draft
from profdesk.errors import WorkspaceError
from profdesk.services import computers, joining, users
from profdesk.storage import database, vault
from profdesk.storage.models import OperationRow
from profdesk.storage.vault import Keys
from profdesk.storage.workspace import Session, Workspace

FIRST_PASSWORD = "бако-рими-туса-лено-47"
TEACHER = Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER}))
ADMINISTRATOR = Draft("Седов Пётр Ильич", "лаборант", frozenset({Role.ADMINISTRATOR}))
PSYCHOLOGIST = Draft("Жукова Вера Павловна", "психолог", frozenset({Role.PSYCHOLOGIST}))
COORDINATOR = Draft("Ким Анна Олеговна", "завуч", frozenset({Role.COORDINATOR}))
PEOPLE = {"учитель": TEACHER, "психолог": PSYCHOLOGIST, "администратор": ADMINISTRATOR, "завуч": COORDINATOR}
OWNER = "владелец"


def added(workspace: Workspace, draft: Draft) -> str:
    return users.add(workspace, workspace.actor, draft, FIRST_PASSWORD)[0]


class Pair:
    """Two computers, and users by what they are called here."""

    def __init__(self, folder: Path, people: Mapping[str, str], one: Room, two: Room) -> None:
        self.folder, self.people, self.one, self.two = folder, people, one, two
        self._count = 0

    def close(self) -> None:
        self.one.workspace.close()
        self.two.workspace.close()

    def at_two(self, who: str) -> Room:
        """Let somebody else sit at the laptop."""
        self.two = reopened(self.two, PASSWORD if who == OWNER else FIRST_PASSWORD, self.people[who])
        return self.two

    def bring(self, sender: Room, receiver: Room) -> str:
        """Send and take; gives what was told of users."""
        self._count += 1
        return accepted(receiver, sent(sender, receiver, self.folder / f"{self._count}.profdesk")).people

    def there(self) -> str:
        """From the school's computer to the laptop."""
        return self.bring(self.one, self.two)

    def remove(self, who: str) -> None:
        users.remove(self.one.workspace, self.one.workspace.actor, self.people[who])

    def change(self, who: str, *roles: Role, name: str = "", post: str = "") -> None:
        """Say otherwise of somebody on the school's computer."""
        workspace, known = self.one.workspace, PEOPLE.get(who, TEACHER)
        said = replace(known, name=name or known.name, post=post or known.post, roles=frozenset(roles))
        users.change(workspace, workspace.actor, self.people[who], said)

    def slots(self) -> dict[str, frozenset[Role]]:
        """Who can come in at the laptop, in which roles."""
        names = {user: name for name, user in self.people.items()}
        return {names[one.id]: one.roles for one in vault.load(self.two.workspace.path).able}

    def keys(self, who: str) -> Keys:
        """What somebody's slot at the laptop holds."""
        return vault.load(self.two.workspace.path).unlock(self.people[who], FIRST_PASSWORD)

    def check_alike(self) -> None:
        """Both say the same of every user."""
        one, two = (
            {place: row for place, row in shown(room.workspace).items() if place[0] == "app_user"}
            for room in (self.one, self.two)
        )
        assert one == two


def copied(workspace: Workspace, folder: Path, *who: str) -> Pair:
    """Both with the owner and some others, each with a password on both."""
    people = {name: added(workspace, PEOPLE[name]) for name in who}
    people[OWNER] = workspace.actor.id
    return Pair(folder, people, *joined(workspace, folder / "ноутбук"))


def packed(workspace: Workspace, folder: Path) -> Pair:
    """A teacher alone has a password on the laptop, and has none at the school."""
    package = folder / "пакет.profdesk"
    code, _ = computers.kit(workspace, workspace.actor, TEACHER, "Ноутбук", True, package)
    there = joining.join(package, code, folder / "ноутбук", FIRST_PASSWORD).workspace
    one, two = (Room(computers.own_id(room, room.actor), room) for room in (workspace, there))
    return Pair(folder, {"учитель": there.actor.id, OWNER: workspace.actor.id}, one, two)


def own_words(room: Room) -> int:
    """How many operations on users a computer has made itself."""
    with Session(room.workspace._engine) as session:
        query = select(OperationRow).where(OperationRow.device == room.id, OperationRow.table_name == "app_user")
        return len(session.scalars(query).all())


def opens_with(room: Room, key: bytes | None, part: str = database.DESK) -> bool:
    """Whether a key opens a part of a workspace, which is closed for it."""
    room.workspace.close()
    try:
        database.check(room.workspace.path / part, key or b"")
    except WorkspaceError:
        return False
    return True

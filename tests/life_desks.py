"""The computers of a life: a school that was founded and joined, and each of its folders at work with whoever can."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from exchange_lives import DAY, INSTRUMENT
from exchange_rooms import shown
from kept_workspaces import create
from sqlalchemy import select, text
from sqlalchemy.util import LRUCache
from support import LINES, PASSWORD, YEAR, listed, organisation

from profdesk.domain import rights
from profdesk.domain.access import NewUser, Role
from profdesk.domain.consents import ConsentKind
from profdesk.domain.exchange_state import Place, Row
from profdesk.domain.users import Draft
from profdesk.errors import AccessError
from profdesk.services import (
    class_teachers,
    computers,
    consents,
    diagnostics,
    exchange,
    instruments,
    joining,
    pupils,
    recovery,
    roster,
    users,
    workspaces,
)
from profdesk.signing import keys
from profdesk.storage import journal, opening, vault
from profdesk.storage.exchange_rows import JOURNALS, Rows
from profdesk.storage.workspace import Session, Workspace

OTHER_CLASS = ("Громов;Лев;Ильич;04.05.2013;7Б", "Панова;Ася;Ильинична;14.08.2013;7Б")
OWNER = "Климова Татьяна Аркадьевна"
COORDINATOR = Draft("Черепанов Олег Ильич", "координатор", frozenset({Role.COORDINATOR}))
SCHOOL, WHOLE, KIT, PART = "школа", "психолог", "набор", "учитель"
JOIN: Mapping[str, tuple[Draft, bool]] = {
    WHOLE: (Draft("Лаптева Ирина Сергеевна", "психолог", frozenset({Role.PSYCHOLOGIST})), True),
    KIT: (Draft("Седова Ольга Ивановна", "психолог", frozenset({Role.PSYCHOLOGIST})), False),
    PART: (Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER})), False),
}
"""Who joins by a package, and whether with everything."""
PASSWORDS = (PASSWORD, "Прилив-Якорь-Маяк-71", "Сосна-Тропа-Ветер-38")
"""Those that people of a life have or take."""
_STATEMENTS: LRUCache[Any, Any] = LRUCache(4_000)


class School(NamedTuple):
    """Closed folders of computers by name, and the ids of their users."""

    folders: Mapping[str, Path]
    users: Mapping[str, str]
    coordinator: str


def founded(place: Path) -> School:
    """A school of two classes, and three computers that joined it; the teacher leads the first class."""
    made = create(place / SCHOOL, NewUser(OWNER, "завуч", PASSWORD)).workspace
    actor = made.actor
    roster.apply(made, actor, roster.preview(made, actor, listed(place, *LINES, *OTHER_CLASS), YEAR))
    coordinator, _ = users.add(made, actor, COORDINATOR, PASSWORD)
    groups = pupils.groups(made, actor, YEAR)
    with made.unit(actor) as unit:
        there = [one for group in groups for one in unit.pupils.in_group(group.id)]
    for kind in ConsentKind:
        consents.give(made, actor, [one.id for one in there], kind, date(2026, 9, 1))
    key = keys.make_key(organisation().full_name, organisation().short_name, datetime.now(UTC))
    with made.unit(actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
    diagnostics.plan(made, actor, instruments.called(INSTRUMENT), there[:2], DAY)
    folders, ids = {SCHOOL: made.path}, {SCHOOL: actor.id}
    for name, (draft, whole) in JOIN.items():
        package = place / f"{name}.profdesk"
        code, _ = computers.kit(made, actor, draft, name, whole, package)
        joined = joining.join(package, code, place / name, PASSWORD).workspace
        folders[name], ids[name] = joined.path, joined.actor.id
        joined.close()
    class_teachers.give(made, actor, ids[PART], [groups[0].id], YEAR)
    for name, folder in folders.items():
        if name != SCHOOL:
            joined = opening.open_workspace(folder, None, PASSWORD)
            exchange.send(made, actor, computers.own_id(joined, joined.actor), path := place / f"{name} 1.profdesk")
            exchange.accept(joined, joined.actor, path)
            joined.close()
    made.close()
    return School(folders, ids, coordinator)


class Desk:
    """One computer of a life: a copy of its folder, opened, and the files that were ever made for it."""

    def __init__(self, name: str, school: School, folder: Path, wall: Callable[[], int], ahead: int) -> None:
        shutil.copytree(school.folders[name], folder)
        self.name = name
        self.came: list[Path] = []
        self.copies: list[Path] = []
        self.ids: list[str] = []
        """That of today last; others know it by a former one until they are told of the restore that ended it."""
        self.folder = folder
        self.ahead = ahead
        """By how many milliseconds its clock is wrong."""
        self.owner = school.users[SCHOOL]
        self.teacher = school.users[PART]
        self._wall = wall
        self._people = [school.users[name], *([school.coordinator] if name == SCHOOL else [])]
        self.workspace: Workspace
        self.open()

    @property
    def id(self) -> str:
        return self.ids[-1]

    def open(self, *, without_lost: bool = False) -> None:
        """Let the first come in who still can: others were removed elsewhere."""
        for user in self.people:
            word = password(self.folder, user)
            with suppress(AccessError):
                self.workspace = workspaces.open_workspace(self.folder, user, word, without_lost=without_lost)
                break
        else:
            raise LookupError(self.name)
        self.tune()
        with self.workspace.unit(self.workspace.actor) as unit:
            own = unit.computers.own_id
        self.ids = [*(one for one in self.ids if one != own), own]

    def tune(self) -> None:
        """Give it this life's clock, which goes on from where it was: after it was opened, or its keys renewed."""
        self.workspace._engine._compiled_cache = _STATEMENTS
        self.workspace._clock._wall = lambda: self._wall() + self.ahead

    @property
    def people(self) -> Sequence[str]:
        """Who has a password, in the order in which they come in."""
        there = [one.id for one in vault.load(self.folder).users]
        self._people += [one for one in there if one not in self._people]
        return [one for one in self._people if one in there]

    def close(self) -> None:
        self.workspace.close()

    def change_hands(self) -> None:
        """Let another one of its people open it: not all are psychologists."""
        self.close()
        first, *others = self.people
        self._people = [*others, first]
        self.open()

    def put_back(self, copy: Path) -> None:
        """Let an older copy take the place of the workspace, as where that is damaged."""
        self.close()
        user = rights.recoverers(vault.load(self.folder).users)[0].id
        recovery.restore(self.folder, user, password(self.folder, user), copy)
        self.open()

    @property
    def whole(self) -> bool:
        return self.name in (SCHOOL, WHOLE)

    @property
    def schemas(self) -> Sequence[str]:
        """Those that whoever sits there can read."""
        return ("main",) if self.workspace.keys.psy is None else ("main", "psy")

    def rows(self) -> dict[Place, Row]:
        return {place: row for schema in self.schemas for place, row in shown(self.workspace, schema).items()}

    def known(self) -> dict[str, dict[tuple[str, int], tuple[str, str]]]:
        """Hash and table of the operations of both journals by computer and number."""
        found = {}
        with Session(self.workspace._engine) as session:
            for schema in self.schemas:
                kind = JOURNALS[schema]
                query = select(kind.device, kind.number, kind.hash, kind.table_name)
                found[schema] = {(device, number): (told, of) for device, number, told, of in session.execute(query)}
        return found

    def check(self) -> None:
        """Links and chains hold, and what only psychologists read lies with them alone."""
        with Session(self.workspace._engine) as session:
            for schema in self.schemas:
                assert not session.execute(text(f"PRAGMA {schema}.foreign_key_check")).all(), (self.name, schema)
                kind = JOURNALS[schema]
                assert journal.broken_link(session, kind) is None, (self.name, schema)
            if self.name == PART:
                assert self.workspace.keys.psy is None
                tables = frozenset(Rows(session, "psy").tables)
                told = session.scalars(select(JOURNALS["main"].table_name).distinct())
                assert tables.isdisjoint(told)
                assert not list((self.workspace.path / "files-psy").rglob("*.*"))


def password(folder: Path, user: str) -> str:
    """The one of these that opens a slot."""
    lock = vault.load(folder)
    for word in PASSWORDS:
        try:
            lock.unlock(user, word)
        except AccessError:
            continue
        return word
    raise LookupError(user)

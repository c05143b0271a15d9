"""What a computer that gets a part is sent: what its person's rights reach, by what stands here now.

A record in reach is sent with all its operations. What comes into reach was not sent before, whenever it was done:
so such a computer says beside how far it knows the chains what it has all of, its *roots*: tables, classes, pupils and
activities. An operation whose roots it has not is sent from the beginning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from functools import cached_property
from typing import Any

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import Session

from profdesk.domain import rights
from profdesk.domain.access import Reach, Role
from profdesk.domain.computers import Computer
from profdesk.domain.exchange_known import SHARED
from profdesk.domain.exchange_state import Place
from profdesk.domain.operations import Verb
from profdesk.storage import exchange_plan, exchange_shapes, reach
from profdesk.storage.exchange_models import AliasRow, SettledRow
from profdesk.storage.exchange_rows import parts
from profdesk.storage.models import OperationRow, PupilRow
from profdesk.storage.people_models import UserRow
from profdesk.storage.register_models import ROWS, AttachmentRow

Roots = frozenset[str]
ALL = "*"
"""Ends the root of a table all rows of which are sent."""
_PUPIL, _ACTIVITY = "pupil", "activity"
_OWNERS = ("pupil_id", "activity_id")
"""The fields by which a row belongs to a pupil or to an activity, whichever the table has first."""


class Part:
    """The reach of a computer's person; ``had`` are the roots that the computer has said it has."""

    def __init__(self, session: Session, computer: Computer, had: Roots) -> None:
        self._session = session
        self._tables = {**exchange_shapes.tables("main"), **exchange_shapes.tables("psy")}
        self._roles = _roles(session, computer.person)
        self._own = reach.own_of(session, computer.person or "")
        self._psy = computer.gets_psy and rights.reach(self._roles, exchange_plan.OF_PSY) is Reach.ALL
        self._whole = {table for table in self._tables if self._reach(table) is Reach.ALL}
        self._had = had

    @cached_property
    def roots(self) -> Roots:
        """What the computer has all of, once it has taken what is sent now."""
        narrow = {table for table in self._tables if self._reach(table) is Reach.OWN}
        given = {root for roots in self._rows.values() for root in roots & self._given}
        own = {*self._family, *self._activities, *self._shared, *self._own.groups}
        ids = {*own, *given} if narrow else set[str]()
        return frozenset({*(table + ALL for table in self._whole), *narrow, *ids})

    @property
    def is_known(self) -> bool:
        """Whether nothing has come into reach since."""
        return self.roots <= self._had

    def sends(self, operation: Mapping[str, Any], *, is_new: bool) -> bool:
        """Whether an operation goes to the computer: what ``is_new`` to it, and what came into its reach since."""
        needs = self._needs(operation)
        return needs is not None and (is_new or not needs <= self._had)

    def _needs(self, operation: Mapping[str, Any]) -> Roots | None:
        """The roots without which an operation is new to the computer, whenever it was done; None if out of reach."""
        table, record = operation["table_name"], operation["record"]
        if table in self._whole:
            return frozenset({table + ALL})
        found = self._rows.get((table, self._aliases.get((table, record), record)))
        return self._left(operation) if found is None else found

    def _reach(self, table: str) -> Reach | None:
        if table in exchange_plan.EVERYBODY:
            return Reach.ALL
        if self._tables[table].schema == "psy":
            return Reach.ALL if self._psy else None
        right = exchange_plan.BY_RIGHT.get(table)
        return None if right is None else rights.reach(self._roles, right)

    @cached_property
    def _family(self) -> frozenset[str]:
        """The own pupils, and those who turned out to be them."""
        found = set(self._own.pupils)
        for part in parts(self._own.pupils):
            found.update(self._session.scalars(select(PupilRow.id).where(PupilRow.merged_into.in_(part))))
        return frozenset(found)

    @cached_property
    def _activities(self) -> frozenset[str]:
        return reach.shown(self._session, self._own)

    @cached_property
    def _planned(self) -> Set[str]:
        """Activities that the person ever planned: on that computer they may be without having been sent there."""
        made = OperationRow.table_name == _ACTIVITY, OperationRow.verb == Verb.INSERT
        return set(
            self._session.scalars(select(OperationRow.record).where(*made, OperationRow.actor == self._own.user))
        )

    @cached_property
    def _shared(self) -> Set[str]:
        """Which of these the person may only read: others are asked to them, of whom the computer is not told."""
        own = reach.wholly_own(self._session, self._own, self._activities)
        return {one + SHARED for one in self._activities - own}

    @cached_property
    def _aliases(self) -> Mapping[Place, str]:
        query = select(AliasRow.table_name, AliasRow.record, AliasRow.row)
        return {(table, record): row for table, record, row in self._session.execute(query)}

    @cached_property
    def _rows(self) -> Mapping[Place, Roots]:
        """The rows in reach of tables that are sent in part, each with what it hangs on."""
        found: dict[Place, Roots] = {}
        for name, table in self._tables.items():
            if self._reach(name) is Reach.OWN:
                for record, root in self._own_rows(table):
                    found[name, record] = frozenset({name, root, *({record} & self._given)})
        found.update(self._files(found))
        found.update(self._settled(found))
        return found

    @cached_property
    def _given(self) -> Set[str]:
        """Records that came to belong to another pupil: two pupils were found to be one, or an entry was corrected."""
        moved = or_(*(OperationRow.fields.contains(f'"{name}"') for name in ("pupil_id", "entry")))
        return set(self._session.scalars(select(OperationRow.record).where(OperationRow.verb == Verb.UPDATE, moved)))

    def _own_rows(self, table: Table) -> Iterable[tuple[str, str]]:
        """Records with the pupil or activity by which they are in reach."""
        if table.name in (_PUPIL, _ACTIVITY):
            return ((one, one) for one in (self._family if table.name == _PUPIL else self._activities))
        owner = next((name for name in _OWNERS if name in table.c), None)
        if owner is None:
            return ()
        return self._of(table, owner, self._family if owner == "pupil_id" else self._activities)

    def _of(self, table: Table, owner: str, ids: Iterable[str]) -> Iterable[tuple[str, str]]:
        for part in parts(sorted(ids)):
            query = select(table.c.id, table.c[owner]).where(table.c[owner].in_(part))
            yield from ((record, of) for record, of in self._session.execute(query))

    def _files(self, rows: Mapping[Place, Roots]) -> Iterable[tuple[Place, Roots]]:
        columns = (AttachmentRow.id, AttachmentRow.register, AttachmentRow.entry)
        for record, register, entry in self._session.execute(select(*columns)):
            found = self._of_place((ROWS[register].__tablename__, entry), rows)
            if found is not None:
                yield (AttachmentRow.__tablename__, record), found | ({record} & self._given)

    def _settled(self, rows: Mapping[Place, Roots]) -> Iterable[tuple[Place, Roots]]:
        columns = (SettledRow.id, SettledRow.table_name, SettledRow.record)
        for record, table, of in self._session.execute(select(*columns)):
            found = self._of_place((table, self._aliases.get((table, of), of)), rows)
            if found is not None:
                yield (SettledRow.__tablename__, record), found

    def _of_place(self, place: Place, rows: Mapping[Place, Roots]) -> Roots | None:
        return frozenset({place[0] + ALL}) if place[0] in self._whole else rows.get(place)

    def _left(self, operation: Mapping[str, Any]) -> Roots | None:
        """The same for what tells that something which the computer may have is in its reach no more, or nowhere.

        A pupil may have left a class before the person was given it again: what left it goes along with the class.
        """
        table, record = operation["table_name"], operation["record"]
        if operation["verb"] == Verb.INSERT or self._reach(table) is not Reach.OWN:
            return None
        fields = json.loads(operation["fields"])
        if (group := _before(fields, "group_id")) in self._own.groups:
            return frozenset({table, str(group)})
        had = self._had | self._planned
        known = had | self._family | self._activities
        owners = (_before(fields, owner) for owner in _OWNERS if owner in self._tables[table].c)
        gone = operation["verb"] == Verb.DELETE and table in (_PUPIL, _ACTIVITY) and record in had
        return frozenset() if gone or any(owner in known for owner in owners) else None


def without_psy(roots: Roots, had: Roots) -> Roots:
    """What a computer has all of, of what lies in ``psy`` only what it had: nothing of that can be sent now."""
    psy = {table + ALL for table in exchange_shapes.tables("psy")}
    return roots - psy | had & psy


def _roles(session: Session, person: str | None) -> frozenset[Role]:
    """What a user may be here by now; nothing for whoever was removed."""
    query = select(UserRow.roles).where(UserRow.id == person, UserRow.removed_at.is_(None))
    return frozenset(Role(role) for role in (session.scalar(query) or "").split(",") if role)


def _before(fields: Mapping[str, Any], name: str) -> object:
    return fields.get(name, (None,))[0]

"""Whether what a computer that gets a part sends is about pupils of classes that its authors lead, or led."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from profdesk.domain import exchange_rights, rights
from profdesk.domain.access import Reach, Role
from profdesk.domain.exchange_rights import Refused
from profdesk.storage import exchange_plan, exchange_shapes
from profdesk.storage.models import EnrolmentRow, OperationRow, PupilRow
from profdesk.storage.people_models import ErasedPupilRow, GroupTeacherRow
from profdesk.storage.register_models import ROWS, AttachmentRow

_FIELD = "pupil_id"
Operation = Mapping[str, Any]


def refused(session: Session, operations: Sequence[Operation], roles: Mapping[str, frozenset[Role]]) -> Refused | None:
    """The first operation on a pupil whom its actor never led, of actors who may write of those alone."""
    led = _Led(session, operations)
    for one in operations:
        if _is_own_alone(one["table_name"], roles.get(one["actor"], frozenset())):
            pupils = led.pupils_of(one)
            if not pupils <= led.by(one["actor"]) | led.erased:
                return Refused(one["actor"], one["table_name"])
    return None


def _is_own_alone(table: str, roles: frozenset[Role]) -> bool:
    if table in exchange_rights.FREE | exchange_plan.EVERYBODY:
        return False
    needed = exchange_rights.rights_for(table, exchange_plan.REGISTERS.get(table, ""))
    return all(rights.reach(roles, right) is not Reach.ALL for right in needed)


class _Led:
    """Classes by who ever led them, and the pupils who were ever in them, by all that the journal says."""

    def __init__(self, session: Session, come: Iterable[Operation]) -> None:
        self._session = session
        self._tables = exchange_shapes.tables("main")
        self._come = {(one["table_name"], one["record"]): one for one in come if one["verb"] == "insert"}
        self._found: dict[str, frozenset[str]] = {}

    def by(self, user: str) -> frozenset[str]:
        """The pupils of the classes that a user ever led, and those who turned out to be them, or they to be."""
        if user not in self._found:
            groups = {group for group, of in self._leading if of == user}
            pupils = {pupil for group, pupil in self._enrolled if group in groups}
            same = select(PupilRow.id, PupilRow.merged_into).where(PupilRow.merged_into.is_not(None))
            pairs = [(one, into) for one, into in self._session.execute(same) if {one, into} & pupils]
            self._found[user] = frozenset(pupils | {one for pair in pairs for one in pair if one is not None})
        return self._found[user]

    @cached_property
    def erased(self) -> frozenset[str]:
        """Pupils of whom nothing says any more in which class they were: what comes of them is emptied."""
        return frozenset(self._session.scalars(select(ErasedPupilRow.pupil_id)))

    def pupils_of(self, operation: Operation) -> frozenset[str]:
        """The pupils that an operation, or the record it is about, names."""
        table, record = operation["table_name"], operation["record"]
        if table == AttachmentRow.__tablename__:
            entry = self._entry(operation)
            return frozenset() if entry is None else self._named(*entry, {})
        return self._named(table, record, json.loads(operation["fields"]))

    def _named(self, table: str, record: str, fields: Mapping[str, Sequence[Any]]) -> frozenset[str]:
        columns = self._tables[table].c
        if table == PupilRow.__tablename__:
            return frozenset({record})
        if _FIELD not in columns:
            return frozenset()
        come = self._come.get((table, record))
        told = [*fields.get(_FIELD, ()), *(json.loads(come["fields"]).get(_FIELD, ()) if come else ())]
        there = self._session.scalars(select(columns[_FIELD]).where(columns.id == record))
        return frozenset(one for one in (*told, *there) if one is not None)

    def _entry(self, operation: Operation) -> tuple[str, str] | None:
        """The table and the entry that a file of a register belongs to."""
        fields = json.loads(operation["fields"])
        row = self._session.get(AttachmentRow, operation["record"])
        register = fields.get("register", (None, row and row.register))[1]
        entry = fields.get("entry", (None, row and row.entry))[1]
        return (ROWS[register].__tablename__, entry) if register in ROWS and entry is not None else None

    @cached_property
    def _leading(self) -> set[tuple[str, str]]:
        return self._pairs(GroupTeacherRow.__tablename__, "group_id", "user_id")

    @cached_property
    def _enrolled(self) -> set[tuple[str, str]]:
        return self._pairs(EnrolmentRow.__tablename__, "group_id", "pupil_id")

    def _pairs(self, table: str, one: str, other: str) -> set[tuple[str, str]]:
        """Every two values that two fields of a record ever had at one time."""
        query = select(OperationRow.record, OperationRow.fields).where(
            OperationRow.table_name == table, or_(*(OperationRow.fields.contains(f'"{name}"') for name in (one, other)))
        )
        held: dict[str, dict[str, Any]] = {}
        found: set[tuple[str, str]] = set()
        for record, text in self._session.execute(query.order_by(OperationRow.counts_as)):
            fields = json.loads(text)
            now = held.setdefault(record, {})
            now.update((name, value[1]) for name, value in fields.items() if name in (one, other) and value[1])
            if len(now) == 2:
                found.add((now[one], now[other]))
        return found

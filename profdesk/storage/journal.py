"""The journal: one append-only operation per committed change, written by one flush listener.

Each device's operations form a chain: ``hash`` is SHA-256 over the operation's canonical JSON, which
holds the hash before it. Changes of schema ``psy`` go to psy's own journal and chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, event, func, insert, inspect, select
from sqlalchemy.orm import InstanceState, Session, UOWTransaction

from profdesk.domain.access import Actor
from profdesk.storage import database
from profdesk.storage.clock import HybridClock
from profdesk.storage.computers import ComputerStore
from profdesk.storage.exchange_models import AliasRow, AnyAlias, ComputerRow, PsyAliasRow
from profdesk.storage.models import (
    AnyOperation,
    BusinessRow,
    DeviceRow,
    OperationRow,
    PsyOperationRow,
    new_id,
    table_of,
)

FIRST = "0" * 64
_STEP = 1_000
EMPTIED = "{}"
"""What stands in the fields of an operation that an erasure emptied; no other has so few."""
_AT_ONCE = 500
_INFO = "journal"
_TALLY = "erasure_tally"
_CHAINED = ("id", "clock", "device", "actor", "batch", "verb", "table_name", "record", "fields", "previous")
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Operation = type[AnyOperation]


class Link(NamedTuple):
    """An operation as the next one of its chain follows it."""

    number: int
    hash: str


@dataclass
class Journal:
    """What one unit of work writes under: who, on which device, in which batch."""

    device: str
    actor: Actor
    clock: HybridClock
    check: Callable[[], None] = lambda: None
    """Asked before anything is written that can wait for room; raises if there is none."""
    batch: str = field(default_factory=new_id)
    heads: dict[Operation, Link] = field(default_factory=dict)
    aliases: dict[type[AnyAlias], Mapping[tuple[str, str], Sequence[str]]] = field(default_factory=dict)

    def attach(self, session: Session) -> None:
        """Journal every flush of the session."""
        session.info[_INFO] = self
        event.listen(session, "after_flush", _write)

    def head(self, session: Session, journal: Operation) -> Link:
        """What the next operation of this device follows."""
        if journal not in self.heads:
            query = select(journal.number, journal.hash).where(journal.device == self.device)
            row = session.execute(query.order_by(journal.number.desc()).limit(1)).first()
            self.heads[journal] = Link(0, FIRST) if row is None else Link(*row)
        return self.heads[journal]

    def records(self, session: Session, row: BusinessRow) -> Sequence[str]:
        """The records that a row tells of: its own, and those that were found to be one thing with it."""
        kind: type[AnyAlias] = PsyAliasRow if row.__table__.schema == "psy" else AliasRow
        if kind not in self.aliases:
            found: dict[tuple[str, str], list[str]] = {}
            for table, record, told_by in session.execute(select(kind.table_name, kind.record, kind.row)):
                found.setdefault((table, told_by), []).append(record)
            self.aliases[kind] = found
        return [row.id, *self.aliases[kind].get((row.__tablename__, row.id), ())]


def last_reading(session: Session, journal: Operation = OperationRow) -> str | None:
    """The latest reading that counts in a journal, to start the clock from."""
    return session.scalar(select(func.max(journal.counts_as)))


def broken_link(
    session: Session, journal: Operation = OperationRow, on_step: Callable[[int], None] = lambda _: None
) -> int | None:
    """Find the first operation (its number) whose hash or predecessor does not fit; None if all do.

    ``on_step`` is told each thousand of operations that fit.

    Of computers whose operations are known here in part, each is looked at by itself. What an erasure emptied is
    known by its place in the chain alone: it fits if the journal of ``desk`` tells of the erasure, and how many
    operations it emptied on this computer, neither more nor fewer.
    """
    heads: dict[str, Link] = {}
    parts = _known_in_part(session)
    emptied: dict[str, list[int]] = {}
    own = (journal.seq, journal.number, journal.hash, journal.erased)
    columns = (*own, *(getattr(journal, name) for name in _CHAINED))
    rows = session.execute(select(*columns).order_by(journal.seq)).yield_per(_STEP)
    for number, row in enumerate(rows, 1):
        if number % _STEP == 0:
            on_step(number)
        seq: int = row.seq
        before = heads.get(row.device, Link(0, FIRST))
        follows = row.device in parts or (row.number == before.number + 1 and row.previous == before.hash)
        if not follows or not (row.erased or row.hash == _hash_of(row)):
            return seq
        if row.erased:
            if row.fields != EMPTIED:
                return seq
            emptied.setdefault(row.erased, []).append(seq)
        heads[row.device] = Link(row.number, row.hash)
    told = told_emptied(session, journal)
    return min(
        (found[0] for erasure, found in emptied.items() if told.get(erasure, 0) not in (None, len(found))), default=None
    )


def empty(session: Session, journal: Operation, numbers: Sequence[int], erasure: str) -> None:
    """Take out of operations what they hold, for ever: the hash stands, and a new id keeps it from being guessed."""
    table, connection = table_of(journal), session.connection()
    schema = "main" if table.schema is None else table.schema
    with database.rewritable(connection, journal.__tablename__, schema):
        for start in range(0, len(numbers), _AT_ONCE):
            connection.execute(
                table.update()
                .where(table.c.seq == bindparam("at"))
                .values(id=bindparam("fresh"), fields=EMPTIED, erased=erasure),
                [{"at": number, "fresh": new_id()} for number in numbers[start : start + _AT_ONCE]],
            )


def _known_in_part(session: Session) -> frozenset[str]:
    """The computers of whose operations this one gets only some: all others, where it does not get everything."""
    own = session.scalars(select(DeviceRow.id)).one()
    computers = session.execute(select(ComputerRow.id, ComputerRow.whole)).all()
    gets_all = all(whole for device, whole in computers if device == own)
    return frozenset() if gets_all else frozenset(device for device, _ in computers) - {own}


def told_emptied(session: Session, journal: Operation) -> dict[str, int | None]:
    """How many operations of a journal each erasure emptied on this computer, by the journal of ``desk`` itself.

    What this computer tallied counts before what the erasure says of the computer where it was done. None: not counted
    yet, or an erasure that others alone have told of.
    """
    own = ComputerStore(session, psy=False).own_id
    count = "operations" if journal is OperationRow else "psy_operations"
    told: dict[str, int | None] = {}
    tallies = _records(session, _TALLY).values()
    for _, fields in tallies:
        told.setdefault(fields["erasure_id"], None)
    for _, fields in _records(session, "erasure" if journal is OperationRow else "erased_pupil").values():
        erasure = fields["erasure_id"]
        told[erasure] = (told.get(erasure) or 0) + fields.get(count, 0)
    told.update((fields["erasure_id"], fields[count]) for device, fields in tallies if device == own)
    return told


def _records(session: Session, table: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Who made the records of a table of erasures and what they hold, by operations that are as they were written."""
    query = select(OperationRow).where(OperationRow.table_name == table, OperationRow.erased.is_(None))
    records: dict[str, tuple[str, dict[str, Any]]] = {}
    for row in session.scalars(query.order_by(OperationRow.seq)):
        if row.hash == _hash_of(row):
            made_by, fields = records.setdefault(row.record, (row.device, {"erasure_id": row.record}))
            if table != _TALLY or row.device == made_by:
                fields.update((name, value) for name, (_, value) in json.loads(row.fields).items())
    return records


def tell(
    session: Session, kind: Operation, verb: str, place: tuple[str, str], changed: dict[str, Any], act: tuple[str, str]
) -> None:
    """Journal what was written around the flush listener; ``act`` is in whose name, by id, and in which batch."""
    entry: Journal = session.info[_INFO]
    actor, batch = act
    named = replace(entry, actor=replace(entry.actor, id=actor), batch=batch)
    session.execute(insert(kind), [_operation(named, session, kind, verb, *place, changed)])


def _write(session: Session, _context: UOWTransaction) -> None:
    journal: Journal = session.info[_INFO]
    written: dict[Operation, list[dict[str, Any]]] = {}
    waits = False
    for verb, row, changed in _changes(session):
        waits = waits or row.waits_for_room
        kind: Operation = PsyOperationRow if row.__table__.schema == "psy" else OperationRow
        records = [row.id] if verb == "insert" else journal.records(session, row)
        written.setdefault(kind, []).extend(
            _operation(journal, session, kind, verb, row.__tablename__, record, changed) for record in records
        )
    if waits:
        journal.check()
    for kind, operations in written.items():
        session.execute(insert(kind), operations)


def _operation(
    journal: Journal,
    session: Session,
    kind: Operation,
    verb: str,
    table: str,
    record: str,
    changed: dict[str, Any],
) -> dict[str, Any]:
    """The next operation of this device, chained to the one before."""
    before, clock = journal.head(session, kind), journal.clock.tick()
    made = {
        "id": new_id(),
        "clock": clock,
        "device": journal.device,
        "actor": journal.actor.id,
        "batch": journal.batch,
        "verb": verb,
        "table_name": table,
        "record": record,
        "fields": json.dumps(changed, ensure_ascii=False, separators=(",", ":")),
        "previous": before.hash,
    }
    journal.heads[kind] = link = Link(before.number + 1, hash_of(made))
    return {**made, "hash": link.hash, "number": link.number, "counts_as": clock}


def _changes(session: Session) -> Iterator[tuple[str, BusinessRow, dict[str, Any]]]:
    """Every journaled change of the flush with the fields' values before and after."""
    for verb, rows in (("insert", session.new), ("update", session.dirty), ("delete", session.deleted)):
        for row in rows:
            if isinstance(row, BusinessRow):
                changed = _fields(inspect(row), verb, row.derived)
                if changed:
                    yield verb, row, changed


def _fields(state: InstanceState[Any], verb: str, derived: frozenset[str]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name in state.mapper.columns.keys():  # noqa: SIM118 - a column collection iterates over columns
        if name in derived or name == "id":
            continue
        if verb == "insert":
            changed[name] = [None, plain(state.dict.get(name))]
        elif verb == "delete":
            changed[name] = [plain(state.dict.get(name)), None]
        else:
            history = state.attrs[name].history
            if history.has_changes():
                before = history.deleted[0] if history.deleted else None
                changed[name] = [plain(before), plain(history.added[0] if history.added else None)]
    return changed


def plain(value: object) -> object:
    """A value as JSON keeps it; bytes stand in the journal by their hash only."""
    if isinstance(value, bytes):
        return f"sha256:{hashlib.sha256(value).hexdigest()}"
    return value.isoformat() if isinstance(value, date) else value


def _hash_of(row: AnyOperation | Row[*tuple[Any, ...]]) -> str:
    return hash_of({name: getattr(row, name) for name in _CHAINED})


def hash_of(operation: Mapping[str, Any]) -> str:
    """The hash of an operation over all that is chained of it."""
    text = _CANONICAL.encode([operation[name] for name in _CHAINED])
    return hashlib.sha256(text.encode()).hexdigest()

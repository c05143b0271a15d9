"""The journal: one append-only operation per committed change, written by one flush listener.

Each device's operations form a chain: ``hash`` is SHA-256 over the operation's canonical JSON, which
holds the hash before it. Changes of schema ``psy`` go to psy's own journal and chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import event, insert, inspect, select
from sqlalchemy.orm import InstanceState, Session, UOWTransaction

from profdesk.domain.access import Actor
from profdesk.storage.clock import HybridClock
from profdesk.storage.models import AnyOperation, BusinessRow, OperationRow, PsyOperationRow, new_id

FIRST = "0" * 64
_INFO = "journal"
_CHAINED = ("id", "clock", "device", "actor", "batch", "verb", "table_name", "record", "fields", "previous")

Operation = type[AnyOperation]


@dataclass
class Journal:
    """What one unit of work writes under: who, on which device, in which batch."""

    device: str
    actor: Actor
    clock: HybridClock
    batch: str = field(default_factory=new_id)
    heads: dict[Operation, str] = field(default_factory=dict)

    def attach(self, session: Session) -> None:
        """Journal every flush of the session."""
        session.info[_INFO] = self
        event.listen(session, "after_flush", _write)

    def head(self, session: Session, journal: Operation) -> str:
        """The hash the next operation of this device follows."""
        if journal not in self.heads:
            query = select(journal.hash).where(journal.device == self.device)
            self.heads[journal] = session.scalar(query.order_by(journal.seq.desc()).limit(1)) or FIRST
        return self.heads[journal]


def last_reading(session: Session, journal: Operation = OperationRow) -> str | None:
    """The latest clock reading in a journal, to start the clock from."""
    return session.scalar(select(journal.clock).order_by(journal.seq.desc()).limit(1))


def broken_link(session: Session, journal: Operation = OperationRow) -> int | None:
    """Find the first operation (its number) whose hash or predecessor does not fit; None if all do."""
    heads: dict[str, str] = {}
    for row in session.scalars(select(journal).order_by(journal.seq)):
        values = {name: getattr(row, name) for name in _CHAINED}
        if row.previous != heads.get(row.device, FIRST) or row.hash != _hash(values):
            return row.seq
        heads[row.device] = row.hash
    return None


def _write(session: Session, _context: UOWTransaction) -> None:
    journal: Journal = session.info[_INFO]
    written: dict[Operation, list[dict[str, Any]]] = {}
    for verb, row, changed in _changes(session):
        kind: Operation = PsyOperationRow if row.__table__.schema == "psy" else OperationRow
        operation = {
            "id": new_id(),
            "clock": journal.clock.tick(),
            "device": journal.device,
            "actor": journal.actor.id,
            "batch": journal.batch,
            "verb": verb,
            "table_name": row.__tablename__,
            "record": row.id,
            "fields": json.dumps(changed, ensure_ascii=False, separators=(",", ":")),
            "previous": journal.head(session, kind),
        }
        journal.heads[kind] = operation["hash"] = _hash(operation)
        written.setdefault(kind, []).append(operation)
    for kind, operations in written.items():
        session.execute(insert(kind), operations)


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


def _hash(operation: dict[str, Any]) -> str:
    text = json.dumps([operation[name] for name in _CHAINED], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

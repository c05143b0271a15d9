"""Taking back a whole batch of the journal: each of its operations is turned round, the last one first.

What is turned round is journaled like any other change, so it can be taken back in its turn. Nothing is
taken back where a record no longer stands as the batch left it, or somebody has built on it since: that
is told as ``Obstacle`` and left to a person. What was done and undone in between is no obstacle.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Date, LargeBinary, select
from sqlalchemy.orm import Session

from profdesk.storage.journal import plain
from profdesk.storage.models import BusinessRow, OperationRow
from profdesk.storage.register_models import ROWS, AttachmentRow
from profdesk.storage.summary_models import ReceivedSummaryRow, SummarySignatureRow

_APART = frozenset({"batch", "roster_layout"})
"""Tables that are no part of what an act did: the acts themselves, and what was learnt about columns."""
_SHARED = frozenset({"study_group"})
"""Rows that stay if others use them by now: a class made by one list may hold pupils of another."""
_WITHDRAWN = (SummarySignatureRow, ReceivedSummaryRow)
"""Rows that stay as withdrawn: the journal knows their bytes by the hash only and could not write them again."""
_LOOSE = {("activity", "type"): "own_type"}
"""Links without a foreign key, since what they name need not be a row: the types that the program ships are none."""
_AT_ONCE = 500

Table = type[BusinessRow]


@dataclass(frozen=True)
class Obstacle:
    """A record of the batch that was changed, or is used by another record, since then."""

    table: str
    record: str


def obstacles(session: Session, batch: str) -> Sequence[Obstacle]:
    """What stands against taking the batch back; empty if nothing does."""
    done = _operations(session, batch)
    tables = _tables()
    found = [*_changed_since(session, done)]
    made: dict[str, set[str]] = {}
    written: dict[tuple[str, str], set[str]] = {}
    for operation in done:
        if operation.verb == "insert":
            made.setdefault(operation.table_name, set()).add(operation.record)
        for name in json.loads(operation.fields):
            written.setdefault((operation.table_name, name), set()).add(operation.record)
    for name, records in made.items():
        if name not in _SHARED:
            found += [Obstacle(name, record) for record in _used_by_others(session, tables[name], records, written)]
    return [*found, *_files_since(session, made)]


def reverse(session: Session, batch: str) -> frozenset[str]:
    """Turn the batch round; gives the names of the tables it changed. Ask for ``obstacles`` first."""
    tables = _tables()
    touched: set[str] = set()
    done = _operations(session, batch)
    concerned: dict[str, set[str]] = {}
    for operation in done:
        concerned.setdefault(operation.table_name, set()).add(operation.record)
    rows = {name: _rows(session, tables[name], records) for name, records in concerned.items()}
    for (name, _), together in groupby(reversed(done), key=lambda one: (one.table_name, one.verb)):
        changed = [_turn_round(session, tables[name], rows[name], operation) for operation in together]
        session.flush()  # in this order: a pupil is there again before the pupil's class is
        if any(changed):
            touched.add(name)
    return frozenset(touched)


def pupils(session: Session, batch: str) -> frozenset[str]:
    """The ids of all pupils that a batch made, changed, or whose records it made, changed or deleted."""
    found: set[str] = set()
    changed: dict[str, set[str]] = {}
    tables = _tables()
    for operation in _operations(session, batch):
        if operation.table_name == "pupil":
            found.add(operation.record)
        found |= {one for one in json.loads(operation.fields).get("pupil_id", ()) if one is not None}
        changed.setdefault(operation.table_name, set()).add(operation.record)
    for name, records in changed.items():
        table, ordered = tables[name], sorted(records)
        if "pupil_id" in table.__table__.columns:
            for start in range(0, len(ordered), _AT_ONCE):
                query = select(table.__table__.c.pupil_id).where(table.id.in_(ordered[start : start + _AT_ONCE]))
                found |= set(session.scalars(query))
    return frozenset(found)


def newcomers(session: Session, batch: str) -> frozenset[str]:
    """The ids of the pupils whom a batch made."""
    return records(session, batch, ("pupil",))[0]


def records(session: Session, batch: str, tables: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of those records of some tables that a batch made, and of the others that it changed."""
    query = select(OperationRow.verb, OperationRow.record).where(
        OperationRow.batch == batch, OperationRow.table_name.in_(tables)
    )
    done = session.execute(query).all()
    made = frozenset(record for verb, record in done if verb == "insert")
    return made, frozenset(record for _, record in done) - made


def _tables() -> Mapping[str, Table]:
    return {mapper.class_.__tablename__: mapper.class_ for mapper in BusinessRow.registry.mappers}


def _operations(session: Session, batch: str) -> Sequence[OperationRow]:
    query = select(OperationRow).where(OperationRow.batch == batch).order_by(OperationRow.seq)
    return [operation for operation in session.scalars(query) if operation.table_name not in _APART]


def _changed_since(session: Session, done: Sequence[OperationRow]) -> Iterable[Obstacle]:
    """Records that no longer stand as the batch left them."""
    left: dict[str, dict[str, dict[str, Any] | None]] = {}
    for operation in done:
        records = left.setdefault(operation.table_name, {})
        if operation.verb == "delete":
            records[operation.record] = None
        else:
            after = {name: value for name, (_, value) in json.loads(operation.fields).items()}
            records[operation.record] = {**(records.get(operation.record) or {}), **after}
    for name, records in left.items():
        rows = _rows(session, _tables()[name], records)
        for record, fields in records.items():
            if not _stands(rows.get(record), fields):
                yield Obstacle(name, record)


def _rows(session: Session, table: Table, ids: Iterable[str]) -> dict[str, BusinessRow]:
    ordered = sorted(ids)
    found: dict[str, BusinessRow] = {}
    for start in range(0, len(ordered), _AT_ONCE):
        query = select(table).where(table.id.in_(ordered[start : start + _AT_ONCE]))
        found |= {row.id: row for row in session.scalars(query)}
    return found


def _stands(row: BusinessRow | None, left: Mapping[str, Any] | None) -> bool:
    """Whether a record is as it was left; None is one that was deleted."""
    if row is None or left is None:
        return row is None and left is None
    return all(plain(getattr(row, name)) == value for name, value in left.items())


def _used_by_others(
    session: Session, table: Table, ids: set[str], written: Mapping[tuple[str, str], set[str]]
) -> set[str]:
    """Those of a table's records that are referred to by what the batch did not write, told by table and column."""
    used: set[str] = set()
    ordered = sorted(ids)
    for other in _tables().values():
        for column in other.__table__.columns:
            links = {key.column.table.name for key in column.foreign_keys}
            if table.__tablename__ not in (*links, _LOOSE.get((other.__tablename__, column.name))):
                continue
            for start in range(0, len(ordered), _AT_ONCE):
                part = ordered[start : start + _AT_ONCE]
                query = select(other.id, column).where(column.in_(part))
                own = written.get((other.__tablename__, column.name), set())
                used |= {target for record, target in session.execute(query) if record not in own}
    return used


def _files_since(session: Session, made: Mapping[str, set[str]]) -> Iterable[Obstacle]:
    """Files that entries made by the batch got otherwise: they would belong to nothing."""
    own = made.get(AttachmentRow.__tablename__, set())
    for code, table in ROWS.items():
        ordered = sorted(made.get(table.__tablename__, ()))
        for start in range(0, len(ordered), _AT_ONCE):
            query = select(AttachmentRow.id).where(
                AttachmentRow.register == code,
                AttachmentRow.entry.in_(ordered[start : start + _AT_ONCE]),
                AttachmentRow.withdrawn_at.is_(None),
            )
            yield from (Obstacle("attachment", one) for one in session.scalars(query) if one not in own)


def _turn_round(session: Session, table: Table, rows: dict[str, BusinessRow], operation: OperationRow) -> bool:
    """Turn one change round in the table's ``rows``, which are kept as they come to be."""
    row = rows.get(operation.record)
    fields: dict[str, list[Any]] = json.loads(operation.fields)
    if operation.verb == "delete":
        values = {name: _value(table, name, before) for name, (before, _) in fields.items()}
        rows[operation.record] = table(id=operation.record, **values)
        session.add(rows[operation.record])
        return True
    if row is None:
        return False
    if operation.verb == "update":
        for name, (before, _) in fields.items():
            setattr(row, name, _value(table, name, before))
        return True
    if table.__tablename__ in _SHARED and _used_by_others(session, table, {row.id}, {}):
        return False
    if isinstance(row, _WITHDRAWN):
        row.withdrawn_at = datetime.now(UTC).isoformat()
        return True
    session.delete(rows.pop(row.id))
    return True


def _value(table: Table, name: str, said: Any) -> Any:
    """A value as its column keeps it, from what the journal says of it."""
    kind = table.__table__.columns[name].type
    if isinstance(kind, LargeBinary) and said is not None:
        raise ValueError(f"{table.__tablename__}.{name} stands in the journal by its hash only")
    return date.fromisoformat(said) if isinstance(kind, Date) and said is not None else said

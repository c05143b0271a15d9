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
from typing import Any, TypeVar

from sqlalchemy import Date, LargeBinary, select
from sqlalchemy.orm import Session

from profdesk.domain.professions import is_of_programme
from profdesk.domain.undo_rights import Touched
from profdesk.storage import exchange_shapes
from profdesk.storage.exchange_models import AliasRow, PsyAliasRow
from profdesk.storage.journal import plain
from profdesk.storage.models import AnyOperation, BusinessRow, OperationRow, PsyOperationRow
from profdesk.storage.register_models import ROWS, AttachmentRow
from profdesk.storage.summary_models import ReceivedSummaryRow, SummarySignatureRow

_APART = frozenset({"batch", "roster_layout", "deed"})
"""Tables that are no part of what an act did: the acts themselves, what was learnt about columns, what was printed."""
_SHARED = frozenset({"study_group"})
"""Rows that stay if others use them by now: a class made by one list may hold pupils of another."""
_PASSING = frozenset({"group_teacher"})
"""Rows that may be taken away by anybody meanwhile: a class led by another user hinders no act being undone."""
_WITHDRAWN = (SummarySignatureRow, ReceivedSummaryRow)
"""Rows that stay as withdrawn: the journal knows their bytes by the hash only and could not write them again."""
_LOOSE = {("activity", "type"): "own_type"}
"""Links without a foreign key, since what they name need not be a row: the types that the program ships are none."""
_AT_ONCE = 500

Table = type[BusinessRow]
Kind = TypeVar("Kind", bound=BusinessRow)
Journal = type[AnyOperation]


@dataclass(frozen=True)
class Obstacle:
    """A record of the batch that was changed, or is used by another record, since then."""

    table: str
    record: str


@dataclass(frozen=True)
class _Done:
    """An operation as it is told by now: a link names the row that tells of what it named."""

    verb: str
    table_name: str
    record: str
    fields: Mapping[str, Sequence[Any]]


def obstacles(session: Session, batch: str, journal: Journal = OperationRow) -> Sequence[Obstacle]:
    """What stands against taking the batch back; empty if nothing does."""
    done = _operations(session, batch, journal)
    tables = tables_by_name()
    found = [*_changed_since(session, done)]
    made: dict[str, set[str]] = {}
    written: dict[tuple[str, str], set[str]] = {}
    for operation in done:
        if operation.verb == "insert":
            made.setdefault(operation.table_name, set()).add(operation.record)
        for name in operation.fields:
            written.setdefault((operation.table_name, name), set()).add(operation.record)
    for name, records in made.items():
        if name not in _SHARED:
            found += [Obstacle(name, record) for record in _used_by_others(session, tables[name], records, written)]
    return [*found, *_files_since(session, made)]


def reverse(session: Session, batch: str, journal: Journal = OperationRow) -> frozenset[str]:
    """Turn the batch round; gives the names of the tables it changed. Ask for ``obstacles`` first."""
    tables = tables_by_name()
    touched: set[str] = set()
    done = _operations(session, batch, journal)
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


def touched(session: Session, batch: str, journal: Journal = OperationRow) -> frozenset[Touched]:
    """What a batch wrote: the tables with the fields, files of entries as part of their register."""
    codes = {table.__tablename__: code for code, table in ROWS.items()}
    found: set[Touched] = set()
    files: set[str] = set()
    psy = journal is PsyOperationRow
    for operation in _operations(session, batch, journal):
        if operation.table_name == AttachmentRow.__tablename__:
            files.add(operation.record)
        else:
            fields = frozenset(operation.fields)
            found.add(Touched(operation.table_name, fields, codes.get(operation.table_name, ""), psy))
    for register in {row.register for row in _rows(session, AttachmentRow, files).values()}:
        found.add(Touched(AttachmentRow.__tablename__, frozenset(), register))
    return frozenset(found)


def authors(session: Session, batch: str, journal: Journal = OperationRow) -> frozenset[str]:
    """The ids of the users who wrote a batch: one, but for an id that no batch has."""
    return frozenset(session.scalars(select(journal.actor).where(journal.batch == batch).distinct()))


def pupils(session: Session, batch: str, journal: Journal = OperationRow) -> frozenset[str]:
    """The ids of all pupils that a batch made, changed, or whose records it made, changed or deleted."""
    found: set[str] = set()
    changed: dict[str, set[str]] = {}
    tables = tables_by_name()
    for operation in _operations(session, batch, journal):
        if operation.table_name == "pupil":
            found.add(operation.record)
        found |= {one for one in operation.fields.get("pupil_id", ()) if one is not None}
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
        OperationRow.batch == batch, OperationRow.table_name.in_(tables), OperationRow.erased.is_(None)
    )
    done = session.execute(query).all()
    made = frozenset(record for verb, record in done if verb == "insert")
    return made, frozenset(record for _, record in done) - made


def tables_by_name() -> Mapping[str, Table]:
    """Every business table by its name."""
    return {mapper.class_.__tablename__: mapper.class_ for mapper in BusinessRow.registry.mappers}


def _operations(session: Session, batch: str, journal: Journal) -> Sequence[_Done]:
    """What a batch did, as far as it is known: what an erasure emptied is passed over, so nobody comes back.

    Records that another row tells of by now were made elsewhere as well, so they stay; what was changed of them was
    changed of that row.
    """
    schema = "psy" if journal is PsyOperationRow else "main"
    aliases: type[AliasRow | PsyAliasRow] = PsyAliasRow if journal is PsyOperationRow else AliasRow
    told = {
        (table, record): row
        for table, record, row in session.execute(select(aliases.table_name, aliases.record, aliases.row))
    }
    links = {shape.table: shape.links for shape in exchange_shapes.shapes(schema)}
    query = select(journal).where(journal.batch == batch, journal.erased.is_(None)).order_by(journal.seq)
    found = [one for one in session.scalars(query) if one.table_name not in _APART and not _names_profession(one)]
    own = {(one.table_name, one.record) for one in found}
    done: list[_Done] = []
    for one in found:
        named = {name: link.table for name, link in links.get(one.table_name, {}).items()}
        fields = {
            name: [told.get((named[name], value), value) if name in named else value for value in values]
            for name, values in json.loads(one.fields).items()
        }
        row = told.get((one.table_name, one.record))
        if row is None or (one.verb == "update" and (one.table_name, row) not in own):
            done.append(_Done(one.verb, one.table_name, row or one.record, fields))
    return done


def _names_profession(one: AnyOperation) -> bool:
    """Whether it gives a row to what the programme names: no part of what an act did, others may link to it by now."""
    return one.table_name == "profession" and one.verb == "insert" and is_of_programme(one.record)


def _changed_since(session: Session, done: Sequence[_Done]) -> Iterable[Obstacle]:
    """Records that no longer stand as the batch left them."""
    left: dict[str, dict[str, dict[str, Any] | None]] = {}
    for operation in done:
        records = left.setdefault(operation.table_name, {})
        if operation.verb == "delete":
            records[operation.record] = None
        else:
            after = {name: value for name, (_, value) in operation.fields.items()}
            records[operation.record] = {**(records.get(operation.record) or {}), **after}
    for name, records in left.items():
        rows = _rows(session, tables_by_name()[name], records)
        for record, fields in records.items():
            passed = name in _PASSING and record not in rows
            if not passed and not _stands(rows.get(record), fields):
                yield Obstacle(name, record)


def _rows(session: Session, table: type[Kind], ids: Iterable[str]) -> dict[str, Kind]:
    ordered = sorted(ids)
    found: dict[str, Kind] = {}
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
    for other in tables_by_name().values():
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


def _turn_round(session: Session, table: Table, rows: dict[str, BusinessRow], operation: _Done) -> bool:
    """Turn one change round in the table's ``rows``, which are kept as they come to be."""
    row = rows.get(operation.record)
    fields = operation.fields
    if operation.verb == "delete":
        values = {name: value_of(table, name, before) for name, (before, _) in fields.items()}
        rows[operation.record] = table(id=operation.record, **values)
        session.add(rows[operation.record])
        return True
    if row is None:
        return False
    if operation.verb == "update":
        for name, (before, _) in fields.items():
            setattr(row, name, value_of(table, name, before))
        return True
    if table.__tablename__ in _SHARED and _used_by_others(session, table, {row.id}, {}):
        return False
    if isinstance(row, _WITHDRAWN):
        row.withdrawn_at = datetime.now(UTC).isoformat()
        return True
    session.delete(rows.pop(row.id))
    return True


def value_of(table: Table, name: str, said: Any) -> Any:
    """A value as its column keeps it, from what the journal says of it."""
    kind = table.__table__.columns[name].type
    if isinstance(kind, LargeBinary) and said is not None:
        raise ValueError(f"{table.__tablename__}.{name} stands in the journal by its hash only")
    return date.fromisoformat(said) if isinstance(kind, Date) and said is not None else said

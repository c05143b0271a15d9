"""What stands of records, told anew in the journal once an erasure has emptied operations that told it.

Without that nobody who brings the journals together could say any more what the rows of others hold in which a name
was blotted out, or that a certificate's number was given. The batch of what is told so is the erasure's id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.exchange_state import Place
from profdesk.domain.operations import Operation, Value, Verb
from profdesk.storage import journal
from profdesk.storage.exchange_models import AliasRow, PsyAliasRow
from profdesk.storage.exchange_rows import JOURNALS, Rows, parts
from profdesk.storage.people_models import ErasureRow


def places(session: Session, kind: journal.Operation, numbers: Sequence[int]) -> frozenset[Place]:
    """The records that some operations are about."""
    found: set[Place] = set()
    for part in parts(numbers):
        query = select(kind.table_name, kind.record).where(kind.seq.in_(part))
        found.update((table, record) for table, record in session.execute(query))
    return frozenset(found)


def tell(session: Session, schema: str, emptied: Collection[Place], act: tuple[str, str]) -> None:
    """Tell of these records whatever the rows that stand hold and their operations do not say any more."""
    rows, aliases = Rows(session, schema), AliasRow if schema == "main" else PsyAliasRow
    query = select(aliases.table_name, aliases.record, aliases.row)
    told_by = {(table, record): (table, row) for table, record, row in session.execute(query)}
    there = rows.read(told_by.get(place, place) for place in emptied if place[0] in rows.tables)
    known: dict[Place, list[Operation]] = {place: [] for place in there}
    for one in rows.operations(there):
        known[one.table, one.record].append(one)
    for place, row in sorted(there.items()):
        made, values = _told(known[place])
        missing = {name: [None, value] for name, value in row.items() if name not in values or values[name] != value}
        if missing or not made:
            changed = missing or {name: [None, value] for name, value in row.items()}
            verb = Verb.UPDATE if made else Verb.INSERT
            journal.tell(session, JOURNALS[schema], verb.value, place, changed, act)


def after_erasures(session: Session, *, psy: bool) -> None:
    """The same for every record that any erasure has emptied."""
    authors = {row.id: row.actor for row in session.scalars(select(ErasureRow))}
    for schema in ("main", "psy") if psy else ("main",):
        kind = JOURNALS[schema]
        query = select(kind.erased, kind.table_name, kind.record).where(kind.erased.is_not(None)).distinct()
        found: dict[str, set[Place]] = {}
        for erasure, table, record in session.execute(query):
            found.setdefault(str(erasure), set()).add((table, record))
        for erasure in sorted(found.keys() & authors.keys()):
            tell(session, schema, found[erasure], (authors[erasure], erasure))


def _told(operations: Iterable[Operation]) -> tuple[bool, dict[str, Value]]:
    """Whether operations say that a record was made, and what they say of its fields."""
    made, values = False, dict[str, Value]()
    for one in sorted(operations, key=lambda one: one.order):
        if one.verb is not Verb.DELETE:
            made = made or (one.verb is Verb.INSERT and bool(one.fields))
            values.update((name, after) for name, (_, after) in one.fields.items())
    return made, values

"""What was taken in taken out again: the operations leave the journal, as long as nothing was built on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from profdesk.domain.exchange_state import Place
from profdesk.domain.operations import Verb
from profdesk.storage import blobs, database
from profdesk.storage.clock_corrections import SCHEMAS
from profdesk.storage.exchange_rows import JOURNALS
from profdesk.storage.models import AnyOperation, table_of

Spans = Mapping[str, tuple[int, int]]
"""First and last ``seq`` by journal."""
_APART = frozenset({"deed", "batch"})
"""Tables that tell of work and are none: what they say is built on nothing, but follows in its chain like anything."""
_FOR_EVER = frozenset({"erasure", "erased_pupil", "erasure_tally"})
"""Tables whose operations are never taken out: what they say was destroyed is gone."""


@dataclass(frozen=True)
class Brought:
    """What a file brought into a journal."""

    places: frozenset[Place]
    records: frozenset[str]
    """Ids of those that it made."""
    chains: Mapping[str, int]
    """The first number by computer."""
    files: frozenset[str]
    """The SHA-256 of those that its operations may speak of."""
    is_for_ever: bool
    """Whether an erasure is among them, or one has emptied some of them: how many it emptied is told."""


_NOTHING = Brought(frozenset(), frozenset(), {}, frozenset(), is_for_ever=False)


def brought(session: Session, name: str, span: tuple[int, int]) -> Brought:
    """What operations of a span are about."""
    kind = JOURNALS[SCHEMAS[name]]
    columns = (kind.device, kind.number, kind.verb, kind.table_name, kind.record, kind.fields, kind.erased)
    places, records, chains, files, emptied = set[Place](), set[str](), dict[str, int](), set[str](), False
    query = select(*columns).where(kind.seq.between(*span))
    for device, number, verb, table, record, fields, erased in session.execute(query):
        places.add((table, record))
        files.update(blobs.named_in(fields))
        chains[device] = min(number, chains.get(device, number))
        if verb == Verb.INSERT:
            records.add(record)
        emptied = emptied or erased is not None or table in _FOR_EVER
    return Brought(frozenset(places), frozenset(records), chains, frozenset(files), emptied)


def is_built_on(session: Session, names: tuple[str, ...], spans: Spans, found: Mapping[str, Brought]) -> bool:
    """Whether operations that stay follow those of the spans, are about the same records, or name what they made."""
    made = frozenset(record for one in found.values() for record in one.records)
    for name in names:
        here = found.get(name, _NOTHING)
        for device, number, table, record, fields in _others(session, JOURNALS[SCHEMAS[name]], spans.get(name)):
            if number > here.chains.get(device, number):
                return True
            if table not in _APART and ((table, record) in here.places or not made.isdisjoint(_values(fields))):
                return True
    return False


def take_out(session: Session, name: str, span: tuple[int, int]) -> None:
    """Let the operations of a span leave a journal."""
    kind, schema, connection = JOURNALS[SCHEMAS[name]], SCHEMAS[name], session.connection()
    with database.rewritable(connection, kind.__tablename__, schema):
        connection.execute(delete(table_of(kind)).where(table_of(kind).c.seq.between(*span)))


def _others(
    session: Session, kind: type[AnyOperation], span: tuple[int, int] | None
) -> Iterator[tuple[str, int, str, str, str]]:
    """The operations after a span, all of them where there is none; what lay there before cannot know of it."""
    columns = (kind.device, kind.number, kind.table_name, kind.record, kind.fields)
    query = select(*columns)
    if span is not None:
        query = query.where(kind.seq > span[1])
    for row in session.execute(query).yield_per(1_000):
        yield row.device, row.number, row.table_name, row.record, row.fields


def _values(fields: str) -> Iterator[str]:
    for pair in json.loads(fields).values():
        yield from (value for value in pair if isinstance(value, str))

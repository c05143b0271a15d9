"""What was recorded of pupils of whom some kinds of records had been destroyed, by whoever knew of that: it stays.

A computer knows of an erasure from its own line on in its chain: that of the erasure where it was decided, elsewhere
the one of what it counted there. Its clock never goes back, so what it wrote since has later readings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.erasure import ErasureKind
from profdesk.domain.operations import Verb
from profdesk.domain.retention import RecordKind
from profdesk.storage.erasure_plan import CHILDREN, OF_PUPIL
from profdesk.storage.exchange_models import ComputerRow, ErasureTallyRow
from profdesk.storage.journal import Operation
from profdesk.storage.models import OperationRow
from profdesk.storage.people_models import ErasedPupilRow, ErasureRow

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass(frozen=True)
class Renewed:
    """Records by table, and the numbers of the operations by which they stand."""

    records: Mapping[str, frozenset[str]] = field(default_factory=dict)
    operations: frozenset[int] = frozenset()


NOTHING_RENEWED = Renewed()
NOTHING_WAITS: Mapping[str, Mapping[str, str]] = {}


class _Written(NamedTuple):
    seq: int
    table: str
    record: str
    verb: str
    fields: str


def find(session: Session, journal: Operation, erasure: str, wanted: Mapping[RecordKind, frozenset[str]]) -> Renewed:
    """Look through one of the journals for what was made of pupils of whom nothing but some kinds was to go.

    An erasure that repeats what others had decided, since an older copy brought it back, destroys no more than those.
    """
    known = _known_since(session, erasure)
    records: dict[str, frozenset[str]] = {}
    operations = frozenset[int]()
    for acts, part in _by_repeated(session, erasure, wanted).items():
        found = _find(session, journal, {**known, **_known_of_all(session, acts)}, part)
        records |= {name: records.get(name, frozenset()) | made for name, made in found.records.items()}
        operations |= found.operations
    return Renewed(records, operations)


def known_by(
    session: Session, erasure: str, pupil: str, kind: RecordKind, waiting: Mapping[str, Mapping[str, str]]
) -> Mapping[str, str]:
    """The reading at which each computer came to know that a pupil's records of a kind were to go.

    ``waiting``: the same, by erasure and computer, of what came and is in no journal yet.
    """
    (repeated,) = _by_repeated(session, erasure, {kind: frozenset({pupil})})
    own = {**waiting.get(erasure, {}), **_known_since(session, erasure)}
    return {**own, **_known_of_all(session, repeated, waiting)}


def _by_repeated(
    session: Session, erasure: str, wanted: Mapping[RecordKind, frozenset[str]]
) -> Mapping[frozenset[str], Mapping[RecordKind, frozenset[str]]]:
    """What is to go, by the erasures that this one repeats: by none if it was decided for itself."""
    act = session.get(ErasureRow, erasure)
    if act is None or act.kind != ErasureKind.RESTORED:
        return {frozenset(): wanted} if wanted else {}
    earlier = list(_lines_before(session, erasure))
    found: dict[frozenset[str], dict[RecordKind, frozenset[str]]] = {}
    for kind, pupils in wanted.items():
        for pupil in pupils:
            acts = frozenset(one.erasure for one in earlier if one.pupil == pupil and kind in one.kinds)
            part = found.setdefault(acts, {})
            part[kind] = part.get(kind, frozenset()) | {pupil}
    return found


class _Line(NamedTuple):
    erasure: str
    pupil: str
    kinds: frozenset[str]


def _lines_before(session: Session, erasure: str) -> Iterator[_Line]:
    """What erasures were to destroy that had been decided before another one was, wherever that was."""
    decided = select(OperationRow.record, OperationRow.counts_as).where(
        OperationRow.verb == Verb.INSERT, OperationRow.table_name == ErasureRow.__tablename__
    )
    readings = dict(session.execute(decided).all())
    until = readings.get(erasure, "")
    for row in session.scalars(select(ErasedPupilRow)):
        if readings.get(row.erasure_id, until) < until:
            yield _Line(row.erasure_id, row.pupil_id, frozenset(row.kinds.split(",")))


def _known_of_all(
    session: Session, erasures: Iterable[str], waiting: Mapping[str, Mapping[str, str]] = NOTHING_WAITS
) -> Mapping[str, str]:
    """The reading at which each computer knew of the last of some erasures that it knows of."""
    found: dict[str, str] = {}
    for one in erasures:
        for device, clock in {**waiting.get(one, {}), **_known_since(session, one)}.items():
            found[device] = max(clock, found.get(device, clock))
    return found


def _find(
    session: Session, journal: Operation, since: Mapping[str, str], wanted: Mapping[RecordKind, frozenset[str]]
) -> Renewed:
    written = list(_written_since(session, journal, since)) if since else []
    found: dict[str, set[str]] = {}
    for kind, pupils in wanted.items():
        for table in OF_PUPIL[kind]:
            name = table.__tablename__
            found[name] = {one.record for one in written if _makes(one, name) and pupils & set(_ID.findall(one.fields))}
    for child in CHILDREN:
        name = child.table.__tablename__
        parents = set[str]().union(*(found.get(one.__tablename__, set()) for one in child.parents))
        made = (one for one in written if _makes(one, name))
        found[name] = {one.record for one in made if json.loads(one.fields)[child.column][1] in parents}
    return Renewed(
        {name: frozenset(records) for name, records in found.items() if records},
        frozenset(one.seq for one in written if one.record in found.get(one.table, ())),
    )


def _makes(one: _Written, table: str) -> bool:
    return one.table == table and one.verb == Verb.INSERT


def _known_since(session: Session, erasure: str) -> Mapping[str, str]:
    """The reading at which each computer, by each of its ids, came to know of an erasure."""
    tallies = select(ErasureTallyRow.id).where(ErasureTallyRow.erasure_id == erasure)
    told = select(OperationRow.device, OperationRow.clock).where(
        OperationRow.verb == Verb.INSERT,
        OperationRow.table_name.in_((ErasureRow.__tablename__, ErasureTallyRow.__tablename__)),
        (OperationRow.record == erasure) | OperationRow.record.in_(tallies),
    )
    fresh = dict(session.execute(select(ComputerRow.id, ComputerRow.replaced_by)).all())
    found: dict[str, str] = {}
    for device, clock in session.execute(told):
        at: str | None = device
        while at is not None:
            found[at] = min(clock, found.get(at, clock))
            at = fresh.get(at)
    return found


def _written_since(session: Session, journal: Operation, since: Mapping[str, str]) -> Iterator[_Written]:
    acts = select(ErasureRow.id)
    query = select(
        journal.seq, journal.table_name, journal.record, journal.verb, journal.fields, journal.device, journal.clock
    ).where(
        journal.erased.is_(None),
        journal.batch.not_in(acts),
        journal.device.in_(since),
        journal.clock > min(since.values()),
    )
    for seq, table, record, verb, fields, device, clock in session.execute(query.order_by(journal.seq)):
        if clock > since[device]:
            yield _Written(seq, table, record, verb, fields)

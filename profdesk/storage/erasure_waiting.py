"""What waits because of a clock and is about somebody erased: emptied where it waits, as it is sent once emptied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from profdesk.domain.exchange_state import Place
from profdesk.domain.retention import RecordKind
from profdesk.storage import erasure_traces
from profdesk.storage.erasure_plan import CHILDREN, OF_PUPIL
from profdesk.storage.exchange_rows import JOURNALS
from profdesk.storage.journal import EMPTIED
from profdesk.storage.models import PupilRow, new_id
from profdesk.storage.people_models import ErasedPupilRow, ErasureRow
from profdesk.storage.quarantine import Quarantine

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")

Travelling = Mapping[str, Any]


def empty(session: Session, schema: str) -> Mapping[str, frozenset[str]]:
    """Empty what waits of those erased; gives, by erasure, the files (SHA-256) that nothing else speaks of."""
    quarantine = Quarantine(session, schema)
    operations, contents = quarantine.all()
    about = _about(session, schema, operations) if operations else {}
    if not about:
        return {}
    left = [_emptied(one, about[at]) if at in about else one for at, one in enumerate(operations)]
    quarantine.put(left, contents)
    files: dict[str, set[str]] = {erasure: set() for erasure in about.values()}
    for at, erasure in about.items():
        files[erasure] |= set(_unnamed(session, schema, _DIGEST.findall(operations[at]["fields"]), left))
    return {erasure: frozenset(found) for erasure, found in files.items()}


def files(session: Session, schema: str) -> frozenset[str]:
    """The same, the files alone."""
    return frozenset[str]().union(*empty(session, schema).values())


def _emptied(operation: Travelling, erasure: str) -> Travelling:
    return {**operation, "id": new_id(), "fields": EMPTIED, "erased": erasure}


def _about(session: Session, schema: str, operations: Sequence[Travelling]) -> Mapping[int, str]:
    """By whose erasure operations go, by their place among all that wait; those stay that tell anew what stays."""
    erased, acts = _erased(session), set(session.scalars(select(ErasureRow.id)))
    records = dict(erasure_traces.gone(session, psy=schema == "psy")) if erased else {}
    parents = {child.table.__tablename__: {one.__tablename__ for one in child.parents} for child in CHILDREN}
    told = [(at, one) for at, one in enumerate(operations) if one["erased"] is None and one["batch"] not in acts]
    for _, one in sorted(told, key=lambda of: of[1]["table_name"] in parents):
        place: Place = one["table_name"], one["record"]
        ids = {one["record"]} if place[0] == PupilRow.__tablename__ else set(_ID.findall(one["fields"]))
        of = parents.get(place[0], set())
        mine = {record: by for (table, record), by in records.items() if table in of}
        theirs = {**erased.get(place[0], {}), **mine}
        erasure = next((theirs[found] for found in sorted(ids & theirs.keys())), None)
        if erasure is not None:
            records.setdefault(place, erasure)
    places = ((at, (one["table_name"], one["record"])) for at, one in told)
    return {at: records[place] for at, place in places if place in records}


def _erased(session: Session) -> Mapping[str, Mapping[str, str]]:
    """The erasures by pupil, by table that speaks of pupils."""
    found: dict[str, dict[str, str]] = {}
    for row in session.scalars(select(ErasedPupilRow).order_by(ErasedPupilRow.id)):
        for kind in row.kinds.split(","):
            for table in OF_PUPIL[RecordKind(kind)]:
                found.setdefault(table.__tablename__, {})[row.pupil_id] = row.erasure_id
    return found


def _unnamed(session: Session, schema: str, digests: Iterable[str], waiting: Sequence[Travelling]) -> Iterator[str]:
    """Those of some files that nothing in a journal speaks of, and nothing that waits."""
    kind = JOURNALS[schema]
    for digest in digests:
        named = session.scalar(select(exists().where(kind.fields.contains(digest))))
        if not named and not any(digest in one["fields"] for one in waiting):
            yield digest

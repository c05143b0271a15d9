"""What waits because of a clock and is about somebody erased: emptied where it waits, as it is sent once emptied.

What was recorded of a pupil who stays, knowing of the erasure, is none of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from profdesk.domain.exchange_state import Place
from profdesk.domain.operations import Verb
from profdesk.domain.retention import RecordKind
from profdesk.storage import erasure_renewed, erasure_traces
from profdesk.storage.erasure_plan import CHILDREN, OF_PUPIL
from profdesk.storage.exchange_models import ErasureTallyRow
from profdesk.storage.exchange_rows import JOURNALS
from profdesk.storage.journal import EMPTIED
from profdesk.storage.models import PupilRow, new_id
from profdesk.storage.people_models import ErasedPupilRow, ErasureRow
from profdesk.storage.quarantine import Quarantine

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")

_NEVER = "~"
_KINDS = {table.__tablename__: kind for kind, tables in OF_PUPIL.items() for table in tables}
_TOLD_BY = {ErasureRow.__tablename__: None, ErasureTallyRow.__tablename__: "erasure_id"}

Travelling = Mapping[str, Any]
Erased = Mapping[str, Mapping[str, Sequence[str]]]
"""The erasures of each pupil, by table that speaks of pupils."""


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
    """By whose erasure operations go, by their place among all that wait.

    Those stay that tell anew what stays, and those on what was made by whoever knew of each erasure of the pupil.
    """
    erased, acts = _erased(session), set(session.scalars(select(ErasureRow.id)))
    records = dict(erasure_traces.gone(session, psy=schema == "psy")) if erased else {}
    parents = {child.table.__tablename__: {one.__tablename__ for one in child.parents} for child in CHILDREN}
    told = [(at, one) for at, one in enumerate(operations) if one["erased"] is None and one["batch"] not in acts]
    knowing = _Knowing(session, operations, frozenset(erased.get(PupilRow.__tablename__, ())))
    renewed = {_place(one) for _, one in told if knowing.makes(one, erased.get(one["table_name"], {}))}
    for _, one in sorted(told, key=lambda of: of[1]["table_name"] in parents):
        place = _place(one)
        of = parents.get(place[0], set())
        mine = {record: by for (table, record), by in records.items() if table in of}
        theirs = {**{pupil: by[-1] for pupil, by in erased.get(place[0], {}).items()}, **mine}
        erasure = next((theirs[found] for found in sorted(_ids(one) & theirs.keys())), None)
        if erasure is not None and place not in renewed:
            records.setdefault(place, erasure)
    return {at: records[_place(one)] for at, one in told if _place(one) in records}


def _place(one: Travelling) -> Place:
    return one["table_name"], one["record"]


def _ids(one: Travelling) -> set[str]:
    """Whom an operation may be about."""
    return {one["record"]} if one["table_name"] == PupilRow.__tablename__ else set(_ID.findall(one["fields"]))


def _erased(session: Session) -> Erased:
    found: dict[str, dict[str, list[str]]] = {}
    for row in session.scalars(select(ErasedPupilRow).order_by(ErasedPupilRow.id)):
        for kind in row.kinds.split(","):
            for table in OF_PUPIL[RecordKind(kind)]:
                found.setdefault(table.__tablename__, {}).setdefault(row.pupil_id, []).append(row.erasure_id)
    return found


class _Knowing:
    """Who knew of which erasure when, what waits counted in; of those ``gone`` nothing is made anew."""

    def __init__(self, session: Session, operations: Iterable[Travelling], gone: frozenset[str]) -> None:
        self._session = session
        self._gone = gone
        self._waiting: dict[str, dict[str, str]] = {}
        self._known: dict[tuple[str, str, RecordKind], Mapping[str, str]] = {}
        for one in operations:
            if one["table_name"] in _TOLD_BY and one["verb"] == Verb.INSERT and one["erased"] is None:
                field = _TOLD_BY[one["table_name"]]
                erasure = one["record"] if field is None else str(json.loads(one["fields"])[field][1])
                self._waiting.setdefault(erasure, {}).setdefault(one["device"], one["clock"])

    def makes(self, one: Travelling, erased: Mapping[str, Sequence[str]]) -> bool:
        """Whether it made a record of pupils who stay, after what had been before was known to go."""
        kind = _KINDS.get(one["table_name"])
        pupils = _ids(one) & erased.keys()
        if one["verb"] != Verb.INSERT or kind is None or pupils & self._gone:
            return False
        over = [(erasure, pupil) for pupil in pupils for erasure in erased[pupil]]
        return bool(over) and all(one["clock"] > self._of(*each, kind).get(one["device"], _NEVER) for each in over)

    def _of(self, erasure: str, pupil: str, kind: RecordKind) -> Mapping[str, str]:
        place = erasure, pupil, kind
        if place not in self._known:
            self._known[place] = erasure_renewed.known_by(self._session, *place, self._waiting)
        return self._known[place]


def _unnamed(session: Session, schema: str, digests: Iterable[str], waiting: Sequence[Travelling]) -> Iterator[str]:
    """Those of some files that nothing in a journal speaks of, and nothing that waits."""
    kind = JOURNALS[schema]
    for digest in digests:
        named = session.scalar(select(exists().where(kind.fields.contains(digest))))
        if not named and not any(digest in one["fields"] for one in waiting):
            yield digest

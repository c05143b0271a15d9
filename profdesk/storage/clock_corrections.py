"""Clocks that ran ahead: what waits because of them, and what their computers' operations count as instead."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from profdesk.domain import clocks
from profdesk.domain.clocks import Correction
from profdesk.domain.exchange import AHEAD_MS, DESK, PSY
from profdesk.domain.exchange_state import Place
from profdesk.storage import chains, database, exchange_plan
from profdesk.storage.clock import HybridClock
from profdesk.storage.exchange_models import ClockCorrectionRow
from profdesk.storage.exchange_rows import JOURNALS, Rows, by_table, pupils_of
from profdesk.storage.models import table_of
from profdesk.storage.quarantine import Quarantine

TABLE = ClockCorrectionRow.__tablename__
SCHEMAS: Mapping[str, str] = {DESK: "main", PSY: "psy"}
_FIELDS = ("device", "after", "until", "psy_after", "psy_until", "counts_as")

Travelling = Mapping[str, Any]


@dataclass(frozen=True)
class Ahead:
    """Operations of a computer that are ahead: last number before them and the last of them by journal."""

    spans: Mapping[str, tuple[int, int]]
    count: int
    latest: str
    """The greatest of their readings."""


def limit(clock: HybridClock) -> str:
    """The greatest reading that is taken now."""
    return clock.reading_in(AHEAD_MS)


def known(session: Session) -> Sequence[Correction]:
    """The corrections that stand."""
    columns = (getattr(ClockCorrectionRow, name) for name in _FIELDS)
    return [Correction(*row) for row in session.execute(select(*columns).order_by(ClockCorrectionRow.id))]


def parted(
    session: Session, journal: str, operations: Sequence[Travelling], greatest: str
) -> tuple[Sequence[Travelling], Sequence[Travelling]]:
    """Of operations by computer and number, those that are merged, and those that wait: from the first one ahead on.

    Corrections among them count, as long as they do not wait themselves.
    """
    told, there = (one for one in operations if journal == DESK and one["table_name"] == TABLE), known(session)
    among = [(one["device"], one["number"], made) for one in told if (made := _told(one)) is not None]
    while True:
        counting = [*there, *(made for _, _, made in among)]
        first: dict[str, int] = {}
        for one in operations:
            device, number = one["device"], one["number"]
            if clocks.reading(counting, journal, device, number, one["clock"]) > greatest:
                first.setdefault(device, number)

        def waits(device: str, number: int, first: Mapping[str, int] = first) -> bool:
            return device in first and number >= first[device]

        fewer = [one for one in among if not waits(one[0], one[1])]
        if fewer == among:
            waiting = [one for one in operations if waits(one["device"], one["number"])]
            return [one for one in operations if not waits(one["device"], one["number"])], waiting
        among = fewer


def recount(session: Session, journal: str, *, anew: bool = False) -> frozenset[Place]:
    """Let the operations of a journal count as the corrections that stand say; gives the records they are about.

    ``anew``: look also at those that counted by a correction which stands no more.
    """
    there, kind = known(session), JOURNALS[SCHEMAS[journal]]
    which = [and_(kind.device == one.device, kind.number.between(*_closed(one, journal))) for one in there]
    if anew:
        which.append(kind.counts_as != kind.clock)
    if not which:
        return frozenset()
    query = select(kind.seq, kind.device, kind.number, kind.clock, kind.counts_as, kind.table_name, kind.record).where(
        or_(*which)
    )
    wrong = [(row, told) for row in session.execute(query) if (told := _reading(there, journal, row)) != row.counts_as]
    if wrong:
        table, connection = table_of(kind), session.connection()
        with database.rewritable(connection, kind.__tablename__, SCHEMAS[journal]):
            connection.execute(
                table.update().where(table.c.seq == bindparam("at")).values(counts_as=bindparam("told")),
                [{"at": row.seq, "told": told} for row, told in wrong],
            )
    places = {(row.table_name, row.record) for row, _ in wrong}
    return frozenset(place for place in places if place[0] not in exchange_plan.STAYS)


def reorder(session: Session, journal: str, places: Collection[Place]) -> None:
    """Let facts of these records supersede one another as they now follow one another, though no row was changed."""
    rows = Rows(session, SCHEMAS[journal]).read(places)
    chains.relink_after(session, by_table(rows), pupils_of(rows.values()))


def greatest_reading(session: Session, journals: Iterable[str], until: str | None = None) -> str | None:
    """The greatest reading that counts in some journals, of those not beyond ``until``."""
    readings = []
    for journal in journals:
        kind = JOURNALS[SCHEMAS[journal]]
        query = select(func.max(kind.counts_as))
        readings.append(session.scalar(query if until is None else query.where(kind.counts_as <= until)))
    return max(filter(None, readings), default=None)


def ahead(session: Session, journals: Collection[str], greatest: str) -> Mapping[str, Ahead]:
    """What is ahead by computer: what waits, and what stands here all the same, such as what was done here itself."""
    found: dict[str, dict[str, list[tuple[int, str]]]] = {}
    for journal in journals:
        kind = JOURNALS[SCHEMAS[journal]]
        waiting, _ = Quarantine(session, SCHEMAS[journal]).all()
        query = select(kind.device, kind.number, kind.counts_as).where(kind.counts_as > greatest)
        told = [*((one["device"], one["number"], one["clock"]) for one in waiting), *session.execute(query)]
        for device, number, clock in told:
            found.setdefault(device, {}).setdefault(journal, []).append((number, clock))
    return {
        device: Ahead(
            {name: (min(told)[0] - 1, max(told)[0]) for name, told in by_journal.items()},
            sum(map(len, by_journal.values())),
            max(clock for told in by_journal.values() for _, clock in told),
        )
        for device, by_journal in found.items()
    }


def _closed(correction: Correction, journal: str) -> tuple[int, int]:
    after, until = correction.span(journal)
    return after + 1, until


def _reading(corrections: Sequence[Correction], journal: str, row: Row[*tuple[Any, ...]]) -> str:
    return clocks.reading(corrections, journal, row.device, row.number, row.clock)


def _told(operation: Travelling) -> Correction | None:
    """The correction that an operation writes; None if it writes none whole."""
    fields = json.loads(operation["fields"])
    values = [fields.get(name, (None, None))[1] for name in _FIELDS]
    return None if None in values else Correction(*values)

"""Everything that is kept of one child, table by table: the tables are those of the plan of erasure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.audit import Verb
from profdesk.storage import erasure_plan, erasure_traces
from profdesk.storage.clock import moment_of
from profdesk.storage.erasure_plan import FILES, OF_PUPIL, Table, is_psy
from profdesk.storage.journal import Operation, plain
from profdesk.storage.models import OperationRow, PsyOperationRow, PupilRow, table_of
from profdesk.storage.people_models import DeedRow

_TITLES = ("title", "name", "number")
_AT_ONCE = 500
_Line = tuple[str, str, str, str, str, str]
"""Batch, clock, actor, verb, table, record of an operation."""


@dataclass(frozen=True)
class Row:
    """A row with its fields as JSON keeps them."""

    table: str
    fields: Mapping[str, object]
    psy: bool
    sha256: str | None


@dataclass(frozen=True)
class Step:
    """What one user did at once about a child: how many records of which table under which verb."""

    at: datetime
    actor: str
    parts: Mapping[tuple[str, Verb], int]
    deeds: Sequence[tuple[str, str]]


class HeldStore:
    """Reads all of a child and of those who turned out to be the same child."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self, pupil: str, *, psy: bool) -> Sequence[Row]:
        """Every row of every table that speaks of the child; of ``psy`` only if that is asked for."""
        return [
            Row(
                erasure_plan.code(table),
                {name: _said(getattr(row, name)) for name in table_of(table).columns.keys()},  # noqa: SIM118
                is_psy(table),
                row.sha256 if isinstance(row, FILES) else None,
            )
            for table, ids in self._ids(pupil, psy=psy).items()
            for row in self._read(table, ids)
        ]

    def titles(self, rows: Sequence[Row]) -> Mapping[str, str]:
        """What the rows are called that these name by their ids: classes, activities, professions."""
        wanted = {
            value for row in rows for name, value in row.fields.items() if isinstance(value, str) and name != "id"
        }
        found: dict[str, str] = {}
        for table in erasure_plan.tables().values():
            columns = table_of(table).columns
            title = next((name for name in _TITLES if name in columns), None)
            if title is not None and not is_psy(table) and table is not PupilRow:
                said = erasure_traces.pairs(self._session, columns.id, columns[title], wanted)
                found |= {one: words for one, words in said if words}
        return found

    def steps(self, pupil: str, *, psy: bool) -> Sequence[Step]:
        """Who wrote or looked, the latest first: acts on the child's records, and deeds about the child alone."""
        ids = self._ids(pupil, psy=psy)
        ids[DeedRow] = frozenset(self._session.scalars(select(DeedRow.id).where(DeedRow.pupil_id == pupil)))
        names = {erasure_plan.code(table): table for table in ids}
        records = {(table.__tablename__, one): code for code, table in names.items() for one in ids[table]}
        found: list[Step] = []
        for journal in (OperationRow, PsyOperationRow) if psy else (OperationRow,):
            query = select(
                journal.batch, journal.counts_as, journal.actor, journal.verb, journal.table_name, journal.record
            )
            lines = [line for line in self._session.execute(query.order_by(journal.seq)) if line[4:] in records]
            for _, batch in groupby(lines, key=lambda line: line.batch):
                found.append(self._step(list(batch), records))
        return sorted(found, key=lambda step: step.at, reverse=True)

    def _lines(self, journal: Operation, records: Iterable[str]) -> Iterator[_Line]:
        ordered = sorted(records)
        columns = (journal.batch, journal.clock, journal.actor, journal.verb, journal.table_name, journal.record)
        for start in range(0, len(ordered), _AT_ONCE):
            query = select(*columns).where(journal.record.in_(ordered[start : start + _AT_ONCE]))
            yield from (line._tuple() for line in self._session.execute(query))

    def _step(self, lines: Sequence[_Line], records: Mapping[tuple[str, str], str]) -> Step:
        _, clock, actor, *_ = lines[0]
        deeds = [self._session.get_one(DeedRow, line[5]) for line in lines if line[4] == DeedRow.__tablename__]
        changes = [line for line in lines if line[4] != DeedRow.__tablename__]
        parts = Counter((records[line[4], line[5]], Verb(line[3])) for line in changes)
        return Step(moment_of(clock), actor, dict(parts), [(one.kind, one.title) for one in deeds])

    def _ids(self, pupil: str, *, psy: bool) -> dict[Table, frozenset[str]]:
        same = select(PupilRow.id).where((PupilRow.id == pupil) | (PupilRow.merged_into == pupil))
        wanted = dict.fromkeys(OF_PUPIL, frozenset(self._session.scalars(same)))
        found = dict(erasure_traces.rows(self._session, wanted, psy=False))
        return {**found, **erasure_traces.rows(self._session, wanted, psy=True)} if psy else found

    def _read(self, table: Table, ids: Iterable[str]) -> Iterator[object]:
        ordered = sorted(ids)
        for start in range(0, len(ordered), _AT_ONCE):
            yield from self._session.scalars(select(table).where(table.id.in_(ordered[start : start + _AT_ONCE])))


def _said(value: object) -> object:
    return json.loads(value) if isinstance(value, str) and value.startswith('{"') else plain(value)

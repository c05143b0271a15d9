"""Reads both journals by acts: a batch of operations is what one user did at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import groupby, islice, product
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.orm import Session

from profdesk.domain.audit import Act, Chain, Done, Found, Operation, Part, Verb, Wanted
from profdesk.domain.audit_words import tables
from profdesk.domain.deeds import DeedKind
from profdesk.domain.people import PersonName
from profdesk.domain.progress import Progress
from profdesk.storage import journal
from profdesk.storage.clock import moment_of
from profdesk.storage.models import AnyOperation, BusinessRow, GroupRow, OperationRow, PsyOperationRow, PupilRow
from profdesk.storage.people_models import DeedRow, GroupTeacherRow, UserRow
from profdesk.storage.psy_models import AnswerRow, ConclusionRow, SheetRow
from profdesk.storage.register_models import ROWS

_AT_ONCE, _PUPILS, _LOOKED_UP = 500, 20, 2_000
_REGISTERS = {row.__tablename__: code for code, row in ROWS.items()}
_PUPIL = "pupil"
_ON_SHEETS: dict[str, type[BusinessRow]] = {row.__tablename__: row for row in (AnswerRow, ConclusionRow)}
_WHOLE = (Verb.INSERT, Verb.DELETE)
"""These tell all fields of a record."""
_Line = Row[int, str, str, str, str, str, str, str]


class AuditStore:
    """``psy`` says whether the psychologists' journal can be read too."""

    def __init__(self, session: Session, *, psy: bool) -> None:
        self._session = session
        self._journals: tuple[type[AnyOperation], ...] = (OperationRow, PsyOperationRow) if psy else (OperationRow,)

    def acts(self, wanted: Wanted, before: str | None, limit: int) -> Found:
        """At most ``limit`` acts older than the one whose ``reading`` is ``before`` (None: the latest)."""
        found: list[Act] = []
        for kind in self._journals:
            found += islice(self._acts(kind, wanted, before), limit + 1)
        found.sort(key=lambda act: act.reading, reverse=True)
        return Found(tuple(found[:limit]), len(found) > limit)

    def operations(self, act: Act, limit: int) -> Sequence[Operation]:
        """The first operations of an act with what they hold."""
        kind = PsyOperationRow if act.psy else OperationRow
        query = select(kind).where(kind.batch == act.batch).order_by(kind.seq).limit(limit)
        rows = self._session.scalars(query).all()
        pupils = self.whose(kind, {(row.table_name, row.record) for row in rows})
        return [_operation(row, pupils.get((row.table_name, row.record))) for row in rows]

    def group_titles(self, ids: Collection[str]) -> dict[str, str]:
        """What classes are called, by id."""
        rows = self._session.execute(select(GroupRow.id, GroupRow.title).where(GroupRow.id.in_(ids)))
        return dict(iter(rows))

    def pupil_names(self, ids: Set[str]) -> dict[str, str]:
        """Full names of pupils by id, of those merged into another or undone too; who was erased has none."""
        found: dict[str, str] = {}
        for some in _in_parts(ids):
            for row in self._session.scalars(select(PupilRow).where(PupilRow.id.in_(some))):
                found[row.id] = PersonName(row.surname, row.given, row.patronymic).full
        for pupil, held in self._held(OperationRow, ids - found.keys(), "surname"):
            found[pupil] = PersonName(*(held[name] or "" for name in ("surname", "given", "patronymic"))).full
        return found

    def check(self, progress: Progress) -> tuple[Chain, ...]:
        """Whether each journal is whole, hash by hash; ``progress`` counts operations."""
        sizes = {kind: self._session.scalar(select(func.count()).select_from(kind)) or 0 for kind in self._journals}
        chains: list[Chain] = []
        for kind, size in sizes.items():
            before = sum(chain.operations for chain in chains)
            report = partial(_report, progress, before, sum(sizes.values()))
            broken_at = journal.broken_link(self._session, kind, report)
            chains.append(Chain(kind is PsyOperationRow, size, broken_at))
        return tuple(chains)

    def _acts(self, kind: type[AnyOperation], wanted: Wanted, before: str | None) -> Iterator[Act]:
        for _, lines in groupby(self._lines(kind, wanted, before), key=lambda line: line.batch):
            yield self._act(kind, list(lines))

    def _lines(self, kind: type[AnyOperation], wanted: Wanted, before: str | None) -> Iterator[_Line]:
        """Operations from the last to the first, without what they hold."""
        columns = (
            kind.number, kind.counts_as, kind.batch, kind.actor, kind.device, kind.verb, kind.table_name, kind.record,
        )  # fmt: skip
        latest_first = (kind.counts_as.desc(), kind.device.desc(), kind.number.desc())
        query = select(*columns).where(*self._conditions(kind, wanted)).order_by(*latest_first)
        if before is not None:
            reading, device, number = before.split(" ")
            query = query.where(tuple_(kind.counts_as, kind.device, kind.number) < (reading, device, int(number)))
        yield from self._session.execute(query).yield_per(_AT_ONCE)

    def _conditions(self, kind: type[AnyOperation], wanted: Wanted) -> Iterable[ColumnElement[bool]]:
        if wanted.who is not None:
            yield kind.actor == wanted.who
        if wanted.since is not None:
            yield kind.counts_as >= _reading(wanted.since)
        if wanted.until is not None:
            yield kind.counts_as < _reading(wanted.until + timedelta(days=1))
        if wanted.area is not None:
            yield kind.table_name.in_(_tables(tables(wanted.area)))
        if wanted.pupil is not None:
            yield kind.record.in_(self._records(kind, wanted.pupil))

    def _act(self, kind: type[AnyOperation], lines: Sequence[_Line]) -> Act:
        first = lines[-1]
        counted = Counter((line.table_name, line.verb) for line in reversed(lines))
        records = {(line.table_name, line.record) for line in islice(lines, _LOOKED_UP)}
        pupils = sorted(set(self.whose(kind, records).values()))
        return Act(
            batch=first.batch,
            at=moment_of(first.counts_as),
            actor=first.actor,
            device=first.device,
            psy=kind is PsyOperationRow,
            parts=tuple(Part(_REGISTERS.get(table, table), Verb(verb), n) for (table, verb), n in counted.items()),
            done=self._deeds([line.record for line in lines if line.table_name == DeedRow.__tablename__]),
            pupils=tuple(pupils[:_PUPILS]),
            about=len(pupils),
            reading=f"{first.counts_as} {first.device} {first.number:012d}",
            users=self._users(lines),
        )

    def _users(self, lines: Sequence[_Line]) -> tuple[str, ...]:
        """Users who were changed themselves, and those who were given a class or lost one."""
        found = {line.record for line in lines if line.table_name == UserRow.__tablename__}
        given = GroupTeacherRow.__tablename__
        if any(line.table_name == given for line in lines):
            batch = OperationRow.batch == lines[0].batch
            for fields in self._session.scalars(
                select(OperationRow.fields).where(batch, OperationRow.table_name == given)
            ):
                found.update(filter(None, json.loads(fields).get("user_id", ())))
        return tuple(sorted(found))

    def _deeds(self, records: Sequence[str]) -> tuple[Done, ...]:
        if not records:
            return ()
        rows = self._session.scalars(select(DeedRow).where(DeedRow.id.in_(records[:_AT_ONCE])))
        return tuple(Done(DeedKind(row.kind), row.title, row.count) for row in rows)

    def whose(self, kind: type[AnyOperation], records: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
        """Which pupil each record is or was about, by table and record; those that are about none are left out."""
        found = {(table, record): record for table, record in records if table == _PUPIL}
        for table, same in groupby(sorted(records), key=lambda pair: pair[0]):
            row = _of_pupils().get(table) or _ON_SHEETS.get(table)
            if row is not None:
                ids = {record for _, record in same}
                there = self._whose(row, ids)
                gone = {one: held["pupil_id"] for one, held in self._held(kind, ids - there.keys(), "pupil_id")}
                found.update({(table, record): pupil for record, pupil in {**gone, **there}.items() if pupil})
        return found

    def _whose(self, row: type[BusinessRow], ids: Collection[str]) -> dict[str, str]:
        """The pupils of records that are there, told by themselves or by the answer sheets they are of."""
        query = select(row.id, row.__table__.c["pupil_id"]) if row.__tablename__ not in _ON_SHEETS else _by_sheets(row)
        return {
            record: pupil
            for some in _in_parts(ids)
            for record, pupil in self._session.execute(query.where(row.id.in_(some)))
        }

    def _held(
        self, kind: type[AnyOperation], ids: Collection[str], column: str
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What operations say that records which are not there any more held, where they tell of a column."""
        for some in _in_parts(ids):
            query = select(kind.record, kind.fields).where(kind.record.in_(some), kind.verb.in_(_WHOLE))
            for record, fields in self._session.execute(query.order_by(kind.seq)):
                held = {
                    name: before if after is None else after for name, (before, after) in json.loads(fields).items()
                }
                if held.get(column):
                    yield record, held

    def _records(self, kind: type[AnyOperation], pupil: str) -> Collection[str]:
        """Every record that a journal tells of and that is, or was, about a pupil."""
        psy = kind is PsyOperationRow
        tables = [row for row in _of_pupils().values() if (row.__table__.schema == "psy") is psy]
        found = {pupil}
        for row in tables:
            found.update(self._session.scalars(select(row.id).where(row.__table__.c["pupil_id"] == pupil)))
        if psy:
            for some, row in product(list(_in_parts(found)), _ON_SHEETS.values()):
                found.update(self._session.scalars(select(row.id).where(row.__table__.c["sheet_id"].in_(some))))
        gone = select(kind.record).where(kind.verb == Verb.DELETE, kind.fields.contains(f'"{pupil}"'))
        found.update(self._session.scalars(gone))
        return found


def _report(progress: Progress, before: int, total: int, number: int) -> None:
    progress(before + number, total)


def _of_pupils() -> dict[str, type[BusinessRow]]:
    """The tables whose records name a pupil."""
    rows: Iterable[type[BusinessRow]] = (mapper.class_ for mapper in BusinessRow.registry.mappers)
    return {row.__tablename__: row for row in rows if issubclass(row, BusinessRow) and "pupil_id" in row.__table__.c}


def _by_sheets(row: type[BusinessRow]) -> Select[str, str]:
    return select(row.id, SheetRow.pupil_id).join(SheetRow, SheetRow.id == row.__table__.c["sheet_id"])


def _in_parts(ids: Collection[str]) -> Iterator[Sequence[str]]:
    ordered = sorted(ids)
    return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))


def _tables(names: Collection[str]) -> Sequence[str]:
    return [ROWS[name].__tablename__ if name in ROWS else name for name in names]


def _reading(day: date) -> str:
    """The clock's reading at the beginning of a day of this computer."""
    moment = datetime.combine(day, time()).astimezone(UTC)
    return f"{int(moment.timestamp() * 1000):013d}"


def _operation(row: AnyOperation, pupil: str | None) -> Operation:
    fields = json.loads(row.fields)
    return Operation(
        number=row.seq,
        table=_REGISTERS.get(row.table_name, row.table_name),
        verb=Verb(row.verb),
        pupil=pupil,
        fields={name: (before, after) for name, (before, after) in fields.items()},
        erased=row.erased is not None,
    )

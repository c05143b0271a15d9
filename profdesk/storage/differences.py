"""What computers wrote unseen of one another, found anew from the journals; a decision about it is a change like any.

Which records to look at was kept by the last merging (``exchange_merge``); what was settled since is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.differences import Found, Write, Written
from profdesk.domain.exchange_state import Around, Other, Place, Row, State, stand
from profdesk.domain.operations import Operation, Verb
from profdesk.domain.people import PersonName, fold
from profdesk.errors import WrongInputError
from profdesk.storage import chains, exchange_merge, exchange_shapes, undo
from profdesk.storage.audit import AuditStore
from profdesk.storage.clock import moment_of
from profdesk.storage.exchange_models import ComputerRow, PsySettledRow, SettledRow
from profdesk.storage.exchange_plan import REGISTERS
from profdesk.storage.exchange_rows import JOURNALS, parts, pupils_of
from profdesk.storage.models import BusinessRow, GroupRow, PupilRow

_SETTLED: Mapping[str, type[SettledRow] | type[PsySettledRow]] = {"main": SettledRow, "psy": PsySettledRow}
_TAKEN_ALREADY = "Взять это значение нельзя: такая запись уже есть. Оставьте то, что стоит, или исправьте запись."

Step = tuple[str, int]
"""An operation by its computer and its place there."""


class _Known(NamedTuple):
    """What is known of records of one schema that differ."""

    schema: str
    operations: Sequence[Operation]
    around: Around
    state: State
    actors: Mapping[Step, str]

    def of(self, place: Place) -> Iterator[Operation]:
        """Everything that was done to what a row tells of, the last first."""
        table, row = place
        same = (one for one in self.operations if one.table == table)
        told = (one for one in same if self.state.stands_for.get((table, one.record), one.record) == row)
        return iter(sorted(told, key=lambda one: one.order, reverse=True))

    def back(self, deleted: Place) -> Mapping[Place, Row]:
        """The rows that would stand besides if a record had not been deleted, one that is named before who names it."""
        shapes = exchange_shapes.shapes(self.schema)
        rows = stand(shapes, self.operations, _Named(self.around, deleted)).rows
        return {place: row for place, row in rows.items() if place not in self.state.rows}

    def written(self, one: Operation) -> Written:
        """Who did an operation, when and where."""
        return Written(self.actors[one.device, one.number], moment_of(one.clock), one.device)


class _Named:
    """What is around, with a record named besides, so that it stays."""

    def __init__(self, around: Around, place: Place) -> None:
        self._around = around
        self._place = place

    def row_of(self, table: str, record: str) -> str | None:
        return self._around.row_of(table, record)

    def named(self, table: str, record: str) -> bool:
        return (table, record) == self._place or self._around.named(table, record)


class DifferenceStore:
    """``psy`` says whether those of the psychologists are there too; it reads whatever reach the user has."""

    def __init__(self, session: Session, actor: Actor, *, psy: bool) -> None:
        self._session = session
        self._actor = actor
        self._schemas = ("main", "psy") if psy else ("main",)
        self._audit = AuditStore(session, psy=psy)

    def all(self) -> Sequence[Found]:
        """Every difference that nobody has settled."""
        return [one for schema in self._schemas for one in self._of(schema)]

    def reached(self, found: Iterable[Found]) -> list[Found]:
        """Those of some differences whose records the unit's user reaches; of deleted ones, whose pupils."""
        tables = undo.tables_by_name()
        wanted: dict[type[BusinessRow], set[str]] = {}
        told = list(found)
        for one in told:
            table, record = _looked_at(one)
            wanted.setdefault(tables[table], set()).add(record)
        there = {
            (table.__tablename__, record)
            for table, ids in wanted.items()
            for part in parts(sorted(ids))
            for record in self._session.scalars(select(table.id).where(table.id.in_(part)))
        }
        return [one for one in told if _looked_at(one) in there]

    def take(self, found: Iterable[Found]) -> None:
        """Let the other values stand; what was deleted is put back, with what it names.

        WrongInputError where a record of that name or number is there by now.
        """
        tables = undo.tables_by_name()
        for one in found:
            if one.deleted:
                self._put_back(one.back)
                continue
            row = self._session.get(tables[one.table], one.record)
            if row is not None:
                for name, value in one.other.items():
                    setattr(row, name, undo.value_of(type(row), name, value))
                self._fold(row)
        self._session.flush()

    def leave(self, found: Iterable[Found]) -> None:
        """Note that what stands was left, so that no computer shows the other value any more."""
        now = datetime.now(UTC).isoformat()
        for one in found:
            kind = _SETTLED["psy" if one.psy else "main"]
            for write in sorted(one.writes, key=lambda write: (write.device, write.number, write.field)):
                self._session.add(
                    kind(
                        table_name=one.table,
                        record=write.record,
                        field=write.field,
                        device=write.device,
                        number=write.number,
                        actor=self._actor.id,
                        recorded_at=now,
                    )
                )
        self._session.flush()

    def _of(self, schema: str) -> Iterator[Found]:
        kept = exchange_merge.DIFFERENCES[schema]
        places = {(table, record) for table, record in self._session.execute(select(kept.table_name, kept.record))}
        known = self._known(schema, places)
        settled, others = self._settled(schema), dict[tuple[object, ...], list[Other]]()
        for one in exchange_merge.told(known.state, schema):
            place, step = (one.table, one.record), (one.operation.device, one.operation.number)
            if place in places and (*step, one.field) not in settled:
                what = (one.field, one.value) if place in known.state.rows else ()
                others.setdefault((place, *what), []).append(one)
        told = [_found(known, some) for some in others.values()]
        pupils = self._audit.whose(JOURNALS[schema], {(each.table, each.record) for each in told})
        for each in told:
            yield replace(each, pupil=each.pupil or pupils.get((each.table, each.record)))

    def _known(self, schema: str, places: set[Place]) -> _Known:
        operations, around = exchange_merge.hanging_together(self._session, schema, places)
        state = stand(exchange_shapes.shapes(schema), operations, around)
        journal, actors = JOURNALS[schema], dict[Step, str]()
        for part in parts(sorted({one.record for one in operations})):
            query = select(journal.device, journal.number, journal.actor).where(journal.record.in_(part))
            actors.update(((device, number), actor) for device, number, actor in self._session.execute(query))
        return _Known(schema, operations, around, state, actors)

    def _settled(self, schema: str) -> set[tuple[str, int, str]]:
        kind = _SETTLED[schema]
        query = select(kind.device, kind.number, kind.field)
        return {(device, number, field) for device, number, field in self._session.execute(query)}

    def _put_back(self, back: Mapping[Place, Row]) -> None:
        tables, touched = undo.tables_by_name(), dict[str, list[str]]()
        for (name, record), row in back.items():
            if self._session.get(tables[name], record) is None:
                values = {field: undo.value_of(tables[name], field, value) for field, value in row.items()}
                self._session.add(tables[name](id=record, **values))
                self._session.flush()
                touched.setdefault(name, []).append(record)
        chains.relink_after(self._session, touched, pupils_of(back.values()))

    def _fold(self, row: BusinessRow) -> None:
        """Let what lists are searched and ordered by follow the names."""
        if isinstance(row, PupilRow):
            row.folded = fold(PersonName(row.surname, row.given, row.patronymic).full)
        if isinstance(row, GroupRow):
            row.folded = fold(row.title)
            same = select(GroupRow.id).where(GroupRow.school_year == row.school_year, GroupRow.folded == row.folded)
            with self._session.no_autoflush:
                if {*self._session.scalars(same)} - {row.id}:
                    raise WrongInputError(_TAKEN_ALREADY)
        if isinstance(row, ComputerRow):
            with self._session.no_autoflush:
                if {*self._session.scalars(select(ComputerRow.id).where(ComputerRow.name == row.name))} - {row.id}:
                    raise WrongInputError(_TAKEN_ALREADY)


def _found(known: _Known, others: Sequence[Other]) -> Found:
    """What several operations overwrote alike, by the last of them."""
    first, last = others[0], max((one.operation for one in others), key=lambda one: one.order)
    place = (first.table, first.record)
    back = {} if place in known.state.rows else known.back(place)
    holds = back[place] if back else known.state.rows[place]
    shown = {one.field: one.value for one in sorted(others, key=lambda one: one.operation.order)}
    return Found(
        table=first.table,
        register=REGISTERS.get(first.table, ""),
        record=first.record,
        psy=known.schema == "psy",
        pupil=str(holds["pupil_id"]) if holds.get("pupil_id") else None,
        back=back,
        holds=holds,
        other=shown,
        standing=known.written(next(one for one in known.of(place) if _wrote(one, None if back else first.field))),
        overwritten=known.written(last),
        writes=frozenset(
            Write(one.field, one.operation.record, one.operation.device, one.operation.number) for one in others
        ),
    )


def _wrote(one: Operation, field: str | None) -> bool:
    """Whether an operation put something into a field, or (None) deleted its record."""
    return one.verb is Verb.DELETE if field is None else one.verb is not Verb.DELETE and field in one.fields


def _looked_at(found: Found) -> Place:
    """The record that a user has to reach: the one that differs, or the pupil of one that is gone."""
    return ("pupil", found.pupil) if found.deleted and found.pupil else (found.table, found.record)

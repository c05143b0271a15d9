"""Operations of other computers brought in: what stands by all that is then known takes the place of what stood.

Only records that the new operations are about are looked at, and those that hang together with them: what they
name, what is one thing with them, what names those. For the rest nothing can have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from profdesk.domain.differences import is_told
from profdesk.domain.exchange_state import Around, Other, Place, Row, State, stand
from profdesk.domain.operations import Bond, Operation
from profdesk.domain.progress import Progress, silent
from profdesk.storage import chains, database, exchange_shapes
from profdesk.storage.exchange_models import (
    AliasRow,
    AnyAlias,
    DifferenceRow,
    PsyAliasRow,
    PsyDifferenceRow,
    PsyUnsettledRow,
    StandingRow,
    UnsettledRow,
)
from profdesk.storage.exchange_plan import REGISTERS
from profdesk.storage.exchange_rows import Contents, Rows, by_table, parts, pupils_of
from profdesk.storage.models import table_of

ALIASES: Mapping[str, type[AnyAlias]] = {"main": AliasRow, "psy": PsyAliasRow}
_UNSETTLED: Mapping[str, type[StandingRow]] = {"main": UnsettledRow, "psy": PsyUnsettledRow}
_AT_ONCE = 2_000
DIFFERENCES: Mapping[str, type[StandingRow]] = {"main": DifferenceRow, "psy": PsyDifferenceRow}


@dataclass(frozen=True)
class Merged:
    """What became of rows: those that were not there before, those that were otherwise, and those that are gone."""

    made: Mapping[Place, Row]
    changed: Mapping[Place, Row]
    gone: Mapping[Place, Row]

    @property
    def touched(self) -> Mapping[Place, Row]:
        """All of them."""
        return {**self.gone, **self.changed, **self.made}

    def joined(self, other: Merged) -> Merged:
        """This and what became of other rows."""
        return Merged({**self.made, **other.made}, {**self.changed, **other.changed}, {**self.gone, **other.gone})


class _Became:
    """What becomes of rows, part by part: what they were at first, and what they are now."""

    def __init__(self) -> None:
        self._were: dict[Place, Row | None] = {}
        self._are: dict[Place, Row | None] = {}

    def note(self, before: Mapping[Place, Row], written: Mapping[Place, Row], gone: Iterable[Place]) -> None:
        """Some rows were written and others are gone."""
        for place, row in chain(written.items(), zip(gone, repeat(None))):
            self._were.setdefault(place, before.get(place))
            self._are[place] = row

    def merged(self) -> Merged:
        """All in all."""
        were, are = self._were, self._are
        there = {place: row for place, row in are.items() if row is not None}
        return Merged(
            made={place: row for place, row in there.items() if were[place] is None},
            changed={place: row for place, row in there.items() if were[place] not in (None, row)},
            gone={place: row for place, row in were.items() if row is not None and are[place] is None},
        )


def settle(
    session: Session, schema: str, places: Iterable[Place], contents: Contents, progress: Progress = silent
) -> Merged:
    """Let stand, of some records, what stands by the journal of a schema; ``contents`` are bytes that came along.

    It is done for so many records at a time, those that others name before these; what it comes to is the same.
    """
    ordered, became = exchange_shapes.ordered(schema, places), _Became()
    for start in range(0, max(1, len(ordered)), _AT_ONCE):
        settling, end = _Settling(session, schema), start + _AT_ONCE
        again = settling.unsettled() if end >= len(ordered) else ()
        settling.settle({*ordered[start:end], *again}, contents, became)
        progress(min(end, len(ordered)), len(ordered))
    merged = became.merged()
    chains.relink_after(session, by_table(merged.touched), pupils_of(merged.touched.values()))
    progress(len(ordered), len(ordered))
    return merged


def hanging_together(session: Session, schema: str, places: Iterable[Place]) -> tuple[Sequence[Operation], Around]:
    """All that is known of some records and of those that hang together with them, and the rows around."""
    settling = _Settling(session, schema)
    _, around = settling.state(set(places))
    return [one for told in settling.known.values() for one in told], around


def told(state: State, schema: str) -> Iterator[Other]:
    """What was overwritten unseen and somebody may decide about."""
    for one in state.others:
        if is_told(one.table, REGISTERS.get(one.table, ""), one.field, psy=schema == "psy"):
            yield one


class _Settling:
    def __init__(self, session: Session, schema: str) -> None:
        session.flush()
        self._session = session
        self._schema = schema
        self._rows = Rows(session, schema)
        aliases = ALIASES[schema]
        query = select(aliases.table_name, aliases.record, aliases.row)
        self._aliases = {(table, record): row for table, record, row in session.execute(query)}
        self._members: dict[Place, set[Place]] = {}
        for (table, record), row in self._aliases.items():
            self._members.setdefault((table, row), set()).add((table, record))
        self.known: dict[Place, list[Operation]] = {}

    def unsettled(self) -> Iterator[Place]:
        """The records that are to be looked at again, whatever comes."""
        kind = _UNSETTLED[self._schema]
        return ((table, record) for table, record in self._session.execute(select(kind.table_name, kind.record)))

    def settle(self, places: set[Place], contents: Contents, became: _Became) -> None:
        """Let stand what stands of these records and of those that hang together with them."""
        state, _ = self.state(places)
        before = self._rows.read(self.known)
        written = {place: row for place, row in state.rows.items() if before.get(place) != row}
        gone = before.keys() - state.rows.keys()
        changed = before.keys() & written.keys()
        database.defer_links(self._session.connection())
        there = self._rows.contents(changed)
        self._rows.delete(changed | gone)
        self._rows.write(written, {**there, **contents})
        self._keep(state)
        self._session.expire_all()
        became.note(before, written, gone)

    def state(self, places: set[Place]) -> tuple[State, Around]:
        """What stands of these records among what, once all that hang together with them are known."""
        self._learn(places)
        while True:
            around = _Around(self._rows, self._aliases, self.known)
            around.look(self._named())
            state = stand(self._rows.shapes, (one for told in self.known.values() for one in told), around)
            more = self._hanging(state, around) - self.known.keys()
            if not more:
                return state, around
            self._learn(more)

    def _learn(self, places: set[Place]) -> None:
        """Read the operations of records and of all that are one thing with them."""
        rows = {(table, self._aliases.get((table, record), record)) for table, record in places}
        wanted = {*places, *rows, *(one for row in rows for one in self._members.get(row, ()))} - self.known.keys()
        self.known.update((place, []) for place in wanted)
        for one in self._rows.operations(wanted):
            self.known[one.table, one.record].append(one)

    def _named(self) -> set[Place]:
        """The records that those of which all is known name, or named at some time."""
        links = {shape.table: shape.links for shape in self._rows.shapes}
        found: set[Place] = set()
        for told in self.known.values():
            for one in told:
                for name, link in links[one.table].items():
                    _, named = one.fields.get(name, (None, None))
                    if isinstance(named, str) and link.bond is not Bond.LOOSE:
                        found.add((link.table, named))
        return found

    def _hanging(self, state: State, around: _Around) -> set[Place]:
        """What has to be known besides.

        Records that are not there and may come back, rows of the same key, and rows that name a record which is
        told by another row than before.
        """
        told_anew = {
            (table, row)
            for table, record in self.known
            for row in (self._aliases.get((table, record), record), record)
            if state.stands_for.get((table, record), record) != self._aliases.get((table, record), record)
        }
        naming = self._rows.naming(told_anew).values()
        return {
            *self._rows.known(around.missed),
            *self._rows.like(state.rows),
            *(place for places in naming for place in places),
        }

    def _keep(self, state: State) -> None:
        """Write down what was found of the records."""
        self._replace(ALIASES[self._schema], {place: {"row": row} for place, row in state.stands_for.items()})
        self._replace(_UNSETTLED[self._schema], {place: {} for place in state.held | state.waiting})
        self._replace(DIFFERENCES[self._schema], {(one.table, one.record): {} for one in told(state, self._schema)})

    def _replace(self, kind: type[StandingRow], found: Mapping[Place, Mapping[str, str]]) -> None:
        table, there = table_of(kind), self._session.execute(select(kind.table_name, kind.record))
        former = by_table(place for place in map(tuple, there) if place in self.known)
        for name, ids in former.items():
            for part in parts(sorted(ids)):
                self._session.execute(delete(table).where(table.c.table_name == name, table.c.record.in_(part)))
        rows = [{"table_name": name, "record": record, **more} for (name, record), more in found.items()]
        if rows:
            self._session.execute(insert(table), rows)


class _Around:
    """The rows of the tables that are not made anew."""

    def __init__(self, rows: Rows, aliases: Mapping[Place, str], anew: Mapping[Place, object]) -> None:
        self._rows = rows
        self._aliases = aliases
        self._anew = anew
        self._there: set[Place] = set()
        self.missed: set[Place] = set()
        """What was asked for and is not there."""

    def look(self, places: Iterable[Place]) -> None:
        """Find out which of some records have rows."""
        rows = {(table, self._aliases.get((table, record), record)) for table, record in places}
        self._there = self._rows.there(rows - self._anew.keys())

    def row_of(self, table: str, record: str) -> str | None:
        row = self._aliases.get((table, record), record)
        if (table, row) in self._there:
            return row
        self.missed.add((table, record))
        return None

    def named(self, table: str, record: str) -> bool:
        naming = self._rows.naming([(table, record)]).get((table, record), set())
        return bool(naming - self._anew.keys())

"""What stands by a set of operations, whichever computers made them and in whatever order they came.

It is a function of the set alone, so computers that know the same operations show the same:

- a field holds what the latest operation put there (``Operation.order``), and what somebody wrote without knowing of
  it is kept beside as an ``Other``;
- records that are one thing by the key of their table (class 5А of a year, entered twice) are one row under the
  least of their ids, and whatever names one of them names that row;
- a record that was deleted is there all the same while another that stands names it: nobody's work is lost because
  somebody else tidied up at the same time;
- a record that names one of which nothing is known here waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple, Protocol

from profdesk.domain.operations import Bond, Operation, Shape, Value, Verb

Row = Mapping[str, Value]
Place = tuple[str, str]
"""A table and a record."""
_order = attrgetter("order")


@dataclass(frozen=True, slots=True)
class Other:
    """What a field would hold, had the latest operation not overwritten it unseen."""

    table: str
    record: str
    field: str
    value: Value
    operation: Operation


@dataclass(frozen=True)
class State:
    """Rows by their place, ids by the place of records that are told by another row, and what was overwritten unseen.

    ``held`` are the places of rows that were deleted and are there because others name them, ``waiting`` those of
    records that name what is not known here, whether they stand without it or not.
    """

    rows: Mapping[Place, Row]
    stands_for: Mapping[Place, str]
    others: Sequence[Other]
    held: frozenset[Place]
    waiting: frozenset[Place]


class Around(Protocol):
    """The rows that stand and are not asked about."""

    def row_of(self, table: str, record: str) -> str | None:
        """The id of the row that tells of a record, None if none does."""

    def named(self, table: str, record: str) -> bool:
        """Whether one of them names a row."""


class Nothing:
    """Nothing around: all there is was asked about."""

    def row_of(self, _table: str, _record: str) -> str | None:
        """None."""
        return None

    def named(self, _table: str, _record: str) -> bool:
        """Whatever it is, no."""
        return False


def stand(shapes: Sequence[Shape], operations: Iterable[Operation], around: Around | None = None) -> State:
    """What stands by these operations, among what stands ``around``.

    ``shapes``: every table of the operations, one that is named by others before those. ``operations``: all there are
    of each record that any of them is about, and of those that are one thing with it.
    """
    return _Standing(shapes, operations, around or Nothing()).state()


@dataclass(slots=True)
class _Thing:
    """Records of a table that are one thing."""

    shape: Shape
    id: str
    operations: Sequence[Operation]
    """In their order."""
    values: dict[str, Value]
    made: bool
    """Whether it has not been deleted since it was last made."""
    stands: bool = False


@dataclass(slots=True)
class _Told:
    """One record by its own operations."""

    id: str
    operations: list[Operation] = field(default_factory=list)

    @property
    def known(self) -> bool:
        return any(one.verb is Verb.INSERT and one.fields for one in self.operations)

    @property
    def made(self) -> bool:
        return _last_but_updates(self.operations) is Verb.INSERT


class _Write(NamedTuple):
    before: Value
    after: Value
    operation: Operation


class _Standing:
    def __init__(self, shapes: Sequence[Shape], operations: Iterable[Operation], around: Around) -> None:
        self._shapes = shapes
        self._around = around
        self._records: dict[str, dict[str, _Told]] = {shape.table: {} for shape in shapes}
        for one in sorted(operations, key=_order):
            told = self._records[one.table]
            if one.record not in told:
                told[one.record] = _Told(one.record)
            told[one.record].operations.append(one)
        self._things: dict[str, dict[str, _Thing]] = {}
        self._stands_for: dict[Place, str] = {}
        self._waiting: set[Place] = set()

    def state(self) -> State:
        for shape in self._shapes:
            self._things[shape.table] = {thing.id: thing for thing in self._things_of(shape)}
        named: set[Place] = set()
        for shape in reversed(self._shapes):
            for thing in self._things[shape.table].values():
                place = (shape.table, thing.id)
                thing.stands = thing.made or place in named or self._around.named(*place)
                if thing.stands:
                    named.update(self._names(thing))
        standing = [one for things in self._things.values() for one in things.values() if one.stands]
        return State(
            rows={(one.shape.table, one.id): one.values for one in standing},
            stands_for=self._stands_for,
            others=[
                other for things in self._things.values() for one in things.values() for other in self._others(one)
            ],
            held=frozenset((one.shape.table, one.id) for one in standing if not one.made),
            waiting=frozenset(self._waiting),
        )

    def _things_of(self, shape: Shape) -> Iterator[_Thing]:
        """The table's records with their values, those that are one thing joined; links are told by rows."""
        by_key: dict[tuple[Value, ...], list[_Told]] = {}
        of_one: dict[str, dict[str, Value]] = {}
        for told in self._records[shape.table].values():
            values = self._values(shape, told.operations) if told.known else None
            if values is not None:
                of_one[told.id] = values
                key = tuple(values[name] for name in shape.key) if shape.key else (told.id,)
                by_key.setdefault(key, []).append(told)
        for same in by_key.values():
            counting = same if len(same) == 1 else [told for told in same if told.made] or same
            chosen = min(told.id for told in counting)
            self._stands_for.update(((shape.table, told.id), chosen) for told in same if told.id != chosen)
            if len(counting) == 1:
                yield _Thing(shape, chosen, counting[0].operations, of_one[chosen], counting[0].made)
                continue
            done = sorted((one for told in counting for one in told.operations), key=_order)
            values = self._values(shape, done)
            if values is not None:
                yield _Thing(shape, chosen, done, values, counting[0].made)

    def _values(self, shape: Shape, operations: Sequence[Operation]) -> dict[str, Value] | None:
        """What the fields hold by operations in their order; None if a field or a record that must be known is not."""
        values: dict[str, Value] = dict(shape.added)
        for one in operations:
            if one.verb is not Verb.DELETE:
                for name, (_, after) in one.fields.items():
                    values[name] = after
        if any(values.get(name) is None for name in shape.needed):
            return None
        for name, link in shape.links.items():
            named = values.get(name)
            if not isinstance(named, str):
                continue
            row = self._row_of(link.table, named)
            if row is None and link.bond is not Bond.LOOSE:
                self._waiting.add((shape.table, operations[0].record))
            if row is None and link.bond is Bond.REQUIRED:
                return None
            values[name] = row if row is not None or link.bond is Bond.OPTIONAL else named
        values.update((name, told(values)) for name, told in shape.follows.items())
        return values

    def _row_of(self, table: str, record: str) -> str | None:
        there = self._things.get(table, {})
        row = self._stands_for.get((table, record), record)
        return row if row in there else self._around.row_of(table, record)

    def _names(self, thing: _Thing) -> Iterator[Place]:
        for name, link in thing.shape.links.items():
            named = thing.values.get(name)
            if isinstance(named, str) and link.bond is not Bond.LOOSE:
                yield link.table, named

    def _others(self, thing: _Thing) -> Iterator[Other]:
        """What was overwritten, or deleted, by whoever did not know of it, and is not what stands now."""
        if len(thing.operations) == 1:
            return
        written: dict[str, list[_Write]] = {}
        for one in _without_undone(thing.operations):
            for name, (before, after) in one.fields.items():
                told = self._told(thing.shape, name, before), self._told(thing.shape, name, after)
                written.setdefault(name, []).append(_Write(*told, one))
        for name, writes in written.items():
            for write in _unseen(writes, deleted=not thing.stands):
                yield Other(thing.shape.table, thing.id, name, write.after, write.operation)

    def _told(self, shape: Shape, name: str, value: Value) -> Value:
        link = shape.links.get(name)
        if link is None or not isinstance(value, str):
            return value
        return self._stands_for.get((link.table, value), value)


def _unseen(writes: Sequence[_Write], *, deleted: bool) -> Iterator[_Write]:
    """Those of the writes of a field that no later one knew of; of a deleted record, that nobody knew of at all."""
    put = [(at, write) for at, write in enumerate(writes) if write.operation.verb is not Verb.DELETE]
    if len(writes) < 2 or not put:
        return
    latest = None if deleted else put[-1][1].after
    for at, write in put:
        knew = writes if deleted else writes[at + 1 :]
        if write.after != latest and not any(other.before == write.after for other in knew if other is not write):
            yield write


def _without_undone(operations: Sequence[Operation]) -> Sequence[Operation]:
    """Leave out what was done and at once undone again: to take a value and to take that back decides nothing.

    What stands is the same with and without these.
    """
    kept: list[Operation] = []
    for one in operations:
        if len(kept) > 1 and _undoes(one, kept[-1], kept[:-1]):
            kept.pop()
        else:
            kept.append(one)
    return kept


_INVERSE = {Verb.INSERT: Verb.DELETE, Verb.UPDATE: Verb.UPDATE}


def _undoes(one: Operation, done: Operation, before: Sequence[Operation]) -> bool:
    """Whether an operation turns the last one round, and what stood ``before`` stands again."""
    if _INVERSE.get(done.verb) is not one.verb or one.device != done.device or one.fields.keys() != done.fields.keys():
        return False
    if any([*one.fields[name]] != [*done.fields[name]][::-1] for name in one.fields):
        return False
    if one.verb is Verb.DELETE:
        return _last_but_updates(before) is Verb.DELETE
    return all(_stood(name, before) == after for name, (_, after) in one.fields.items())


def _last_but_updates(operations: Sequence[Operation]) -> Verb | None:
    return next((one.verb for one in reversed(operations) if one.verb is not Verb.UPDATE), None)


def _stood(name: str, operations: Sequence[Operation]) -> Value:
    put = (one for one in reversed(operations) if one.verb is not Verb.DELETE and name in one.fields)
    return next((one.fields[name][1] for one in put), None)

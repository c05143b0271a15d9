"""Computers that write, exchange and merge in memory: what the properties of merging are tried on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from profdesk.domain.exchange_state import Place, Row, State, stand
from profdesk.domain.operations import Bond, Link, Operation, Shape, Value, Verb

SHAPES = (
    Shape("partner"),
    Shape("group", key=("year", "title")),
    Shape("pupil", added={"sex": None}),
    Shape("activity", {"partner": Link("partner", Bond.OPTIONAL)}),
    Shape(
        "enrolment",
        {"pupil": Link("pupil", Bond.REQUIRED), "group": Link("group", Bond.REQUIRED)},
        key=("pupil", "year"),
    ),
    Shape(
        "invited",
        {"activity": Link("activity", Bond.REQUIRED), "group": Link("group", Bond.REQUIRED)},
        key=("activity", "group"),
    ),
    Shape("sheet", {"pupil": Link("pupil", Bond.LOOSE)}, key=("pupil", "session")),
    Shape("answer", {"sheet": Link("sheet", Bond.REQUIRED)}, key=("sheet", "item")),
    Shape("mark", {"pupil": Link("pupil", Bond.REQUIRED)}),
)
"""Tables of every kind there is: bare ones, with a key, links of all bonds, a key of links, links to what has a key."""
BY_NAME = {shape.table: shape for shape in SHAPES}


@dataclass
class Computer:
    """One computer: the operations it knows and the rows that it shows."""

    name: str
    known: dict[tuple[str, int], Operation] = field(default_factory=dict)
    rows: dict[Place, dict[str, Value]] = field(default_factory=dict)
    stands_for: Mapping[Place, str] = field(default_factory=dict)
    held: frozenset[Place] = frozenset()
    _clock: int = 0
    _count: int = 0

    def insert(self, table: str, record: str, values: Row, now: int) -> bool:
        """Make a record as the program would; gives whether its tables allow it."""
        row = dict(values)
        if (table, record) in self.rows or (table, record) in self.stands_for or not self._fits(table, record, row):
            return False
        self._write(Verb.INSERT, table, record, {name: (None, value) for name, value in row.items()}, now)
        self.rows[table, record] = {**BY_NAME[table].added, **row}
        return True

    def update(self, table: str, record: str, values: Row, now: int) -> bool:
        """Change a record that is shown."""
        there = self.rows.get((table, record))
        if there is None or not self._fits(table, record, {**there, **values}):
            return False
        changed = {name: (there[name], value) for name, value in values.items() if there[name] != value}
        if changed:
            for each in self._told_by(table, record):
                self._write(Verb.UPDATE, table, each, changed, now)
            there.update(values)
        return bool(changed)

    def delete(self, table: str, record: str, now: int) -> bool:
        """Delete a record that is shown and that no other names."""
        there = self.rows.get((table, record))
        if there is None or any((table, record) in self._names(place) for place in self.rows):
            return False
        for each in self._told_by(table, record):
            self._write(Verb.DELETE, table, each, {name: (value, None) for name, value in there.items()}, now)
        del self.rows[table, record]
        return True

    def take(self, operations: Iterable[Operation]) -> None:
        """Merge what others did: whatever is known already changes nothing."""
        for one in operations:
            self.known[one.device, one.number] = one
        self.settle()

    def settle(self) -> State:
        """Show what stands by all that is known."""
        state = stand(SHAPES, self.known.values())
        self.rows = {place: dict(row) for place, row in state.rows.items()}
        self.stands_for, self.held = state.stands_for, state.held
        self._clock = max([self._clock, *(int(one.clock) for one in self.known.values())])
        return state

    def unseen(self, by: Computer) -> list[Operation]:
        """What the other has not seen, as it would be sent."""
        seen = by.vector()
        return [one for one in self.known.values() if one.number > seen.get(one.device, 0)]

    def vector(self) -> Mapping[str, int]:
        """How far each computer's chain is known here."""
        found: dict[str, int] = {}
        for device, number in self.known:
            found[device] = max(number, found.get(device, 0))
        return found

    def _write(self, verb: Verb, table: str, record: str, fields: Mapping[str, Sequence[Value]], now: int) -> None:
        self._clock = max(self._clock + 1, now)
        self._count += 1
        made = Operation(f"{self._clock:06d}", self.name, self._count, verb, table, record, dict(fields))
        self.known[self.name, self._count] = made

    def _told_by(self, table: str, row: str) -> list[str]:
        return [row, *(record for (of, record), by in self.stands_for.items() if of == table and by == row)]

    def _fits(self, table: str, record: str, row: Row) -> bool:
        shape = BY_NAME[table]
        for name, link in shape.links.items():
            named = row.get(name)
            if named is None and link.bond is not Bond.OPTIONAL:
                return False
            if named is not None and link.bond is not Bond.LOOSE and (link.table, named) not in self.rows:
                return False
        return not shape.key or not any(
            of == table and other != record and all(there[name] == row[name] for name in shape.key)
            for (of, other), there in self.rows.items()
        )

    def _names(self, place: Place) -> Iterator[Place]:
        for name, link in BY_NAME[place[0]].links.items():
            named = self.rows[place].get(name)
            if isinstance(named, str):
                yield link.table, named

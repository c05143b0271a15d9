"""Which numbers of a table stay hidden so that nobody can be told apart, and none can be computed back.

A table is told by its smallest cells, its *atoms* (how many people there are of each kind), and every number that would
be published is the sum of some of them. A count of one to four people is not shown. Whatever could be computed from
the numbers that are shown counts as shown: a number is computable exactly when it lies in their linear span, so
further numbers are hidden until no small one does (Willenborg, de Waal: Elements of Statistical Disclosure Control,
2001, chapter 4).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 5
"""The least number of people that is shown; none at all is shown too."""
_PRIME = (1 << 61) - 1
"""Spans are looked at modulo this: a number that is computable is computable modulo it too, so nothing is missed."""

Name = TypeVar("Name", bound=Hashable)
Atom = TypeVar("Atom", bound=Hashable)
Row = dict[int, int]


def is_small(count: int) -> bool:
    """Whether so few people are not to be shown."""
    return 0 < count < LEAST


@dataclass(frozen=True)
class Table(Generic[Name, Atom]):
    """``counts`` are the people of each atom, ``numbers`` what would be published, as the atoms each adds up.

    The order of ``numbers`` says which is given up first where one of several has to be hidden as well; one that counts
    nobody is given up last.
    ``rows`` are runs of numbers that stand together under a total: what is hidden of one adds up to no small count.
    ``secrets`` are sums that nobody publishes and nobody is to compute while they are small.
    """

    counts: Mapping[Atom, int]
    numbers: Mapping[Name, frozenset[Atom]]
    rows: Sequence[Sequence[Name]] = ()
    secrets: Collection[frozenset[Atom]] = ()

    def value(self, name: Name) -> int:
        """The number under a name."""
        return sum(self.counts[atom] for atom in self.numbers[name])


def hidden(table: Table[Name, Atom]) -> frozenset[Name]:
    """The names of the numbers that are not to be shown: the small ones, and those that would betray them.

    A sum that is shown under another name as well is not hidden in vain, unless it stands in a row.
    """
    gone = {name for name in table.numbers if is_small(table.value(name))}
    while more := _betraying(table, gone) or _too_few_together(table, gone):
        gone |= more
    shown = {atoms for name, atoms in table.numbers.items() if name not in gone}
    in_rows = {name for row in table.rows for name in row}
    return frozenset(name for name in gone if name in in_rows or table.numbers[name] not in shown)


def _betraying(table: Table[Name, Atom], gone: set[Name]) -> set[Name]:
    """A number that helps to compute a small one, for each that can be computed even without the others."""
    shown = [name for name in table.numbers if name not in gone]
    place = {atom: number for number, atom in enumerate(table.counts)}
    span = _Span(tuple(place[atom] for atom in table.numbers[name]) for name in shown)
    small = [frozenset([atom]) for atom, count in table.counts.items() if is_small(count)]
    small += [table.numbers[name] for name in gone if is_small(table.value(name))]
    small += [atoms for atoms in table.secrets if is_small(sum(table.counts[atom] for atom in atoms))]
    found: set[Name] = set()
    for atoms in small:
        helping = [shown[number] for number in sorted(span.helping(tuple(place[atom] for atom in atoms)))]
        if helping and found.isdisjoint(helping):
            found.add(min(helping, key=lambda name: table.value(name) == 0))
    return found


def _too_few_together(table: Table[Name, Atom], gone: set[Name]) -> set[Name]:
    """Another number of a row whose hidden ones add up to a small count; nothing if there is no such row."""
    for row in table.rows:
        left = [name for name in row if name not in gone]
        if is_small(sum(table.value(name) for name in row if name in gone)) and left:
            return {min(left, key=lambda name: (table.value(name) == 0, table.value(name)))}
    return set()


class _Span:
    """The span of vectors of zeros and ones, in echelon form, with how each row was made of the vectors."""

    def __init__(self, vectors: Iterable[Sequence[int]]) -> None:
        self._rows: dict[int, tuple[Row, Row]] = {}
        for number, vector in enumerate(vectors):
            rest, made = self._reduced(dict.fromkeys(vector, 1), {number: 1})
            if rest:
                lead = min(rest)
                inverse = pow(rest[lead], -1, _PRIME)
                self._rows[lead] = _times(rest, inverse), _times(made, inverse)

    def helping(self, vector: Sequence[int]) -> frozenset[int]:
        """The numbers of the vectors that make up another; empty if it is not in the span."""
        rest, made = self._reduced(dict.fromkeys(vector, 1), {})
        return frozenset() if rest else frozenset(made)

    def _reduced(self, vector: Row, made: Row) -> tuple[Row, Row]:
        while leads := [place for place in vector if place in self._rows]:
            lead = min(leads)
            row, parts = self._rows[lead]
            factor = -vector[lead] % _PRIME
            vector, made = _added(vector, row, factor), _added(made, parts, factor)
        return vector, made


def _times(row: Row, factor: int) -> Row:
    return {place: value * factor % _PRIME for place, value in row.items()}


def _added(one: Row, other: Row, factor: int) -> Row:
    made = dict(one)
    for place, value in other.items():
        left = (made.get(place, 0) + value * factor) % _PRIME
        if left:
            made[place] = left
        else:
            made.pop(place, None)
    return made

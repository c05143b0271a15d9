"""Operations of the journal as they travel between computers, and what the tables they write look like."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Value = str | int | float | bool | None
"""What a field holds in the journal: days and moments as ISO text, bytes as ``sha256:`` and their hash."""
Order = tuple[str, str, int]


class Verb(StrEnum):
    """What an operation does with its record."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Operation:
    """One change as one computer made it: ``number`` is its place in that computer's chain, from 1.

    ``clock`` is the reading it counts under. An operation without fields was emptied by an erasure: nothing is
    known of its record any more.
    """

    clock: str
    device: str
    number: int
    verb: Verb
    table: str
    record: str
    fields: Mapping[str, Sequence[Value]]
    """Value before and after, by field."""

    @property
    def order(self) -> Order:
        """Later operations have a greater one, on every computer alike; no two have the same."""
        return self.clock, self.device, self.number


class Bond(StrEnum):
    """What becomes of a row whose link names a record that is not known here."""

    REQUIRED = "required"
    """It waits until that record comes."""
    OPTIONAL = "optional"
    """The link is empty until then."""
    LOOSE = "loose"
    """The link stays as it is: what it names may lie where this computer does not look."""


@dataclass(frozen=True)
class Link:
    """That a field names a record of a table."""

    table: str
    bond: Bond


@dataclass(frozen=True)
class Shape:
    """A table: its links by field, the fields that make two records one thing, and fields that were added later.

    ``added`` has what such a field holds in a record that an older program made; a field is ``needed`` if it has to
    hold something and there is nothing that it could hold then. ``follows`` says what a field holds by the others,
    whoever wrote these.
    """

    table: str
    links: Mapping[str, Link] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    added: Mapping[str, Value] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()
    follows: Mapping[str, Callable[[Mapping[str, Value]], Value]] = field(default_factory=dict)

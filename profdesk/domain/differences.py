"""Differences: what one computer put into a record unseen by another that wrote there too, told in words.

The later value stands (``exchange_state``); the other one is a choice away until somebody takes it or leaves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from profdesk.domain import audit_words
from profdesk.domain.audit import Area
from profdesk.domain.exchange_state import Place, Row
from profdesk.domain.operations import Value
from profdesk.domain.people import fold, initials
from profdesk.domain.registers import ALL
from profdesk.domain.rights import Right
from profdesk.domain.undo_rights import Touched

_NOBODY = "удалённый пользователь"
DELETED, WHOLE = "удалено", "вся запись"
_NAMES = ("title", "name")
_NAMING = (*_NAMES, "competency", "kind", "number", "question", "indicator", "school_year", "held_on")
"""What a record is called by, the first of these that it holds; entries of registers by what names those."""


@dataclass(frozen=True)
class Written:
    """Who wrote a value (the user's id), when, and on which computer (its id)."""

    actor: str
    at: datetime
    device: str


@dataclass(frozen=True)
class Write:
    """One field of one operation, by its place in a computer's chain."""

    field: str
    record: str
    device: str
    number: int


@dataclass(frozen=True)
class Found:
    """What was overwritten unseen: one field of a record that stands, or all that was of one that was deleted.

    ``table`` is the table's name, ``register`` the code of the register that it belongs to, if to one; ``holds`` is
    what the record holds or would hold, ``other`` what was overwritten, by field. ``writes`` are what a decision
    settles, ``back`` the rows that taking the other value of a deleted record puts back: its own and what it names.
    """

    table: str
    register: str
    record: str
    psy: bool
    pupil: str | None
    back: Mapping[Place, Row]
    holds: Mapping[str, Value]
    other: Mapping[str, Value]
    standing: Written
    overwritten: Written
    writes: frozenset[Write]

    @property
    def deleted(self) -> bool:
        """Whether the record is gone."""
        return bool(self.back)

    @property
    def kind(self) -> str:
        """What ``audit_words`` knows the table by."""
        return self.register or self.table

    @property
    def right(self) -> Right | None:
        """The right that writes such a record; None where nobody decides by hand."""
        return Touched(self.table, frozenset(self.other), self.register, self.psy).right


@dataclass(frozen=True)
class Author:
    """The same as ``Written``, by names; ``short`` has initials."""

    who: str
    short: str
    at: datetime
    computer: str

    @property
    def told(self) -> str:
        """As a line under a value."""
        return f"{self.who}, {self._when}, {self.computer}"

    @property
    def briefly(self) -> str:
        """The same for narrow places."""
        return f"{self.short}, {self._when}, {self.computer}"

    @property
    def _when(self) -> str:
        return f"{self.at.astimezone():%d.%m.%Y, %H:%M}"


@dataclass(frozen=True)
class Difference:
    """A difference in words: ``whose`` is a pupil's name, empty where the record speaks of none."""

    found: Found
    whose: str
    record: str
    field: str
    stands: str
    other: str
    standing: Author
    overwritten: Author

    @property
    def key(self) -> frozenset[Write]:
        """Tells it from others, also after it was read anew."""
        return self.found.writes

    @property
    def area(self) -> Area:
        """What a filter finds it by."""
        return audit_words.subject(self.found.kind).area

    @property
    def about(self) -> str:
        """What it stands under in a list: whose record it is, else which."""
        return self.whose or self.record

    def matches(self, words: str) -> bool:
        """Whether all these words stand anywhere in it."""
        told = fold(f"{self.whose} {self.record} {self.field} {self.stands} {self.other}")
        return all(one in told for one in fold(words).split())


@dataclass(frozen=True)
class Names:
    """What ids and codes are called: of users, of computers, of whatever fields hold, of pupils in full."""

    users: Mapping[str, str]
    computers: Mapping[str, str]
    titles: Mapping[str, str]
    pupils: Mapping[str, str]

    def author(self, written: Written) -> Author:
        """Who wrote by name."""
        computer = self.computers.get(written.device, "другой компьютер")
        if written.actor not in self.users:
            return Author(_NOBODY, _NOBODY, written.at, computer)
        who = self.users[written.actor]
        return Author(who, initials(who), written.at, computer)


def is_shown(kind: str, field: str) -> bool:
    """Whether people read a field: what the program keeps for itself differs without meaning anything."""
    return field in audit_words.subject(kind).fields and not field.endswith("_at")


def is_told(table: str, register: str, field: str, *, psy: bool) -> bool:
    """Whether a field of a table differs for anybody: people read it, and somebody may write it by hand."""
    return is_shown(register or table, field) and Touched(table, frozenset({field}), register, psy).right is not None


def in_words(found: Found, names: Names) -> Difference:
    """Tell a difference."""
    fields = audit_words.subject(found.kind).fields

    def said(field: str, value: Value) -> str:
        return audit_words.said(found.kind, field, value, names.titles) or "пусто"

    if found.deleted:
        field, stands = WHOLE, DELETED
        other = "; ".join(f"{fields[one]}: {said(one, value)}" for one, value in found.other.items())
    else:
        (one, value), *_ = found.other.items()
        field, stands, other = fields[one], said(one, found.holds[one]), said(one, value)
    return Difference(
        found=found,
        whose=names.pupils.get(found.pupil or "", ""),
        record=_called(found, names),
        field=_capital(field),
        stands=stands,
        other=other,
        standing=names.author(found.standing),
        overwritten=names.author(found.overwritten),
    )


def _called(found: Found, names: Names) -> str:
    """What a record is and what it is called, but for what differs."""
    subject, title = audit_words.subject(found.kind), _capital(audit_words.subject(found.kind).title)
    own = [one.code for one in ALL[found.register].fields if one.names] if found.register else _NAMING
    for name in own:
        value = found.holds.get(name) if is_shown(found.kind, name) else None
        told = audit_words.said(found.kind, name, value, names.titles)
        if told and (found.deleted or name not in found.other):
            return (
                f"{title}: {told}" if found.register or name in _NAMES else f"{title}, {subject.fields[name]}: {told}"
            )
    return title


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

"""What the table of consents shows: of pupils each kind in a sign and words, of classes how many have it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import partial

from profdesk.domain.consents import Consent, ConsentBook, ConsentKind, ConsentState, PupilConsents
from profdesk.domain.people import Group, fold
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone

Row = PupilConsents
_LOOKS = {
    ConsentState.VALID: Look("check-circle-fill", Tone.OK),
    ConsentState.ENDING: Look("clock", Tone.WARN),
    ConsentState.ENDED: Look("warning", Tone.WARN),
    ConsentState.WITHDRAWN: Look("prohibit", Tone.BAD),
    ConsentState.MISSING: Look("circle", Tone.MUTED),
}
_URGENT = (
    ConsentState.WITHDRAWN, ConsentState.MISSING, ConsentState.ENDED, ConsentState.ENDING, ConsentState.VALID,
)  # fmt: skip
"""The order of a column that is sorted: what there is to do about first."""
_WIDE, _NARROW = 178, 158
"""Of the columns of kinds: every state whole, and with the class beside it all but a withdrawal's day."""


@dataclass(frozen=True)
class ClassRow:
    """A class with how many of its pupils have each kind."""

    group: Group
    given: dict[ConsentKind, tuple[int, int]]


def states(narrowing: str) -> Collection[ConsentState]:
    """The states that a filter of the page shows, by its name."""
    return {
        "lacking": (ConsentState.MISSING, ConsentState.ENDED, ConsentState.WITHDRAWN),
        "ending": (ConsentState.ENDING,),
        "withdrawn": (ConsentState.WITHDRAWN,),
    }.get(narrowing, tuple(ConsentState))


def columns(*, with_group: bool) -> tuple[Column[Row], ...]:
    """Name, class where several are shown, and each kind."""
    name: Column[Row] = Column(
        "Фамилия, имя", lambda row: row.pupil.name.short, sort=lambda row: fold(row.pupil.name.full)
    )
    group: Column[Row] = Column(
        "Класс", lambda row: row.group.name.title, width=150, sort=lambda row: row.group.name.sort_key
    )
    if with_group:
        return (name, group, *(_kind(kind, _NARROW) for kind in ConsentKind))
    return (name, *(_kind(kind, _WIDE) for kind in ConsentKind))


def _kind(kind: ConsentKind, width: int) -> Column[Row]:
    return Column(
        kind.head,
        lambda row: row.by_kind[kind].words,
        width=width,
        look=lambda row: _LOOKS[row.by_kind[kind].state],
        sort=lambda row: _urgency(row, kind),
    )


def _urgency(row: Row, kind: ConsentKind) -> tuple[int, date]:
    found = row.by_kind[kind]
    until = found.paper.valid_until if found.paper else None
    return _URGENT.index(found.state), until or date.max


def class_rows(book: ConsentBook) -> list[ClassRow]:
    """Every class of the year."""
    return [ClassRow(group, {kind: book.given(group.id, kind) for kind in ConsentKind}) for group in book.groups]


def class_columns() -> tuple[Column[ClassRow], ...]:
    """The class, and of each kind of how many it is there."""
    title: Column[ClassRow] = Column(
        "Класс", lambda row: row.group.name.title, sort=lambda row: row.group.name.sort_key
    )
    return (title, *map(_counted, ConsentKind))


def _counted(kind: ConsentKind) -> Column[ClassRow]:
    return Column(
        kind.head,
        partial(_words, kind),
        width=200,
        look=lambda row: _LOOKS[ConsentState.MISSING if _lacking(kind, row) else ConsentState.VALID],
        sort=lambda row: -_lacking(kind, row),
    )


def _words(kind: ConsentKind, row: ClassRow) -> str:
    given, total = row.given[kind]
    return f"{given} из {total}" + (f", не хватает {total - given}" if total > given else "")


def _lacking(kind: ConsentKind, row: ClassRow) -> int:
    given, total = row.given[kind]
    return total - given


def paper_columns() -> tuple[Column[Consent], ...]:
    """Each paper of a pupil: what it is of, and below it number, day, giver and term."""
    return (Column("Бумага", lambda one: one.kind.head, second=_about),)


def _about(one: Consent) -> str:
    number = f"№ {one.number} " if one.number else ""
    given = f"{number}от {one.given_on:%d.%m.%Y}{f', {one.given_by}' if one.given_by else ''}"
    if one.withdrawn_on is not None:
        by = f", {one.withdrawn_by}" if one.withdrawn_by else ""
        return f"отозвано {one.withdrawn_on:%d.%m.%Y}{by}; {given}"
    return f"{given}; до {one.valid_until:%d.%m.%Y}" if one.valid_until else f"{given}; без срока"


Narrowed = Callable[[Row], bool]


def narrowed(kind: ConsentKind, narrowing: str, group: str, words: str) -> Narrowed:
    """Whether a row is of a class (id, empty for all), in the states of a filter, and holds every searched word."""
    wanted, searched = states(narrowing), fold(words).split()

    def is_shown(row: Row) -> bool:
        if group and row.group.id != group:
            return False
        held = fold(f"{row.pupil.name.full} {row.group.name.title} {row.pupil.birth_date:%d.%m.%Y}")
        return row.by_kind[kind].state in wanted and all(one in held for one in searched)

    return is_shown

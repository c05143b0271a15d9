"""Differences between computers: read in words, and decided about by whoever may write such a record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from profdesk.domain import audit_words, plural, rights
from profdesk.domain import differences as told
from profdesk.domain.access import Actor, Reach
from profdesk.domain.audit import Area
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.differences import Difference, Found, Names
from profdesk.domain.people import fold
from profdesk.domain.registers import ALL
from profdesk.domain.rights import Right
from profdesk.errors import WrongInputError
from profdesk.services import code_titles, programmes, registers
from profdesk.services.guard import needs
from profdesk.services.kinds import kinds_of

if TYPE_CHECKING:
    from profdesk.domain.programme import Programme
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_GONE = "Этого расхождения больше нет: его уже разобрали, или запись с тех пор изменили."
_OWN = "этот компьютер"


@needs(Right.EXCHANGE)
def count(workspace: Workspace, actor: Actor) -> int:
    """How many differences the user may decide about."""
    return len(_open_to(workspace, actor))


@needs(Right.EXCHANGE)
def all_of(workspace: Workspace, actor: Actor) -> Sequence[Difference]:
    """Every difference that the user may decide about, those of one pupil or record beside each other."""
    programme = programmes.current(workspace, actor)
    found = _open_to(workspace, actor)
    with workspace.unit(actor) as unit:
        names = _names(unit, programme, found)
    differences = (told.in_words(one, names) for one in found)
    return sorted(differences, key=lambda one: (not one.whose, fold(one.about), fold(one.record), one.field))


@needs(Right.EXCHANGE)
def take(workspace: Workspace, actor: Actor, some: Sequence[Difference]) -> tuple[Step, Changes]:
    """Let the other values stand, as one act; what was deleted is put back.

    WrongInputError where none of them differs any more, or such a record is there already.
    """
    found = _still(workspace, actor, some)
    with workspace.unit(_reaching(actor, found)) as unit:
        unit.differences.take(found)
        words = _words(
            some, "взято другое значение", ("другое значение", "других значения", "других значений"), "взято"
        )
        kinds = kinds_of({one.table for one in found})
        return Step(words, unit.batch, _records(found)), Changes.of(unit.batch, *kinds, Kind.COMPUTERS)


@needs(Right.EXCHANGE)
def leave(workspace: Workspace, actor: Actor, some: Sequence[Difference]) -> tuple[Step, Changes]:
    """Leave what stands, here and on every computer that learns of it.

    WrongInputError where none of them differs any more.
    """
    found = _still(workspace, actor, some)
    with workspace.unit(_reaching(actor, found)) as unit:
        unit.differences.leave(found)
        words = _words(some, "оставлено как есть", ("расхождение", "расхождения", "расхождений"), "оставлено как есть")
        return Step(words, unit.batch, _records(found)), Changes.of(unit.batch, Kind.COMPUTERS)


def _open_to(workspace: Workspace, actor: Actor) -> list[Found]:
    """Differences of records that the user may write: of the own classes alone, where the right goes no further."""
    with workspace.unit(replace(actor, reach=Reach.ALL)) as unit:
        there = unit.differences.all()
        unread = unit.consents.hidden() if there else frozenset()
    by_reach: dict[Reach, list[Found]] = {}
    for one in there:
        reach = None if one.right is None else rights.reach(actor.roles, one.right)
        if reach is not None and not _is_hidden(one, unread):
            by_reach.setdefault(reach, []).append(one)
    own = by_reach.get(Reach.OWN, [])
    if own:
        with workspace.unit(replace(actor, reach=Reach.OWN)) as unit:
            own = unit.differences.reached(own)
    return [*by_reach.get(Reach.ALL, ()), *own]


def _is_hidden(one: Found, unread: Collection[str]) -> bool:
    """Whether it is about diagnostics of a pupil whose consent to it stands withdrawn."""
    return one.pupil in unread and audit_words.subject(one.kind).area is Area.DIAGNOSTICS


def _still(workspace: Workspace, actor: Actor, some: Sequence[Difference]) -> list[Found]:
    keys = {one.key for one in some}
    found = [one for one in _open_to(workspace, actor) if one.writes in keys]
    if not found:
        raise WrongInputError(_GONE)
    return found


def _reaching(actor: Actor, found: Iterable[Found]) -> Actor:
    """The user as all of them may be written: each was reached by its own right already (``_open_to``)."""
    reaches = {rights.granted(actor, one.right).reach for one in found if one.right is not None}
    return replace(actor, reach=Reach.ALL if Reach.ALL in reaches else Reach.OWN)


def _words(some: Sequence[Difference], done: str, forms: tuple[str, str, str], verb: str) -> str:
    if len(some) == 1:
        (one,) = some
        return f"{done}: {one.about}, {one.field.lower()}"
    return f"{verb}: {plural.counted(len(some), *forms)}"


def _records(found: Iterable[Found]) -> tuple[str, ...]:
    return tuple(sorted({one.pupil or one.record for one in found}))


def _names(unit: UnitOfWork, programme: Programme, found: Sequence[Found]) -> Names:
    ids = {one.pupil for one in found if one.pupil}
    values = {value for one in found for value in (*one.holds.values(), *one.other.values()) if isinstance(value, str)}
    pupils = unit.audit.pupil_names(ids)
    full = {**pupils, **registers.pupil_titles(unit, unit.pupils.known(ids))} if ids else {}
    merged = {str(held["merged_into"]) for one in found for held in (one.holds, one.other) if held.get("merged_into")}
    linked = {field.register for one in found if one.register for field in ALL[one.register].fields} & ALL.keys()
    titles = {**code_titles.of(unit, programme), **unit.audit.group_titles(values), **unit.users.names()}
    for code in linked:
        titles.update(registers.titles_of(unit, ALL[code], programme))
    computers = {one.id: f"«{one.name}»" for one in unit.computers.all()}
    return Names(
        users=unit.users.names(),
        computers={**computers, unit.computers.own_id: _OWN},
        titles={**titles, **full, **unit.audit.pupil_names(merged)},
        pupils=full,
    )

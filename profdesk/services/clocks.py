"""Computers whose clocks run ahead: what waits because of it, and taking it as done now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.clocks import AHEAD, Postponed, behind_told, corrected_told
from profdesk.domain.rights import Right
from profdesk.errors import NotFoundError
from profdesk.services import seats
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.clock_corrections import Ahead
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_NOTHING = "Отложенных записей этого компьютера больше нет. Обновите страницу."


@needs(Right.EXCHANGE)
def postponed(workspace: Workspace, actor: Actor) -> Sequence[Postponed]:
    """Whose operations wait, this computer's own last, which wait on others."""
    with workspace.unit(actor) as unit:
        return waiting(unit, datetime.now(UTC))


@needs(Right.EXCHANGE)
def bring_forward(workspace: Workspace, actor: Actor, computer: str) -> tuple[Postponed, Changes]:
    """Take what waits of a computer as done now, here and wherever that becomes known.

    NotFoundError if nothing waits.
    """
    now = datetime.now(UTC)
    with workspace.unit(actor) as unit:
        there = unit.clocks.ahead()
        if computer not in there:
            raise NotFoundError(_NOTHING)
        told = next(one for one in waiting(unit, now) if one.device == computer)
        unit.clocks.correct(computer, there[computer], now)
        unit.exchange.release()
        changes = Changes(frozenset(Kind), unit.batch)
    seats.follow(workspace, actor)
    return told, changes


def waiting(unit: UnitOfWork, now: datetime) -> Sequence[Postponed]:
    """The same inside a unit of work, for whoever has just taken something there."""
    names = {one.id: one.name for one in unit.computers.all()}
    own = unit.computers.own_id
    told = [_postponed(device, names.get(device, ""), own, one, now) for device, one in unit.clocks.ahead().items()]
    return sorted(told, key=lambda one: (one.own, one.name, one.device))


def warnings(unit: UnitOfWork, made: datetime) -> Sequence[str]:
    """What is said of clocks to whoever looks at a file of changes or takes it; ``made`` is when, by its sender."""
    told, names = waiting(unit, datetime.now(UTC)), {one.id: one.name for one in unit.computers.all()}
    behind = [behind_told()] if sum(not one.own for one in told) > 1 else []
    wrong = [corrected_told(names.get(by, ""), ahead) for by, ahead in unit.clocks.still_ahead(made)]
    return [*behind, *wrong, *(one.told(elsewhere=True) for one in told)]


def _postponed(device: str, name: str, own: str, ahead: Ahead, now: datetime) -> Postponed:
    from profdesk.storage.clock import moment_of

    latest = moment_of(ahead.latest)
    return Postponed(
        device=device,
        name=name or "неизвестный компьютер",
        own=device == own,
        count=ahead.count,
        ahead=max(latest - now, timedelta()),
        until=latest - AHEAD,
    )

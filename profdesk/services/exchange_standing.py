"""How exchange with each other computer stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.computers import Computer, Peer, Standing
from profdesk.domain.exchange import DESK, Package
from profdesk.domain.rights import Right
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@needs(Right.EXCHANGE)
def read(workspace: Workspace, actor: Actor) -> Standing:
    """This computer and the others, those that were stopped last; whoever was replaced by another is left out."""
    with workspace.unit(actor) as unit:
        own, packages, names = unit.computers.own_id, unit.packages.all(), unit.users.names()
        computers = unit.computers.all()
        there = (one for one in computers if one.id != own and one.replaced_by is None)
        others = sorted(there, key=lambda one: one.stopped_at is not None)
        return Standing(
            next((one for one in computers if one.id == own), None),
            tuple(_peer(unit, one, names.get(one.person or "", ""), packages) for one in others),
        )


def _peer(unit: UnitOfWork, computer: Computer, person: str, packages: Sequence[Package]) -> Peer:
    sent = _last(packages, computer, taken=False)
    unseen = _unseen(unit, computer)
    since = _unseen(unit, computer, sent) if sent is not None else unseen
    return Peer(computer, person, sent, unseen == since, _last(packages, computer, taken=True), since)


def _last(packages: Sequence[Package], computer: Computer, *, taken: bool) -> datetime | None:
    there = (one.moment for one in packages if one.device == computer.id and one.taken is taken)
    return max(there, default=None)


def _unseen(unit: UnitOfWork, computer: Computer, since: datetime | None = None) -> int:
    """How many operations a computer has not said that it knows; ``since``: of those, what is later than that."""
    if computer.stopped_at is not None:
        return 0
    seen = unit.computers.seen(computer.id)
    names = (name for name in unit.exchange.names if name == DESK or computer.gets_psy)
    return sum(unit.exchange.waiting(name, seen.get(name, {}), computer, since) for name in names)

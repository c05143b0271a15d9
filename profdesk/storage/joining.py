"""A workspace of a computer that joins others: made anew with its own keys, filled from what was sent to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from profdesk.domain.access import Actor, Reach
from profdesk.domain.computers import Computer
from profdesk.storage import building, database, vault
from profdesk.storage.computers import Secrets
from profdesk.storage.mark import Mark
from profdesk.storage.models import DeviceRow, new_id
from profdesk.storage.opening import Created
from profdesk.storage.vault import Cost, Keys, Vault
from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class Newcomer:
    """The computer that joins, and who is to work at it."""

    computer: Computer
    secrets: Secrets
    user: Actor


def join(
    path: Path, newcomer: Newcomer, password: str, bring: Callable[[Workspace], object], cost: Cost | None = None
) -> Created:
    """Make a workspace in an absent or empty folder, let ``bring`` fill it, and open it; a failure leaves nothing.

    ``bring`` gets it on behalf of the user, with every reach. Where the user is no psychologist ``psy.db`` stays empty,
    and its key is kept where it can be brought up to date.
    """
    path, user, paid = path.resolve(), newcomer.user, cost or Cost()
    keys, code = Keys.fresh(), vault.recovery_code()
    held = keys.for_roles(user.roles)
    with building.beside(path) as fresh:
        lock = Vault(new_id(), ()).with_user(user, password, keys, paid).with_recovery(code, keys, paid)
        vault.save(fresh, lock)
        spare = keys.psy if held.psy is None else None
        device = DeviceRow(id=newcomer.computer.id, name=newcomer.computer.name, spare_psy_key=spare)
        building.make_databases(fresh, keys, device)
        _fill(fresh, newcomer, held, bring)
    kept = Mark(path, lock.workspace, keys.anchor)
    return Created(Workspace(path, user, held, database.engine(path, held), kept).hand_out(), code)


def _fill(folder: Path, newcomer: Newcomer, keys: Keys, bring: Callable[[Workspace], object]) -> None:
    engine = database.engine(folder, keys)
    try:
        workspace = Workspace(folder, replace(newcomer.user, reach=Reach.ALL), keys, engine)
        with workspace.unit(workspace.actor) as unit:
            unit.computers.begin(newcomer.computer, newcomer.secrets)
            unit.users.seat(newcomer.user)
        bring(workspace)
    finally:
        database.finish(engine)

"""A workspace built anew under fresh keys, so that those somebody has taken along open nothing of it.

Databases are copied page for page and kept files one by one into a folder beside, under the fresh keys; the same folder
gets the vault and what the journal says of it. Then ``swap`` exchanges all at once, or nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import sqlcipher3.dbapi2 as sqlcipher

from profdesk.domain.access import Actor
from profdesk.domain.deeds import DeedKind
from profdesk.domain.progress import Meter, Progress
from profdesk.storage import blobs, database, room, sealing, vault
from profdesk.storage.blobs import Blobs
from profdesk.storage.unit_of_work import UnitOfWork
from profdesk.storage.vault import Keys, Vault
from profdesk.storage.workspace import Workspace

Besides: TypeAlias = Callable[[UnitOfWork], None]


def write_nothing(_: UnitOfWork) -> None:
    """For a renewal that is an act of its own."""


@dataclass(frozen=True)
class Renewal:
    """``former`` and ``fresh`` hold at least the ``renewed`` keys; ``vault`` holds the fresh ones."""

    former: Keys
    fresh: Keys
    renewed: frozenset[str]
    vault: Vault
    words: str
    """Why, as the journal tells it."""
    besides: Besides = write_nothing
    """What is written in the same act."""


def fresh_keys(former: Keys, renewed: Collection[str]) -> Keys:
    """Keys that differ in the renewed ones."""
    return replace(former, **{name: secrets.token_bytes(sealing.KEY_BYTES) for name in renewed})


def carry_out(workspace: Workspace, actor: Actor, renewal: Renewal, progress: Progress) -> str:
    """Put the workspace under the fresh keys, and let it go on; gives the batch of the journal.

    ``progress`` counts megabytes and may cancel.
    """
    held = {name: renewal.fresh.by_name[name] for name in renewal.renewed if name in workspace.keys.by_name}

    batch = ""

    def fill(raw: sqlcipher.Connection, folder: Path) -> list[str]:
        nonlocal batch
        parts = list(_written(workspace, renewal, raw, folder, progress))
        batch = _write_down(actor, renewal, folder)
        return parts

    workspace.rebuild(replace(workspace.keys, **held), fill)
    return batch


def _written(
    workspace: Workspace, renewal: Renewal, raw: sqlcipher.Connection, folder: Path, progress: Progress
) -> Iterator[str]:
    """Write each part into the folder, and name it."""
    size = sum(part.stat().st_size for part in _parts(workspace.path, renewal.renewed))
    room.check(folder, size, "Для смены ключей на диске мало места.")
    meter = Meter(progress, size)
    database.copy(raw, "main", folder / database.DESK, renewal.fresh.desk, meter)
    yield database.DESK
    if "psy" in renewal.renewed:
        _copy_psy(workspace, renewal, raw, folder, meter)
        yield database.PSY
    for name, key in ((blobs.FOLDER, "desk"), (blobs.PSY_FOLDER, "psy")):
        if key in renewal.renewed:
            former, fresh = renewal.former.by_name[key], renewal.fresh.by_name[key]
            blobs.carry_over(Blobs(workspace.path, former, name), Blobs(folder, fresh, name), meter)
            yield name
    vault.save(folder, renewal.vault)
    yield vault.FILE


def _copy_psy(workspace: Workspace, renewal: Renewal, raw: sqlcipher.Connection, folder: Path, meter: Meter) -> None:
    """Copy ``psy.db``, which is not attached where the user's own keys do not open it."""
    target, fresh = folder / database.PSY, renewal.fresh.by_name["psy"]
    if workspace.keys.psy is not None:
        database.copy(raw, "psy", target, fresh, meter)
        return
    with closing(database.keyed(workspace.path / database.PSY, renewal.former.by_name["psy"])) as other:
        database.copy(other, "main", target, fresh, meter)


def _write_down(actor: Actor, renewal: Renewal, folder: Path) -> str:
    """Say in the new ``desk.db`` what its vault says, and wrap the signing keys anew."""
    keys = replace(renewal.fresh, psy=None)
    engine = database.engine(folder, keys)
    try:
        with Workspace(folder, actor, keys, engine).unit(actor) as unit:
            now = datetime.now(UTC)
            unit.users.match(renewal.vault.users, now)
            unit.users.renewed(renewal.renewed)
            unit.deeds.add(DeedKind.REKEYED, renewal.words, now)
            renewal.besides(unit)
            if "seal" in renewal.renewed:
                unit.keys.rewrap(renewal.former.by_name["seal"])
            batch = unit.batch
    finally:
        database.finish(engine)
    database.check(folder / database.DESK, renewal.fresh.desk)
    return batch


def _parts(folder: Path, renewed: Collection[str]) -> Iterator[Path]:
    yield folder / database.DESK
    if "psy" in renewed:
        yield folder / database.PSY
    for name, key in ((blobs.FOLDER, "desk"), (blobs.PSY_FOLDER, "psy")):
        if key in renewed:
            yield from (part for part in (folder / name).rglob("*") if part.is_file())

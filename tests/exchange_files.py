"""Two computers of one organisation that exchange files, as a workspace package would have joined them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select, text
from support import PASSWORD

from profdesk.domain.computers import Computer
from profdesk.domain.exchange import DESK, PSY, Accepted, Exchanged, Head, Kind, Manifest
from profdesk.services import computers, exchange_frames
from profdesk.services import exchange as verbs
from profdesk.signing import exchange_file
from profdesk.signing.exchange_file import Frame
from profdesk.storage import journal, opening
from profdesk.storage.clock import HybridClock
from profdesk.storage.computers import Secrets, key_text
from profdesk.storage.migrate import HEAD
from profdesk.storage.models import Base, PsyOperationRow, new_id
from profdesk.storage.workspace import Session, Workspace


class Room(NamedTuple):
    """A computer with its open workspace."""

    id: str
    workspace: Workspace


def reopened(room: Room, password: str = PASSWORD, user: str | None = None) -> Room:
    """The same computer with the workspace opened again, be it by somebody else."""
    room.workspace.close()
    return Room(room.id, opening.open_workspace(room.workspace.path, user or room.workspace.actor.id, password))


def added(workspace: Workspace, name: str, series: str, *, psy: bool = True, whole: bool = True) -> tuple[str, Secrets]:
    """Put another computer into the register; gives its id and what it signs and opens with."""
    signing_key, secret = exchange_file.new_keys()
    secrets = Secrets(signing_key, secret, exchange_file.new_keys()[1] if psy else None)
    with workspace.unit(workspace.actor) as unit:
        computers.identify(unit)
        made = Computer(
            id=new_id(),
            name=name,
            person=workspace.actor.id,
            series=series,
            whole=whole,
            verifying_key=key_text(exchange_file.verifying_key(signing_key)),
            address=exchange_file.address(secret),
            psy_address=None if secrets.psy is None else exchange_file.address(secrets.psy),
            added_at=datetime.now(UTC),
        )
        unit.computers.put(made)
    return made.id, secrets


def settled(folder: Path, user: str, identity: str, secrets: Secrets) -> Room:
    """Open a copied folder as another computer's."""
    workspace = opening.open_workspace(folder, user, PASSWORD)
    with workspace._engine.begin() as connection:
        connection.execute(text("UPDATE device SET id = :id"), {"id": identity})
        connection.execute(text("DELETE FROM psy.own_address"))
    workspace._device = identity
    with workspace.unit(workspace.actor) as unit:
        unit.computers.keep(secrets)
    return Room(identity, workspace)


def joined(workspace: Workspace, target: Path, *, psy: bool = True) -> tuple[Room, Room]:
    """The computer that was there, and another one that begins with all of it."""
    identity, secrets = added(workspace, "Ноутбук", "К2", psy=psy)
    with workspace.unit(workspace.actor) as unit:
        own = unit.computers.own_id
        unit.computers.note(identity, unit.exchange.known(), frozenset(), datetime.now(UTC))
    workspace.close()
    shutil.copytree(workspace.path, target)
    first = Room(own, opening.open_workspace(workspace.path, workspace.actor.id, PASSWORD))
    return first, settled(target, workspace.actor.id, identity, secrets)


def everything(workspace: Workspace, *, but: Collection[str] = ()) -> dict[str, list[str]]:
    """Every row of every table that can be read, and the kept files; ``but`` are tables that may have gone on."""
    found: dict[str, list[str]] = {}
    with Session(workspace._engine) as session:
        for name, table in Base.metadata.tables.items():
            if table.name not in but and (table.schema is None or workspace.keys.psy is not None):
                rows = session.execute(select(table)).mappings()
                found[name] = sorted(repr(dict(row)) for row in rows if row.get("table_name") not in but)
    folders = (workspace.path / "files", workspace.path / "files-psy")
    return {**found, "files": sorted(path.name for folder in folders for path in folder.rglob("*") if path.is_file())}


AFTER_UNDO = ("deed", "package", "peer")
"""Tables that tell of an acceptance and of its end."""


def sent(sender: Room, receiver: Room, path: Path, **more: bool) -> Path:
    """A file of changes as one computer writes it for another."""
    verbs.send(sender.workspace, sender.workspace.actor, receiver.id, path, **more)
    return path


def send(sender: Workspace, receiver: Workspace, path: Path) -> Path:
    """The same of workspaces, addressed to what the receiver is called now."""
    verbs.send(sender, sender.actor, computers.own_id(receiver, receiver.actor), path)
    return path


def accepted(room: Room, path: Path) -> Accepted:
    return verbs.accept(room.workspace, room.workspace.actor, path)[0]


def taken_back(room: Room, done: Accepted) -> Exchanged:
    assert done.package is not None
    return verbs.undo(room.workspace, room.workspace.actor, done.package)[0]


def check_chains(room: Room) -> None:
    with Session(room.workspace._engine) as session:
        assert journal.broken_link(session) is None
        assert journal.broken_link(session, PsyOperationRow) is None


def secrets_of(room: Room) -> Secrets:
    with room.workspace.unit(room.workspace.actor) as unit:
        found = unit.computers.secrets()
    assert found is not None
    return found


def frames_of(path: Path, sender: Room, receiver: Room) -> list[Frame]:
    """What is inside a file of changes."""
    found: list[Frame] = []
    by = exchange_file.verifying_key(secrets_of(sender).signing_key)
    exchange_file.read(path, by, secrets_of(receiver).desk, found.append)
    return found


def remade(
    path: Path,
    sender: Room,
    receiver: Room,
    frames: Sequence[Frame] | None = None,
    head: Mapping[str, str] | None = None,
) -> Path:
    """The same file with other frames or another head, signed as if its sender had made it so."""
    fields = {**asdict(exchange_file.head(path)), **(head or {})}
    made = path.with_name(f"{path.stem} иначе{path.suffix}")
    inside = frames_of(path, sender, receiver) if frames is None else frames
    secrets = secrets_of(receiver)
    with made.open("wb") as file:
        told = Head(Kind(fields.pop("kind")), **fields)
        exchange_file.write(file, told, inside, exchange_file.address(secrets.desk), secrets_of(sender).signing_key)
    return made


def made(workspace: Workspace, path: Path) -> Path:
    """A file for this computer from another one, on which its owner has printed something."""
    identity, secrets = added(workspace, "Ноутбук", "К2")
    clock = HybridClock().tick()
    operation = {
        "id": new_id(),
        "clock": clock,
        "device": identity,
        "actor": workspace.actor.id,
        "batch": new_id(),
        "verb": "insert",
        "table_name": "deed",
        "record": new_id(),
        "fields": json.dumps(
            {
                "kind": [None, "printed"],
                "title": [None, "список"],
                "count": [None, 0],
                "actor": [None, workspace.actor.id],
                "done_at": [None, datetime.now(UTC).isoformat()],
            }
        ),
        "previous": journal.FIRST,
        "number": 1,
        "erased": None,
    }
    operation["hash"] = journal.hash_of(operation)
    told = Manifest({DESK: {identity: 1}}, {}, {DESK: 1, PSY: 0}, 0, frozenset(), whole=True)
    frames = [exchange_frames.manifest_frame(told), *exchange_frames.operation_frames([operation], None)]
    with workspace.unit(workspace.actor) as unit:
        own = computers.identify(unit)[0]
        whose = unit.organisation.get().id
    head = Head(Kind.CHANGES, whose, identity, own.id, HEAD, "", datetime.now(UTC).isoformat())
    with path.open("wb") as file:
        exchange_file.write(file, head, [*frames, exchange_frames.end_frame(2)], own.address, secrets.signing_key)
    return path

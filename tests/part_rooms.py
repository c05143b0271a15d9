"""Computers of which some get a part, and what files between them hold, without files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from exchange_rooms import device_of
from kept_workspaces import create
from sqlalchemy import insert
from support import PASSWORD

from profdesk.domain.access import Actor, NewUser, Reach
from profdesk.domain.computers import Computer
from profdesk.domain.exchange import DESK, Vector
from profdesk.storage import database
from profdesk.storage.exchange import Taken, Travelling, packed
from profdesk.storage.models import Base, DeviceRow
from profdesk.storage.workspace import Workspace

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Sent:
    """What is inside a file of changes."""

    sender: str
    seen: Vector
    base: Vector
    roots: frozenset[str]
    operations: Mapping[str, list[Travelling]]
    contents: Mapping[str, Mapping[str, bytes]]
    had: frozenset[str] = frozenset()

    def __contains__(self, words: str) -> bool:
        """Whether some words stand anywhere in it."""
        told = b"".join(packed(one) for one in self.operations.values())
        return words.encode() in told or any(
            words.encode() in one for of in self.contents.values() for one in of.values()
        )


def empty(folder: Path, computer: Computer, psy: bool) -> Workspace:
    """The databases of a computer that joins, with nothing in them yet."""
    made = create(
        folder, NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD), programme="title = 'x'"
    ).workspace
    keys = made.keys if psy else replace(made.keys, psy=None)
    with (
        made._engine.begin() as connection,
        database.rewritable(connection, "operation"),
        database.rewritable(connection, "operation", "psy"),
    ):
        database.defer_links(connection)
        for table in Base.metadata.sorted_tables:
            connection.execute(table.delete())
        connection.execute(insert(DeviceRow), {"id": computer.id, "name": computer.name})
    made.close()
    actor = Actor(computer.person or "", computer.name, "", frozenset(), Reach.ALL)
    return Workspace(folder, actor, keys, database.engine(folder, keys))


def send(sender: Workspace, receiver: Workspace) -> Sent:
    """What a file for the receiver holds, made of what the sender has been told of it."""
    device = device_of(receiver)
    with sender.unit(sender.actor) as unit:
        to = unit.computers.get(device)
        names = [name for name in unit.exchange.known() if name == DESK or to.gets_psy]
        seen, roots = unit.computers.seen(to.id), unit.exchange.roots(to)
        operations = {name: list(unit.exchange.unseen(name, seen.get(name, {}), to)) for name in names}
        contents = {name: unit.exchange.contents(name, operations[name]) for name in names}
        known = {name: chains for name, chains in unit.exchange.known().items() if name in names}
        return Sent(unit.computers.own_id, known, seen, roots, operations, contents)


def take(receiver: Workspace, sent: Sent) -> list[Taken]:
    """Let the receiver take a file, and remember what its sender and it know by then."""
    with receiver.unit(receiver.actor) as unit:
        unit.exchange.refuse_gap(sent.base)
        held = unit.exchange.known()
        taken = [
            unit.exchange.take(name, sent.operations[name], sent.contents[name]) for name in sent.seen if name in held
        ]
        sender = unit.computers.get(sent.sender)
        unit.computers.learn(sender, sent.seen, sent.roots, NOW)
        unit.computers.note(sent.sender, sent.seen, frozenset() if sender.whole else sent.had, NOW)
        return taken


def relay(sender: Workspace, receiver: Workspace) -> list[Taken]:
    """Send and take, the receiver having told before what it knows."""
    with receiver.unit(receiver.actor) as unit:
        own, known = unit.computers.own_id, unit.exchange.known()
        had = unit.computers.pupils(own)
    with sender.unit(sender.actor) as unit:
        unit.computers.note(own, known, had, NOW)
    return take(receiver, send(sender, receiver))

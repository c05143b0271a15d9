"""Real databases of three computers in one process, brought together as files of exchange would bring them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from profdesk.domain.exchange import DESK
from profdesk.domain.exchange_state import State, stand
from profdesk.domain.operations import Operation, Verb
from profdesk.storage import journal, opening
from profdesk.storage.exchange import Taken
from profdesk.storage.exchange_rows import JOURNALS, Rows
from profdesk.storage.models import DeviceRow, new_id
from profdesk.storage.workspace import Session, Workspace


def give_identity(workspace: Workspace) -> str:
    """Let a copied folder be another computer, as a joined one is."""
    fresh = new_id()
    with workspace._engine.begin() as connection:
        connection.execute(text("UPDATE device SET id = :id"), {"id": fresh})
    workspace._device = fresh
    return fresh


def bring(sender: Workspace, receiver: Workspace) -> list[Taken]:
    """Let the receiver take what it has not seen, of psychologists only where it may."""
    found = []
    with receiver.unit(receiver.actor) as unit:
        known = unit.exchange.known()
    for name, seen in known.items():
        with sender.unit(sender.actor) as unit:
            contents = unit.exchange.contents(name, operations := list(unit.exchange.unseen(name, seen)))
        with receiver.unit(receiver.actor) as unit:
            found.append(unit.exchange.take(name, operations, contents))
    return found


def exchange(*workspaces: Workspace) -> None:
    """Each takes from each what it has not seen."""
    for receiver in workspaces:
        for sender in workspaces:
            bring(sender, receiver)


def bring_unseen(workspace: Workspace, *changes: tuple[str, str, str, str]) -> None:
    """Take what another computer wrote before everybody, and nobody saw: tables, records, fields and words."""
    operations, previous = list[dict[str, Any]](), journal.FIRST
    for number, (table, record, field, words) in enumerate(changes, 1):
        made = {
            "id": new_id(),
            "clock": f"{number:013d}-000000",
            "device": "ноутбук",
            "actor": workspace.actor.id,
            "batch": new_id(),
            "verb": Verb.UPDATE.value,
            "table_name": table,
            "record": record,
            "fields": json.dumps({field: ["", words]}),
            "previous": previous,
        }
        previous = journal.hash_of(made)
        operations.append({**made, "hash": previous, "number": number, "erased": None})
    with workspace.unit(workspace.actor) as unit:
        unit.exchange.take(DESK, operations, {})


def told(workspace: Workspace, schema: str = "main") -> State:
    """What stands by the domain's rule over the whole journal."""
    kind = JOURNALS[schema]
    with Session(workspace._engine) as session:
        rows = session.scalars(select(kind)).all()
        operations = [operation(row) for row in rows]
        return stand(Rows(session, schema).shapes, operations)


def operation(row: Any) -> Operation:
    return Operation(
        row.counts_as, row.device, row.number, Verb(row.verb), row.table_name, row.record, json.loads(row.fields)
    )


def shown(workspace: Workspace, schema: str = "main") -> dict[Any, Any]:
    """Every business row as the databases have it."""
    with Session(workspace._engine) as session:
        rows = Rows(session, schema)
        places: Iterable[Any] = [
            (name, record) for name, table in rows.tables.items() for record in session.scalars(select(table.c.id))
        ]
        return rows.read(places)


def device_of(workspace: Workspace) -> str:
    with Session(workspace._engine) as session:
        return session.scalars(select(DeviceRow.id)).one()


def copied(workspace: Workspace, target: Path, password: str) -> Workspace:
    """Another computer's workspace that begins with all of this one."""
    workspace.close()
    shutil.copytree(workspace.path, target)
    made = opening.open_workspace(target, None, password)
    give_identity(made)
    return made

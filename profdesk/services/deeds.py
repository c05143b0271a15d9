"""Writing down what changes no record but has to be answered for: printing, writing out, opening a file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.deeds import DeedKind
from profdesk.domain.rights import Right
from profdesk.services import files
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@needs(Right.HOUSE_READ)
def record(
    workspace: Workspace, actor: Actor, kind: DeedKind, title: str, pupils: Collection[str] = ()
) -> tuple[None, Changes]:
    """Write that the user did something just now; ``title`` names no pupil, their ids are given beside."""
    with workspace.unit(actor) as unit:
        note(unit, kind, title, pupils)
        return None, Changes.of(unit.batch, Kind.DEEDS)


@needs(Right.HOUSE_READ)
def write_out(
    workspace: Workspace, actor: Actor, path: Path, data: bytes, title: str, pupils: Collection[str] = ()
) -> tuple[None, Changes]:
    """Write a file where the user wants it, and that it was written out: both or none."""
    with files.with_commit(), workspace.unit(actor) as unit:
        files.write(path, data)
        note(unit, DeedKind.EXPORTED, title, pupils)
        return None, Changes.of(unit.batch, Kind.DEEDS)


def note(unit: UnitOfWork, kind: DeedKind, title: str, pupils: Collection[str] = ()) -> None:
    """As ``record``, for a verb that has a unit of work open."""
    only = next(iter(pupils)) if len(pupils) == 1 else None
    unit.deeds.add(kind, title, datetime.now(UTC), pupil=only, count=len(pupils))

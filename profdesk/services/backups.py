"""Copies of the workspace: made when somebody asks, listed, and how long ago the last one was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.backups import Copy
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.progress import Progress, silent

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


def make(workspace: Workspace, actor: Actor, progress: Progress = silent) -> tuple[Path, Changes]:
    """Copy the whole workspace below its ``backups/``; gives the copy's folder.

    It opens with the same passwords and was read through; ``progress`` counts megabytes.
    """
    made = workspace.back_up(f"по просьбе: {actor.name}", progress)
    return made, Changes(frozenset({Kind.COPIES}))


def put_elsewhere(copy: Path, place: Path, progress: Progress = silent) -> Path:
    """Copy a copy into a folder of the user's choice, on another disk say; gives its folder there."""
    from profdesk.storage import backup

    return backup.put_elsewhere(copy, place, progress)


def copies(workspace: Workspace) -> Sequence[Copy]:
    """The copies below ``backups/``, the newest first."""
    from profdesk.storage import backup

    return backup.all_of(workspace.path)


def last_day(workspace: Workspace) -> date | None:
    """The day of the newest copy, by the clock of this computer."""
    from profdesk.storage import backup

    made_at = backup.newest(workspace.path)
    return made_at.astimezone().date() if made_at else None

"""Files of entries of registers: read before they are kept, looked at through a private copy, saved elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.attachments import Attachment, FileEdits, NewFile
from profdesk.domain.progress import Progress, silent
from profdesk.domain.register import Register
from profdesk.services import files, kept_files

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class Taken:
    """What was read to be kept with an entry, and a sentence for each file that cannot be."""

    files: tuple[NewFile, ...]
    refused: tuple[str, ...]


def of_entry(workspace: Workspace, actor: Actor, register: Register, entry: str) -> Sequence[Attachment]:
    """The files that an entry has, the first added first."""
    with workspace.unit(actor) as unit:
        return unit.attachments.of_entry(register, entry)


def take(paths: Sequence[Path], there: Collection[str], progress: Progress = silent) -> Taken:
    """Read files for an entry that has those with the SHA-256 ``there``; nothing is written.

    They are kept when the entry is: see ``registers.add`` and ``registers.change``.
    """
    found = list(kept_files.take(paths, there, progress))
    return Taken(
        tuple(one for one in found if isinstance(one, NewFile)), tuple(one for one in found if isinstance(one, str))
    )


def open_copy(workspace: Workspace, actor: Actor, file: Attachment | NewFile) -> Path:
    """Write a file's bytes where only this user can read them, for the system's program to show."""
    return kept_files.private_copy(file.name, _content(workspace, actor, file))


def save_copy(workspace: Workspace, actor: Actor, file: Attachment | NewFile, target: Path) -> None:
    """Write a file's bytes where the user wants them."""
    files.write(target, _content(workspace, actor, file))


def proposed_name(file: Attachment | NewFile) -> str:
    """The file's name as every system takes it."""
    return kept_files.file_name(file.name)


def write(unit: UnitOfWork, register: Register, entry: str, edits: FileEdits, now: datetime) -> None:
    """Keep and take away files of an entry, for a verb that writes the entry in the same unit of work."""
    for file in edits.added:
        unit.attachments.add(register, entry, file, now)
    for attachment in edits.removed:
        unit.attachments.withdraw(attachment, now)


def _content(workspace: Workspace, actor: Actor, file: Attachment | NewFile) -> bytes:
    if isinstance(file, NewFile):
        return file.content
    with workspace.unit(actor) as unit:
        return unit.attachments.content(file.id)

"""Files of entries of registers: read before they are kept, looked at through a private copy, saved elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import rights
from profdesk.domain.access import Actor
from profdesk.domain.attachments import Attachment, FileEdits, NewFile
from profdesk.domain.deeds import DeedKind
from profdesk.domain.progress import Progress, silent
from profdesk.domain.register import Register
from profdesk.domain.register_rights import reading
from profdesk.domain.registers import ALL
from profdesk.domain.rights import Right
from profdesk.services import deeds, kept_files
from profdesk.services.guard import needs, needs_by

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class Taken:
    """What was read to be kept with an entry, and a sentence for each file that cannot be."""

    files: tuple[NewFile, ...]
    refused: tuple[str, ...]


@needs_by(reading)
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


@needs(Right.HOUSE_READ)
def open_copy(workspace: Workspace, actor: Actor, file: Attachment | NewFile) -> Path:
    """Write a file's bytes where only this user can read them, for the system's program to show."""
    copy = kept_files.private_copy(file.name, _content(workspace, actor, file))
    deeds.record(workspace, actor, DeedKind.OPENED_FILE, "файл записи реестра")
    return copy


@needs(Right.HOUSE_READ)
def save_copy(workspace: Workspace, actor: Actor, file: Attachment | NewFile, target: Path) -> None:
    """Write a file's bytes where the user wants them."""
    deeds.write_out(workspace, actor, target, _content(workspace, actor, file), "файл записи реестра")


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
        register = ALL[unit.attachments.register(file.id)]
    with workspace.unit(rights.granted(actor, reading(register))) as unit:
        return unit.attachments.content(file.id)

"""Consultations, interviews for the study profile and results from elsewhere, for psychologists alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import talks as domain
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consent_gates import Deed
from profdesk.domain.deeds import DeedKind
from profdesk.domain.people import Pupil
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.talks import Talk, TalkEntry
from profdesk.services import consent_gates, deeds, kept_files, users
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class TalkBook:
    """Every record, the latest first; ``pupils`` by the ids that records know, ``everybody`` by name.

    ``names`` are full names of users by their ids.
    """

    talks: tuple[Talk, ...]
    pupils: Mapping[str, Pupil]
    everybody: tuple[Pupil, ...]
    names: Mapping[str, str]


@needs(Right.DIAGNOSTICS)
def book(workspace: Workspace, actor: Actor, year: SchoolYear) -> TalkBook:
    """Read every record that stands, with the pupils in the classes of a school year."""
    with workspace.unit(actor) as unit:
        found = tuple(unit.talks.all())
        now = unit.diagnostics.standing({one.entry.pupil for one in found if one.entry.pupil})
        everybody = unit.pupils.all(year)
    known = {pupil.id: pupil for pupil in everybody}
    there = {was: known[stands] for was, stands in now.items() if stands in known}
    return TalkBook(found, there, everybody, users.names(workspace, actor))


@needs(Right.DIAGNOSTICS)
def write(
    workspace: Workspace, actor: Actor, entry: TalkEntry, talk_id: str | None = None, file: Path | None = None
) -> tuple[str, Changes]:
    """Write a new record or change one, and keep its file; WrongInputError says what is missing."""
    attached = None if file is None else (file.name, kept_files.read_file(file))
    now = datetime.now(UTC)
    with workspace.unit(actor) as unit:
        kept = bool(talk_id and unit.talks.get(talk_id).file_name)
        domain.check(entry, today=now.astimezone().date(), has_file=kept or attached is not None)
        if entry.pupil is not None:
            consent_gates.ensure(unit, Deed.DIAGNOSE, [entry.pupil], entry.held_on)
        written = unit.talks.write(entry, now, talk_id)
        if attached is not None:
            unit.talks.attach(written, *attached)
        return written, Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.DIAGNOSTICS)
def withdraw(workspace: Workspace, actor: Actor, talk_id: str) -> tuple[Talk, Changes]:
    """Take a record out of sight; it can be put back."""
    with workspace.unit(actor) as unit:
        unit.talks.withdraw(talk_id, datetime.now(UTC))
        return unit.talks.get(talk_id), Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.DIAGNOSTICS)
def put_back(workspace: Workspace, actor: Actor, talk_id: str) -> tuple[Talk, Changes]:
    """Show a withdrawn record again."""
    with workspace.unit(actor) as unit:
        unit.talks.withdraw(talk_id, None)
        return unit.talks.get(talk_id), Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.DIAGNOSTICS)
def open_copy(workspace: Workspace, actor: Actor, talk_id: str) -> Path:
    """Write the file of a record where only this user can read it, for the system's program to show."""
    with workspace.unit(actor) as unit:
        name, content = unit.talks.content(talk_id)
        deeds.note(unit, DeedKind.OPENED_FILE, "файл консультации")
    return kept_files.private_copy(name, content)

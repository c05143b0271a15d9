"""Handing out everything that is kept of one child, to the parents who ask for it (152-FZ, art. 14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import audit_words, file_names
from profdesk.domain.access import PSYCHOLOGISTS, Actor
from profdesk.domain.audit import Act, Done, Operation, Part, Verb
from profdesk.domain.changes import Changes
from profdesk.domain.deeds import DeedKind
from profdesk.domain.held import Held, HeldFile, Looked, Record, Section
from profdesk.domain.people import PersonName
from profdesk.domain.rights import Right
from profdesk.errors import AccessError, NotFoundError
from profdesk.services import code_titles, deeds, files, kept_files, programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.held import Row, Step
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_NAMES = ("name", "file_name")
_FOLDER = "файлы"


@needs(Right.PUPILS_EXPORT)
def gather(workspace: Workspace, actor: Actor, pupil: str, *, psy: bool = False) -> Held:
    """All that is kept of a child; ``psy`` with what psychologists keep, for whoever holds their key."""
    if psy and not actor.roles & PSYCHOLOGISTS:
        raise AccessError("Записи психолога выгружает психолог: у вас нет ключа от них.")
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        person = next(iter(unit.erasure.people([pupil])), None)
        if person is None:
            raise NotFoundError("Сведений об этом ученике больше нет. Обновите список.")
        rows = unit.held.rows(pupil, psy=psy)
        users = unit.users.names()
        titles = {**code_titles.of(unit, programme), **unit.held.titles(rows), **users}
        return Held(
            organisation=unit.organisation.get(),
            name=person.name,
            made_at=datetime.now(UTC),
            made_by=actor.name,
            sections=_sections(rows, titles),
            journal=[_looked(one, users) for one in unit.held.steps(pupil, psy=psy)],
            psy=psy,
        )


@needs(Right.PUPILS_EXPORT)
def export(workspace: Workspace, actor: Actor, pupil: str, target: Path, *, psy: bool = False) -> tuple[Held, Changes]:
    """Write all of it as one ZIP, whole or not at all, and note in the journal that it was handed out."""
    from profdesk.documents import held as documents

    held = gather(workspace, actor, pupil, psy=psy)
    with files.writing(target) as file, workspace.unit(actor) as unit:
        documents.archive(file, held, lambda digest, of_psy: _content(unit, digest, psy=of_psy))
    with_psy = " с записями психолога" if psy else ""
    _, changes = deeds.record(workspace, actor, DeedKind.EXPORTED, f"все сведения об ученике{with_psy}", [pupil])
    return held, changes


def file_name(name: PersonName) -> str:
    """How the archive is called."""
    return kept_files.file_name(f"Сведения, {name.short}.zip")


def _content(unit: UnitOfWork, digest: str, *, psy: bool) -> bytes:
    return unit.talks.kept(digest) if psy else unit.evidence.kept(digest)


def _sections(rows: Sequence[Row], titles: Mapping[str, str]) -> Sequence[Section]:
    taken: set[str] = set()
    return [
        Section(table, audit_words.subject(table).title, [_record(row, titles, taken) for row in same])
        for table, same in groupby(rows, key=lambda row: row.table)
    ]


def _record(row: Row, titles: Mapping[str, str], taken: set[str]) -> Record:
    fields = {name: (None, value) for name, value in row.fields.items() if not isinstance(value, Mapping)}
    operation = Operation(0, row.table, Verb.INSERT, None, fields, erased=False)
    words = [*audit_words.lines(operation, titles)]
    words += [("кто внёс", titles.get(str(row.fields.get("actor")), ""))] if row.fields.get("actor") else []
    return Record(row.fields, [(name, said) for name, said in words if said], _file(row, taken))


def _file(row: Row, taken: set[str]) -> HeldFile | None:
    if row.sha256 is None:
        return None
    name = next((str(row.fields[one]) for one in _NAMES if row.fields.get(one)), "файл")
    free = file_names.free(kept_files.file_name(name), taken)
    taken.add(free.casefold())
    return HeldFile(row.sha256, f"{_FOLDER}/{free}", row.psy)


def _looked(step: Step, users: Mapping[str, str]) -> Looked:
    act = Act(
        batch="",
        at=step.at,
        actor=step.actor,
        device="",
        psy=False,
        parts=tuple(Part(table, verb, count) for (table, verb), count in step.parts.items()),
        done=tuple(Done(DeedKind(kind), title, 0) for kind, title in step.deeds),
        pupils=(),
        about=1,
        reading="",
    )
    return Looked(step.at, users.get(step.actor, "удалённый пользователь"), audit_words.what(act))

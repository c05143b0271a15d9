"""Pupil references: what is recorded of a pupil as a draft, and the papers made of what the teacher left of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import assets
from profdesk.domain import reference_fields, reference_phrases, reference_text
from profdesk.domain.access import Actor
from profdesk.domain.deeds import DeedKind
from profdesk.domain.people import Group, Pupil
from profdesk.domain.portfolio import STAFF, Basis, Standing
from profdesk.domain.programme import Programme
from profdesk.domain.progress import Progress, silent
from profdesk.domain.reference import Left, Reference, ReferenceFacts, Section, sex_of
from profdesk.domain.reference_fields import Field
from profdesk.domain.reference_phrases import PhraseBook
from profdesk.domain.rights import Right
from profdesk.domain.school_year import Period
from profdesk.errors import WrongInputError
from profdesk.services import deeds, files, programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_TEACHERS = ("классный руководитель", "воспитатель")


@dataclass(frozen=True)
class Draft:
    """The facts of a pupil, and the sections told of them."""

    facts: ReferenceFacts
    sections: tuple[Section, ...]


@needs(Right.REFERENCES)
def draft(workspace: Workspace, actor: Actor, pupil_id: str) -> Draft:
    """Tell what is recorded of a pupil up to the organisation's current term."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        found = _facts(unit, programme, actor, pupil_id)
    return Draft(found, reference_text.draft(found, _book(programme.code)))


def pdf(reference: Reference) -> bytes:
    """Draw a reference as it is printed."""
    from profdesk.documents import reference_pdf

    return reference_pdf.reference(reference)


def docx(reference: Reference) -> bytes:
    """Write a reference for Word."""
    from profdesk.documents import reference_docx

    return reference_docx.reference(reference)


def filled(reference: Reference, template: bytes) -> bytes:
    """Put a reference into a school's own template; WrongInputError says which tag of it does not fit."""
    from profdesk.documents import reference_template

    return reference_template.fill(template, fields(reference))


@needs(Right.REFERENCES)
def write_class(
    workspace: Workspace,
    actor: Actor,
    group_id: str,
    folder: Path,
    template: bytes | None = None,
    edited: Mapping[str, Mapping[str, Left]] | None = None,
    teacher: str = "",
    progress: Progress = silent,
) -> Sequence[Path]:
    """Write a reference of every pupil of a class as a file of its own, for Word or by a school's template.

    ``edited`` has, by the ids of pupils, the sections that were not left as drafted; ``teacher`` signs in place
    of whom the program knows of. No file that is there is replaced; stopping keeps what has been written.
    """
    with workspace.unit(actor) as unit:
        pupils = unit.pupils.in_group(group_id)
    written: list[Path] = []
    for pupil in pupils:
        reference = as_left(draft(workspace, actor, pupil.id), (edited or {}).get(pupil.id, {}), teacher)
        path = _free(folder, file_name(reference))
        files.write(path, docx(reference) if template is None else filled(reference, template))
        written.append(path)
        progress(len(written), len(pupils))
    deeds.record(workspace, actor, DeedKind.EXPORTED, "характеристики класса", [pupil.id for pupil in pupils])
    return written


def as_left(found: Draft, left: Mapping[str, Left] | None = None, teacher: str = "") -> Reference:
    """The draft with what the user has left of some sections, by keys, and the teacher's name if one is given."""
    shown = {one.key: (left or {}).get(one.key, Left(one.included, one.text)) for one in found.sections}
    facts = replace(found.facts, teacher=teacher or found.facts.teacher)
    return Reference(facts, {key: one.text for key, one in shown.items() if one.included})


def file_name(reference: Reference) -> str:
    """What its file is called, without an ending, as every system takes it."""
    return _NOT_IN_NAMES.sub("_", reference.title).strip(" .")


def fields(reference: Reference) -> Sequence[Field]:
    """What a template may name, with the values of this reference."""
    return reference_fields.fields(reference, reference_text.TITLES)


def sample(reference: Reference) -> bytes:
    """Write a template that works, to be made the school's own."""
    from profdesk.documents import reference_docx

    return reference_docx.sample(reference)


def _facts(unit: UnitOfWork, programme: Programme, actor: Actor, pupil_id: str) -> ReferenceFacts:
    from profdesk.documents import declension

    organisation = unit.organisation.get()
    period = organisation.period
    (pupil,) = unit.pupils.some([pupil_id], period.year)
    if pupil.group is None:
        raise WrongInputError(f"Ученик не записан ни в один класс {period.year.title} учебного года. Запишите его.")
    level = programme.level(pupil.group.level)
    codes = {item.code for item in level.competencies.items}
    known = [one for one in unit.portfolio.of_pupil(pupil_id) if one.competency in codes and one.period <= period]
    staff = [one for one in known if one.strand == STAFF]
    since = _compared_with(staff, period)
    return ReferenceFacts(
        pupil=pupil,
        group=pupil.group,
        forms=declension.decline(pupil.name, sex_of(pupil)),
        organisation=organisation,
        level=level,
        scale=programme.stages,
        period=period,
        dated=datetime.now(UTC).astimezone().date(),
        teacher=actor.name if actor.post.lower().startswith(_TEACHERS) else "",
        stages=_latest(staff, period),
        earlier={one.competency: one.stage for one in staff if one.period == since},
        since=since,
        own=_latest([one for one in known if one.strand == Basis.SELF.strand], period),
        parents=_latest([one for one in known if one.strand == Basis.PARENTS.strand], period),
        evidence=_titles(unit, pupil, period),
        notes=_notes(unit, pupil, pupil.group, period),
    )


def _latest(facts: Sequence[Standing], period: Period) -> Mapping[str, int]:
    """The latest stage of the school year, by competency."""
    return {one.competency: one.stage for one in facts if one.period.year == period.year}


def _compared_with(facts: Sequence[Standing], period: Period) -> Period | None:
    """The last term with any assessments before the latest one of the school year."""
    terms = sorted({one.period for one in facts})
    return terms[-2] if len(terms) > 1 and terms[-1].year == period.year else None


def _titles(unit: UnitOfWork, pupil: Pupil, period: Period) -> tuple[str, ...]:
    """What the files of the school year are called, the earliest first, nothing twice."""
    there = reversed(unit.evidence.of_pupil(pupil.id))
    return tuple(dict.fromkeys(one.title for one in there if one.period.year == period.year))


def _notes(unit: UnitOfWork, pupil: Pupil, group: Group, period: Period) -> tuple[tuple[str, str], ...]:
    """The staff's notes of the school year, term by term."""
    terms = (period.previous, period) if period.previous.year == period.year else (period,)
    return tuple(
        (cell.competency, words)
        for term in terms
        for cell, words in unit.notes.of_group(group.id, term, STAFF).items()
        if cell.pupil == pupil.id
    )


def _free(folder: Path, name: str) -> Path:
    """A file of that name that is not there yet: «… (2).docx»."""
    path, number = folder / f"{name}.docx", 1
    while path.exists():
        number += 1
        path = folder / f"{name} ({number}).docx"
    return path


@lru_cache(maxsize=4)
def _book(programme: str) -> PhraseBook:
    """The phrases that ship for a programme; empty for one of which there are none."""
    path = assets.resource("references", f"{programme}.toml")
    return reference_phrases.parse(path.read_text(encoding="utf-8")) if path.is_file() else PhraseBook()

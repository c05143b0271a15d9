"""The school's own blank in Word: looked through, tried on a pupil, filled with what is certified.

``services.certificates`` issues by it; the register keeps the blank itself, so that the same file can be made again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk.domain import certificate_blank, certificate_data, file_names
from profdesk.domain.access import Actor
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_blank import Blank
from profdesk.domain.certificate_design import Certificate, Shown, first_for
from profdesk.domain.deeds import DeedKind
from profdesk.domain.programme import Programme
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.errors import WrongInputError
from profdesk.services import certificate_designs, certificate_facts, deeds, files, programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from pathlib import Path

    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

ENDING = ".docx"
_LARGEST = 20 * 1024 * 1024


def read(path: Path) -> Blank:
    """Look a blank through; WrongInputError says why it cannot be filled, naming the field that there is not."""
    from profdesk.documents import certificate_blank as documents

    content = files.read(path, _LARGEST)
    return Blank(path.name, content, documents.fields(content))


def sample() -> bytes:
    """Write a blank that can be filled and explains its fields, to be made the school's own."""
    from profdesk.documents import certificate_blank_sample

    return certificate_blank_sample.sample()


@needs(Right.CERTIFICATES_READ)
def preview(workspace: Workspace, actor: Actor, group_id: str, pupil_id: str, blank: Blank) -> bytes:
    """Fill a blank for one pupil without taking a number; its code says that it is a trial."""
    from profdesk.documents import certificate_blank as documents

    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        (one,) = _gathered(unit, programme, group_id, [pupil_id], blank, datetime.now(UTC).astimezone().date())
    return documents.fill(blank.content, one.facts)


def unnumbered(
    unit: UnitOfWork, programme: Programme, group_id: str, pupil_ids: Collection[str], blank: Blank, today: date
) -> list[Certificate]:
    """What a blank is to be filled with, in the order of the list; the blank itself is kept."""
    kept = unit.designs.put_blank(blank.content)
    gathered = _gathered(unit, programme, group_id, pupil_ids, blank, today)
    return [replace(one, facts=replace(one.facts, blank=kept)) for one in gathered]


def filled(unit: UnitOfWork, facts: CertificateFacts) -> bytes:
    """The Word document of a numbered certificate, the same each time."""
    from profdesk.documents import certificate_blank as documents

    return documents.fill(unit.designs.blank(facts.blank), facts)


@needs(Right.CERTIFICATES_READ)
def reprint(workspace: Workspace, actor: Actor, number: str) -> bytes:
    """Fill the blank of an issued certificate again: the file as it was issued; nothing is written."""
    with workspace.unit(actor) as unit:
        return _again(unit, number)


@needs(Right.CERTIFICATES_READ)
def reprint_each(
    workspace: Workspace, actor: Actor, numbers: Sequence[str], folder: Path, progress: Progress = silent
) -> Sequence[Path]:
    """As ``reprint``, a file each in a folder by their numbers; all or none, and no file that is there is replaced."""
    room = files.NewFiles(folder)
    written: list[Path] = []
    with files.with_commit(), workspace.unit(actor) as unit:
        for done, number in enumerate(numbers):
            progress(done, len(numbers))
            written.append(room.place(f"{file_names.tidy(f'Сертификат {number}')}{ENDING}"))
            files.write(written[-1], _again(unit, number))
        whom = [unit.certificates.get(one).pupil_id for one in numbers]
        deeds.note(unit, DeedKind.EXPORTED, "сертификаты на бланке Word", whom)
        progress(len(numbers), len(numbers))
    return written


def _again(unit: UnitOfWork, number: str) -> bytes:
    facts = certificate_data.from_json(unit.certificates.snapshot(number))
    if not facts.blank:
        raise WrongInputError(f"Сертификат № {number} выдан не на бланке Word: его можно напечатать ещё раз.")
    return filled(unit, facts)


def _gathered(
    unit: UnitOfWork, programme: Programme, group_id: str, pupil_ids: Collection[str], blank: Blank, today: date
) -> list[Certificate]:
    """What is recorded of pupils, deeds and achievements only where the blank has a place for them."""
    design = first_for(unit.pupils.group(group_id).level, certificate_designs.known(unit))
    content = replace(
        design.content,
        shown=Shown.ALL,
        growth=False,
        deeds=certificate_blank.DEEDS in blank.fields,
        achievements=certificate_blank.ACHIEVEMENTS in blank.fields,
    )
    facts = certificate_facts.gather(unit, programme, group_id, pupil_ids, content, today)
    return [Certificate(one, replace(design, content=content)) for one in facts]

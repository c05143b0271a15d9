"""Digital badges (Open Badges 3.0) of issued certificates, for pupils to take along."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import certificate_data, certificate_register, file_names, open_badge
from profdesk.domain.access import Actor
from profdesk.domain.consent_gates import Deed
from profdesk.domain.deeds import DeedKind
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.services import consent_gates, deeds, files
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@needs(Right.CERTIFICATES_ISSUE)
def export(
    workspace: Workspace,
    actor: Actor,
    numbers: Sequence[str],
    folder: Path,
    pattern: str = file_names.USUAL,
    progress: Progress = silent,
) -> Sequence[Path]:
    """Write the badges of issued certificates, a file each in a folder; gives the files in the order of the numbers.

    ``pattern`` names them (``domain.file_names``); a name that is there already gets a count. All or none:
    stopped or failed half-way, no file stays. WrongInputError for a certificate that is withdrawn, and for a
    pupil without a consent to publication.
    """
    file_names.check(pattern)
    room = files.NewFiles(folder)
    written: list[Path] = []
    with files.with_commit(), workspace.unit(actor) as unit:
        consent_gates.ensure(unit, Deed.PUBLISH, {unit.certificates.get(number).pupil_id for number in numbers})
        for done, number in enumerate(numbers):
            progress(done, len(numbers))
            one = unit.certificates.get(number)
            wanted = file_names.filled(pattern, one.pupil, one.group, number, open_badge.ENDING)
            written.append(room.place(wanted))
            files.write(written[-1], of_issued(unit, number))
        deeds.note(unit, DeedKind.EXPORTED, "цифровые значки", [unit.certificates.get(one).pupil_id for one in numbers])
        progress(len(numbers), len(numbers))
    return written


@needs(Right.CERTIFICATES_ISSUE)
def export_one(workspace: Workspace, actor: Actor, number: str, path: Path) -> None:
    """Write the badge of one issued certificate; WrongInputError if it is withdrawn."""
    with workspace.unit(actor) as unit:
        whom = unit.certificates.get(number).pupil_id
        consent_gates.ensure(unit, Deed.PUBLISH, [whom])
        data = of_issued(unit, number)
    deeds.write_out(workspace, actor, path, data, "цифровой значок", [whom])


def write_beside(unit: UnitOfWork, number: str, paper: Path, room: files.NewFiles) -> None:
    """Write the badge of a certificate beside its file, of its name."""
    files.write(room.place(paper.with_suffix(open_badge.ENDING).name), of_issued(unit, number))


def of_issued(unit: UnitOfWork, number: str) -> bytes:
    """The badge of a certificate in the register, the same each time; WrongInputError if it is withdrawn."""
    from profdesk.signing import open_badge as signing
    from profdesk.signing.keys import SigningKey

    certificate_register.check_for_badges([unit.certificates.get(number)])
    facts = certificate_data.from_json(unit.certificates.snapshot(number))
    return signing.write(facts, SigningKey(unit.keys.private(), unit.keys.certificate()))

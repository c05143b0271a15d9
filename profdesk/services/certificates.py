"""Portfolio certificates: who may get one, a preview, and issuing with numbers in the register."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk.domain import certificate_data
from profdesk.domain.access import Actor
from profdesk.domain.certificate import Candidate, CertificateFacts, Signatory
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.portfolio import Cell, Completeness
from profdesk.domain.programme import Programme
from profdesk.domain.progress import Progress, silent
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import WrongInputError
from profdesk.services import files, programmes

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class Issued:
    """One sealed PDF with a page a pupil, and the numbers taken from the register, in page order."""

    pdf: bytes
    numbers: tuple[str, ...]


def candidates(workspace: Workspace, actor: Actor, group_id: str) -> Sequence[Candidate]:
    """Pupils of a group with the completeness of their portfolios in the group's school year."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        group = unit.pupils.group(group_id)
        codes = [item.code for item in programme.level(group.level).competencies.items]
        assessed = unit.portfolio.assessed_in_year(group_id, SchoolYear(group.year), codes)
        return tuple(
            Candidate(pupil.id, pupil.name, Completeness(assessed.get(pupil.id, 0), len(codes)))
            for pupil in unit.pupils.in_group(group_id)
        )


def preview(workspace: Workspace, actor: Actor, group_id: str, pupil_id: str) -> bytes:
    """Draw one pupil's certificate without taking a number; not sealed."""
    from profdesk.documents import certificate

    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        facts = _facts(unit, programme, group_id, [pupil_id], _today())
    return certificate.certificates(facts)


def issue(
    workspace: Workspace,
    actor: Actor,
    group_id: str,
    pupil_ids: Collection[str],
    save: Callable[[bytes], None],
    progress: Progress = silent,
) -> tuple[Issued, Changes]:
    """Number, draw, seal and register certificates of a group's pupils, in the order of the list.

    ``save`` gets the sealed file before the register is committed and calls ``files.write``: when drawing or
    saving fails, or the work is stopped, no number has been taken, and when the commit fails no file stays.
    """
    from profdesk.documents import certificate
    from profdesk.signing import pdf as sealing
    from profdesk.signing.keys import SigningKey

    if not pupil_ids:
        raise WrongInputError("Отметьте хотя бы одного ученика: сертификат выдаётся на имя.")
    programme = programmes.current(workspace, actor)
    now = datetime.now(UTC)
    with files.with_commit(), workspace.unit(actor) as unit:
        unnumbered = _facts(unit, programme, group_id, pupil_ids, _today())
        facts = [unit.certificates.numbered(one) for one in unnumbered]
        drawn = certificate.certificates(facts, progress)
        key = SigningKey(unit.keys.private(), unit.keys.certificate())
        sealed = sealing.sign(drawn, key, reason="Сертификаты портфолио", at=now)
        digest = hashlib.sha256(sealed).hexdigest()
        for pupil_id, one in zip(_in_order(unit, group_id, pupil_ids), facts, strict=True):
            unit.certificates.register(one, pupil_id, certificate_data.to_json(one), digest)
        save(sealed)
        batch = unit.batch
    numbers = tuple(one.number for one in facts if one.number)
    return Issued(sealed, numbers), Changes.of(batch, Kind.CERTIFICATES)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _in_order(unit: UnitOfWork, group_id: str, pupil_ids: Collection[str]) -> Sequence[str]:
    return [pupil.id for pupil in unit.pupils.in_group(group_id) if pupil.id in pupil_ids]


def _facts(
    unit: UnitOfWork, programme: Programme, group_id: str, pupil_ids: Collection[str], today: date
) -> list[CertificateFacts]:
    group = unit.pupils.group(group_id)
    year = SchoolYear(group.year)
    level = programme.level(group.level)
    organisation = unit.organisation.get()
    stages = unit.portfolio.year_stages(group_id, year)
    return [
        CertificateFacts(
            number=None,
            organisation=organisation,
            pupil=pupil.name,
            group=group.name.title,
            level=level,
            year=year,
            competencies=level.competencies,
            stages=tuple(stages.get(Cell(pupil.id, item.code)) for item in level.competencies.items),
            scale=programme.stages,
            issued_on=today,
            signatories=(
                Signatory(organisation.head_post, organisation.head_name),
                Signatory("Классный руководитель" if group.name.grade else "Воспитатель", ""),
            ),
        )
        for pupil in unit.pupils.in_group(group_id)
        if pupil.id in pupil_ids
    ]

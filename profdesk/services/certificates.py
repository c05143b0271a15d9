"""Portfolio certificates: who may get one, a preview, issuing with numbers, and the register of what was issued."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from profdesk.domain import certificate_data, file_names
from profdesk.domain import certificate_register as register_rules
from profdesk.domain.access import Actor
from profdesk.domain.certificate import Candidate
from profdesk.domain.certificate_blank import Blank
from profdesk.domain.certificate_claim import claim_of
from profdesk.domain.certificate_design import Certificate, CertificateDesign, first_for
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consent_gates import Deed
from profdesk.domain.organisation import Organisation
from profdesk.domain.portfolio import Completeness
from profdesk.domain.programme import Programme
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import WrongInputError
from profdesk.services import (
    badges,
    certificate_blanks,
    certificate_designs,
    certificate_facts,
    consent_gates,
    deeds,
    files,
    organisation,
    programmes,
    users,
)
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from pathlib import Path

    from profdesk.signing.keys import SigningKey
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_NOBODY = "Отметьте хотя бы одного ученика: сертификат выдаётся на имя."


@needs(Right.CERTIFICATES_READ)
def candidates(workspace: Workspace, actor: Actor, group_id: str) -> Sequence[Candidate]:
    """Pupils of a group: how complete their portfolios of the school year are, and who has a certificate of it."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        group = unit.pupils.group(group_id)
        codes = [item.code for item in programme.level(group.level).competencies.items]
        assessed = unit.portfolio.assessed_in_year(group_id, SchoolYear(group.year), codes)
        issued = unit.certificates.of_year(SchoolYear(group.year))
        return tuple(
            Candidate(pupil.id, pupil.name, Completeness(assessed.get(pupil.id, 0), len(codes)), pupil.id in issued)
            for pupil in unit.pupils.in_group(group_id)
        )


@needs(Right.CERTIFICATES_READ)
def preview(
    workspace: Workspace,
    actor: Actor,
    group_id: str,
    pupil_id: str,
    design: CertificateDesign | None = None,
    *,
    trial: bool = False,
) -> bytes:
    """Draw one pupil's certificate without taking a number; not sealed. ``design`` None: that of the level.

    ``trial``: as it is printed, without the blank that the paper bears already. WrongInputError already here if
    the code would be too large for the paper.
    """
    from profdesk.documents import certificate
    from profdesk.signing import certificate_code

    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        wanted = _unnumbered(unit, programme, group_id, [pupil_id], design)
        for one in wanted:
            facts = unit.certificates.numbered(one.facts)
            certificate.check(replace(facts, code=certificate_code.unsigned(claim_of(facts))))
        return certificate.certificates(wanted, certificate_designs.pictures(unit), preview=not trial)


@needs(Right.CERTIFICATES_ISSUE)
def issue(
    workspace: Workspace,
    actor: Actor,
    group_id: str,
    pupil_ids: Collection[str],
    target: Path,
    progress: Progress = silent,
    design: CertificateDesign | None = None,
) -> tuple[Sequence[str], Changes]:
    """Number, draw, seal and register certificates of a group's pupils, in the order of the list, in one file.

    ``design`` is how they are made up; None: that of the group's level. Gives the numbers in page order.

    When drawing, saving or the commit fails, or the work is stopped, no number has been taken and no file stays.
    """
    programme = programmes.current(workspace, actor)
    with files.with_commit(), workspace.unit(actor) as unit:
        pupils = _in_order(unit, group_id, pupil_ids)
        wanted = _unnumbered(unit, programme, group_id, pupil_ids, design)
        numbers = _register(unit, pupils, _numbered(unit, wanted), target, progress)
        return numbers, Changes.of(unit.batch, Kind.CERTIFICATES)


@needs(Right.CERTIFICATES_ISSUE)
def issue_each(
    workspace: Workspace,
    actor: Actor,
    group_id: str,
    pupil_ids: Collection[str],
    folder: Path,
    pattern: str = file_names.USUAL,
    progress: Progress = silent,
    design: CertificateDesign | None = None,
    *,
    blank: Blank | None = None,
    with_badges: bool = False,
) -> tuple[Sequence[str], Changes]:
    """As ``issue``, but a sealed file for each pupil in a folder; gives the numbers in the order of the list.

    With a ``blank`` they are Word documents, which bear the code but no seal, in place of what a design draws.
    ``pattern`` names the files (``domain.file_names``); a name that is there already gets a count.
    ``with_badges`` puts a pupil's digital badge beside each.
    All of them or none: stopped or failed half-way, no file stays and no number has been taken.
    """
    file_names.check(pattern)
    programme = programmes.current(workspace, actor)
    room = files.NewFiles(folder)
    numbers: list[str] = []
    with files.with_commit(), workspace.unit(actor) as unit:
        pupils = _in_order(unit, group_id, pupil_ids)
        wanted = _unnumbered(unit, programme, group_id, pupil_ids, design, blank)
        if with_badges:
            consent_gates.ensure(unit, Deed.PUBLISH, pupils)
        for done, (pupil, one) in enumerate(zip(pupils, _numbered(unit, wanted), strict=True)):
            progress(done, len(pupils))
            facts, ending = one.facts, certificate_blanks.ENDING if blank else ".pdf"
            target = room.place(file_names.filled(pattern, facts.pupil, facts.group, str(facts.number), ending))
            numbers.append(_register_one(unit, pupil, one, target))
            if with_badges:
                badges.write_beside(unit, numbers[-1], target, room)
        progress(len(pupils), len(pupils))
        return numbers, Changes.of(unit.batch, Kind.CERTIFICATES)


@needs(Right.CERTIFICATES_ISSUE)
def duplicate(workspace: Workspace, actor: Actor, number: str, target: Path) -> tuple[str, Changes]:
    """Issue a certificate instead of one that was lost or spoilt: the same facts under a new number, of today.

    The former one is withdrawn. Gives the number; WrongInputError if the former is withdrawn already.
    """
    with files.with_commit(), workspace.unit(actor) as unit:
        former = unit.certificates.get(number)
        reason = register_rules.check_reason(former, "выдан дубликат")
        lost = _kept(unit, number)
        again = replace(lost.facts, number=None, code="", issued_on=_today(), duplicate_of=number)
        again = replace(again, organisation=_named_as(again.organisation, unit.organisation.get()))
        (wanted,) = _numbered(unit, [Certificate(again, lost.design)])
        fresh = _register_one(unit, former.pupil_id, wanted, target)
        unit.certificates.withdraw(number, _today(), f"{reason} № {fresh}")
        return fresh, Changes.of(unit.batch, Kind.CERTIFICATES)


@needs(Right.CERTIFICATES_READ)
def register(workspace: Workspace, actor: Actor, year: SchoolYear | None = None) -> Sequence[register_rules.Issued]:
    """The register of a school year (None: of all), the latest number first."""
    with workspace.unit(actor) as unit:
        return unit.certificates.issued(year)


@needs(Right.CERTIFICATES_READ)
def register_paper(
    workspace: Workspace, actor: Actor, shown: Sequence[register_rules.Issued], year: SchoolYear | None, words: str
) -> bytes:
    """Draw lines of the register in their order; ``year`` and the searched ``words`` say which they are."""
    from profdesk.documents import certificate_register

    school, names = organisation.get(workspace, actor), users.names(workspace, actor)
    return certificate_register.paper(school, shown, names, year, words, _today())


@needs(Right.CERTIFICATES_READ)
def export_register(workspace: Workspace, actor: Actor, shown: Sequence[register_rules.Issued], target: Path) -> None:
    """Write lines of the register as XLSX in their order."""
    from profdesk.documents import certificate_register_xlsx

    data = certificate_register_xlsx.workbook(shown, users.names(workspace, actor))
    deeds.write_out(workspace, actor, target, data, "реестр сертификатов", [one.pupil_id for one in shown])


@needs(Right.CERTIFICATES_READ)
def reprint(workspace: Workspace, actor: Actor, numbers: Sequence[str], progress: Progress = silent) -> bytes:
    """Draw issued certificates again from what the register keeps; not sealed, nothing is written.

    Those of one file in its order give the bytes that the file had before it was sealed. WrongInputError for one on a
    blank in Word (``certificate_blanks.reprint``).
    """
    from profdesk.documents import certificate

    file = BytesIO()
    with workspace.unit(actor) as unit:
        kept = (_drawn(unit, number) for number in numbers)
        certificate.draw(kept, len(numbers), certificate_designs.pictures(unit), file, progress)
    return file.getvalue()


@needs(Right.CERTIFICATES_ISSUE)
def withdraw(workspace: Workspace, actor: Actor, number: str, reason: str) -> tuple[register_rules.Issued, Changes]:
    """Note from today on that a certificate is worth nothing, and why; WrongInputError if that cannot be."""
    with workspace.unit(actor) as unit:
        tidy = register_rules.check_reason(unit.certificates.get(number), reason)
        unit.certificates.withdraw(number, _today(), tidy)
        return unit.certificates.get(number), Changes.of(unit.batch, Kind.CERTIFICATES)


@needs(Right.CERTIFICATES_ISSUE)
def put_back(workspace: Workspace, actor: Actor, number: str) -> tuple[register_rules.Issued, Changes]:
    """Undo a withdrawal; WrongInputError if a duplicate has been issued instead."""
    with workspace.unit(actor) as unit:
        instead = [one.number for one in unit.certificates.issued() if one.duplicate_of == number]
        if instead:
            raise WrongInputError(f"Вместо него выдан дубликат № {instead[0]}: действует он.")
        unit.certificates.withdraw(number, None, "")
        return unit.certificates.get(number), Changes.of(unit.batch, Kind.CERTIFICATES)


def _numbered(unit: UnitOfWork, wanted: Iterable[Certificate]) -> Iterator[Certificate]:
    """Give each its number, and the code that proves it."""
    from profdesk.signing import certificate_code

    key = _key(unit)
    for one in wanted:
        facts = unit.certificates.numbered(one.facts)
        yield replace(one, facts=replace(facts, code=certificate_code.write(claim_of(facts), key)))


def _register(
    unit: UnitOfWork, pupils: Sequence[str], numbered: Iterable[Certificate], target: Path, progress: Progress
) -> Sequence[str]:
    """Draw certificates of pupils (ids) page by page into a file, seal and register them; gives their numbers."""
    from profdesk.documents import certificate
    from profdesk.signing import pdf as sealing

    now = datetime.now(UTC)
    made: list[Certificate] = []
    with files.writing(target) as file:
        certificate.draw(_noted(numbered, made), len(pupils), certificate_designs.pictures(unit), file, progress)
        sealing.seal(file, _key(unit), reason="Сертификаты портфолио", at=now)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return [_enter(unit, pupil, one, digest) for pupil, one in zip(pupils, made, strict=True)]


def _register_one(unit: UnitOfWork, pupil: str, numbered: Certificate, target: Path) -> str:
    """As ``_register`` with a file of its own, whether it is drawn or on a blank in Word."""
    if not numbered.facts.blank:
        (number,) = _register(unit, [pupil], [numbered], target, silent)
        return number
    filled = certificate_blanks.filled(unit, numbered.facts)
    files.write(target, filled)
    return _enter(unit, pupil, numbered, hashlib.sha256(filled).hexdigest())


def _enter(unit: UnitOfWork, pupil: str, made: Certificate, digest: str) -> str:
    """Put a certificate into the register with the digest of its file; gives its number."""
    design = unit.designs.keep(made.design, datetime.now(UTC))
    unit.certificates.register(made.facts, pupil, certificate_data.to_json(made.facts), design, digest)
    return str(made.facts.number)


def _noted(numbered: Iterable[Certificate], made: list[Certificate]) -> Iterator[Certificate]:
    for one in numbered:
        made.append(one)
        yield one


def _key(unit: UnitOfWork) -> SigningKey:
    from profdesk.signing.keys import SigningKey

    return SigningKey(unit.keys.private(), unit.keys.certificate())


def _named_as(kept: Organisation, now: Organisation) -> Organisation:
    """The organisation as the former paper named it, with today's pattern of numbers."""
    return replace(kept, certificate_numbers=now.certificate_numbers)


def _drawn(unit: UnitOfWork, number: str) -> Certificate:
    """As ``_kept``, of one that the program draws."""
    kept = _kept(unit, number)
    if kept.facts.blank:
        raise WrongInputError(f"Сертификат № {number} выдан на бланке Word: его можно сохранить ещё раз.")
    return kept


def _kept(unit: UnitOfWork, number: str) -> Certificate:
    """A certificate as it was issued; those from before there were designs take that of their level."""
    facts = certificate_data.from_json(unit.certificates.snapshot(number))
    digest = unit.certificates.design(number)
    design = unit.designs.kept(digest) if digest else first_for(facts.level.code, certificate_designs.shipped())
    return Certificate(facts, design)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _in_order(unit: UnitOfWork, group_id: str, pupil_ids: Collection[str]) -> Sequence[str]:
    pupils = [pupil.id for pupil in unit.pupils.in_group(group_id) if pupil.id in pupil_ids]
    if not pupils:
        raise WrongInputError(_NOBODY)
    consent_gates.ensure(unit, Deed.KEEP_PORTFOLIO, pupils)
    return pupils


def _unnumbered(
    unit: UnitOfWork,
    programme: Programme,
    group_id: str,
    pupil_ids: Collection[str],
    design: CertificateDesign | None,
    blank: Blank | None = None,
) -> list[Certificate]:
    if blank is not None:
        return certificate_blanks.unnumbered(unit, programme, group_id, pupil_ids, blank, _today())
    chosen = design or first_for(unit.pupils.group(group_id).level, certificate_designs.known(unit))
    facts = certificate_facts.gather(unit, programme, group_id, pupil_ids, chosen.content, _today())
    return [Certificate(one, chosen) for one in facts]

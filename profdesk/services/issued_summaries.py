"""The register of issued summaries: their exact bytes given back, and what signed them further.

A further signature is put to a whole file: to the bytes that were issued, or to these with the signatures that were
appended since. Each of those files is a revision; the last one is what a copy holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import issued_summaries, received, summary_changes
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.deeds import DeedKind
from profdesk.domain.detached import OutsideSigner
from profdesk.domain.issued_summaries import FurtherSignature, IssuedSummary, Place
from profdesk.domain.published import publish
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.summary import Summary
from profdesk.domain.summary_changes import FigureChange
from profdesk.domain.verification import Verification
from profdesk.errors import WrongInputError
from profdesk.services import countersigning, deeds, files, summary, summary_files, users
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_LARGEST = 50 * 1024 * 1024
_LARGEST_KEY = 64 * 1024
_HELD = "Такая подпись у сводки уже есть."
_NOT_OF_THE_FILE = "Файла, к которому она сделана, здесь больше нет."
_NOTHING_NEW = "В файле нет новой подписи: он здесь уже хранится."


@dataclass(frozen=True)
class Revision:
    """A whole file: what was issued (``signature`` None), or that with signatures appended, ``signature`` the last."""

    document: bytes
    signature: FurtherSignature | None = None

    @property
    def sha256(self) -> str:
        """What a signature put to it names it by."""
        return _sha256(self.document)


@dataclass(frozen=True)
class Taken:
    """Signatures that were taken in, and a sentence for each file that was not."""

    kept: tuple[FurtherSignature, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What the last revision proves, and what is wrong with a further signature, empty if it holds."""

    document: Verification
    further: tuple[tuple[FurtherSignature, str], ...]


@dataclass(frozen=True)
class Correction:
    """What would be signed instead of an issued summary, and which indicators differ from that one."""

    summary: Summary
    changes: Sequence[FigureChange]


@needs(Right.SUMMARY_READ)
def register(workspace: Workspace, actor: Actor, year: SchoolYear | None = None) -> Sequence[IssuedSummary]:
    """The register of a school year (None: of all), the newest first."""
    with workspace.unit(actor) as unit:
        return unit.summaries.issued(year)


@needs(Right.SUMMARY_READ)
def document(workspace: Workspace, actor: Actor, number: str, *, original: bool = False) -> bytes:
    """The file with every signature that was appended, or the exact bytes that were issued.

    WorkspaceError if these are spoiled.
    """
    with workspace.unit(actor) as unit:
        return _revision(unit, number, original=original).document


@needs(Right.SUMMARY_READ)
def opened(workspace: Workspace, actor: Actor, number: str) -> tuple[bytes, Sequence[OutsideSigner]]:
    """``document``, and who signed what was issued: the organisation."""
    from profdesk.signing import appended

    with workspace.unit(actor) as unit:
        revisions = _revisions(unit, number)
        return revisions[-1].document, appended.every(revisions[0].document)


@needs(Right.SUMMARY_READ)
def save_copy(
    workspace: Workspace, actor: Actor, number: str, target: Path, *, original: bool = False
) -> Sequence[Path]:
    """Write ``document`` and beside it, under its name and «.sig», each signature file put to it; gives what it wrote.

    A signature file put to another revision would not fit this one and stays out.
    """
    with files.with_commit(), workspace.unit(actor) as unit:
        revision = _revision(unit, number, original=original)
        written = [target]
        files.write(target, revision.document)
        for one in _beside(unit, number, revision):
            place = target.with_name(f"{target.name}{f'.{len(written)}' if len(written) > 1 else ''}.sig")
            files.write(place, unit.summaries.signed(one))
            written.append(place)
        deeds.note(unit, DeedKind.EXPORTED, "подписанная сводка")
        return written


@needs(Right.SUMMARY_SIGN)
def take(workspace: Workspace, actor: Actor, number: str, paths: Sequence[Path]) -> tuple[Taken, Changes]:
    """Take in signatures of an issued summary, each proven over its exact bytes: files .sig, or a countersigned PDF."""
    kept: list[FurtherSignature] = []
    refused: list[str] = []
    with workspace.unit(actor) as unit:
        for path in paths:
            try:
                kept.append(_take(unit, number, path.name, files.read(path, largest=_LARGEST)))
            except WrongInputError as error:
                refused.append(f"«{path.name}»: {error.message}")
        changes = Changes.of(unit.batch, Kind.SUMMARIES) if kept else Changes()
    return Taken(tuple(kept), tuple(refused)), changes


@needs(Right.SUMMARY_SIGN)
def take_countersigned(
    workspace: Workspace, actor: Actor, number: str, countersigned: bytes
) -> tuple[FurtherSignature, Changes]:
    """Keep what a countersignature appended to the last revision; WrongInputError for any other file."""
    with workspace.unit(actor) as unit:
        return _append(unit, number, countersigned), Changes.of(unit.batch, Kind.SUMMARIES)


@needs(Right.SUMMARY_SIGN)
def countersign(
    workspace: Workspace, actor: Actor, number: str, key: Path, password: str
) -> tuple[FurtherSignature, Changes]:
    """Put a second person's signature under the last revision with an own key, and keep it.

    Errors as for ``countersigning.countersign``.
    """
    p12 = files.read(key, largest=_LARGEST_KEY)
    last = document(workspace, actor, number)
    signed = countersigning.countersign(last, p12, password, datetime.now(UTC))
    return take_countersigned(workspace, actor, number, signed)


@needs(Right.SUMMARY_SIGN)
def withdraw(workspace: Workspace, actor: Actor, signature: FurtherSignature) -> Changes:
    """Take a further signature away; WrongInputError if another one was put to the file that it made."""
    with workspace.unit(actor) as unit:
        standing = unit.summaries.get(signature.number).signatures
        upon = [one for one in standing if one.over == signature.sha256]
        if upon:
            raise WrongInputError(f"Поверх неё подписано ещё раз: {upon[0].who}. Сначала уберите ту подпись.")
        unit.summaries.withdraw_signature(signature.id, datetime.now(UTC))
        return Changes.of(unit.batch, Kind.SUMMARIES)


@needs(Right.SUMMARY_READ)
def check(workspace: Workspace, actor: Actor, number: str) -> Checked:
    """Prove everything that the register keeps of a summary again; WorkspaceError if its bytes are spoiled."""
    from profdesk.signing import known_keys, verify

    with workspace.unit(actor) as unit:
        revisions = _revisions(unit, number)
        known = [*known_keys.known(), unit.keys.certificate()]
        appended = {one.signature.id for one in revisions if one.signature}
        further = []
        for one in unit.summaries.get(number).signatures:
            if one.place is Place.APPENDED:
                wrong = "" if one.id in appended else _NOT_OF_THE_FILE
            else:
                wrong = _complaint(unit.summaries.signed(one), [rev for rev in revisions if rev.sha256 == one.over])
            further.append((one, wrong))
        return Checked(verify.verify(revisions[-1].document, known), tuple(further))


@needs(Right.SUMMARY_READ)
def recounted(workspace: Workspace, actor: Actor, number: str) -> Correction:
    """Count the span of an issued summary afresh and hold it against what that one told; nothing is written."""
    from profdesk.signing.attached import attached

    with workspace.unit(actor) as unit:
        former, issued = unit.summaries.get(number), unit.summaries.document(number)
    now = summary.compute(workspace, actor, former.span)
    told = received.read(attached(issued, summary_files.DATA, received.LARGEST))
    return Correction(now, summary_changes.changes(told, publish(now)))


@needs(Right.SUMMARY_SIGN)
def correct(
    workspace: Workspace, actor: Actor, number: str, reason: str, save: Callable[[bytes], None]
) -> tuple[summary.SignedSummary, Changes]:
    """Count the span of an issued summary afresh and sign that instead of it; ``save`` as for ``summary.sign``."""
    with workspace.unit(actor) as unit:
        former = unit.summaries.get(number)
    replaced = issued_summaries.replaced(former, former.span, reason)
    return summary.sign(workspace, actor, summary.compute(workspace, actor, former.span), save, replaced)


@needs(Right.SUMMARY_READ)
def export_register(
    workspace: Workspace, actor: Actor, title: str, shown: Sequence[IssuedSummary], target: Path
) -> None:
    """Write lines of the register as XLSX in their order, under a title."""
    from profdesk.documents import issued_summaries_xlsx

    data = issued_summaries_xlsx.workbook(title, shown, users.names(workspace, actor))
    deeds.write_out(workspace, actor, target, data, "реестр подписанных сводок")


def _take(unit: UnitOfWork, number: str, name: str, content: bytes) -> FurtherSignature:
    if content.startswith(b"%PDF"):
        return _append(unit, number, content)
    from profdesk.signing import detached

    own, now = _sha256(content), datetime.now(UTC)
    if any(one.sha256 == own for one in unit.summaries.get(number).signatures):
        raise WrongInputError(_HELD)
    for revision in reversed(_revisions(unit, number)):
        verdict = detached.check(content, revision.document)
        if verdict.holds:
            digests = revision.sha256, own
            return unit.summaries.add_signature(number, Place.BESIDE, name, content, digests, verdict.signers, now)
    raise WrongInputError(verdict.reason)


def _append(unit: UnitOfWork, number: str, countersigned: bytes) -> FurtherSignature:
    from profdesk.signing import appended

    revisions = _revisions(unit, number)
    last = revisions[-1]
    if any(countersigned == one.document for one in revisions):
        raise WrongInputError(_NOTHING_NEW)
    beside = countersigned.startswith(revisions[0].document) and not countersigned.startswith(last.document)
    if beside and last.signature:
        raise WrongInputError(
            f"Подписана копия без подписи, которая здесь уже есть: {last.signature.who}. "
            "Сохраните копию заново и подпишите её, или уберите ту подпись."
        )
    signers = appended.signers(last.document, countersigned)
    content, digests = countersigned[len(last.document) :], (last.sha256, _sha256(countersigned))
    return unit.summaries.add_signature(number, Place.APPENDED, "", content, digests, signers, datetime.now(UTC))


def _revisions(unit: UnitOfWork, number: str) -> Sequence[Revision]:
    """What was issued, then with each appended signature that follows what is before it."""
    found = [Revision(unit.summaries.document(number))]
    for one in unit.summaries.get(number).signatures:
        if one.place is Place.APPENDED and one.over == found[-1].sha256:
            found.append(Revision(unit.summaries.signed(one, found[-1].document), one))
    return found


def _revision(unit: UnitOfWork, number: str, *, original: bool) -> Revision:
    """The last one, or what was issued, which can be had though a signature is spoiled."""
    return Revision(unit.summaries.document(number)) if original else _revisions(unit, number)[-1]


def _beside(unit: UnitOfWork, number: str, revision: Revision) -> Sequence[FurtherSignature]:
    standing = unit.summaries.get(number).signatures
    return [one for one in standing if one.place is Place.BESIDE and one.over == revision.sha256]


def _complaint(signature: bytes, over: Sequence[Revision]) -> str:
    from profdesk.signing import detached

    verdicts = [detached.check(signature, one.document) for one in over]
    return "; ".join(one.reason for one in verdicts if not one.holds) if verdicts else _NOT_OF_THE_FILE


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

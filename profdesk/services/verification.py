"""Verification of a signed document, a certificate's code or a digital badge, with or without an open workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import open_badge
from profdesk.domain.access import Actor, Reach
from profdesk.domain.certificate_claim import Claim, CodeAnswer, titles
from profdesk.domain.certificate_register import Issued
from profdesk.domain.detached import OutsideVerdict
from profdesk.domain.programme import Programme
from profdesk.domain.rights import Right
from profdesk.domain.verification import Verdict, Verification
from profdesk.errors import WrongInputError
from profdesk.services import files, key_files, keys, programmes, senders
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_WORD = ".docx"
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", _WORD)
"""Names of files that are looked at for a code."""
BADGE = open_badge.ENDING
"""How files of digital badges end."""
SIGNATURES = (".sig", ".p7s", ".p7m")
"""How signature files made outside end."""
_LARGEST = 50 * 1024 * 1024


def verify(path: Path, also_known: Sequence[Path] = ()) -> Verification:
    """Check a file against the keys known on this computer and those in the files ``also_known``.

    WrongInputError only when the file cannot be read or is over 50 MB; every other file gets a verdict.
    """
    return _verify(path, trusted(also_known))


def verify_code(text: str, also_known: Sequence[Path] = ()) -> CodeAnswer:
    """Say what the text of a certificate's code proves; every text gets a verdict."""
    return _proven(text, trusted(also_known), programmes.shipped())


def verify_picture(path: Path, also_known: Sequence[Path] = ()) -> Sequence[CodeAnswer]:
    """Say what each code on a picture or in a Word document proves.

    WrongInputError if the file is neither, or none of the codes is ours.
    """
    known = trusted(also_known)
    return [_proven(code, known, programmes.shipped()) for code in _codes(path)]


def verify_badge(path: Path, also_known: Sequence[Path] = ()) -> CodeAnswer:
    """Say what a digital badge proves; WrongInputError only when the file cannot be read or is too large."""
    answer, _ = _proven_badge(path, trusted(also_known))
    return answer


def verify_outside(signature: Path, document: Path | None) -> OutsideVerdict:
    """Say whether a signature file made outside holds over a document (None: the one inside it).

    WrongInputError only when one of the files cannot be read.
    """
    from profdesk.signing import detached

    content = files.read(document, largest=_LARGEST) if document else None
    return detached.check(files.read(signature, largest=_LARGEST), content)


def document_of(signature: Path) -> Path | None:
    """The file beside a signature that is called as it is: «Сводка.pdf» of «Сводка.pdf.sig», «Сводка.pdf.2.sig»."""
    beside = signature.with_suffix("")
    places = (beside, beside.with_suffix("")) if beside.suffix[1:].isdecimal() else (beside,)
    return next((one for one in places if one != signature and one.is_file()), None)


def holds_document(signature: Path) -> bool:
    """Whether a signature file has its document inside; WrongInputError only when it cannot be read."""
    from profdesk.signing import detached

    return detached.holds_document(files.read(signature, largest=_LARGEST))


@needs(Right.HOUSE_READ)
def verify_here(workspace: Workspace, actor: Actor, path: Path, also_known: Sequence[Path] = ()) -> Verification:
    """The same; the workspace's own key and the confirmed ones of its senders are known wherever it is opened."""
    return _verify(path, _known_here(workspace, actor, also_known))


@needs(Right.CERTIFICATES_READ)
def verify_code_here(workspace: Workspace, actor: Actor, text: str, also_known: Sequence[Path] = ()) -> CodeAnswer:
    """What the text of a code proves, with the workspace's own key, programme and register of certificates."""
    (answer,) = _proven_here(workspace, actor, [text], also_known)
    return answer


@needs(Right.CERTIFICATES_READ)
def verify_picture_here(
    workspace: Workspace, actor: Actor, path: Path, also_known: Sequence[Path] = ()
) -> Sequence[CodeAnswer]:
    """The same of each code on a picture; WrongInputError if it is no picture, or none of the codes is ours."""
    return _proven_here(workspace, actor, _codes(path), also_known)


@needs(Right.CERTIFICATES_READ)
def verify_badge_here(workspace: Workspace, actor: Actor, path: Path, also_known: Sequence[Path] = ()) -> CodeAnswer:
    """The same of a digital badge, with the workspace's own key and register of certificates."""
    answer, code = _proven_badge(path, _known_here(workspace, actor, also_known))
    (answer,) = _looked_up(workspace, actor, [(answer, code)])
    return answer


def _codes(path: Path) -> Sequence[str]:
    """The texts of certificates' codes on a picture or in a Word document, at least one."""
    from profdesk.intake import code_picture
    from profdesk.signing import certificate_code

    in_word = path.suffix.lower() == _WORD
    read = code_picture.texts_in_word if in_word else code_picture.texts
    found = read(files.read(path, largest=_LARGEST), path.name)
    codes = [one for one in found if one.startswith(certificate_code.PREFIX)]
    if not codes and in_word:
        raise WrongInputError("В документе Word нет кода сертификата: такой документ ничего не подтверждает.")
    if not codes:
        raise WrongInputError("На картинке нет кода сертификата. Снимите код ближе, целиком и без бликов.")
    return codes


def _proven_here(
    workspace: Workspace, actor: Actor, codes: Sequence[str], also_known: Sequence[Path]
) -> Sequence[CodeAnswer]:
    known = _known_here(workspace, actor, also_known)
    read_by = [programmes.current(workspace, actor), *programmes.shipped()]
    return _looked_up(workspace, actor, [(_proven(code, known, read_by), code) for code in codes])


def _looked_up(workspace: Workspace, actor: Actor, proven: Sequence[tuple[CodeAnswer, str]]) -> Sequence[CodeAnswer]:
    """Answers with what the register says of the certificates that bear their codes, of whatever class.

    A class teacher who has another's paper at hand must not be told that the register lacks it; of the pupil the
    paper itself says more.
    """
    with workspace.unit(replace(actor, reach=Reach.ALL)) as unit:
        return [
            replace(answer, looked_up=True, entry=_entry(unit, code.strip(), answer.claim)) if answer.claim else answer
            for answer, code in proven
        ]


def _entry(unit: UnitOfWork, code: str, claim: Claim) -> Issued | None:
    return unit.certificates.by_code(code) or unit.certificates.of_nobody(claim.number)


def _proven(text: str, known: Sequence[bytes], read_by: Sequence[Programme]) -> CodeAnswer:
    from profdesk.signing import certificate_code

    try:
        read = certificate_code.read(text)
        key = read.signer(known)
    except WrongInputError as error:
        return CodeAnswer(Verdict.REFUSED, error.message)
    names = titles(read.claim, read_by)
    if key is None:
        reason = (
            "Код прочитан, но подлинность не доказана: ключа, который в нём назван, на этом компьютере нет. "
            "Возьмите сертификат ключа у организации и добавьте его в настройках."
        )
        return CodeAnswer(Verdict.UNKNOWN_KEY, reason, read.claim, names=names)
    reason = "Код подписан известным ключом и не изменён. Сверьте бумагу с тем, что здесь."
    return CodeAnswer(Verdict.TRUSTED, reason, read.claim, key, names)


def _proven_badge(path: Path, known: Sequence[bytes]) -> tuple[CodeAnswer, str]:
    """What a badge proves, and the text of the code in it."""
    from profdesk.signing import open_badge as signing

    data = files.read(path, largest=signing.LARGEST)
    try:
        read = signing.read(data)
        key = read.signer(known)
    except WrongInputError as error:
        return CodeAnswer(Verdict.REFUSED, error.message), ""
    badge = read.badge
    if key is None:
        reason = (
            "Значок прочитан, но подлинность не доказана: ключа, который в нём назван, на этом компьютере нет. "
            "Возьмите сертификат ключа у организации и добавьте его в настройках."
        )
        return CodeAnswer(Verdict.UNKNOWN_KEY, reason, read.claim, names=badge.names), badge.code
    reason = "Значок подписан известным ключом и не изменён."
    return CodeAnswer(Verdict.TRUSTED, reason, read.claim, key, badge.names), badge.code


def trusted(also_known: Sequence[Path] = ()) -> Sequence[bytes]:
    """The certificates known on this computer and those in the files ``also_known`` (``key_files.certificates``)."""
    from profdesk.signing import known_keys

    return [*known_keys.known(), *(pem for key in also_known for pem in key_files.certificates(key))]


def _known_here(workspace: Workspace, actor: Actor, also_known: Sequence[Path]) -> Sequence[bytes]:
    own = keys.certificate(workspace, actor)
    return [*trusted(also_known), own, *senders.trusted(workspace, actor)]


def _verify(path: Path, known: Sequence[bytes]) -> Verification:
    from profdesk.signing import verify as signing

    return signing.verify(files.read(path, largest=_LARGEST), known)

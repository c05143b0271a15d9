"""Verification of a signed PDF, offline: first the bytes by our own strict rules, then pyHanko.

Own rules come first because a reader that repairs what it reads would also repair an attack: every
byte of the file must be under a signature, but for the signature's own hexadecimal digits. They look at
text alone, so pyHanko has then to say that the last real signature covers the whole file.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from profdesk.domain.verification import MOST_SIGNATURES, KeyInfo, Signature, Verdict, Verification
from profdesk.errors import WrongInputError
from profdesk.signing import envelope, layout, reader, revisions
from profdesk.signing.keys import describe

_CHANGED = "Файл изменён после подписания. Попросите прислать подписанный файл ещё раз."
_BROKEN = "Файл повреждён или это не PDF. Попросите прислать его ещё раз."
_FOREIGN = "Подпись изменена или сделана другой программой: её устройство не то, какое пишет profdesk."
_KNOWN = "Файл не изменён после подписания, ключ известен на этом компьютере."
_ALL_KNOWN = "Файл не изменён после подписания, ключи всех подписавших известны на этом компьютере."
_UNKNOWN = (
    "На этом компьютере неизвестен ключ, который назван так: {}. "
    "Сверьте отпечаток {} по телефону и добавьте ключ в настройках."
)
_UNSIGNED = "В файле нет подписи profdesk."
_ALLOWED = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
_MALFORMED = (
    PdfError,
    SignatureValidationError,
    PathError,
    WrongInputError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OSError,
    NotImplementedError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    zlib.error,
)
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def verify(pdf: bytes, known: Collection[bytes]) -> Verification:
    """Tell whether a file is whole, by whom and when it was signed, and whether the key is known.

    ``known`` are certificates in PEM or DER. Never raises: what cannot be read is refused in words.
    """
    complaint = layout.complaint(pdf)
    if complaint is not None:
        return Verification(Verdict.REFUSED, complaint)
    try:
        return _verified(pdf, {describe(certificate).fingerprint for certificate in known})
    except _MALFORMED:
        return Verification(Verdict.REFUSED, _BROKEN)


def certificate(pdf: bytes, fingerprint: str) -> bytes:
    """The certificate (DER) of that fingerprint which signed a verified file."""
    for signature in reader.opened(pdf).embedded_signatures:
        found: bytes = signature.signer_cert.dump()
        if describe(found).fingerprint == fingerprint:
            return found
    raise WrongInputError(_BROKEN)


def _verified(pdf: bytes, known: Collection[str]) -> Verification:
    document = reader.opened(pdf)
    signatures = list(document.embedded_signatures)
    if not signatures or len(signatures) > MOST_SIGNATURES:
        return Verification(Verdict.REFUSED, _UNSIGNED)
    if signatures[-1].evaluate_signature_coverage() is not SignatureCoverageLevel.ENTIRE_FILE:
        return Verification(Verdict.REFUSED, _CHANGED)
    if not revisions.are_all_signed(document, signatures) or not revisions.says_the_same(document):
        return Verification(Verdict.REFUSED, _CHANGED)
    title = revisions.title(document)
    answers = [_one(signature, known, title) for signature in signatures]
    worst = max(answers, key=lambda answer: answer.verdict)
    if worst.verdict is Verdict.REFUSED:
        return worst
    made = tuple(one for answer in answers for one in answer.signatures)
    reason = _ALL_KNOWN if made[1:] and all(one.known for one in made) else worst.reason
    return replace(worst, reason=reason, signatures=made)


def _one(signature: EmbeddedPdfSignature, known: Collection[str], title: str | None) -> Verification:
    certificate: x509.Certificate = signature.signer_cert
    key = describe(certificate.dump())
    signed_at = signature.self_reported_timestamp
    if signed_at is None or not _is_plain(signature):
        return Verification(Verdict.REFUSED, _FOREIGN, key)
    status = _status(signature, certificate, signed_at)
    refusal = _refusal(status, key, signed_at)
    if refusal is not None:
        return Verification(Verdict.REFUSED, refusal, key, signed_at, title)
    verdict = Verdict.TRUSTED if key.fingerprint in known else Verdict.UNKNOWN_KEY
    reason = _KNOWN if verdict is Verdict.TRUSTED else _UNKNOWN.format(key.owner, key.spoken_fingerprint)
    return Verification(
        verdict, reason, key, signed_at, title, (Signature(key, signed_at, verdict is Verdict.TRUSTED),)
    )


def _is_plain(signature: EmbeddedPdfSignature) -> bool:
    return envelope.is_plain(signature.pkcs7_content, signature.signed_data, signature.signer_cert)


def _status(signature: EmbeddedPdfSignature, certificate: x509.Certificate, signed_at: datetime) -> PdfSignatureStatus:
    """Ask pyHanko; the certificate is its own root here, since trust is decided by its fingerprint."""
    context = ValidationContext(
        trust_roots=[certificate],
        moment=signed_at,
        allow_fetching=False,
        revocation_mode="soft-fail",
        weak_hash_algos={"md2", "md5", "sha1"},
    )
    return validate_pdf_signature(signature, signer_validation_context=context, diff_policy=revisions.POLICY)


def _refusal(status: PdfSignatureStatus, key: KeyInfo, signed_at: datetime) -> str | None:
    if not status.intact or not status.valid:
        return _CHANGED
    if not status.docmdp_ok or status.modification_level not in _ALLOWED:
        return _CHANGED
    if not key.valid_from <= signed_at <= key.valid_until:
        return f"Подписано {signed_at.astimezone():%d.%m.%Y}, когда ключ не действовал."
    if not status.bottom_line:
        return "Подпись не проходит проверку. Попросите прислать подписанный файл ещё раз."
    return None

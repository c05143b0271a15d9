"""What a countersignature adds to a signed PDF: bytes after its own, and who signed with them."""

from __future__ import annotations

from pyhanko.sign.validation import EmbeddedPdfSignature

from profdesk.domain.detached import OutsideSigner
from profdesk.domain.verification import Verdict
from profdesk.errors import WrongInputError
from profdesk.signing import reader, verify
from profdesk.signing.detached import described

_NOTHING_NEW = "В файле нет новой подписи."
_OTHER = (
    "Файл не продолжает эту сводку: он должен начинаться с тех же байтов. "
    "Подписывайте копию, сохранённую из реестра, не пересохраняя её."
)


def every(pdf: bytes) -> tuple[OutsideSigner, ...]:
    """Who signed a PDF, from its first signature to its last; nothing is proven."""
    return tuple(_signer(one) for one in _signatures(pdf))


def signers(before: bytes, after: bytes) -> tuple[OutsideSigner, ...]:
    """Who signed ``after`` beyond ``before``, the signed file that it begins with.

    WrongInputError if it is another file, adds no signature, or is not whole to its last byte.
    """
    if not after.startswith(before):
        raise WrongInputError(_OTHER)
    answer = verify.verify(after, ())
    if answer.verdict is Verdict.REFUSED:
        raise WrongInputError(answer.reason)
    added = every(after)[len(_signatures(before)) :]
    if not added:
        raise WrongInputError(_NOTHING_NEW)
    return added


def _signatures(pdf: bytes) -> list[EmbeddedPdfSignature]:
    return list(reader.opened(pdf).embedded_signatures)


def _signer(signature: EmbeddedPdfSignature) -> OutsideSigner:
    hashed = str(signature.md_algorithm).upper()
    kind = signature.signer_cert.public_key.algorithm
    return described(
        signature.signer_cert, f"{'ECDSA' if kind == 'ec' else 'RSA'}, {hashed}", signature.self_reported_timestamp
    )

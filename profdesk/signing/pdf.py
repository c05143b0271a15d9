"""Sealing a PDF as a whole: PAdES B-B (ETSI EN 319 142-1) by pyHanko, open for countersignatures."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import IO

from asn1crypto import keys as asn1_keys
from asn1crypto import pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import CertificateStore, SimpleCertificateStore

from profdesk.domain.verification import KeyInfo
from profdesk.signing.keys import SigningKey, describe

_FIELD = "Signature"
_RESERVED = 4096
_NO_MORE: CertificateStore = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # untyped in pyHanko


class _DatedSigner(signers.PdfSigner):
    """Signs with the time it is given, so that the document and its signature say the same."""

    def __init__(self, meta: signers.PdfSignatureMetadata, signer: signers.Signer, at: datetime) -> None:
        super().__init__(meta, signer)
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def sign(pdf: bytes, key: SigningKey, *, reason: str, at: datetime) -> bytes:
    """As ``seal``, for what the memory holds."""
    file = BytesIO(pdf)
    seal(file, key, reason=reason, at=at)
    return file.getvalue()


def seal(file: IO[bytes], key: SigningKey, *, reason: str, at: datetime) -> None:
    """Certify a whole PDF in its file, open for reading and writing, which is never read into memory as a whole.

    Filling in further signatures is the one change it allows (DocMDP 2).
    """
    _sign(file, key, reason=reason, at=at, certify=True)


def countersign(pdf: bytes, key: SigningKey, *, reason: str, at: datetime) -> bytes:
    """Add a second person's signature to a signed PDF."""
    file = BytesIO(pdf)
    _sign(file, key, reason=reason, at=at, certify=False)
    return file.getvalue()


def _sign(file: IO[bytes], key: SigningKey, *, reason: str, at: datetime, certify: bool) -> None:
    writer = IncrementalPdfFileWriter(file)
    taken = {signature.field_name for signature in writer.prev.embedded_signatures}
    meta = signers.PdfSignatureMetadata(
        field_name=f"{_FIELD}{len(taken) + 1}",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        name=_holder(describe(key.certificate_pem)),
        certify=certify,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
    )
    _DatedSigner(meta, _signer(key), at).sign_pdf(writer, bytes_reserved=_RESERVED, in_place=True)


def _signer(key: SigningKey) -> signers.SimpleSigner:
    _, _, private = pem.unarmor(key.private_pem)
    _, _, certificate = pem.unarmor(key.certificate_pem)
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=_NO_MORE,
    )


def _holder(key: KeyInfo) -> str:
    return f"{key.organisation}, {key.holder}"

"""Sealing a PDF as a whole: PAdES B-B (ETSI EN 319 142-1) by pyHanko, open for countersignatures."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import IO

from asn1crypto import keys as asn1_keys
from asn1crypto import pem, x509
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import CertificateStore, SimpleCertificateStore
from typing_extensions import override

from profdesk.domain.verification import SECOND_PLACE
from profdesk.signing.keys import SigningKey, describe

_FIELD = "Signature"
_RESERVED = 4096
_NO_MORE: CertificateStore = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # untyped in pyHanko


class _DatedSigner(signers.PdfSigner):
    """Signs with the time it is given, so that the document and its signature say the same."""

    def __init__(
        self,
        meta: signers.PdfSignatureMetadata,
        signer: signers.Signer,
        at: datetime,
        stamp: StaticStampStyle | None = None,
    ) -> None:
        super().__init__(meta, signer, stamp_style=stamp)
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


class _FirstPage(PdfContent):
    """The first page of a PDF, to be drawn in another."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    @override
    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._pdf)))
        self.resources.xobject[pdf_name("/Page")] = page
        _, _, width, height = page.get_object()["/BBox"]
        self.box = layout.BoxConstraints(width=int(width), height=int(height))
        return b"/Page Do"


def sign(pdf: bytes, key: SigningKey, *, reason: str, at: datetime) -> bytes:
    """As ``seal``, for what the memory holds."""
    file = BytesIO(pdf)
    seal(file, key, reason=reason, at=at)
    return file.getvalue()


def seal(file: IO[bytes], key: SigningKey, *, reason: str, at: datetime) -> None:
    """Certify a whole PDF in its file, open for reading and writing, which is never read into memory as a whole.

    Filling in further signatures is the one change it allows (DocMDP 2).
    """
    sign_revision(IncrementalPdfFileWriter(file), key, reason=reason, at=at, certify=True)


def countersign(pdf: bytes, key: SigningKey, *, reason: str, at: datetime, stamp: bytes | None = None) -> bytes:
    """Add a second person's signature to a signed PDF.

    ``stamp`` is a PDF whose first page fills the document's place for a second signature, if it has one left.
    """
    file = BytesIO(pdf)
    sign_revision(IncrementalPdfFileWriter(file), key, reason=reason, at=at, stamp=stamp)
    return file.getvalue()


def sign_revision(
    writer: IncrementalPdfFileWriter,
    key: SigningKey,
    *,
    reason: str,
    at: datetime,
    certify: bool = False,
    stamp: bytes | None = None,
) -> None:
    """Write what is prepared in a writer into its file as one revision, signed as ``seal`` or ``countersign`` would."""
    taken = {signature.field_name for signature in writer.prev.embedded_signatures}
    place = stamp and any(fields.enumerate_sig_fields(writer, filled_status=False, with_name=SECOND_PLACE))
    meta = signers.PdfSignatureMetadata(
        field_name=SECOND_PLACE if place else f"{_FIELD}{len(taken) + 1}",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        name=describe(key.certificate_pem).owner,
        certify=certify,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
    )
    style = _style(stamp) if stamp and place else None
    _DatedSigner(meta, _signer(key), at, style).sign_pdf(writer, bytes_reserved=_RESERVED, in_place=True)


def _style(stamp: bytes) -> StaticStampStyle:
    """What is drawn in a field: the page fills it from edge to edge."""
    filling = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID, y_align=layout.AxisAlignment.ALIGN_MID, margins=layout.Margins()
    )
    return StaticStampStyle(background=_FirstPage(stamp), background_layout=filling, border_width=0)


def _signer(key: SigningKey) -> signers.SimpleSigner:
    _, _, private = pem.unarmor(key.private_pem)
    _, _, certificate = pem.unarmor(key.certificate_pem)
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=_NO_MORE,
    )

"""Signing a summary, by one and by two persons, and verifying it, against pyHanko alone on the same bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from random import Random

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import pem, x509
from conftest import Ratio
from published_schools import school
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from profdesk.documents import stamps
from profdesk.documents.summary_pdf import summary_pdf
from profdesk.domain import summary_data
from profdesk.domain.published import publish
from profdesk.domain.verification import Verdict
from profdesk.signing import keys, pdf, verify
from profdesk.signing.keys import SigningKey

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return keys.make_key("Школа № 12", "Школа № 12", NOW - timedelta(days=1))


@pytest.fixture(scope="module")
def head() -> SigningKey:
    return keys.make_key("Школа № 12", "Черепанова Н. В.", NOW - timedelta(days=1), "директор")


@pytest.fixture(scope="module")
def drawn(key: SigningKey) -> bytes:
    told = publish(replace(school(Random(12), 30), number="2026/01"))  # noqa: S311  # a school to look at, not a key
    return summary_pdf(told, summary_data.to_json(told), keys.describe(key.certificate_pem), NOW)


def bare_signer(key: SigningKey) -> signers.SimpleSigner:
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(pem.unarmor(key.certificate_pem)[2]),
        signing_key=asn1_keys.PrivateKeyInfo.load(pem.unarmor(key.private_pem)[2]),
        cert_registry=SimpleCertificateStore(),
    )


def bare_sign(document: bytes, key: SigningKey, field: str) -> bytes:
    meta = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(document))
    signers.sign_pdf(writer, meta, signer=bare_signer(key), bytes_reserved=4096, output=out)
    return out.getvalue()


def bare_verify(document: bytes) -> None:
    for signature in PdfFileReader(BytesIO(document)).embedded_signatures:
        roots = [signature.signer_cert]
        context = ValidationContext(trust_roots=roots, moment=NOW, allow_fetching=False, revocation_mode="soft-fail")
        status = validate_pdf_signature(signature, signer_validation_context=context)
        assert status.intact
        assert status.valid


def test_signing_a_summary(ratio: Ratio, drawn: bytes, key: SigningKey) -> None:
    found = ratio(
        "signing a summary",
        lambda: pdf.sign(drawn, key, reason="Сводка", at=NOW),
        lambda: bare_sign(drawn, key, "Signature1"),
        15,
    )
    assert found > 0


def test_signing_second(ratio: Ratio, drawn: bytes, key: SigningKey, head: SigningKey) -> None:
    signed, info = pdf.sign(drawn, key, reason="Сводка", at=NOW), keys.describe(head.certificate_pem)
    found = ratio(
        "signing second, with the stamp drawn",
        lambda: pdf.countersign(signed, head, reason="Вторая подпись", at=NOW, stamp=stamps.second(info, NOW)),
        lambda: bare_sign(signed, head, "Signature2"),
        15,
    )
    assert found > 0


def test_verifying_two_signatures(ratio: Ratio, drawn: bytes, key: SigningKey, head: SigningKey) -> None:
    signed = pdf.sign(drawn, key, reason="Сводка", at=NOW)
    both = pdf.countersign(signed, head, reason="Вторая подпись", at=NOW)
    known = [key.certificate_pem, head.certificate_pem]
    assert verify.verify(both, known).verdict is Verdict.TRUSTED
    found = ratio("verifying two signatures", lambda: verify.verify(both, known), lambda: bare_verify(both), 15)
    assert found > 0

"""Sealed files between school and department: every change is refused, and OpenSSL agrees."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms, core
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import pkcs7
from hypothesis import given, settings
from hypothesis import strategies as st

from profdesk.errors import WrongInputError
from profdesk.signing import cose, keys, parcel
from profdesk.signing.keys import SigningKey

NOW = datetime(2026, 11, 26, 10, 40, tzinfo=UTC)
LARGEST = 64 * 1024
CONTENT = "Средняя школа № 12".encode()


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return keys.make_key("МБОУ «Школа № 12»", "Школа № 12", NOW)


@pytest.fixture(scope="module")
def sealed(key: SigningKey) -> bytes:
    return parcel.seal(CONTENT, key, NOW)


def refused(data: bytes) -> str:
    with pytest.raises(WrongInputError) as caught:
        parcel.opened(data, LARGEST)
    assert re.search("[а-я]", caught.value.message)
    return caught.value.message


def rebuilt(sealed: bytes) -> cms.ContentInfo:
    found = cms.ContentInfo.load(sealed)
    found["content"]["signer_infos"][0]["signed_attrs"].native  # noqa: B018  # parsed, so that it can be changed
    return found


def test_what_was_sealed_is_taken_out(sealed: bytes, key: SigningKey) -> None:
    found = parcel.opened(sealed, LARGEST)
    assert (found.content, found.signed_at) == (CONTENT, NOW)
    assert found.certificate_pem == key.certificate_pem
    assert found.key == keys.describe(key.certificate_pem)


@given(content=st.binary(max_size=3000))
@settings(max_examples=30)
def test_any_bytes_can_be_sealed_and_none_open_by_chance(key: SigningKey, content: bytes) -> None:
    assert parcel.opened(parcel.seal(content, key, NOW), LARGEST).content == content
    refused(content)


def test_changed_bytes_are_refused(sealed: bytes) -> None:
    for place in range(0, len(sealed), 7):
        refused(_flipped(sealed, place, place % 8))


@pytest.mark.slow
def test_every_changed_bit_and_every_cut_is_refused(sealed: bytes) -> None:
    for place in range(len(sealed)):
        for bit in range(8):
            refused(_flipped(sealed, place, bit))
        refused(sealed[:place])
        refused(sealed[:place] + sealed[place + 1 :])
        refused(sealed[:place] + b"\x00" + sealed[place:])


def _flipped(data: bytes, place: int, bit: int) -> bytes:
    spoiled = bytearray(data)
    spoiled[place] ^= 1 << bit
    return bytes(spoiled)


def test_the_other_form_of_the_same_signature_is_refused(sealed: bytes) -> None:
    found = rebuilt(sealed)
    signer = found["content"]["signer_infos"][0]
    r, s = decode_dss_signature(signer["signature"].native)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    assert s == cose.low(s)
    signer["signature"] = encode_dss_signature(r, order - s)
    refused(found.dump(force=True))


def test_what_no_signature_covers_may_not_be_added(sealed: bytes, key: SigningKey) -> None:
    other = keys.make_key("Лицей № 21", "Лицей № 21", NOW)
    held = x509.load_pem_x509_certificate(other.certificate_pem).public_bytes(serialization.Encoding.DER)

    def with_certificate(signed: cms.SignedData) -> None:
        signed["certificates"].append(cms.CertificateChoices("certificate", cms.Certificate.load(held)))

    def with_signer(signed: cms.SignedData) -> None:
        signed["signer_infos"].append(signed["signer_infos"][0].copy())

    def with_unsigned(signed: cms.SignedData) -> None:
        attribute = {"type": "message_digest", "values": [b"1"]}
        signed["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([attribute])

    def with_version(signed: cms.SignedData) -> None:
        signed["version"] = "v3"

    def with_digest(signed: cms.SignedData) -> None:
        signed["digest_algorithms"].append({"algorithm": "sha512"})

    for change in (with_certificate, with_signer, with_unsigned, with_version, with_digest):
        found = rebuilt(sealed)
        change(found["content"])
        refused(found.dump(force=True))


def test_content_and_signature_of_two_parcels_do_not_fit(sealed: bytes, key: SigningKey) -> None:
    found, other = rebuilt(sealed), rebuilt(parcel.seal(b"other", key, NOW))
    found["content"]["encap_content_info"] = other["content"]["encap_content_info"]
    refused(found.dump(force=True))


def test_what_other_programs_make_is_refused(key: SigningKey) -> None:
    certificate = x509.load_pem_x509_certificate(key.certificate_pem)
    made = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(CONTENT)
        .add_signer(certificate, cose.private(key), hashes.SHA256())
        .sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    )
    refused(made)


@pytest.mark.parametrize("shift", [timedelta(days=-1), timedelta(days=3 * 365 + 1)])
def test_a_key_seals_while_it_is_valid(key: SigningKey, shift: timedelta) -> None:
    assert "не действовал" in refused(parcel.seal(CONTENT, key, NOW + shift))


def test_too_much_and_too_deep_is_refused(key: SigningKey) -> None:
    assert "больше 64 КБ" in refused(parcel.seal(bytes(LARGEST), key, NOW))
    nested = core.OctetString(b"x").dump()
    while len(nested) < LARGEST - 16:
        nested = b"\x24\x80" + nested + b"\x00\x00"
    refused(nested)
    refused(b"\x30\x80" * (LARGEST // 2))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_reads_the_parcel(sealed: bytes, key: SigningKey, tmp_path: Path) -> None:
    (tmp_path / "sealed").write_bytes(sealed)
    (tmp_path / "key.pem").write_bytes(key.certificate_pem)
    command = ["openssl", "cms", "-verify", "-inform", "DER", "-in", "sealed", "-binary", "-CAfile", "key.pem"]
    command += ["-purpose", "any", "-partial_chain", "-out", "content"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "content").read_bytes() == CONTENT

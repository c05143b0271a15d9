"""The code on a certificate: it comes back as it was, fits the paper, and no letter of it can be changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import base45
import cbor2
import pytest
import segno
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import load_pem_x509_certificate
from cwt import COSE, COSEKey
from hypothesis import given, settings
from hypothesis import strategies as st

from profdesk.domain.certificate_claim import Claim
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import WrongInputError
from profdesk.signing import certificate_code as code
from profdesk.signing import cose, keys
from profdesk.signing.keys import SigningKey

NOW = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
CLAIM = Claim(
    number="2026-0203",
    issued_on=date(2026, 11, 23),
    organisation="Школа № 12",
    pupil="Ильин Даниил Евгеньевич",
    group="7 «А»",
    year=SchoolYear(2026),
    level="basic",
    competencies=b"12345678",
    highest=3,
    stages=(*range(4), None) * 4,
)
LONG = replace(
    CLAIM,
    organisation="Детский сад общеразвивающего вида № 127 «Золотая рыбка»",
    pupil="Константинопольская-Преображенская Александрина-Вильгельмина Вячеславовна",
    group="Подготовительная к школе группа «Почемучки»",
)

words = st.text(max_size=60)
claims = st.builds(
    Claim,
    number=words,
    issued_on=st.dates(date(1970, 1, 1), date(2200, 1, 1)),
    organisation=words,
    pupil=words,
    group=words,
    year=st.builds(SchoolYear, st.integers(2000, 2100)),
    level=words,
    competencies=st.binary(min_size=8, max_size=8),
    highest=st.integers(1, 14),
    stages=st.lists(st.none() | st.integers(0, 14), max_size=30).map(tuple),
)


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return keys.make_key("МБОУ «Школа № 12»", "Школа № 12", NOW)


def refused(text: str, key: SigningKey) -> bool:
    try:
        return code.read(text).signer([key.certificate_pem]) is None
    except WrongInputError:
        return True


def forged(key: SigningKey, text: str, **parts: Any) -> str:
    """A code of the same message with some parts of it exchanged."""
    tag = cbor2.loads(base45.b45decode(text.removeprefix(code.PREFIX)))
    names = ("protected", "unprotected", "payload", "signature")
    value = [parts.get(name, former) for name, former in zip(names, tag.value, strict=True)]
    return code.PREFIX + base45.b45encode(cbor2.dumps(cbor2.CBORTag(18, value))).decode()


@given(claims)
@settings(max_examples=60)
def test_a_claim_comes_back_as_it_was(key: SigningKey, claim: Claim) -> None:
    found = code.read(code.write(claim, key))
    assert found.claim == claim
    signer = found.signer([key.certificate_pem])
    assert signer is not None
    assert signer.holder == "Школа № 12"


def test_a_key_that_is_not_known_proves_nothing(key: SigningKey) -> None:
    other = keys.make_key("Другая", "Другая", NOW)
    assert code.read(code.write(CLAIM, key)).signer([other.certificate_pem]) is None


def test_no_letter_can_be_changed_left_out_or_added(key: SigningKey) -> None:
    text = code.write(CLAIM, key)
    for place, letter in enumerate(text):
        for other in ALPHABET[place % 5 :: 5]:
            if other != letter:
                assert refused(text[:place] + other + text[place + 1 :], key), (place, other)
        assert refused(text[:place] + text[place + 1 :], key)
        assert refused(text[:place] + "A" + text[place:], key)
    assert refused(text.lower(), key)


def test_of_two_forms_of_a_signature_one_is_taken(key: SigningKey) -> None:
    text = code.write(CLAIM, key)
    signature = cbor2.loads(base45.b45decode(text.removeprefix(code.PREFIX))).value[3]
    high = (cose._ORDER - int.from_bytes(signature[32:])).to_bytes(32)
    assert refused(forged(key, text, signature=signature[:32] + high), key)


def test_what_is_not_signed_must_be_empty_and_written_in_one_way(key: SigningKey) -> None:
    text = code.write(CLAIM, key)
    assert not refused(forged(key, text), key)
    assert refused(forged(key, text, unprotected={1: 2}), key)
    message = base45.b45decode(text.removeprefix(code.PREFIX))
    longer = b"\xd8\x12" + message[1:]  # the same tag, written longer
    assert cbor2.loads(longer) == cbor2.loads(message)
    assert refused(code.PREFIX + base45.b45encode(longer).decode(), key)
    assert refused(code.PREFIX + base45.b45encode(message + b"\x00").decode(), key)


@pytest.mark.parametrize(
    "text", ["", "PD1:", "PD1:ABC", "HC1:ABC", "Ильин", "PD1:" + "0" * 300, "PD1:" + "%69 VDK2EV4404"]
)
def test_what_is_no_code_is_told_so(key: SigningKey, text: str) -> None:
    with pytest.raises(WrongInputError, match="не код сертификата"):
        code.read(text)


def test_another_library_reads_the_code(key: SigningKey) -> None:
    """Outside judge: python-cwt verifies the signature over the same bytes."""
    public = load_pem_x509_certificate(key.certificate_pem).public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    message = base45.b45decode(code.write(CLAIM, key).removeprefix(code.PREFIX))
    kid = cbor2.loads(cbor2.loads(message).value[0])[4]
    payload = cbor2.loads(COSE.new().decode(message, COSEKey.from_pem(pem, kid=kid)))
    assert payload[4] == CLAIM.pupil
    assert payload[11].hex() == "0123f0123f0123f0123f"


def test_twenty_competencies_and_the_longest_names_fit_version_fifteen(key: SigningKey) -> None:
    usual = segno.make(code.write(CLAIM, key), error="m", boost_error=False, micro=False)
    longest = segno.make(code.write(LONG, key), error="m", boost_error=False, micro=False)
    assert usual.mode == longest.mode == "alphanumeric"
    assert (usual.version, longest.version) <= (12, 15)

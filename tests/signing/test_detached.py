"""Signature files made outside: GOST by OpenSSL's engine on every parameter set, RSA and ECDSA by OpenSSL itself."""

from __future__ import annotations

import base64
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import cms, tsp

from profdesk.domain.detached import LABEL
from profdesk.signing import detached, gost, keys, parcel, streebog

FOLDER = Path(__file__).parent.parent / "data" / "signatures"
SETS = sorted(path.stem for path in FOLDER.glob("*.sig") if not path.stem.endswith("-bad"))
DOCUMENT = (FOLDER / "document.txt").read_bytes()
CHANGED = (FOLDER / "document-changed.txt").read_bytes()
OTHER, SPOILT, NO_CMS = "не подходит", "повреждена", "не файл подписи"

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def signature(name: str) -> bytes:
    return (FOLDER / f"{name}.sig").read_bytes()


def test_every_parameter_set_is_there() -> None:
    assert len(SETS) == 12


@pytest.mark.parametrize("name", SETS)
def test_gost_holds_over_its_document_alone(name: str) -> None:
    found = detached.check(signature(name), DOCUMENT)
    assert found.holds
    assert LABEL in found.reason
    (signer,) = found.signers
    assert signer.name == "Директор Проверочной школы"
    assert signer.organisation == "МБОУ Проверочная школа"
    assert signer.algorithm == f"ГОСТ Р 34.10-2012, {name[:3]} бит"
    assert signer.within_validity
    changed = detached.check(signature(name), CHANGED)
    assert (changed.holds, OTHER in changed.reason, changed.signers) == (False, True, ())
    spoilt = detached.check(signature(f"{name}-bad"), DOCUMENT)
    assert (spoilt.holds, SPOILT in spoilt.reason) == (False, True)


@pytest.mark.parametrize("name", ["256A", "512C"])
def test_it_is_read_however_it_is_written(name: str) -> None:
    bare = base64.encodebytes(signature(name))
    for written in (bare, bare.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + bare, base64.b64encode(signature(name))):
        assert detached.check(written, DOCUMENT).holds
    armoured = b"-----BEGIN CMS-----\n" + bare + b"-----END CMS-----\n"
    assert detached.check(armoured, DOCUMENT).holds


def test_any_changed_byte_of_what_is_signed_is_refused() -> None:
    whole = signature("256TCA")
    (info,) = cms.ContentInfo.load(whole)["content"]["signer_infos"]
    for part in (info["signed_attrs"].dump(), info["signature"].native):
        start = whole.index(part)
        for place in range(start, start + len(part), 7):
            spoilt = bytearray(whole)
            spoilt[place] ^= 1 << place % 8
            assert not detached.check(bytes(spoilt), DOCUMENT).holds, place


def test_nothing_raises_wherever_a_byte_is_changed() -> None:
    whole = signature("256TCA")
    for place in range(0, len(whole), 23):
        spoilt = bytearray(whole)
        spoilt[place] ^= 0x80
        assert detached.check(bytes(spoilt), DOCUMENT).reason


@pytest.mark.parametrize(
    "content",
    [b"", b"0", b"0\x80", b"PK\x03\x04", b"%PDF-1.7", b"\x30\x03\x02\x01\x00", b"====", b"\xff" * 99, b"0" * 99],
)
def test_what_is_no_signature_is_told_of(content: bytes) -> None:
    found = detached.check(content, DOCUMENT)
    assert (found.holds, NO_CMS in found.reason) == (False, True)


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys and certificates of two kinds, and the document."""
    folder = tmp_path_factory.mktemp("cms")
    (folder / "document").write_bytes(DOCUMENT)
    subject = ("-subj", "/CN=Test/O=School", "-days", "30")
    for name, kind in (("rsa", ("rsa:2048",)), ("ecdsa", ("ec", "-pkeyopt", "ec_paramgen_curve:P-256"))):
        files = ("-keyout", f"{name}.key", "-out", f"{name}.pem")
        openssl(folder, "req", "-x509", "-nodes", "-newkey", *kind, *files, *subject)
    return folder


SIGN = ("cms", "-sign", "-binary", "-in", "document", "-md", "sha256")


@needs_openssl
@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
@pytest.mark.parametrize(
    "how", ["", "-nodetach", "-noattr", "-keyid", "-outform PEM", "-md sha512", "-keyopt rsa_padding_mode:pss"]
)
def test_what_openssl_signs_holds(made: Path, kind: str, how: str) -> None:
    if "pss" in how and kind == "ecdsa":
        how = ""  # a padding of RSA
    form = () if "PEM" in how else ("-outform", "DER")
    openssl(made, *SIGN, "-signer", f"{kind}.pem", "-inkey", f"{kind}.key", *form, *how.split(), "-out", "made.sig")
    written = (made / "made.sig").read_bytes()
    found = detached.check(written, DOCUMENT)
    assert found.holds, found.reason
    (signer,) = found.signers
    assert signer.algorithm.startswith(kind.upper())
    assert signer.signed_at is None or signer.signed_at <= datetime.now(UTC)
    assert OTHER in detached.check(written, CHANGED).reason


@needs_openssl
def test_a_signature_without_a_certificate_or_by_an_old_hash_is_told_of(made: Path) -> None:
    signer = ("-signer", "rsa.pem", "-inkey", "rsa.key", "-outform", "DER", "-out", "made.sig")
    openssl(made, *SIGN, *signer, "-nocerts")
    assert "сертификата" in detached.check((made / "made.sig").read_bytes(), DOCUMENT).reason
    openssl(made, *SIGN, *signer, "-md", "sha1")
    assert "не проверяет" in detached.check((made / "made.sig").read_bytes(), DOCUMENT).reason


def naming_its_certificate(name: str, certificate_hash: bytes | None = None) -> bytes:
    """A signature of GOST that names its certificate by a digest of GOST, as CryptoPro's do, by a key of the test."""
    curve, secret, once = gost.CURVES["1.2.643.2.2.35.1"], 4242, 777
    found = cms.ContentInfo.load(signature(name))
    old = found["content"]["certificates"][0].chosen.public_key["public_key"].native
    x, y = curve.times(secret, curve.base) or (0, 0)
    own = x.to_bytes(32, "little") + y.to_bytes(32, "little")
    found = cms.ContentInfo.load(found.dump().replace(bytes(old)[-64:], own))
    info, certificate = found["content"]["signer_infos"][0], found["content"]["certificates"][0].chosen
    digest = certificate_hash or streebog.digest([certificate.dump()], 256)
    named = tsp.ESSCertIDv2({"hash_algorithm": {"algorithm": "1.2.643.7.1.1.2.2"}, "cert_hash": digest})
    values = [tsp.SigningCertificateV2({"certs": [named]})]
    info["signed_attrs"].append(cms.CMSAttribute({"type": "signing_certificate_v2", "values": values}))
    signed = streebog.digest([info["signed_attrs"].untag().dump()], 256)
    r = (curve.times(once, curve.base) or (0, 0))[0] % curve.q
    s = (r * secret + once * int.from_bytes(signed, "little")) % curve.q
    info["signature"] = s.to_bytes(32) + r.to_bytes(32)
    return bytes(found.dump(force=True))


def test_a_gost_signature_may_name_its_certificate_by_a_digest_of_gost() -> None:
    found = detached.check(naming_its_certificate("256A"), DOCUMENT)
    assert found.holds, found.reason
    assert "не подходит" in detached.check(naming_its_certificate("256A"), CHANGED).reason
    assert "не сходится сама с собой" in detached.check(naming_its_certificate("256A", bytes(32)), DOCUMENT).reason


@needs_openssl
def test_two_signers_must_both_hold(made: Path) -> None:
    one = ("-signer", "rsa.pem", "-inkey", "rsa.key")
    openssl(made, *SIGN, *one, "-signer", "ecdsa.pem", "-inkey", "ecdsa.key", "-outform", "DER", "-out", "both.sig")
    both = (made / "both.sig").read_bytes()
    kinds = {signer.algorithm.partition(",")[0] for signer in detached.check(both, DOCUMENT).signers}
    assert kinds == {"RSA", "ECDSA"}
    spoilt = bytearray(both)
    spoilt[-1] ^= 1
    assert not detached.check(bytes(spoilt), DOCUMENT).holds


@needs_openssl
def test_a_document_inside_is_enough(made: Path) -> None:
    signer = ("-signer", "rsa.pem", "-inkey", "rsa.key", "-outform", "DER", "-out", "made.sig")
    openssl(made, *SIGN, *signer, "-nodetach")
    assert detached.check((made / "made.sig").read_bytes(), None).holds
    openssl(made, *SIGN, *signer)
    assert "выберите" in detached.check((made / "made.sig").read_bytes(), None).reason


def test_a_document_inside_may_hold_what_looks_like_a_certificate_in_letters() -> None:
    key = keys.make_key("Школа", "Школа", datetime(2026, 9, 1, tzinfo=UTC))
    packed = parcel.seal(b"-----BEGIN CERTIFICATE-----", key, datetime(2026, 11, 26, tzinfo=UTC))
    assert detached.check(packed, None).holds
    assert detached.holds_document(packed)
    assert not detached.holds_document(packed[:-1])

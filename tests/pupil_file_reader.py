"""A pupil's file read and written by docs/pupil-file.md and docs/key-file.md alone, with none of the program's code."""

from __future__ import annotations

import hashlib
import json
import os
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pyrage
from asn1crypto import algos, cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FIRST = b"profdesk pupil file 1\n"
PURPOSE = b"profdesk code 1"
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
NAMESPACE = uuid.UUID("6f7d6b0e-5d3c-5b0a-9a54-0d7f2f1c9a10")
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256 (FIPS 186)."""
Told = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """A key with its certificate in DER."""

    private: ec.EllipticCurvePrivateKey
    certificate: bytes

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.certificate).hexdigest()


def key_of(code: str) -> bytes:
    signs = re.sub(f"[^{SIGNS}]", "", code.upper())
    return HKDF(hashes.SHA256(), 32, None, PURPOSE).derive(signs.encode())


def kept_under(sent: str) -> str:
    return sent if uuid.UUID(sent).version == 5 else str(uuid.uuid5(NAMESPACE, sent))


# -- reading -----------------------------------------------------------------------------------------


def read(data: bytes, code: str) -> tuple[Told, Mapping[str, bytes]]:
    """What is told, and the works by their SHA-256."""
    assert data.startswith(FIRST)
    length = int.from_bytes(data[22:26], "big")
    assert length <= 16_384
    seal, body = data[26 : 26 + length], data[26 + length :]
    sealed_by = prove(seal, FIRST + hashlib.sha256(body).hexdigest().encode())
    lock, rest = body[:102], body[102:]
    identity = AESGCM(key_of(code)).decrypt(lock[:12], lock[12:], PURPOSE).decode()
    line, _, works = pyrage.decrypt(rest, [pyrage.x25519.Identity.from_str(identity)]).partition(b"\n")
    told = json.loads(line)
    assert told["sender"]["key"] == hashlib.sha256(sealed_by).hexdigest()
    found: dict[str, bytes] = {}
    for one in told["works"]:
        if one["inside"] and one["sha256"] not in found:
            found[one["sha256"]], works = works[: one["size"]], works[one["size"] :]
            assert hashlib.sha256(found[one["sha256"]]).hexdigest() == one["sha256"]
    assert works == b""
    return told, found


def prove(seal: bytes, content: bytes) -> bytes:
    """The certificate by whose key a content is sealed."""
    signed = cms.ContentInfo.load(seal, strict=True)["content"]
    (signer,) = signed["signer_infos"]
    certificate = signed["certificates"][0].chosen.dump()
    assert signed["encap_content_info"]["content"].native == content
    attributes = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
    assert attributes["message_digest"] == hashlib.sha256(content).digest()
    public = x509.load_der_x509_certificate(certificate).public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    bytes_signed = b"\x31" + signer["signed_attrs"].dump()[1:]
    public.verify(signer["signature"].native, bytes_signed, ec.ECDSA(hashes.SHA256()))
    return bytes(certificate)


# -- writing -----------------------------------------------------------------------------------------


def key_for(short_name: str) -> Key:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, short_name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(private, hashes.SHA256())
    )
    return Key(private, made.public_bytes(serialization.Encoding.DER))


def write(told: Told, works: Sequence[bytes], code: str, key: Key) -> bytes:
    identity = pyrage.x25519.Identity.generate()
    nonce = os.urandom(12)
    lock = nonce + AESGCM(key_of(code)).encrypt(nonce, str(identity).encode(), PURPOSE)
    line = json.dumps(told, ensure_ascii=False).encode()
    body = lock + pyrage.encrypt(b"\n".join((line, b"".join(works))), [identity.to_public()])
    seal = sealed(FIRST + hashlib.sha256(body).hexdigest().encode(), key)
    return bytes(FIRST + len(seal).to_bytes(4, "big") + seal + body)


def sealed(content: bytes, key: Key) -> bytes:
    certificate = asn1_x509.Certificate.load(key.certificate)
    named = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(key.certificate).digest()})
    told = {
        "content_type": "data",
        "signing_time": cms.Time({"utc_time": datetime.now(UTC).replace(microsecond=0)}),
        "message_digest": hashlib.sha256(content).digest(),
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [named]}),
    }
    attributes = cms.CMSAttributes([{"type": kind, "values": [value]} for kind, value in told.items()])
    r, s = decode_dss_signature(key.private.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())))
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    whose = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    signer = cms.SignerInfo({
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": whose}),
        "digest_algorithm": sha256,
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signature": encode_dss_signature(r, min(s, ORDER - s)),
    })  # fmt: skip
    signed = cms.SignedData({
        "version": "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "data", "content": content},
        "certificates": [cms.CertificateChoices({"certificate": certificate})],
        "signer_infos": [signer],
    })  # fmt: skip
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())

"""Short signed texts: a CBOR map under COSE_Sign1 (RFC 9052, ES256) in Base45 (RFC 9285) after a prefix.

A map has one text only for one signature: CBOR is read back and must come out byte for byte the same, and of the
two forms of an ECDSA signature the low one alone is taken. So no letter can be changed unnoticed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import base45
import cbor2
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from profdesk.domain.verification import KeyInfo
from profdesk.signing.keys import SigningKey, describe

_SIGN1, _ALG, _KID, _ES256 = 18, 1, 4, -7
_KEY_ID = 8
_HALF = 32
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of P-256 (SEC 2, 2.4.2)."""
_LONGEST = 4000
"""Letters; the largest QR code holds 4,296."""

MALFORMED = (
    cbor2.CBORError, EOFError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError,
    RecursionError,
)  # fmt: skip
"""What ``read`` raises, and what taking its map apart may raise, for a text that is none."""


class ForgedError(Exception):
    """A key is named that did not sign this."""


@dataclass(frozen=True)
class Signed:
    """A map as it was read; nothing is proven before ``signer`` names a key."""

    content: dict[int, Any]
    key_id: bytes
    _signed: bytes
    _signature: bytes

    def signer(self, known: Collection[bytes]) -> KeyInfo | None:
        """The one of the certificates (PEM or DER) whose key the text names; None if it is not among them.

        ForgedError if it is, and the signature is not by it.
        """
        for certificate in known:
            key = describe(certificate)
            if bytes.fromhex(key.fingerprint)[:_KEY_ID] == self.key_id:
                self._check(certificate)
                return key
        return None

    def _check(self, certificate: bytes) -> None:
        load = x509.load_pem_x509_certificate if certificate.startswith(b"-----") else x509.load_der_x509_certificate
        public = load(certificate).public_key()
        r, s = int.from_bytes(self._signature[:_HALF]), int.from_bytes(self._signature[_HALF:])
        if not isinstance(public, ec.EllipticCurvePublicKey) or s != low(s):
            raise ForgedError
        try:
            public.verify(encode_dss_signature(r, s), self._signed, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature as error:
            raise ForgedError from error


def write(prefix: str, content: Mapping[int, Any], key: SigningKey, *, steady: bool = False) -> str:
    """Sign a map; ``steady`` gives the same text for the same map and key each time (RFC 6979)."""
    fingerprint = bytes.fromhex(describe(key.certificate_pem).fingerprint)
    protected, payload = _head(fingerprint[:_KEY_ID]), cbor2.dumps(content, canonical=True)
    made = private(key).sign(_to_sign(protected, payload), ec.ECDSA(hashes.SHA256(), deterministic_signing=steady))
    r, s = decode_dss_signature(made)
    signature = r.to_bytes(_HALF) + low(s).to_bytes(_HALF)
    return _text(prefix, protected, payload, signature)


def unsigned(prefix: str, content: Mapping[int, Any]) -> str:
    """A text as long as the one ``write`` gives, which proves nothing: for seeing how much room it takes."""
    return _text(prefix, _head(bytes(_KEY_ID)), cbor2.dumps(content, canonical=True), bytes(2 * _HALF))


def _head(key_id: bytes) -> bytes:
    return cbor2.dumps({_ALG: _ES256, _KID: key_id}, canonical=True)


def _text(prefix: str, protected: bytes, payload: bytes, signature: bytes) -> str:
    message = cbor2.dumps(cbor2.CBORTag(_SIGN1, [protected, {}, payload, signature]), canonical=True)
    return f"{prefix}{base45.b45encode(message).decode()}"


def read(prefix: str, text: str) -> Signed:
    """Read a text that ``write`` wrote; MALFORMED if it is none, or is written in another way."""
    if not text.startswith(prefix) or len(text) > _LONGEST:
        raise ValueError("no prefix, or too long")
    tag = _exact(base45.b45decode(text.removeprefix(prefix)))
    if tag.tag != _SIGN1:
        raise ValueError("no COSE_Sign1")
    protected, unprotected, payload, signature = tag.value
    head = _exact(protected)
    if unprotected or head.keys() != {_ALG, _KID} or head[_ALG] != _ES256 or len(signature) != 2 * _HALF:
        raise ValueError("another header than this program writes")
    return Signed(_exact(payload), head[_KID], _to_sign(protected, payload), signature)


def private(key: SigningKey) -> ec.EllipticCurvePrivateKey:
    """The private part of a key that signs."""
    found = serialization.load_pem_private_key(key.private_pem, None)
    if not isinstance(found, ec.EllipticCurvePrivateKey):
        raise TypeError("the key is no ECDSA key")
    return found


def low(s: int) -> int:
    """The lower of the two values of ``s`` that make the same signature of P-256 hold."""
    return min(s, _ORDER - s)


def _exact(encoded: bytes) -> Any:
    """Decode CBOR that is written in the one canonical way (RFC 8949, 4.2)."""
    found = cbor2.loads(encoded)
    if cbor2.dumps(found, canonical=True) != encoded:
        raise ValueError("CBOR is not canonical")
    return found


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    """What the signature covers: Sig_structure of RFC 9052, 4.4."""
    return bytes(cbor2.dumps(["Signature1", protected, b"", payload], canonical=True))

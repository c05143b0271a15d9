"""The code on a certificate: a claim under COSE_Sign1 (RFC 9052, ES256) in Base45 (RFC 9285).

A claim has one code only for one signature: CBOR is read back and must come out byte for byte the same, and of the
two forms of an ECDSA signature the low one alone is taken. So no letter of a code can be changed unnoticed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import base45
import cbor2
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from profdesk.domain.certificate_claim import DIGEST, Claim
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.verification import KeyInfo
from profdesk.errors import WrongInputError
from profdesk.signing.keys import SigningKey, describe

PREFIX = "PD1:"
_SIGN1, _ALG, _KID, _ES256 = 18, 1, 4, -7
_KEY_ID = 8
_FORMAT = 1
_EPOCH = date(1970, 1, 1)
_HALF = 32
_UNKNOWN = 15
_SHOWN, _FORMED = 12, 1
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of P-256 (SEC 2, 2.4.2)."""
_LONGEST = 4000
"""Letters; the largest QR code holds 4,296."""
_CHANGED = "Код изменён: подпись к нему не подходит."
_NO_CODE = "Это не код сертификата profdesk или он прочитан не целиком. Отсканируйте его ещё раз."

_MALFORMED = (
    cbor2.CBORError, EOFError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError,
    RecursionError,
)  # fmt: skip


@dataclass(frozen=True)
class SignedClaim:
    """A claim as it was read; nothing is proven before ``signer`` names a key."""

    claim: Claim
    key_id: bytes
    _signed: bytes
    _signature: bytes

    def signer(self, known: Collection[bytes]) -> KeyInfo | None:
        """The one of the certificates (PEM or DER) whose key the code names; None if it is not among them.

        WrongInputError if it is, and the signature is not by it.
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
        if not isinstance(public, ec.EllipticCurvePublicKey) or s > _ORDER // 2:
            raise WrongInputError(_CHANGED)
        try:
            public.verify(encode_dss_signature(r, s), self._signed, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature as error:
            raise WrongInputError(_CHANGED) from error


def write(claim: Claim, key: SigningKey) -> str:
    """Sign a claim; gives the text of the code, which never ends in a space."""
    private = serialization.load_pem_private_key(key.private_pem, None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("the key is no ECDSA key")
    fingerprint = bytes.fromhex(describe(key.certificate_pem).fingerprint)
    protected = cbor2.dumps({_ALG: _ES256, _KID: fingerprint[:_KEY_ID]}, canonical=True)
    payload = cbor2.dumps(_to_map(claim), canonical=True)
    while True:
        r, s = decode_dss_signature(private.sign(_to_sign(protected, payload), ec.ECDSA(hashes.SHA256())))
        signature = r.to_bytes(_HALF) + min(s, _ORDER - s).to_bytes(_HALF)
        message = cbor2.dumps(cbor2.CBORTag(_SIGN1, [protected, {}, payload, signature]), canonical=True)
        text = f"{PREFIX}{base45.b45encode(message).decode()}"
        if not text.endswith(" "):
            return text


def read(text: str) -> SignedClaim:
    """Read the text of a code; WrongInputError if it is none, or is written in another way than ``write`` does."""
    try:
        return _read(text.strip())
    except _MALFORMED as error:
        raise WrongInputError(_NO_CODE) from error


def _read(text: str) -> SignedClaim:
    if not text.startswith(PREFIX) or len(text) > _LONGEST:
        raise ValueError("no prefix, or too long")
    message = base45.b45decode(text.removeprefix(PREFIX))
    tag = _exact(message)
    if tag.tag != _SIGN1:
        raise ValueError("no COSE_Sign1")
    protected, unprotected, payload, signature = tag.value
    head = _exact(protected)
    if unprotected or head.keys() != {_ALG, _KID} or head[_ALG] != _ES256 or len(signature) != 2 * _HALF:
        raise ValueError("another header than this program writes")
    claim = _from_map(_exact(payload))
    return SignedClaim(claim, head[_KID], _to_sign(protected, payload), signature)


def _exact(encoded: bytes) -> Any:
    """Decode CBOR that is written in the one canonical way (RFC 8949, 4.2)."""
    found = cbor2.loads(encoded)
    if cbor2.dumps(found, canonical=True) != encoded:
        raise ValueError("CBOR is not canonical")
    return found


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    """What the signature covers: Sig_structure of RFC 9052, 4.4."""
    return bytes(cbor2.dumps(["Signature1", protected, b"", payload], canonical=True))


def _to_map(claim: Claim) -> dict[int, Any]:
    shown = {_SHOWN: _FORMED} if claim.formed_only else {}
    return {
        0: _FORMAT,
        1: claim.number,
        2: (claim.issued_on - _EPOCH).days,
        3: claim.organisation,
        4: claim.pupil,
        5: claim.group,
        6: claim.year.start,
        7: claim.level,
        8: claim.competencies,
        9: claim.highest,
        10: len(claim.stages),
        11: _packed(claim.stages),
        **shown,
    }


def _from_map(found: dict[int, Any]) -> Claim:
    if found.keys() - {_SHOWN} != set(range(_SHOWN)) or found[0] != _FORMAT:
        raise ValueError("another format of the claim")
    number, organisation, pupil, group, level = (str(found[key]) for key in (1, 3, 4, 5, 7))
    claim = Claim(
        number=number,
        issued_on=_EPOCH + timedelta(days=found[2]),
        organisation=organisation,
        pupil=pupil,
        group=group,
        year=SchoolYear(found[6]),
        level=level,
        competencies=found[8],
        highest=found[9],
        stages=_unpacked(found[11], found[10]),
        formed_only=_SHOWN in found,
    )
    if _to_map(claim) != found or not isinstance(found[8], bytes) or len(found[8]) != DIGEST:
        raise ValueError("a field is of another kind")
    return claim


def _packed(stages: tuple[int | None, ...]) -> bytes:
    """Two stages a byte, the first in the higher half; 15 is not assessed, and fills up the last byte."""
    halves = [_UNKNOWN if stage is None else stage for stage in stages] + [_UNKNOWN] * (len(stages) % 2)
    return bytes(16 * high + low for high, low in zip(halves[::2], halves[1::2], strict=True))


def _unpacked(packed: bytes, count: int) -> tuple[int | None, ...]:
    halves = [half for byte in packed for half in divmod(byte, 16)]
    return tuple(None if half == _UNKNOWN else half for half in halves[:count])

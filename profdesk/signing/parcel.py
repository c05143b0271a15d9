"""Files that an organisation seals and sends: CMS SignedData (RFC 5652) in DER with the content inside.

A parcel has one form only: what is read is taken apart, built anew and must come out byte for byte the same. So
there is one signer, its certificate and nothing else, and no byte that the signature does not answer for.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, pem, tsp, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.x509 import load_der_x509_certificate

from profdesk.domain.verification import KeyInfo
from profdesk.errors import WrongInputError
from profdesk.signing import cose, envelope
from profdesk.signing.keys import SigningKey, describe, to_pem

_NO_PARCEL = (
    "Файл повреждён, изменён или сделан не в profdesk: подпись на нём не читается. Попросите прислать его ещё раз."
)
_CHANGED = "Файл изменён после подписания. Попросите прислать его ещё раз."
_TAG = b"\xa0"
_MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True)
class Parcel:
    """What was sealed, and the certificate (PEM) of the key that did it; whether to trust the key is not said."""

    content: bytes
    certificate_pem: bytes
    key: KeyInfo
    signed_at: datetime


def seal(content: bytes, key: SigningKey, at: datetime) -> bytes:
    """Seal bytes by an organisation's key; the moment is kept to the second."""
    _, _, der = pem.unarmor(key.certificate_pem)
    certificate = x509.Certificate.load(der)
    signed = _attributes(content, certificate, at.replace(microsecond=0))
    r, s = decode_dss_signature(cose.private(key).sign(signed.dump(), ec.ECDSA(hashes.SHA256())))
    return _packed(content, certificate, signed, encode_dss_signature(r, cose.low(s)))


def opened(data: bytes, largest: int) -> Parcel:
    """Open a file of at most ``largest`` bytes; WrongInputError says why it is none, or is not whole."""
    if len(data) > largest:
        raise WrongInputError(f"Файл больше {largest // 1024} КБ. Проверьте, тот ли это файл.")
    try:
        content, certificate, at, signature = _parts(data)
        signed = _attributes(content, certificate, at)
        if _packed(content, certificate, signed, signature) != data:
            raise WrongInputError(_NO_PARCEL)
        _check(certificate, signed.dump(), signature)
        key = describe(certificate.dump())
    except _MALFORMED as error:
        raise WrongInputError(_NO_PARCEL) from error
    if not key.valid_from <= at <= key.valid_until:
        raise WrongInputError(f"Файл подписан {at.astimezone():%d.%m.%Y}, когда ключ не действовал.")
    return Parcel(content, to_pem(certificate.dump()), key, at)


def _parts(data: bytes) -> tuple[bytes, x509.Certificate, datetime, bytes]:
    """Content, certificate, moment and signature, wherever they stand; nothing is judged yet."""
    found = cms.ContentInfo.load(data, strict=True)
    signed: cms.SignedData = found["content"]
    signer: cms.SignerInfo = signed["signer_infos"][0]
    moments = [one["values"][0].native for one in signer["signed_attrs"] if one["type"].native == "signing_time"]
    content: bytes = signed["encap_content_info"]["content"].native
    return content, signed["certificates"][0].chosen, moments[0], signer["signature"].native


def _attributes(content: bytes, certificate: x509.Certificate, at: datetime) -> cms.CMSAttributes:
    """What the signature covers: the kind, digest and moment, and whose certificate it is (RFC 5035)."""
    named = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate.dump()).digest()})
    told = {
        "content_type": "data",
        "signing_time": cms.Time({"utc_time": at}),
        "message_digest": hashlib.sha256(content).digest(),
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [named]}),
    }
    return cms.CMSAttributes([{"type": kind, "values": [value]} for kind, value in told.items()])


def _packed(content: bytes, certificate: x509.Certificate, signed: cms.CMSAttributes, signature: bytes) -> bytes:
    return envelope.written(content, _TAG + signed.dump()[1:], certificate, signature)


def _check(certificate: x509.Certificate, signed: bytes, signature: bytes) -> None:
    public = load_der_x509_certificate(certificate.dump()).public_key()
    _, s = decode_dss_signature(signature)
    if not isinstance(public, ec.EllipticCurvePublicKey) or public.curve.name != "secp256r1" or s != cose.low(s):
        raise WrongInputError(_NO_PARCEL)
    try:
        public.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise WrongInputError(_CHANGED) from error

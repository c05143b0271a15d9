"""Signing keys: ECDSA P-256 with a certificate that the organisation or person issues to itself (RFC 5280)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from profdesk.domain.verification import KeyInfo
from profdesk.errors import WrongInputError

_LONGEST_NAME, _CUT = 64, "…"
_VALID_DAYS = 3 * 365


@dataclass(frozen=True)
class SigningKey:
    """Both parts in PEM (PKCS #8 and X.509); the private one is never printed."""

    private_pem: bytes = field(repr=False)
    certificate_pem: bytes


def make_key(organisation: str, holder: str, now: datetime, post: str = "") -> SigningKey:
    """Make a key valid for three years from ``now``; long names are shortened (RFC 5280, A.1).

    With a ``post`` it is a person's own.
    """
    private = ec.generate_private_key(ec.SECP256R1())
    told = {
        NameOID.ORGANIZATION_NAME: _fitting(organisation),
        NameOID.COMMON_NAME: _holder(holder),
        NameOID.TITLE: _fitting(post),
    }
    named = [x509.NameAttribute(kind, words) for kind, words in told.items() if words]
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "RU"), *named])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=_VALID_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )
    return SigningKey(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        certificate.public_bytes(serialization.Encoding.PEM),
    )


def belongs(key: KeyInfo, full_name: str, short_name: str) -> bool:
    """Whether a key was made for an organisation of these names; a person's own key never was."""
    named = key.holder == _holder(short_name) and _CUT not in key.holder
    return not key.post and (key.organisation == _fitting(full_name) or named)


@lru_cache(maxsize=1024)
def describe(certificate: bytes) -> KeyInfo:
    """Put a certificate (PEM or DER) into words; WrongInputError if it is none, or not signed by its own key.

    Kept in memory: a department asks of all its keys for every file.
    """
    try:
        parsed = _loaded(certificate)
        parsed.verify_directly_issued_by(parsed)
        return KeyInfo(
            organisation=_part(parsed.subject, NameOID.ORGANIZATION_NAME),
            holder=_part(parsed.subject, NameOID.COMMON_NAME),
            fingerprint=parsed.fingerprint(hashes.SHA256()).hex(),
            valid_from=parsed.not_valid_before_utc,
            valid_until=parsed.not_valid_after_utc,
            post=_part(parsed.subject, NameOID.TITLE),
        )
    except (ValueError, TypeError, InvalidSignature) as error:
        raise WrongInputError(
            "Это не сертификат ключа. Нужен файл, который сохранила программа в «Настройках»."
        ) from error


def to_pem(certificate: bytes) -> bytes:
    """Bring a certificate (PEM or DER) into PEM; WrongInputError if it is none."""
    describe(certificate)
    return _loaded(certificate).public_bytes(serialization.Encoding.PEM)


def _loaded(certificate: bytes) -> x509.Certificate:
    if certificate.lstrip().startswith(b"-----BEGIN"):
        return x509.load_pem_x509_certificate(certificate)
    return x509.load_der_x509_certificate(certificate)


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _fitting(name: str) -> str:
    words = " ".join(name.split())
    if len(words) <= _LONGEST_NAME:
        return words
    # The quoted name at the end tells organisations apart; the legal form before it does not.
    quoted = words[words.find("«") :] if "«" in words else words
    return quoted if len(quoted) <= _LONGEST_NAME else f"{quoted[: _LONGEST_NAME - 1].rstrip()}{_CUT}"


def _holder(name: str) -> str:
    """The common name, of which cryptography allows 64 bytes of UTF-8: a longer one is cut in its middle."""
    short = words = _fitting(name)
    kept = len(words) // 2
    while len(short.encode()) > _LONGEST_NAME:
        kept -= 1
        short = f"{words[:kept].rstrip()}{_CUT}{words[-kept:].lstrip()}"
    return short


def _part(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""

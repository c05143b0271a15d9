"""A person's own key as a file to carry: PKCS #12 (RFC 7292) under a password, which openssl and others read.

Key and certificate are under AES-256 (PBES2, RFC 8018), the whole under HMAC-SHA-256. Both take so many rounds that
guesses are dear; the library spends few on the second, so that one is made here.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from asn1crypto import pkcs12 as asn1
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import load_pem_x509_certificate

from profdesk.domain import passwords
from profdesk.errors import AccessError, WrongInputError
from profdesk.signing import cose
from profdesk.signing.keys import SigningKey, describe

LARGEST = 64 * 1024
"""Bytes; a file of ours has about 1,300."""
_ROUNDS = 600_000
_MOST_ROUNDS = 10_000_000
_BLOCK, _SALT = 64, 16
_NO_KEY = "Это не файл личного ключа. Нужен файл .p12, который программа сделала в «Настройках»."
_FOREIGN = "Этот ключ сделала другая программа: profdesk подписывает только ключами, которые сделал сам."
_MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


def pack(key: SigningKey, password: str) -> bytes:
    """Put a key under a password; WrongInputError if the password is too short."""
    protection = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passwords.checked(password).encode())
    )
    certificate = load_pem_x509_certificate(key.certificate_pem)
    name = describe(key.certificate_pem).person.encode()
    packed = pkcs12.serialize_key_and_certificates(name, cose.private(key), certificate, None, protection)
    return _authenticated(packed, passwords.checked(password))


def unpack(data: bytes, password: str) -> SigningKey:
    """Take a key out; AccessError if the password is wrong, WrongInputError if it is no key of this program."""
    _ensure_cheap(data)
    try:
        private, certificate, _ = pkcs12.load_key_and_certificates(data, passwords.normal(password).encode())
    except _MALFORMED as error:
        raise AccessError("Пароль к личному ключу не подходит. Проверьте раскладку и Caps Lock.") from error
    if certificate is None or not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
        raise WrongInputError(_FOREIGN)
    made = SigningKey(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
        certificate.public_bytes(serialization.Encoding.PEM),
    )
    try:
        post = describe(made.certificate_pem).post
    except WrongInputError as error:
        raise WrongInputError(_FOREIGN) from error
    if not post or certificate.public_key() != private.public_key():
        raise WrongInputError(_FOREIGN)
    return made


def _ensure_cheap(data: bytes) -> None:
    """Refuse what is no PKCS #12, or asks for so many rounds that the program would stand still."""
    try:
        rounds = asn1.Pfx.load(data[: LARGEST + 1], strict=True)["mac_data"]["iterations"].native
    except _MALFORMED as error:
        raise WrongInputError(_NO_KEY) from error
    if len(data) > LARGEST or not 0 < rounds <= _MOST_ROUNDS:
        raise WrongInputError(_NO_KEY)


def _authenticated(packed: bytes, password: str) -> bytes:
    """The same with a MAC of as many rounds as the encryption has."""
    file, salt = asn1.Pfx.load(packed), secrets.token_bytes(_SALT)
    digest = hmac.digest(_mac_key(password, salt), file["auth_safe"]["content"].native, "sha256")
    file["mac_data"] = {
        "mac": {"digest_algorithm": {"algorithm": "sha256"}, "digest": digest},
        "mac_salt": salt,
        "iterations": _ROUNDS,
    }
    made: bytes = file.dump()
    return made


def _mac_key(password: str, salt: bytes) -> bytes:
    """The key of the MAC (RFC 7292, B.2 with ID 3): one block of SHA-256."""
    made = bytes([3]) * _BLOCK + _filled(salt) + _filled(f"{password}\0".encode("utf-16-be"))
    for _ in range(_ROUNDS):
        made = hashlib.sha256(made).digest()
    return made


def _filled(data: bytes) -> bytes:
    """The data over and over, up to the end of a block."""
    size = -(-len(data) // _BLOCK) * _BLOCK
    return (data * size)[:size]

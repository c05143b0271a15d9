"""What a code opens that is told apart from its file: AES-256-GCM under a key of HKDF-SHA256 (RFC 5869).

A code holds 140 random bits, so a guess need not be made slow, and no file can ask for memory or time.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from profdesk.errors import AccessError

_PURPOSE = b"profdesk code 1"
_NONCE = 12


def lock(secret: bytes, code: str) -> bytes:
    """Encrypt by a code as it counts: a nonce, then the ciphertext with its tag."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(code)).encrypt(nonce, secret, _PURPOSE)


def unlock(locked: bytes, code: str, wrong: str) -> bytes:
    """What was locked; AccessError, in those words, if the code is another or a byte was changed."""
    try:
        return AESGCM(_key(code)).decrypt(locked[:_NONCE], locked[_NONCE:], _PURPOSE)
    except (InvalidTag, ValueError) as error:
        raise AccessError(wrong) from error


def _key(code: str) -> bytes:
    return HKDF(SHA256(), 32, None, _PURPOSE).derive(code.encode())

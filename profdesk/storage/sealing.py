"""How a slot of the vault is closed: by a password, by a public key, and against changes by outsiders.

Argon2id (RFC 9106) and AES-256-GCM lock what a password opens; X25519 (RFC 7748) with HKDF-SHA256 (RFC 5869) boxes
what only the owner of a key pair opens; HMAC-SHA256 tags what everyone may read and only users may write.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from profdesk.errors import WorkspaceError

KEY_BYTES = 32
_NONCE = 12
MOST: Mapping[str, int] = {"memory": 128 * 1024, "passes": 10, "lanes": 16}
"""Some way above what is written here, so that a foreign vault can take neither all memory nor all day."""
_ONE_AT_A_TIME = Lock()
"""OpenSSL's lanes share one pool of threads: two derivations at once hang, or fail as if there were no memory."""
_BOX, _TAG, _ANCHOR = b"profdesk box 2", b"profdesk slot 2", b"profdesk anchor 1"

Bound = Mapping[str, object]
"""Fields that are bound to a ciphertext or tag as canonical JSON."""


def derive(password: str, salt: str, memory: int, passes: int, lanes: int) -> bytes:
    """The key of a password; InvalidTag where the parameters are none that could have been written here.

    WorkspaceError where the computer has no memory for it: that is no wrong password.
    """
    try:
        if memory > MOST["memory"] or passes > MOST["passes"] or lanes > MOST["lanes"]:
            raise InvalidTag
        kdf = Argon2id(salt=raw(salt), length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory)
        with _ONE_AT_A_TIME:
            return kdf.derive(password.encode())
    except MemoryError as error:
        raise WorkspaceError("Для проверки пароля не хватает памяти. Закройте другие программы и повторите.") from error
    except (ValueError, OverflowError, TypeError) as error:
        raise InvalidTag from error


def lock(key: bytes, secret: bytes, bound: Bound) -> str:
    """Encrypt under a symmetric key."""
    nonce = os.urandom(_NONCE)
    return text(nonce + AESGCM(key).encrypt(nonce, secret, canonical(bound)))


def unlock(key: bytes, locked: str, bound: Bound) -> bytes:
    """Decrypt what ``lock`` made; InvalidTag if anything of it is not as it was."""
    try:
        sealed = raw(locked)
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], canonical(bound))
    except (ValueError, TypeError) as error:
        raise InvalidTag from error


def key_pair() -> tuple[bytes, str]:
    """A new private key and the public one that belongs to it."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), text(private.public_key().public_bytes_raw())


def box(secret: bytes, public: str, anchor: bytes, bound: Bound) -> str:
    """Encrypt for whoever holds the private key; without ``anchor`` nobody can make what opens."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(raw(public)))
    head = once.public_key().public_bytes_raw()
    return f"{text(head)}.{lock(_hkdf(shared, anchor, _BOX + head + raw(public)), secret, bound)}"


def unbox(boxed: str, private: bytes, anchor: bytes, bound: Bound) -> bytes:
    """Decrypt what ``box`` made for this private key; InvalidTag if anything of it is not as it was."""
    own = X25519PrivateKey.from_private_bytes(private)
    head, _, locked = boxed.partition(".")
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(raw(head)))
    except ValueError as error:
        raise InvalidTag from error
    key = _hkdf(shared, anchor, _BOX + raw(head) + own.public_key().public_bytes_raw())
    return unlock(key, locked, bound)


def tag(anchor: bytes, bound: Bound) -> str:
    """What shows that fields were written by someone who knows the anchor."""
    return text(hmac.digest(_hkdf(anchor, None, _TAG), canonical(bound), hashlib.sha256))


def same(one: str, other: str) -> bool:
    """Whether two tags are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def anchor_of(key: bytes) -> bytes:
    """The anchor of a workspace that was made before there were anchors, from the key all its users hold."""
    return _hkdf(key, None, _ANCHOR)


def canonical(bound: Bound) -> bytes:
    """JSON of which there is one form only."""
    return json.dumps(bound, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(bound: Bound) -> str:
    """SHA-256 of the one form, in hex."""
    return hashlib.sha256(canonical(bound)).hexdigest()


def text(data: bytes) -> str:
    """Bytes as JSON keeps them."""
    return base64.b64encode(data).decode()


def raw(data: str) -> bytes:
    """The bytes again; ValueError if it is no Base64."""
    return base64.b64decode(data, validate=True)


def _hkdf(secret: bytes, salt: bytes | None, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, purpose).derive(secret)

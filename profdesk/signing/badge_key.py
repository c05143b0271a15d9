"""The key that signs badges: Ed25519, made from the workspace's own key each time it is needed.

Outside verifiers of badges know no ECDSA certificate of a school; a did:key they can check by itself. What binds it to
the school's key is an endorsement, a short signed text that stands in every badge.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from profdesk.signing import cose, multibase
from profdesk.signing.keys import SigningKey

PREFIX = "PK1:"
_INFO = b"profdesk open badge eddsa-rdfc-2022 v1"
_SEED = 32
_FORMAT = 1


@dataclass(frozen=True)
class BadgeKey:
    """``did`` is its did:key, ``endorsement`` the text by which the workspace's key vouches for it."""

    private: Ed25519PrivateKey = field(repr=False)
    did: str
    endorsement: str


def derived(key: SigningKey) -> BadgeKey:
    """Derive the key from the workspace's (HKDF-SHA256, RFC 5869, no salt): the same in every restored copy."""
    secret = cose.private(key).private_numbers().private_value.to_bytes(_SEED)
    seed = HKDF(hashes.SHA256(), _SEED, salt=None, info=_INFO).derive(secret)
    private = Ed25519PrivateKey.from_private_bytes(seed)
    raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    did = multibase.did_key(raw)
    return BadgeKey(private, did, cose.write(PREFIX, _told(did), key, steady=True))


def read(endorsement: str, did: str) -> cose.Signed:
    """Read an endorsement of the key of that name; cose.MALFORMED if it is none, or of another key."""
    found = cose.read(PREFIX, endorsement)
    if found.content != _told(did):
        raise ValueError("another key is endorsed")
    return found


def _told(did: str) -> dict[int, object]:
    return {0: _FORMAT, 1: did}

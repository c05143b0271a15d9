"""Bytes as letters: base58btc with its multibase mark, and Ed25519 keys as did:key (W3C CCG, did:key v0.7)."""

from __future__ import annotations

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_MARK = "z"
_ED25519 = b"\xed\x01"
"""Multicodec ed25519-pub as a varint."""
_KEY = 32
_DID = "did:key:"


def encoded(data: bytes) -> str:
    """Multibase base58btc; bytes of zero at the beginning become ones."""
    number, letters = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, len(_ALPHABET))
        letters = _ALPHABET[rest] + letters
    zeros = len(data) - len(data.lstrip(b"\x00"))
    return _MARK + _ALPHABET[0] * zeros + letters


def decoded(text: str, size: int) -> bytes:
    """The ``size`` bytes that ``encoded`` gives this text for; ValueError if there are none."""
    if not text.startswith(_MARK) or len(text) > 2 * size + 1:
        raise ValueError("no multibase base58btc of that size")
    number = 0
    for letter in text.removeprefix(_MARK):
        number = number * len(_ALPHABET) + _ALPHABET.index(letter)
    data = number.to_bytes(size) if number.bit_length() <= 8 * size else b""
    if encoded(data) != text:
        raise ValueError("not the only way to write it")
    return data


def did_key(public: bytes) -> str:
    """«did:key:z6Mk…», the name of a public key of 32 bytes."""
    return _DID + encoded(_ED25519 + public)


def public_key(did: str) -> bytes:
    """The 32 bytes of a public key by its name; ValueError if it names none of this kind."""
    if not did.startswith(_DID):
        raise ValueError("no did:key")
    data = decoded(did.removeprefix(_DID), len(_ED25519) + _KEY)
    if not data.startswith(_ED25519):
        raise ValueError("no Ed25519 key")
    return data.removeprefix(_ED25519)


def method(did: str) -> str:
    """The verification method of a did:key, whose fragment is the key once more."""
    return f"{did}#{did.removeprefix(_DID)}"

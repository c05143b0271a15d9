"""The file of a pupil as bytes: who seals it stands in the open, what it tells is encrypted by a code told apart.

The body is an age identity under the code, then age (age-encryption.org/v1, X25519) for it; a parcel before it seals
the body's SHA-256, so that nothing is decrypted of a file that nobody answers for. docs/pupil-file.md tells it byte
for byte.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyrage

from profdesk.domain.pupil_file import LARGEST_TOLD
from profdesk.domain.verification import KeyInfo
from profdesk.errors import AccessError, WrongInputError
from profdesk.signing import code_lock, parcel
from profdesk.signing.keys import SigningKey

_ANY_FIRST = b"profdesk pupil file "
_FIRST = _ANY_FIRST + b"1\n"
_LARGEST_SEAL = 16 * 1024
_LOCK = 102
"""Bytes of the identity under the code: a nonce, 74 letters and a tag."""
_OTHER = "Это не файл ученика из profdesk. Выберите файл, который сохранила кнопка «Передать в другую организацию»."
_NEWER = "Файл ученика сделала более новая программа. Обновите profdesk на этом компьютере."
_SPOILED = "Файл ученика повреждён или изменён. Попросите прислать его ещё раз."
_CODE = "Файл этим кодом не открывается. Сверьте код с тем, что вам передали: он напечатан отдельно от файла."


@dataclass(frozen=True)
class Sealed:
    """A file of which it is proven that a key sealed it, and when; whether to trust the key is not said."""

    key: KeyInfo
    sealed_at: datetime
    body: bytes


def seal(told: bytes, works: Sequence[bytes], code: str, key: SigningKey, at: datetime) -> bytes:
    """Encrypt one line of JSON and the works it names, in its order, by a code; seal it by an organisation's key."""
    identity = pyrage.x25519.Identity.generate()
    locked = code_lock.lock(str(identity).encode(), code)
    return packed(locked + pyrage.encrypt(b"".join((told, b"\n", *works)), [identity.to_public()]), key, at)


def packed(body: bytes, key: SigningKey, at: datetime) -> bytes:
    """Seal what is encrypted already."""
    sealed = parcel.seal(_statement(body), key, at)
    return b"".join((_FIRST, struct.pack(">I", len(sealed)), sealed, body))


def opened(data: bytes) -> Sealed:
    """Prove who sealed a file; WrongInputError if it is none, of a later form, or a byte is not as it was sealed."""
    if not data.startswith(_FIRST):
        raise WrongInputError(_NEWER if data.startswith(_ANY_FIRST) else _OTHER)
    start = len(_FIRST) + 4
    length = int.from_bytes(data[len(_FIRST) : start], "big")
    if length > _LARGEST_SEAL or len(data) < start + length:
        raise WrongInputError(_SPOILED)
    found, body = parcel.opened(data[start : start + length], _LARGEST_SEAL), data[start + length :]
    if found.content != _statement(body):
        raise WrongInputError(_SPOILED)
    return Sealed(found.key, found.signed_at, body)


def unlocked(sealed: Sealed, code: str) -> tuple[bytes, bytes]:
    """What a file tells and the bytes of its works one after another; WrongInputError where the code does not fit."""
    try:
        secret = code_lock.unlock(sealed.body[:_LOCK], code, _CODE)
    except AccessError as error:
        raise WrongInputError(_CODE) from error
    try:
        identity = pyrage.x25519.Identity.from_str(secret.decode("ascii"))
        content = bytes(pyrage.decrypt(sealed.body[_LOCK:], [identity]))
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        raise WrongInputError(_SPOILED) from error
    end = content.find(b"\n", 0, LARGEST_TOLD + 1)
    if end < 0:
        raise WrongInputError(_SPOILED)
    return content[:end], content[end + 1 :]


def parted(works: bytes, sizes: Mapping[str, int]) -> dict[str, bytes]:
    """The works by their SHA-256, as they follow one another; WrongInputError if they are not what is told."""
    found, start = {}, 0
    for digest, size in sizes.items():
        content, start = works[start : start + size], start + size
        if hashlib.sha256(content).hexdigest() != digest:
            raise WrongInputError(_SPOILED)
        found[digest] = content
    if start != len(works):
        raise WrongInputError(_SPOILED)
    return found


def _statement(body: bytes) -> bytes:
    return _FIRST + hashlib.sha256(body).hexdigest().encode()

"""Files of exchange: a head that is open, records encrypted to their receiver, the sender's signature over it all.

The body is age (age-encryption.org/v1, X25519), which is written and read as a stream; the signature is Ed25519
(RFC 8032) over the SHA-256 of all before it. Nothing is decrypted of a file whose signature does not fit.
docs/exchange-format.md tells it byte for byte.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from profdesk.domain.exchange import FORMAT, Head, Kind
from profdesk.errors import WrongInputError

_FIRST = f"profdesk exchange {FORMAT}\n".encode()
_ANY_FIRST = b"profdesk exchange "
_PURPOSE = b"profdesk exchange signature 1\x00"
_SIGNATURE = 64
_LONGEST_HEAD = 16 * 1024
_PIECE = 1024 * 1024
LARGEST_FRAME = 16 * 1024 * 1024
_NEWER = "Файл сделан более новой программой. Обновите profdesk на этом компьютере."
_OTHER = "Это не файл обмена profdesk. Выберите файл, который сохранила кнопка «Отправить изменения»."
_SPOILED = "Файл обмена повреждён, изменён или подписан не тем компьютером. Попросите прислать его ещё раз."


class Frame(NamedTuple):
    """A part of the body, of at most ``LARGEST_FRAME`` bytes."""

    kind: bytes
    """One letter."""
    data: bytes


def new_keys() -> tuple[bytes, str]:
    """A computer's own secrets: the key that signs (Ed25519, raw) and the identity that opens (age)."""
    return Ed25519PrivateKey.generate().private_bytes_raw(), str(pyrage.x25519.Identity.generate())


def verifying_key(signing_key: bytes) -> bytes:
    """The public half of the key that signs, raw."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()


def address(secret: str) -> str:
    """The recipient to which files for the holder of an identity are encrypted."""
    return str(pyrage.x25519.Identity.from_str(secret).to_public())


def seal_piece(data: bytes, to: str) -> bytes:
    """Encrypt a part to somebody who may read more than whoever opens the file."""
    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(to)]))


def open_piece(data: bytes, secret: str) -> bytes:
    """Decrypt what ``seal_piece`` made; WrongInputError if it is for somebody else or changed."""
    try:
        return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(secret)]))
    except pyrage.DecryptError as error:
        raise WrongInputError(_SPOILED) from error


def write(target: BinaryIO, head: Head, frames: Iterable[Frame], to: str, signing_key: bytes) -> None:
    """Write a file for one receiver, as a stream."""
    caught = _Caught()
    hashing = _Hashing(target, caught)
    hashing.write(_FIRST)
    hashing.write(json.dumps(asdict(head), ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    with caught.told():
        pyrage.encrypt_io(_Reading(frames, caught), hashing, [pyrage.x25519.Recipient.from_str(to)])
    key = Ed25519PrivateKey.from_private_bytes(signing_key)
    target.write(key.sign(_PURPOSE + hashing.digest()))


def head(path: Path) -> Head:
    """What is open in a file; WrongInputError if it is none, or of a later format. Nothing is proven yet."""
    with path.open("rb") as file:
        return _head(file)


def read(path: Path, by: bytes, secret: str, take: Callable[[Frame], None]) -> str:
    """Prove that a file was signed by a key, then hand its parts to ``take``; gives the file's SHA-256.

    WrongInputError, before anything is handed over, if a byte is not as it was signed.
    """
    whole, body = _proven(path, by)
    with path.open("rb") as file:
        _head(file)
        caught = _Caught()
        parted = _Parting(take, caught)
        limited = _Limited(file, body - file.tell())
        try:
            with caught.told():
                pyrage.decrypt_io(limited, parted, [pyrage.x25519.Identity.from_str(secret)])
        except (pyrage.DecryptError, OSError) as error:
            raise WrongInputError(_SPOILED) from error
        parted.finish()
    return whole


def _proven(path: Path, by: bytes) -> tuple[str, int]:
    """The SHA-256 of the whole file and where its signature begins."""
    end = path.stat().st_size - _SIGNATURE
    whole = hashlib.sha256()
    with path.open("rb") as file:
        left = max(end, 0)
        while left and (piece := file.read(min(_PIECE, left))):
            whole.update(piece)
            left -= len(piece)
        signed, signature = whole.copy(), file.read()
    try:
        Ed25519PublicKey.from_public_bytes(by).verify(signature, _PURPOSE + signed.digest())
    except (InvalidSignature, ValueError) as error:
        raise WrongInputError(_SPOILED) from error
    whole.update(signature)
    return whole.hexdigest(), end


def _head(file: BinaryIO) -> Head:
    first = file.readline(64)
    if first != _FIRST:
        raise WrongInputError(_NEWER if first.startswith(_ANY_FIRST) else _OTHER)
    try:
        told = json.loads(file.readline(_LONGEST_HEAD))
        return Head(Kind(told.pop("kind")), **{str(name): str(value) for name, value in told.items()})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WrongInputError(_SPOILED) from error


class _Caught:
    """What was raised by those who feed age or are fed by it, which tells of that in words of its own."""

    def __init__(self) -> None:
        self._error: BaseException | None = None

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Keep what is raised inside; age may ask again, and is told the same."""
        if self._error is not None:
            raise self._error
        try:
            yield
        except BaseException as error:
            self._error = error
            raise

    @contextmanager
    def told(self) -> Iterator[None]:
        """Raise what was kept in place of what came of it."""
        try:
            yield
        except Exception:
            if self._error is not None:
                raise self._error from None
            raise


class _Hashing(io.RawIOBase):
    """Writes on, and hashes what passes."""

    def __init__(self, target: BinaryIO, caught: _Caught) -> None:
        self._target = target
        self._caught = caught
        self._hash = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._hash.update(data)
        with self._caught.watched():
            self._target.write(data)
        return len(data)

    def digest(self) -> bytes:
        return self._hash.digest()


class _Reading(io.RawIOBase):
    """Frames as the bytes of a body: a letter, four bytes of length, and so many bytes."""

    def __init__(self, frames: Iterable[Frame], caught: _Caught) -> None:
        self._pieces = self._written(frames)
        self._caught = caught
        self._piece, self._at = b"", 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes of one piece; all of it for less than none."""
        with self._caught.watched():
            while self._at == len(self._piece) and (piece := next(self._pieces, b"")):
                self._piece, self._at = piece, 0
        start, end = self._at, len(self._piece) if size < 0 else min(self._at + size, len(self._piece))
        self._at = end
        return self._piece[start:end]

    @staticmethod
    def _written(frames: Iterable[Frame]) -> Iterator[bytes]:
        for frame in frames:
            if len(frame.data) > LARGEST_FRAME:
                raise ValueError("a part is larger than any reader takes")
            yield struct.pack(">cI", frame.kind, len(frame.data)) + frame.data


class _Parting(io.RawIOBase):
    """Bytes of a body as frames."""

    def __init__(self, take: Callable[[Frame], None], caught: _Caught) -> None:
        self._take = take
        self._caught = caught
        self._buffer = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._buffer += data
        while len(self._buffer) >= 5:
            kind, length = struct.unpack_from(">cI", self._buffer)
            if length > LARGEST_FRAME:
                raise WrongInputError(_SPOILED)
            if len(self._buffer) < 5 + length:
                break
            with self._caught.watched():
                self._take(Frame(kind, bytes(self._buffer[5 : 5 + length])))
            del self._buffer[: 5 + length]
        return len(data)

    def finish(self) -> None:
        if self._buffer:
            raise WrongInputError(_SPOILED)


class _Limited(io.RawIOBase):
    """The next so many bytes of a file."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        self._file = file
        self._left = left

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        given = self._file.read(wanted)
        self._left -= len(given)
        return given

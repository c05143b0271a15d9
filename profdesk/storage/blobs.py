"""Files kept inside the workspace, each under the SHA-256 of its bytes and encrypted with AES-256-GCM.

The key is derived from the key of ``desk.db`` or ``psy.db`` (HKDF, RFC 5869); the hash is bound to the ciphertext as
associated data, so that files cannot be exchanged for one another.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from profdesk import atomic
from profdesk.domain.progress import Meter
from profdesk.errors import WorkspaceError
from profdesk.storage import room

FOLDER = "files"
PSY_FOLDER = "files-psy"
"""What only psychologists may open lies apart, under the key of ``psy.db``."""
Before = Callable[[str, str], None]
_NONCE = 12
_DIGEST = re.compile("[0-9a-f]{64}")
_NAMED = re.compile(r"\b[0-9a-f]{64}\b")
_PURPOSE = b"profdesk files 1"


def checked(digest: str) -> str:
    """The name of a kept file; ValueError for what cannot be one."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError("no SHA-256 in hex")
    return digest


def named_in(text: str) -> Iterable[str]:
    """What may be names of kept files in a text."""
    return _NAMED.findall(text)


def drop(folder: Path, digests: Iterable[str]) -> None:
    """Remove kept files below ``files/`` or ``files-psy/``; those that are gone already are passed over."""
    for digest in digests:
        (folder / digest[:2] / digest).unlink(missing_ok=True)


def drop_halves(folder: Path, digests: Iterable[str]) -> None:
    """Remove what a killed program has left half-written where some files are kept."""
    for digest in digests:
        for half in (folder / digest[:2]).glob(f"{atomic.FRESH}*"):
            half.unlink(missing_ok=True)


class Blobs:
    """Bytes in, hash out; what was put once is not written again."""

    def __init__(self, workspace: Path, key: bytes, folder: str = FOLDER, before: Before | None = None) -> None:
        """``before`` is told the folder and the hash of each file that is about to be there and was not."""
        self._folder = workspace / folder
        self._key = key
        self._before = before

    @property
    def folder(self) -> str:
        """The name of the folder below the workspace's."""
        return self._folder.name

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(HKDF(SHA256(), 32, None, _PURPOSE).derive(self._key))

    def put(self, content: bytes) -> str:
        """Keep bytes; the file appears whole or not at all, a damaged one is mended. Gives their SHA-256 in hex."""
        digest = hashlib.sha256(content).hexdigest()
        target = self._path(digest)
        if target.is_file() and self.is_whole(digest):
            return digest
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            nonce = os.urandom(_NONCE)
            sealed = nonce + self._cipher.encrypt(nonce, content, digest.encode())
            room.check(target.parent, len(sealed))
            if self._before is not None and not target.exists():
                self._before(self.folder, digest)
            atomic.write(target, sealed)
        except OSError as error:
            raise WorkspaceError(
                "Файл в рабочую папку записать не удалось. Проверьте, есть ли место на диске."
            ) from error
        return digest

    def get(self, digest: str) -> bytes:
        """Read bytes back; WorkspaceError if they are lost or are not what was put."""
        try:
            sealed = self._path(digest).read_bytes()
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], digest.encode())
        except (OSError, InvalidTag, ValueError) as error:
            raise WorkspaceError(
                f"Файл в рабочей папке потерян или повреждён. Восстановите папку «{self._folder.name}» из копии."
            ) from error

    def holds(self, digest: str) -> bool:
        """Whether something is kept under that name."""
        return self._path(digest).is_file()

    def drop(self, digest: str) -> None:
        """Remove what is kept under that name, if it is."""
        self._path(digest).unlink(missing_ok=True)

    def is_whole(self, digest: str) -> bool:
        """Whether the bytes are there as they were put."""
        try:
            self.get(digest)
        except WorkspaceError:
            return False
        return True

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def carry_over(former: Blobs, fresh: Blobs, meter: Meter) -> None:
    """Put all that is kept under one key under another; what is damaged already is carried over as it lies."""
    fresh._folder.mkdir()
    for path in sorted(former._folder.rglob("[0-9a-f]*")):
        if path.is_file():
            try:
                fresh.put(former.get(path.name))
            except WorkspaceError:
                fresh._path(path.name).parent.mkdir(exist_ok=True)
                shutil.copy2(path, fresh._path(path.name))
            meter.add(path.stat().st_size)

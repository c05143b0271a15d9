"""Files kept inside the workspace, each under the SHA-256 of its bytes and encrypted with AES-256-GCM.

The key is derived from the key of ``desk.db`` or ``psy.db`` (HKDF, RFC 5869); the hash is bound to the ciphertext as
associated data, so that files cannot be exchanged for one another.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from profdesk.errors import WorkspaceError

FOLDER = "files"
PSY_FOLDER = "files-psy"
"""What only psychologists may open lies apart, under the key of ``psy.db``."""
_NONCE = 12
_PURPOSE = b"profdesk files 1"


class Blobs:
    """Bytes in, hash out; what was put once is not written again."""

    def __init__(self, workspace: Path, key: bytes, folder: str = FOLDER) -> None:
        self._folder = workspace / folder
        self._key = key

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(HKDF(SHA256(), 32, None, _PURPOSE).derive(self._key))

    def put(self, content: bytes) -> str:
        """Keep bytes; the file appears whole or not at all, a damaged one is mended. Gives their SHA-256 in hex."""
        digest = hashlib.sha256(content).hexdigest()
        target = self._path(digest)
        if target.is_file() and self._is_whole(digest):
            return digest
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            nonce = os.urandom(_NONCE)
            sealed = nonce + self._cipher.encrypt(nonce, content, digest.encode())
            descriptor, half = tempfile.mkstemp(prefix=".new-", dir=target.parent)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(sealed)
                    file.flush()
                    os.fsync(file.fileno())
                Path(half).replace(target)
            except BaseException:
                Path(half).unlink(missing_ok=True)
                raise
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

    def _is_whole(self, digest: str) -> bool:
        try:
            self.get(digest)
        except WorkspaceError:
            return False
        return True

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

"""Files inside the workspace: encrypted, kept once, refused when spoiled."""

from __future__ import annotations

from pathlib import Path

import pytest

from profdesk.errors import WorkspaceError
from profdesk.storage.blobs import Blobs

KEY = b"k" * 32


def test_bytes_come_back_and_stand_nowhere_in_clear(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path, KEY)
    digest = blobs.put("Грамота Маркеровой".encode())
    assert blobs.get(digest) == "Грамота Маркеровой".encode()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [digest]
    assert "Маркеровой".encode() not in files[0].read_bytes()


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path, KEY)
    assert blobs.put(b"one") == blobs.put(b"one")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("spoil", ["flip", "cut", "swap", "lose"])
def test_spoiled_or_lost_bytes_are_refused(tmp_path: Path, spoil: str) -> None:
    blobs = Blobs(tmp_path, KEY)
    digest, other = blobs.put(b"one"), blobs.put(b"two")
    path = tmp_path / "files" / digest[:2] / digest
    sealed = path.read_bytes()
    if spoil == "flip":
        path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    elif spoil == "cut":
        path.write_bytes(sealed[:10])
    elif spoil == "swap":
        path.write_bytes((tmp_path / "files" / other[:2] / other).read_bytes())
    else:
        path.unlink()
    with pytest.raises(WorkspaceError, match="Восстановите"):
        blobs.get(digest)
    assert blobs.put(b"one") == digest
    assert blobs.get(digest) == b"one"


def test_another_key_reads_nothing(tmp_path: Path) -> None:
    digest = Blobs(tmp_path, KEY).put(b"one")
    with pytest.raises(WorkspaceError):
        Blobs(tmp_path, b"x" * 32).get(digest)

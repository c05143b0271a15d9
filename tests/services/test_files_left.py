"""What a killed program leaves beside a file that is saved goes at the next saving there, and nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from profdesk.services import files
from profdesk.services.files import UnnamedError

KILLED = """
import os, sys
from pathlib import Path
from profdesk.services import files
with files.writing(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    os._exit(9)
"""


def left_by_a_kill(folder: Path, days: float) -> Path:
    code = subprocess.run([sys.executable, "-c", KILLED, str(folder / "Сводка.pdf")], check=False).returncode
    assert code == 9
    half = max(folder.glob(".profdesk-*"), key=lambda one: one.stat().st_mtime)
    return aged(half, days)


def aged(path: Path, days: float) -> Path:
    then = time.time() - days * 86400
    os.utime(path, (then, then), follow_symlinks=False)
    return path


def test_halves_of_a_killed_program_go_and_nothing_else(tmp_path: Path) -> None:
    gone, fresh = left_by_a_kill(tmp_path, 2), left_by_a_kill(tmp_path, 0)
    kept = [tmp_path / name for name in (".profdesk-notes.txt", ".profdesk-ABCDEFGH", ".profdesk-abcdefg")]
    for path in kept:
        path.touch()
    folder = tmp_path / ".profdesk-folder_1"
    folder.mkdir()
    kept.append(folder)
    if sys.platform != "win32":
        (tmp_path / ".profdesk-linked_1").symlink_to(kept[0])
        kept.append(tmp_path / ".profdesk-linked_1")
    for path in kept:
        aged(path, 30)
    files.write(tmp_path / "Сводка.pdf", b"whole")
    assert (tmp_path / "Сводка.pdf").read_bytes() == b"whole"
    assert not gone.exists()
    assert fresh.exists(), "it may be another program's that is writing now"
    assert all(one.exists() for one in kept)


def test_an_issued_document_that_kept_no_name_is_never_taken_for_a_half(tmp_path: Path) -> None:
    target = tmp_path / "Сертификат.pdf"
    with pytest.raises(UnnamedError) as caught, files.with_commit():
        files.write(target, b"issued")
        target.mkdir()
    (there,) = (one for one in tmp_path.iterdir() if one.is_file())
    assert there.name in caught.value.message
    assert there.suffix == ".pdf"
    aged(there, 30)
    files.write(tmp_path / "Другой.pdf", b"")
    assert there.read_bytes() == b"issued"

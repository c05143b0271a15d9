"""After a whole life of a workspace nothing of it stands in clear in the workspace, in temporary files or in logs."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import marked_life
import pytest
from figures import Figures
from marked_life import MARKERS, STAFF

pytestmark = pytest.mark.slow
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "cp866")
IN_VAULT = {STAFF}
"""Who may work here is chosen by name before any password is asked: those names alone stand openly, in the vault."""


def test_no_marker_stands_in_clear(tmp_path: Path, figures: Figures) -> None:
    folders = {name: tmp_path / name for name in ("home", "given", "out", "temp", "own", "cache")}
    for folder in folders.values():
        folder.mkdir()
    root = Path(__file__).parents[2]
    paths = os.pathsep.join(map(str, (root, root / "tests", root / "tests" / "faults")))
    moved = {
        "PYTHONPATH": paths, "PROFDESK_HOME": str(folders["own"]), "HOME": str(folders["home"]),
        "XDG_CACHE_HOME": str(folders["cache"]), **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folders["temp"])),
    }  # fmt: skip
    program = [sys.executable, marked_life.__file__, *(str(folders[name]) for name in ("home", "given", "out"))]
    told = subprocess.run(program, env={**os.environ, **moved}, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr[-4000:]
    looked = [path for name in ("home", "temp", "own", "cache") for path in folders[name].rglob("*") if path.is_file()]
    found = {(path.name, marker) for path in looked for marker in _found(path.read_bytes())}
    assert {one for one in found if one[0] != "vault.json" or one[1] not in IN_VAULT} == set()
    assert not [path for path in folders["temp"].rglob("*") if path.is_file()]
    assert {marker for path in folders["given"].iterdir() for marker in _found(path.read_bytes())}
    assert any(path.name == "crash.log" for path in looked)
    assert any(path.name == "desk.db" for path in looked)
    figures.tell(
        "Nothing in clear",
        f"{len(MARKERS)} words written as names, notes, reasons, conclusions, talks, files, consents, partners, goals, "
        "users and a password through a whole life of a workspace: lists, an undone list, diagnostics, "
        "certificates, a summary, papers, files looked at, copies, a re-key, settings, an error.",
        f"{len(looked)} files of the workspace, its copies, the home, temporary and cache folders and crash.log were "
        f"searched in {len(ENCODINGS)} encodings and inside archives: 0 found. Names of those who may open a workspace "
        "stand openly in its vault, where they are chosen from.",
    )


def _found(content: bytes) -> Iterator[str]:
    for part in (content, *_members(content)):
        for marker in MARKERS:
            for encoding in ENCODINGS:
                if marker.encode(encoding, "ignore") in part:
                    yield marker


def _members(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())

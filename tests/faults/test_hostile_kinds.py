"""What is sent to do harm: refused in words, in little time and memory, and nothing is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import ways_in
from diagnostic_school import add_class, new_workspace
from figures import Figures
from hostile_kinds import everything, sound
from support import organisation

from profdesk.services.workspaces import _make_key

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux does"),
]
MOST_SECONDS, MOST_MEMORY = 2.0, 256
READABLE = {"class list", "answers", "register", "signature", "blank", "reference", "settings", "code"}
"""Ways by which a spoiled file may still be read, since nothing is written by them."""


def test_hostile_files_are_refused_in_words_and_write_nothing(tmp_path: Path, figures: Figures) -> None:
    workspace = new_workspace(tmp_path / "school")
    _make_key(workspace, organisation())
    add_class(workspace)
    workspace.close()
    (tmp_path / "warm").mkdir()
    for name, (whole, _) in sound().items():
        (tmp_path / "warm" / name).write_bytes(whole)
    tried: dict[str, tuple[str, ...]] = {}
    for name, content, ways in everything():
        assert name not in tried, name
        (tmp_path / name).write_bytes(content)
        tried[name] = ways
    (tmp_path / "tried.json").write_text(json.dumps(tried), encoding="utf-8")
    told = _told(tmp_path)
    counts = Counter(kind for _, _, kind, *_ in told)
    assert {(name, way) for name, way, *_ in told} == {(name, way) for name, ways in tried.items() for way in ways}
    assert [(name, way, words) for name, way, kind, words, *_ in told if kind == "crash"] == []
    assert [(name, way) for name, way, kind, *_ in told if kind == "taken" and way not in READABLE] == []
    assert [(name, way) for name, way, *_, changed in told if changed] == []
    assert [
        (name, way, words) for name, way, kind, words, *_ in told if kind == "refused" and not _is_russian(words)
    ] == []
    assert [(name, way, seconds) for name, way, _, _, seconds, _, _ in told if seconds > MOST_SECONDS] == []
    assert [(name, way, memory) for name, way, _, _, _, memory, _ in told if memory > MOST_MEMORY] == []
    assert {path.name for path in tmp_path.iterdir() if not path.name.endswith("-folder")} == {
        *tried, "tried.json", "warm", "school", "home", "temp"
    }  # fmt: skip
    assert list((tmp_path / "temp").iterdir()) == []
    figures.tell(
        "Hostile files",
        f"{len(tried)} files (bombs, parts that lead out of the folder, entities, deep and endless JSON, TOML and DER, "
        f"tables and pictures without end, files cut at each percent) tried by {len(ways_in.WAYS)} ways in, "
        f"{len(told)} times in all: {counts['refused']} were refused in a Russian sentence, {counts['taken']} could be "
        "read as far as they went; 0 crashes, 0 writes.",
        f"Each took under {MOST_MEMORY} MB over what the program had before, and under {MOST_SECONDS:.0f} s of "
        "processor time.",
    )


def _told(folder: Path) -> list[list[object]]:
    root = Path(__file__).parents[2]
    (folder / "temp").mkdir()
    paths = os.pathsep.join(map(str, (root, root / "tests", root / "tests" / "faults")))
    answer = subprocess.run(
        [sys.executable, str(Path(ways_in.__file__)), folder],
        env={**os.environ, "PYTHONPATH": paths, "PROFDESK_HOME": str(folder / "home"), "TMPDIR": str(folder / "temp")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr[-4000:]
    return [json.loads(line) for line in answer.stdout.splitlines()]


def _is_russian(words: str) -> bool:
    return words.endswith((".", "…")) and sum("а" <= letter <= "я" for letter in words.lower()) >= 10

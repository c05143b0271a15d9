"""A disk that fills up while something is written: told in words, and whatever was there before stays readable."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from figures import Figures

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="a disk in memory and limits of files are made as Linux does"),
]
PROGRAM = Path(__file__).with_name("full_disk.py")
VERBS = ("save", "backup", "export", "re-key", "restore", "migration")


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path, home: Path, figures: Figures) -> None:
    mounts = ["unshare", "-rm" if os.geteuid() else "-m"]
    kind = "tmpfs" if _can_mount(tmp_path, mounts) else "quota"
    program = [sys.executable, str(PROGRAM), str(tmp_path), kind]
    told = _told(home, [*mounts, *program] if kind == "tmpfs" else program)
    counts = Counter(result for _, left, result, _ in told if left is not None)
    tried = Counter(verb for verb, left, *_ in told if left is not None)
    assert set(tried) == set(VERBS)
    points = {(verb, left) for verb, left, result, _ in told if result == "refused"}
    assert len(points) >= 200
    assert [one for one in told if one[2] not in ("done", "refused")] == []
    assert [one for one in told if one[1] is None and one[2] != "done"] == []
    assert [one for one in told if one[2] == "refused" and not str(one[3]).endswith(".")] == []
    assert {verb for verb, left, result, _ in told if result == "refused"} == set(VERBS)
    figures.tell(
        "Disk full",
        f"{tried.total()} attempts of {', '.join(VERBS)} on a disk with from no room at all to nearly what is taken "
        f"({'a small disk in memory' if kind == 'tmpfs' else 'files that may not grow'}), the look at the free room "
        f"left out: {counts['refused']} were refused in words, {counts['done']} had room enough; 0 crashes. No two had "
        f"the same number of free blocks of 4 KB, so that {len(points)} different writes were refused.",
        "After each, pupils were read on the full disk, and with room again every page, chain, journal and kept file "
        "was whole, no operation was gone and no half file stayed.",
    )


def _can_mount(folder: Path, command: Sequence[str]) -> bool:
    if not shutil.which("unshare"):
        return False
    mounted = [*command, "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    return subprocess.run(mounted, capture_output=True, check=False).returncode == 0


def _told(home: Path, command: Sequence[str]) -> list[list[object]]:
    root = Path(__file__).parents[2]
    paths = os.pathsep.join(map(str, (root, root / "tests", root / "tests" / "faults")))
    answer = subprocess.run(
        [*command], env={**os.environ, "PYTHONPATH": paths, "PROFDESK_HOME": str(home)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr[-4000:]
    return [json.loads(line) for line in answer.stdout.splitlines()]

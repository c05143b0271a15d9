"""What is sent to do harm is refused in little memory; ``-s`` shows how long each took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hostile_files import LARGEST, NOW, signed, unsigned

from profdesk.signing import keys

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is limited and measured as Linux does"),
]
_READER = """
import json, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_DATA, (256 << 20,) * 2)
from profdesk.services import consolidation, verification
folder = Path(sys.argv[1])
known = verification.trusted([folder / "key.pem"])
for path in [folder / "warm.pdf", *sorted(folder.glob("*.pdf"))]:
    before = time.perf_counter()
    taken = consolidation._take(path, known)
    print(json.dumps([path.stem, int(taken.verdict), taken.reason, time.perf_counter() - before]))
status = Path("/proc/self/status").read_text()
print(json.dumps(["most", int(status.split("VmHWM:")[1].split()[0])]))
"""


def test_hostile_files_are_refused_in_little_memory(tmp_path: Path) -> None:
    key = keys.make_key("Школа", "Школа", NOW - timedelta(days=1))
    (tmp_path / "key.pem").write_bytes(key.certificate_pem)
    files = {**signed(key), **unsigned()}
    for name, data in files.items():
        assert len(data) <= LARGEST
        (tmp_path / f"{name}.pdf").write_bytes(data)
    (tmp_path / "warm.pdf").write_bytes(files["not closed"])
    root = Path(__file__).parents[2]
    answer = subprocess.run(
        [sys.executable, "-c", _READER, tmp_path],
        env={**os.environ, "PYTHONPATH": str(root), "PROFDESK_HOME": str(tmp_path / "home")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    *told, (_, most) = map(json.loads, answer.stdout.splitlines())
    assert {name for name, *_ in told} == {*files, "warm"}
    for name, verdict, reason, seconds in told:
        print(f"{name}: {seconds:.2f} s, {reason}")
        assert verdict == 2, name
        assert reason.endswith("."), name
    print(f"most memory: {most // 1024} MB")
    assert most < 256 * 1024

"""A program killed while it issues certificates: no number is used twice or left out, a batch is whole or not there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from support import PASSWORD, pupil_ids

from profdesk.domain.people import Group
from profdesk.domain.verification import Verdict
from profdesk.services import certificate_blanks, certificates, verification
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

CLASS = 3
MOMENTS = [
    (0, 0.3),
    *(
        pytest.param(batches, later, marks=pytest.mark.slow)
        for batches in range(3)
        for later in (0.0, 0.07, 0.13, 0.21, 0.29, 0.43, 0.58)
    ),
]
"""After how many batches told of, and how many seconds later."""
ISSUER = """
import sys
from itertools import count
from pathlib import Path
from profdesk.services import certificate_blanks, certificates
from profdesk.storage import opening as storage
from support import PASSWORD

workspace = storage.open_workspace(Path(sys.argv[1]), None, PASSWORD)
group, folder, how, ids = sys.argv[2], Path(sys.argv[3]), sys.argv[4], sys.argv[5:]
blank = certificate_blanks.read(folder.with_name("Бланк.docx")) if how == "blank" else None
print("open", flush=True)
for batch in count():
    if how != "whole":
        numbers, _ = certificates.issue_each(workspace, workspace.actor, group, ids, folder, "{номер}", blank=blank)
    else:
        numbers, _ = certificates.issue(workspace, workspace.actor, group, ids, folder / f"{batch}.pdf")
    print(*numbers, flush=True)
"""


@pytest.mark.parametrize(("batches", "later"), MOMENTS)
@pytest.mark.parametrize("how", ["whole", "each", pytest.param("blank", marks=pytest.mark.slow)])
def test_no_number_is_used_twice_or_left_out(
    workspace: Workspace, group: Group, tmp_path: Path, batches: int, later: float, how: str
) -> None:
    ids, path, folder = pupil_ids(workspace, group), workspace.path, tmp_path / "выдано"
    folder.mkdir()
    folder.with_name("Бланк.docx").write_bytes(certificate_blanks.sample())
    workspace.close()
    told = _killed(path, [group.id, str(folder), how, *ids], batches, later)
    again = storage.open_workspace(path, None, PASSWORD)
    issued = certificates.register(again, again.actor)
    known = [one.number for one in reversed(issued)]
    assert [one.sequence for one in issued] == list(range(len(issued), 0, -1))
    assert len(set(known)) == len(known)
    assert len(known) % CLASS == 0
    assert known[: len(told)] == told
    papers = {file: _numbers_on(file, known, how) for file in folder.glob("[!.]*")}
    assert set(told) <= {number for numbers in papers.values() for number in numbers}
    for file, numbers in papers.items():
        if how == "blank":
            assert file.read_bytes() == certificate_blanks.reprint(again, again.actor, *numbers)
            continue
        assert file.read_bytes().startswith(certificates.reprint(again, again.actor, numbers))
        assert verification.verify(file).verdict is Verdict.TRUSTED
    made, _ = certificates.issue(again, again.actor, group.id, ids, tmp_path / "после.pdf")
    after = [one.sequence for one in certificates.register(again, again.actor)]
    assert after == list(range(len(issued) + CLASS, 0, -1))
    assert not set(made) & set(known)
    again.close()


def _numbers_on(file: Path, known: Sequence[str], how: str) -> Sequence[str]:
    """The numbers that a file must bear by its name; a name that stands for none of the register fails."""
    if how != "whole":
        return [known[known.index(file.stem)]]
    place = int(file.stem) * CLASS
    assert place < len(known)
    return known[place : place + CLASS]


def _killed(path: Path, arguments: list[str], batches: int, later: float) -> list[str]:
    """Kill a program a moment after it has told of some batches; gives all the numbers it told of."""
    root = Path(__file__).parents[2]
    paths = os.pathsep.join([str(root), str(root / "tests")])
    program = subprocess.Popen(
        [sys.executable, "-c", ISSUER, str(path), *arguments],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
        text=True,
        encoding="utf-8",
    )
    assert program.stdout is not None
    with program, program.stdout as out:
        lines = [out.readline().split() for _ in range(batches + 1)]
        time.sleep(later)
        os.kill(program.pid, signal.SIGKILL)
        lines += [line.split() for line in out.read().splitlines(keepends=True) if line.endswith("\n")]
    assert lines[0] == ["open"]
    return [number for line in lines[1:] for number in line]

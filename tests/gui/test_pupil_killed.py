"""The program of a pupil killed at any moment: at most the answer being given is missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from diagnostic_school import add_class
from pupil_screen_class import kept, load_wording, plan
from support import PASSWORD

from profdesk.domain import pupil_screen as steps
from profdesk.services import pupil_screen
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

CODE = "golomshtok_144"
PUPIL = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from profdesk import app
from profdesk.storage import opening as storage
from pupil_screen_class import Seat
from support import PASSWORD

app.application()
seat = Seat.take(storage.open_workspace(Path(sys.argv[1]), None, PASSWORD), sys.argv[2])
seat.press(Qt.Key.Key_Return)
while True:
    print(seat.window.progress.text().split()[1], flush=True)
    seat.press("1", Qt.Key.Key_Return)
"""


@pytest.mark.slow
@pytest.mark.parametrize("last", [1, 4, 11, 40])
def test_a_killed_program_loses_at_most_the_answer_being_given(workspace: Workspace, last: int) -> None:
    load_wording(workspace, CODE)
    sheet = plan(workspace, CODE, add_class(workspace))
    path = workspace.path
    workspace.close()
    seen = _killed_at(path, sheet, last)
    again = storage.open_workspace(path, None, PASSWORD)
    answers = kept(again, sheet)
    assert len(answers) >= seen - 1
    assert answers == dict.fromkeys(range(1, len(answers) + 1), "++")
    screen = pupil_screen.read(again, again.actor, sheet)
    order = steps.steps(screen.instrument)
    first = next(n for n, one in enumerate(order) if not steps.answered(screen.instrument, screen.answers, one))
    assert first == len(answers)
    again.close()


def _killed_at(path: Path, sheet: str, last: int) -> int:
    """Kill a pupil's program as soon as it shows a question; gives the number of the latest one it showed."""
    root = Path(__file__).parents[2]
    paths = os.pathsep.join([str(root), str(root / "tests")])
    program = subprocess.Popen(
        [sys.executable, "-c", PUPIL, str(path), sheet],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen"},
        text=True,
    )
    assert program.stdout is not None
    with program, program.stdout as out:
        seen = 0
        while seen < last:
            seen = int(out.readline())
        os.kill(program.pid, signal.SIGKILL)
        return max([seen, *map(int, out.read().split())])

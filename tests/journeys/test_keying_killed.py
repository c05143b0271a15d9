"""The program killed while sheets are keyed in: every answer it told of is on disk, and the session goes on there."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from journey_user import User
from kept_workspaces import create
from support import PASSWORD, YEAR

from profdesk.domain.access import NewUser
from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import GroupName, PersonName
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.gui.start import opened
from profdesk.services import consents, diagnostics, instruments, workspaces

ITEMS = 144
TYPIST = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from profdesk import app
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.gui.start import opened
from profdesk.services import workspaces

app.application()
windows = app.Windows()
window = windows.show_main(opened.read(workspaces.open_workspace(Path(sys.argv[1]), None, sys.argv[2])))
page = window.pages[KeyingPage]
page.open_session(sys.argv[3])
window.show_page("keying")
windows.desk.settle()
page.keying.writes.recorded.connect(lambda: print(page.keying.writes.words, flush=True))
while True:
    QTest.keyClicks(page.key_desk, "1234")
    windows.desk.settle()
"""


@pytest.fixture
def planned(tmp_path: Path) -> tuple[Path, str]:
    folder = tmp_path / "школа"
    workspace = create(folder, NewUser("Лаптева Ирина", "", PASSWORD)).workspace
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("8 «Б»", 8, "Б"), "basic", YEAR)
        unit.pupils.enrol(unit.pupils.add(PersonName("Лосев", "Дмитрий"), date(2012, 5, 6), None), group.id, YEAR)
        there = unit.pupils.in_group(group.id)
    consents.give(workspace, workspace.actor, [there[0].id], ConsentKind.PSYCHOLOGICAL, date(2026, 9, 1))
    instrument = instruments.called("golomshtok_144")
    session, _ = diagnostics.plan(workspace, workspace.actor, instrument, there, date(2026, 11, 20))
    workspace.close()
    return folder, session.id


@pytest.mark.slow
@pytest.mark.parametrize("told", [1, 14, 37])
def test_every_answer_told_of_outlives_a_kill(user: User, planned: tuple[Path, str], told: int) -> None:
    folder, session = planned
    command = [sys.executable, "-c", TYPIST, str(folder), PASSWORD, session]
    words = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=os.environ) as typist:
        assert typist.stdout is not None
        for _ in range(told):
            words = typist.stdout.readline().strip()
        typist.kill()
    assert words == f"Ответ {told} записан"
    window = user.windows.show_main(opened.read(workspaces.open_workspace(folder, None, PASSWORD)))
    page = window.pages[KeyingPage]
    page.open_session(session)
    window.show_page("keying")
    user.wait()
    answers = page.keying.answers
    assert set(range(1, told + 1)) <= set(answers)
    assert sorted(answers) == list(range(1, len(answers) + 1))
    assert all(words == ("++", "+", "0", "-")[(item - 1) % 4] for item, words in answers.items())
    assert page.key_desk.pad.big == str(len(answers) + 1)
    assert len(answers) < ITEMS

"""That a workspace lies on a network disk is told where a folder is chosen and once a session at opening."""

from __future__ import annotations

from pathlib import Path

import pytest
from kept_workspaces import create
from pytestqt.qtbot import QtBot
from support import PASSWORD

from profdesk.domain import shared_disk as words
from profdesk.domain.access import NewUser
from profdesk.gui.common.desk import Desk
from profdesk.gui.exchange.page import ExchangePage
from profdesk.gui.start import opened, shared_disk
from profdesk.gui.start.create import CreateStep
from profdesk.gui.start.join import JoinStep
from profdesk.gui.start.unlock import UnlockStep
from profdesk.gui.start.window import StartWindow
from profdesk.storage import shared_disk as disks
from profdesk.storage.workspace import Workspace


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of which the system says that another computer keeps it."""
    folder = tmp_path / "far"
    folder.mkdir()
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {folder} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(disks, "_MOUNTS", table)
    monkeypatch.setattr(disks.sys, "platform", "linux")
    shared_disk._told.clear()
    return folder


@pytest.mark.parametrize("step", [CreateStep, JoinStep])
def test_it_is_told_where_a_folder_is_chosen(
    qtbot: QtBot, far: Path, tmp_path: Path, step: type[CreateStep | JoinStep]
) -> None:
    made = step(Desk())
    qtbot.addWidget(made)
    assert made.place_message.words == ""
    made.folder.setText(str(far / "desk"))
    assert made.place_message.words == words.AT_CHOOSING
    made.folder.setText(str(tmp_path / "desk"))
    assert made.place_message.words == ""


def test_it_is_told_once_a_session_at_opening_and_blocks_nothing(qtbot: QtBot, far: Path) -> None:
    folder = far / "desk"
    create(folder, NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)).workspace.close()
    step = UnlockStep(Desk())
    qtbot.addWidget(step)
    step.show_folder(folder)
    assert step.place_message.words == words.AT_OPENING
    assert step.open_button.isEnabled()
    step.show_folder(folder)
    assert step.place_message.words == ""


def test_the_start_window_does_not_say_that_data_on_a_network_disk_lie_here(qtbot: QtBot, far: Path) -> None:
    folders = (far / "desk", far.parent / "desk")
    for folder in folders:
        create(folder, NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)).workspace.close()
    start = StartWindow(Desk(), list(folders))
    qtbot.addWidget(start)
    said = []
    for folder in folders:
        start.show_folder(folder)
        said.append(start.place.text())
    assert said[0].startswith("Данные зашифрованы и лежат на сетевом диске:")
    assert said[1].startswith("Данные зашифрованы и лежат только на этом компьютере:")


def test_it_is_told_on_the_page_of_exchange(qtbot: QtBot, workspace: Workspace, far: Path) -> None:
    found, desk = opened.read(workspace), Desk()
    desk.use(found.workspace, found.programme, found.organisation)
    page = ExchangePage(desk)
    qtbot.addWidget(page)
    page.activate()
    desk.settle()
    assert page.place.words == ""
    (far.parent / "mounts").write_text(f"server:/x {desk.workspace.path.parent} nfs4 rw 0 0\n", encoding="utf-8")
    page.activate()
    desk.settle()
    assert page.place.words == words.AT_WORK
    desk.close()

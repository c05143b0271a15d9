"""The step in which a computer joins: it says what is being done, and stopping leaves no workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
from kept_workspaces import create
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from support import CHEAP, PASSWORD

from profdesk.domain.access import NewUser, Role
from profdesk.domain.exchange import SUFFIX
from profdesk.domain.progress import Report
from profdesk.domain.users import Draft
from profdesk.gui.common.desk import Desk
from profdesk.gui.start.join import JoinStep
from profdesk.services import computers, joining
from profdesk.services.workspaces import NewWorkspace
from profdesk.storage.vault import Cost


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def test_it_says_what_is_done_and_stops_while_records_are_written(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))
    package, folder = tmp_path / f"пакет{SUFFIX}", tmp_path / "место" / "второй"
    school = create(tmp_path / "школа", NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)).workspace
    head = Draft("Черепанова Нина Васильевна", "директор", frozenset({Role.HEAD}))
    code, _ = computers.kit(school, school.actor, head, "Ноутбук", True, package)
    school.close()

    whole = joining.join

    def slow(path: Path, code: str, folder: Path, password: str, report: Report) -> NewWorkspace:
        def lingering(what: str, done: int, total: int) -> None:
            report(what, done, total)
            while what == "Вносим записи":
                sleep(0.01)
                report(what, total, total)

        return whole(path, code, folder, password, lingering)

    monkeypatch.setattr(joining, "join", slow)
    step = JoinStep(desk)
    qtbot.addWidget(step)
    step.file.setText(str(package))
    step.code.setText(code)
    step.show_found(joining.look(package, code))
    for edit in (step.password, step.repeated):
        edit.setText("пароль второго компьютера")
    step.folder.setText(str(folder))
    step.join_button.click()
    count = step.progress.findChildren(QLabel)[0]
    qtbot.waitUntil(lambda: count.text().startswith("Вносим записи: "), timeout=20_000)
    step.progress.button.click()
    desk.settle()
    assert step.message.words == "Остановлено. Рабочая папка не создана, пакет можно взять снова."
    assert list(folder.parent.iterdir()) == []

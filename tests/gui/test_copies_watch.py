"""Copies nobody asks for: one a day that gives way to typing, the second place, and what has to be told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from portfolio_class import Room, codes
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from support import FIRST, mark

from profdesk.domain.backups import CopyKind
from profdesk.domain.changes import Changes, Kind
from profdesk.errors import READ_ONLY
from profdesk.gui.copies import rows
from profdesk.gui.copies.leaving import Leaving
from profdesk.gui.copies.watch import CopiesWatch
from profdesk.services import backups
from profdesk.storage import backup
from profdesk.storage import room as disk


@pytest.fixture
def watch(room: Room) -> Iterator[CopiesWatch]:
    made = CopiesWatch(room.desk)
    made.told.connect(room.window.warn)
    made.short.connect(room.window.set_read_only)
    yield made
    made.close()


def kinds(room: Room) -> list[CopyKind]:
    return [one.kind for one in backup.all_of(room.workspace.path)]


def test_the_copy_of_the_day_is_made_once(room: Room, watch: CopiesWatch) -> None:
    heard: list[Changes] = []
    room.desk.changed.connect(heard.append)
    watch.begin()
    for _ in range(13):
        watch.tick()
        room.desk.settle()
    assert kinds(room) == [CopyKind.DAY]
    assert any(one.touches(Kind.COPIES) for one in heard)
    assert room.window.message.words == ""


def test_a_copy_gives_way_to_what_is_asked_meanwhile(
    room: Room, watch: CopiesWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("profdesk.storage.database._PAGES", 1)
    order: list[str] = []
    watch.begin()
    room.desk.settle()
    watch.copy()
    room.desk.run(lambda: order.append("read"), owner=room.window, done=lambda _: order.append("told"))
    room.desk.settle()
    assert order == ["read", "told"]
    assert kinds(room) == []
    assert list((room.workspace.path / "backups").iterdir()) == []
    watch.copy()
    room.desk.settle()
    assert kinds(room) == [CopyKind.DAY]


def test_the_second_place_is_filled_aside_and_its_absence_told_once(
    room: Room, watch: CopiesWatch, tmp_path: Path
) -> None:
    stick, workspace = tmp_path / "флешка", room.workspace
    backups.choose_second_place(workspace, workspace.actor, stick)
    watch.begin()
    watch.copy()
    _wait(room, lambda: "не подключено" in room.window.message.words)
    room.window.message.clear()
    stick.mkdir()
    watch.copy()
    _wait(room, lambda: any(stick.rglob("manifest.json")))
    assert room.window.message.words == ""
    _wait(room, lambda: backups.trial(workspace, workspace.actor) is not None)


def test_no_room_is_told_and_taken_back(room: Room, watch: CopiesWatch, monkeypatch: pytest.MonkeyPatch) -> None:
    watch.begin()
    monkeypatch.setattr(disk, "free", lambda _folder: 0)
    watch.tick()
    assert room.window.message.words == READ_ONLY
    monkeypatch.undo()
    watch.tick()
    assert room.window.message.words == ""
    room.desk.settle()


def test_what_failed_is_told_at_the_next_start(room: Room, watch: CopiesWatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup.room, "free", lambda _folder: 0)
    Leaving(room.desk).wait()
    monkeypatch.undo()
    assert kinds(room) == []
    watch.begin()
    room.desk.settle()
    assert "сделать не удалось" in room.window.message.words
    assert "мало места" in room.window.message.words


def test_what_did_not_get_into_the_second_place_while_closing_is_told_at_the_next_start(
    room: Room, watch: CopiesWatch, tmp_path: Path
) -> None:
    stick, workspace = tmp_path / "флешка", room.workspace
    backups.choose_second_place(workspace, workspace.actor, stick)
    Leaving(room.desk).wait()
    assert kinds(room) == [CopyKind.SESSION]
    watch.begin()
    room.desk.settle()
    assert "не легла во второе место" in room.window.message.words
    assert str(stick) in room.window.message.words
    state = backups.second_place(workspace, workspace.actor)
    assert state is not None
    assert "не легла во второе место" in rows.second_place(state)
    backups.choose_second_place(workspace, workspace.actor, tmp_path / "другая")
    assert backups.failure_there(workspace, workspace.actor) is None
    backups.choose_second_place(workspace, workspace.actor, stick)
    assert backups.failure_there(workspace, workspace.actor) is not None
    stick.mkdir()
    backups.bring_to_second_place(workspace, workspace.actor)
    assert backups.failure_there(workspace, workspace.actor) is None


def test_leaving_makes_a_copy_after_work_and_can_be_stopped(
    room: Room, small: tuple[object, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    Leaving(room.desk).wait()
    assert kinds(room) == [CopyKind.SESSION]
    Leaving(room.desk).wait()
    assert kinds(room) == [CopyKind.SESSION]
    group, pupils = small
    mark(room.workspace, FIRST, (pupils[1], codes(group)[0], 3))  # type: ignore[arg-type]
    monkeypatch.setattr("profdesk.storage.database._PAGES", 1)
    dialog = Leaving(room.desk)
    QTimer.singleShot(0, dialog.leave_button.click)
    dialog.wait()
    room.desk.settle()
    assert kinds(room) == [CopyKind.SESSION]


def _wait(room: Room, until: object) -> None:
    from PySide6.QtTest import QTest

    for _ in range(400):
        QApplication.processEvents()
        if callable(until) and until():
            room.desk.settle()
            return
        QTest.qWait(25)
    raise AssertionError(room.window.message.words)

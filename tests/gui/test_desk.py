"""The desk: work in order, answers in the GUI thread, nothing typed is lost when the workspace is closed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
import shiboken6
from kept_workspaces import create
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from support import PASSWORD

from profdesk import paths
from profdesk.domain.access import NewUser
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.progress import Progress, Report
from profdesk.errors import ProfdeskError, WrongInputError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.progress import ProgressStrip
from profdesk.services import organisation as organisations
from profdesk.services import programmes
from profdesk.services.files import UnnamedError
from profdesk.storage.workspace import Workspace


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


@pytest.fixture
def owner(desk: Desk) -> QObject:
    return QObject(desk)


def opened(desk: Desk, tmp_path: Path) -> Workspace:
    made = create(tmp_path / "desk", NewUser("А", "", PASSWORD)).workspace
    desk.use(made, programmes.current(made, made.actor), organisations.get(made, made.actor))
    return made


def test_work_runs_elsewhere_and_is_answered_here_in_order(desk: Desk, owner: QObject) -> None:
    here = threading.current_thread()
    answers: list[tuple[int, bool]] = []
    for number in range(20):
        desk.run(
            lambda n=number: (n, threading.current_thread() is here),  # type: ignore[misc]
            owner=owner,
            done=lambda value: answers.append((value[0], threading.current_thread() is here and not value[1])),
        )
    desk.settle()
    assert answers == [(number, True) for number in range(20)]


def test_what_is_committed_is_told_of_though_its_file_kept_another_name(desk: Desk, owner: QObject) -> None:
    told: list[object] = []

    def write() -> tuple[None, Changes]:
        raise UnnamedError("Документ выпущен, но назвать его не удалось.")

    desk.changed.connect(lambda changes: told.append(changes.touches(Kind.CERTIFICATES)))
    desk.write(write, owner=owner, done=lambda _: None, failed=lambda error: told.append(type(error)))
    desk.settle()
    assert told == [True, UnnamedError], "pages read again first, so that what they say does not hide why"


def test_known_error_goes_to_failed_and_without_one_to_the_window(desk: Desk, owner: QObject) -> None:
    told: list[str] = []

    def wrong() -> None:
        raise WrongInputError("Так нельзя.")

    desk.complained.connect(lambda error: told.append(f"окно: {error.message}"))
    desk.run(wrong, owner=owner, done=lambda _: None, failed=lambda error: told.append(error.message))
    desk.run(wrong, owner=owner, done=lambda _: None)
    desk.settle()
    assert told == ["Так нельзя.", "окно: Так нельзя."]


def test_bug_is_written_down_and_told(desk: Desk, owner: QObject) -> None:
    logs: list[Path] = []
    desk.bug.connect(logs.append)
    desk.run(lambda: 1 // 0, owner=owner, done=lambda _: None)
    desk.settle()
    (log,) = logs
    assert log.parent == paths.user_data()
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_stopped_work_is_not_answered(desk: Desk, owner: QObject, qtbot: QtBot) -> None:
    heard: list[str] = []
    started = threading.Event()

    def long(report: Progress) -> None:
        started.set()
        for step in range(1000):
            report(step, 1000)
            sleep(0.001)

    task = desk.run(
        long,
        owner=owner,
        done=lambda _: heard.append("done"),
        progress=lambda *_: None,
        stopped=lambda: heard.append("stopped"),
    )
    started.wait(5)
    task.cancel()
    desk.settle()
    assert heard == ["stopped"]


def test_work_in_parts_says_at_which_it_is(desk: Desk, owner: QObject, qtbot: QtBot) -> None:
    strip, shown = ProgressStrip(), list[str]()
    qtbot.addWidget(strip)

    def tell(what: str, done: int, total: int) -> None:
        strip.tell(what, done, total)
        shown.append(strip.findChildren(QLabel)[0].text())

    def work(report: Report) -> None:
        report("Читаем файл, МБ", 3, 3)
        report("Вносим записи", 10, 10)

    strip.begin("Открываем пакет")
    desk.run(work, owner=owner, done=lambda _: strip.end(), progress=tell)
    desk.settle()
    assert shown == ["Читаем файл, МБ: 3 из 3", "Вносим записи: 10 из 10"]


def test_nobody_is_called_once_the_owner_is_gone(desk: Desk) -> None:
    gone, heard = QObject(), []
    desk.run(lambda: sleep(0.05), owner=gone, done=heard.append)
    shiboken6.delete(gone)
    desk.settle()
    assert heard == []


def test_writes_waiting_at_release_are_committed(desk: Desk, owner: QObject, tmp_path: Path) -> None:
    opened(desk, tmp_path)
    written: list[int] = []

    def write(number: int) -> tuple[int, Changes]:
        sleep(0.01)
        written.append(number)
        return number, Changes.of("batch", Kind.ASSESSMENTS)

    for number in range(20):
        desk.write(lambda n=number: write(n), owner=owner, done=lambda _: None)  # type: ignore[misc]
    desk.release()
    assert written == list(range(20))


def test_nobody_is_answered_once_the_workspace_is_let_go(desk: Desk, owner: QObject, tmp_path: Path) -> None:
    made = opened(desk, tmp_path)
    told: list[object] = []
    for signal in (desk.changed, desk.bug, desk.complained):
        signal.connect(told.append)
    period = desk.organisation.period
    desk.run(lambda: 1, owner=owner, done=lambda _: told.append(desk.workspace))
    desk.write(
        lambda: organisations.choose_period(made, made.actor, period),
        owner=owner,
        done=lambda _: told.append("written"),
    )
    desk.run(lambda: organisations.get(made, made.actor), owner=owner, done=told.append, stopped=lambda: told.append(0))
    desk.release()
    assert not desk.busy
    desk.settle()
    QApplication.processEvents()
    assert told == []


def test_committed_write_is_broadcast_before_it_is_answered(desk: Desk, owner: QObject) -> None:
    heard: list[str] = []
    desk.changed.connect(lambda changes: heard.append("changed " + ", ".join(changes.kinds)))
    desk.write(lambda: (1, Changes.of("b", Kind.PUPILS)), owner=owner, done=lambda _: heard.append("done"))
    desk.write(lambda: (1, Changes()), owner=owner, done=lambda _: heard.append("nothing"))
    desk.settle()
    assert heard == ["changed pupils", "done", "nothing"]
    assert desk.saved_at is not None


def test_error_carries_its_sentence() -> None:
    error = ProfdeskError("Скажите что-нибудь.")
    assert str(error) == error.message

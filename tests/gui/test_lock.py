"""The lock: everything is gone at once, nothing half-typed is lost, and nobody else finds it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from threading import Event, Timer

import pytest
import shiboken6
from locked_room import OTHER, OTHERS_PASSWORD, LockedRoom
from portfolio_class import add_class
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QClipboard, QColor, QGuiApplication, QImage, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QMenu, QTableWidget, QToolTip, QVBoxLayout
from sqlalchemy import select
from sqlalchemy.orm import Session
from support import PASSWORD

from profdesk import paths
from profdesk.errors import WorkspaceError
from profdesk.gui.common.lock_system import ASLEEP
from profdesk.gui.main_window import MainWindow
from profdesk.gui.settings.page import SettingsPage
from profdesk.services import organisation, workspaces
from profdesk.storage.people_models import DeedRow

PAINT = "#fe01fe"


@pytest.fixture
def room(workspace) -> Iterator[LockedRoom]:
    add_class(workspace, 3)
    made = LockedRoom(workspace)
    yield made
    made.windows.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def dialog(room: LockedRoom) -> QDialog:
    """A dialog over the main window with a half-filled field, painted as nothing else is."""
    made = QDialog(room.main)
    made.setStyleSheet(f"QDialog, QLineEdit {{ background: {PAINT}; }}")
    field = QLineEdit(made)
    QVBoxLayout(made).addWidget(field)
    made.open()
    made.activateWindow()
    field.setFocus()
    room.type(field, "Константинопольс")
    field.setCursorPosition(7)
    room.settle()
    return made


def screen() -> QImage:
    return QGuiApplication.primaryScreen().grabWindow(0).toImage()


def painted(image: QImage) -> bool:
    wanted = QColor(PAINT).rgb()
    spots = ((x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return any(image.pixel(x, y) == wanted for x, y in spots)


def test_no_pixel_of_the_former_windows_is_left_on_the_screen(room: LockedRoom, dialog: QDialog) -> None:
    assert painted(screen())
    QToolTip.showText(QPoint(5, 5), "Абрамов Иван")
    menu = QMenu(room.main)
    menu.addAction("Абрамов Иван")
    menu.popup(QPoint(300, 300))
    shown: list[list[QWindow]] = []
    lock = room.windows.desk.lock

    def look(why: str) -> None:
        shown.append([one for one in QGuiApplication.topLevelWindows() if one.isVisible()])
        lock(why)

    room.windows.desk.lock = look  # type: ignore[method-assign]
    room.windows.lock("По команде")
    assert shown == [[room.start.windowHandle()]], "it is blank before the database is closed"
    room.settle()
    assert room.visible() == [room.start]
    room.wait(lambda: not painted(screen()))
    assert "Абрамов" not in room.start.windowTitle()


def test_the_database_is_closed_and_no_key_is_left(room: LockedRoom) -> None:
    held = [weakref.ref(one) for one in (room.workspace._keys, room.workspace._mark, room.workspace._engine)]
    room.lock()
    gc.collect()
    assert room.workspace._keys is None
    assert [one() for one in held] == [None] * 3
    with pytest.raises(WorkspaceError, match="закрыта"), room.workspace.unit(room.workspace.actor):
        pass
    workspaces.open_workspace(room.folder, OTHER.id, OTHERS_PASSWORD).close()


def test_a_computer_that_keeps_no_settings_hinders_neither_lock_nor_login(room: LockedRoom) -> None:
    file = paths.settings_file()
    file.unlink(missing_ok=True)
    file.mkdir()
    room.lock()
    assert not room.workspace.is_open
    room.unlock()
    assert room.windows.window is room.main
    pass_time(room)
    assert room.visible() == [room.start]
    room.unlock()
    room.main.close()
    room.settle()
    assert room.visible() == []


def test_a_half_filled_dialog_is_back_as_it_was(room: LockedRoom, dialog: QDialog) -> None:
    field = dialog.findChild(QLineEdit)
    assert field is not None
    room.main.show_page("pupils")
    QTest.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert room.visible() == [room.start]
    room.unlock()
    assert room.windows.window is room.main
    assert set(room.visible()) == {room.main, dialog}
    assert (room.main.page.name, field.text(), field.cursorPosition()) == ("pupils", "Константинопольс", 7)
    assert QApplication.focusWidget() is field
    assert QApplication.activeModalWidget() is dialog
    room.type(field, "кая")
    assert field.text() == "Констанкаятинопольс"


def test_a_half_typed_cell_stays_open_and_is_not_committed(room: LockedRoom) -> None:
    grid = QTableWidget(2, 2, room.main.page)
    grid.resize(300, 200)
    grid.show()
    grid.setFocus()
    grid.setCurrentCell(1, 1)
    grid.edit(grid.currentIndex())
    editor = grid.findChild(QLineEdit)
    assert editor is not None
    assert editor.hasFocus()
    room.type(editor, "гибк")
    editor.setCursorPosition(2)
    room.lock()
    assert grid.item(1, 1) is None
    room.unlock()
    assert shiboken6.isValid(editor)
    assert QApplication.focusWidget() is editor
    assert (editor.text(), editor.cursorPosition(), grid.item(1, 1)) == ("гибк", 2, None)
    room.type(editor, "ё")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    room.settle()
    assert grid.item(1, 1).text() == "гиёбк"


def test_a_field_that_writes_itself_when_left_is_written_and_stays(room: LockedRoom) -> None:
    room.main.show_page("settings")
    page = room.main.page
    assert isinstance(page, SettingsPage)
    page.short_name.setFocus()
    page.short_name.selectAll()
    room.type(page.short_name, "Школа № 99")
    room.lock()
    again = workspaces.open_workspace(room.folder, OTHER.id, OTHERS_PASSWORD)
    assert organisation.get(again, again.actor).short_name == "Школа № 99"
    again.close()
    room.unlock()
    assert QApplication.focusWidget() is page.short_name
    assert page.short_name.text() == "Школа № 99"


def test_what_is_asked_for_while_locked_waits_and_is_answered_after(room: LockedRoom) -> None:
    answers: list[str] = []
    desk, actor, there = room.windows.desk, room.workspace.actor, room.workspace

    def ask(name: str) -> None:
        desk.run(lambda: organisation.get(there, actor).short_name, owner=desk, done=lambda _: answers.append(name))

    for number in range(20):
        ask(f"before {number}")
    room.windows.lock("По команде")
    ask("while")
    room.settle()
    assert len(answers) < 21
    assert "while" not in answers
    room.unlock()
    assert answers == [*(f"before {number}" for number in range(20)), "while"]


def test_what_runs_at_the_lock_opens_no_window_until_it_is_over(room: LockedRoom) -> None:
    desk, shown = room.windows.desk, QDialog(room.main)
    begun, go_on = Event(), Event()

    def read() -> None:
        begun.set()
        go_on.wait(5)

    desk.run(read, owner=desk, done=lambda _: shown.open())
    assert begun.wait(5)
    Timer(0.2, go_on.set).start()
    room.windows.lock("По команде")
    room.settle()
    assert room.visible() == [room.start]
    room.unlock()
    assert shown.isVisible()
    shown.close()


def test_pages_read_again_only_what_somebody_wrote_meanwhile(room: LockedRoom) -> None:
    heard: list[object] = []
    room.windows.desk.changed.connect(heard.append)
    room.lock()
    room.unlock()
    assert heard == []
    room.lock()
    other = workspaces.open_workspace(room.folder, OTHER.id, OTHERS_PASSWORD)
    other.close()
    room.unlock()
    assert len(heard) == 1


def test_another_user_finds_nothing_of_the_former_one(room: LockedRoom, dialog: QDialog) -> None:
    former = room.main
    room.windows.lock("По команде")
    room.settle()
    room.unlock(OTHER.id, OTHERS_PASSWORD)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert isinstance(room.windows.window, MainWindow)
    assert not shiboken6.isValid(former)
    assert not shiboken6.isValid(dialog)
    assert room.windows.desk.actor.id == OTHER.id
    assert room.visible() == [room.windows.window]


def test_a_wrong_password_leaves_it_locked_and_is_told_after_the_right_one(room: LockedRoom) -> None:
    room.lock()
    for _ in range(2):
        room.unlock(password="не тот пароль")
        assert "Пароль не подходит" in room.start.unlock.message.words
    room.unlock()
    assert room.windows.window is room.main
    assert "С прошлого входа было 2 неверных пароля" in room.main.message.words
    with Session(room.workspace._engine) as session:
        kinds = list(session.scalars(select(DeedRow.kind).order_by(DeedRow.done_at)))
    assert kinds.count("locked") == 1
    assert {"login_refused", "logged_in"} <= set(kinds)


@pytest.mark.parametrize(("ours", "left"), [(True, ""), (False, "Абрамов Иван\t3")])
def test_what_was_copied_here_is_gone_from_the_clipboard(
    room: LockedRoom, monkeypatch: pytest.MonkeyPatch, *, ours: bool, left: str
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: ours)  # the offscreen platform does not know
    QGuiApplication.clipboard().setText("Абрамов Иван\t3")
    room.lock()
    assert QGuiApplication.clipboard().text() == left


def test_an_open_list_of_choices_is_shut(room: LockedRoom) -> None:
    box = QComboBox(room.main.page)
    box.addItems(["Абрамов", "Белов"])
    box.show()
    box.showPopup()
    room.settle()
    room.windows.lock("По команде")
    room.settle()
    assert room.visible() == [room.start]


def test_the_system_locks_and_idle_time_locks(room: LockedRoom) -> None:
    for cause in (lambda: room.windows._system.locked.emit(ASLEEP), lambda: pass_time(room)):
        cause()
        room.settle()
        assert room.visible() == [room.start]
        room.unlock()
        assert room.windows.window is room.main


def pass_time(room: LockedRoom) -> None:
    watch = room.windows._watch
    watch._touched = watch._clock() - 590
    watch.tick()
    assert room.windows.window is room.main
    watch._touched = watch._clock() - 601
    watch.tick()


def test_a_program_closed_while_locked_ends(room: LockedRoom) -> None:
    room.lock()
    room.start.close()
    assert room.visible() == []
    room.windows._drop()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(room.main)
    workspaces.open_workspace(room.folder, room.workspace.actor.id, PASSWORD).close()

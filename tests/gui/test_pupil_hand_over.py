"""The screen given to a pupil from the keying page, what may come between, and every way past it that is shut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from diagnostics_room import Room, add_class, allow, plan
from pupil_screen_class import Seat, kept, load_wording
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support import PASSWORD

from profdesk.gui.common.help import HelpDialog
from profdesk.gui.common.lock_system import LOCKED
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.gui.main_window import MainWindow
from profdesk.gui.pupil_screen.window import PupilWindow
from profdesk.gui.start.window import StartWindow
from profdesk.services import diagnostics, instruments, workspaces

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PAIRS = "ddo_klimov_20"


@dataclass
class Desk:
    """The keying page of a session, from which the screen is given."""

    room: Room
    page: KeyingPage
    sheet: str

    def give(self) -> None:
        QTest.keyClick(self.page.key_desk, Key.Key_G, CTRL)

    def seats(self) -> list[Seat]:
        self.room.settle()
        there = QApplication.topLevelWidgets()
        return [Seat(self.room.desk, one) for one in there if isinstance(one, PupilWindow) and one.isVisible()]

    def seat(self) -> Seat:
        (only,) = self.seats()
        only.window.activateWindow()
        self.room.settle()
        return only


@pytest.fixture
def room(workspace) -> Iterator[Room]:
    opened = Room(workspace)
    yield opened
    opened.windows.close()
    for one in QApplication.topLevelWidgets():
        if isinstance(one, PupilWindow | StartWindow | MainWindow):
            one.hide()
            one.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def desk(room: Room) -> Callable[..., Desk]:
    def opened(code: str = PAIRS, *, worded: bool = True) -> Desk:
        there = add_class(room.workspace)
        allow(room.workspace, there)
        if worded:
            load_wording(room.workspace, code)
        session = plan(room.workspace, code, there)
        room.page.wanted_keying.emit(session)
        room.settle()
        assert isinstance(room.window.page, KeyingPage)
        return Desk(room, room.window.page, room.window.page.keying.current.sheet.id)

    return opened


def leave(seat: Seat) -> None:
    seat.press(Key.Key_Escape, PASSWORD, Key.Key_Return)


def test_the_main_window_is_hidden_meanwhile_and_back_with_the_password(desk) -> None:
    here = desk()
    here.give()
    seat = here.seat()
    assert seat.window.isFullScreen()
    assert seat.window.windowModality() == Qt.WindowModality.ApplicationModal
    assert seat.window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert seat.window.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert not here.room.window.isVisible()
    seat.press(Key.Key_Return, "1", Key.Key_Return, "2", Key.Key_Return)
    leave(seat)
    assert here.seats() == []
    assert here.room.window.isVisible()
    assert here.page.keying.answers == {1: "a", 2: "b"}
    assert here.page.keying.place.item == 3


def test_the_screen_is_given_once_however_often_it_is_asked_for(desk) -> None:
    here = desk()
    here.give()
    here.give()
    seat = here.seat()
    here.page.wanted_screen.emit(here.sheet)
    assert [one.window for one in here.seats()] == [seat.window]
    leave(seat)
    assert here.room.window.isVisible()
    here.give()
    assert here.seat().window is not seat.window


def test_it_is_not_given_over_an_open_dialog(desk) -> None:
    here = desk()
    here.give()
    QTest.keyClick(here.page.key_desk, Key.Key_F1)
    assert here.seats() == []
    assert here.room.window.isVisible()
    dialog = here.room.window.findChild(HelpDialog)
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Key.Key_L, CTRL),
        (Key.Key_G, CTRL),
        (Key.Key_1, CTRL),
        (Key.Key_F, CTRL),
        (Key.Key_P, CTRL),
        (Key.Key_Z, CTRL),
        (Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Key.Key_F5, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Tab, CTRL),
    ],
)
def test_keys_of_the_main_window_do_nothing_here(desk, key, modifiers) -> None:
    here = desk()
    here.give()
    seat = here.seat()
    seat.press(Key.Key_Return, "1", Key.Key_Return)
    seat.press(key, modifiers=modifiers)
    assert seat.view is seat.window.asking
    assert seat.window.progress.text() == "Вопрос 2 из 20"
    visible = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert visible == [seat.window]
    assert here.room.windows.window is here.room.window
    assert here.room.window.page is here.page
    assert kept(here.room.workspace, here.sheet) == {1: "a"}


def test_closing_the_main_window_leaves_the_pupil_where_it_was(desk) -> None:
    here = desk()
    here.give()
    seat = here.seat()
    here.room.window.close()
    seat.press(Key.Key_Return, "1", Key.Key_Return)
    assert seat.window.isVisible()
    assert kept(here.room.workspace, here.sheet) == {1: "a"}
    leave(seat)
    assert here.room.window.isVisible()


def test_the_lock_takes_no_answer_and_gives_the_screen_back_to_the_pupil(desk) -> None:
    here = desk()
    here.give()
    seat, windows = here.seat(), here.room.windows
    seat.press(Key.Key_Return, "1", Key.Key_Return, "2")
    windows._system.locked.emit(LOCKED)
    here.room.settle()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [windows.window]
    assert windows.window.isFullScreen()
    there = workspaces.open_workspace(here.room.workspace.path, None, PASSWORD)
    assert kept(there, here.sheet) == {1: "a", 2: "b"}
    there.close()
    windows.window.unlock.password.setText(PASSWORD)
    windows.window.unlock.open_button.click()
    here.room.settle()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [seat.window]
    assert seat.window.progress.text() == "Вопрос 2 из 20"
    seat.press(Key.Key_Return)
    assert seat.window.progress.text() == "Вопрос 3 из 20"
    leave(seat)
    assert here.room.window.isVisible()


def test_a_child_may_think_longer_than_the_desk_waits(desk) -> None:
    here = desk()
    here.give()
    seat, watch = here.seat(), here.room.windows._watch
    seat.press(Key.Key_Return, "1")
    watch._touched -= 3600
    watch.tick()
    assert seat.window.isVisible()
    seat.press(Key.Key_Escape)
    assert seat.view is seat.window.leaving
    watch.tick()
    watch._touched -= 3600
    watch.tick()
    assert not seat.window.isVisible()
    assert isinstance(here.room.windows.window, StartWindow)


def test_the_window_of_a_workspace_closed_meanwhile_does_not_come_back(desk) -> None:
    """It may outlive the workspace by a moment: it is told to go, and goes when the event loop comes round."""
    here = desk()
    here.give()
    seat = here.seat()
    here.room.windows.desk.release()
    leave(seat)
    assert here.seats() == []
    assert not here.room.window.isVisible()


def test_a_sheet_gone_meanwhile_is_told_and_left(desk) -> None:
    here = desk()
    here.give()
    seat = here.seat()
    seat.press(Key.Key_Return, "1")
    with here.room.workspace.unit(here.room.workspace.actor) as unit:
        unit.diagnostics._session.delete(unit.diagnostics._sheet_row(here.sheet))
    seat.press(Key.Key_Return)
    assert seat.window.progress.text() == "Вопрос 1 из 20"
    assert seat.window.message.words.startswith("Ответ не записан, позови психолога.")
    leave(seat)
    assert here.room.window.isVisible()
    assert here.sheet not in [row.id for row in here.page.table.rows()]


def test_what_must_be_done_first_is_told_on_the_page(desk) -> None:
    here = desk(worded=False)
    here.give()
    assert here.seats() == []
    assert here.page.message.words == (
        "Методика «ДДО, 20 пар»: нет текстов вопросов 1, 2, 3, 4, 5 и других, ученику нечего прочесть. "
        "Загрузите их: «Диагностика», «Методики…», «Загрузить вопросы…»."
    )
    load_wording(here.room.workspace, PAIRS)
    instrument = instruments.called(PAIRS)
    whole = dict.fromkeys(range(1, 21), "a")
    diagnostics.put_answers(here.room.workspace, here.room.workspace.actor, instrument, here.sheet, whole)
    here.give()
    assert here.seats() == []
    assert here.page.message.words.startswith("Бланк заполнен целиком")

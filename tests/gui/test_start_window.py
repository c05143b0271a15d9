"""The start window: who works is chosen from a list, a wrong password makes one wait, the first one is replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from locked_room import OTHER, OTHERS_PASSWORD, LockedRoom
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support import PASSWORD

from profdesk import app, settings
from profdesk.domain.access import Actor, Role
from profdesk.domain.users import Draft
from profdesk.gui.main_window import MainWindow
from profdesk.gui.start import opened
from profdesk.gui.start.people import PeopleList
from profdesk.gui.start.window import StartWindow
from profdesk.services import users, workspaces

Key = Qt.Key
FIRST = "первый пароль"
OWN = "мой собственный пароль"


@pytest.fixture
def room(workspace) -> Iterator[LockedRoom]:
    made = LockedRoom(workspace)
    yield made
    made.windows.close()


@pytest.fixture
def people(qapp: QApplication) -> Iterator[PeopleList]:
    made = PeopleList()
    names = ("Юдин Пётр", "Ёлкина Анна", "Климова Татьяна", "Лаптева Ирина", "Седова Ольга", "Тимофеев Андрей", "Яшин")
    actors = [Actor(name, name, "", frozenset({Role.TEACHER, Role.HEAD})) for name in names]
    made.set_people(actors, {"Седова Ольга": datetime.now(UTC).isoformat(), "Яшин": "давно", "Климова Татьяна": "2020"})
    made.show()
    made.setFocus()
    yield made
    made.deleteLater()


def test_names_are_in_order_and_the_last_one_here_is_chosen(people: PeopleList) -> None:
    rows = [people.item(row).text() for row in range(people.count())]
    assert rows[:3] == ["Ёлкина Анна", "Климова Татьяна", "Лаптева Ирина"]
    assert rows[-1] == "Яшин"
    told = people.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Ёлкина Анна, классный руководитель, руководитель"
    assert people.height() == 5 * 52


def test_a_name_is_chosen_by_arrows_and_first_letters(people: PeopleList) -> None:
    people.choose("Седова Ольга")
    QTest.keyClick(people, Key.Key_Down)
    assert people.person().id == "Тимофеев Андрей"
    people.keyboardSearch("лап")
    assert people.person().id == "Лаптева Ирина"
    people.step(-100)
    assert people.person().id == "Ёлкина Анна"


def test_who_was_here_last_and_whose_the_folder_is_are_known_before_the_password(room: LockedRoom) -> None:
    room.lock()
    room.unlock(OTHER.id, OTHERS_PASSWORD)
    assert isinstance(room.windows.window, MainWindow)
    start = room.windows.show_start(room.folder)
    assert start.unlock.users.person().id == OTHER.id
    assert start.unlock.organisation.text() == "Школа № 12, Артёмовский городской округ"
    assert start.place.text().endswith(str(room.folder))
    assert start.focusWidget() is start.unlock.password
    told = [start.unlock.users.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert all("сегодня, " in one for one in told)
    QTest.keyClick(start.unlock.password, Key.Key_Down)
    assert start.unlock.users.person().id != OTHER.id
    known = settings.load()
    assert set(known.logins) == {OTHER.id, room.workspace.actor.id}
    assert "Абрамов" not in str(known)


def test_wrong_passwords_count_down_for_one_name_alone(room: LockedRoom, qtbot) -> None:
    room.lock()
    step = room.start.unlock
    for _ in range(4):
        qtbot.waitUntil(step.open_button.isEnabled, timeout=8000)
        room.unlock(password="угадываю")
    assert step.password.property("wrong")
    assert "Следующая попытка через 2 секунды." in step.message.words
    assert not step.open_button.isEnabled()
    QTest.keyClick(step.password, Key.Key_Return)
    step.users.choose(OTHER.id)
    assert step.open_button.isEnabled()
    assert step.message.words == ""
    step.users.choose(room.workspace.actor.id)
    assert "Было несколько неверных попыток подряд. Следующая попытка через" in step.message.words
    again = StartWindow(room.windows.desk, [])
    again.show_folder(room.folder)
    again.unlock.users.choose(room.workspace.actor.id)
    assert not again.unlock.open_button.isEnabled(), "a restart forgets nothing"
    again.deleteLater()
    qtbot.waitUntil(step.open_button.isEnabled, timeout=8000)
    room.unlock()
    assert "было 4 неверных пароля" in room.main.message.words


def test_the_password_can_be_looked_at_and_caps_lock_is_told(room: LockedRoom) -> None:
    room.lock()
    step = room.start.unlock
    room.type(step.password, "ПАРОЛЬ")
    assert step.caps_hint.words == "включён Caps Lock"
    room.type(step.password, "ь")
    assert step.caps_hint.words == ""
    step._eye.trigger()
    assert step.password.echoMode() is step.password.EchoMode.Normal
    step.users.step(-1)
    assert step.password.text() == ""
    assert step.password.echoMode() is step.password.EchoMode.Password


def test_the_first_password_is_replaced_before_anything_else(workspace, qtbot) -> None:
    draft = Draft("Тимофеев Андрей Ильич", "учитель", frozenset({Role.TEACHER}))
    user, _ = users.add(workspace, workspace.actor, draft, FIRST)
    workspace.close()
    app.application()
    windows = app.Windows()
    start = windows.show_start(workspace.path)
    start.unlock.users.choose(user)
    start.unlock.password.setText(FIRST)
    start.unlock.open_button.click()
    windows.settle()
    first = start.first
    assert start.steps.currentWidget() is first
    for new, again, wrong in (
        ("1234567", "1234567", "короче 8"),
        (FIRST, FIRST, "прежний пароль"),
        (OWN, "другое", "не совпадают"),
    ):
        first.password.setText(new)
        first.repeated.setText(again)
        QTest.keyClick(first.repeated, Key.Key_Return)
        assert wrong in first.message.words
    first.leave_button.click()
    assert start.steps.currentWidget() is start.unlock
    start.unlock.users.choose(user)
    start.unlock.password.setText(FIRST)
    start.unlock.open_button.click()
    windows.settle()
    first.password.setText(OWN)
    first.repeated.setText(OWN)
    QTest.keyClick(first.repeated, Key.Key_Return)
    windows.settle()
    assert isinstance(windows.window, MainWindow)
    for _ in range(3):
        QApplication.processEvents()
        windows.settle()
    windows.close()
    again = workspaces.open_workspace(workspace.path, user, OWN)
    assert not again.must_change_password
    again.close()


def test_a_workspace_opened_for_a_first_password_is_closed_with_the_window(workspace) -> None:
    start = StartWindow(app.Desk(), [])
    start.show_folder(workspace.path)
    start.first.show_user(opened.read(workspace), PASSWORD)
    start.close()
    assert workspace._keys is None
    start.deleteLater()


def test_settings_keep_few_logins_and_only_sensible_minutes(tmp_path: Path) -> None:
    known = settings.Settings()
    now = datetime(2026, 11, 26, tzinfo=UTC)
    for number in range(600):
        known = known.with_login(f"user {number}", now + timedelta(number), tmp_path, "Школа")
    assert len(known.logins) == 500
    assert "user 599" in known.logins
    for wrong, taken in ((0, 1), (999, 60), (25, 25)):
        settings.save(replace(known, lock_minutes=wrong))
        assert settings.load().lock_minutes == taken

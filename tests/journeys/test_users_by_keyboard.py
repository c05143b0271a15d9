"""A class teacher comes and goes, by keyboard: added with a class, in with the first password, then removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from journey_user import PASSWORD, User, make_class
from keyboard import CTRL, back, dialog, lock, log_in, press, tab_to, type_here
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from profdesk.domain.access import Role
from profdesk.errors import WorkspaceError
from profdesk.gui.users.keys_dialog import KeysDialog
from profdesk.gui.users.page import UsersPage
from profdesk.gui.users.user_dialog import UserDialog
from profdesk.services import workspaces
from profdesk.storage import database, vault

FIRST, OWN = "первый пароль учителя", "совсем другой пароль"
NAME = "Ромашкина Ольга Юрьевна"


def test_a_teacher_comes_and_goes(user: User, tmp_path: Path) -> None:
    make_class(user, tmp_path)
    added(user)
    lock(user)
    comes_in(user, tmp_path / "desk")
    taken = user.windows.desk.workspace.keys
    lock(user)
    user.start.unlock.users.step(-1)
    log_in(user, PASSWORD)
    removed(user)
    lock(user)
    assert [one.name for one in workspaces.users(tmp_path / "desk")] == ["Иванова Анна Петровна"]
    with pytest.raises(WorkspaceError):
        database.check(tmp_path / "desk" / database.DESK, taken.desk)


def added(user: User) -> None:
    page = user.page("users")
    assert isinstance(page, UsersPage)
    assert "работаете вы одни" in page.message.words
    press(user, Qt.Key.Key_N, CTRL)
    form = dialog(user, UserDialog)
    type_here(user, NAME)
    press(user, Qt.Key.Key_Tab)
    type_here(user, "учитель")
    press(user, Qt.Key.Key_Tab)
    assert form.password.field.hasFocus()
    press(user, Qt.Key.Key_A, CTRL)
    type_here(user, FIRST)
    tab_to(user, form.roles.boxes[Role.TEACHER])
    press(user, Qt.Key.Key_Space)
    tab_to(user, form.classes)
    press(user, Qt.Key.Key_Space)
    tab_to(user, form.save_button)
    press(user, Qt.Key.Key_Space)
    back(user)
    line = page.table.row()
    assert (line.user.name, line.classes, line.user.must_change) == (NAME, "7 «А»", True)
    assert page.table.hasFocus()


def comes_in(user: User, folder: Path) -> None:
    step = user.start.unlock
    step.users.step(1)
    assert step.users.person().name == NAME
    log_in(user, FIRST)
    assert user.start.steps.currentWidget() is user.start.first
    type_here(user, OWN)
    press_in_start(user, Qt.Key.Key_Tab)
    type_here(user, OWN)
    press_in_start(user, Qt.Key.Key_Return)
    desk = user.windows.desk
    assert desk.actor.roles == {Role.TEACHER}
    assert not desk.workspace.must_change_password
    assert UsersPage not in user.main.pages.kinds
    keys = vault.load(folder).unlock(desk.actor.id, OWN)
    assert (keys.psy, keys.seal) == (None, None)


def press_in_start(user: User, key: Qt.Key) -> None:
    user.qtbot.keyClick(QApplication.focusWidget() or user.start, key)
    user.wait()


def removed(user: User) -> None:
    page = user.page("users")
    assert isinstance(page, UsersPage)
    page.table.setFocus()
    press(user, Qt.Key.Key_Down)
    if page.table.row().user.name != NAME:
        press(user, Qt.Key.Key_Up)
    assert page.table.row().user.name == NAME
    assert not page.table.row().user.must_change
    press(user, Qt.Key.Key_Delete)
    question = dialog(user, KeysDialog)
    assert question.leave_button.hasFocus()
    press(user, Qt.Key.Key_Tab)
    assert question.do_button.hasFocus()
    press(user, Qt.Key.Key_Space)
    back(user)
    assert "Ключи рабочей папки сменены" in page.message.words
    assert [line.user.name for line in page.table.rows()] == ["Иванова Анна Петровна"]

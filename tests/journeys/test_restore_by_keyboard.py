"""Restoring by keyboard: the copy says what would go, brings the earlier state, and the way back brings the later."""

from __future__ import annotations

from pathlib import Path

import pytest
from journey_user import PASSWORD, User, make_class
from keyboard import press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from support import LINES, listed

from profdesk import paths
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.common.page import Page
from profdesk.gui.copies.page import CopiesPage
from profdesk.services import pupils, roster
from profdesk.storage import opening

NEW = "Новиков;Егор;Павлович;11.03.2013;7А"
CTRL = Qt.KeyboardModifier.ControlModifier


def surnames(user: User) -> list[str]:
    desk = user.windows.desk
    there = pupils.pupils(desk.workspace, desk.actor, desk.organisation.period.year)
    return sorted(one.name.surname for one in there)


def copies(user: User) -> CopiesPage:
    page: Page = user.page("copies")
    assert isinstance(page, CopiesPage)
    return page


def confirm(user: User, page: CopiesPage) -> str:
    """Say yes by the keyboard; gives what the dialog told."""
    dialog = page.findChild(Dialog)
    assert dialog is not None
    told = " ".join(label.text() for label in dialog.findChildren(type(page.rule)))
    dialog.verb.setFocus()
    press(user, Qt.Key.Key_Space)
    return told


def log_in(user: User) -> None:
    """The start window asks for the password again."""
    field = user.start.unlock.password
    user.type(field, PASSWORD)
    press(user, Qt.Key.Key_Return)


@pytest.fixture
def page(user: User, tmp_path: Path) -> CopiesPage:
    make_class(user, tmp_path)
    return copies(user)


def test_an_earlier_state_comes_back_and_the_later_again(user: User, page: CopiesPage, tmp_path: Path) -> None:
    before = surnames(user)
    page.setFocus()
    press(user, Qt.Key.Key_S, CTRL)
    assert page.message.words == "Копия сделана, прочитана до конца и сосчитана."
    assert page.copy_holds.text().startswith("3 ученика, 0 оценок")
    press(user, Qt.Key.Key_F5)
    assert page.message.words.startswith("Копия цела")
    desk = user.windows.desk
    plan = roster.preview(desk.workspace, desk.actor, listed(tmp_path, *LINES, NEW), desk.organisation.period.year)
    desk.write(lambda: roster.apply(desk.workspace, desk.actor, plan), owner=page, done=lambda _: None)
    user.wait()
    later = surnames(user)
    assert later != before
    page.table.setFocus()
    press(user, Qt.Key.Key_Return)
    told = confirm(user, page)
    assert "Уйдут" in told
    assert "ученики и классы" in told
    log_in(user)
    assert surnames(user) == before
    page = copies(user)
    assert "верните, как было" in page.message.words
    button = next(one for one in page.message.findChildren(QPushButton) if one.text() == "Вернуть как было…")
    button.setFocus()
    press(user, Qt.Key.Key_Space)
    confirm(user, page)
    log_in(user)
    assert surnames(user) == later


def test_a_spoiled_copy_is_told_and_the_window_stays(user: User, page: CopiesPage) -> None:
    page.make()
    user.wait()
    copy = page.table.row()
    file = copy.folder / "psy.db"
    file.write_bytes(file.read_bytes()[:-4096])
    page.table.setFocus()
    press(user, Qt.Key.Key_Return)
    confirm(user, page)
    assert "Копия повреждена: psy.db" in page.message.words
    assert surnames(user)


def test_who_opens_the_restored_folder_on_another_computer_is_told_of_no_missing_records(
    user: User, page: CopiesPage, tmp_path: Path
) -> None:
    before, folder = surnames(user), user.windows.desk.workspace.path
    page.make()
    user.wait()
    made = page.table.row().folder
    desk = user.windows.desk
    plan = roster.preview(desk.workspace, desk.actor, listed(tmp_path, *LINES, NEW), desk.organisation.period.year)
    desk.write(lambda: roster.apply(desk.workspace, desk.actor, plan), owner=page, done=lambda _: None)
    user.wait()
    press(user, Qt.Key.Key_L, CTRL)
    with paths.moved_to(tmp_path / "другой компьютер"):
        opening.open_workspace(folder, None, PASSWORD).close()
    log_in(user)
    page = copies(user)
    page.table.choose(made)
    page.table.setFocus()
    press(user, Qt.Key.Key_Return)
    confirm(user, page)
    with paths.moved_to(tmp_path / "другой компьютер"):
        log_in(user)
        assert user.windows.desk.is_open, "the recovery page tells of missing records"
        assert surnames(user) == before

"""A psychologist's computer is let in and joins, by keyboard: dialog, code, start window, the own password."""

from __future__ import annotations

from pathlib import Path

from exchange_rooms import shown
from journey_user import User, make_class
from keyboard import back, dialog, press, tab_to, type_here
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from profdesk.domain.access import Role
from profdesk.gui.exchange.add_computer import AddComputerDialog
from profdesk.gui.exchange.page import ExchangePage
from profdesk.storage import opening

OWN = "пароль психолога"
NAME = "Лаптева Ирина Сергеевна"


def test_a_second_computer_joins(user: User, tmp_path: Path) -> None:
    make_class(user, tmp_path)
    package, folder = tmp_path / "психолог.profdesk", tmp_path / "ноутбук"
    code = let_in(user, package)
    first = rows(user)
    user.windows.desk.release()
    user.windows.show_start()
    asks_for_the_package(user, package)
    wrong_code(user)
    joins(user, code, folder)
    desk = user.windows.desk
    assert (desk.workspace.path, desk.actor.name, desk.actor.roles) == (folder, NAME, {Role.PSYCHOLOGIST})
    assert user.main.page.name != ""
    assert rows(user) == first
    assert [one.name for one in opening.users(folder)] == [NAME]


def rows(user: User) -> dict[object, object]:
    """What is worked with: the deeds of opening and printing differ, and the signing key lies under another seal."""
    found = shown(user.windows.desk.workspace)
    return {place: row for place, row in found.items() if place[0] not in ("deed", "batch", "signing_key")}


def let_in(user: User, package: Path) -> str:
    page = user.page("exchange")
    assert isinstance(page, ExchangePage)
    assert not page.empty.isHidden(), "nobody to exchange with yet"
    tab_to(user, page.empty.primary)
    press(user, Qt.Key.Key_Space)
    form = dialog(user, AddComputerDialog)
    assert form.person.hasFocus()
    press(user, Qt.Key.Key_End)
    tab_to(user, form.name)
    type_here(user, "Кабинет психолога")
    tab_to(user, form.full_name)
    type_here(user, NAME)
    tab_to(user, form.post)
    type_here(user, "психолог")
    tab_to(user, form.roles.boxes[Role.PSYCHOLOGIST])
    press(user, Qt.Key.Key_Space)
    assert form.whole_box.isChecked()
    user.given = package
    tab_to(user, form.save_button)
    press(user, Qt.Key.Key_Space)
    assert package.is_file(), form.message.words
    assert form.copy_button.hasFocus()
    press(user, Qt.Key.Key_Escape)
    assert form.isVisible(), "a code that is shown once is not lost by Escape"
    press(user, Qt.Key.Key_Space)
    code = QGuiApplication.clipboard().text()
    assert code == form.code.text()
    assert len(code) == 34
    tab_to(user, form.done_button)
    press(user, Qt.Key.Key_Space)
    back(user)
    assert "«Кабинет психолога» добавлен" in page.message.words
    assert "Кабинет психолога" in [row.computer.name for row in page.table.rows()]
    return code


def in_start(user: User, key: Qt.Key) -> None:
    user.qtbot.keyClick(QApplication.focusWidget() or user.start, key)
    user.wait()


def go_to(user: User, widget: QWidget) -> None:
    for _ in range(20):
        if widget.hasFocus():
            return
        in_start(user, Qt.Key.Key_Tab)
    raise AssertionError(f"{widget.objectName()} is not reached by Tab")


def asks_for_the_package(user: User, package: Path) -> None:
    start = user.start
    start.activateWindow()
    user.wait()
    go_to(user, start.choose.join_button)
    in_start(user, Qt.Key.Key_Space)
    step = start.join_step
    assert start.steps.currentWidget() is step
    assert step.file.hasFocus()
    user.given = package
    go_to(user, step.file_button)
    in_start(user, Qt.Key.Key_Space)
    assert step.file.text() == str(package)


def wrong_code(user: User) -> None:
    step = user.start.join_step
    assert step.code.hasFocus()
    type_here(user, "2222-3333")
    in_start(user, Qt.Key.Key_Return)
    assert "Код не подходит" in step.message.words
    assert step.code.hasFocus()
    assert not step.found_box.isVisible()


def joins(user: User, code: str, folder: Path) -> None:
    start, step = user.start, user.start.join_step
    type_here(user, code.lower())
    in_start(user, Qt.Key.Key_Return)
    assert step.found_title.text() == f"{NAME}: компьютер «Кабинет психолога»"
    assert "3 ученика" in step.found.text()
    assert step.password.hasFocus()
    type_here(user, OWN)
    go_to(user, step.repeated)
    type_here(user, OWN + "!")
    in_start(user, Qt.Key.Key_Return)
    assert "не совпадают" in step.message.words
    step.repeated.clear()
    type_here(user, OWN)
    user.given = folder
    go_to(user, step.folder_button)
    in_start(user, Qt.Key.Key_Space)
    go_to(user, step.join_button)
    in_start(user, Qt.Key.Key_Space)
    assert start.steps.currentWidget() is start.code, step.message.words
    assert len(start.code.code.text()) == 34
    go_to(user, start.code.done_button)
    in_start(user, Qt.Key.Key_Space)

"""The page of users: found, ordered, added with a code where one is needed, changed and back, removed, stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kept_workspaces import create
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from role_walk import acting
from support import CHEAP, PASSWORD, YEAR

from profdesk import app
from profdesk.domain.access import NewUser, Role
from profdesk.domain.users import Draft
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.own_password import OwnPasswordDialog
from profdesk.gui.common.pages import Pages
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.main_window import MainWindow
from profdesk.gui.start import opened
from profdesk.gui.users.given_password_dialog import GivenPasswordDialog
from profdesk.gui.users.keys_dialog import KeysDialog
from profdesk.gui.users.page import UsersPage
from profdesk.gui.users.sheet_dialog import SheetDialog
from profdesk.gui.users.user_dialog import UserDialog
from profdesk.services import class_teachers, pupils, users
from profdesk.storage import opening as storage
from profdesk.storage import vault
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Workspace

FIRST = "бако-рими-туса-лено-47"
TEACHER = Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER}))
ADMINISTRATOR = Draft("Седов Пётр Ильич", "лаборант", frozenset({Role.ADMINISTRATOR}))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a password costs is the vault's own test; here it would only take time."""
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))


@pytest.fixture
def made(tmp_path: Path) -> storage.Created:
    owner = NewUser("Климова Татьяна Аркадьевна", "завуч", PASSWORD)
    created = create(tmp_path / "школа", owner)
    with created.workspace.unit(created.workspace.actor) as unit:
        for title in ("7а", "7б"):
            unit.pupils.ensure_group(pupils.group_name(title), "basic", YEAR)
    return created


def shown(workspace: Workspace) -> Iterator[UsersPage]:
    desk, found = Desk(), opened.read(workspace)
    desk.use(found.workspace, found.programme, found.organisation)
    window = MainWindow(desk, Pages([UsersPage], lambda kind: kind(desk)))
    window.show()
    window.show_page("users")
    desk.settle()
    yield window.pages[UsersPage]
    desk.settle()
    window.close()
    desk.close()
    window.deleteLater()


@pytest.fixture
def page(qapp, made: storage.Created) -> Iterator[UsersPage]:
    app.application()
    yield from shown(made.workspace)


@pytest.fixture
def administrators(qapp, made: storage.Created) -> Iterator[UsersPage]:
    """The page as one sees it who holds neither of the keys of psychologists and signers."""
    app.application()
    user, _ = users.add(made.workspace, made.workspace.actor, ADMINISTRATOR, FIRST)
    made.workspace.close()
    entered = storage.open_workspace(made.workspace.path, user, FIRST)
    users.change_password(entered, entered.actor, FIRST, PASSWORD)
    yield from shown(entered)


@pytest.fixture
def coordinators(qapp, made: storage.Created) -> Iterator[UsersPage]:
    """The page as one sees it who gives classes and keeps no users; a class teacher is there."""
    app.application()
    users.add(made.workspace, made.workspace.actor, TEACHER, FIRST)
    yield from shown(acting(made.workspace, Role.COORDINATOR))


def asked(page: QWidget, kind: type[QDialog]) -> QDialog:
    (dialog,) = [one for one in page.findChildren(kind) if one.isVisible()]
    return dialog


def names(page: UsersPage) -> list[str]:
    return [line.user.name.split()[0] for line in page.table.rows()]


def add(page: UsersPage, draft: Draft) -> str:
    user, changes = users.add(page.desk.workspace, page.desk.actor, draft, FIRST)
    page.on_changes(changes)
    page.desk.settle()
    return user


def test_who_is_alone_is_told_what_the_page_is_for(page: UsersPage) -> None:
    assert names(page) == ["Климова"]
    assert "одни" in page.message.words
    assert not page.remove_button.isEnabled()
    add(page, TEACHER)
    assert not page.message.words


def test_a_teacher_is_added_with_classes(page: UsersPage, qtbot: QtBot) -> None:
    page.add()
    dialog = asked(page, UserDialog)
    assert isinstance(dialog, UserDialog)
    assert not dialog.classes_box.isVisible()
    dialog.full_name.setText(TEACHER.name)
    dialog.save_button.click()
    page.desk.settle()
    assert "хотя бы одну роль" in dialog.message.words
    dialog.roles.boxes[Role.TEACHER].click()
    assert dialog.classes_box.isVisible()
    dialog.classes.set_checked(lambda group: group.name.title == "7 «Б»")
    password = dialog.password.password
    dialog.save_button.click()
    page.desk.settle()
    line = page.table.row()
    assert (line.user.name, line.classes, line.user.must_change) == (TEACHER.name, "7 «Б»", True)
    assert "Передайте первый пароль" in page.message.words
    assert vault.load(page.desk.workspace.path).unlock(line.user.id, password).psy is None


def test_search_order_and_copy(page: UsersPage, qtbot: QtBot) -> None:
    add(page, TEACHER)
    add(page, ADMINISTRATOR)
    assert names(page) == ["Климова", "Ромашкина", "Седов"]
    page.search()
    page.search_field.setText("лаборант")
    qtbot.waitUntil(lambda: names(page) == ["Седов"])
    assert page.count.text() == "1 из 3"
    page.table.choose_first()
    page.table.copy_selected()
    assert QGuiApplication.clipboard().text().startswith("Седов Пётр Ильич\tАдминистратор\t")
    page.search_field.setText("нет такого")
    qtbot.waitUntil(lambda: names(page) == [])
    assert "никого нет" in page.table.nothing


def test_a_change_is_taken_back_and_done_again(page: UsersPage) -> None:
    user = add(page, TEACHER)
    groups = class_teachers.groups(page.desk.workspace, page.desk.actor, YEAR)
    page.table.choose(user)
    page.edit()
    dialog = asked(page, UserDialog)
    assert isinstance(dialog, UserDialog)
    dialog.post.setText("завуч")
    dialog.classes.set_checked(lambda group: group.id == groups[0].id)
    dialog.save_button.click()
    page.desk.settle()
    assert (page.table.row().user.post, page.table.row().classes) == ("завуч", "7 «А»")
    assert page.status().undo == f"изменение, {TEACHER.name}"
    page.message.button.click()
    page.desk.settle()
    assert (page.table.row().user.post, page.table.row().classes) == ("учитель", "")
    page.redo()
    page.desk.settle()
    assert (page.table.row().user.post, page.table.row().classes) == ("завуч", "7 «А»")


def test_a_coordinator_gives_classes_and_nothing_else(coordinators: UsersPage, qtbot: QtBot) -> None:
    page = coordinators
    for button in (page.add_button, page.remove_button, page.forgot_button, page.sheet_button):
        assert not button.isVisible()
    assert page.table.choose(page.desk.actor.id)
    assert not page.edit_button.isEnabled()
    page.table.setFocus()
    for key, held in ((Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_Delete, Qt.KeyboardModifier(0))):
        qtbot.keyClick(page.table, key, held)
        assert not page.findChildren(QDialog)
    (teacher,) = (line for line in page.table.rows() if Role.TEACHER in line.user.roles)
    page.table.choose(teacher.user.id)
    assert (page.edit_button.isEnabled(), page.edit_button.text()) == (True, "Классы…")
    page.edit()
    dialog = asked(page, UserDialog)
    assert isinstance(dialog, UserDialog)
    assert dialog.full_name.isReadOnly()
    assert not any(box.isEnabled() for box in dialog.roles.boxes.values())
    dialog.classes.set_checked(lambda group: group.name.title == "7 «А»")
    dialog.save_button.click()
    page.desk.settle()
    assert page.table.row().classes == "7 «А»"
    page.undo()
    page.desk.settle()
    assert page.table.row().classes == ""


def test_own_roles_are_not_offered(page: UsersPage) -> None:
    page.edit()
    dialog = asked(page, UserDialog)
    assert isinstance(dialog, UserDialog)
    assert not dialog.roles.isEnabled()
    dialog.full_name.setText("Климова Т. А.")
    dialog.save_button.click()
    page.desk.settle()
    assert page.desk.actor.name == "Климова Т. А."
    window = page.window()
    assert isinstance(window, MainWindow)
    assert (window.person.text(), window.person.toolTip()) == ("Климова Т.", "Климова Т. А., завуч")


def test_removal_asks_tells_and_shows_who_is_gone(page: UsersPage) -> None:
    user = add(page, TEACHER)
    assert not page.removed_box.isVisible()
    page.table.choose(user)
    before = vault.load(page.desk.workspace.path).unlock(user, FIRST)
    page.ask_removal()
    dialog = asked(page, KeysDialog)
    assert isinstance(dialog, KeysDialog)
    assert dialog.leave_button.isDefault()
    assert "Копии, снятые раньше" in dialog.told.text()
    dialog.do_button.click()
    page.desk.settle()
    assert names(page) == ["Климова"]
    assert page.desk.workspace.keys.desk != before.desk
    page.removed_box.setChecked(True)
    page.table.choose(user)
    assert names(page) == ["Климова", "Ромашкина"]
    assert not page.edit_button.isEnabled()
    page.ask_removal()
    assert not [one for one in page.findChildren(KeysDialog) if one.isVisible()]


def test_removal_is_stopped(page: UsersPage) -> None:
    page.table.choose(add(page, TEACHER))
    page.ask_removal()
    dialog = asked(page, KeysDialog)
    assert isinstance(dialog, KeysDialog)
    dialog.do_button.click()
    dialog.progress.button.click()
    page.desk.settle()
    assert names(page) == ["Климова", "Ромашкина"]
    assert "Ничего не изменено" in dialog.message.words
    dialog.reject()


def test_the_code_is_asked_for_where_a_key_is_lacking(administrators: UsersPage, made: storage.Created) -> None:
    page = administrators
    page.add()
    dialog = asked(page, UserDialog)
    assert isinstance(dialog, UserDialog)
    dialog.full_name.setText("Жукова Вера Павловна")
    dialog.roles.boxes[Role.PSYCHOLOGIST].click()
    assert not dialog.code.isVisible()
    dialog.save_button.click()
    page.desk.settle()
    assert dialog.code.isVisible()
    assert "листа восстановления" in dialog.message.words
    dialog.code.field.setText(made.recovery_code)
    dialog.save_button.click()
    page.desk.settle()
    assert page.table.row().user.name == "Жукова Вера Павловна"
    page.give_password()
    given = asked(page, GivenPasswordDialog)
    assert isinstance(given, GivenPasswordDialog)
    given.save_button.click()
    page.desk.settle()
    assert given.code.isVisible()
    given.code.field.setText(made.recovery_code)
    given.password.field.setText("новый-первый-пароль")
    given.save_button.click()
    page.desk.settle()
    user = page.table.row().user.id
    assert vault.load(page.desk.workspace.path).unlock(user, "новый-первый-пароль").psy


def test_taking_back_what_took_a_code_leads_to_where_it_is_asked_for(
    administrators: UsersPage, made: storage.Created
) -> None:
    page = administrators
    draft = Draft("Жукова Вера Павловна", "", frozenset({Role.PSYCHOLOGIST}))
    _, changes = users.add(page.desk.workspace, page.desk.actor, draft, FIRST, made.recovery_code)
    page.on_changes(changes)
    page.desk.settle()
    page.table.choose(next(line.user.id for line in page.table.rows() if line.user.name == draft.name))
    page.edit()
    dialog = asked(page, UserDialog)
    assert isinstance(dialog, UserDialog)
    dialog.roles.set_roles({Role.READER})
    dialog.code.field.setText(made.recovery_code)
    dialog.save_button.click()
    page.desk.settle()
    page.undo()
    page.desk.settle()
    assert "«Изменить…»" in page.message.words
    assert page.status().undo


def test_a_new_sheet_is_shown_once_and_printed(page: UsersPage, made: storage.Created) -> None:
    page.ask_sheet()
    dialog = asked(page, SheetDialog)
    assert isinstance(dialog, SheetDialog)
    assert not dialog.made.isVisible()
    dialog.make_button.click()
    page.desk.settle()
    code = dialog.made_code.text()
    assert vault.load(page.desk.workspace.path).unlock_by_code(code) == page.desk.workspace.keys
    dialog.print_button.click()
    page.desk.settle()
    paper = asked(dialog, PaperDialog)
    paper.reject()
    dialog.reject()
    assert dialog.isVisible()
    dialog.done_button.click()
    assert not dialog.isVisible()


def test_the_own_password_is_changed(page: UsersPage) -> None:
    page.change_own()
    dialog = asked(page, OwnPasswordDialog)
    assert isinstance(dialog, OwnPasswordDialog)
    for old, fresh, again, words in (
        (PASSWORD, "новый пароль", "другой пароль", "не совпадают"),
        ("не тот пароль", "новый пароль", "новый пароль", "не подходит"),
        (PASSWORD, "мало", "мало", "короче"),
        (PASSWORD, "новый пароль", "новый пароль", ""),
    ):
        for field, typed in ((dialog.old, old), (dialog.fresh, fresh), (dialog.repeated, again)):
            field.setText(typed)
        dialog.save_button.click()
        page.desk.settle()
        assert not words or words in dialog.message.words
    assert "сменён" in page.message.words
    workspace = page.desk.workspace
    assert vault.load(workspace.path).unlock(workspace.actor.id, "новый пароль") == workspace.keys


def test_keys_of_the_page(page: UsersPage, qtbot: QtBot) -> None:
    user = add(page, TEACHER)
    page.table.choose(user)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    asked(page, KeysDialog).reject()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    asked(page, UserDialog).reject()

"""The page of users where another computer has its say: who comes in where, what waits, and keys to be renewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from kept_workspaces import create
from password_rooms import ADMINISTRATOR, COORDINATOR, FIRST_PASSWORD, PSYCHOLOGIST, TEACHER, added
from PySide6.QtWidgets import QDialog, QWidget
from support import CHEAP, PASSWORD
from test_users_page import shown

from profdesk import app
from profdesk.domain.access import NewUser, Role
from profdesk.gui.users.given_password_dialog import GivenPasswordDialog
from profdesk.gui.users.keys_dialog import KeysDialog
from profdesk.gui.users.page import UsersPage
from profdesk.gui.users.rows import Line
from profdesk.gui.users.user_dialog import UserDialog
from profdesk.storage import opening, vault
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Workspace


@dataclass
class Told:
    """A workspace in which rows stand as another computer has written them, and the users by what they are called."""

    workspace: Workspace
    teacher: str
    psychologist: str
    elsewhere: str


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))


@pytest.fixture
def told(tmp_path: Path) -> Told:
    made = create(tmp_path / "школа", NewUser("Климова Татьяна Аркадьевна", "завуч", PASSWORD)).workspace
    teacher, psychologist = added(made, TEACHER), added(made, PSYCHOLOGIST)
    with made.unit(made.actor) as unit:
        unit.users.remove(psychologist, datetime.now(UTC))
        unit.users.change(teacher, replace(TEACHER, roles=frozenset({Role.TEACHER, Role.COORDINATOR})))
        elsewhere = unit.users.add(COORDINATOR, datetime.now(UTC))
    made.close()
    return Told(opening.open_workspace(made.path, made.actor.id, PASSWORD), teacher, psychologist, elsewhere)


@pytest.fixture
def page(qapp, told: Told) -> Iterator[UsersPage]:
    app.application()
    yield from shown(told.workspace)


def asked(page: QWidget, kind: type[QDialog]) -> QDialog:
    (dialog,) = [one for one in page.findChildren(kind) if one.isVisible()]
    return dialog


def line(page: UsersPage, user: str) -> Line:
    page.removed_box.setChecked(True)
    found: Line = next(one for one in page.table.rows() if one.user.id == user)
    page.table.choose(user)
    return found


def test_keys_of_who_was_removed_elsewhere_are_renewed_by_a_button(page: UsersPage, told: Told) -> None:
    assert line(page, told.psychologist).is_gone
    assert f"положены: {PSYCHOLOGIST.name}" in page.owed.words
    before = page.desk.workspace.keys
    page.owed.button.click()
    dialog = asked(page, KeysDialog)
    assert isinstance(dialog, KeysDialog)
    assert PSYCHOLOGIST.name in dialog.told.text()
    dialog.do_button.click()
    page.desk.settle()
    now = page.desk.workspace.keys
    assert now.desk != before.desk
    assert now.psy != before.psy
    assert now.seal == before.seal
    assert not page.owed.isVisible()
    assert "Ключи рабочей папки сменены" in page.message.words


def test_roles_from_elsewhere_act_here_once_they_are_saved(page: UsersPage, told: Told) -> None:
    assert line(page, told.teacher).entry == "здесь пока: классный руководитель"
    page.edit()
    dialog = asked(page, UserDialog)
    assert isinstance(dialog, UserDialog)
    assert "сохраните" in dialog.message.words
    dialog.save_button.click()
    page.desk.settle()
    assert line(page, told.teacher).entry == "первый пароль ещё не сменён"
    assert vault.load(page.desk.workspace.path).unlock(told.teacher, FIRST_PASSWORD).seal is not None
    assert "действуют и здесь" in page.message.words


def test_who_works_elsewhere_is_removed_without_keys_or_given_a_password(page: UsersPage, told: Told) -> None:
    assert line(page, told.elsewhere).entry == "входит на другом компьютере"
    keys = page.desk.workspace.keys
    page.give_password()
    given = asked(page, GivenPasswordDialog)
    assert isinstance(given, GivenPasswordDialog)
    assert given.heading.text() == f"Пароль для этого компьютера: {COORDINATOR.name}"
    given.reject()
    page.ask_removal()
    dialog = asked(page, KeysDialog)
    assert isinstance(dialog, KeysDialog)
    assert dialog.do_button.text() == "Удалить"
    dialog.do_button.click()
    page.desk.settle()
    assert line(page, told.elsewhere).is_gone
    assert page.desk.workspace.keys == keys
    assert "Отправьте изменения" in page.message.words


def test_who_was_removed_elsewhere_and_comes_in_still_is_shown_and_removed(qapp, told: Told) -> None:
    workspace = told.workspace
    owner = added(workspace, replace(ADMINISTRATOR, name="Новый Пётр"))
    with workspace.unit(workspace.actor) as unit:
        unit.users.remove(workspace.actor.id, datetime.now(UTC))
    workspace.close()
    app.application()
    for page in shown(opening.open_workspace(workspace.path, owner, FIRST_PASSWORD)):
        page.removed_box.setChecked(False)
        found = next(one for one in page.table.rows() if one.user.id == workspace.actor.id)
        assert found.entry == "здесь вход пока открыт: владелец"
        page.table.choose(found.user.id)
        assert page.remove_button.isEnabled()
        assert not page.edit_button.isEnabled()
        assert not page.forgot_button.isEnabled()

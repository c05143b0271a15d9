"""A damaged workspace, or one that lacks records, opens a page that says what to do; all by keyboard."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from journey_user import PASSWORD, User, make_class
from keyboard import press, type_here
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from sqlalchemy import text
from support import LINES, listed

from profdesk.domain.access import Role
from profdesk.domain.users import Draft
from profdesk.errors import DamagedError
from profdesk.gui.start.recovery import RecoveryStep
from profdesk.services import backups, computers, joining, pupils, roster
from profdesk.storage import opening as storage

NEW = "Новиков;Егор;Павлович;11.03.2013;7А"


def surnames(user: User) -> list[str]:
    desk = user.windows.desk
    there = pupils.pupils(desk.workspace, desk.actor, desk.organisation.period.year)
    return sorted(one.name.surname for one in there)


@pytest.fixture
def folder(user: User, tmp_path: Path) -> Path:
    """A class of three, a copy of it, then a fourth pupil; closed, the start window in front."""
    make_class(user, tmp_path)
    desk = user.windows.desk
    desk.write(lambda: backups.make(desk.workspace, desk.actor), owner=user.main, done=lambda _: None)
    user.wait()
    plan = roster.preview(desk.workspace, desk.actor, listed(tmp_path, *LINES, NEW), desk.organisation.period.year)
    desk.write(lambda: roster.apply(desk.workspace, desk.actor, plan), owner=user.main, done=lambda _: None)
    user.wait()
    assert len(surnames(user)) == 4
    path = desk.workspace.path
    desk.release()
    user.windows.show_start()
    return path


def recovery(user: User, folder: Path) -> RecoveryStep:
    """Log in until the recovery step is in front."""
    user.start.show_folder(folder)
    user.wait()
    if user.start.steps.currentWidget() is user.start.unlock:
        user.type(user.start.unlock.password, PASSWORD)
        press(user, Qt.Key.Key_Return)
    step = user.start.recovery
    assert user.start.steps.currentWidget() is step
    return step


@pytest.mark.parametrize("name", ["desk.db", "vault.json"])
def test_a_damaged_workspace_is_restored_from_its_copy(user: User, folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"\0" * (folder / name).stat().st_size)
    step = recovery(user, folder)
    assert name in step.told.text()
    assert len(step.table.rows()) == 1
    assert step.save_button.isEnabled() is (name == "desk.db")
    assert ("тот, что был в день копии" in step.copies_told.text()) is (name == "vault.json")
    if not step.password.text():
        user.type(step.password, PASSWORD)
    step.password.setFocus()
    press(user, Qt.Key.Key_Return)
    assert user.start.steps.currentWidget() is user.start.unlock
    assert user.start.unlock.message.words.startswith("Восстановлено из копии")
    user.type(user.start.unlock.password, PASSWORD)
    press(user, Qt.Key.Key_Return)
    assert len(surnames(user)) == (4 if name == "vault.json" else 3), "the list of users alone loses no record"


def test_without_any_copy_what_can_be_read_is_saved(user: User, folder: Path, tmp_path: Path) -> None:
    """Damage that was met in mid-work: nobody has typed a password yet."""
    shutil.rmtree(folder / "backups")
    user.start.recover(folder, DamagedError("База данных в рабочей папке повреждена. Восстановите папку из копии."))
    user.wait()
    step = user.start.recovery
    assert "Целых копий не нашлось" in step.copies_told.text()
    step.activateWindow()
    user.wait()
    assert step.password.hasFocus()
    assert not step.save_button.isEnabled()
    type_here(user, PASSWORD)
    for _ in range(5):
        if step.save_button.hasFocus():
            break
        user.qtbot.keyClick(QApplication.focusWidget() or step, Qt.Key.Key_Tab)
    assert step.save_button.hasFocus()
    user.given = tmp_path
    user.press(step.save_button, Qt.Key.Key_Space)
    assert "(прочитанное)» новая рабочая папка" in step.message.words
    user.start.show_folder(tmp_path / f"{folder.name} (прочитанное)")
    type_here(user, PASSWORD)
    press(user, Qt.Key.Key_Return)
    assert len(surnames(user)) == 4


def test_damage_met_in_mid_work_leads_to_the_recovery_page(user: User, folder: Path) -> None:
    user.start.show_folder(folder)
    user.type(user.start.unlock.password, PASSWORD)
    press(user, Qt.Key.Key_Return)
    main, desk = user.main, user.windows.desk

    def damaged() -> None:
        raise DamagedError("База данных в рабочей папке повреждена. Восстановите папку из копии.")

    desk.run(damaged, owner=main, done=lambda _: None, failed=lambda _: None)
    user.wait()
    assert "повреждена" in main.message.words
    button = next(one for one in main.message.findChildren(QPushButton) if one.text() == "Восстановить…")
    button.setFocus()
    press(user, Qt.Key.Key_Space)
    step = user.start.recovery
    assert user.start.steps.currentWidget() is step
    user.type(step.password, PASSWORD)
    press(user, Qt.Key.Key_Return)
    assert user.start.unlock.message.words.startswith("Восстановлено из копии")


@pytest.mark.parametrize("role", [Role.PSYCHOLOGIST, Role.TEACHER, Role.COORDINATOR, Role.HEAD])
def test_whoever_joined_a_computer_puts_it_right_there(user: User, folder: Path, tmp_path: Path, role: Role) -> None:
    """The only password there is that of somebody who restores nothing elsewhere."""
    school = storage.open_workspace(folder, None, PASSWORD)
    person = Draft("Лаптева Ирина Сергеевна", "педагог", frozenset({role}))
    whole = role is not Role.TEACHER
    code, _ = computers.kit(school, school.actor, person, "Ноутбук", whole, package := tmp_path / "п.profdesk")
    school.close()
    laptop = joining.join(package, code, tmp_path / "ноутбук", PASSWORD).workspace
    laptop.back_up("после работы")
    laptop.close()
    (laptop.path / "desk.db").write_bytes(b"\0" * 8192)
    step = recovery(user, laptop.path)
    assert [step.user.itemText(row) for row in range(step.user.count())] == [person.name]
    step.activateWindow()
    user.wait()
    for _ in range(5):
        if step.restore_button.hasFocus():
            break
        user.qtbot.keyClick(QApplication.focusWidget() or step, Qt.Key.Key_Tab)
    press(user, Qt.Key.Key_Space)
    assert user.start.unlock.message.words.startswith("Восстановлено из копии")
    user.type(user.start.unlock.password, PASSWORD)
    press(user, Qt.Key.Key_Return)
    assert (user.windows.desk.workspace.path, user.windows.desk.actor.name) == (laptop.path, person.name)


def test_missing_records_are_counted_and_gone_on_without(user: User, folder: Path) -> None:
    (copy,) = (folder / "backups").glob("[0-9]*")
    for name in ("desk.db", "psy.db"):
        shutil.copy2(copy / name, folder / name)
    step = recovery(user, folder)
    assert step.heading.text() == "Не хватает записей"
    assert "В рабочей папке не хватает " in step.told.text()
    assert "ни в одной копии" in step.copies_told.text()
    step.go_on_button.setFocus()
    press(user, Qt.Key.Key_Space)
    assert len(surnames(user)) == 3
    with user.windows.desk.workspace._engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM deed WHERE kind = 'went_on'")).scalar_one() == 1


def test_a_wrong_password_restores_nothing(user: User, folder: Path) -> None:
    (folder / "vault.json").unlink()
    step = recovery(user, folder)
    user.type(step.password, "не тот пароль")
    press(user, Qt.Key.Key_Return)
    assert "Пароль не подходит" in step.message.words
    assert not (folder / "vault.json").exists()
    step.back_button.setFocus()
    press(user, Qt.Key.Key_Space)
    assert user.start.steps.currentWidget() is user.start.choose

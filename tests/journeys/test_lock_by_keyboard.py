"""A shared computer by keyboard: locked in the middle of a form, guessed at, given back as it was, then a colleague."""

from __future__ import annotations

from pathlib import Path

from journey_user import PASSWORD, User, make_class
from keyboard import CTRL, back, dialog, lock, log_in, press, type_here
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from profdesk.domain.access import Role
from profdesk.domain.audit import Done, Wanted
from profdesk.domain.deeds import DeedKind
from profdesk.domain.users import Draft
from profdesk.gui.portfolio.cell_dialog import CellDialog
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.pupils.pupil_dialog import PupilDialog
from profdesk.services import audit, users

FIRST, OWN = "временный пароль", "пароль психолога"


def test_a_form_and_a_note_outlive_the_lock_and_a_second_user_finds_nothing(user: User, tmp_path: Path) -> None:
    make_class(user, tmp_path)
    draft = Draft("Лаптева Ирина Сергеевна", "педагог-психолог", frozenset({Role.PSYCHOLOGIST}))
    users.add(user.windows.desk.workspace, user.windows.desk.actor, draft, FIRST)
    guessed_at_in_the_middle_of_a_form(user)
    idle_over_a_note(user)
    former = user.main
    lock(user)
    a_colleague_comes(user)
    assert user.main is not former
    assert user.windows.desk.actor.roles == {Role.PSYCHOLOGIST}
    assert not user.main.findChildren(CellDialog)


def guessed_at_in_the_middle_of_a_form(user: User) -> None:
    page = user.page("pupils")
    assert isinstance(page, PupilsPage)
    press(user, Qt.Key.Key_N, CTRL)
    form = dialog(user, PupilDialog)
    type_here(user, "Новосёл")
    field = QApplication.focusWidget()
    press(user, Qt.Key.Key_Left)
    lock(user)
    for _ in range(3):
        log_in(user, "угадаю")
    step = user.start.unlock
    assert "Следующая попытка через 1 секунду." in step.message.words
    user.qtbot.waitUntil(step.open_button.isEnabled)
    assert step.password.hasFocus()
    log_in(user, PASSWORD)
    assert user.main.page is page
    assert QApplication.activeModalWidget() is form
    assert QApplication.focusWidget() is field
    type_here(user, "ё")
    assert form.surname.text() == "Новосёёл"
    press(user, Qt.Key.Key_Backspace)
    press(user, Qt.Key.Key_End)
    type_here(user, "ов")
    assert form.surname.text() == "Новосёлов"
    press(user, Qt.Key.Key_Escape)
    back(user)
    assert "С прошлого входа было 3 неверных пароля" in user.main.message.words
    journaled = [(one.kind, one.count) for one in done(user)]
    assert journaled[:3] == [(DeedKind.LOGGED_IN, 0), (DeedKind.LOGIN_REFUSED, 3), (DeedKind.LOCKED, 0)]


def done(user: User) -> list[Done]:
    """The deeds of the journal, the latest first."""
    read = audit.acts(user.windows.desk.workspace, user.windows.desk.actor, Wanted())
    return [one for act in read.acts for one in reversed(act.done)]


def idle_over_a_note(user: User) -> None:
    page = user.page("portfolio")
    assert isinstance(page, PortfolioPage)
    page.table.setFocus()
    press(user, Qt.Key.Key_F2)
    cell = dialog(user, CellDialog)
    cell.note.setFocus()
    type_here(user, "Меняет план, ко")
    watch = user.windows._watch
    watch.tick()
    watch._touched -= 601
    watch.tick()
    user.wait()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [user.start]
    log_in(user, PASSWORD)
    assert QApplication.focusWidget() is cell.note
    type_here(user, "гда мешает погода")
    assert cell.note.toPlainText() == "Меняет план, когда мешает погода"
    press(user, Qt.Key.Key_Escape)
    back(user)
    press(user, Qt.Key.Key_F2)
    again = dialog(user, CellDialog)
    assert again.note.toPlainText() == "Меняет план, когда мешает погода"
    press(user, Qt.Key.Key_Escape)
    back(user)


def a_colleague_comes(user: User) -> None:
    user.start.activateWindow()
    user.wait()
    step = user.start.unlock
    assert step.users.person().name.startswith("Иванова")
    press_start(user, Qt.Key.Key_Backtab)
    assert step.users.hasFocus()
    step.users.keyboardSearch("лап")
    press_start(user, Qt.Key.Key_Return)
    assert step.password.hasFocus()
    log_in(user, FIRST)
    first = user.start.first
    assert user.start.steps.currentWidget() is first
    type_here(user, OWN)
    press_start(user, Qt.Key.Key_Tab)
    type_here(user, OWN)
    press_start(user, Qt.Key.Key_Return)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press_start(user: User, key: Qt.Key) -> None:
    user.qtbot.keyClick(QApplication.focusWidget() or user.start, key)
    user.wait()

"""A school taken over into a new year by keyboard: planned, done, looked at, closed, opened again, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
import support
from journey_user import User
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from rollover_school import YEAR, add, classes, new_workspace
from support import state

from profdesk.domain.portfolio import Cell
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.rollover.page import RolloverPage
from profdesk.services import portfolio

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SCHOOL = {
    "подготовительная «Лес»": ["Ан 2019-02-03"],
    "5А": ["Бек", "Вах"],
    "9А": ["Гай", "Дым", "Ель"],
    "11А": ["Жук"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A school of four classes, the fifth grade with a portfolio begun in the second term."""
    workspace = new_workspace(tmp_path / "школа")
    add(workspace, SCHOOL)
    with workspace.unit(workspace.actor) as unit:
        fifth = next(group for group in unit.pupils.groups(YEAR) if group.name.grade == 5)
        pupil = unit.pupils.in_group(fifth.id)[0].id
        period = unit.organisation.get().period
    support.mark(workspace, period, (pupil, "planning", 2))
    workspace.close()
    return tmp_path / "школа"


def enter(user: User, folder: Path) -> RolloverPage:
    """Open the folder and go from the pupils to the new year."""
    start = user.windows.show_start(folder)
    user.type(start.unlock.password, support.PASSWORD)
    user.press(start.unlock.password, Qt.Key.Key_Return)
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    (offered,) = (action for action in pupils.list.more.actions() if "новый год" in action.text())
    offered.trigger()
    user.wait()
    page = user.main.page
    assert isinstance(page, RolloverPage)
    return page


def key(user: User, *pressed: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Keys where the cursor is."""
    for one in pressed:
        user.main.activateWindow()
        QApplication.processEvents()
        user.qtbot.keyClick(QApplication.focusWidget() or user.main, one, modifiers)
        user.wait()


def find(user: User, page: RolloverPage, words: str) -> None:
    key(user, Qt.Key.Key_F, modifiers=CTRL)
    user.type(page.search_field, words)
    user.qtbot.waitUntil(lambda: page.table.row() is not None and words in page.table.row().pupil.name.surname)
    page.table.setFocus()


def test_a_year_is_begun_and_taken_back_after_a_restart(user: User, folder: Path) -> None:
    page = enter(user, folder)
    workspace = user.windows.desk.workspace
    before = state(workspace)
    assert page.move_button.text() == "Перевести 4"
    find(user, page, "Гай")
    key(user, Qt.Key.Key_F6, modifiers=SHIFT)
    user.type(page.choice.class_target, "10а")
    key(user, Qt.Key.Key_Return)
    page.search_field.clear()
    find(user, page, "Дым")
    key(user, Qt.Key.Key_D)
    page.search_field.clear()
    find(user, page, "Вах")
    key(user, Qt.Key.Key_Space)
    assert state(workspace) == before
    assert page.move_button.text() == "Перевести 7"
    key(user, Qt.Key.Key_Return, modifiers=CTRL)
    assert page.message.words == "2026/27 учебный год: 4 переведены, 2 выпущены, 1 остался."
    assert classes(workspace, YEAR.next) == {
        "1 «А»": ["Ан"],
        "5 «А»": ["Вах"],
        "6 «А»": ["Бек"],
        "10 «А»": ["Гай", "Ель"],
    }
    look_at_the_portfolio(user)
    key(user, Qt.Key.Key_2, modifiers=CTRL)

    user.windows.desk.release()
    page = enter(user, folder)
    workspace = user.windows.desk.workspace
    assert page.message.words.startswith("Переведено ")
    assert page.move_button.text() == "Переводить некого"
    assert page.message.button.text() == "Отменить перевод"
    page.message.button.setFocus()
    key(user, Qt.Key.Key_Space)
    assert page.message.words.startswith("Отменено: Перевод на 2026/27 учебный год: 4 переведены")
    assert state(workspace) == before
    assert user.main.year.text() == "2025/26 учебный год"
    key(user, Qt.Key.Key_Escape)
    assert user.main.page.name == "pupils"


def look_at_the_portfolio(user: User) -> None:
    """The grid shows the classes of the new year, and last year's second term before it."""
    shown = user.page("portfolio")
    assert isinstance(shown, PortfolioPage)
    titles = [shown.group.itemText(number) for number in range(shown.group.count())]
    assert titles == ["1 «А»", "5 «А»", "6 «А»", "10 «А»"]
    workspace = user.windows.desk.workspace
    period = user.windows.desk.organisation.period
    sixth = shown.group.itemData(titles.index("6 «А»"))
    grid = portfolio.grid(workspace, workspace.actor, sixth, period)
    assert grid.earlier == {Cell(grid.pupils[0].id, "planning"): 2}

"""How a class stands, by keyboard: from the list of pupils, to another class, its paper, a pupil's card and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from support import CODES, mark

from profdesk.domain.people import GroupName, PersonName
from profdesk.gui.class_overview.page import ClassOverviewPage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.pupil_card.page import PupilCardPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def school(user: User, tmp_path: Path) -> None:
    """Two classes; in the second one pupil of two has stages."""
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    period = desk.organisation.period
    with desk.workspace.unit(desk.actor) as unit:
        for letter in "АБ":
            group = unit.pupils.ensure_group(GroupName(f"7 «{letter}»", 7, letter), "basic", period.year)
            for given in ("Вера", "Мария"):
                pupil = unit.pupils.add(PersonName(f"Цой{letter}", given), date(2013, 5, 6), None)
                unit.pupils.enrol(pupil, group.id, period.year)
    mark(desk.workspace, period, *((pupil, code, 3) for code in CODES))
    user.page("pupils")


def press(user: User, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the cursor is."""
    user.qtbot.keyClick(QApplication.focusWidget() or user.main, key, modifiers)
    user.wait()


def tab_to(user: User, widget: QWidget) -> None:
    for _ in range(12):
        if widget.hasFocus():
            return
        press(user, Qt.Key.Key_Tab)
    raise AssertionError(f"{widget.objectName()} is not reached by Tab")


def overview(user: User) -> ClassOverviewPage:
    shown = user.main.page
    assert isinstance(shown, ClassOverviewPage)
    return shown


def saved_words(path: Path) -> str:
    with PdfDocument(path) as document:
        return " ".join(page.get_textpage().get_text_bounded().replace("\u00a0", " ") for page in document)


@pytest.fixture
def second(user: User, school: None) -> ClassOverviewPage:
    """The overview of the second class, reached from the list of pupils."""
    press(user, Qt.Key.Key_5, CTRL)
    page = overview(user)
    assert page.group.currentText() == "7 «А»"
    assert page.complete.text() == "0 из 2"
    tab_to(user, page.group)
    press(user, Qt.Key.Key_Down)
    assert page.group.currentText() == "7 «Б»"
    return page


def test_another_class_is_looked_at_and_its_paper_saved_and_left(
    user: User, second: ClassOverviewPage, tmp_path: Path
) -> None:
    unfinished = [(pupil.name.short, state.assessed) for pupil, state in second.unfinished.rows()]
    assert sorted(unfinished) == [("ЦойБ Вера", 0), ("ЦойБ Мария", len(CODES))]
    user.given = tmp_path / "Обзор.pdf"
    press(user, Qt.Key.Key_P, CTRL)
    user.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PaperDialog))
    user.wait()
    press(user, Qt.Key.Key_S, CTRL)
    user.qtbot.waitUntil(user.given.exists)
    user.wait()
    assert "7 «Б»" in saved_words(user.given)
    press(user, Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None
    assert second.group.currentText() == "7 «Б»"


def test_whoever_is_not_finished_is_opened_and_left_again(user: User, second: ClassOverviewPage) -> None:
    tab_to(user, second.unfinished)
    press(user, Qt.Key.Key_Down)
    press(user, Qt.Key.Key_Return)
    card = user.main.page
    assert isinstance(card, PupilCardPage)
    assert card.header.title.startswith("ЦойБ")
    press(user, Qt.Key.Key_Escape)
    assert overview(user).group.currentText() == "7 «Б»"

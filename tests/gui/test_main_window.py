"""The main window: its navigation, and pages that are reached from others."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from support import organisation
from typing_extensions import override

from profdesk import app
from profdesk.domain.changes import Changes, Kind
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.nav import NavItem
from profdesk.gui.common.page import Page
from profdesk.gui.common.pages import Pages
from profdesk.gui.main_window import MainWindow
from profdesk.services import programmes


class Counting(Page):
    heard = 0

    @override
    def on_changes(self, changes: Changes) -> None:
        self.heard += 1


class First(Counting):
    name, title, icon = "first", "Первая", "student"


class Second(Counting):
    name, title, icon = "second", "Вторая", "medal"


class Card(Counting):
    name, title, icon, under = "card", "Карточка", "user", "first"


@pytest.fixture
def kept() -> list[str]:
    """The pages that were remembered for the next start."""
    return []


@pytest.fixture
def window(workspace, kept: list[str]) -> Iterator[MainWindow]:
    desk = Desk()
    desk.use(workspace, programmes.current(workspace, workspace.actor), organisation())
    pages = Pages((First, Card, Second), lambda kind: kind(desk))
    made = MainWindow(desk, pages, page="second", remember=lambda _, page: kept.append(page))
    made.show()
    yield made
    made.close()
    desk.close()
    made.deleteLater()


def pressed(window: MainWindow) -> list[str]:
    return [item.text() for item in window.nav.findChildren(NavItem) if item.isChecked()]


def test_page_under_another_is_not_in_the_navigation(window: MainWindow) -> None:
    assert window.listed == ["first", "second"]
    assert window.page.name == "second"
    window.show_page("card")
    assert pressed(window) == ["Первая"]


def test_page_under_another_leads_back_to_where_it_was_reached_from(window: MainWindow) -> None:
    for origin in ("second", "first"):
        window.show_page(origin)
        window.show_page("card")
        window.page.left.emit()
        assert window.page.name == origin
        assert pressed(window) == [window.page.title]


def test_a_page_is_made_when_it_is_first_needed(window: MainWindow) -> None:
    assert [page.name for page in window.pages] == ["second"]
    card = window.pages[Card]
    assert card.window() is window
    assert not card.isVisible()
    window.show_page("card")
    assert window.page is card
    window.page.left.emit()
    assert [page.name for page in window.pages] == ["second", "card"]


def test_changes_are_told_to_the_pages_that_are_there(window: MainWindow) -> None:
    window.show_page("first")
    window.page.desk.changed.emit(Changes.of("batch", Kind.PUPILS))
    assert window.pages[First].heard == window.pages[Second].heard == 1
    assert window.pages[Card].heard == 0


def test_next_start_opens_the_page_of_the_navigation(window: MainWindow, kept: list[str]) -> None:
    window.show_page("card")
    window.close()
    assert kept == ["first"]


def test_menus_that_qt_makes_itself_are_russian(qtbot: QtBot) -> None:
    app.application()
    line = QLineEdit("слово")
    qtbot.addWidget(line)
    words = [action.text().partition("\t")[0].replace("&", "") for action in line.createStandardContextMenu().actions()]
    assert "Копировать" in words
    assert not re.search("[A-Za-z]", "".join(words))

"""Verbs withheld for good, keys that are of no use, pages by right, and ways that lead to what is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support import organisation

from profdesk import main_pages
from profdesk.domain.access import Role
from profdesk.domain.rights import Right
from profdesk.gui.audit.page import AuditPage
from profdesk.gui.common.allowed import allow, show_only
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Page
from profdesk.gui.common.pages import Pages
from profdesk.gui.main_window import MainWindow
from profdesk.gui.settings.page import SettingsPage
from profdesk.services import programmes
from profdesk.storage.workspace import Workspace


class Plan(Page):
    name, title, icon = "plan", "План", "compass"
    help = (("Ctrl+N", "запланировать"), ("Ctrl+P", "напечатать"))
    writes = (Right.ACTIVITIES_WRITE,)
    keys_of = ((Right.ACTIVITIES_WRITE, ("Ctrl+N",)),)


@pytest.fixture
def desk(workspace: Workspace) -> Iterator[Desk]:
    made = Desk()
    made.use(workspace, programmes.current(workspace, workspace.actor), organisation())
    yield made
    made.close()


def act(desk: Desk, *roles: Role) -> None:
    desk.workspace.actor = replace(desk.workspace.actor, roles=frozenset(roles))


def test_a_withheld_verb_stays_away_whatever_is_done_with_it(desk: Desk, qtbot: QtBot) -> None:
    act(desk, Role.READER)
    home, pressed = QWidget(), []
    qtbot.addWidget(home)
    button, entry, menu = QPushButton("Добавить"), QAction("Добавить"), QMenu(home)
    QHBoxLayout(home).addWidget(button)
    key = QShortcut(QKeySequence("Ctrl+N"), home, lambda: pressed.append("key"))
    menu.addAction(entry)
    home.addAction(entry)
    button.clicked.connect(lambda: pressed.append("button"))
    home.show()
    assert not allow(desk, Right.ACTIVITIES_WRITE, button, entry, key)
    button.show()
    button.setEnabled(True)
    button.click()
    assert not button.isVisible()
    assert not menu.actions()
    assert not home.actions()
    assert not key.keys()
    assert pressed == []


def test_who_has_the_right_keeps_the_verb(desk: Desk, qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    button = QPushButton("Добавить", home)
    home.show()
    assert allow(desk, Right.ACTIVITIES_WRITE, button)
    assert button.isVisible()


def test_fields_that_are_only_read_take_nothing(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    line, text, choice = QLineEdit(home), QPlainTextEdit(home), QComboBox(home)
    show_only(home)
    assert line.isReadOnly()
    assert text.isReadOnly()
    assert not choice.isEnabled()


def test_the_window_says_that_a_page_is_only_read(desk: Desk, qtbot: QtBot) -> None:
    act(desk, Role.READER)
    window = MainWindow(desk, Pages([Plan], lambda kind: kind(desk)))
    qtbot.addWidget(window)
    assert window.status.words == "Только просмотр: права вести мероприятия у вас нет"
    assert window.page.shown_help() == (("Ctrl+P", "напечатать"),)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_has_a_page_without_the_one_it_stands_under(desk: Desk, qtbot: QtBot, role: Role) -> None:
    act(desk, role)
    pages = main_pages.pages(desk)
    for kind in pages.kinds:
        qtbot.addWidget(pages[kind])
    names = {kind.name for kind in pages.kinds}
    assert {kind.under for kind in pages.kinds if kind.under} <= names
    assert main_pages.first(desk) in {"", *(kind.name for kind in pages.kinds if not kind.under)}


def test_a_way_leads_to_a_page_that_nobody_has_needed_yet(desk: Desk, qtbot: QtBot) -> None:
    window = MainWindow(desk, main_pages.pages(desk), page="settings")
    qtbot.addWidget(window)
    (settings,) = window.pages
    assert isinstance(settings, SettingsPage)
    assert settings.leads(settings.wanted_audit)
    settings.wanted_audit.emit()
    assert isinstance(window.page, AuditPage)
    assert window.page.came_from == settings.title
    desk.settle()


def test_every_way_leads_from_a_signal_to_a_method_that_are_there() -> None:
    for way in main_pages.WAYS:
        assert hasattr(way.source, way.signal), way
        assert not way.method or callable(getattr(way.target, way.method)), way

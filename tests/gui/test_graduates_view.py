"""The view «Выпускники» over an empty school and over the demonstration's: it fits, offers, tells, keeps Qt's rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from diagnostic_room import DiagnosticRoom
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.modeltest import ModelTester
from support import YEAR

from profdesk.domain.progress import silent
from profdesk.gui.choices.graduates_view import GraduatesView
from profdesk.gui.choices.page import GRADUATES, ChoicesPage
from profdesk.services import demo, demo_graduates, demo_registers, pupils
from profdesk.storage.workspace import Workspace

TODAY = date(2026, 11, 26)


@pytest.fixture
def room(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[DiagnosticRoom]:
    monkeypatch.setattr(pupils, "today", lambda: TODAY)
    made = DiagnosticRoom(workspace, ChoicesPage)
    yield made
    made.close()


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    for year in (YEAR.previous, YEAR):
        for source in demo.lists(year):
            demo._import(workspace, source, year, lambda *_: None)
    demo_registers.fill(workspace, TODAY, silent)
    demo_graduates.write(workspace, TODAY)
    return workspace


def show(room: DiagnosticRoom) -> GraduatesView:
    room.show("choices")
    page = room.window.page
    assert isinstance(page, ChoicesPage)
    page.view.choose(GRADUATES)
    room.settle()
    return page.graduates


def test_a_school_without_graduates_says_what_to_do(room: DiagnosticRoom) -> None:
    view = show(room)
    assert view.empty.isVisible()
    assert view.empty.primary.text() == "Загрузить список…"
    assert not view.content.isVisible()
    assert not view.tools.import_button.isVisible()


def test_everything_fits_the_smallest_screen_and_the_years_are_gone_through(
    filled: Workspace, room: DiagnosticRoom, qtmodeltester: ModelTester
) -> None:
    assert filled
    view = show(room)
    assert (room.window.width(), room.window.height()) == (1366, 697)
    outer = room.window.rect()
    for widget in room.window.page.findChildren(QPushButton) + room.window.page.findChildren(QComboBox):
        if widget.isVisible():
            assert outer.contains(QRect(widget.mapTo(room.window, QPoint(0, 0)), widget.size()))
            assert widget.accessibleName() or isinstance(widget, QPushButton)
    qtmodeltester.check(view.table.model(), force_py=True)
    assert view.board.accessibleDescription().count("класса: записано") == 2
    both = [view.tools.year.itemText(at) for at in range(view.tools.year.count())]
    assert both == ["Выпуск 2026 года", "Выпуск 2025 года"]
    total = len(view.table.rows())
    view.tools.year.setCurrentIndex(1)
    view.tools.year.activated.emit(1)
    room.settle()
    assert view.open_filter.count == view.otherwise_filter.count == 0
    assert 0 < len(view.table.rows()) != total
    assert not view.message.isVisible()


def test_filters_show_what_they_count_and_one_turns_the_other_off(filled: Workspace, room: DiagnosticRoom) -> None:
    assert filled
    view = show(room)
    for filter_, other in ((view.open_filter, view.otherwise_filter), (view.otherwise_filter, view.open_filter)):
        filter_.click()
        assert len(view.table.rows()) == filter_.count > 0
        assert not other.isChecked()
    view.otherwise_filter.click()
    assert view.count.text() == "93 выпускника"
    view.table.selectAll()
    written = sum(not line.graduate.is_open for line in view.table.rows())
    assert view.mark_button.text() == f"Записать {93 - written} выпускников"
    assert not view.edit_button.isEnabled()

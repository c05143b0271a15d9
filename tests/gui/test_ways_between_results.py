"""A psychologist walks by keyboard between sheets, results, the class, the leaflet and the card, and back again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from diagnostic_school import DAY
from diagnostics_room import Room, add_class, allow
from diagnostics_room import plan as plan_session
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from profdesk.domain.people import Pupil
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.diagnostic_results.card_tab import DiagnosticsTab
from profdesk.gui.diagnostic_results.class_page import ClassResultPage
from profdesk.gui.diagnostic_results.page import ResultPage
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.gui.pupil_card.page import PupilCardPage

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pupils(workspace) -> list[Pupil]:
    made = add_class(workspace)
    allow(workspace, made)
    return made


@pytest.fixture
def room(workspace) -> Iterator[Room]:
    opened = Room(workspace)
    yield opened
    opened.close()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(room: Room, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
    """Press a key where the cursor is; gives the page that is in front then."""
    room.press(focused(), key, modifiers=modifiers)
    return room.window.page.name


def test_from_the_sheet_to_its_result_the_leaflet_the_card_and_back(room: Room, pupils: list[Pupil]) -> None:
    room.page.wanted_keying.emit(plan_session(room.workspace, "yovaysha_rezapkina_24", pupils))
    room.settle()
    keying = room.window.page
    assert isinstance(keying, KeyingPage)
    assert not keying.result.open_button.isEnabled()
    assert press(room, Key.Key_R, CTRL) == "keying"
    QTest.keyClicks(focused(), "123" * 8)
    assert press(room, Key.Key_R, CTRL) == "result"
    result = room.window.page
    assert isinstance(result, ResultPage)
    assert result.header.title == pupils[0].name.short
    press(room, Key.Key_P, CTRL)
    paper = result.findChild(PaperDialog)
    assert paper is not None
    assert paper.save_button.isEnabled(), paper.message.words
    paper.reject()
    QApplication.sendPostedEvents(paper, QEvent.Type.DeferredDelete)
    room.window.activateWindow()
    room.settle()
    result.conclusion.words.setFocus()
    assert press(room, Key.Key_K, CTRL) == "pupil-card"
    card = room.window.page
    assert isinstance(card, PupilCardPage)
    assert card.card is not None
    assert card.card.pupil.id == pupils[0].id
    assert press(room, Key.Key_Escape) == "result"
    assert press(room, Key.Key_Escape) == "keying"
    assert focused() is keying.key_desk


def test_from_the_class_to_a_pupil_and_by_the_card_back_to_the_same_result(room: Room, pupils: list[Pupil]) -> None:
    session = plan_session(room.workspace, "yovaysha_rezapkina_24", pupils)
    room.page.wanted_keying.emit(session)
    room.settle()
    QTest.keyClicks(focused(), "123" * 8)
    room.settle()
    assert press(room, Key.Key_Escape) == "diagnostics"
    room.page.wanted_results.emit(session)
    room.settle()
    whole = room.window.page
    assert isinstance(whole, ClassResultPage)
    assert press(room, Key.Key_Return) == "result"
    assert press(room, Key.Key_K, CTRL) == "pupil-card"
    card = room.window.page
    assert isinstance(card, PupilCardPage)
    tab = next(one for one in card.shown_tabs if isinstance(one, DiagnosticsTab))
    card.tabs.setCurrentIndex(card.shown_tabs.index(tab))
    room.settle()
    assert [one.held_on for one in tab.results.rows()] == [DAY]
    tab.results.setFocus()
    assert press(room, Key.Key_Return) == "result"
    assert press(room, Key.Key_Escape) == "class-result"
    assert press(room, Key.Key_Escape) == "diagnostics"


def test_no_leaflet_of_a_sheet_that_is_not_whole(room: Room, pupils: list[Pupil]) -> None:
    room.page.wanted_keying.emit(plan_session(room.workspace, "yovaysha_rezapkina_24", pupils))
    room.settle()
    QTest.keyClicks(focused(), "12")
    assert press(room, Key.Key_R, CTRL) == "result"
    result = room.window.page
    assert isinstance(result, ResultPage)
    assert not result.leaflet_button.isEnabled()
    assert result.leaflet_button.toolTip() == "Памятку печатают по полному бланку"
    press(room, Key.Key_P, CTRL)
    assert result.findChild(PaperDialog) is None

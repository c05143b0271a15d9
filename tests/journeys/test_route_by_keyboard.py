"""A route by keyboard alone: begun, written line by line, done, removed, undone, its history read and turned back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from journey_user import User
from kept_workspaces import create
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCalendarWidget, QDialog
from support import PASSWORD, YEAR

from profdesk.domain.access import NewUser
from profdesk.domain.people import GroupName, PersonName, Sex
from profdesk.domain.registers_of_pupils import PROFESSION_CHOICES
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.domain.route import LineState
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.gui.route.card_tab import RouteTab
from profdesk.gui.route.history_dialog import HistoryDialog
from profdesk.gui.route.line_editor import LineEditor
from profdesk.gui.route.line_list import RouteList
from profdesk.gui.start import opened
from profdesk.services import pupils, registers

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


@pytest.fixture
def ids(user: User, tmp_path: Path) -> list[str]:
    """A school with a class of two and a child of its kindergarten; the first of the class has chosen."""
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    workspace = create(tmp_path / "desk", owner).workspace
    with workspace.unit(workspace.actor) as unit:
        school = unit.pupils.ensure_group(GroupName("9 «А»", 9, "А"), "basic", YEAR)
        nursery = unit.pupils.ensure_group(GroupName("Подготовительная «Радуга»"), "preschool", YEAR)
        made = []
        for surname, born, group in (
            ("Абрамова", date(2011, 3, 14), school),
            ("Белова", date(2011, 6, 1), school),
            ("Ан", date(2020, 3, 14), nursery),
        ):
            made.append(unit.pupils.add(PersonName(surname, "Вера", "Ильинична"), born, Sex.FEMALE))
            unit.pupils.enrol(made[-1], group.id, YEAR)
    driver, _ = registers.add(workspace, workspace.actor, PROFESSIONS, {"title": "машинист", "industry": "Транспорт"})
    said = {"pupil_id": made[1], "profession": driver.id, "decided_on": date(2026, 10, 1), "goal": "колледж"}
    registers.add(workspace, workspace.actor, PROFESSION_CHOICES, {**said, "basis": "проба"})
    user.windows.show_main(opened.read(workspace))
    return made


@pytest.fixture
def tab(user: User, ids: list[str]) -> RouteTab:
    return route_of(user, ids, 0)


def card(user: User) -> PupilCardPage:
    page = user.page("pupil-card")
    assert isinstance(page, PupilCardPage)
    return page


def route_of(user: User, ids: list[str], number: int) -> RouteTab:
    page = card(user)
    page.choose_pupil(ids[number], ids)
    user.wait()
    place, tab = next((at, one) for at, one in enumerate(page.shown_tabs) if isinstance(one, RouteTab))
    while page.tabs.currentIndex() != place:
        key(user, Key.Key_Tab, CTRL)
    return tab


def key(user: User, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key where the cursor is."""
    window = QApplication.activePopupWidget() or QApplication.activeModalWidget() or user.main
    window.activateWindow()
    QApplication.processEvents()
    user.qtbot.keyClick(QApplication.focusWidget() or window, pressed, modifiers)
    user.wait()


def keys(user: User, *pressed: Qt.Key) -> None:
    for one in pressed:
        key(user, one)


def editor(shown: RouteList) -> LineEditor:
    assert shown.editor is not None
    return shown.editor


def said(shown: RouteList) -> list[str]:
    return [line.entry.words for line in shown.lines()]


def test_a_route_is_begun_and_written_where_the_cursor_is(user: User, tab: RouteTab) -> None:
    assert tab.empty.isVisible()
    assert tab.empty.primary.text() == "Начать: добавить дальнюю цель"
    key(user, Key.Key_N, CTRL)
    user.type(editor(tab.left_list).words, "стать врачом")
    keys(user, Key.Key_Tab, Key.Key_Tab)
    user.type(editor(tab.left_list).way, "химия и биология")
    key(user, Key.Key_Return)
    assert tab.left_list.editor is None
    assert said(tab.left_list) == ["стать врачом"]
    assert tab.left_list.hasFocus()
    assert user.main.page.status().undo == "маршрут, Абрамова Вера: добавлено «стать врачом»"
    keys(user, Key.Key_Down, Key.Key_Down, Key.Key_Down)
    key(user, Key.Key_N, CTRL)
    assert editor(tab.left_list).words_label.text() == "Шаг"
    user.type(editor(tab.left_list).words, "день открытых дверей")
    key(user, Key.Key_Return)
    key(user, Key.Key_Right)
    assert tab.right_list.hasFocus()
    key(user, Key.Key_Down)
    key(user, Key.Key_Return)
    assert not editor(tab.right_list).due.isVisible()
    user.type(editor(tab.right_list).words, "не хватает баллов")
    key(user, Key.Key_Tab)
    user.type(editor(tab.right_list).way, "занятия по средам")
    key(user, Key.Key_Return)
    assert [(line.entry.words, line.entry.way) for line in tab.right_list.lines()] == [
        ("не хватает баллов", "занятия по средам")
    ]
    key(user, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "не хватает баллов. Как её обойти: занятия по средам"
    key(user, Key.Key_Left)
    assert tab.left_list.hasFocus()


def test_a_day_is_typed_or_taken_from_the_calendar_and_an_impossible_one_is_told(user: User, tab: RouteTab) -> None:
    tab.empty.primary.setFocus()
    key(user, Key.Key_Space)
    key(user, Key.Key_Return)
    shown = editor(tab.left_list)
    assert shown.note.words == "Напишите словами, о чём эта строка."
    assert shown.words.hasFocus()
    user.type(shown.words, "проба")
    key(user, Key.Key_Tab)
    user.type(shown.due, "31.02.2027")
    key(user, Key.Key_Return)
    assert shown.note.words.startswith("Дата не понята: «31.02.2027».")
    assert shown.due.hasFocus()
    shown.due.clear()
    user.type(shown.due, "1.2.1999")
    key(user, Key.Key_Return)
    assert shown.note.words.startswith("Срок раньше дня рождения")
    shown.due.clear()
    key(user, Key.Key_Down, ALT)
    assert any(one.isVisible() for one in shown.due.findChildren(QCalendarWidget))
    key(user, Key.Key_Return)
    assert shown.due.hasFocus()
    key(user, Key.Key_Return)
    (line,) = tab.left_list.lines()
    assert line.entry.due == pupils.today()


def test_lines_are_done_changed_removed_and_turned_back(user: User, tab: RouteTab) -> None:
    late = pupils.today() - timedelta(days=12)
    key(user, Key.Key_N, CTRL)
    user.type(editor(tab.left_list).words, "стать блогером")
    key(user, Key.Key_Return)
    tab.left_list.setFocus()
    key(user, Key.Key_End)
    key(user, Key.Key_Return)
    user.type(editor(tab.left_list).words, "олимпиада")
    key(user, Key.Key_Tab)
    user.type(editor(tab.left_list).due, f"{late:%d.%m.%Y}")
    key(user, Key.Key_Return)
    assert tab.summary.text() == "1 шаг, сделано 0, просрочено 1"
    assert tab.left_list.currentIndex().data() == "олимпиада, просрочено на 12 дней"
    key(user, Key.Key_Space)
    assert tab.summary.text() == "1 шаг, сделано 1"
    key(user, Key.Key_Home)
    key(user, Key.Key_Return)
    editor(tab.left_list).words.clear()
    user.type(editor(tab.left_list).words, "стать журналистом")
    key(user, Key.Key_Return)
    key(user, Key.Key_Delete)
    assert said(tab.left_list) == ["олимпиада"]
    assert tab.message.words.startswith("Убрано: дальняя цель «стать журналистом».")
    for expected in (
        ["стать журналистом", "олимпиада"],
        ["стать блогером", "олимпиада"],
    ):
        key(user, Key.Key_Z, CTRL)
        assert said(tab.left_list) == expected
    key(user, Key.Key_Z, CTRL)
    assert tab.left_list.lines()[1].state is LineState.OPEN
    key(user, Key.Key_Y, CTRL)
    assert tab.left_list.lines()[1].state is LineState.DONE
    key(user, Key.Key_Y, CTRL)
    assert said(tab.left_list) == ["стать журналистом", "олимпиада"]


def test_history_tells_from_what_to_what_and_gives_back_what_was_removed(user: User, tab: RouteTab) -> None:
    key(user, Key.Key_N, CTRL)
    user.type(editor(tab.left_list).words, "стать блогером")
    key(user, Key.Key_Return)
    key(user, Key.Key_Return)
    editor(tab.left_list).words.clear()
    user.type(editor(tab.left_list).words, "стать журналистом")
    key(user, Key.Key_Return)
    key(user, Key.Key_Delete)
    assert tab.sheet.isVisible()
    key(user, Key.Key_H, CTRL)
    (dialog,) = tab.findChildren(HistoryDialog)
    shown = [(dialog.table.model().index(row, 2).data()) for row in range(3)]
    assert shown == ["убрано", "было «стать блогером»", "добавлено"]
    user.press(dialog.back_button, Key.Key_Space)
    assert said(tab.left_list) == ["стать журналистом"]


def test_what_was_typed_is_kept_when_the_next_pupil_is_shown(user: User, ids: list[str], tab: RouteTab) -> None:
    key(user, Key.Key_N, CTRL)
    user.type(editor(tab.left_list).words, "стать врачом")
    key(user, Key.Key_Down, ALT)
    assert card(user).card.pupil.id == ids[1]  # type: ignore[union-attr]
    assert tab.left_list.lines() == []
    assert tab.empty.isVisible()
    key(user, Key.Key_Up, ALT)
    assert said(tab.left_list) == ["стать врачом"]


def test_what_was_typed_wrong_is_told_when_the_next_pupil_is_shown(user: User, tab: RouteTab) -> None:
    key(user, Key.Key_N, CTRL)
    user.type(editor(tab.left_list).words, "стать врачом")
    key(user, Key.Key_Tab)
    user.type(editor(tab.left_list).due, "31.02.2027")
    editor(tab.left_list).words.setFocus()
    key(user, Key.Key_Down, ALT)
    assert tab.message.words.startswith("Абрамова Вера: «стать врачом» не записано. Дата не понята: «31.02.2027».")
    assert tab.message.isVisible()
    key(user, Key.Key_Up, ALT)
    assert tab.left_list.lines() == []
    assert not tab.message.isVisible()


def test_everything_is_in_sight_on_the_smallest_screen(user: User, tab: RouteTab) -> None:
    user.main.resize(1366, 697)
    key(user, Key.Key_N, CTRL)
    user.wait()
    shown = editor(tab.left_list)
    for part in (tab.history_button, tab.print_button, shown.words, shown.due, shown.way, shown.save_button):
        assert part.isVisible()
        assert user.main.rect().contains(part.mapTo(user.main, part.rect().bottomRight()))
        assert part.width() >= part.minimumSizeHint().width()


def test_esc_leaves_a_line_as_it_was_and_stays_on_the_card(user: User, tab: RouteTab) -> None:
    key(user, Key.Key_N, CTRL)
    user.type(editor(tab.left_list).words, "стать врачом")
    key(user, Key.Key_Escape)
    assert user.main.page.name == "pupil-card"
    assert tab.left_list.editor is None
    assert tab.left_list.lines() == []
    assert tab.left_list.hasFocus()


def test_a_recorded_choice_is_taken_into_the_route_at_once(user: User, ids: list[str]) -> None:
    tab = route_of(user, ids, 1)
    assert tab.empty.quiet.text() == "Взять из выбора 1 строку"
    assert tab.empty.quiet.toolTip() == "профессия: машинист"
    user.press(tab.empty.quiet, Key.Key_Space)
    assert said(tab.left_list) == ["Профессия: машинист"]
    assert not tab.offer.isVisible()
    key(user, Key.Key_Z, CTRL)
    assert tab.empty.isVisible()


def test_the_route_is_printed_by_a_key_of_its_own(user: User, tab: RouteTab) -> None:
    key(user, Key.Key_N, CTRL)
    user.type(editor(tab.left_list).words, "стать врачом")
    key(user, Key.Key_Return)
    key(user, Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)
    (dialog,) = tab.findChildren(PaperDialog)
    assert dialog.heading.text() == "Маршрут, Абрамова Вера"
    with PdfDocument(dialog._data) as pdf:
        assert len(pdf) == 1
        assert "стать врачом" in pdf[0].get_textpage().get_text_range()
    dialog.done(QDialog.DialogCode.Rejected)


def test_a_small_child_has_dreams_and_no_professional_plan(user: User, ids: list[str]) -> None:
    tab = route_of(user, ids, 2)
    assert tab.empty.primary.text() == "Начать: добавить мечту"
    key(user, Key.Key_N, CTRL)
    assert not editor(tab.left_list).due.isVisible()
    user.type(editor(tab.left_list).words, "стать пожарным")
    key(user, Key.Key_Return)
    titles = [tab.left_list.model().index(row, 0).data() for row in range(tab.left_list.model().rowCount())]
    assert titles[:2] == ["Мечты", "стать пожарным"]

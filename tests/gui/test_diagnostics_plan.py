"""The journal of sessions and planning one: who may be in it, consents entered in one act, what the journal says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from diagnostics_room import DAY, Room, add_class, allow, plan
from paper_checks import raw_pages
from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support import YEAR

from profdesk import main_pages
from profdesk.domain.access import Role
from profdesk.domain.diagnostics import Attendance
from profdesk.domain.people import GroupName
from profdesk.gui.common.consents_dialog import ConsentsDialog
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.diagnostic_results.class_page import ClassResultPage
from profdesk.services import diagnostic_papers, diagnostics, instruments


@pytest.fixture
def room(workspace) -> Iterator[Room]:
    opened = Room(workspace)
    yield opened
    opened.close()


def open_plan(room: Room, code: str):
    view = room.page.plan
    room.page.show_plan()
    room.settle()
    view.day.setDate(QDate(DAY.year, DAY.month, DAY.day))
    view.instruments.choose(instruments.called(code).digest)
    room.settle()
    return view


def test_empty_page_says_what_to_do_first(room: Room) -> None:
    journal = room.page.journal
    assert journal.empty.primary.text() == "К обучающимся"
    add_class(room.workspace)
    journal.read()
    room.settle()
    assert not journal.table.isVisible()
    assert journal.empty.primary.text() == "Новый сеанс…"
    journal.empty.primary.click()
    room.settle()
    assert room.page.views.currentWidget() is room.page.plan


def test_nobody_without_consent_is_planned_until_it_is_entered(room: Room) -> None:
    add_class(room.workspace)
    view = open_plan(room, "ddo_klimov_20")
    assert not view.plan_button.isEnabled()
    assert view.pupils.count.text() == "отмечено 0 из 3"
    view.pupils.consents_button.click()
    dialog = room.page.findChild(ConsentsDialog)
    assert dialog is not None
    assert not dialog.save_button.isEnabled()
    room.press(dialog.table, Qt.Key.Key_Space)
    room.press(dialog.table, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert dialog.save_button.text() == "Записать согласия: 2"
    QTest.keyClicks(dialog.number, "15-a")
    dialog.limited.click()
    room.press(dialog.save_button, Qt.Key.Key_Space)
    assert [pupil.name.surname for pupil in view.pupils.checked()] == ["Алексеева", "Баранов"]
    assert view.plan_button.text() == "Запланировать: 2 бланка"
    QTest.keyClicks(view.place, "12")
    room.press(view.plan_button, Qt.Key.Key_Space)
    found = room.session()
    assert [one.pupil.name.surname for one in found.sheets] == ["Алексеева", "Баранов"]
    assert (found.session.held_on, found.session.place, found.session.group_title) == (DAY, "12", "8 «Б»")
    assert room.page.journal.table.row().session == found.session
    assert room.page.journal.message.words == "Сеанс запланирован на 20.11.2026."
    page = room.page
    page.journal.message.button.click()
    room.settle()
    assert room.window.page.name == "keying"
    assert page.journal.message.words == ""


def test_chosen_pupils_of_a_class(room: Room) -> None:
    there = add_class(room.workspace)
    allow(room.workspace, there)
    view = open_plan(room, "ddo_klimov_20")
    assert not view.pupils.consents_button.isVisible()
    view.pupils.table.choose(there[1].id)
    room.press(view.pupils.table, Qt.Key.Key_Space)
    assert view.plan_button.text() == "Запланировать: 2 бланка"
    room.press(view.plan_button, Qt.Key.Key_Space)
    assert [one.pupil.id for one in room.session().sheets] == [there[0].id, there[2].id]


def test_pupils_of_several_classes_are_planned_by_keyboard_and_told_with_their_class(room: Room, tmp_path) -> None:
    first, second = add_class(room.workspace), add_class(room.workspace, 2, GroupName("9 «А»", 9, "А"))
    allow(room.workspace, [*first, second[0]])
    view = open_plan(room, "yovaysha_rezapkina_24")
    choice = view.pupils
    assert view.plan_button.text() == "Запланировать: 3 бланка"
    choice.table.choose(first[1].id)
    room.press(choice.table, Qt.Key.Key_Space)
    assert [action.text() for action in choice.more.actions()] == ["9 «А»"]
    choice.more_button.setFocus()
    QTimer.singleShot(0, lambda: QTest.keyClick(choice.more, Qt.Key.Key_Down))
    QTimer.singleShot(0, lambda: QTest.keyClick(choice.more, Qt.Key.Key_Return))
    room.press(choice.more_button, Qt.Key.Key_Space)
    assert choice.more_button.text() == "и ещё 1"
    assert [one.id for one in choice.checked()] == [first[0].id, first[2].id, second[0].id]
    room.press(choice.consents_button, Qt.Key.Key_Space)
    dialog = room.page.findChild(ConsentsDialog)
    assert dialog is not None
    model = dialog.table.model()
    assert [model.cell(0, column).text for column in (1, 2)] == [second[1].name.full, "9 «А»"]
    room.press(dialog.table, Qt.Key.Key_Space)
    room.press(dialog.save_button, Qt.Key.Key_Space)
    assert view.plan_button.text() == "Запланировать: 4 бланка"
    room.press(view.plan_button, Qt.Key.Key_Space)
    found = room.session()
    assert found.session.group_title == "8 «Б», 9 «А»"
    assert [one.pupil.id for one in found.sheets] == [first[0].id, first[2].id, second[0].id, second[1].id]
    actor, instrument = room.workspace.actor, instruments.called("yovaysha_rezapkina_24")
    for one in found.sheets:
        diagnostics.put_answers(
            room.workspace, actor, instrument, one.sheet.id, dict.fromkeys(range(1, instrument.items + 1), "a")
        )
    sheets, report, protocol = (
        raw_pages(paper(room.workspace, actor, found.session.id), tmp_path)
        for paper in (diagnostic_papers.answer_sheets, diagnostic_papers.class_report, diagnostic_papers.protocol)
    )
    assert ["9 «А»" in page for page in sheets] == [False, False, True, True]
    assert all(f"({title})" in " ".join(report) for title in ("8 «Б»", "9 «А»"))
    assert f"{second[0].name.full}, 9 «А»" in " ".join(protocol)
    room.page.wanted_results.emit(found.session.id)
    room.settle()
    whole = room.window.page
    assert isinstance(whole, ClassResultPage)
    whole.order.choose("pupil")
    groups = {whole.lists.model().cell(row, 1).text for row in range(4)}
    assert groups == {"8 «Б»", "9 «А»"}


def test_instrument_tells_its_facts_and_its_open_conflict(room: Room) -> None:
    view = open_plan(room, "holland_42")
    assert "42 вопроса, выбор ответа" in view.facts.text()
    assert "ключ: исправленный ключ" in view.facts.text()
    assert view.confidence.words == "достоверность средняя"
    assert view.caution.isVisible()
    view.instruments.choose(instruments.called("ddo_klimov_20").digest)
    assert not view.caution.isVisible()


def test_escape_leads_back_to_the_journal(room: Room) -> None:
    add_class(room.workspace)
    view = open_plan(room, "ddo_klimov_20")
    room.press(view.instruments, Qt.Key.Key_Escape)
    assert room.page.views.currentWidget() is room.page.journal


def test_journal_shows_states_and_is_searched(room: Room, qtmodeltester: ModelTester) -> None:
    workspace, actor = room.workspace, room.workspace.actor
    there = add_class(workspace, 4)
    allow(workspace, there)
    first = plan(workspace, "ddo_klimov_20", there)
    plan(workspace, "opg_42", there[:1])
    sheets = [one.sheet.id for one in diagnostics.session(workspace, actor, first).sheets]
    instrument = instruments.called("ddo_klimov_20")
    diagnostics.put_answers(workspace, actor, instrument, sheets[0], dict.fromkeys(range(1, 21), "a"))
    diagnostics.put_answers(workspace, actor, instrument, sheets[1], {1: "a"})
    diagnostics.mark_attendance(workspace, actor, sheets[2], Attendance.REFUSED)
    journal = room.page.journal
    journal.read()
    room.settle()
    model = journal.table.model()
    qtmodeltester.check(model, force_py=True)
    row = next(at for at in range(2) if model.index(at, 1).data() == "ДДО, 20 пар")
    cells = [model.cell(row, column) for column in range(model.columnCount())]
    assert [cell.text for cell in cells] == [
        "20.11.2026",
        "ДДО, 20 пар",
        "8 «Б»",
        "введено 1 из 3",
        "каб. 12",
        "идёт ввод",
    ]
    assert cells[3].second == "неполный 1, отказ 1"
    journal.search_field.setText("опг каб")
    assert [one.instrument.code for one in journal.table.rows()] == ["opg_42"]
    assert journal.count.text() == "найдено 1, всего 2 сеанса"


def test_journal_of_the_year_is_shown_before_it_is_printed(room: Room, qtbot: QtBot) -> None:
    pupils = add_class(room.workspace)
    allow(room.workspace, pupils)
    plan(room.workspace, "ddo_klimov_20", pupils)
    room.page.journal.read()
    room.settle()
    QTest.keyClick(room.page.journal.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: room.page.findChild(PaperDialog) is not None)
    room.settle()
    paper = room.page.findChild(PaperDialog)
    assert paper is not None
    assert paper.heading.text() == "Журнал сеансов, 2026/27 учебный год"
    assert paper.save_button.isEnabled()
    paper.reject()


def test_year_without_sessions_can_be_left_for_one_with_them(room: Room) -> None:
    there = add_class(room.workspace)
    allow(room.workspace, there)
    plan(room.workspace, "ddo_klimov_20", there)
    journal = room.page.journal
    journal.read(YEAR.next.start)
    room.settle()
    assert not journal.table.isVisible()
    assert [journal.year.itemText(at) for at in range(2)] == ["2027/28 учебный год", "2026/27 учебный год"]
    journal.year.setCurrentIndex(1)
    journal.year.activated.emit(1)
    room.settle()
    assert len(journal.table.rows()) == 1


def test_others_have_no_such_page(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "diagnostics" in room.window.listed
    opened = room.workspace
    monkeypatch.setattr(opened, "actor", replace(opened.actor, roles=frozenset({Role.TEACHER})))
    assert "diagnostics" not in [kind.name for kind in main_pages.pages(room.desk).kinds]

"""The page «Реестры» over the registers of the demonstration school: found, ordered, told, fitted, checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from diagnostic_room import DiagnosticRoom
from PySide6.QtCore import QDate, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QCheckBox, QComboBox, QLineEdit, QToolTip
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support import YEAR

from profdesk.domain import register_state
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.domain.register import FieldKind, Register
from profdesk.domain.registers import AGREEMENTS, ALL, DOCUMENTS, PARTNERS, STAFF, TRAININGS, WEB_PAGES, WORKING_GROUP
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS
from profdesk.domain.registers_of_work import DEMAND, PROFESSIONS
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.entry_dialog import EntryDialog
from profdesk.gui.common.table_paint import RowDelegate
from profdesk.gui.registers import rows
from profdesk.gui.registers.page import RegistersPage
from profdesk.services import demo_registers, pupils, registers
from profdesk.storage.workspace import Workspace

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def room(workspace: Workspace) -> Iterator[DiagnosticRoom]:
    demo_registers.fill(workspace, pupils.today(), lambda _done, _total: None)
    made = DiagnosticRoom(workspace, RegistersPage)
    made.show("registers")
    yield made
    made.close()


@pytest.fixture
def page(room: DiagnosticRoom) -> RegistersPage:
    return room.window.pages[RegistersPage]


def show(room: DiagnosticRoom, page: RegistersPage, register: Register) -> None:
    page.list.show_register(register)
    room.settle()


def titles(page: RegistersPage) -> list[str]:
    return [row.title for row in page.list.table.rows()]


def heads(page: RegistersPage) -> list[str]:
    header = page.list.table.model()
    return [header.headerData(at, Qt.Orientation.Horizontal) for at in range(header.columnCount())]


def order_by(page: RegistersPage, head: str) -> None:
    page.list.table.horizontalHeader().sectionClicked.emit(heads(page).index(head))


def edit(room: DiagnosticRoom, page: RegistersPage) -> EntryDialog:
    page.list.table.choose_first()
    page.acts.edit()
    room.settle()
    assert page.acts.dialog is not None
    return page.acts.dialog


def test_a_pupil_with_a_new_name_is_called_by_it(room: DiagnosticRoom, page: RegistersPage) -> None:
    workspace, actor = page.desk.workspace, page.desk.actor
    entry = PupilEntry("Ан", "Мария", "", "06.05.2011", None, "9 «А»")
    step, _ = pupils.add(workspace, actor, entry, YEAR)
    won = {"title": "Кросс", "kind": "sport", "level": "organisation", "place": "prize", "held_on": date(2025, 9, 1)}
    registers.add(workspace, actor, ACHIEVEMENTS, {"pupil_id": step.records[0], **won})
    show(room, page, ACHIEVEMENTS)
    assert titles(page) == ["Ан Мария, 9 «А», Кросс"]
    renamed = replace(entry, surname="Анина")
    page.desk.write(lambda: pupils.edit(workspace, actor, step.records[0], renamed, YEAR), owner=page, done=print)
    room.settle()
    assert titles(page) == ["Анина Мария, 9 «А», Кросс"]


def test_every_register_is_listed_with_its_count_and_shown(
    room: DiagnosticRoom, page: RegistersPage, qtmodeltester: ModelTester
) -> None:
    counts = registers.counts(page.desk.workspace, page.desk.actor)
    listed = [row for row in page.list.choice.rows() if isinstance(row, rows.RegisterRow)]
    assert {row.register.code: row.count for row in listed} == dict(counts)
    qtmodeltester.check(page.list.table.model(), force_py=True)
    for register in ALL.values():
        show(room, page, register)
        assert len(page.list.table.rows()) == counts[register.code]
        assert page.list.count.text() == register.counted(counts[register.code])
        assert page.list.about.text() == register.about
        assert page.list.add_button.text() == f"Добавить {register.whom}"


def test_search_finds_any_word_of_any_field_and_takes_e_for_yo(room: DiagnosticRoom, page: RegistersPage) -> None:
    show(room, page, PARTNERS)
    for words, found in {
        "КРЕПЕЖ": "Завод «Северный крепёж»",
        "пологов участ": "Завод «Северный крепёж»",
        "park.example": "Детский технопарк «Высота»",
        "сменная": "Завод «Северный крепёж»",
    }.items():
        page.list.search_field.setText(words)
        assert titles(page) == [found]
    page.list.search_field.setText("нет такого")
    assert page.list.table.nothing == "По запросу «нет такого» здесь ничего нет"
    QTest.keyClick(page.list.search_field, Qt.Key.Key_Escape)
    assert len(titles(page)) == 8


def test_days_and_numbers_are_ordered_as_such(room: DiagnosticRoom, page: RegistersPage) -> None:
    show(room, page, DOCUMENTS)
    order_by(page, "Дата")
    days = [row.entry.values["dated"] for row in page.list.table.rows()]
    assert days == sorted(days)
    assert [f"{day:%d.%m.%Y}" for day in days] != sorted(f"{day:%d.%m.%Y}" for day in days)
    show(room, page, TRAININGS)
    order_by(page, "Часов")
    hours = [row.entry.values["hours"] for row in page.list.table.rows()]
    assert hours == sorted(hours)
    order_by(page, "Часов")
    assert [row.entry.values["hours"] for row in page.list.table.rows()] == sorted(hours, reverse=True)


def test_what_ends_has_ended_or_is_forgotten_is_told(room: DiagnosticRoom, page: RegistersPage) -> None:
    show(room, page, AGREEMENTS)
    order_by(page, "Срок")
    told = [row.state.words for row in page.list.table.rows() if row.state]
    assert told == ["истёк", "кончается через 19 дней"]
    page.list.search_field.setText("истек")
    assert titles(page) == ["7-п, Детский технопарк «Высота»"]
    page.list.search_field.clear()
    show(room, page, WEB_PAGES)
    assert [row.state.words for row in page.list.table.rows() if row.state] == ["не проверена в этом учебном году"]
    show(room, page, STAFF)
    assert {row.title for row in page.list.table.rows() if row.past} == {
        "Борисихина Алла Петровна", "Ожегова Зинаида Кирилловна",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "истёк"), (0, "кончается сегодня"), (1, "кончается через 1 день"), (60, "кончается через 60 дней"), (61, "")],
)
def test_end_of_an_agreement_is_spoken_of_in_time(days: int, words: str) -> None:
    today = date(2026, 11, 25)
    found = register_state.state(AGREEMENTS, {"valid_until": today + timedelta(days=days)}, today, YEAR)
    assert (found.words if found else "") == words
    assert register_state.state(AGREEMENTS, {"valid_until": None}, today, YEAR) is None
    assert register_state.is_past(WORKING_GROUP, {"until": today}, today)
    assert not register_state.is_past(STAFF, {"left_on": None}, today)


def test_columns_fit_and_names_stay(page: RegistersPage) -> None:
    for register in ALL.values():
        book = registers.book(page.desk.workspace, page.desk.actor, register)
        there = rows.rows(book, pupils.today(), YEAR)
        texts = {field.title for field in register.fields if field.kind is FieldKind.TEXT}
        names = {field.title for field in register.fields if field.names}
        for width in (500, 856, 1600):
            made = rows.columns(register, there, width)
            assert [column.width for column in made].count(0) == 1
            assert sum(column.width for column in made) < width
            assert not {column.title for column in made} & texts
            assert width == 500 or names <= {column.title for column in made}


def test_wider_window_shows_more_columns(room: DiagnosticRoom, page: RegistersPage) -> None:
    show(room, page, PARTNERS)
    assert "Сайт" not in heads(page)
    page.list.table.choose_first()
    chosen = page.list.table.row()
    room.window.resize(1900, 900)
    room.settle()
    assert "Сайт" in heads(page)
    assert page.list.table.row() is chosen


def test_rows_are_copied_and_cut_words_told_by_the_tip(room: DiagnosticRoom, page: RegistersPage) -> None:
    show(room, page, PARTNERS)
    page.list.table.selectAll()
    QTest.keyClick(page.list.table, Qt.Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 8
    assert lines[0].startswith("Ателье «Лён и нить»\tпредприятие\tСуворкова Мария Петровна, мастер\t2-33-09")
    table = page.list.table
    index = table.model().index(0, heads(page).index("С кем говорить"))
    area = table.visualRect(index)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, area.center(), table.viewport().mapToGlobal(area.center()))
    delegate = table.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    QApplication.sendEvent(table.viewport(), event)
    assert "Суворкова Мария Петровна, мастер" in QToolTip.text()
    QToolTip.hideText()


def test_professions_dialog_has_an_input_for_every_field_and_fits(room: DiagnosticRoom, page: RegistersPage) -> None:
    show(room, page, PROFESSIONS)
    dialog = edit(room, page)
    assert list(dialog.rows) == [field.code for field in PROFESSIONS.fields]
    assert dialog.heading.text() == "агроном"
    assert dialog.height() <= 660
    assert dialog.rows["subject"].typed == 1
    for row in dialog.rows.values():
        assert row.box.accessibleName() == row.field.title
        assert row.box.width() > 300
    dialog.reject()


def test_tab_goes_through_the_fields_in_their_order(room: DiagnosticRoom, page: RegistersPage) -> None:
    show(room, page, STAFF)
    dialog = edit(room, page)
    dialog.activateWindow()
    dialog.rows["name"].box.setFocus()
    seen = []
    for _ in range(len(dialog.rows) + 2):
        focus = dialog.focusWidget()
        assert focus is not None
        seen.append(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert seen == [*(field.code for field in STAFF.fields), "leave_button", "save_button"]
    dialog.reject()


def test_esc_asks_only_if_something_was_typed(room: DiagnosticRoom, page: RegistersPage) -> None:
    show(room, page, STAFF)
    dialog = edit(room, page)
    flag = dialog.rows["involved"].box
    assert isinstance(flag, QCheckBox)
    flag.toggle()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.message.words.startswith("Введённое не записано.")
    flag.toggle()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    room.settle()
    dialog = edit(room, page)
    dialog.rows["note"].put("новая")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    room.settle()
    assert registers.book(page.desk.workspace, page.desk.actor, STAFF).entries[0].values["note"] != "новая"


def test_problem_is_told_beside_its_field_and_goes_when_mended(room: DiagnosticRoom, page: RegistersPage) -> None:
    show(room, page, DEMAND)
    dialog = edit(room, page)
    year = dialog.rows["year"].box
    assert isinstance(year, QLineEdit)
    year.clear()
    QTest.keyClicks(year, "20x")
    QTest.keyClick(year, Qt.Key.Key_Return)
    assert dialog.rows["year"].note.words == "Нужно целое число вместо «20x»."
    assert dialog.focusWidget() is year
    QTest.keyClick(year, Qt.Key.Key_Backspace)
    QTest.keyClicks(year, "26")
    assert dialog.rows["year"].note.words == ""
    dialog.reject()
    dialog.reject()


def test_links_are_narrowed_by_any_part_of_a_name(room: DiagnosticRoom, page: RegistersPage) -> None:
    show(room, page, AGREEMENTS)
    dialog = edit(room, page)
    combo = dialog.rows["partner"].box
    assert isinstance(combo, QComboBox)
    line = combo.lineEdit()
    assert line is not None
    line.setText("крепеж")
    line.textEdited.emit("крепеж")
    completer = line.completer()
    assert completer is not None
    offered = completer.model()
    words = [offered.index(at, 0).data() for at in range(offered.rowCount())]
    assert words == ["Завод «Северный крепёж»", "Добавить партнёра…"]
    completer.popup().setCurrentIndex(offered.index(0, 0))
    completer.activated.emit(words[0])
    room.settle()
    assert combo.currentText() == "Завод «Северный крепёж»"
    dialog.save_button.click()
    room.settle()
    assert titles(page)[0].endswith("Завод «Северный крепёж»")


def test_day_is_taken_from_the_calendar(room: DiagnosticRoom, page: RegistersPage, qtbot: QtBot) -> None:
    show(room, page, WEB_PAGES)
    dialog = edit(room, page)
    day = dialog.rows["checked_on"].box
    QTest.keyClick(day, Qt.Key.Key_Down, ALT)
    calendar = day.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    calendar.activated.emit(QDate(2026, 11, 20))
    assert dialog.rows["checked_on"].read() == date(2026, 11, 20)
    dialog.rows["checked_on"].put(None)
    assert dialog.rows["checked_on"].read() is None
    dialog.reject()
    dialog.reject()


def test_register_is_written_as_a_workbook_that_changes_nothing_when_loaded(
    room: DiagnosticRoom, page: RegistersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(room, page, PARTNERS)
    target = tmp_path / "партнёры.xlsx"
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: target)
    page.export()
    room.settle()
    assert page.list.message.words == f"Сохранено: {target}."
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(target))])
    at, copy, left, none = (
        QPointF(300, 300),
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier(0),
    )
    QApplication.sendEvent(page, QDragEnterEvent(at.toPoint(), copy, mime, left, none))
    QApplication.sendEvent(page, QDropEvent(at, copy, mime, left, none))
    room.settle()
    assert page.views.currentWidget() is page.preview
    assert page.preview.same_filter.count == page.preview.all_filter.count == 8
    assert page.preview.load_button.text() == "Загружать нечего"
    page.preview.header.back_pressed.emit()
    assert page.views.currentWidget() is page.list

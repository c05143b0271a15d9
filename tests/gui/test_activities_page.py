"""The page «Пробы и события»: planned, held, changed, taken away and put back, found, undone by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from diagnostic_room import DiagnosticRoom
from portfolio_class import add_class
from pypdfium2 import PdfDocument
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.modeltest import ModelTester
from support import FIRST, YEAR

from profdesk.domain.activities import Activity, ActivityEntry, Audience, Presence, State
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import Group, GroupName
from profdesk.domain.registers import PARTNERS
from profdesk.domain.registers_of_work import TRIALS
from profdesk.gui.activities.activity_dialog import ActivityDialog
from profdesk.gui.activities.attendance_dialog import AttendanceDialog
from profdesk.gui.activities.page import CALENDAR, LIST, ActivitiesPage
from profdesk.gui.activities.stages_dialog import StagesDialog
from profdesk.gui.common.columns import Heading
from profdesk.gui.common.paper import PaperDialog
from profdesk.services import activities, portfolio, pupils, registers
from profdesk.storage.workspace import Workspace

CTRL = Qt.KeyboardModifier.ControlModifier
NINTH = GroupName("9 «А»", 9, "А")
TODAY = date(2026, 11, 25)
DAY = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pupils, "today", lambda: TODAY)


@pytest.fixture
def group(workspace: Workspace) -> Group:
    return add_class(workspace, 4, NINTH)[0]


@pytest.fixture
def room(workspace: Workspace, group: Group) -> Iterator[DiagnosticRoom]:
    made = DiagnosticRoom(workspace, ActivitiesPage)
    made.show("activities")
    yield made
    made.close()


@pytest.fixture
def page(room: DiagnosticRoom) -> ActivitiesPage:
    return room.window.pages[ActivitiesPage]


def dialog(room: DiagnosticRoom, kind: type[QDialog]):
    room.settle()
    (found,) = [one for one in room.window.findChildren(kind) if one.isVisible()]
    found.activateWindow()
    return found


def plan(room: DiagnosticRoom, group: Group, title: str, day: date = DAY, **more: object) -> Activity:
    workspace = room.desk.workspace
    entry = replace(ActivityEntry("excursion", title, day, groups=(group.id,)), **more)
    made, changes = activities.write(workspace, workspace.actor, entry)
    tell(room, changes)
    return made


def tell(room: DiagnosticRoom, changes: Changes) -> None:
    room.desk.changed.emit(changes)
    room.settle()


def kept(page: ActivitiesPage) -> tuple[Activity, ...]:
    return activities.plan(page.desk.workspace, page.desk.actor, YEAR).activities


def test_a_trial_is_planned_from_the_register_and_undone_by_name(
    room, page: ActivitiesPage, group: Group, qtmodeltester: ModelTester
) -> None:
    workspace = room.desk.workspace
    partner, _ = registers.add(workspace, workspace.actor, PARTNERS, {"name": "Завод «Крепёж»", "kind": "enterprise"})
    values = {
        "title": "Собери щит",
        "level": "basic",
        "hours": 4,
        "partner": partner.id,
        "profession": "network-doctor",
    }
    trial, changes = registers.add(workspace, workspace.actor, TRIALS, values)
    tell(room, changes)
    assert page.empty.isVisible()
    page.empty.primary.click()
    form = dialog(room, ActivityDialog)
    form.save_button.click()
    assert form.name_note.words.startswith("Напишите, что это")
    form.kind.setCurrentIndex(form.kind.findData("trial"))
    form.trial.setCurrentIndex(form.trial.findData(trial.id))
    assert (form.name.text(), form.hours.text(), form.partner.currentText()) == ("Собери щит", "4", "Завод «Крепёж»")
    assert form.professions.keys == ("network-doctor",)
    form.day.setDate(QDate(2026, 10, 12))
    assert form.last_day.date() == form.day.date()
    form.at.setText("9.05")
    QTest.keyClick(form.invited.groups, Qt.Key.Key_Space)
    assert form.invited.count.text() == "1 класс, 4 ученика"
    form.save_button.click()
    room.settle()
    (made,) = kept(page)
    assert made.entry == ActivityEntry(
        "trial", "Собери щит", DAY, at="9:05", hours=4, direction="education", partner=partner.id, trial=trial.id,
        professions=("network-doctor",), groups=(group.id,),
    )  # fmt: skip
    qtmodeltester.check(page.table.model(), force_py=True)
    assert page.table.row() == made
    assert page.status().undo == "запланировано «Собери щит»"
    page.undo()
    room.settle()
    assert kept(page) == ()
    assert page.message.words == "Отменено: запланировано «Собери щит»."
    page.redo()
    room.settle()
    assert len(kept(page)) == 1


def test_what_cannot_be_is_told_beside_its_field(room, page: ActivitiesPage) -> None:
    page.empty.primary.click()
    form = dialog(room, ActivityDialog)
    form.name.setText("Экскурсия")
    for day, last, told in (
        (QDate(2028, 1, 1), QDate(2028, 1, 1), "2026/27 учебный год идёт с 01.09.2026"),
        (QDate(2026, 11, 12), QDate(2026, 11, 11), "Последний день раньше первого"),
    ):
        form.day.setDate(day)
        form.last_day.setDate(last)
        form.save_button.click()
        assert form.day_note.words.startswith(told)
    form.last_day.setDate(form.day.date())
    for field, typed, note, told in (
        (form.at, "25:10", form.day_note, "Такого времени нет"),
        (form.hours, "два", form.hours_note, "Напишите целое число"),
    ):
        field.setText(typed)
        form.save_button.click()
        assert note.words.startswith(told)
        assert field.property("wrong")
        field.clear()
    form.partner.setEditText("Нет такого")
    form.save_button.click()
    assert form.partner_note.words.startswith("В списке такого нет")
    form.leave_button.click()
    assert kept(page) == ()


def test_held_in_one_step_with_two_absent_and_a_result(room, page: ActivitiesPage, group: Group) -> None:
    one = plan(room, group, "Проба", type="trial", hours=4)
    assert isinstance(page.table.rows()[0], Heading)
    assert page.table.rows()[0].text == "Просрочено: 1"
    assert page.overdue_filter.count == 1
    QTest.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    form = dialog(room, AttendanceDialog)
    assert form.save_button.text() == "Отметить: были 4 из 4"
    form.table.setFocus()
    QTest.keyClick(form.table, Qt.Key.Key_Space)
    form.table.keyboardSearch("В")
    assert form.table.row().name.surname == "Васильев"
    QTest.keyClick(form.table, Qt.Key.Key_Space)
    assert form.save_button.text() == "Отметить: были 2 из 4"
    form.table.keyboardSearch("г")
    form.table.choose(form._found.pupils[3].id)
    QTest.keyClick(form, Qt.Key.Key_F2)
    assert form.outcome.hasFocus()
    form.outcome.setPlainText("собран щит")
    form.mark.setText("5")
    form.hours.setText("шесть")
    form.save_button.click()
    assert form.hours_note.words == "Напишите число часов."
    form.hours.setText("6")
    QTest.keyClick(form.outcome, Qt.Key.Key_Escape)
    assert form.isVisible()
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    room.settle()
    (held,) = kept(page)
    assert (held.state, held.expected, held.present) == (State.HELD, 4, 2)
    found = activities.attendance(room.desk.workspace, room.desk.actor, one.id)
    gavrilov = found.recorded[found.pupils[3].id]
    assert (gavrilov.result, gavrilov.mark, gavrilov.hours) == ("собран щит", "5", 6)
    assert [found.recorded[pupil.id].presence for pupil in found.pupils[:3]] == [
        Presence.ABSENT,
        Presence.PRESENT,
        Presence.ABSENT,
    ]
    page.undo()
    room.settle()
    assert kept(page)[0].state is State.PLANNED


def test_parents_are_counted_by_child_and_beyond(room, page: ActivitiesPage, group: Group) -> None:
    plan(room, group, "Собрание", type="parents_meeting", audience=Audience.PARENTS)
    page.hold_button.click()
    form = dialog(room, AttendanceDialog)
    assert not form.panel.isVisible()
    form.others.setValue(3)
    assert form.others.lineEdit().width() > form.others.width() / 2  # its number can be read
    assert form.save_button.text() == "Отметить: были 4 из 4, ещё 3"
    form.save_button.click()
    room.settle()
    (held,) = kept(page)
    assert (held.present, held.entry.parents_reached) == (4, 3)
    page.hold_button.click()
    form = dialog(room, AttendanceDialog)
    form.others.setValue(0)
    form.save_button.click()
    room.settle()
    assert kept(page)[0].entry.parents_reached == 0


def test_what_has_not_come_yet_is_told(room, page: ActivitiesPage, group: Group) -> None:
    plan(room, group, "Встреча", TODAY + timedelta(days=5))
    page.hold_button.click()
    room.settle()
    assert page.message.words.startswith("Этот день ещё не наступил: 30.11.2026")
    assert kept(page)[0].state is State.PLANNED


def test_cancelled_taken_away_and_put_back(room, page: ActivitiesPage, group: Group) -> None:
    plan(room, group, "Встреча")
    page.cancel_button.click()
    room.settle()
    assert kept(page)[0].state is State.CANCELLED
    assert page.cancel_button.text() == "Вернуть в план"
    page.cancel_button.click()
    room.settle()
    assert kept(page)[0].state is State.PLANNED
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    room.settle()
    assert kept(page) == ()
    assert page.message.words == "«Встреча» больше нет в плане."
    page.message.button.click()
    room.settle()
    assert len(kept(page)) == 1


def test_the_plan_is_searched_and_narrowed(room, page: ActivitiesPage, group: Group) -> None:
    other = add_class(room.desk.workspace, 2, GroupName("8 «Б»", 8, "Б"))[0]
    plan(room, group, "Ёлка для малышей", type="volunteering")
    plan(room, group, "Проба", date(2026, 9, 8), type="trial")
    plan(room, other, "Собрание", TODAY + timedelta(days=9), type="parents_meeting", audience=Audience.PARENTS)

    def shown() -> list[str]:
        return [one.entry.title for one in page.table.rows() if isinstance(one, Activity)]

    assert shown() == ["Проба", "Ёлка для малышей", "Собрание"]
    page.search()
    page.search_field.setText("елка 9")
    page.search_field._search()
    assert shown() == ["Ёлка для малышей"]
    assert page.count.text() == "показано 1, всего 3"
    page.search_field.clear()
    page.search_field._search()
    for sort, titles in (("trial", ["Проба"]), ("practice", ["Ёлка для малышей"]), ("parents", ["Собрание"])):
        page.sort.setCurrentIndex(page.sort.findData(sort))
        page.sort.activated.emit(page.sort.currentIndex())
        assert shown() == titles
    page.sort.setCurrentIndex(0)
    page.group.setCurrentIndex(page.group.findData(other.id))
    page.group.activated.emit(page.group.currentIndex())
    assert shown() == ["Собрание"]
    assert (page.planned_filter.count, page.overdue_filter.count) == (1, 0)
    page.overdue_filter.click()
    assert shown() == []
    page.planned_filter.click()
    assert not page.overdue_filter.isChecked()
    assert shown() == ["Собрание"]


def test_another_year_has_a_plan_of_its_own(room, page: ActivitiesPage, group: Group) -> None:
    plan(room, group, "Встреча")
    page.year.setCurrentIndex(page.year.findData(2025))
    page.year.activated.emit(page.year.currentIndex())
    room.settle()
    assert page.empty.isVisible()
    assert page.table.rows() == []


def test_single_pupils_and_levels_are_chosen(room, page: ActivitiesPage, group: Group) -> None:
    add_class(room.desk.workspace, 2, GroupName("9 «Б»", 9, "Б"))
    tell(room, Changes.of(None, Kind.GROUPS))
    page.empty.primary.click()
    form = dialog(room, ActivityDialog)
    form.name.setText("Волонтёры")
    button = form.invited.level_buttons.layout().itemAt(0).widget()
    assert button.text() == "9–11 классы"
    button.click()
    assert form.invited.count.text() == "2 класса, 6 учеников"
    button.click()
    picks = form.invited.pupils
    picks.choice.setEditText("васильев")
    QTest.keyClick(picks.choice, Qt.Key.Key_Return)
    assert form.isVisible()
    assert len(picks.keys) == 1
    picks.choice.setEditText("абрамов")
    QTest.keyClick(picks.choice, Qt.Key.Key_Return)
    assert len(picks.keys) == 1
    assert picks.choice.property("wrong")
    picks.choice.setEditText("")
    chosen = picks.keys
    form.save_button.click()
    room.settle()
    assert kept(page)[0].entry.pupils == chosen
    page.edit_button.click()
    form = dialog(room, ActivityDialog)
    form.invited.pupils.chosen.setCurrentRow(0)
    QTest.keyClick(form.invited.pupils.chosen, Qt.Key.Key_Delete)
    form.save_button.click()
    room.settle()
    assert kept(page)[0].entry.pupils == ()


def test_only_what_is_overdue_is_shown_when_the_overview_leads_here(room, page: ActivitiesPage, group: Group) -> None:
    plan(room, group, "Прошла", DAY)
    plan(room, group, "Впереди", TODAY + timedelta(days=5))
    page.search_field.setText("впереди")
    page.show_overdue()
    page.activate()
    room.settle()
    assert [one.entry.title for one in page.table.rows() if isinstance(one, Activity)] == ["Прошла"]
    assert page.overdue_filter.isChecked()


def test_what_is_shown_is_printed(room, page: ActivitiesPage, group: Group) -> None:
    plan(room, group, "Прошла", DAY)
    plan(room, group, "Впереди", TODAY + timedelta(days=5))
    page.overdue_filter.click()
    page.print_button.click()
    paper = dialog(room, PaperDialog)
    with PdfDocument(paper._data) as document:
        words = document[0].get_textpage().get_text_bounded()
    assert "просрочено" in words
    assert "Прошла" in words
    assert "Впереди" not in words
    paper.reject()


def test_the_calendar_is_walked_by_keyboard_and_shares_the_choice(
    room, page: ActivitiesPage, group: Group, qtmodeltester: ModelTester
) -> None:
    late = plan(room, group, "Прошла", DAY, ends_on=DAY + timedelta(days=1))
    soon = plan(room, group, "Впереди", TODAY + timedelta(days=5), at="12:00")
    page.table.choose(soon.id)
    page.view.choose(CALENDAR)
    grid = page.calendar.grid
    assert (grid.day, page.calendar.month.text()) == (date(2026, 11, 30), "Ноябрь 2026")
    assert page.calendar.day_table.row() == soon
    assert "Впереди, в плане" in grid.accessibleDescription()
    qtmodeltester.check(page.calendar.day_table.model(), force_py=True)
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert (grid.day, page.calendar.day_table.row()) == (date(2026, 12, 1), None)
    assert not page.hold_button.isEnabled()
    QTest.keyClick(grid, Qt.Key.Key_Home)
    assert grid.day == TODAY
    QTest.keyClick(grid, Qt.Key.Key_PageUp)
    assert grid.day == date(2026, 10, 25)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(grid, key)
    assert (grid.day, page.calendar.day_table.row()) == (DAY + timedelta(days=1), late)
    assert "просрочено" in grid.accessibleDescription()
    QTest.keyClick(grid, Qt.Key.Key_Return)
    form = dialog(room, ActivityDialog)
    assert form.name.text() == "Прошла"
    form.reject()
    room.settle()
    page.view.choose(LIST)
    assert page.table.row() == late


def test_what_is_planned_in_the_calendar_begins_on_the_day_chosen(room, page: ActivitiesPage, group: Group) -> None:
    plan(room, group, "Прошла", DAY)
    page.view.choose(CALENDAR)
    page.calendar.grid.choose(date(2027, 1, 31))
    page.calendar.grid.turn(1)
    assert page.calendar.grid.day == date(2027, 2, 28)
    page.add_button.click()
    form = dialog(room, ActivityDialog)
    assert form.day.date() == QDate(2027, 2, 28)
    form.name.setText("Новая")
    form.save_button.click()
    room.settle()
    assert page.calendar.day_table.row().entry.title == "Новая"
    QTest.mouseClick(page.calendar.grid, Qt.MouseButton.LeftButton, pos=page.calendar.grid._cell(0).center())
    assert page.calendar.grid.day == date(2027, 2, 1)


def test_stages_seen_at_a_trial_are_written_by_keyboard_and_undone(room, page: ActivitiesPage, group: Group) -> None:
    workspace = room.desk.workspace
    one = plan(room, group, "Проба", type="trial")
    assert page.stages_button.isHidden()
    absent = activities.attendance(workspace, workspace.actor, one.id).pupils[0]
    tell(room, activities.hold(workspace, workspace.actor, one.id, [absent.id])[1])
    page.stages_button.click()
    form = dialog(room, StagesDialog)
    assert (form.table.rowCount(), form.save_button.isEnabled()) == (3, False)
    form.competencies.choice.setEditText("планиров")
    QTest.keyClick(form.competencies.choice, Qt.Key.Key_Return)
    form.table.setFocus()
    QTest.keyClicks(form.table, "2391")
    assert form.save_button.text() == "Записать 3 стадии"
    assert list(form.table.written.values()) == [2, 3, 1]
    QTest.keyClick(form.table, Qt.Key.Key_Delete)
    assert form.save_button.text() == "Записать 2 стадии"
    form.save_button.click()
    room.settle()
    assert page.message.words == "В портфолио: 2 стадии с основанием «проба»."
    grid = portfolio.grid(workspace, workspace.actor, group.id, FIRST)
    assert sorted(grid.stages.values()) == [2, 3]
    assert page.status().undo == "стадии после пробы «Проба»"
    page.undo()
    room.settle()
    assert portfolio.grid(workspace, workspace.actor, group.id, FIRST).stages == {}


def test_competencies_of_a_trial_are_those_of_whom_it_is_for(
    room, page: ActivitiesPage, group: Group, workspace: Workspace
) -> None:
    values = {"title": "Собери щит", "level": "basic", "hours": 4}
    trial, changes = registers.add(workspace, workspace.actor, TRIALS, values)
    tell(room, changes)
    add_class(workspace, 2, GroupName("2 «А»", 2, "А"))
    former = plan(room, group, "Щит", type="trial", trial=trial.id, competencies=("planning", "flexibility"))
    tell(room, activities.hold(workspace, workspace.actor, former.id)[1])
    page.acts.add()
    form = dialog(room, ActivityDialog)
    assert not form.competencies.isVisible()
    form.kind.setCurrentIndex(form.kind.findData("trial"))
    form.trial.setCurrentIndex(form.trial.findData(trial.id))
    assert form.competencies.named.text() == "планирование, гибкость"
    form.invited.groups.set_checked(lambda one: one.name.grade == 2)
    assert form.competencies.codes == ()
    form.invited.groups.set_checked(lambda _: True)
    assert form.competencies.codes == ("planning", "flexibility")
    form.kind.setCurrentIndex(form.kind.findData("excursion"))
    form.save_button.click()
    room.settle()
    assert [one.entry.competencies for one in kept(page) if one.entry.type == "excursion"] == [()]


def test_a_competency_of_another_level_is_passed_over(room, page: ActivitiesPage, group: Group) -> None:
    workspace = room.desk.workspace
    young, _ = add_class(workspace, 2, GroupName("2 «А»", 2, "А"))
    one = plan(room, group, "Проба", type="trial", groups=(group.id, young.id), competencies=("planning",))
    tell(room, activities.hold(workspace, workspace.actor, one.id)[1])
    page.table.choose(one.id)
    page.stages_button.click()
    form = dialog(room, StagesDialog)
    assert [form.table.item(row, 0).text() for row in range(6)] == ["—", "—", "", "", "", ""]
    for _ in range(6):
        QTest.keyClick(form.table, Qt.Key.Key_2)
    assert len(form.table.written) == 4

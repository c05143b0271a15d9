"""The page of the roll-over: counts, keys, classes as typed, what it says and when it waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from rollover_school import YEAR, add, classes, new_workspace

from profdesk import app
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.rollover import CROWDED, Line
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.columns import Heading
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.pages import Pages
from profdesk.gui.main_window import MainWindow
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.rollover.page import RolloverPage
from profdesk.gui.start import opened

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
FUTURE = SchoolYear(2090)
SCHOOL = {"4А": ["Ан"], "5А": ["Бек", "Вах", "Гай"], "9А": ["Дым", "Ель"], "11А": ["Жук"]}


class Shown:
    """The page in the window of a school."""

    def __init__(self, folder: Path) -> None:
        app.application()
        self.folder = folder
        self.desk = Desk()

    def open(
        self,
        school: Mapping[str, Sequence[str]],
        kind: OrganisationKind = OrganisationKind.SCHOOL,
        year: SchoolYear = YEAR,
    ) -> RolloverPage:
        self.workspace = new_workspace(self.folder, kind, year)
        self.ids = add(self.workspace, school, year)
        found = opened.read(self.workspace)
        self.desk.use(found.workspace, found.programme, found.organisation)
        self.window = MainWindow(self.desk, Pages([PupilsPage, RolloverPage], lambda kind: kind(self.desk)))
        self.window.show()
        self.window.activateWindow()
        self.window.show_page("pupils")
        self.window.show_page("rollover")
        self.settle()
        assert isinstance(self.window.page, RolloverPage)
        return self.window.page

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.desk.settle()

    def close(self) -> None:
        self.window.close()
        self.desk.close()
        self.window.deleteLater()


@pytest.fixture
def shown(tmp_path: Path, qapp: QApplication) -> Iterator[Shown]:
    made = Shown(tmp_path / "школа")
    yield made
    made.close()


def table(page: RolloverPage) -> list[str]:
    """Each row in words: headings as they are, pupils with what becomes of them."""
    model = page.table.model()
    return [
        row.text.partition("   ")[0] if isinstance(row, Heading)
        else f"{row.pupil.name.surname}: {model.index(n, 1).data()}, {model.index(n, 2).data()}"
        for n, row in enumerate(page.table.rows())
    ]  # fmt: skip


def fates(page: RolloverPage) -> dict[str, str]:
    return dict(line.split(": ") for line in table(page) if ": " in line)


def select(shown: Shown, page: RolloverPage, surname: str) -> None:
    assert page.table.choose(shown.ids[surname])
    page.table.setFocus()


def press(
    shown: Shown, page: RolloverPage, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key, modifiers)
    shown.settle()


def filters(page: RolloverPage) -> dict[str, int]:
    buttons = (
        page.all_filter, page.move_filter, page.graduate_filter, page.stay_filter, page.leave_filter,
        page.undecided_filter, page.done_filter,
    )  # fmt: skip
    return {button.text(): button.count for button in buttons if button.isVisible()}


def test_every_class_is_named_with_what_it_becomes(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    assert table(page) == [
        "4 «А» → 5 «А»", "Ан: переходит, 5 «А»",
        "5 «А» → 6 «А»", "Бек: переходит, 6 «А»", "Вах: переходит, 6 «А»", "Гай: переходит, 6 «А»",
        "9 «А» → решите сами", "Дым: решите сами, —", "Ель: решите сами, —",
        "11 «А» → выпуск", "Жук: выпускается, —",
    ]  # fmt: skip
    headings = {row.text.partition(" →")[0]: row.text for row in page.table.rows() if isinstance(row, Heading)}
    assert headings["4 «А»"].endswith("начинается основная школа")
    assert "дальше учиться или выпуск" in headings["9 «А»"]
    assert filters(page) == {"Все": 7, "Переходят": 4, "Выпускаются": 1, "Решите сами": 2}
    assert page.move_button.text() == "Перевести 5"


def test_letters_mark_a_pupil_or_the_class_and_undo_goes_back(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    select(shown, page, "Вах")
    press(shown, page, Qt.Key.Key_J)
    assert fates(page)["Вах"] == "остаётся, 5 «А»"
    press(shown, page, Qt.Key.Key_Space)
    assert fates(page)["Вах"] == "выбывает, —"
    press(shown, page, Qt.Key.Key_D)
    assert fates(page)["Вах"] == "выбывает, —"
    press(shown, page, Qt.Key.Key_Less, SHIFT)
    assert {fates(page)[name] for name in ("Бек", "Вах", "Гай")} == {"выбывает, —"}
    assert shown.window.status.undo_words.startswith("Отменить: 3 ученика, выбывает")
    press(shown, page, Qt.Key.Key_Z, CTRL)
    press(shown, page, Qt.Key.Key_Z, CTRL)
    assert (fates(page)["Бек"], fates(page)["Вах"]) == ("переходит, 6 «А»", "остаётся, 5 «А»")
    assert page.table.row().pupil.name.surname == "Вах"
    select(shown, page, "Дым")
    press(shown, page, Qt.Key.Key_D, SHIFT)
    assert fates(page)["Ель"] == "выпускается, —"


@pytest.mark.qt_log_ignore("keyToAscii Unhandled key code")
def test_letters_work_on_a_russian_keyboard(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    select(shown, page, "Бек")
    for keys, fate in (
        ("О", "остаётся, 5 «А»"),
        ("Б", "выбывает, —"),
        ("Р", "решите сами, —"),
        ("П", "переходит, 6 «А»"),
    ):
        QTest.keySequence(page.table, QKeySequence(keys))
        assert fates(page)["Бек"] == fate
    QTest.keySequence(page.table, QKeySequence("Shift+О"))
    assert fates(page)["Гай"] == "остаётся, 5 «А»"


def test_several_pupils_are_marked_at_once_by_key_or_button(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    select(shown, page, "Бек")
    press(shown, page, Qt.Key.Key_Down, SHIFT)
    assert page.choice.who.text() == "2 ученика"
    page.choice.stay_step.click()
    assert [fates(page)[name] for name in ("Бек", "Вах", "Гай")] == [*["остаётся, 5 «А»"] * 2, "переходит, 6 «А»"]
    assert page.choice.stay_step.isChecked()
    assert not page.choice.graduate_step.isEnabled()


def test_a_class_is_typed_for_a_pupil_and_for_the_whole_class(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    select(shown, page, "Бек")
    press(shown, page, Qt.Key.Key_Return)
    assert page.choice.target.hasFocus()
    line = page.choice.target.lineEdit()
    assert line is not None
    assert line.selectedText() == "6 «А»"
    page.choice.target.setEditText("4б")
    press(shown, page, Qt.Key.Key_Return)
    assert page.choice.note.words == "Из 5 «А» не переводят в 4 «Б»"
    press(shown, page, Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    assert page.choice.target.currentText() == "6 «А»"
    press(shown, page, Qt.Key.Key_F6)
    page.choice.target.setEditText("6к")
    press(shown, page, Qt.Key.Key_Return)
    assert fates(page)["Бек"] == "переходит, 6 «К»"
    press(shown, page, Qt.Key.Key_F6, SHIFT)
    page.choice.class_target.setEditText("6 б")
    press(shown, page, Qt.Key.Key_Return)
    assert [fates(page)[name] for name in ("Бек", "Вах", "Гай")] == ["переходит, 6 «Б»"] * 3
    assert page.table.hasFocus()


def test_what_is_typed_without_enter_is_not_kept(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    select(shown, page, "Бек")
    press(shown, page, Qt.Key.Key_F6)
    page.choice.target.setEditText("6к")
    press(shown, page, Qt.Key.Key_Return, CTRL)
    assert page.choice.target.currentText() == "6к"
    assert classes(shown.workspace, YEAR.next) == {}
    press(shown, page, Qt.Key.Key_Tab)
    assert page.choice.target.currentText() == "6 «А»"
    page.choice.move_step.click()
    assert page.choice.move_step.isChecked()


def test_a_merge_shows_the_crowd_and_the_lost_letter_first(shown: Shown) -> None:
    page = shown.open({"5А": [f"А{n}" for n in range(CROWDED)], "5Б": ["Бек"], "1А": ["Ан"]})
    select(shown, page, "Бек")
    page.choice.class_target.setEditText("6А")
    page.choice.class_sent.emit("6А")
    model = page.outcomes.model()
    assert [(model.index(n, 0).data(), model.index(n, 1).data()) for n in range(3)] == [
        ("6 «А»", str(CROWDED + 1)), ("6 «Б»", "никого"), ("2 «А»", "1"),
    ]  # fmt: skip


def test_the_page_asks_gently_while_lessons_go_on(shown: Shown) -> None:
    page = shown.open(SCHOOL, year=FUTURE)
    assert "Учебный год 2090/91 ещё идёт" in page.message.words
    assert "с конца мая по август" in page.message.words
    assert not page.move_button.isEnabled()
    page.message.button.click()
    assert page.move_button.isEnabled()
    assert page.move_button.hasFocus()


def test_done_waits_for_the_undecided_and_is_undone_with_its_marks(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    select(shown, page, "Бек")
    press(shown, page, Qt.Key.Key_J)
    press(shown, page, Qt.Key.Key_Return, CTRL)
    assert page.message.words == "2026/27 учебный год: 3 переведены, 1 выпущен, 1 остался. Не решено: 2."
    assert shown.window.year.text() == "2026/27 учебный год"
    assert filters(page) == {"Все": 7, "Решите сами": 2, "Уже записаны": 5}
    assert not page.move_button.isEnabled()
    select(shown, page, "Бек")
    assert not page.choice.stay_step.isEnabled()
    assert shown.window.status.undo_words.startswith("Отменить: перевод на 2026/27 учебный год")
    press(shown, page, Qt.Key.Key_Z, CTRL)
    assert "Отменено: Перевод на 2026/27" in page.message.words
    assert shown.window.year.text() == "2025/26 учебный год"
    assert classes(shown.workspace, YEAR.next) == {}
    assert fates(page)["Бек"] == "остаётся, 5 «А»"


def test_a_stop_writes_nothing(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    held = Event()
    page.desk.run(held.wait, owner=page, done=lambda _: None)
    page.move_button.click()
    assert page.progress.isVisible()
    assert page.progress.button.hasFocus()
    assert not page.table.isEnabled()
    page.progress.button.click()
    held.set()
    shown.settle()
    assert page.message.words == "Остановлено. Ничего не записано."
    assert classes(shown.workspace, YEAR.next) == {}
    assert page.move_button.isEnabled()
    assert page.table.hasFocus()


def test_what_stands_against_taking_back_is_told(shown: Shown) -> None:
    page = shown.open({"5А": ["Бек"]})
    page.move_button.click()
    shown.settle()
    with shown.workspace.unit(shown.workspace.actor) as unit:
        group = unit.pupils.ensure_group(page.table.row().group.name, "basic", YEAR.next)
        unit.pupils.enrol(shown.ids["Бек"], group.id, YEAR.next)
    page.message.button.click()
    shown.settle()
    assert "Отменить целиком нельзя" in page.message.words
    assert "Бек Саша" in page.message.words
    assert page.table.isEnabled()


def test_another_year_without_pupils_says_what_to_do(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    page.year.setCurrentIndex(1)
    page.year.activated.emit(1)
    shown.settle()
    assert page.empty.isVisible()
    assert not page.move_button.isVisible()
    assert page.year.isVisible()
    page.empty.primary.click()
    assert shown.window.page.name == "pupils"


def test_a_year_made_by_lists_only_begins(shown: Shown) -> None:
    page = shown.open({"5А": ["Бек"]})
    with shown.workspace.unit(shown.workspace.actor) as unit:
        group = unit.pupils.ensure_group(page.table.row().onward, "basic", YEAR.next)
        unit.pupils.enrol(shown.ids["Бек"], group.id, YEAR.next)
    page.year.activated.emit(0)
    shown.settle()
    assert page.message.words == "Все уже в классах 2026/27 учебного года."
    assert page.move_button.text() == "Начать 2026/27 учебный год"
    page.move_button.click()
    shown.settle()
    assert page.message.words == "Начат 2026/27 учебный год."
    assert shown.window.year.text() == "2026/27 учебный год"


def test_a_kindergarten_saves_the_list_of_its_leavers(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    children = {"подготовительная": ["Ан 2019-03-04"], "старшая": ["Бек 2020-10-04"]}
    page = shown.open(children, OrganisationKind.KINDERGARTEN)
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: tmp_path / "Выпускники.csv")
    page.leavers_button.click()
    shown.settle()
    assert "Школа загрузит этот файл" in page.message.words
    assert (tmp_path / "Выпускники.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "Фамилия;Имя;Отчество;Дата рождения;Пол;Класс",
        "Ан;Саша;;04.03.2019;;1 класс",
    ]
    select(shown, page, "Бек")
    page.choice.sent.emit("1А")
    assert "нет классов" in page.choice.note.words


def test_search_and_filter_narrow_the_table_but_not_the_plan(shown: Shown, qtmodeltester: ModelTester) -> None:
    page = shown.open(SCHOOL)
    page.undecided_filter.click()
    assert list(fates(page)) == ["Дым", "Ель"]
    page.all_filter.click()
    page.search_field.setText("5а гай")
    page.search_field.searched.emit("5а гай")
    assert table(page) == ["5 «А» → 6 «А»", "Гай: переходит, 6 «А»"]
    assert page.table.nothing == ""
    page.search_field.setText("ктототам")
    page.search_field.searched.emit("ктототам")
    assert (table(page), page.table.nothing) == ([], "По запросу «ктототам» здесь никого нет")
    assert page.move_button.text() == "Перевести 5"
    qtmodeltester.check(page.table.model(), force_py=True)
    qtmodeltester.check(page.outcomes.model(), force_py=True)


def test_when_all_are_decided_the_filter_says_so(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    page.undecided_filter.click()
    page.table.selectAll()
    page.table.setFocus()
    press(shown, page, Qt.Key.Key_D)
    assert (table(page), page.undecided_filter.count) == ([], 0)
    assert page.table.nothing == "Решать больше нечего: что будет с каждым, отмечено"


def test_focus_goes_from_top_to_bottom(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    page.search_field.setFocus()
    seen = []
    for _ in range(6):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        seen.append(focused.objectName() if focused else "")
    assert seen == ["table", "move_step", "stay_step", "leave_step", "undecided_step", "target"]


def test_marks_stay_when_something_else_changes(shown: Shown) -> None:
    page = shown.open(SCHOOL)
    select(shown, page, "Бек")
    press(shown, page, Qt.Key.Key_J)
    page.year.activated.emit(0)
    shown.settle()
    assert fates(page)["Бек"] == "остаётся, 5 «А»"
    assert isinstance(page.table.row(), Line)

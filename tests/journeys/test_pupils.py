"""The list of pupils by keyboard alone: found, added, edited, moved, gone and back, merged, undone, opened again."""

from __future__ import annotations

from pathlib import Path

import pytest
from journey_user import PASSWORD, User, make_workspace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from profdesk.gui.common.acts import ActsDialog
from profdesk.gui.common.consents_dialog import ConsentsDialog
from profdesk.gui.pupils.leave_dialog import LeaveDialog
from profdesk.gui.pupils.merge_dialog import MergeDialog
from profdesk.gui.pupils.move_dialog import MoveDialog
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.pupils.pupil_dialog import PupilDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CLASS = (
    "Фамилия;Имя;Отчество;Дата рождения;Пол;Класс",
    "Белов;Матвей;Сергеевич;18.01.2013;м;7А",
    "Ёлкина;Дарья;Олеговна;27.09.2013;ж;7А",
    "Ильин;Даниил;Евгеньевич;05.02.2013;м;7А",
    "Цой;Вера;;02.06.2012;ж;8Б",
)


@pytest.fixture
def page(user: User, tmp_path: Path) -> PupilsPage:
    """The page of a school of four pupils in two classes."""
    make_workspace(user, tmp_path / "desk")
    shown = pupils_page(user)
    path = tmp_path / "школа.csv"
    path.write_text("\n".join(CLASS), encoding="utf-8")
    shown.open_file(path)
    user.wait()
    user.press(shown.preview.load_button, Qt.Key.Key_Space)
    assert names(shown) == ["Белов", "Ёлкина", "Ильин", "Цой"]
    return shown


def pupils_page(user: User) -> PupilsPage:
    shown = user.page("pupils")
    assert isinstance(shown, PupilsPage)
    return shown


def names(page: PupilsPage) -> list[str]:
    return [row.pupil.name.surname for row in page.list.table.rows()]


def tree(page: PupilsPage) -> list[tuple[str, int]]:
    branches = page.list.reading.branches
    return [(b.title, b.count) for branch in branches for b in (branch, *branch.children)]


def key(user: User, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the cursor is."""
    user.main.activateWindow()
    QApplication.processEvents()
    widget = QApplication.focusWidget() or user.main
    user.qtbot.keyClick(widget, pressed, modifiers)
    user.wait()


def find(user: User, page: PupilsPage, words: str) -> None:
    """Ctrl+F, the words, and down into the list."""
    key(user, Qt.Key.Key_F, CTRL)
    page.list.search_field.clear()
    user.type(page.list.search_field, words)
    key(user, Qt.Key.Key_Down)


def press(user: User, widget: QWidget, pressed: Qt.Key) -> None:
    user.qtbot.keyClick(widget, pressed)
    user.wait()


def dialog_of(page: PupilsPage, kind: type[QWidget]) -> QWidget:
    assert isinstance(page.acts.dialog, kind)
    return page.acts.dialog


def form(page: PupilsPage) -> PupilDialog:
    assert isinstance(page.acts.dialog, PupilDialog)
    return page.acts.dialog


def choose_class(user: User, page: PupilsPage, title: str) -> None:
    page.list.tree.setFocus()
    key(user, Qt.Key.Key_Home)
    for _ in range(12):
        if page.list.tree.title == title:
            return
        key(user, Qt.Key.Key_Down)
    raise AssertionError(title)


def undo(user: User, words: str) -> None:
    assert user.main.status.undo_words.startswith(f"Отменить: {words}")
    key(user, Qt.Key.Key_Z, CTRL)


def redo(user: User) -> None:
    key(user, Qt.Key.Key_Y, CTRL)


def reopen(user: User, folder: Path) -> PupilsPage:
    user.windows.desk.release()
    start = user.windows.show_start(folder)
    user.type(start.unlock.password, PASSWORD)
    user.press(start.unlock.password, Qt.Key.Key_Return)
    return pupils_page(user)


def test_each_letter_finds_at_once_and_the_tree_scopes_it(user: User, page: PupilsPage) -> None:
    user.main.activateWindow()
    page.list.table.setFocus()
    user.type(page.list.table, "ел")  # typed over the list, it is searched
    assert page.list.search_field.text() == "ел"
    assert names(page) == ["Белов", "Ёлкина"]
    page.list.search_field.setText("евг 7а")
    assert names(page) == ["Ильин"]
    key(user, Qt.Key.Key_Escape)
    assert len(names(page)) == 4
    choose_class(user, page, "7 «А»")
    assert names(page) == ["Белов", "Ёлкина", "Ильин"]
    page.list.search_field.setText("цой")
    assert (names(page), page.list.count.text()) == ([], "Не нашлось среди 3")
    assert page.list.table.nothing.startswith("Здесь таких нет")
    assert page.list.elsewhere_button.text() == "Показать в других классах: 1"
    press(user, page.list.elsewhere_button, Qt.Key.Key_Space)
    assert names(page) == ["Цой"]
    choose_class(user, page, "7 «А»")
    page.list.search_field.clear()
    key(user, Qt.Key.Key_Return)
    assert page.list.table.hasFocus()
    assert page.list.count.text() == "3 ученика"


def test_a_pupil_is_added_into_the_chosen_class(user: User, page: PupilsPage) -> None:
    choose_class(user, page, "8 «Б»")
    key(user, Qt.Key.Key_N, CTRL)
    dialog = form(page)
    assert dialog.group.currentText() == "8 «Б»"
    user.type(dialog.surname, "новикова анна петровна")
    press(user, dialog.surname, Qt.Key.Key_Return)
    assert (dialog.surname.text(), dialog.given.text(), dialog.patronymic.text()) == ("Новикова", "Анна", "Петровна")
    assert dialog.sex.key == "ж"
    assert dialog.birth_date_note.words == "Нет даты рождения"
    assert dialog.isVisible()
    user.type(dialog.birth_date, "31.02.2012")
    press(user, dialog.birth_date, Qt.Key.Key_Return)
    assert dialog.birth_date_note.words == "Нет такой даты: 31 февраля"
    assert dialog.surname.text() == "Новикова"
    dialog.birth_date.clear()
    user.type(dialog.birth_date, "3.2.12")
    assert dialog.birth_date_note.words.startswith("14 лет")
    press(user, dialog.birth_date, Qt.Key.Key_Return)
    assert names(page) == ["Новикова", "Цой"]
    assert page.list.table.row().pupil.name.full == "Новикова Анна Петровна"
    undo(user, "новый ученик, Новикова Анна")
    assert names(page) == ["Цой"]
    redo(user)
    assert names(page) == ["Новикова", "Цой"]


def test_a_child_of_a_kindergarten_is_called_a_child(user: User, page: PupilsPage) -> None:
    key(user, Qt.Key.Key_N, CTRL)
    dialog = form(page)
    assert dialog.heading.text() == "Новый ученик"
    dialog.group.setCurrentText("Подготовительная «Радуга»")
    assert dialog.heading.text() == "Новый ребёнок"
    user.type(dialog.surname, "Ан")
    user.type(dialog.given, "Ли")
    user.type(dialog.birth_date, "01.03.2020")
    press(user, dialog.birth_date, Qt.Key.Key_Return)
    assert page.list.count.text() == "5 учеников"
    choose_class(user, page, "Подготовительная «Радуга»")
    assert page.list.count.text() == "1 ребёнок"
    undo(user, "новый ребёнок, Ан Ли")


def test_what_was_typed_is_there_again_after_leaving_the_form(user: User, page: PupilsPage) -> None:
    key(user, Qt.Key.Key_N, CTRL)
    user.type(form(page).surname, "Новикова")
    press(user, form(page), Qt.Key.Key_Escape)
    assert page.acts.dialog is None
    key(user, Qt.Key.Key_N, CTRL)
    assert form(page).surname.text() == "Новикова"


def test_several_are_added_in_one_go(user: User, page: PupilsPage) -> None:
    key(user, Qt.Key.Key_N, CTRL)
    dialog = form(page)
    dialog.group.setCurrentText("9в")
    assert dialog.group_note.words == "9 «В»: такого ещё нет, создадим"
    for surname in ("Ан", "Юн"):
        user.type(dialog.surname, surname)
        user.type(dialog.given, "Ли")
        user.type(dialog.birth_date, "01.03.2011")
        press(user, dialog.again_button, Qt.Key.Key_Space)
        assert dialog.surname.hasFocus()
        assert (dialog.surname.text(), dialog.group.currentText()) == ("", "9в")
    press(user, dialog, Qt.Key.Key_Escape)
    assert ("9 «В»", 2) in tree(page)


def test_a_double_is_told_while_typing_and_opened(user: User, page: PupilsPage) -> None:
    key(user, Qt.Key.Key_N, CTRL)
    dialog = form(page)
    user.type(dialog.surname, "Ильин")
    user.type(dialog.given, "Данил")
    user.type(dialog.patronymic, "Евгеньевич")
    user.type(dialog.birth_date, "05.02.2013")
    assert dialog.double.words == "Похоже, уже есть: Ильин Даниил Евгеньевич, 05.02.2013, 7 «А»."
    assert dialog.save_button.text() == "Всё равно добавить"
    opened: list[str] = []
    page.wanted_card.connect(lambda pupil, _: opened.append(pupil))
    press(user, dialog.double.button, Qt.Key.Key_Space)
    assert page.list.table.row().pupil.name.given == "Даниил"
    assert opened == [page.list.table.row().pupil.id]


def test_a_pupil_is_edited_and_moved(user: User, page: PupilsPage) -> None:
    find(user, page, "белов")
    key(user, Qt.Key.Key_F2)
    dialog = form(page)
    dialog.given.clear()
    user.type(dialog.given, "Марк")
    press(user, dialog.given, Qt.Key.Key_Return)
    assert page.list.table.row().pupil.name.full == "Белов Марк Сергеевич"
    key(user, Qt.Key.Key_F6)
    move = dialog_of(page, MoveDialog)
    assert isinstance(move, MoveDialog)
    press(user, move.group, Qt.Key.Key_Return)
    assert move.note.words == "Выберите класс или впишите новый"
    user.type(move.group, "7б")
    assert move.save_button.text() == "Перевести в 7 «Б»"
    press(user, move.group, Qt.Key.Key_Return)
    assert page.list.table.row().pupil.group.name.title == "7 «Б»"
    undo(user, "перевод, Белов Марк в 7 «Б»")
    undo(user, "правка, Белов Марк")
    row = page.list.table.row()
    assert (row.pupil.name.given, row.pupil.group.name.title) == ("Матвей", "7 «А»")
    assert ("7 «Б»", 0) not in tree(page)
    redo(user)
    redo(user)
    assert page.list.table.row().pupil.group.name.title == "7 «Б»"


def test_several_leave_and_come_back(user: User, page: PupilsPage, tmp_path: Path) -> None:
    choose_class(user, page, "7 «А»")
    key(user, Qt.Key.Key_Return)
    key(user, Qt.Key.Key_Down, SHIFT)
    assert page.list.move_button.text() == "Перевести 2…"
    key(user, Qt.Key.Key_F8)
    leave = dialog_of(page, LeaveDialog)
    assert isinstance(leave, LeaveDialog)
    press(user, leave.day, Qt.Key.Key_Return)
    assert names(page) == ["Ильин"]
    assert page.list.message.words == "Выбытие 2 учеников."
    assert page.list.table.row().pupil.name.surname == "Ильин"
    page = reopen(user, tmp_path / "desk")
    assert ("Выбыли", 2) in tree(page)
    choose_class(user, page, "Выбыли")
    key(user, Qt.Key.Key_Return)
    key(user, Qt.Key.Key_A, CTRL)
    assert page.list.leave_button.text() == "Вернуть в класс 2"
    key(user, Qt.Key.Key_F8, SHIFT)
    assert ("7 «А»", 3) in tree(page)
    undo(user, "возвращение 2 учеников")
    assert ("Выбыли", 2) in tree(page)


def test_consents_of_those_selected_are_entered_in_one_act(user: User, page: PupilsPage) -> None:
    consents = next(action for action in page.list.more.actions() if "согласия" in action.text())
    find(user, page, "7А")
    key(user, Qt.Key.Key_A, CTRL)
    consents.trigger()
    user.wait()
    (dialog,) = page.findChildren(ConsentsDialog)
    assert dialog.heading.text() == "Согласия родителей: 7 «А»"
    user.qtbot.keyClick(dialog.table, Qt.Key.Key_Space, CTRL)
    press(user, dialog.save_button, Qt.Key.Key_Space)
    consents.trigger()
    user.wait()
    assert page.list.message.words == "Согласия есть у всех выбранных."
    undo(user, "записано 3 согласия")
    consents.trigger()
    user.wait()
    assert len(page.findChildren(ConsentsDialog)[-1].table.rows()) == 3


def test_an_act_taken_back_in_the_history_is_no_step_any_more(user: User, page: PupilsPage) -> None:
    assert user.main.status.undo_words.startswith("Отменить: загрузка «школа.csv»")
    next(action for action in page.list.more.actions() if "История" in action.text()).trigger()
    user.wait()
    (history,) = page.findChildren(ActsDialog)
    press(user, history.undo_button, Qt.Key.Key_Space)
    press(user, history, Qt.Key.Key_Escape)
    assert user.main.status.undo_words == ""
    assert page.list.empty.isVisible()


def test_a_double_is_merged_and_parted_again_after_opening(user: User, page: PupilsPage, tmp_path: Path) -> None:
    key(user, Qt.Key.Key_N, CTRL)
    dialog = form(page)
    for field, words in ((dialog.surname, "Ильин"), (dialog.given, "Данил"), (dialog.birth_date, "05.02.2013")):
        user.type(field, words)
    user.type(dialog.patronymic, "Евгеньевич")
    dialog.group.setCurrentText("8 «Б»")
    press(user, dialog.save_button, Qt.Key.Key_Space)
    assert page.list.doubles.words == "Возможные двойники: 1"
    before = [(row.pupil, row.left) for row in page.list.reading.listing.rows]
    press(user, page.list.doubles.button, Qt.Key.Key_Space)
    merge = dialog_of(page, MergeDialog)
    assert isinstance(merge, MergeDialog)
    eighth = [merge.grid.button("class", second=second) for second in (False, True)]
    press(user, next(one for one in eighth if one.text() == "8 «Б»"), Qt.Key.Key_Space)
    press(user, merge.merge_button, Qt.Key.Key_Space)
    assert page.acts.dialog is None
    assert names(page) == ["Белов", "Ёлкина", "Ильин", "Цой"]
    assert page.list.doubles.words == ""
    find(user, page, "ильин")
    assert page.list.table.row().pupil.group.name.title == "8 «Б»"
    undo(user, "объединение, Ильин")
    redo(user)
    page = reopen(user, tmp_path / "desk")
    assert len(names(page)) == 4
    history = ActsDialog(user.main, user.windows.desk)
    history.open()
    user.wait()
    assert history.table.row().batch.title.startswith("Объединение, Ильин")
    press(user, history.undo_button, Qt.Key.Key_Space)
    press(user, history, Qt.Key.Key_Escape)
    user.wait()
    assert [(row.pupil, row.left) for row in page.list.reading.listing.rows] == before


def test_two_children_who_look_alike_are_told_apart_for_good(user: User, page: PupilsPage, tmp_path: Path) -> None:
    key(user, Qt.Key.Key_N, CTRL)
    dialog = form(page)
    for field, words in ((dialog.surname, "Цой"), (dialog.given, "Вета"), (dialog.birth_date, "02.06.2012")):
        user.type(field, words)
    assert dialog.group_note.words == "Останется без класса"
    press(user, dialog.save_button, Qt.Key.Key_Space)
    assert ("Без класса", 1) in tree(page)
    press(user, page.list.doubles.button, Qt.Key.Key_Space)
    merge = dialog_of(page, MergeDialog)
    assert isinstance(merge, MergeDialog)
    press(user, merge.apart_button, Qt.Key.Key_Space)
    assert page.acts.dialog is None
    assert page.list.doubles.words == ""
    page = reopen(user, tmp_path / "desk")
    assert page.list.doubles.words == ""
    choose_class(user, page, "Без класса")
    key(user, Qt.Key.Key_Return)
    key(user, Qt.Key.Key_F2)
    assert form(page).double.words == ""


def test_rows_are_copied_for_a_spreadsheet(user: User, page: PupilsPage) -> None:
    find(user, page, "цой")
    key(user, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "Цой Вера\t02.06.2012\tж\t8 «Б»\t0 из 20"


def test_who_is_not_covered_is_told_with_what_is_missing(user: User, page: PupilsPage) -> None:
    portfolio = user.page("portfolio")
    grid = portfolio.table
    grid.setFocus()
    user.press(grid, *[Qt.Key.Key_2] * 36)
    page = pupils_page(user)
    assert page.list.table.model().index(0, 4).data() == "заполнено"
    page.list.uncovered.setFocus()
    key(user, Qt.Key.Key_Space)
    assert names(page) == ["Ёлкина", "Ильин", "Цой"]
    assert [page.list.table.model().index(row, 4).data() for row in range(3)] == [
        "не хватает 4",
        "не начато",
        "не начато",
    ]
    assert "Считаем оценки педагогов" in page.list.rule.text()
    assert page.list.tree.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Все, кто учится, 3"


def test_an_empty_school_offers_to_add_by_hand(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    page = pupils_page(user)
    assert page.list.empty.isVisible()
    press(user, page.list.empty.quiet, Qt.Key.Key_Space)
    dialog = form(page)
    user.type(dialog.surname, "Ан")
    user.type(dialog.given, "Ли")
    user.type(dialog.birth_date, "01.03.2015")
    dialog.group.setCurrentText("5а")
    press(user, dialog.birth_date, Qt.Key.Key_Return)
    assert not page.list.empty.isVisible()
    assert names(page) == ["Ан"]

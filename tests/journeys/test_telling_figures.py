"""A figure that the program cannot count, by keyboard: told with its source, corrected, withdrawn, taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from profdesk.domain.people import GroupName, PersonName
from profdesk.domain.summary import Figure
from profdesk.domain.told_figures import NUMBERS, PRESENCE
from profdesk.gui.summary.figures_view import FiguresView
from profdesk.gui.summary.page import SummaryPage
from profdesk.gui.summary.told_dialog import ToldDialog

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SOURCE = "Письмо колледжа от 12.11.2026"


def press(user: User, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    user.qtbot.keyClick(QApplication.focusWidget() or user.main, key, modifiers)
    user.wait()


@pytest.fixture
def page(user: User, tmp_path: Path) -> FiguresView:
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    year = desk.organisation.period.year
    with desk.workspace.unit(desk.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("9 «А»", 9, "А"), "secondary", year)
        unit.pupils.enrol(unit.pupils.add(PersonName("Цой", "Вера"), date(2011, 5, 6), None), group.id, year)
    shown = user.page("summary")
    assert isinstance(shown, SummaryPage)
    return shown.figures


def ask(user: User, page: FiguresView, measure: str) -> ToldDialog:
    """Choose the indicator's row and press Enter on it."""
    user.main.activateWindow()
    user.wait()
    code = next(one.code for one in user.windows.desk.programme.indicators if one.rule.measure == measure)
    page.table.setFocus()
    assert page.table.choose(code)
    press(user, Key.Key_Return)
    dialog = page.findChild(ToldDialog)
    assert dialog is not None
    return dialog


def figure(page: FiguresView, measure: str) -> Figure | None:
    assert page.summary is not None
    return next((one for one in page.summary.figures if one.indicator.rule.measure == measure), None)


def fill(user: User, dialog: ToldDialog, *words: str) -> None:
    for field, said in zip((dialog.numerator, dialog.denominator, dialog.source), words, strict=True):
        field.clear()
        user.type(field, said)
    press(user, Key.Key_Return)


def test_numbers_are_told_corrected_withdrawn_and_taken_back(user: User, page: FiguresView) -> None:
    dialog = ask(user, page, NUMBERS)
    assert not dialog.withdraw_button.isVisible()
    fill(user, dialog, "12", "сорок", SOURCE)
    assert dialog.numbers_note.words.startswith("Напишите целое число")
    fill(user, dialog, "12", "4", SOURCE)
    assert dialog.numbers_note.words.startswith("Числитель больше знаменателя")
    fill(user, dialog, "12", "40", "")
    assert dialog.source_note.words.startswith("Напишите, откуда это известно")
    fill(user, dialog, "12", "40", SOURCE)
    told = figure(page, NUMBERS)
    assert told is not None
    assert (told.numerator, told.denominator, told.source) == (12, 40, SOURCE)
    assert page.tell_button.text() == "Изменить…"
    assert f"Число сообщено: {SOURCE}." in page.detail_text.text()
    dialog = ask(user, page, NUMBERS)
    assert dialog.source.text() == SOURCE
    fill(user, dialog, "13", "40", SOURCE)
    dialog = ask(user, page, NUMBERS)
    dialog.withdraw_button.setFocus()
    press(user, Key.Key_Space)
    assert figure(page, NUMBERS) is None
    user.main.activateWindow()
    user.wait()
    assert user.main.status.undo_words.startswith("Отменить: убран ответ")
    for wanted in (13, 12):
        press(user, Key.Key_Z, CTRL)
        there = figure(page, NUMBERS)
        assert there is not None
        assert there.numerator == wanted
    press(user, Key.Key_Z, CTRL)
    assert figure(page, NUMBERS) is None
    press(user, Key.Key_Y, CTRL)
    assert figure(page, NUMBERS) == told


def test_whether_the_organisation_has_something_is_chosen(user: User, page: FiguresView) -> None:
    dialog = ask(user, page, PRESENCE)
    assert not dialog.numbers.isVisible()
    press(user, Key.Key_Down)
    user.type(dialog.source, "Сайт управления, 20.11.2026")
    press(user, Key.Key_Return)
    told = figure(page, PRESENCE)
    assert told is not None
    assert (told.numerator, told.denominator, told.of_people) == (0, 1, False)


def test_what_the_program_counts_itself_is_not_asked(user: User, page: FiguresView) -> None:
    page.table.setFocus()
    page.table.choose_first()
    assert not page.tell_button.isVisible()
    press(user, Key.Key_Return)
    assert page.findChild(ToldDialog) is None

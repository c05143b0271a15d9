"""From a figure of the summary to the names behind it and on to what is missing, by keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from keyboard import CTRL, back, dialog, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox
from support import mark

from profdesk.domain.people import GroupName, PersonName
from profdesk.gui.activities.activity_dialog import ActivityDialog
from profdesk.gui.choices.page import ChoicesPage
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.gui.registers.page import RegistersPage
from profdesk.gui.summary.figures_view import FiguresView
from profdesk.gui.summary.page import SummaryPage
from profdesk.gui.summary.people_dialog import PeopleDialog
from profdesk.services import activities

Key = Qt.Key


@pytest.fixture
def figures(user: User, tmp_path: Path) -> FiguresView:
    """9 «А» of three and 9 «Б» of one; one of 9 «А» has been assessed in one competency."""
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    period = desk.organisation.period
    with desk.workspace.unit(desk.actor) as unit:
        for letter, names in (("А", ("Вера", "Мария", "Юлия")), ("Б", ("Нина",))):
            group = unit.pupils.ensure_group(GroupName(f"9 «{letter}»", 9, letter), "secondary", period.year)
            for given in names:
                pupil = unit.pupils.add(PersonName("Цой", given), date(2011, 5, 6), None)
                unit.pupils.enrol(pupil, group.id, period.year)
                if given == "Вера":
                    first = pupil
    mark(desk.workspace, period, (first, "planning", 3))
    return shown(user)


def shown(user: User) -> FiguresView:
    page = user.page("summary")
    assert isinstance(page, SummaryPage)
    page.figures.table.setFocus()
    return page.figures


def opened(user: User, figures: FiguresView, code: str) -> PeopleDialog:
    """Enter on an indicator."""
    back(user)
    figures.table.setFocus()
    assert figures.table.choose(code)
    press(user, Key.Key_Return)
    return dialog(user, PeopleDialog)


def names(found: PeopleDialog) -> list[str]:
    return [one.name for one in found.table.rows()]


def test_from_a_figure_to_the_names_and_on(user: User, figures: FiguresView) -> None:
    choose_term_and_class(user, figures)
    find_and_copy(user, opened(user, figures, "accompaniment"))
    assert isinstance(user.main.page, PortfolioPage)
    assert user.main.page.group.currentText() == "9 «А»"
    open_card(user, opened(user, shown(user), "accompaniment"))
    assert isinstance(user.main.page, PupilCardPage)
    choose(user, shown(user).tools.scope, Key.Key_Home)
    plan(user, opened(user, shown(user), "trials"))
    found = opened(user, shown(user), "agreements")
    assert found.table.row().why == "Ни одного договора не записано"
    press(user, Key.Key_Return, CTRL)
    assert isinstance(user.main.page, RegistersPage)
    assert user.main.page.list.register.code == "agreements"
    opened(user, shown(user), "conscious-choice")
    press(user, Key.Key_Escape)
    back(user)
    assert figures.table.hasFocus()
    assert figures.counted_button.isHidden()
    assert figures.missing_button.text() == "Не вошли 4"
    figures.people.wanted_graduates.emit(2026)
    user.wait()
    assert isinstance(user.main.page, ChoicesPage)
    assert user.main.page.front is user.main.page.graduates


def choose(user: User, box: QComboBox, *keys: Qt.Key) -> None:
    back(user)
    box.setFocus()
    for key in keys:
        press(user, key)


def choose_term_and_class(user: User, figures: FiguresView) -> None:
    """The term in hand and 9 «А», by the arrows in the two lists; signing is off then, with the reason."""
    period = user.windows.desk.organisation.period
    choose(user, figures.tools.period, *[Key.Key_Down] * period.term.value)
    choose(user, figures.tools.scope, Key.Key_End, Key.Key_Up)
    assert figures.summary is not None
    assert figures.summary.span.term is period.term
    assert figures.summary.scope_title == "9 «А»"
    assert not figures.tools.sign.isEnabled()
    assert figures.signer.text().startswith("Подписывают сводку всей организации")


def find_and_copy(user: User, found: PeopleDialog) -> None:
    assert names(found) == ["Цой Мария", "Цой Юлия"]
    assert found.count.text() == "2 ученика"
    press(user, Key.Key_F, CTRL)
    user.type(found.search_field, "9 «а» юлия")
    press(user, Key.Key_Down)
    assert names(found) == ["Цой Юлия"]
    assert found.table.hasFocus()
    assert found.detail_why.text() == "Не оценена ни одна компетенция."
    press(user, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Цой Юлия\t9 «А»\tНе оценена ни одна компетенция"
    assert found.do_button.text() == "Отметить портфолио: 9 «А»"
    press(user, Key.Key_Return, CTRL)


def open_card(user: User, found: PeopleDialog) -> None:
    found.side.setFocus()
    press(user, Key.Key_Left)
    assert names(found) == ["Цой Вера"]
    assert found.table.row().why.startswith("Оценено 1 из 20, нет: ")
    assert not found.do_button.isVisible()
    press(user, Key.Key_K, CTRL)


def plan(user: User, found: PeopleDialog) -> None:
    """A trial for two of the class."""
    assert found.do_button.text() == "Назначить пробу: 4 ученика"
    press(user, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert found.do_button.text() == "Назначить пробу: 2 ученика"
    press(user, Key.Key_Return, CTRL)
    form = dialog(user, ActivityDialog)
    user.type(form.name, "Проба пера")
    form.save_button.setFocus()
    press(user, Key.Key_Space)
    desk = user.windows.desk
    (planned,) = activities.plan(desk.workspace, desk.actor, desk.organisation.period.year).activities
    assert (len(planned.entry.groups), len(planned.entry.pupils)) == (0, 2)

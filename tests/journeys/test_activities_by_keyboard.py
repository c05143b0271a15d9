"""A trial by keyboard: planned for a class, held with two absent, seen on a pupil's card, undone by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from keyboard import CTRL, dialog, press, tab_to
from PySide6.QtCore import Qt

from profdesk.domain.activities import State
from profdesk.domain.people import GroupName, PersonName
from profdesk.gui.activities.activity_dialog import ActivityDialog
from profdesk.gui.activities.attendance_dialog import AttendanceDialog
from profdesk.gui.activities.card_tab import ActivitiesTab
from profdesk.gui.activities.page import ActivitiesPage
from profdesk.gui.pupil_card.page import PupilCardPage

NAMES = ("Ан", "Белов", "Ёлкина", "Яшин")


@pytest.fixture
def page(user: User, tmp_path: Path) -> ActivitiesPage:
    """A ninth class, and the plan of a year in which nothing is planned yet."""
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    with desk.workspace.unit(desk.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("9 «А»", 9, "А"), "secondary", desk.organisation.period.year)
        for surname in NAMES:
            pupil = unit.pupils.add(PersonName(surname, "Саша"), date(2011, 5, 6), None)
            unit.pupils.enrol(pupil, group.id, desk.organisation.period.year)
    shown = user.page("activities")
    assert isinstance(shown, ActivitiesPage)
    return shown


def plan_a_trial(user: User) -> None:
    press(user, Qt.Key.Key_N, CTRL)
    form = dialog(user, ActivityDialog)
    while form.kind.currentData() != "trial":
        press(user, Qt.Key.Key_Down)
    tab_to(user, form.name)
    user.type(form.name, "Собери щит")
    tab_to(user, form.hours)
    user.type(form.hours, "4")
    tab_to(user, form.invited.groups)
    press(user, Qt.Key.Key_Space)
    tab_to(user, form.save_button)
    press(user, Qt.Key.Key_Space)
    user.main.activateWindow()
    user.wait()


def hold_it_without_two(user: User) -> None:
    press(user, Qt.Key.Key_Return, CTRL)
    who = dialog(user, AttendanceDialog)
    assert who.table.hasFocus()
    for letter in "бя":
        user.type(who.table, letter)
        press(user, Qt.Key.Key_Space)
        who.table._typed_at = 0.0  # a pause in typing
    assert who.save_button.text() == "Отметить: были 2 из 4"
    press(user, Qt.Key.Key_Return, CTRL)


def told_on_cards(user: User, group: str) -> dict[str, str]:
    """What the tab says of hours, by surname."""
    card = user.main.pages[PupilCardPage]
    workspace = user.windows.desk.workspace
    with workspace.unit(workspace.actor) as unit:
        pupils = unit.pupils.in_group(group)
    card.choose_pupil(pupils[0].id)
    user.page(card.name)
    place, tab = next((at, tab) for at, tab in enumerate(card.shown_tabs) if isinstance(tab, ActivitiesTab))
    while card.tabs.currentIndex() != place:
        press(user, Qt.Key.Key_Tab, CTRL)
    told: dict[str, str] = {}
    for pupil in pupils:
        card.choose_pupil(pupil.id)
        user.wait()
        told[pupil.name.surname] = tab.hours.text()
    return told


def test_a_trial_is_planned_held_seen_on_a_card_and_undone(user: User, page: ActivitiesPage) -> None:
    plan_a_trial(user)
    assert page.table.hasFocus()
    hold_it_without_two(user)
    one = page.table.row()
    assert (one.state, one.present, one.expected, one.entry.hours) == (State.HELD, 2, 4, 4)
    came, missed = "Пробы: 4 часа", "Часов пока нет."
    told = told_on_cards(user, one.entry.groups[0])
    assert told == {"Ан": came, "Белов": missed, "Ёлкина": came, "Яшин": missed}
    user.page("activities")
    assert page.status().undo == "проведено «Собери щит»"
    press(user, Qt.Key.Key_Z, CTRL)
    assert page.table.row().state is State.PLANNED
    press(user, Qt.Key.Key_Y, CTRL)
    assert page.table.row().present == 2

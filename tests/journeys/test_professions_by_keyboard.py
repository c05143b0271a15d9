"""Professions that children met, by keyboard: class by class, who lacks which, copied, printed, on the card."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from keyboard import CTRL, dialog, press, tab_to
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from profdesk.domain.activities import ActivityEntry
from profdesk.domain.people import GroupName, PersonName
from profdesk.gui.activities.card_tab import ActivitiesTab
from profdesk.gui.activities.page import ActivitiesPage
from profdesk.gui.activities.professions_by_class import ProfessionsByClass
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.services import activities, pupils

NAMES = ("Ан", "Белов", "Ёлкина")


@pytest.fixture
def page(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ActivitiesPage:
    """A second class that heard of two professions, but for one child; and a seventh of which no number is wanted."""
    monkeypatch.setattr(pupils, "today", lambda: date(2026, 11, 25))
    make_workspace(user, tmp_path / "desk")
    desk, year = user.windows.desk, user.windows.desk.organisation.period.year
    with desk.workspace.unit(desk.actor) as unit:
        young = unit.pupils.ensure_group(GroupName("2 «А»", 2, "А"), "primary", year)
        older = unit.pupils.ensure_group(GroupName("7 «А»", 7, "А"), "basic", year)
        ids = [unit.pupils.add(PersonName(surname, "Саша"), date(2018, 5, 6), None) for surname in NAMES]
        for one in ids:
            unit.pupils.enrol(one, young.id, year)
        unit.pupils.enrol(unit.pupils.add(PersonName("Яшин", "Саша"), date(2013, 5, 6), None), older.id, year)
    told = ("network-doctor", "media-police")
    entry = ActivityEntry("lesson", "Кто бережёт людей", date(2026, 11, 12), groups=(young.id,), professions=told)
    one = activities.write(desk.workspace, desk.actor, entry)[0]
    activities.hold(desk.workspace, desk.actor, one.id, absent=[ids[1]])
    shown = user.page("activities")
    assert isinstance(shown, ActivitiesPage)
    return shown


def test_who_lacks_which_is_seen_copied_and_printed(user: User, page: ActivitiesPage) -> None:
    tab_to(user, page.more_button)
    page.views_of_year.professions.trigger()
    user.wait()
    shown = dialog(user, ProfessionsByClass)
    assert shown.classes.hasFocus()
    assert shown.chosen.text() == "2 «А»: 0 из 3 знают 20 и больше"
    assert [shown.matrix.item(row, 0).text() for row in range(4)] == ["", "2 из 20", "0 из 20", "2 из 20"]
    assert [shown.matrix.item(0, column).text() for column in (1, 2, 3)] == ["1", "1", "3"]
    tab_to(user, shown.matrix)
    press(user, Qt.Key.Key_Right)
    assert shown.told.text() == "Ан Саша, медиаполицейский: 12.11.2026 — Кто бережёт людей"
    press(user, Qt.Key.Key_Down)
    assert shown.told.text() == "Белов Саша, медиаполицейский: ещё не встречали"
    press(user, Qt.Key.Key_C, CTRL)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert [line[:4] for line in lines] == [
        ["", "знает", "медиаполицейский", "сетевой врач"],
        ["Ещё не знают", "", "1", "1"],
        ["Ан Саша", "2 из 20", "1", "1"],
        ["Белов Саша", "0 из 20", "", ""],
        ["Ёлкина Саша", "2 из 20", "1", "1"],
    ]
    press(user, Qt.Key.Key_P, CTRL)
    user.qtbot.waitUntil(lambda: bool(shown.findChildren(PaperDialog)))  # a button pressed by its keys takes a moment
    user.wait()
    paper = dialog(user, PaperDialog)
    assert paper._data.startswith(b"%PDF")
    press(user, Qt.Key.Key_Escape)
    shown.activateWindow()
    user.wait()
    tab_to(user, shown.classes)
    press(user, Qt.Key.Key_Down)
    assert shown.chosen.text() == "7 «А»: 1 ученик, числа программа не называет"


def test_the_card_counts_against_the_number_of_the_level(user: User, page: ActivitiesPage) -> None:
    card = user.main.pages[PupilCardPage]
    workspace, year = user.windows.desk.workspace, user.windows.desk.organisation.period.year
    told = {}
    for one in pupils.pupils(workspace, workspace.actor, year):
        card.choose_pupil(one.id)
        user.page(card.name)
        place, tab = next((at, tab) for at, tab in enumerate(card.shown_tabs) if isinstance(tab, ActivitiesTab))
        card.tabs.setCurrentIndex(place)
        user.wait()
        told[one.name.surname] = (tab.met_label.text(), list(tab.met.rows()))
    met, none = ["медиаполицейский", "сетевой врач"], []
    assert told == {
        "Ан": ("Знакомые профессии: 2 из 20", met),
        "Белов": ("Знакомые профессии: 0 из 20", none),
        "Ёлкина": ("Знакомые профессии: 2 из 20", met),
        "Яшин": ("Знакомые профессии: 0", none),
    }

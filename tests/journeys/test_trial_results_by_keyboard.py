"""What a trial gave, by keyboard: a pupil's work kept as a file, replaced, taken away, looked at on the card."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from keyboard import CTRL, back, dialog, press, tab_to
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from sqlalchemy import text

from profdesk.domain.activities import ActivityEntry
from profdesk.domain.people import GroupName, PersonName
from profdesk.gui.activities.activity_dialog import ActivityDialog
from profdesk.gui.activities.attendance_dialog import AttendanceDialog
from profdesk.gui.activities.card_tab import ActivitiesTab
from profdesk.gui.activities.competency_choice import CompetencyChoice
from profdesk.gui.activities.page import ActivitiesPage
from profdesk.gui.activities.stages_dialog import StagesDialog
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.services import activities, evidence, pupils

DAY = date(2026, 11, 12)
NAMES = ("Ан", "Белов", "Ёлкина")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pupils, "today", lambda: date(2026, 11, 25))


@pytest.fixture
def page(user: User, tmp_path: Path) -> ActivitiesPage:
    """A ninth class with a trial planned for it."""
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    with desk.workspace.unit(desk.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("9 «А»", 9, "А"), "secondary", desk.organisation.period.year)
        for surname in NAMES:
            pupil = unit.pupils.add(PersonName(surname, "Саша"), date(2011, 5, 6), None)
            unit.pupils.enrol(pupil, group.id, desk.organisation.period.year)
    entry = ActivityEntry("trial", "Сетевой врач", DAY, hours=4, groups=(group.id,))
    activities.write(desk.workspace, desk.actor, entry)
    shown = user.page("activities")
    assert isinstance(shown, ActivitiesPage)
    return shown


class Shown(QObject):
    """Stands for the system's program for files."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[bytes] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.files.append(Path(url.toLocalFile()).read_bytes())


def works(user: User, page: ActivitiesPage) -> dict[str, list[tuple[str, str]]]:
    """The files of each pupil as they stand: title and name."""
    workspace = user.windows.desk.workspace
    (one,) = activities.plan(workspace, workspace.actor, page._year).activities
    there = activities.attendance(workspace, workspace.actor, one.id).pupils
    return {
        pupil.name.surname: [
            (file.title, file.name) for file in evidence.of_pupil(workspace, workspace.actor, pupil.id)
        ]
        for pupil in there
    }


def open_who(user: User) -> AttendanceDialog:
    back(user)
    press(user, Qt.Key.Key_Return, CTRL)
    return dialog(user, AttendanceDialog)


def chosen(user: User, name: str, content: bytes, folder: Path) -> None:
    user.given = folder / name
    user.given.write_bytes(content)


def looked_at(user: User, page: ActivitiesPage, surname: str) -> list[bytes]:
    """What the system is asked to show when Enter is pressed on the card of a pupil."""
    shown = Shown()
    QDesktopServices.setUrlHandler("file", shown, "show")
    card = user.main.pages[PupilCardPage]
    workspace = user.windows.desk.workspace
    there = pupils.pupils(workspace, workspace.actor, page._year)
    card.choose_pupil(next(one.id for one in there if one.name.surname == surname))
    user.page(card.name)
    place, tab = next((at, tab) for at, tab in enumerate(card.shown_tabs) if isinstance(tab, ActivitiesTab))
    while card.tabs.currentIndex() != place:
        press(user, Qt.Key.Key_Tab, CTRL)
    tab.table.setFocus()
    press(user, Qt.Key.Key_Return)
    QDesktopServices.unsetUrlHandler("file")
    return shown.files


def test_a_work_is_added_replaced_taken_away_and_looked_at(user: User, page: ActivitiesPage, tmp_path: Path) -> None:
    who = open_who(user)
    user.type(who.table, "ё")
    chosen(user, "Пустой.jpg", b"", tmp_path)
    press(user, Qt.Key.Key_Insert)
    assert who.product.product_note.words.startswith("Файл «Пустой.jpg» пустой")
    chosen(user, "Схема.jpg", b"one", tmp_path)
    press(user, Qt.Key.Key_Insert)
    assert who.product.product_name.text() == "Схема.jpg, будет добавлен"
    assert works(user, page)["Ёлкина"] == []
    press(user, Qt.Key.Key_Return, CTRL)
    title = "Проба «Сетевой врач», 12.11.2026"
    assert works(user, page) == {"Ан": [], "Белов": [], "Ёлкина": [(title, "Схема.jpg")]}

    who = open_who(user)
    user.type(who.table, "ё")
    tab_to(user, who.product.replace_button)
    chosen(user, "Лучше.pdf", b"two", tmp_path)
    press(user, Qt.Key.Key_Space)
    press(user, Qt.Key.Key_Return, CTRL)
    assert works(user, page)["Ёлкина"] == [(title, "Лучше.pdf")]

    assert looked_at(user, page, "Ёлкина") == [b"two"]

    user.page("activities")
    who = open_who(user)
    user.type(who.table, "ё")
    tab_to(user, who.product.take_button)
    press(user, Qt.Key.Key_Space)
    assert who.product.product_name.text() == "Лучше.pdf будет убран"
    press(user, Qt.Key.Key_Return, CTRL)
    assert works(user, page)["Ёлкина"] == []
    back(user)
    for left in ([(title, "Лучше.pdf")], [(title, "Схема.jpg")], []):
        press(user, Qt.Key.Key_Z, CTRL)
        assert works(user, page)["Ёлкина"] == left, page.message.words


def choose_competencies(user: User, page: ActivitiesPage) -> None:
    """Two competencies for the trial on the page, found by typing and by going down the list."""
    back(user)
    press(user, Qt.Key.Key_F2)
    form = dialog(user, ActivityDialog)
    tab_to(user, form.competencies.choose_button)
    press(user, Qt.Key.Key_Space)
    choice = dialog(user, CompetencyChoice)
    assert {one.code for one in choice.table.rows()[1:]} == set(user.windows.desk.programme.codes["secondary"])
    user.type(choice.table, "г")
    user.type(choice.search_field, "ибк")
    press(user, Qt.Key.Key_Down)
    press(user, Qt.Key.Key_Space)
    choice.search_field.clear()
    choice.table.setFocus()
    press(user, Qt.Key.Key_Home, CTRL)
    press(user, Qt.Key.Key_Space)
    assert choice.take_button.text() == "Выбрать 2 компетенции"
    press(user, Qt.Key.Key_Return, CTRL)
    form.activateWindow()
    user.wait()
    assert form.competencies.named.text() == "анализ проблемы, гибкость"
    tab_to(user, form.save_button)
    press(user, Qt.Key.Key_Space)


def test_stages_are_asked_of_the_competencies_chosen(user: User, page: ActivitiesPage) -> None:
    tab_to(user, page.table)
    choose_competencies(user, page)
    open_who(user)
    press(user, Qt.Key.Key_Return, CTRL)
    back(user)
    tab_to(user, page.stages_button)
    press(user, Qt.Key.Key_Space)
    stages = dialog(user, StagesDialog)
    assert stages.competencies.keys == ("problem-analysis", "flexibility")
    assert stages.table.hasFocus()
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Right, Qt.Key.Key_1):
        press(user, key)
    tab_to(user, stages.save_button)
    press(user, Qt.Key.Key_Space)
    workspace = user.windows.desk.workspace
    with workspace._engine.connect() as connection:
        query = text("SELECT competency, stage FROM assessment WHERE basis = 'trial' ORDER BY competency, stage")
        assert [tuple(row) for row in connection.execute(query)] == [
            ("flexibility", 1), ("problem-analysis", 2), ("problem-analysis", 3),
        ]  # fmt: skip

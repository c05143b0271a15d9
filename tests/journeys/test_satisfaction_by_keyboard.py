"""Parents' forms by keyboard: printed before the meeting, keyed in after it, corrected as totals, seen for the year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from keyboard import CTRL, back, dialog, press, tab_to
from PySide6.QtCore import Qt
from sqlalchemy import text

from profdesk.domain.activities import ActivityEntry, Audience
from profdesk.domain.people import GroupName, PersonName
from profdesk.gui.activities.page import ActivitiesPage
from profdesk.gui.activities.satisfaction_dialog import SatisfactionDialog
from profdesk.gui.activities.satisfaction_year import SatisfactionYear
from profdesk.gui.common.paper import PaperDialog
from profdesk.services import activities, pupils

ONE, TWO, FOUR, NOTHING = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_0


@pytest.fixture
def page(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ActivitiesPage:
    """A meeting planned for the parents of a class of four."""
    monkeypatch.setattr(pupils, "today", lambda: date(2026, 11, 25))
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    with desk.workspace.unit(desk.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("2 «А»", 2, "А"), "primary", desk.organisation.period.year)
        for surname in ("Ан", "Белов", "Ёлкина", "Яшин"):
            pupil = unit.pupils.add(PersonName(surname, "Саша"), date(2018, 5, 6), None)
            unit.pupils.enrol(pupil, group.id, desk.organisation.period.year)
    entry = ActivityEntry(
        "parents_meeting", "Играем в профессии", date(2026, 11, 12), audience=Audience.PARENTS, groups=(group.id,)
    )
    activities.write(desk.workspace, desk.actor, entry)
    shown = user.page("activities")
    assert isinstance(shown, ActivitiesPage)
    return shown


def counts(user: User) -> dict[str, int]:
    """What the database keeps of the question about it all, and (under nothing) how many forms came back."""
    with user.windows.desk.workspace._engine.connect() as connection:
        query = text("SELECT answer, count AS count_of FROM satisfaction WHERE question IN ('', 'whole')")
        return {row.answer: row.count_of for row in connection.execute(query)}


def open_answers(user: User, page: ActivitiesPage) -> SatisfactionDialog:
    back(user)
    tab_to(user, page.answers_button)
    press(user, Qt.Key.Key_Space)
    return dialog(user, SatisfactionDialog)


def hold(user: User, page: ActivitiesPage) -> None:
    activities.hold(user.windows.desk.workspace, user.windows.desk.actor, page.table.row().id)
    page._stale = True
    user.page("overview")
    user.page("activities")


def test_forms_are_printed_and_keyed_in_one_by_one(user: User, page: ActivitiesPage) -> None:
    assert page.answers_button.text() == "Анкета для родителей…"
    tab_to(user, page.answers_button)
    press(user, Qt.Key.Key_Space)
    paper = dialog(user, PaperDialog)
    assert paper._data.startswith(b"%PDF")
    press(user, Qt.Key.Key_Escape)
    hold(user, page)

    form = open_answers(user, page)
    assert form.grid.hasFocus()
    for keys in ((ONE, ONE, TWO, ONE), (ONE, NOTHING, FOUR, FOUR), (TWO, TWO, TWO, TWO)):
        for key in keys:
            press(user, key)
        press(user, Qt.Key.Key_Return)
    assert form.save_button.text() == "Записать 3 анкеты"
    press(user, Qt.Key.Key_Return)
    assert form.message.words == "Отметьте хотя бы один ответ."
    press(user, Qt.Key.Key_Z, CTRL)
    assert form.save_button.text() == "Записать 2 анкеты"
    press(user, Qt.Key.Key_Escape)
    assert form.message.words.startswith("Введённое не записано")
    press(user, Qt.Key.Key_Return, CTRL)
    assert counts(user) == {"": 2, "yes": 1, "no": 1}


def test_totals_are_corrected_undone_and_seen_for_the_year(user: User, page: ActivitiesPage) -> None:
    hold(user, page)
    form = open_answers(user, page)
    for keys in ((ONE, ONE, TWO, ONE), (ONE, NOTHING, FOUR, FOUR)):
        for key in (*keys, Qt.Key.Key_Return):
            press(user, key)
    press(user, Qt.Key.Key_Return, CTRL)
    form = open_answers(user, page)
    tab_to(user, form.mode.focusProxy())
    press(user, Qt.Key.Key_Right)
    tab_to(user, form.grid)
    for key in (Qt.Key.Key_Down,) * 3:
        press(user, key)
    press(user, Qt.Key.Key_3)
    press(user, Qt.Key.Key_Return, CTRL)
    assert form.message.words.endswith("ответов 4, а анкет 2. Проверьте числа в этой строке.")
    tab_to(user, form.forms)
    form.forms.selectAll()
    press(user, FOUR)
    press(user, Qt.Key.Key_Return, CTRL)
    assert counts(user) == {"": 4, "yes": 3, "no": 1}
    back(user)
    assert page._rows.plan.content == {page.table.row().id: 75}
    assert page.status().undo == "анкеты родителей, «Играем в профессии»"
    press(user, Qt.Key.Key_Z, CTRL)
    assert counts(user) == {"": 2, "yes": 1, "no": 1}

    page.views_of_year.parents.trigger()
    user.wait()
    year = dialog(user, SatisfactionYear)
    assert year.facts.text().startswith("Для родителей: 1 встреча, анкеты собраны после 1.")
    assert [year._content(line) for line in year.table.rows()[1:]] == ["100,0 %", "100,0 %", "50,0 %", "50,0 %"]

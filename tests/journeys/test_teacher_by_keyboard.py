"""A class teacher at the own class: it is there at once, is marked by keys alone, and nothing else is reached."""

from __future__ import annotations

from pathlib import Path

import pytest
from journey_user import User
from keyboard import CTRL, NONE, press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from role_users import OTHER, OWN, come, make_school
from role_walk import keep_refusals
from support import FIRST

from profdesk.domain.access import Role
from profdesk.gui.activities.page import ActivitiesPage
from profdesk.gui.class_overview.page import ClassOverviewPage
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.services import portfolio

WINDOW = ["pupils", "portfolio", "class-overview", "activities", "choices", "certificates", "registers"]


def test_the_own_class_is_filled_in_and_nothing_else_is_reached(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = keep_refusals(monkeypatch)
    groups = make_school(tmp_path / "desk")
    workspace = come(user, tmp_path / "desk", Role.TEACHER, leads=[groups[OWN]])
    main = user.main
    assert [name for name in main.listed if name in WINDOW] == WINDOW
    assert {"overview", "diagnostics", "summary", "audit"}.isdisjoint(main.listed)
    assert (main.person.text(), main.role.text()) == ("Петрова Ольга", "Классный руководитель")

    page = main.page
    assert isinstance(page, PortfolioPage)
    assert [page.group.itemText(at) for at in range(page.group.count())] == ["7 «А»"]
    assert page.table.hasFocus()
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_1):
        press(user, key)
    press(user, Qt.Key.Key_Z, CTRL)
    grid = portfolio.grid(workspace, workspace.actor, groups[OWN].id, FIRST)
    assert sorted(grid.stages.values()) == [2, 3]

    for number in range(1, min(len(main.listed), 9) + 1):
        press(user, getattr(Qt.Key, f"Key_{number}"), CTRL)
        assert str(OTHER.title) not in _words(user), main.page.name
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    assert [row.pupil.name.surname for row in pupils.list.table.rows()] == ["Абрамова", "Белова", "Власова"]
    for key, modifiers in ((Qt.Key.Key_N, CTRL), (Qt.Key.Key_F2, NONE), (Qt.Key.Key_F6, NONE), (Qt.Key.Key_O, CTRL)):
        press(user, key, modifiers)
        assert pupils.acts.dialog is None
    whole = user.page("class-overview")
    assert isinstance(whole, ClassOverviewPage)
    assert whole.group.currentText() == "7 «А»"
    assert not whole.references_button.isHidden()
    plan = user.page("activities")
    assert isinstance(plan, ActivitiesPage)
    assert plan.empty.primary.isVisible()
    assert refused == []


def test_without_a_class_it_is_told_who_gives_one(user: User, tmp_path: Path) -> None:
    make_school(tmp_path / "desk")
    come(user, tmp_path / "desk", Role.TEACHER)
    page = user.main.page
    assert isinstance(page, PortfolioPage)
    assert page.empty.isVisible()
    told = " ".join(label.text() for label in page.empty.findChildren(type(page.complete)))
    assert "Класс вам пока не назначен" in told
    assert "координатора или администратора" in told
    assert not page.empty.primary.isVisible()


def _words(user: User) -> str:
    return " ".join(one.text() for one in QApplication.allWidgets() if hasattr(one, "text") and one.isVisible())

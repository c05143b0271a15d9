"""What a class teacher is offered of activities to which other classes are asked too, and how dead boxes look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from diagnostic_room import DiagnosticRoom
from portfolio_class import SEVENTH, add_class
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from role_walk import acting
from support import YEAR

from profdesk.domain.access import Role
from profdesk.domain.activities import SHARED, Activity, ActivityEntry, Audience, State
from profdesk.domain.people import GroupName
from profdesk.gui.activities.activity_dialog import ActivityDialog
from profdesk.gui.activities.attendance_dialog import AttendanceDialog
from profdesk.gui.activities.page import ActivitiesPage
from profdesk.gui.common import theme
from profdesk.services import activities, pupils
from profdesk.storage.workspace import Workspace

TODAY, DAY = date(2026, 11, 25), date(2026, 10, 12)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pupils, "today", lambda: TODAY)


@pytest.fixture
def events(workspace: Workspace) -> dict[str, Activity]:
    """An own activity, one shared with another class, a shared one that was held, and a meeting of all parents."""
    own, _ = add_class(workspace, 3, SEVENTH)
    other, _ = add_class(workspace, 3, GroupName("9 «Б»", 9, "Б"))
    with workspace.unit(workspace.actor) as unit:
        unit.class_teachers.give(workspace.actor.id, [own.id], YEAR)
    both, owner = (own.id, other.id), workspace.actor
    planned = {
        "own": ActivityEntry("excursion", "own", DAY, groups=(own.id,)),
        "shared": ActivityEntry("excursion", "shared", DAY, groups=both),
        "held": ActivityEntry("excursion", "held", DAY, groups=both),
        "parents": ActivityEntry("parents_meeting", "parents", DAY, audience=Audience.PARENTS, groups=both),
    }
    made = {title: activities.write(workspace, owner, entry)[0] for title, entry in planned.items()}
    for title in ("held", "parents"):
        made[title], _ = activities.hold(workspace, owner, made[title].id)
    return made


@pytest.fixture
def room(workspace: Workspace, events: dict[str, Activity]) -> Iterator[DiagnosticRoom]:
    made = DiagnosticRoom(acting(workspace, Role.TEACHER), ActivitiesPage)
    made.show("activities")
    yield made
    made.close()


@pytest.fixture
def page(room: DiagnosticRoom) -> ActivitiesPage:
    return room.window.pages[ActivitiesPage]


def test_a_shared_activity_is_read_and_says_who_changes_it(
    room: DiagnosticRoom, page: ActivitiesPage, events: dict[str, Activity]
) -> None:
    page.table.choose(events["shared"].id)
    assert page.edit_button.text() == "Посмотреть…"
    for button in (page.withdraw_button, page.cancel_button, page.hold_button):
        assert (button.isEnabled(), button.toolTip()) == (False, SHARED)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert not page.message.isVisible()
    (kept,) = (one for one in page.acts.plan.activities if one.id == events["shared"].id)
    assert kept.state is State.PLANNED
    page.edit_button.click()
    room.settle()
    (form,) = (one for one in room.window.findChildren(ActivityDialog) if one.isVisible())
    assert not form.save_button.isVisible()
    assert form.message.words == SHARED
    assert not form.labour_market.isEnabled()
    form.reject()


def test_an_own_activity_is_still_changed(page: ActivitiesPage, events: dict[str, Activity]) -> None:
    page.table.choose(events["shared"].id)
    page.table.choose(events["own"].id)
    assert page.edit_button.text() == "Изменить…"
    for button in (page.withdraw_button, page.cancel_button, page.hold_button):
        assert (button.isEnabled(), button.toolTip()) == (True, "")


def test_who_of_the_own_class_was_at_a_shared_activity_is_noted(
    room: DiagnosticRoom, page: ActivitiesPage, events: dict[str, Activity]
) -> None:
    """Parents beside those of the pupils, and what parents answered, are of the whole activity: not for one class."""
    page.table.choose(events["parents"].id)
    assert (page.answers_button.isEnabled(), page.answers_button.toolTip()) == (False, SHARED)
    page.hold_button.click()
    room.settle()
    (form,) = (one for one in room.window.findChildren(AttendanceDialog) if one.isVisible())
    assert not form.others.isEnabled()
    form.table.set_checked(lambda pupil: pupil.name.surname == "Абрамов")
    form.save_button.click()
    room.settle()
    workspace = room.desk.workspace
    found = activities.attendance(workspace, workspace.actor, events["parents"].id)
    there = [found.recorded[pupil.id].presence.value for pupil in found.pupils]
    assert sorted(there) == ["absent", "absent", "present"]


@pytest.mark.parametrize("dark", [False, True])
def test_ticks_of_a_dialog_that_is_only_read_are_not_drawn_as_live(
    room: DiagnosticRoom, page: ActivitiesPage, events: dict[str, Activity], dark: bool
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, dark)
    page.table.choose(events["shared"].id)
    page.edit_button.click()
    room.settle()
    (form,) = (one for one in room.window.findChildren(ActivityDialog) if one.isVisible())
    column = form.invited.groups.grab().toImage().copy(8, 0, 30, 200)
    drawn = {column.pixelColor(x, y).name() for x in range(column.width()) for y in range(column.height())}
    assert form.invited.groups.checked()
    assert theme.tokens().accent.name() not in drawn
    assert theme.tokens().border.name() in drawn
    theme.apply(application, False)
    form.reject()

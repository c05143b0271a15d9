"""A class teacher on a computer that gets a part: whatever the windows let be done the coordinator takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
import shiboken6
from diagnostic_room import DiagnosticRoom
from portfolio_class import SEVENTH, add_class
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton
from role_walk import keep_refusals
from support import CHEAP, YEAR

from profdesk.domain.access import Role
from profdesk.domain.activities import SHARED, ActivityEntry, Audience, State
from profdesk.domain.people import GroupName
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.domain.users import Draft
from profdesk.gui.activities.page import ActivitiesPage
from profdesk.gui.common import printing
from profdesk.gui.exchange.page import ExchangePage
from profdesk.gui.exchange.preview import PreviewDialog
from profdesk.services import activities, batches, computers, exchange, joining, pupils, registers
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Workspace

TODAY, DAY = date(2026, 11, 25), date(2026, 10, 12)
TEACHER = Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER}))
VERBS = ("edit_button", "hold_button", "stages_button", "answers_button", "cancel_button", "withdraw_button")
SINGLY = ("singly", "singly held", "singly parents", "singly trial")


class School(NamedTuple):
    """The coordinator's computer with two classes of three; the teacher's, who leads the first."""

    whole: Workspace
    part: Workspace
    made: dict[str, str]
    folder: Path

    def give(self, sender: Workspace, receiver: Workspace) -> None:
        path = self.folder / f"{datetime.now(UTC).timestamp()}.profdesk"
        with receiver.unit(receiver.actor) as unit:
            device = unit.computers.own_id
        exchange.send(sender, sender.actor, device, path)
        exchange.accept(receiver, receiver.actor, path)


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pupils, "today", lambda: TODAY)
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))
    monkeypatch.setattr(printing, "print_pdf", lambda *_: False)


@pytest.fixture
def school(workspace: Workspace, tmp_path: Path) -> Iterator[School]:
    own, mine = add_class(workspace, 3, SEVENTH)
    other, others = add_class(workspace, 3, GroupName("9 «Б»", 9, "Б"))
    owner = workspace.actor
    with workspace.unit(owner) as unit:
        person = unit.users.add(TEACHER, datetime.now(UTC))
        unit.class_teachers.give(person, [own.id], YEAR)
    singly = {"groups": (own.id,), "pupils": (others[0],)}
    planned = {
        "own": ActivityEntry("excursion", "own", DAY, groups=(own.id,)),
        "own trial": ActivityEntry("trial", "own trial", DAY, pupils=(mine[0], mine[1])),
        "both": ActivityEntry("excursion", "both", DAY, groups=(own.id, other.id)),
        "singly": ActivityEntry("excursion", "singly", DAY, **singly),
        "singly held": ActivityEntry("excursion", "singly held", DAY, **singly),
        "singly trial": ActivityEntry("trial", "singly trial", DAY, competencies=("planning",), **singly),
        "singly parents": ActivityEntry("parents_meeting", "singly parents", DAY, audience=Audience.PARENTS, **singly),
    }
    made = {title: activities.write(workspace, owner, entry)[0].id for title, entry in planned.items()}
    for title in ("singly held", "singly trial", "singly parents"):
        activities.hold(workspace, owner, made[title])
    package = tmp_path / "пакет.profdesk"
    code, _ = computers.kit(workspace, owner, person, "Кабинет 12", False, package)
    part = joining.join(package, code, tmp_path / "второй", "пароль второго").workspace
    yield School(workspace, part, made, tmp_path)
    workspace.close()


@pytest.fixture
def room(school: School) -> Iterator[DiagnosticRoom]:
    made = DiagnosticRoom(school.part, ActivitiesPage)
    made.show("activities")
    yield made
    made.close()


def press_all(room: DiagnosticRoom, activity: str) -> None:
    """Press each button that an activity offers, and write what dialogs let be written."""
    page = room.window.pages[ActivitiesPage]
    for name in VERBS:
        page.table.choose(activity)
        room.settle()
        button: QPushButton = getattr(page, name)
        if page.table.row() is None or not button.isVisibleTo(page) or not button.isEnabled():
            continue
        button.click()
        room.settle()
        fill_and_save(room)


def fill_and_save(room: DiagnosticRoom) -> None:
    for dialog in [one for one in room.window.findChildren(QDialog) if one.isVisible()]:
        fill(room, dialog)


def fill(room: DiagnosticRoom, dialog: QDialog) -> None:
    """Other words in every field of words, everybody marked or unmarked, and what the dialog writes."""
    for field in dialog.findChildren(QPlainTextEdit):
        if field.isVisible() and not field.isReadOnly() and field.isEnabled():
            field.setPlainText("иначе")
    for field in dialog.findChildren(QLineEdit):
        if field.objectName() in ("place", "mark") and field.isVisible() and not field.isReadOnly():
            field.setText("иначе")
    save: QPushButton | None = dialog.findChild(QPushButton, "save_button")
    if save is not None and save.isVisible() and save.isEnabled():
        save.click()
    room.settle()
    if shiboken6.isValid(dialog) and dialog.isVisible():
        dialog.reject()
        room.settle()


def test_what_a_teacher_may_do_on_a_part_is_taken_by_the_coordinator(
    school: School, room: DiagnosticRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = keep_refusals(monkeypatch)
    page = room.window.pages[ActivitiesPage]
    for title in SINGLY:
        page.table.choose(school.made[title])
        room.settle()
        assert page.edit_button.text() == "Посмотреть…"
        assert (page.withdraw_button.isEnabled(), page.withdraw_button.toolTip()) == (False, SHARED)
    for activity in school.made.values():
        press_all(room, activity)
        QTest.keyClick(page.table, Qt.Key.Key_Delete)
        QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        room.settle()
        fill_and_save(room)
    assert refused == []
    page.undo()
    room.settle()
    school.give(school.part, school.whole)
    with school.whole.unit(school.whole.actor) as unit:
        found = {title: unit.activities.get(one) for title, one in school.made.items()}
        said = {one.pupil: one for one in unit.activities.participants(school.made["singly held"])}
    assert {found[title].entry.place for title in (*SINGLY, "both")} == {""}
    assert [found[title].state for title in SINGLY] == [State.PLANNED, State.HELD, State.HELD, State.HELD]
    assert found["own"].state is State.HELD
    assert sorted(one.result for one in said.values()) == ["", "", "", "иначе"]
    school.give(school.whole, school.part)


def test_a_profession_of_the_programme_that_a_teacher_names_first_is_taken(school: School) -> None:
    part = school.part
    profession = registers.book(part, part.actor, PROFESSIONS).entries[0].id
    group = activities.plan(part, part.actor, YEAR).activities[0].entry.groups[0]
    entry = ActivityEntry("excursion", "Завод", DAY, groups=(group,), professions=(profession,))
    made, changes = activities.write(part, part.actor, entry)
    assert changes.batch is not None
    redoing, _ = batches.turn_back(part, part.actor, changes.batch)
    batches.turn_back(part, part.actor, redoing)
    school.give(part, school.whole)
    with school.whole.unit(school.whole.actor) as unit:
        assert unit.activities.get(made.id).entry.professions == (profession,)


def test_an_answer_without_records_says_what_arrived_and_what_is_only_read(school: School, tmp_path: Path) -> None:
    part, whole = school.part, school.whole
    with part.unit(part.actor) as unit:
        device, first = unit.computers.own_id, next(one.id for one in unit.computers.all() if one.whole)
    activities.write(part, part.actor, ActivityEntry("excursion", "Завод", DAY, groups=(group_of(school),)))
    school.give(part, whole)
    own = activities.plan(whole, whole.actor, YEAR).activities
    found = next(one for one in own if one.id == school.made["own"])
    others = [one.id for one in pupils.pupils(whole, whole.actor, YEAR) if one.group and one.group.name.grade == 9]
    activities.write(whole, whole.actor, replace(found.entry, pupils=tuple(others)), found.id)
    answer = tmp_path / "ответ.profdesk"
    exchange.send(whole, whole.actor, device, answer)
    room = DiagnosticRoom(part, ActivitiesPage, ExchangePage)
    room.show("activities")
    page = room.window.pages[ActivitiesPage]
    page.table.choose(found.id)
    assert page.edit_button.text() == "Изменить…"
    room.show("exchange")
    exchanging = room.window.pages[ExchangePage]
    exchanging.table.choose(first)
    assert not exchanging.table.row().confirmed
    exchanging.take(answer)
    room.settle()
    (dialog,) = (one for one in room.window.findChildren(PreviewDialog) if one.isVisible())
    assert dialog.title.text().startswith("Нового с компьютера")
    QTest.keyClick(dialog.accept_button, Qt.Key.Key_Space)
    room.settle()
    assert "ответ учтён" in exchanging.message.words
    assert exchanging.table.row().confirmed
    room.show("activities")
    page.table.choose(found.id)
    assert page.edit_button.text() == "Посмотреть…"
    room.close()


def group_of(school: School) -> str:
    plan = activities.plan(school.part, school.part.actor, YEAR)
    return next(one for one in plan.activities if one.id == school.made["own"]).entry.groups[0]

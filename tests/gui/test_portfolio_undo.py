"""Undo belongs to the class, term and strand it was done in: it is kept for them and never acts out of sight."""

from __future__ import annotations

from threading import Event

import pytest
from portfolio_class import CTRL, Room, add_class, codes, keys, press
from PySide6.QtCore import Qt
from support import FIRST, SECOND, YEAR

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import Group, GroupName
from profdesk.domain.portfolio import Basis
from profdesk.services import pupils as pupil_verbs
from profdesk.storage.workspace import Workspace

DONE = "Белов Иван, «Анализ проблемы», стадия 3"


@pytest.fixture
def other(workspace: Workspace, small: tuple[Group, list[str]]) -> Group:
    """A second class, of two pupils."""
    return add_class(workspace, 2, GroupName("7 «Б»", 7, "Б"))[0]


@pytest.fixture
def marked(other: Group, room: Room) -> Room:
    """One stage was set in the first class."""
    room.table.go_to(1, 0)
    keys(room, "3")
    room.desk.settle()
    assert room.page.status().undo == DONE
    return room


def show(room: Room, group_id: str) -> None:
    room.page.group.setCurrentIndex(room.page.group.findData(group_id))
    room.desk.settle()


def undo(room: Room) -> None:
    press(room, Qt.Key.Key_Z, CTRL)
    room.desk.settle()


def test_another_class_has_nothing_to_undo_and_the_first_one_still_has(marked: Room, small, other: Group) -> None:
    group, pupils = small
    show(marked, other.id)
    assert marked.page.status().undo == ""
    undo(marked)
    assert marked.committed(group)[(pupils[1], codes(group)[0])] == 3
    show(marked, group.id)
    assert marked.page.status().undo == DONE
    undo(marked)
    assert (pupils[1], codes(group)[0]) not in marked.committed(group)
    press(marked, Qt.Key.Key_Y, CTRL)
    marked.desk.settle()
    assert marked.committed(group)[(pupils[1], codes(group)[0])] == 3


def test_each_strand_and_term_undoes_its_own(marked: Room, small) -> None:
    group, pupils = small
    marked.page.occasion.choose(Basis.SELF)
    marked.desk.settle()
    assert marked.page.status().undo == ""
    marked.table.go_to(0, 0)
    keys(marked, "1")
    marked.desk.settle()
    marked.page.occasion.choose(Basis.OBSERVATION)
    marked.desk.settle()
    marked.page.period.setCurrentText(SECOND.title)
    marked.desk.settle()
    assert marked.page.status().undo == ""
    marked.page.period.setCurrentText(FIRST.title)
    marked.desk.settle()
    undo(marked)
    assert (pupils[1], codes(group)[0]) not in marked.committed(group)
    assert marked.page.status().undo == ""
    marked.page.occasion.choose(Basis.SELF)
    marked.desk.settle()
    assert marked.page.status().undo == "Абрамов Иван, «Анализ проблемы», стадия 1"


def test_a_write_answered_after_its_class_was_left_is_undone_there(
    room: Room, small, other: Group, gate: Event
) -> None:
    group, pupils = small
    room.page.group.addItem(other.name.title, other.id)
    room.desk.run(gate.wait, owner=room.page, done=lambda _: None)
    room.table.go_to(1, 0)
    keys(room, "3")
    room.page.group.setCurrentIndex(room.page.group.findData(other.id))
    gate.set()
    room.desk.settle()
    assert room.page.status().undo == ""
    show(room, group.id)
    assert room.shown()[1][0] == 3
    undo(room)
    assert (pupils[1], codes(group)[0]) not in room.committed(group)


def test_what_concerns_a_pupil_who_left_the_class_is_not_undone_out_of_sight(marked: Room, small) -> None:
    group, pupils = small
    workspace = marked.workspace
    pupil_verbs.move(workspace, workspace.actor, [pupils[1]], "7 «Б»", YEAR)
    marked.desk.changed.emit(Changes.of("batch", Kind.PUPILS))
    marked.desk.settle()
    assert len(marked.shown()) == len(pupils) - 1
    assert marked.page.status().undo == ""
    assert group.id == marked.page.group.currentData()

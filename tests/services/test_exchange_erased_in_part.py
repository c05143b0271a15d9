"""Records of some kinds destroyed on one computer, and what others record of the same pupil afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_files import Room, accepted, sent
from support import FIRST, mark, pupil_ids

from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.exchange import AHEAD_MS
from profdesk.domain.people import Group
from profdesk.domain.retention import RecordKind
from profdesk.services import clocks, erasure
from profdesk.storage.clock import HybridClock, _wall

Rooms = tuple[Room, Room]


@pytest.mark.parametrize("ahead_before", [False, True])
def test_what_was_recorded_knowing_of_an_erasure_waits_for_a_clock_and_stays(
    rooms: Rooms, group: Group, tmp_path: Path, ahead_before: bool
) -> None:
    one, two = rooms
    pupil = pupil_ids(one.workspace, group)[0]
    mark(one.workspace, FIRST, (pupil, "planning", 1))
    accepted(two, sent(one, two, tmp_path / "1.profdesk"))
    if ahead_before:
        set_ahead(two)
        mark(two.workspace, FIRST, (pupil, "initiative", 3))
    destroy(one, pupil)
    accepted(two, sent(one, two, tmp_path / "2.profdesk"))
    set_ahead(two)
    mark(two.workspace, FIRST, (pupil, "flexibility", 2))
    assert stages(two, group) == {"flexibility": 2}
    path = sent(two, one, tmp_path / "3.profdesk")
    assert accepted(one, path).preview.postponed
    clocks.bring_forward(one.workspace, one.workspace.actor, two.id)
    assert stages(one, group) == {"flexibility": 2}
    accepted(two, sent(one, two, tmp_path / "4.profdesk"))
    assert stages(two, group) == {"flexibility": 2}


def test_what_was_recorded_before_an_erasure_is_emptied_where_it_waits(
    rooms: Rooms, group: Group, tmp_path: Path
) -> None:
    one, two = rooms
    pupil = pupil_ids(one.workspace, group)[0]
    set_ahead(two)
    mark(two.workspace, FIRST, (pupil, "planning", 1))
    accepted(one, sent(two, one, tmp_path / "1.profdesk"))
    destroy(one, pupil)
    clocks.bring_forward(one.workspace, one.workspace.actor, two.id)
    assert stages(one, group) == {}


def destroy(room: Room, pupil: str) -> None:
    targets = [Target(pupil, frozenset({RecordKind.PORTFOLIO}))]
    erasure.erase(room.workspace, room.workspace.actor, targets, ErasureKind.WITHDRAWN, "заявление № 5")


def set_ahead(room: Room) -> None:
    there = room.workspace
    there._clock = HybridClock(there._last_reading(there.keys), lambda: _wall() + AHEAD_MS + 7_200_000)


def stages(room: Room, group: Group) -> dict[str, int]:
    with room.workspace.unit(room.workspace.actor) as unit:
        return {cell.competency: stage for cell, stage in unit.portfolio.stages(group.id, FIRST).items()}

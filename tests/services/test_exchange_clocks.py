"""Files from a computer whose clock is wrong: what waits is told, and what to do about it."""

from __future__ import annotations

from pathlib import Path

from exchange_files import Room, accepted, reopened, sent
from sqlalchemy import text
from support import FIRST, mark, pupil_ids

from profdesk.domain.exchange import AHEAD_MS
from profdesk.domain.people import Group
from profdesk.services import clocks, exchange
from profdesk.storage.clock import HybridClock, _wall

Rooms = tuple[Room, Room]


def set_clock(room: Room, wrong: int) -> None:
    there = room.workspace
    there._clock = HybridClock(there._last_reading(there.keys), lambda: _wall() + wrong)


def test_what_waits_is_told_by_the_preview_and_by_the_page_until_it_is_brought_forward(
    rooms: Rooms, group: Group, tmp_path: Path
) -> None:
    one, two = rooms
    set_clock(two, AHEAD_MS + 2 * 3_600_000 + 60_000)
    mark(two.workspace, FIRST, *((pupil, "planning", 1) for pupil in pupil_ids(two.workspace, group)[:2]))
    path = sent(two, one, tmp_path / "1.profdesk")
    preview = exchange.look(one.workspace, one.workspace.actor, path)
    assert not clocks.postponed(one.workspace, one.workspace.actor)
    (told,) = preview.warnings
    assert told.startswith("Часы на компьютере «Ноутбук» спешат на 1 день 2 часа.")
    assert f"{preview.postponed} запис" in told
    done = accepted(one, path).preview
    assert done.postponed == preview.postponed > 1
    (there,) = clocks.postponed(one.workspace, one.workspace.actor)
    assert there.count == preview.postponed
    _, changes = clocks.bring_forward(one.workspace, one.workspace.actor, two.id)
    assert changes.kinds
    assert not clocks.postponed(one.workspace, one.workspace.actor)
    with one.workspace.unit(one.workspace.actor) as unit:
        assert sorted(unit.portfolio.stages(group.id, FIRST).values()) == [1, 1]


def test_a_computer_that_was_corrected_and_still_shows_the_wrong_time_is_told(
    rooms: Rooms, group: Group, tmp_path: Path
) -> None:
    one, two = rooms
    set_clock(two, 40 * AHEAD_MS)
    mark(two.workspace, FIRST, (pupil_ids(two.workspace, group)[0], "planning", 1))
    accepted(one, sent(two, one, tmp_path / "1.profdesk"))
    clocks.bring_forward(one.workspace, one.workspace.actor, two.id)
    told = accepted(two, sent(one, two, tmp_path / "2.profdesk")).preview.warnings
    assert [one for one in told if "заметили, что часы этого компьютера спешат на 40 дней" in one]
    set_clock(two, 0)
    clocks.bring_forward(two.workspace, two.workspace.actor, two.id)
    mark(one.workspace, FIRST, (pupil_ids(one.workspace, group)[0], "planning", 2))
    assert not accepted(two, sent(one, two, tmp_path / "3.profdesk")).preview.warnings


def test_what_waits_and_can_never_be_merged_hinders_no_opening_and_comes_again(
    rooms: Rooms, group: Group, tmp_path: Path
) -> None:
    one, two = rooms
    set_clock(two, AHEAD_MS + 2 * 3_600_000)
    mark(two.workspace, FIRST, (pupil_ids(two.workspace, group)[0], "planning", 1))
    path = sent(two, one, tmp_path / "1.profdesk")
    accepted(one, path)
    with one.workspace._engine.begin() as connection:
        connection.execute(text("UPDATE quarantined SET operation = replace(operation, 'planning', 'нечто')"))
    again = reopened(one)
    assert not clocks.postponed(again.workspace, again.workspace.actor)
    assert accepted(again, path).preview.postponed
    again.workspace.close()

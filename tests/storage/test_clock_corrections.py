"""A clock that is ahead wins nothing: what it stamped waits, and counts as of when it was brought forward."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from exchange_rooms import bring, copied, device_of, exchange, shown, told
from sqlalchemy import select, text
from support import FIRST, PASSWORD, mark, pupil_ids

from profdesk.domain.access import Role
from profdesk.domain.exchange import AHEAD_MS
from profdesk.domain.people import Group, PersonName, Sex
from profdesk.domain.portfolio import Cell
from profdesk.domain.users import Draft
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.services import clocks, users
from profdesk.storage import journal, opening
from profdesk.storage.clock import HybridClock, _wall
from profdesk.storage.models import OperationRow, PsyOperationRow
from profdesk.storage.workspace import Session, Workspace

Pair = tuple[Workspace, Workspace]
YEAR_MS = 365 * AHEAD_MS


@pytest.fixture
def pair(workspace: Workspace, group: Group, tmp_path: Path) -> Pair:
    assert group
    other = copied(workspace, tmp_path / "ноутбук", PASSWORD)
    return opening.open_workspace(workspace.path, None, PASSWORD), other


def set_clock(workspace: Workspace, ahead: int) -> None:
    """Let the computer's wall clock be so many milliseconds ahead."""
    workspace._clock = HybridClock(workspace._last_reading(workspace.keys), lambda: _wall() + ahead)


def stage(workspace: Workspace, group: Group, cell: Cell) -> int | None:
    with workspace.unit(workspace.actor) as unit:
        return unit.portfolio.stages(group.id, FIRST).get(cell)


def check_equal(*workspaces: Workspace) -> None:
    for schema in ("main", "psy"):
        first = shown(workspaces[0], schema)
        for workspace in workspaces:
            assert first == shown(workspace, schema) == told(workspace, schema).rows
    for workspace in workspaces:
        with Session(workspace._engine) as session:
            assert journal.broken_link(session) is None
            assert journal.broken_link(session, PsyOperationRow) is None
            assert not session.execute(text("PRAGMA foreign_key_check")).all()


def waiting(workspace: Workspace) -> dict[str, int]:
    return {one.device: one.count for one in clocks.postponed(workspace, workspace.actor)}


def counts(workspace: Workspace) -> dict[tuple[str, int], str]:
    with Session(workspace._engine) as session:
        query = select(OperationRow.device, OperationRow.number, OperationRow.counts_as)
        return {(device, number): reading for device, number, reading in session.execute(query)}


def test_what_is_a_year_ahead_waits_the_rest_is_taken_and_bringing_it_forward_makes_it_stand(
    pair: Pair, group: Group
) -> None:
    one, two = pair
    first, second = (Cell(pupil, "planning") for pupil in pupil_ids(one, group)[:2])
    mark(two, FIRST, (first.pupil, "planning", 1))
    set_clock(two, YEAR_MS)
    mark(two, FIRST, (second.pupil, "planning", 2))
    mark(two, FIRST, (second.pupil, "planning", 3))
    taken = bring(two, one)[0]
    assert taken.waiting
    assert stage(one, group, first) == 1
    assert stage(one, group, second) is None
    assert waiting(one) == {device_of(two): 2}
    again = bring(two, one)[0]
    assert not again.chains
    assert not again.waiting
    assert waiting(one) == {device_of(two): 2}

    brought, _ = clocks.bring_forward(one, one.actor, device_of(two))
    assert brought.count == 2
    assert brought.ahead > timedelta(days=364)
    assert stage(one, group, second) == 3
    assert waiting(one) == {}
    mark(one, FIRST, (second.pupil, "planning", 0))
    exchange(one, two)
    check_equal(one, two)
    assert stage(two, group, second) == 0, "a year ahead does not win for ever"
    set_clock(two, 0)
    mark(two, FIRST, (second.pupil, "planning", 1))
    exchange(one, two)
    check_equal(one, two)
    assert stage(one, group, second) == 1
    assert waiting(one) == {} == waiting(two)
    assert counts(one) == counts(two)


def test_what_waited_is_merged_when_a_class_teacher_comes_in_too(
    pair: Pair, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    cell = Cell(pupil_ids(one, group)[0], "planning")
    teacher, _ = users.add(one, one.actor, Draft("Ромашкина Ольга", "учитель", frozenset({Role.TEACHER})), PASSWORD)
    set_clock(two, 2 * AHEAD_MS)
    mark(two, FIRST, (cell.pupil, "planning", 3))
    assert bring(two, one)[0].waiting
    one.close()
    monkeypatch.setattr("profdesk.storage.clock_corrections.limit", lambda clock: clock.reading_in(3 * AHEAD_MS))
    opening.open_workspace(one.path, teacher, PASSWORD).close()
    one = opening.open_workspace(one.path, one.actor.id, PASSWORD)
    assert waiting(one) == {}
    assert stage(one, group, cell) == 3


def test_a_computer_finds_its_own_clock_ahead_and_corrects_it_before_anybody_took_anything(
    pair: Pair, group: Group
) -> None:
    one, two = pair
    cell = Cell(pupil_ids(one, group)[0], "planning")
    set_clock(two, YEAR_MS)
    mark(two, FIRST, (cell.pupil, "planning", 2))
    set_clock(two, 0)
    (told_of,) = clocks.postponed(two, two.actor)
    assert told_of.own
    assert "Проверьте дату" in told_of.told()
    clocks.bring_forward(two, two.actor, device_of(two))
    assert waiting(two) == {}
    mark(two, FIRST, (cell.pupil, "planning", 3))
    assert not bring(two, one)[0].waiting
    assert waiting(one) == {}
    assert stage(one, group, cell) == 3
    exchange(one, two)
    check_equal(one, two)
    assert max(counts(one).values()) < HybridClock().reading_in(AHEAD_MS // 24)
    with pytest.raises(NotFoundError, match="больше нет"):
        clocks.bring_forward(one, one.actor, device_of(two))


def test_it_is_taken_by_itself_when_its_time_has_come(pair: Pair, group: Group) -> None:
    one, two = pair
    cell = Cell(pupil_ids(one, group)[0], "planning")
    set_clock(two, AHEAD_MS + 7_200_000)
    mark(two, FIRST, (cell.pupil, "planning", 2))
    bring(two, one)
    (told_of,) = clocks.postponed(one, one.actor)
    assert "спешат на 1 день 2 часа." in told_of.told()
    assert timedelta(hours=1.9) < told_of.until - datetime.now(UTC) < timedelta(hours=2.1)
    set_clock(one, 7_200_000 + 60_000)
    bring(two, one)
    assert stage(one, group, cell) == 2
    assert waiting(one) == {}
    exchange(one, two)
    check_equal(one, two)


def test_what_hangs_on_it_waits_too_and_nothing_is_lost_on_the_way(pair: Pair, tmp_path: Path, group: Group) -> None:
    one, two = pair
    three = copied(two, tmp_path / "третий", PASSWORD)
    two = opening.open_workspace(two.path, None, PASSWORD)
    set_clock(two, YEAR_MS)
    with two.unit(two.actor) as unit:
        pupil = unit.pupils.add(PersonName("Цой", "Иван", None), date(2013, 5, 6), Sex.MALE)
        unit.pupils.enrol(pupil, group.id, FIRST.year)
    set_clock(three, YEAR_MS)  # both are wrong, and so find nothing amiss with one another
    bring(two, three)
    set_clock(three, 0)
    three._clock.restart(None)
    mark(three, FIRST, (pupil, "planning", 2))
    bring(three, one)
    assert waiting(one) == {device_of(two): 2}
    assert stage(one, group, Cell(pupil, "planning")) is None
    check_rows_fit(one)
    clocks.bring_forward(one, one.actor, device_of(two))
    assert stage(one, group, Cell(pupil, "planning")) == 2
    for _ in range(2):
        exchange(one, two, three)
    check_equal(one, two, three)
    assert counts(one) == counts(two) == counts(three)


def test_a_fact_that_was_the_latest_by_its_wrong_clock_gives_way_where_it_stood_already(
    pair: Pair, tmp_path: Path, group: Group
) -> None:
    one, two = pair
    three = copied(two, tmp_path / "третий", PASSWORD)
    two = opening.open_workspace(two.path, None, PASSWORD)
    cell = Cell(pupil_ids(one, group)[0], "planning")
    set_clock(two, YEAR_MS)
    mark(two, FIRST, (cell.pupil, "planning", 2))
    set_clock(two, 0)
    bring(two, one)
    clocks.bring_forward(one, one.actor, device_of(two))
    mark(three, FIRST, (cell.pupil, "planning", 3))
    bring(three, two)
    assert stage(two, group, cell) == 2
    bring(one, two)
    assert stage(two, group, cell) == 3
    exchange(one, two, three)
    check_equal(one, two, three)


def check_rows_fit(workspace: Workspace) -> None:
    with Session(workspace._engine) as session:
        assert not session.execute(text("PRAGMA foreign_key_check")).all()


def test_a_failure_amid_bringing_forward_leaves_all_as_it_was(pair: Pair, group: Group) -> None:
    one, two = pair
    set_clock(two, YEAR_MS)
    mark(two, FIRST, (pupil_ids(one, group)[0], "planning", 2))
    set_clock(two, 0)
    before = two._clock.apart(two._last_reading(two.keys)).tick()
    with pytest.raises(WrongInputError), two.unit(two.actor) as unit:
        unit.clocks.correct(two._device, unit.clocks.ahead()[two._device], datetime.now(UTC))
        unit.exchange.release()
        raise WrongInputError("")
    assert two._clock.tick() >= before, "its clock has not gone back, for nothing was corrected"
    assert waiting(two)

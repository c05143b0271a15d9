"""Versions of a route's lines: appended, superseded in order, taken back, done again, kept when merged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from support import YEAR, pupil_ids, state

from profdesk.domain.merging import Merge
from profdesk.domain.people import Group, PersonName, Sex
from profdesk.domain.route import LineKind, LineState, RouteEntry, RouteLine
from profdesk.errors import NotFoundError
from profdesk.services import batches, pupils
from profdesk.storage.workspace import Workspace

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
DOCTOR = RouteEntry(LineKind.FAR, "стать врачом", "биология и химия", date(2034, 7, 1))


@pytest.fixture
def ids(workspace: Workspace, group: Group) -> list[str]:
    return pupil_ids(workspace, group)


def begun(workspace: Workspace, pupil: str, entry: RouteEntry = DOCTOR) -> RouteLine:
    with workspace.unit(workspace.actor) as unit:
        return unit.routes.begin(pupil, entry, NOW)


def followed(workspace: Workspace, former: RouteLine, words: str) -> tuple[RouteLine, str]:
    with workspace.unit(workspace.actor) as unit:
        later = unit.routes.follow(former, replace(former.entry, words=words), LineState.OPEN, NOW)
        return later, unit.batch


def said(workspace: Workspace, pupil: str) -> list[tuple[str, bool]]:
    with workspace.unit(workspace.actor) as unit:
        return [(one.entry.words, one.stands) for one in unit.routes.of_pupil(pupil)]


def test_versions_come_back_as_they_were_written(workspace: Workspace, ids: list[str]) -> None:
    first = begun(workspace, ids[0])
    begun(workspace, ids[1])
    second, _ = followed(workspace, first, "стать фельдшером")
    with workspace.unit(workspace.actor) as unit:
        assert unit.routes.of_line(first.line) == (replace(first, stands=False), second)
        assert unit.routes.of_pupil(ids[0]) == unit.routes.of_line(first.line)
        with pytest.raises(NotFoundError):
            unit.routes.of_line("нет такой")
    assert (first.entry, first.actor, first.at) == (DOCTOR, workspace.actor.id, NOW)


def test_a_batch_is_turned_round_and_done_again(workspace: Workspace, ids: list[str]) -> None:
    first = begun(workspace, ids[0])
    before = state(workspace)
    _, batch = followed(workspace, first, "стать фельдшером")
    undone, changes = batches.turn_back(workspace, workspace.actor, batch)
    assert state(workspace) == before
    assert "routes" in changes.kinds
    batches.turn_back(workspace, workspace.actor, undone)
    assert said(workspace, ids[0]) == [("стать врачом", False), ("стать фельдшером", True)]


def test_an_earlier_version_taken_back_leaves_the_later_one_standing(workspace: Workspace, ids: list[str]) -> None:
    first = begun(workspace, ids[0])
    second, batch = followed(workspace, first, "стать фельдшером")
    followed(workspace, second, "стать провизором")
    batches.turn_back(workspace, workspace.actor, batch)
    assert said(workspace, ids[0]) == [("стать врачом", False), ("стать провизором", True)]


def test_both_routes_are_kept_when_two_pupils_are_one(workspace: Workspace, ids: list[str]) -> None:
    stays, goes = ids[:2]
    line = begun(workspace, stays)
    followed(workspace, line, "стать фельдшером")
    other = begun(workspace, goes, RouteEntry(LineKind.RESERVE, "стать поваром"))
    followed(workspace, other, "стать кондитером")
    before = state(workspace)
    wanted = Merge(stays, goes, PersonName("Абрамов", "Иван"), date(2013, 5, 6), Sex.MALE, stays)
    step, changes = pupils.merge(workspace, workspace.actor, wanted, YEAR)
    assert "routes" in changes.kinds
    assert said(workspace, stays) == [
        ("стать врачом", False),
        ("стать фельдшером", True),
        ("стать поваром", False),
        ("стать кондитером", True),
    ]
    assert said(workspace, goes) == []
    assert step.batch is not None
    batches.take_back(workspace, workspace.actor, step.batch)
    assert state(workspace) == before


def test_a_long_route_is_read_by_one_query(workspace: Workspace, ids: list[str]) -> None:
    for number in range(12):
        line = begun(workspace, ids[0], RouteEntry(LineKind.STEP, f"шаг {number}"))
        followed(workspace, line, f"шаг {number}, иначе")
    asked: list[str] = []
    with workspace.unit(workspace.actor) as unit:
        event.listen(workspace._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
        assert len(unit.routes.of_pupil(ids[0])) == 24
    assert sum("route_line" in one for one in asked) == 1

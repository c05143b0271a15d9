"""The journal: one operation a change, chained, append-only; and the clock it is stamped by."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from support import FIRST, mark, pupil_ids

from profdesk.domain.people import Group
from profdesk.storage import journal
from profdesk.storage.clock import HybridClock
from profdesk.storage.workspace import Workspace


def operations(workspace: Workspace) -> list[dict[str, Any]]:
    with Session(workspace._engine) as session:
        rows = session.execute(text("SELECT * FROM operation ORDER BY seq")).mappings()
        return [dict(row) for row in rows]


def test_change_is_one_operation_with_old_and_new_values(workspace: Workspace, group: Group) -> None:
    pupil = pupil_ids(workspace, group)[0]
    before = len(operations(workspace))
    mark(workspace, FIRST, (pupil, "planning", 2))
    mark(workspace, FIRST, (pupil, "planning", 3))
    written = operations(workspace)[before:]
    assert [row["verb"] for row in written] == ["insert", "insert"]
    assert [json.loads(row["fields"])["stage"] for row in written] == [[None, 2], [None, 3]]
    assert {row["actor"] for row in written} == {workspace.actor.id}
    assert len({row["batch"] for row in written}) == 2


def test_operations_are_numbered_along_the_chain_and_count_by_their_own_clock(
    workspace: Workspace, group: Group
) -> None:
    mark(workspace, FIRST, (pupil_ids(workspace, group)[0], "planning", 2))
    written = operations(workspace)
    assert [row["number"] for row in written] == list(range(1, len(written) + 1))
    assert [row["counts_as"] for row in written] == [row["clock"] for row in written]


def test_number_is_no_part_of_what_is_hashed_but_none_may_be_missing(workspace: Workspace, group: Group) -> None:
    assert group
    with workspace._engine.begin() as connection:
        connection.execute(text("DROP TRIGGER operation_no_update"))
        connection.execute(text("UPDATE operation SET number = number + 100 WHERE seq > 3"))
    with Session(workspace._engine) as session:
        assert journal.broken_link(session) == 4


def test_two_operations_of_a_computer_never_have_one_number(workspace: Workspace, group: Group) -> None:
    assert group
    with workspace._engine.begin() as connection:
        connection.execute(text("DROP TRIGGER operation_no_update"))
    with pytest.raises(DBAPIError, match="UNIQUE"), workspace._engine.begin() as connection:
        connection.execute(text("UPDATE operation SET number = 1 WHERE seq = 2"))


def test_what_counts_under_another_reading_is_the_same_chain(workspace: Workspace, group: Group) -> None:
    assert group
    with workspace._engine.begin() as connection:
        connection.execute(text("DROP TRIGGER operation_no_update"))
        connection.execute(text("UPDATE operation SET counts_as = '9999999999999-000000' WHERE seq = 3"))
    with Session(workspace._engine) as session:
        assert journal.broken_link(session) is None
        assert journal.last_reading(session) == "9999999999999-000000"


def test_update_holds_only_what_changed(workspace: Workspace) -> None:
    with workspace.unit(workspace.actor) as unit:
        organisation = unit.organisation.get()
    with workspace.unit(workspace.actor) as unit:
        from dataclasses import replace

        unit.organisation.save(replace(organisation, head_name="Новый Директор"))
    last = operations(workspace)[-1]
    assert last["verb"] == "update"
    assert json.loads(last["fields"]) == {"head_name": ["Черепанова Нина Васильевна", "Новый Директор"]}


def test_rolled_back_unit_leaves_no_operation(workspace: Workspace, group: Group) -> None:
    before = operations(workspace)
    with pytest.raises(RuntimeError), workspace.unit(workspace.actor) as unit:
        unit.programme.choose("title = 'y'")
        unit.pupils.groups(FIRST.year)
        raise RuntimeError
    assert operations(workspace) == before
    mark(workspace, FIRST, (pupil_ids(workspace, group)[0], "planning", 1))
    with Session(workspace._engine) as session:
        assert journal.broken_link(session) is None


@pytest.mark.parametrize("column", ["fields", "actor", "clock", "previous", "hash", "record", "number"])
def test_chain_tells_the_first_changed_operation(workspace: Workspace, group: Group, column: str) -> None:
    with workspace._engine.begin() as connection:
        connection.execute(text("DROP TRIGGER operation_no_update"))
        connection.execute(text(f"UPDATE operation SET {column} = 'spoiled' WHERE seq = 3"))
    with Session(workspace._engine) as session:
        assert journal.broken_link(session) == 3


def test_chain_tells_a_missing_operation(workspace: Workspace, group: Group) -> None:
    with workspace._engine.begin() as connection:
        connection.execute(text("DROP TRIGGER operation_no_delete"))
        connection.execute(text("DELETE FROM operation WHERE seq = 2"))
    with Session(workspace._engine) as session:
        assert journal.broken_link(session) == 3


@pytest.mark.parametrize("schema", ["main", "psy"])
@pytest.mark.parametrize("statement", ["UPDATE {}.operation SET actor = 'x'", "DELETE FROM {}.operation"])
def test_journals_are_append_only(workspace: Workspace, group: Group, schema: str, statement: str) -> None:
    if schema == "psy":
        columns = "id, clock, device, actor, batch, verb, table_name, record, fields, previous, hash"
        with workspace._engine.begin() as connection:
            connection.execute(text(f"INSERT INTO psy.operation ({columns}) SELECT {columns} FROM operation LIMIT 1"))
    with pytest.raises(DBAPIError, match="append-only"), workspace._engine.begin() as connection:
        connection.execute(text(statement.format(schema)))


@given(st.lists(st.integers(0, 2_000_000_000_000), min_size=1, max_size=50))
def test_clock_never_goes_back(walls: list[int]) -> None:
    readings = iter(walls)
    clock = HybridClock(None, lambda: next(readings))
    ticks = [clock.tick() for _ in walls]
    assert ticks == sorted(set(ticks))


def test_clock_goes_on_from_the_journal() -> None:
    clock = HybridClock("9999999999999-000007", lambda: 5)
    assert clock.tick() == "9999999999999-000008"

"""What a file of 100,000 operations costs beside the bare inserts of the rows that it brings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from exchange_files import Room, joined
from kept_workspaces import create
from sqlalchemy import insert, text
from support import FIRST, PASSWORD, YEAR, mark

from profdesk.domain.access import NewUser
from profdesk.domain.people import GroupName, PersonName
from profdesk.services import exchange
from profdesk.storage.models import AssessmentRow, table_of
from profdesk.storage.workspace import Session, Workspace

pytestmark = [pytest.mark.slow, pytest.mark.benchmark(group="ratios")]
Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]
PUPILS, MARKS = 1_000, 100_000
CODES = [f"c{number}" for number in range(20)]


def fill(workspace: Workspace, marks: int) -> None:
    """Stages of a thousand pupils, every one put several times."""
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("7 «А»", 7, "А"), "basic", YEAR)
        ids = [unit.pupils.add(PersonName(f"Ученик{at}", "Саша"), date(2013, 5, 6), None) for at in range(PUPILS)]
        unit.pupils.enrol_all(ids, group.id, YEAR)
    cells = [(pupil, code) for pupil in ids for code in CODES]
    for at in range(marks // len(cells)):
        mark(workspace, FIRST, *((pupil, code, at % 4) for pupil, code in cells))


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Room, Room]]:
    place = tmp_path_factory.mktemp("обмен")
    made = create(place / "школа", NewUser("Иванова Анна", "", PASSWORD)).workspace
    one, two = joined(made, place / "ноутбук")
    fill(one.workspace, MARKS)
    yield one, two
    one.workspace.close()
    two.workspace.close()


@pytest.fixture
def bare(rooms: tuple[Room, Room]) -> Callable[[], object]:
    """The same rows put into an encrypted database, and nothing else."""
    table = table_of(AssessmentRow)
    with Session(rooms[0].workspace._engine) as session:
        rows = [dict(row._mapping) for row in session.execute(table.select())]
        assert len(rows) == MARKS

    def write() -> None:
        with rooms[1].workspace._engine.connect() as connection:
            connection.execute(text("PRAGMA defer_foreign_keys = 1"))
            connection.execute(insert(table), rows)
            connection.rollback()

    return write


def test_sending(ratio: Ratio, rooms: tuple[Room, Room], bare: Callable[[], object], tmp_path: Path) -> None:
    one, two = rooms
    numbers = count()

    def ours() -> None:
        path = tmp_path / f"{next(numbers)}.profdesk"
        sent, _ = exchange.send(one.workspace, one.workspace.actor, two.id, path)
        assert sent.operations > MARKS

    ratio("Sending 100,000 operations / bare inserts of their rows", ours, bare, 3)


def test_taking(ratio: Ratio, rooms: tuple[Room, Room], bare: Callable[[], object], tmp_path: Path) -> None:
    one, two = rooms
    path = tmp_path / "всё.profdesk"
    exchange.send(one.workspace, one.workspace.actor, two.id, path)

    def ours() -> None:
        assert exchange.look(two.workspace, two.workspace.actor, path).operations > MARKS

    ratio("Verifying and merging 100,000 operations / bare inserts of their rows", ours, bare, 3)

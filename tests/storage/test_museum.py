"""Workspaces made by earlier versions open in this one, with everything that was in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import inspect
from support import FIRST, PASSWORD, SECOND, YEAR

from profdesk.domain.portfolio import Cell
from profdesk.domain.span import Span
from profdesk.services import issued_summaries
from profdesk.storage import journal, migrate
from profdesk.storage import workspace as storage
from profdesk.storage.models import Base, PsyOperationRow

MUSEUM = Path(__file__).parents[1] / "data" / "museum"
PIECES = sorted(path.name for path in MUSEUM.iterdir())


@pytest.fixture(params=PIECES)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a museum piece."""
    return shutil.copytree(MUSEUM / request.param, tmp_path / "старая папка")


def test_the_museum_holds_every_earlier_revision() -> None:
    assert [f"{number:04}" for number in range(1, int(migrate.HEAD))] == PIECES


def test_an_old_workspace_keeps_its_pupils_and_stages(old: Path) -> None:
    workspace = storage.open_workspace(old, None, PASSWORD)
    with workspace.unit(workspace.actor) as unit:
        (group,) = unit.pupils.groups(YEAR)
        ids = {pupil.name.surname: pupil.id for pupil in unit.pupils.in_group(group.id)}
        stages = unit.portfolio.stages(group.id, FIRST)
        later = unit.portfolio.stages(group.id, SECOND)
    workspace.close()
    assert sorted(ids) == ["Ан", "Ильин", "Королёва"]
    assert stages == {
        Cell(ids["Ильин"], "planning"): 2,
        Cell(ids["Ильин"], "flexibility"): 2,
        Cell(ids["Королёва"], "planning"): 3,
    }
    assert later == {Cell(ids["Королёва"], "planning"): 2}


def test_a_migrated_workspace_has_the_tables_of_a_new_one(old: Path) -> None:
    workspace = storage.open_workspace(old, None, PASSWORD)
    with workspace._engine.connect() as connection:
        there = inspect(connection)
        for table in Base.metadata.sorted_tables:
            columns = {column["name"]: column["nullable"] for column in there.get_columns(table.name, table.schema)}
            assert columns == {column.name: bool(column.nullable) for column in table.columns}, table.name
            indexes = {index["name"] for index in there.get_indexes(table.name, table.schema)}
            assert {index.name for index in table.indexes} <= indexes, table.name
    workspace.close()


def test_migration_leaves_a_backup_and_whole_journals(old: Path) -> None:
    workspace = storage.open_workspace(old, None, PASSWORD)
    with workspace._engine.connect() as connection, storage.Session(connection) as session:
        assert journal.broken_link(session) is None
        assert journal.broken_link(session, PsyOperationRow) is None
    workspace.close()
    (made,) = (old / "backups").iterdir()
    assert "перед обновлением" in (made / "reason.txt").read_text(encoding="utf-8")


def test_a_summary_issued_before_there_were_spans_is_of_its_school_year(tmp_path: Path) -> None:
    folder = shutil.copytree(MUSEUM / "0006", tmp_path / "старая папка")
    workspace = storage.open_workspace(folder, None, PASSWORD)
    (line,) = issued_summaries.register(workspace, workspace.actor)
    assert (line.number, line.span, line.replaces) == ("2026/01", Span.of_year(YEAR), None)
    assert issued_summaries.document(workspace, workspace.actor, line.number).startswith(b"%PDF-")
    workspace.close()

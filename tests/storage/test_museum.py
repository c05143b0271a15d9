"""Workspaces made by earlier versions open in this one, with everything that was in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import UniqueConstraint, inspect, text
from sqlalchemy.orm import Session
from support import FIRST, PASSWORD, SECOND, YEAR

from profdesk.domain.backups import CopyKind
from profdesk.domain.portfolio import Cell
from profdesk.domain.span import Span
from profdesk.errors import DamagedError
from profdesk.services import issued_summaries, recovery
from profdesk.storage import backup, database, journal, mark, migrate, vault
from profdesk.storage import opening as storage
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
            once = {(*one["column_names"],) for one in there.get_unique_constraints(table.name, table.schema)}
            assert once - {("id",)} == {
                tuple(column.name for column in one.columns)
                for one in table.constraints
                if isinstance(one, UniqueConstraint)
            } - {("id",)}, table.name
            links = {
                (*one["constrained_columns"], one["referred_table"])
                for one in there.get_foreign_keys(table.name, table.schema)
            }
            assert links == {(key.parent.name, key.column.table.name) for key in table.foreign_keys}, table.name
    workspace.close()


def test_migration_leaves_a_backup_and_whole_journals(old: Path) -> None:
    workspace = storage.open_workspace(old, None, PASSWORD)
    with workspace._engine.connect() as connection, Session(connection) as session:
        assert journal.broken_link(session) is None
        assert journal.broken_link(session, PsyOperationRow) is None
    workspace.close()
    (made,) = (old / "backups").iterdir()
    (copy,) = backup.all_of(old)
    assert (copy.folder, copy.kind, copy.holds and copy.holds.pupils) == (made, CopyKind.UPDATE, 3)


def test_acts_of_erasure_keep_their_pupils(tmp_path: Path) -> None:
    folder = shutil.copytree(MUSEUM / "0008", tmp_path / "старая папка")
    keys = vault.load(folder).unlock(vault.load(folder).users[0].id, PASSWORD)
    engine = database.engine(folder, keys)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO erasure VALUES ('e', '2026/1', '2026-11-01', 'term', '', '{}', 0, 'x', '')")
        )
        connection.execute(text("INSERT INTO erased_pupil VALUES ('p', 'pupil', 'e', 'portfolio', NULL, 0)"))
    database.finish(engine)
    workspace = storage.open_workspace(folder, None, PASSWORD)
    with workspace._engine.connect() as connection:
        assert connection.execute(text("SELECT id, number FROM erasure")).all() == [("e", "2026/1")]
        assert connection.execute(text("SELECT pupil_id, erasure_id FROM erased_pupil")).all() == [("pupil", "e")]
        assert not connection.execute(text("PRAGMA foreign_key_check")).all()
    workspace.close()


def test_a_summary_issued_before_there_were_spans_is_of_its_school_year(tmp_path: Path) -> None:
    folder = shutil.copytree(MUSEUM / "0006", tmp_path / "старая папка")
    workspace = storage.open_workspace(folder, None, PASSWORD)
    (line,) = issued_summaries.register(workspace, workspace.actor)
    assert (line.number, line.span, line.replaces) == ("2026/01", Span.of_year(YEAR), None)
    assert issued_summaries.document(workspace, workspace.actor, line.number).startswith(b"%PDF-")
    workspace.close()


@pytest.mark.parametrize("left", ["desk.db", "psy.db"])
def test_a_migration_that_reached_one_database_only_is_told_and_put_right(old: Path, left: str) -> None:
    """As where one of them was put back by hand."""
    before = (old / left).read_bytes()
    made = storage.open_workspace(old, None, PASSWORD)
    owner = made.actor.id
    made.close()
    (old / left).write_bytes(before)
    mark.forget(old, made.id)
    with pytest.raises(DamagedError, match="остановилось на середине"):
        storage.open_workspace(old, None, PASSWORD)
    (copy,) = backup.all_of(old)
    recovery.restore(old, owner, PASSWORD, copy.folder)
    storage.open_workspace(old, None, PASSWORD).close()


def test_a_migration_reaches_both_databases_or_neither(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit is atomic over several files with rollback journals alone; with the WAL a full disk parted them."""
    seen: list[str] = []
    upgrade = command.upgrade

    def watched(config: Config, revision: str) -> None:
        upgrade(config, revision)
        connection = config.attributes["connection"]
        modes = (connection.exec_driver_sql(f"PRAGMA {schema}.journal_mode").scalar() for schema in ("main", "psy"))
        seen.extend(modes)

    monkeypatch.setattr(command, "upgrade", watched)
    workspace = storage.open_workspace(old, None, PASSWORD)
    assert seen == ["delete", "delete"]
    with workspace._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA main.journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA psy.journal_mode").scalar() == "wal"
    workspace.close()


def test_a_migration_and_the_number_that_tells_of_it_are_written_at_one_moment(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped between both, everything was there and told as half done."""

    class StoppedError(BaseException):
        pass

    upgrade = command.upgrade

    def stopped(config: Config, revision: str) -> None:
        upgrade(config, revision)
        raise StoppedError

    monkeypatch.setattr(command, "upgrade", stopped)
    with pytest.raises(StoppedError):
        storage.open_workspace(old, None, PASSWORD)
    monkeypatch.undo()
    storage.open_workspace(old, None, PASSWORD).close()

"""Bringing a workspace's tables to this program's revision, with a backup before."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from profdesk.errors import WorkspaceError
from profdesk.storage import backup
from profdesk.storage.vault import Keys

HEAD = "0007"


def make(engine: Engine) -> None:
    """Make all tables in new, empty databases."""
    _upgrade(engine)


def bring_up_to_date(engine: Engine, keys: Keys, folder: Path) -> None:
    """Migrate an older workspace; a newer one is refused. Costs one query when nothing is to be done."""
    with engine.connect() as connection:
        there = _revision(connection)
    if there == HEAD:
        return
    if there is None or there > HEAD:
        raise WorkspaceError("Рабочую папку создала более новая программа. Обновите profdesk на этом компьютере.")
    if keys.psy is None:
        raise WorkspaceError("Рабочую папку нужно обновить. Один раз откройте её под владельцем или психологом.")
    backup.make(engine, keys, folder, f"{backup.BEFORE_UPDATE} с {there}")
    _upgrade(engine)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def _upgrade(engine: Engine) -> None:
    """Run Alembic, which is imported here only: most starts do not need it."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()

"""Bringing a workspace's tables to this program's revision, with a backup before."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from profdesk.domain.backups import CopyKind
from profdesk.errors import DamagedError, WorkspaceError
from profdesk.storage import backup, database, swap
from profdesk.storage.database import DESK, PSY
from profdesk.storage.vault import Keys

HEAD = "0009"
_SPARE_SINCE = "0009"


def make(engine: Engine, revision: str = "") -> None:
    """Make all tables in new, empty databases, as they are today or were at a revision."""
    _upgrade(engine, revision)


def spare_key(folder: Path, keys: Keys) -> bytes | None:
    """The key of a ``psy.db`` that is empty on this computer, as a folder nobody has open tells it; None elsewhere."""
    with suppress(DamagedError), database.reading(folder / DESK, keys.desk) as connection:
        row = connection.execute("SELECT spare_psy_key FROM device").fetchone()
        return None if row is None or row[0] is None else bytes(row[0])
    return None


def renew_spare(folder: Path, keys: Keys) -> None:
    """Make ``psy.db`` anew where it does not read and nothing lies in it on this computer; others stay as they are."""
    spare = None if keys.psy is not None else spare_key(folder, keys)
    if spare is None or _reads(folder / PSY, spare):
        return
    with database.reading(folder / DESK, keys.desk) as connection:
        (there,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    with swap.prepared(folder) as fresh:
        both = database.engine(fresh, replace(keys, psy=spare))
        try:
            make(both, there)
        finally:
            database.finish(both)
        swap.commit(folder, fresh, [PSY])


def bring_up_to_date(engine: Engine, keys: Keys, folder: Path) -> None:
    """Migrate an older workspace; a newer one is refused. Costs one query when nothing is to be done."""
    with engine.connect() as connection:
        there = _revision(connection)
        if keys.psy is not None and there is not None and _is_halfway(connection, there):
            raise DamagedError(
                f"Обновление рабочей папки «{folder}» остановилось на середине. Восстановите её из копии, "
                f"сделанной {CopyKind.UPDATE.label}."
            )
    if there == HEAD:
        return
    if there is None or there > HEAD:
        raise WorkspaceError("Рабочую папку создала более новая программа. Обновите profdesk на этом компьютере.")
    if keys.psy is None:
        _bring_up_by_spare_key(engine, keys, folder, there)
        return
    backup.make(engine, keys, folder, f"{CopyKind.UPDATE.label} с {there}", kind=CopyKind.UPDATE)
    _upgrade(engine)


def _bring_up_by_spare_key(engine: Engine, keys: Keys, folder: Path, there: str) -> None:
    """Migrate without the psychologists' key of a user, where this computer keeps one under which nothing lies."""
    spare = None
    if there >= _SPARE_SINCE:
        with engine.connect() as connection:
            spare = connection.scalar(text("SELECT spare_psy_key FROM device"))
    if spare is None:
        raise WorkspaceError("Рабочую папку нужно обновить. Один раз откройте её под владельцем или психологом.")
    engine.dispose()
    renew_spare(folder, keys)
    holding = replace(keys, psy=spare)
    both = database.engine(folder, holding)
    try:
        bring_up_to_date(both, holding, folder)
    finally:
        database.finish(both)


def _is_halfway(connection: Connection, there: str) -> bool:
    """Whether one database was brought up to date without the other: a copy of one put back by hand, say."""
    psy = connection.exec_driver_sql("PRAGMA psy.user_version").scalar()
    return there <= HEAD and psy != int(there) and (psy != 0 or there == HEAD)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def _reads(file: Path, key: bytes) -> bool:
    """A lost file reads as an empty database, and one is made by asking."""
    try:
        if file.stat().st_size == 0:
            return False
        database.check(file, key)
    except (OSError, DamagedError):
        return False
    return True


def _upgrade(engine: Engine, revision: str = "") -> None:
    """Run Alembic, which is imported here only: most starts do not need it."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with database.both_or_neither(engine), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision or "head")
        connection.exec_driver_sql(f"PRAGMA psy.user_version = {int(revision or HEAD)}")

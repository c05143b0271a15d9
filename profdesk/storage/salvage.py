"""What can still be read of damaged databases, row by row, written into a new workspace beside the old one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from profdesk.domain.access import PSYCHOLOGISTS, Actor
from profdesk.domain.progress import Meter, Progress, silent
from profdesk.domain.recovery import Saved
from profdesk.errors import NO_ROOM, AccessError, DamagedError, WorkspaceError, place_told
from profdesk.storage import backup, database, manifest, migrate, restore, room, vault
from profdesk.storage.database import DESK, PSY
from profdesk.storage.models import DeviceRow
from profdesk.storage.restore import Note
from profdesk.storage.vault import Keys, Vault

_FARTHEST = 1 << 40
"""Rows beyond this number are not looked for."""


def save(folder: Path, lock: Vault, keys: Keys, target: Path, actor: Actor, progress: Progress = silent) -> Saved:
    """Write all rows that can be read into a new workspace below ``target``, opened by the passwords of ``lock``.

    ``progress`` counts tables. DamagedError if not even the list of tables can be read. Where psychologists' records
    never come, an empty database takes the place of theirs.
    """
    spare = None if keys.psy is not None else _spare(folder, lock, keys)
    told = f"В папку «{target}» сохранить не удалось."
    with place_told(told), _full_told(told):
        room.check(target, _written(folder), f"{told} На диске мало места.")
        fresh = Path(tempfile.mkdtemp(prefix=backup.FRESH, dir=target))
        try:
            vault.save(fresh, lock)
            rows, torn = _databases(folder, fresh, keys, spare, progress)
            for kept in manifest.each_file(folder):
                with suppress(OSError):
                    backup.link_file(kept, fresh / kept.relative_to(folder), Meter(silent, 1))
            restore.write_note(fresh, Note(actor.id, actor.name, "", None))
            place = fresh.rename(_free(target, folder.name))
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
    return Saved(place, rows, torn)


@contextmanager
def _full_told(told: str) -> Iterator[None]:
    try:
        yield
    except (sqlcipher.Error, DBAPIError) as error:
        raise WorkspaceError(f"{told} {NO_ROOM}") from error


def _written(folder: Path) -> int:
    """Bytes that are written: the damaged databases are read from a copy of them."""
    databases = sum(part.stat().st_size for name in (DESK, PSY) for part in folder.glob(f"{name}*"))
    return 2 * databases + sum(kept.stat().st_size for kept in manifest.each_file(folder))


def _spare(folder: Path, lock: Vault, keys: Keys) -> bytes:
    """The key of the psychologists' database where it is empty, as the folder or a copy tells it."""
    having = [one.name for one in lock.able if one.roles & PSYCHOLOGISTS]
    if having:
        raise AccessError(f"У вас нет ключа от базы психолога. Сохранить то, что читается, может {', '.join(having)}.")
    for place in (folder, *(copy.folder for copy in backup.all_of(folder))):
        if (found := migrate.spare_key(place, keys)) is not None:
            return found
    raise DamagedError(f"В папке «{folder}» не читаются ключи этого компьютера. Восстановите её из копии.")


def _databases(folder: Path, fresh: Path, keys: Keys, spare: bytes | None, progress: Progress) -> tuple[int, int]:
    """Rows that were read, and tables of which not all could be; nothing is asked of a database that is empty."""
    reading = fresh / "reading"
    reading.mkdir()
    for name in (DESK, PSY):
        for part in folder.glob(f"{name}*"):
            shutil.copy2(part, reading / part.name)
    engine = database.engine(fresh, keys if spare is None else replace(keys, psy=spare))
    try:
        migrate.make(engine)
        made = engine.raw_connection().driver_connection
        if made is None:
            return 0, 0
        made.execute("PRAGMA foreign_keys = OFF")
        schemas = ("main", "psy") if spare is None else ("main",)
        tables = [(schema, name) for schema in schemas for name in _tables(made, schema)]
        rows = torn = 0
        for done, (schema, name) in enumerate(tables):
            progress(done, len(tables))
            source = reading / (PSY if schema == "psy" else DESK)
            key = keys.psy if schema == "psy" and keys.psy else keys.desk
            count, whole = _table(made, schema, name, source, key)
            rows, torn = rows + count, torn + (not whole)
        with Session(engine) as session, session.begin():
            if session.query(DeviceRow).first() is None:
                session.add(DeviceRow(name="компьютер", spare_psy_key=spare))
    finally:
        database.finish(engine)
        shutil.rmtree(reading, ignore_errors=True)
    if not rows:
        raise DamagedError(f"В папке «{folder}» не читается ни одна запись. Восстановите её из копии.")
    return rows, torn


def _tables(connection: sqlcipher.Connection, schema: str) -> list[str]:
    query = f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'"  # noqa: S608
    names = [str(name) for (name,) in connection.execute(query)]
    return [name for name in names if not name.startswith("sqlite_") and name != "alembic_version"]


def _table(made: sqlcipher.Connection, schema: str, name: str, source: Path, key: bytes) -> tuple[int, bool]:
    try:
        wanted = {row[1] for row in made.execute(f"PRAGMA {schema}.table_info({name})")}
        with database.reading(source, key) as connection:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})") if row[1] in wanted]
    except DamagedError:
        return 0, False
    if not columns:
        return 0, True
    places = ", ".join("?" * len(columns))
    insert = f"INSERT OR IGNORE INTO {schema}.{name} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
    count, found = 0, _Rows(source, key, name, columns)
    made.execute("BEGIN")
    for row in found:
        count += made.execute(insert, row).rowcount
    made.execute("COMMIT")
    return count, found.whole


class _Rows:
    """The rows of a table in their order, those on damaged pages left out; ``whole`` says whether there were any."""

    def __init__(self, source: Path, key: bytes, table: str, columns: list[str]) -> None:
        self.whole = True
        self._source = source
        self._key = key
        self._last = -1
        self._query = "SELECT {} FROM " + table + " WHERE rowid >= ? ORDER BY rowid LIMIT 1"  # noqa: S608
        self._columns = ", ".join(("rowid", *columns))

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        while self._last < _FARTHEST:
            try:
                yield from self._onwards()
            except DamagedError:
                self.whole = False
                self._last = self._beyond()
            else:
                return

    def _onwards(self) -> Iterator[tuple[object, ...]]:
        """Row by row, since whoever is given one has read the next as well; of a misread one no word is taken."""
        misread = True
        while misread:
            misread = False
            with database.reading(self._source, self._key) as connection:
                query = self._query.format(self._columns)
                while not misread and (row := connection.execute(query, (self._last + 1,)).fetchone()) is not None:
                    self._last = row[0]
                    misread = database.has_misread(connection)
                    self.whole = self.whole and not misread
                    if not misread:
                        yield row[1:]

    def _beyond(self) -> int:
        """From where to go on: from the row that cannot be read, or where not even its page can, from the next page."""
        if (number := self._number(self._last)) is not None:
            return number
        failed, leap = self._last, 1
        while failed + leap < _FARTHEST and self._number(failed + leap) is None:
            failed, leap = failed + leap, leap * 2
        found = failed + leap
        while found - failed > 1:
            middle = (failed + found) // 2
            failed, found = (middle, found) if self._number(middle) is None else (failed, middle)
        return found

    def _number(self, after: int) -> int | None:
        """The number of the next row, beyond all where there is none; None if its page is not as it was written."""
        try:
            with database.reading(self._source, self._key) as connection:
                row = connection.execute(self._query.format("rowid"), (after + 1,)).fetchone()
        except DamagedError:
            return None
        return _FARTHEST if row is None else int(row[0])


def _free(target: Path, name: str) -> Path:
    place, number = target / f"{name} (прочитанное)", 1
    while place.exists():
        number += 1
        place = target / f"{name} (прочитанное {number})"
    return place

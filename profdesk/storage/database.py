"""Everything that is particular to SQLite and SQLCipher: keys, pragmas, attach, triggers.

``desk.db`` is the main database and ``psy.db`` is attached as schema ``psy``, each under a raw
256-bit key of its own. The connection holds both files exclusively, so a second program on one
workspace is told at once, and a crash leaves no stale lock behind. In WAL mode a commit over both
files is atomic for each file, not for the pair.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from profdesk.domain.progress import Meter
from profdesk.errors import NO_ROOM, DamagedError, WorkspaceError
from profdesk.storage import in_use
from profdesk.storage.vault import Keys

DESK = "desk.db"
PSY = "psy.db"
_CACHE_KIB = 64 * 1024
_PAGES = 512
_DAMAGE = ("malformed", "not a database", "disk I/O error", "Could not decode to UTF-8")
_UNWRITTEN = frozenset(
    f"SQLITE_IOERR_{what}" for what in ("WRITE", "FSYNC", "DIR_FSYNC", "TRUNCATE", "DELETE", "CLOSE", "LOCK")
)
_SOUND = "1"
"""What ``cipher_status`` says until a page was met that is not as it was written."""


def engine(folder: Path, keys: Keys) -> Engine:
    """Open the databases over one connection, to be used by one thread at a time.

    Errors name the statement and never its values, since they end up in crash.log.
    """
    made = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(folder, keys),
        poolclass=StaticPool,
        hide_parameters=True,
    )
    event.listen(made, "begin", _begin)
    event.listen(made, "commit", partial(_refuse_misread, folder, ("main", "psy")[: 1 + (keys.psy is not None)]))
    return made


def connect(folder: Path, keys: Keys) -> sqlcipher.Connection:
    """Open a bare connection with its key, pragmas and attached schema."""
    connection = keyed(folder / DESK, keys.desk)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        _configure(connection, "main")
        if keys.psy is not None:
            connection.execute("ATTACH DATABASE ? AS psy KEY ?", (str(folder / PSY), _literal(keys.psy)))
            connection.execute("PRAGMA psy.locking_mode = EXCLUSIVE")
            _configure(connection, "psy")
            _sweep(folder, f"{DESK}-mj*", f"{PSY}-shm")
        _sweep(folder, f"{DESK}-shm")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlcipher.Error as error:
        connection.close()
        raise _in_words(folder, error) from error
    return connection


def keyed(file: Path, key: bytes) -> sqlcipher.Connection:
    """Open one file under its raw key; nothing is read yet, and SQLCipher prints nothing by itself."""
    connection = sqlcipher.connect(str(file), isolation_level=None, check_same_thread=False, timeout=1.0)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f'PRAGMA key = "{_literal(key)}"')
    return connection


@contextmanager
def reading(file: Path, key: bytes) -> Iterator[sqlcipher.Connection]:
    """Open a database nobody has open, to read it; DamagedError where what is asked of it is not as written."""
    connection = keyed(file, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield connection
    except sqlcipher.Error as error:
        raise _damaged(file.parent) from error
    finally:
        connection.close()


def has_misread(connection: sqlcipher.Connection) -> bool:
    """Whether a page was met that is not as it was written: the last one of a long text reads as zeros, no error."""
    return bool(connection.execute("PRAGMA cipher_status").fetchone()[0] != _SOUND)


def check(file: Path, key: bytes) -> None:
    """Read a database nobody has open through to its last page; DamagedError if one byte of it is not as written."""
    with reading(file, key) as connection:
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise _damaged(file.parent)


def copy(raw: sqlcipher.Connection, schema: str, target: Path, key: bytes, meter: Meter) -> None:
    """Write one open database page for page into a new file under a key of its own, and read that through."""
    page = int(raw.execute(f"PRAGMA {schema}.page_size").fetchone()[0])
    left = 0

    def report(_status: int, remaining: int, total: int) -> None:
        nonlocal left
        meter.add(((left or total) - remaining) * page)
        left = remaining

    written = keyed(target, key)
    try:
        raw.backup(written, pages=_PAGES, progress=report, name=schema)
    except sqlcipher.Error as error:
        if _is_damage(error):
            raise _damaged(Path(raw.execute("PRAGMA database_list").fetchone()[2]).parent) from error
        raise WorkspaceError(f"Копию сделать не удалось. {NO_ROOM}") from error
    finally:
        written.close()
    try:
        check(target, key)
    except DamagedError as error:
        raise WorkspaceError(f"Копию сделать не удалось: записанное не читается. {NO_ROOM}") from error


def make_append_only(connection: Connection, table: str, schema: str = "main") -> None:
    """Refuse every UPDATE and DELETE of a journal table, where the database is SQLite."""
    if connection.dialect.name != "sqlite":
        return
    for verb in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {schema}.{table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


@contextmanager
def rewritable(connection: Connection, table: str, schema: str = "main") -> Iterator[None]:
    """Let a journal be rewritten inside the block: only erasure may, in a transaction that brings the refusal back."""
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER {schema}.{table}_no_{verb}")
    yield
    make_append_only(connection, table, schema)


def defer_links(connection: Connection) -> None:
    """Let rows be written in any order: that each names one that is there is looked at when the transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")


@contextmanager
def both_or_neither(made: Engine) -> Iterator[None]:
    """Let what is committed inside the block reach both databases or neither: rollback journals know of each other."""
    raw = made.raw_connection().driver_connection
    if raw is None:
        raise WorkspaceError("Рабочая папка закрыта. Откройте её снова.")
    schemas = [schema for _, schema, _ in raw.execute("PRAGMA database_list").fetchall() if schema != "temp"]
    try:
        for schema in schemas:
            raw.execute(f"PRAGMA {schema}.journal_mode = DELETE")
    except sqlcipher.Error as error:
        raise WorkspaceError(f"Обновить рабочую папку не удалось. {NO_ROOM}") from error
    try:
        yield
    finally:
        with suppress(sqlcipher.Error):
            for schema in schemas:
                raw.execute(f"PRAGMA {schema}.journal_mode = WAL")


def scrub(made: Engine) -> None:
    """Write both databases anew, so that nothing of what was deleted stays in free pages or in the write-ahead log."""
    raw = made.raw_connection().driver_connection
    if raw is None:
        return
    for _, schema, _ in raw.execute("PRAGMA database_list").fetchall():
        if schema != "temp":
            raw.execute(f"VACUUM {schema}")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn a spoiled file or a full disk, met inside the block, into a WorkspaceError; the rest passes."""
    try:
        yield
    except DBAPIError as error:
        if "is full" in str(error.orig):
            raise WorkspaceError(
                "На диске не осталось места, изменение не сохранено. Освободите место и повторите."
            ) from error
        if getattr(error.orig, "sqlite_errorname", "") in _UNWRITTEN:
            raise WorkspaceError(
                "Диск не принял запись, изменение не сохранено. Проверьте, подключён ли он и есть ли на нём место."
            ) from error
        if _is_damage(error.orig):
            raise _damaged(folder) from error
        raise


def finish(made: Engine) -> None:
    """Bring the write-ahead log into the files and let go; what the disk refuses is left to the next opening."""
    raw = made.raw_connection().driver_connection
    if raw is not None:
        with suppress(sqlcipher.Error):
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    made.dispose()


def _configure(connection: sqlcipher.Connection, schema: str) -> None:
    connection.execute(f"PRAGMA {schema}.cache_size = -{_CACHE_KIB}")
    connection.execute(f"PRAGMA {schema}.journal_mode = WAL")
    connection.execute(f"PRAGMA {schema}.synchronous = FULL")
    connection.execute(f"PRAGMA {schema}.secure_delete = ON")
    connection.execute(f"SELECT count(*) FROM {schema}.sqlite_master").fetchone()  # noqa: S608


def _sweep(folder: Path, *patterns: str) -> None:
    """Remove what a killed migration or ``reading`` has left beside open databases: locked, they ask for none of it."""
    for pattern in patterns:
        for left in folder.glob(pattern):
            with suppress(OSError):
                left.unlink()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _refuse_misread(folder: Path, schemas: Sequence[str], connection: Connection) -> None:
    """End no transaction that has read a spoiled page: SQLCipher gives zeros for the last page of a long text."""
    for schema in schemas:
        if connection.exec_driver_sql(f"PRAGMA {schema}.cipher_status").scalar() != _SOUND:
            raise _damaged(folder)


def _literal(key: bytes) -> str:
    return f"x'{key.hex()}'"


def _is_damage(error: BaseException | None) -> bool:
    return any(sign in str(error) for sign in _DAMAGE)


def _in_words(folder: Path, error: sqlcipher.Error) -> WorkspaceError:
    if "locked" in str(error):
        return WorkspaceError(in_use.told(folder))
    if not all(os.access(path, os.W_OK) for path in (folder, folder / DESK, folder / PSY) if path.exists()):
        return WorkspaceError(
            f"В папку «{folder}» нельзя записывать. Снимите защиту от записи или перенесите папку на другой диск."
        )
    return _damaged(folder)


def _damaged(folder: Path) -> WorkspaceError:
    return DamagedError(f"База данных в папке «{folder}» повреждена или заменена. Восстановите папку из копии.")

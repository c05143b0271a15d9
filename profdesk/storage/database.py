"""Everything that is particular to SQLite and SQLCipher: keys, pragmas, attach, triggers.

``desk.db`` is the main database and ``psy.db`` is attached as schema ``psy``, each under a raw
256-bit key of its own. The connection holds both files exclusively, so a second program on one
workspace is told at once, and a crash leaves no stale lock behind. In WAL mode a commit over both
files is atomic for each file, not for the pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from profdesk.errors import WorkspaceError
from profdesk.storage.vault import Keys

DESK = "desk.db"
PSY = "psy.db"
_CACHE_KIB = 64 * 1024
_DAMAGE = ("malformed", "not a database", "disk I/O error")


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


def check(file: Path, key: bytes) -> None:
    """Read a database nobody has open through to its last page; WorkspaceError if one byte of it is not as written."""
    connection = keyed(file, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        spoiled = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    except sqlcipher.Error as error:
        raise _damaged(file.parent) from error
    finally:
        connection.close()
    if spoiled:
        raise _damaged(file.parent)


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
def told(folder: Path) -> Iterator[None]:
    """Turn a spoiled file or a full disk, met inside the block, into a WorkspaceError; the rest passes."""
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig)
        if "is full" in reason:
            raise WorkspaceError(
                "На диске не осталось места, изменение не сохранено. Освободите место и повторите."
            ) from error
        if any(sign in reason for sign in _DAMAGE):
            raise _damaged(folder) from error
        raise


def finish(made: Engine) -> None:
    """Bring the write-ahead log into the files and let go of them."""
    raw = made.raw_connection().driver_connection
    if raw is not None:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    made.dispose()


def _configure(connection: sqlcipher.Connection, schema: str) -> None:
    connection.execute(f"PRAGMA {schema}.cache_size = -{_CACHE_KIB}")
    connection.execute(f"PRAGMA {schema}.journal_mode = WAL")
    connection.execute(f"PRAGMA {schema}.synchronous = FULL")
    connection.execute(f"SELECT count(*) FROM {schema}.sqlite_master").fetchone()  # noqa: S608


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _literal(key: bytes) -> str:
    return f"x'{key.hex()}'"


def _in_words(folder: Path, error: sqlcipher.Error) -> WorkspaceError:
    if "locked" in str(error):
        return WorkspaceError(f"Папка «{folder}» уже открыта в другом окне profdesk. Закройте его.")
    return _damaged(folder)


def _damaged(folder: Path) -> WorkspaceError:
    return WorkspaceError(f"База данных в папке «{folder}» повреждена или заменена. Восстановите папку из копии.")

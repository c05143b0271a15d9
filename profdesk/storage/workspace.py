"""A workspace: the folder with its databases, vault, backups and files, and an open handle on it."""

from __future__ import annotations

import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor, NewUser, Role
from profdesk.domain.organisation import Organisation
from profdesk.domain.progress import Progress, silent
from profdesk.errors import WorkspaceError, WrongInputError
from profdesk.storage import backup, database, journal, migrate, vault
from profdesk.storage.clock import HybridClock
from profdesk.storage.models import DeviceRow, PsyOperationRow, new_id
from profdesk.storage.unit_of_work import UnitOfWork
from profdesk.storage.vault import Cost, Keys, Vault

_FILES = "files"


@dataclass(frozen=True)
class Created:
    """A new workspace, opened, and the code of its recovery slot."""

    workspace: Workspace
    recovery_code: str = field(repr=False)


class Workspace:
    """An open workspace; units of work follow one another, whichever thread asks."""

    def __init__(self, path: Path, actor: Actor, keys: Keys, engine: Engine) -> None:
        self.path = path
        self.actor = actor
        self._keys: Keys | None = keys
        self._engine = engine
        self._lock = RLock()
        with Session(engine) as session:
            self._device = session.scalars(select(DeviceRow.id)).one()
            readings = [journal.last_reading(session)]
            if keys.psy is not None:
                readings.append(journal.last_reading(session, PsyOperationRow))
        self._clock = HybridClock(max(filter(None, readings), default=None))

    @contextmanager
    def unit(self, actor: Actor) -> Iterator[UnitOfWork]:
        """Open a unit of work: committed when the block ends, rolled back when it raises."""
        with self._lock:
            if self._keys is None:
                raise WorkspaceError("Рабочая папка закрыта. Откройте её снова.")
            entry = journal.Journal(self._device, actor, self._clock)
            with (
                database.told(self.path),
                Session(self._engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                entry.attach(session)
                yield UnitOfWork(session, entry, self._keys, self.path)

    def back_up(self, why: str, progress: Progress = silent) -> Path:
        """Copy the whole workspace below its ``backups/``; gives the copy's folder. ``progress`` counts megabytes."""
        with self._lock:
            if self._keys is None:
                raise WorkspaceError("Рабочая папка закрыта. Откройте её снова.")
            return backup.make(self._engine, self._keys, self.path, why, progress)

    def close(self) -> None:
        """Drop the keys and let go of the files; closing twice does nothing."""
        with self._lock:
            if self._keys is not None:
                self._keys = None
                database.finish(self._engine)


def create(path: Path, organisation: Organisation, owner: NewUser, programme: str, cost: Cost | None = None) -> Created:
    """Make a workspace in an absent or empty folder and open it.

    It is built beside the folder and put in place when whole; a failure leaves nothing.
    """
    path = path.resolve()
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise WrongInputError(f"«{path}» уже занята. Выберите новую или пустую папку.")
    if not owner.name.strip():
        raise WrongInputError("Укажите фамилию, имя и отчество владельца рабочей папки.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise WrongInputError(f"Папку «{path}» создать не удалось. Выберите другое место.") from error
    try:
        keys = Keys.fresh()
        actor = Actor(new_id(), owner.name.strip(), owner.post, frozenset({Role.OWNER}))
        code = vault.recovery_code()
        _save_vault(fresh, actor, owner.password, keys, code, cost or Cost())
        _fill(fresh, actor, keys, organisation, programme)
        _put_in_place(fresh, path)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return Created(Workspace(path, actor, keys, database.engine(path, keys)), code)


def users(path: Path) -> tuple[Actor, ...]:
    """Who has a password for the workspace; nothing is decrypted."""
    return vault.load(path).users


def open_workspace(path: Path, user: str | None, password: str) -> Workspace:
    """Open as a user (None: the only one); migrates an older workspace after a backup."""
    lock = vault.load(path)
    chosen = user or _only(lock)
    keys = lock.unlock(chosen, password)
    _check_parts(path)
    engine = database.engine(path, keys)
    try:
        with database.told(path):
            migrate.bring_up_to_date(engine, keys, path)
            return Workspace(path, lock.actor(chosen), keys, engine)
    except BaseException:
        engine.dispose()
        raise


def check_password(path: Path, user: str, password: str) -> None:
    """AccessError unless the password opens the user's slot of the vault."""
    vault.load(path).unlock(user, password)


def restore_password(path: Path, user: str, code: str, password: str, cost: Cost | None = None) -> None:
    """Give a user a new password by the recovery code; the keys themselves stay as they are."""
    lock = vault.load(path)
    keys = lock.unlock_by_code(code)
    vault.save(path, lock.with_user(lock.actor(user), password, keys, cost or Cost()))


def _save_vault(folder: Path, owner: Actor, password: str, keys: Keys, code: str, cost: Cost) -> None:
    empty = Vault(new_id(), ())
    vault.save(folder, empty.with_user(owner, password, keys, cost).with_recovery(code, keys, cost))


def _fill(folder: Path, actor: Actor, keys: Keys, organisation: Organisation, programme: str) -> None:
    for name in (backup.FOLDER, _FILES):
        (folder / name).mkdir()
    engine = database.engine(folder, keys)
    try:
        migrate.make(engine)
        with Session(engine) as session, session.begin():
            session.add(DeviceRow(name=platform.node() or "компьютер"))
        workspace = Workspace(folder, actor, keys, engine)
        with workspace.unit(actor) as unit:
            unit.organisation.save(organisation)
            unit.programme.choose(programme)
    finally:
        database.finish(engine)


def _put_in_place(fresh: Path, path: Path) -> None:
    """Rename as a whole, or part by part into a folder somebody may be standing in; the vault comes last."""
    if not path.exists():
        fresh.rename(path)
        return
    for part in sorted(fresh.iterdir(), key=lambda part: part.name == vault.FILE):
        part.rename(path / part.name)
    fresh.rmdir()


def _check_parts(folder: Path) -> None:
    """Refuse to open when a database is lost: SQLite would make an empty one in its place."""
    for name in (database.DESK, database.PSY):
        part = folder / name
        if not part.is_file() or part.stat().st_size == 0:
            raise WorkspaceError(f"В папке «{folder}» нет базы данных {name}. Восстановите её из копии.")


def _only(lock: Vault) -> str:
    if len(lock.users) != 1:
        raise WrongInputError("Рабочей папкой пользуются несколько человек. Выберите, кто вы.")
    return lock.users[0].id

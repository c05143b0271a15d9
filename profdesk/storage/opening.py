"""The ways into a workspace: made anew, opened with a password, let in again by the recovery code."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from profdesk.domain import rights
from profdesk.domain.access import Actor, NewUser, Reach, Role
from profdesk.domain.deeds import DeedKind
from profdesk.domain.mark import Missing, MissingRecordsError, holding
from profdesk.domain.organisation import Organisation
from profdesk.domain.rights import Right
from profdesk.domain.seats import Followed
from profdesk.errors import AccessError, DamagedError, WorkspaceError, WrongInputError
from profdesk.storage import (
    attempts,
    backup,
    building,
    database,
    mark,
    migrate,
    restore,
    seats,
    swap,
    taken_over,
    vault,
)
from profdesk.storage.mark import Mark
from profdesk.storage.models import DeviceRow, new_id
from profdesk.storage.vault import Cost, Keys, Vault
from profdesk.storage.workspace import Workspace

_SPOILED_MARK = "Отметка о последней записи журнала была повреждена и сделана заново. Записи на месте."


_REMOVED = (
    "Вас удалили из пользователей на другом компьютере: войти под этим именем больше нельзя. "
    "Обратитесь к тому, кто ведёт пользователей."
)


@dataclass(frozen=True)
class Created:
    """A new workspace, opened, and the code of its recovery slot."""

    workspace: Workspace
    recovery_code: str = field(repr=False)


def create(path: Path, organisation: Organisation, owner: NewUser, programme: str, cost: Cost | None = None) -> Created:
    """Make a workspace in an absent or empty folder and open it.

    It is built beside the folder and put in place when whole; a failure leaves nothing.
    """
    path, paid = path.resolve(), cost or Cost()
    if not owner.name.strip():
        raise WrongInputError("Укажите фамилию, имя и отчество владельца рабочей папки.")
    keys, code = Keys.fresh(), vault.recovery_code()
    actor = Actor(new_id(), owner.name.strip(), owner.post, frozenset({Role.OWNER}))
    with building.beside(path) as fresh:
        lock = Vault(new_id(), ()).with_user(actor, owner.password, keys, paid).with_recovery(code, keys, paid)
        vault.save(fresh, lock)
        building.make_databases(fresh, keys, DeviceRow(name=platform.node() or "компьютер"))
        _fill(fresh, actor, keys, organisation, programme)
    kept = Mark(path, lock.workspace, keys.anchor)
    return Created(Workspace(path, actor, keys, database.engine(path, keys), kept).hand_out(), code)


def users(path: Path) -> tuple[Actor, ...]:
    """Who has a password for the workspace; nothing is decrypted."""
    swap.finish(path)
    return vault.load(path).users


def open_workspace(path: Path, user: str | None, password: str, *, without_lost: bool = False) -> Workspace:
    """Open as a user (None: the only one); migrates an older workspace after a backup, and an older slot too.

    MissingRecordsError where the journal falls short of its mark; ``without_lost`` goes on with what is there, which
    is journaled.
    """
    swap.finish(path)
    lock = vault.load(path)
    chosen = user or _only(lock)
    lock.actor(chosen)
    with attempts.counted(path, chosen):
        keys = lock.unlock(chosen, password)
    fresh = lock.with_password(chosen, password, keys)
    opened = _opened(path, lock, fresh, chosen, keys, without_lost=without_lost)
    opened.refused_before = attempts.forget(path, chosen)
    return opened


def check_password(path: Path, user: str, password: str) -> int:
    """AccessError unless the password opens the user's slot of the vault; gives how many before it did not."""
    lock = vault.load(path)
    lock.actor(user)
    with attempts.counted(path, user):
        lock.unlock(user, password)
    return attempts.forget(path, user)


def wait(path: Path, user: str) -> int:
    """Seconds before the next password of the user is looked at."""
    return attempts.wait(path, user)


def restore_password(path: Path, user: str, code: str, password: str, cost: Cost | None = None) -> None:
    """Give a user a new password by the recovery code; the keys themselves stay as they are."""
    swap.finish(path)
    lock = vault.load(path)
    with attempts.counted(path, attempts.RECOVERY):
        keys = lock.unlock_by_code(code)
    actor, paid = lock.actor(user), cost or Cost()
    fresh = lock.with_user(actor, password, keys, paid).with_recovery(code, keys, paid)
    workspace = _opened(path, lock, fresh, user, keys)
    try:
        with workspace.unit(actor) as unit:
            unit.deeds.add(DeedKind.ENTRY_RESTORED, actor.name, datetime.now(UTC))
    finally:
        workspace.close()
    for one in (attempts.RECOVERY, user):
        attempts.forget(path, one)


def _opened(path: Path, lock: Vault, fresh: Vault, user: str, keys: Keys, *, without_lost: bool = False) -> Workspace:
    """Open as a user whose keys are known, and write what is fresh of the vault while no other program can.

    Where the user may hold fewer keys since the last login, the others are dropped.
    """
    _check_parts(path, keys)
    engine = database.engine(path, keys)
    try:
        with database.told(path):
            _hold(engine, path, lock)
            kept = Mark(path, lock.workspace, keys.anchor)
            missing, notice = _measured(engine, kept, path, with_psy=keys.psy is not None)
            _refuse(missing, without_lost)
            migrate.bring_up_to_date(engine, keys, path)
            actor = lock.actor(user)
            workspace = Workspace(path, actor, keys, engine, kept, must_change_password=fresh.must_change(user))
            if fresh is not lock:
                vault.save(path, fresh)
            workspace.notice = notice
            _write_down(workspace, fresh, missing)
            _follow(workspace)
            if (held := keys.for_roles(workspace.actor.roles)) == keys:
                return workspace.hand_out()
            workspace.close()
    except BaseException:
        engine.dispose()
        raise
    now = vault.load(path)
    return _opened(path, now, now, user, held)


def _hold(engine: Engine, path: Path, lock: Vault) -> None:
    """Keep other programs out from here on; WorkspaceError where one has changed the vault since it was read.

    Its keys or users would be those of before: the databases would look damaged, or the new vault be written over.
    """
    try:
        with engine.connect():
            swap.keep_out(path)
    except DamagedError:
        _refuse_changed(path, lock)
        raise
    _refuse_changed(path, lock)


def _refuse_changed(path: Path, lock: Vault) -> None:
    if vault.load(path) != lock:
        raise WorkspaceError("Пока вы входили, пароли или пользователей изменили в другом окне. Войдите ещё раз.")


def _write_down(workspace: Workspace, lock: Vault, missing: Missing | None) -> None:
    """Journal what has to be known before anybody works: who there is, what is missing, what was restored."""
    now = datetime.now(UTC)
    note = restore.noted(workspace.path) or restore.of_copy(workspace.path, workspace.actor)
    if note is not None and note.head not in (None, workspace.heads().desk):
        note = None
    restored_by = workspace.actor if note is None else Actor(note.user, note.name, "", frozenset())
    if note is not None or missing is not None:
        known = None if note is None else taken_over.opened(note.computers, workspace.keys)
        workspace.renew_identity(restored_by, now, known, tells=_tells_of_computers(lock, restored_by.id))
    with workspace.unit(_keeper(workspace, lock)) as unit:
        unit.users.match(lock.users, now)
    with workspace.unit(workspace.actor) as unit:
        if note is not None and not note.copy:
            unit.computers.forget_known()
        if missing is not None:
            unit.deeds.add(DeedKind.WENT_ON, missing.told(), now, count=missing.count)
    if note is not None:
        workspace.restored = True
        with workspace.unit(restored_by) as unit:
            unit.deeds.add(DeedKind.RESTORED, note.told, now)
    restore.sweep(workspace.path)
    workspace.sweep_files()
    _release(workspace, replace(workspace.actor, reach=Reach.ALL))


def _tells_of_computers(lock: Vault, user: str) -> bool:
    return any(one.id == user and rights.may(one, Right.COMPUTERS) for one in lock.users)


def _release(workspace: Workspace, actor: Actor) -> None:
    """Merge what need wait for a clock no longer; what cannot be merged is dropped, and comes with the next file."""
    try:
        with workspace.unit(actor) as unit:
            if unit.clocks.ahead():
                unit.exchange.release()
    except WrongInputError:
        with workspace.unit(actor) as unit:
            for device in unit.clocks.ahead():
                unit.exchange.forget_waiting(device)


def _keeper(workspace: Workspace, lock: Vault) -> Actor:
    """In whose name a change of users that a kill stopped is made up for: others take it of who keeps users alone."""
    able = [one for one in (workspace.actor, *lock.able) if rights.may(one, Right.USERS_WRITE)]
    return next(iter(able), workspace.actor)


def _follow(workspace: Workspace) -> None:
    """Let the vault follow what came by exchange; AccessError where whoever comes in was removed by it."""
    done, told = Followed(), ""
    try:
        done = seats.follow(workspace, workspace.actor)
    except WorkspaceError as error:
        told = error.message
    own = next((one for one in vault.load(workspace.path).able if one.id == workspace.actor.id), None)
    if own is None:
        raise AccessError(_REMOVED)
    workspace.actor = own
    if rights.may(own, Right.USERS_WRITE):
        told = told or done.left(seats.owed_by(workspace, own))
        workspace.notice = " ".join(filter(None, (workspace.notice, told)))


def _refuse(missing: Missing | None, without_lost: bool) -> None:
    if missing is not None and not without_lost:
        raise MissingRecordsError(missing)


def _measured(engine: Engine, kept: Mark, path: Path, *, with_psy: bool) -> tuple[Missing | None, str]:
    """What the journals lack of what their marks say, and what is to be said of spoiled marks."""
    with engine.begin() as connection:  # its end tells a page that was misread from a record that is missing
        if mark.fits(connection, found := kept.standing(connection, with_psy=with_psy), with_psy=with_psy):
            return None, ""
        copies = backup.all_of(path)
        certain = [copy.heads for copy in copies if copy.heads is not None]
        lost = mark.lost(connection, found, certain, with_psy=with_psy)
    if not lost:
        return None, _SPOILED_MARK
    having = [copy.folder for copy in copies if copy.heads is not None and holding(lost, copy.heads)]
    return Missing(path, tuple(lost), tuple(having)), ""


def _fill(folder: Path, actor: Actor, keys: Keys, organisation: Organisation, programme: str) -> None:
    engine = database.engine(folder, keys)
    try:
        workspace = Workspace(folder, actor, keys, engine)
        with workspace.unit(actor) as unit:
            unit.users.match([actor], datetime.now(UTC))
            unit.organisation.save(organisation)
            unit.programme.choose(programme)
    finally:
        database.finish(engine)


def _check_parts(folder: Path, keys: Keys) -> None:
    """Refuse to open when a database is lost: SQLite would make an empty one in its place.

    One that is empty by design is no loss.
    """
    if restore.is_no_database(folder / database.PSY) and not restore.is_no_database(folder / database.DESK):
        migrate.renew_spare(folder, keys)
    for name in (database.DESK, database.PSY):
        part = folder / name
        if not part.is_file() or part.stat().st_size == 0:
            raise DamagedError(f"В папке «{folder}» нет базы данных {name}. Восстановите её из копии.")


def _only(lock: Vault) -> str:
    if len(lock.users) != 1:
        raise WrongInputError("Рабочей папкой пользуются несколько человек. Выберите, кто вы.")
    return lock.users[0].id

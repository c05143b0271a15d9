"""Users and their passwords: the vault and what the journal knows of it, written together.

The vault is the truth: what a kill leaves between the two is made equal at the next opening.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from profdesk.domain import rights, users
from profdesk.domain.access import PSYCHOLOGISTS, Actor, Role
from profdesk.domain.deeds import DeedKind
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.domain.users import Draft
from profdesk.errors import AccessError, CodeNeededError, NotFoundError, WrongInputError
from profdesk.storage import attempts, rekey, seats, vault
from profdesk.storage import opening as storage
from profdesk.storage.models import new_id
from profdesk.storage.rekey import Besides, Renewal, write_nothing
from profdesk.storage.seats import written
from profdesk.storage.unit_of_work import UnitOfWork
from profdesk.storage.vault import Cost, Keys, Vault
from profdesk.storage.workspace import Workspace

_WITHOUT_PSY = (
    "Данные психологов на этот компьютер не попадают. Для психолога или владельца присоедините отдельный компьютер."
)


@dataclass(frozen=True)
class Written:
    """A batch of the journal and what it made: a user's id or a recovery code to be printed."""

    batch: str
    made: str | None = field(default=None, repr=False)


def add(
    workspace: Workspace, actor: Actor, draft: Draft, password: str, code: str, cost: Cost | None = None
) -> Written:
    """Add a user, who has to change the password at first; makes the id. CodeNeededError as for ``change``.

    NotFoundError, and nothing written, where a class to be led is gone; the same in ``change``.
    """
    _refuse_psychologists(workspace, draft.roles)
    lock = vault.load(workspace.path)
    user = Actor(new_id(), draft.name, draft.post, draft.roles)
    fresh = lock.with_user(user, password, _keys(workspace, lock, code), cost or Cost(), must_change=True)
    with written(workspace, actor, lock, fresh) as unit:
        _give_classes(unit, user.id, draft)
        return Written(unit.batch, user.id)


def change(
    workspace: Workspace, actor: Actor, user: str, draft: Draft, code: str, progress: Progress = silent
) -> Written:
    """Change name, post, roles and classes; keys that the roles lose are renewed for those who keep them.

    Where the printed recovery code went with the former keys, a new one is made, as for ``remove``.
    CodeNeededError if the actor lacks a key that is given or renewed, and ``code`` is empty. Of who has no password
    here it is said all the same: computers where the user has one follow.
    """
    lock, former = _known(workspace, user)
    if former not in lock.users:
        return _change_elsewhere(workspace, actor, user, draft)
    _refuse_psychologists(workspace, draft.roles)
    if user == actor.id and draft.roles != former.roles:
        raise AccessError("Свои роли не меняют. Попросите другого, кто ведёт пользователей.")
    changed = replace(former, name=draft.name, post=draft.post, roles=draft.roles)
    users.check_kept(changed if one.id == user else one for one in lock.able)
    keys = _keys(workspace, lock, code)
    fresh = lock.with_facts(changed, keys)
    lost = lock.key_names(user) - vault.names_of_keys(draft.roles)
    if lost:
        besides = partial(_give_classes, user=user, draft=draft)
        return _rekey(workspace, actor, fresh, keys, lost, code, f"Роли изменены: {former.name}", progress, besides)
    with written(workspace, actor, lock, fresh) as unit:
        _give_classes(unit, user, draft)
        done = Written(unit.batch)
    if user == actor.id:
        workspace.actor = replace(workspace.actor, name=draft.name, post=draft.post)
    return done


def remove(workspace: Workspace, actor: Actor, user: str, code: str, progress: Progress = silent) -> Written:
    """Take a user's slot away and renew every key the user held; CodeNeededError as for ``change``.

    Who has no password here has known no key of this computer: other computers take the slot away as they learn of it.
    """
    lock, former = _known(workspace, user)
    if user == actor.id:
        raise AccessError("Себя не удаляют. Попросите другого, кто ведёт пользователей.")
    if former not in lock.users:
        with workspace.unit(actor) as unit:
            unit.users.remove(user, datetime.now(UTC))
            return Written(unit.batch)
    users.check_kept(one for one in lock.able if one.id != user)
    words = f"Пользователь удалён: {former.name}"
    keys = _keys(workspace, lock, code)
    return _rekey(workspace, actor, lock.without(user), keys, lock.key_names(user), code, words, progress)


def renew(workspace: Workspace, actor: Actor, code: str, progress: Progress = silent) -> Written:
    """Renew every key that somebody knows who may no more; CodeNeededError as for ``change``."""
    owed, names = _owed(workspace, actor), seats.owed_by(workspace, actor)
    if not owed:
        raise WrongInputError("Ключи уже сменены. Обновите страницу.")
    lock, words = vault.load(workspace.path), f"Ключи больше не положены: {', '.join(names)}"
    return _rekey(workspace, actor, lock, _keys(workspace, lock, code), owed, code, words, progress)


def renew_if_able(workspace: Workspace, actor: Actor, progress: Progress = silent) -> bool:
    """The same for who keeps users and may know these keys, where no new code would have to be printed."""
    owed, lock = _owed(workspace, actor), vault.load(workspace.path)
    own = next((one for one in lock.able if one.id == actor.id), None)
    if not owed or own is None or not rights.may(own, Right.USERS_WRITE) or not lock.is_of_today:
        return False
    if not owed <= workspace.keys.for_roles(own.roles).by_name.keys():
        return False
    renew(workspace, actor, "", progress)
    return True


def change_password(workspace: Workspace, actor: Actor, old: str, new: str, cost: Cost | None = None) -> Written:
    """Change the own password; AccessError if the old one is wrong, WrongInputError if the new one is no other."""
    storage.check_password(workspace.path, actor.id, old)
    lock = vault.load(workspace.path)
    own = lock.actor(actor.id)
    fresh = lock.with_own_password(own.id, new, workspace.keys, cost or Cost())
    with suppress(AccessError):
        lock.unlock(actor.id, new)
        raise WrongInputError("Это прежний пароль. Придумайте другой.")
    with written(workspace, actor, lock, fresh) as unit:
        unit.deeds.add(DeedKind.ENTRY_CHANGED, own.name, datetime.now(UTC))
        done = Written(unit.batch)
    workspace.must_change_password = False
    return done


def give_password(
    workspace: Workspace, actor: Actor, user: str, password: str, code: str, cost: Cost | None = None
) -> Written:
    """Give another user a first password in place of a forgotten one, or of one for another computer.

    The keys are put into a slot made anew, so that only who holds all of them, or the code, can do that.
    """
    lock, former = _known(workspace, user)
    if user == actor.id:
        raise AccessError("Свой пароль меняют кнопкой «Сменить мой пароль».")
    if former not in lock.users:
        _refuse_psychologists(workspace, former.roles)
    fresh = lock.with_user(former, password, _keys(workspace, lock, code), cost or Cost(), must_change=True)
    with written(workspace, actor, lock, fresh) as unit:
        unit.deeds.add(DeedKind.ENTRY_GIVEN, former.name, datetime.now(UTC))
        return Written(unit.batch)


def renew_recovery(workspace: Workspace, actor: Actor, code: str, cost: Cost | None = None) -> Written:
    """Make a new recovery code; the printed one opens nothing any more. CodeNeededError as for ``change``."""
    lock = vault.load(workspace.path)
    made = vault.recovery_code()
    fresh = lock.with_recovery(made, _keys(workspace, lock, code), cost or Cost())
    with written(workspace, actor, lock, fresh) as unit:
        unit.deeds.add(DeedKind.SHEET_RENEWED, "Прежний код больше не действует", datetime.now(UTC))
        return Written(unit.batch, made)


def first_passwords(workspace: Workspace) -> frozenset[str]:
    """The ids of users who still have the password that somebody else has thought of."""
    lock = vault.load(workspace.path)
    return frozenset(user.id for user in lock.users if lock.must_change(user.id))


def able(workspace: Workspace) -> Mapping[str, frozenset[Role]]:
    """The roles in which users can come in here, by id."""
    return {user.id: user.roles for user in vault.load(workspace.path).able}


def _owed(workspace: Workspace, actor: Actor) -> frozenset[str]:
    with workspace.unit(actor) as unit:
        return frozenset[str]().union(*unit.users.owed().values())


def _known(workspace: Workspace, user: str) -> tuple[Vault, Actor]:
    """The vault, and a user of it, or somebody who works on another computer alone."""
    lock = vault.load(workspace.path)
    found = next((one for one in lock.users if one.id == user), None)
    if found is None:
        with workspace.unit(workspace.actor) as unit:
            found = next((one.actor for one in unit.users.all() if one.id == user and one.removed_at is None), None)
    if found is None:
        raise NotFoundError("Этого пользователя уже удалили.")
    return lock, found


def _change_elsewhere(workspace: Workspace, actor: Actor, user: str, draft: Draft) -> Written:
    with workspace.unit(actor) as unit:
        unit.users.change(user, draft)
        _give_classes(unit, user, draft)
        return Written(unit.batch)


def _refuse_psychologists(workspace: Workspace, roles: frozenset[Role]) -> None:
    """No psychologist works where psychologists' records do not come: their key lies open there."""
    if roles & PSYCHOLOGISTS:
        with workspace.unit(workspace.actor) as unit:
            if unit.computers.is_without_psy:
                raise AccessError(_WITHOUT_PSY)


def _keys(workspace: Workspace, lock: Vault, code: str) -> Keys:
    """The actor's own keys, or every one by the code."""
    if not code.strip():
        return workspace.keys
    with attempts.counted(workspace.path, attempts.RECOVERY):
        keys = lock.unlock_by_code(code)
    attempts.forget(workspace.path, attempts.RECOVERY)
    return keys


def _rekey(
    workspace: Workspace,
    actor: Actor,
    lock: Vault,
    keys: Keys,
    lost: frozenset[str],
    code: str,
    words: str,
    progress: Progress,
    besides: Besides = write_nothing,
) -> Written:
    if not lost <= set(keys.by_name):
        raise CodeNeededError
    fresh = rekey.fresh_keys(keys, lost)
    renewed = lock.with_keys({name: fresh.by_name[name] for name in lost}, keys.anchor)
    made = None
    if not renewed.has_recovery:
        made = None if code.strip() else vault.recovery_code()
        renewed = renewed.with_recovery(made or code, fresh, Cost())
    renewal = Renewal(keys, fresh, lost, renewed, words, besides)
    return Written(rekey.carry_out(workspace, actor, renewal, progress), made)


def _give_classes(unit: UnitOfWork, user: str, draft: Draft) -> None:
    unit.class_teachers.give(user, draft.classes, unit.organisation.get().period.year)

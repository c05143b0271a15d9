"""A workspace that does not open: what is damaged in it, which copies are whole, and one of them put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import settings
from profdesk.domain import backups as rules
from profdesk.domain import rights
from profdesk.domain.access import Actor
from profdesk.domain.backups import Copy
from profdesk.domain.progress import Progress, silent
from profdesk.domain.recovery import Damage, Saved
from profdesk.domain.rights import Right
from profdesk.errors import ProfdeskError, WorkspaceError

if TYPE_CHECKING:
    from profdesk.storage.vault import Vault


def examine(folder: Path, progress: Progress = silent) -> Damage:
    """Look, without any password, at what is damaged and at every copy, those in the second place too.

    ``progress`` counts copies.
    """
    from profdesk.storage import backup, restore

    here = backup.all_of(folder)
    place, elsewhere = _second_place(folder, here)
    there, whole = (*here, *elsewhere), dict[str, Copy]()
    for done, copy in enumerate(there):
        progress(done, len(there))
        if copy.folder.name not in whole and not restore.check(copy.folder, None):
            whole[copy.folder.name] = copy
    spoiled = {copy.folder.name for copy in there} - whole.keys()
    newest_first = tuple(sorted(whole.values(), key=rules.in_turn, reverse=True))
    away = None if place is None or place.is_dir() else place
    return Damage(folder, restore.visible_damage(folder), newest_first, len(spoiled), away)


def _second_place(folder: Path, here: Sequence[Copy]) -> tuple[Path | None, Sequence[Copy]]:
    """Where copies go once more on this computer, and those that lie there; the vault may be what is damaged."""
    from profdesk.storage import second_place, vault

    ids = {copy.workspace for copy in here}
    with suppress(ProfdeskError):
        ids = {vault.load(folder).workspace}
    named = {one: Path(place) for one, place in settings.load().second_places.items()}
    known = ids & named.keys() or {one for one, place in named.items() if second_place.is_known(folder, one, place)}
    if len(known) != 1:
        return None, ()
    (workspace,) = known
    return named[workspace], second_place.copies(folder, workspace, named[workspace])


def users(folder: Path, copy: Path | None) -> Sequence[Actor]:
    """Who may put it right: by the workspace's own list of users, or the copy's where that one is damaged."""
    return rights.recoverers(_vault(folder, copy).users)


def restore(folder: Path, user: str, password: str, copy: Path, progress: Progress = silent) -> None:
    """Put a copy in place of what is damaged, which is set aside; AccessError for a wrong password or no right.

    What was recorded after the copy is left behind; whoever opens the workspace next journals the restore. Users
    who stand in the copy's list and not in the workspace's (the newest copy's where that one is damaged) do not come
    back. Where nothing but the vault is damaged and the copy's still opens the databases, it alone is taken and no
    record lost.
    """
    from profdesk.storage import attempts, swap, vault
    from profdesk.storage import restore as storage

    lock, there = _vault(folder, copy), vault.load(copy)
    actor = _recoverer(lock, user)
    if there.workspace != lock.workspace and user not in {one.id for one in rights.recoverers(there.users)}:
        raise WorkspaceError("Это копия другой рабочей папки, и восстанавливать её вам нельзя. Возьмите другую копию.")
    with attempts.counted(folder, user):
        keys = lock.unlock(user, password)
    if told := swap.open_elsewhere(folder):
        raise WorkspaceError(told)
    storage.refuse_spoiled(copy)
    storage.set_aside(folder)
    if storage.damage(folder, keys) == (vault.FILE,):
        storage.put_vault(folder, copy)
    else:
        known = {one.id for one in _last_known(folder, copy).users}
        gone = [one.id for one in there.users if one.id not in known]
        storage.put_in_place(folder, copy, actor, keys, progress, gone)


def save_readable(
    folder: Path, user: str, password: str, target: Path, progress: Progress = silent, copy: Path | None = None
) -> Saved:
    """Write what can still be read into a new workspace below ``target``; the damaged one stays as it is.

    Where the list of users is damaged too, a copy's is taken.
    """
    from profdesk.storage import attempts, salvage

    lock = _vault(folder, copy)
    actor = _recoverer(lock, user)
    with attempts.counted(folder, user):
        keys = lock.unlock(user, password)
    return salvage.save(folder, lock, keys, target, actor, progress)


def _recoverer(lock: Vault, user: str) -> Actor:
    """AccessError for whoever may not put this workspace right."""
    actor = lock.actor(user)
    return actor if actor in rights.recoverers(lock.users) else rights.granted(actor, Right.COPIES_RESTORE)


def _vault(folder: Path, copy: Path | None) -> Vault:
    """The workspace's vault, or the copy's where that one cannot be read."""
    from profdesk.storage import vault

    try:
        return vault.load(folder)
    except ProfdeskError:
        if copy is None:
            raise
        return vault.load(copy)


def _last_known(folder: Path, copy: Path) -> Vault:
    """The workspace's vault, or where it cannot be read the newest copy's, which lacks who was removed before it."""
    from profdesk.storage import backup, vault

    lock = vault.load(copy)
    for place in (folder, *(one.folder for one in backup.all_of(folder))):
        with suppress(ProfdeskError):
            found = vault.load(place)
            if found.workspace == lock.workspace:
                return found
    return lock

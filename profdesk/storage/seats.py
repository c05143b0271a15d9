"""The vault's slots and the rows of their users: written together, and the vault made to follow what came by exchange.

A change made here goes into the vault and from there into the row (``UserStore.match``). A change made on another
computer is in the row, and the slot follows: nothing of that is an operation of this computer. Whoever holds the key of
``desk.db`` can write rows, in anybody's name and on other computers too: so following takes keys away and gives none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime

from profdesk.domain import users
from profdesk.domain.access import Actor
from profdesk.domain.seats import Followed
from profdesk.errors import WorkspaceError
from profdesk.storage import vault
from profdesk.storage.unit_of_work import UnitOfWork
from profdesk.storage.vault import Vault
from profdesk.storage.workspace import Workspace

Words = Mapping[str, Actor | None]


@contextmanager
def written(workspace: Workspace, actor: Actor, lock: Vault, fresh: Vault) -> Iterator[UnitOfWork]:
    """Write the vault together with its users' rows; the former vault comes back if the database fails."""
    try:
        with workspace.unit(actor) as unit:
            unit.users.match(fresh.users, datetime.now(UTC))
            yield unit
            vault.save(workspace.path, fresh)
    except BaseException:
        with suppress(WorkspaceError):
            vault.save(workspace.path, lock)
        raise


def follow(workspace: Workspace, actor: Actor, sparing: str = "") -> Followed:
    """Let the vault say of its users what the journal says by now; whoever is at work is spared until the next login.

    What a kill stops goes on at the next opening: until it is done, the slots differ from the rows.
    """
    lock = vault.load(workspace.path)
    with workspace.unit(actor) as unit:
        words = unit.users.words()
    fresh = _followed(lock, words, workspace.keys.anchor)
    spared = _sparing(lock, fresh, sparing)
    if spared != lock:
        with written(workspace, actor, lock, spared):
            pass
    return _compared(lock, fresh, words, workspace.keys.anchor)


def outlook(workspace: Workspace, unit: UnitOfWork) -> Followed:
    """What ``follow`` would do by what stands inside a unit of work; nothing where the vault is not as it should be."""
    words, anchor = unit.users.words(), workspace.keys.anchor
    try:
        lock = vault.load(workspace.path)
        return _compared(lock, _followed(lock, words, anchor), words, anchor)
    except WorkspaceError:
        return Followed()


def owed_by(workspace: Workspace, actor: Actor) -> Sequence[str]:
    """Names of those who know keys of this computer that are theirs no more, by name."""
    with workspace.unit(actor) as unit:
        owed = unit.users.owed()
        return [one.name for one in unit.users.all() if one.id in owed]


def _followed(lock: Vault, words: Words, anchor: bytes) -> Vault:
    """Take user after user, again as long as anything moves: somebody may take over what another one did alone."""
    while True:
        before = lock
        for user in before.users:
            if user.id in words:
                word = words[user.id]
                fresh = lock.without(user.id) if word is None else lock.with_word(word, anchor)
                lock = fresh if users.goes_on(lock.able, fresh.able) else lock
        if lock == before:
            return lock


def _compared(lock: Vault, fresh: Vault, words: Words, anchor: bytes) -> Followed:
    waiting = _waiting(fresh, words, anchor)
    before, after = ({one.id: one for one in of.users} for of in (lock, fresh))
    return Followed(
        removed=tuple(one for one in before.values() if one.id not in after),
        changed=tuple(one for one in after.values() if one != before[one.id]),
        kept=tuple(one for one in after.values() if words.get(one.id, one) != one and one.id not in waiting),
        waiting=tuple(one for one in after.values() if one.id in waiting),
    )


def _sparing(lock: Vault, fresh: Vault, user: str) -> Vault:
    """The fresh vault with one user's former slot."""
    slots = {**{slot.id: slot for slot in fresh.slots}, **{slot.id: slot for slot in lock.slots if slot.id == user}}
    return replace(fresh, slots=tuple(slots[slot.id] for slot in lock.slots if slot.id in slots))


def _waiting(lock: Vault, words: Words, anchor: bytes) -> frozenset[str]:
    """Who has roles whose keys somebody who holds them has to give first."""
    said = [word for user in lock.users if (word := words.get(user.id)) is not None]
    able = {one.id: one for word in said for one in lock.with_word(word, anchor).able if one.id == word.id}
    return frozenset(word.id for word in said if able[word.id].roles != word.roles)

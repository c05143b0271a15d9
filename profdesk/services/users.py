"""Users: listed, added, changed, removed; passwords changed and given anew; the recovery sheet made anew.

Where a verb takes ``code``, it is what the recovery sheet says, needed by whoever lacks a key that has to be given or
renewed: such a verb raises CodeNeededError as long as the code is empty, and has written nothing then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from profdesk.domain import users
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.domain.users import Draft, User
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@needs(Right.HOUSE_READ)
def names(workspace: Workspace, actor: Actor) -> Mapping[str, str]:
    """Full names by the ids that facts carry, of those who no longer work here too."""
    with workspace.unit(actor) as unit:
        return unit.users.names()


@needs(Right.HOUSE_READ)
def listed(workspace: Workspace, actor: Actor) -> Sequence[User]:
    """Everyone who works or worked here, by name."""
    from profdesk.storage import user_keys

    fresh, here = user_keys.first_passwords(workspace), user_keys.able(workspace)
    with workspace.unit(actor) as unit:
        return [replace(one, must_change=one.id in fresh, here=here.get(one.id)) for one in unit.users.all()]


@needs(Right.HOUSE_READ)
def owed(workspace: Workspace, actor: Actor) -> Sequence[str]:
    """Names of those who know keys of this computer that are theirs no more, until ``renew_keys``."""
    from profdesk.storage import seats

    return seats.owed_by(workspace, actor)


@needs(Right.USERS_WRITE)
def add(workspace: Workspace, actor: Actor, draft: Draft, password: str, code: str = "") -> tuple[str, Changes]:
    """Add a user, with the classes led, and a first password, to be changed when it is first used; gives the id."""
    from profdesk.storage import user_keys

    checked = _checked(workspace, actor, draft)
    done = user_keys.add(workspace, actor, checked, password, code)
    return str(done.made), _changed(done.batch)


@needs(Right.USERS_WRITE)
def change(
    workspace: Workspace, actor: Actor, user: str, draft: Draft, code: str = "", progress: Progress = silent
) -> tuple[str | None, Changes]:
    """Change name, post, roles and classes led; gives a new recovery code to print where the printed one went.

    Where the new roles may not hold a key of the former ones, that key is renewed: ``progress`` counts megabytes.
    """
    from profdesk.storage import user_keys

    checked = _checked(workspace, actor, draft, user)
    done = user_keys.change(workspace, actor, user, checked, code, progress)
    return done.made, _changed(done.batch)


@needs(Right.USERS_WRITE)
def remove(
    workspace: Workspace, actor: Actor, user: str, code: str = "", progress: Progress = silent
) -> tuple[str | None, Changes]:
    """Remove a user and renew every key the user held, as ``change`` does; what the user wrote stays under the name."""
    from profdesk.storage import user_keys

    done = user_keys.remove(workspace, actor, user, code, progress)
    return done.made, _changed(done.batch)


@needs(Right.USERS_WRITE)
def renew_keys(
    workspace: Workspace, actor: Actor, code: str = "", progress: Progress = silent
) -> tuple[str | None, Changes]:
    """Renew every key that somebody knows who may no more, as ``remove`` does; WrongInputError if there is none."""
    from profdesk.storage import user_keys

    done = user_keys.renew(workspace, actor, code, progress)
    return done.made, _changed(done.batch)


@needs(Right.HOUSE_READ)
def change_password(workspace: Workspace, actor: Actor, old: str, new: str) -> tuple[None, Changes]:
    """Change the own password; AccessError if the old one is wrong."""
    from profdesk.storage import user_keys

    return None, _changed(user_keys.change_password(workspace, actor, old, new).batch)


@needs(Right.USERS_WRITE)
def give_password(workspace: Workspace, actor: Actor, user: str, password: str, code: str = "") -> tuple[None, Changes]:
    """Give another user a first password in place of a forgotten one."""
    from profdesk.storage import user_keys

    return None, _changed(user_keys.give_password(workspace, actor, user, password, code).batch)


@needs(Right.USERS_WRITE)
def renew_recovery(workspace: Workspace, actor: Actor, code: str = "") -> tuple[str, Changes]:
    """Make a new recovery code to be printed; the former one opens nothing any more."""
    from profdesk.storage import user_keys

    done = user_keys.renew_recovery(workspace, actor, code)
    return str(done.made), _changed(done.batch)


@needs(Right.USERS_WRITE)
def recovery_sheet(workspace: Workspace, actor: Actor, code: str) -> bytes:
    """Draw the sheet with a recovery code, to be printed and locked away."""
    from profdesk.documents import recovery_sheet as paper

    return paper.recovery_sheet(code, actor.name, str(workspace.path))


def _checked(workspace: Workspace, actor: Actor, draft: Draft, user: str | None = None) -> Draft:
    with workspace.unit(actor) as unit:
        others = [one for one in unit.users.all() if one.removed_at is None and one.id != user]
    return users.checked(draft, others)


def _changed(batch: str) -> Changes:
    return Changes.of(batch, Kind.USERS, Kind.DEEDS)

"""Passwords of this computer, made to follow what other computers say of its users."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.domain.seats import RENEWED
from profdesk.errors import CancelledError, WorkspaceError
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@needs(Right.EXCHANGE)
def follow(workspace: Workspace, actor: Actor, progress: Progress = silent) -> str:
    """Let passwords follow what stands by now, and renew keys that somebody may know no more, if the user can.

    The user's own follows at the next login. What came of it in sentences, empty for nothing. What hinders it undoes
    nothing: the next opening goes on.
    """
    from profdesk.storage import seats, user_keys

    try:
        done, renewed = seats.follow(workspace, actor, sparing=actor.id), False
        if not done.concerns(actor.id):
            with suppress(WorkspaceError, CancelledError):
                renewed = user_keys.renew_if_able(workspace, actor, progress)
        told = (done.told(actor.id), RENEWED if renewed else "", done.left(seats.owed_by(workspace, actor)))
        return " ".join(filter(None, told))
    except WorkspaceError as error:
        return error.message

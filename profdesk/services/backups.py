"""Copies of the workspace: made by schedule and when somebody asks, kept in two places, checked, restored."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from profdesk import settings
from profdesk.domain import backups as rules
from profdesk.domain.access import Actor
from profdesk.domain.backups import Copy, CopyKind, Difference, Failure, Reading, SecondPlace, Trial
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.deeds import DeedKind
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.errors import CancelledError, ProfdeskError, WorkspaceError, WrongInputError, place_told
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

_PASSING = 2.0
"""Seconds that keys are held for a copy after the window is blank."""
_CHANGED = Changes(frozenset({Kind.COPIES}))


@needs(Right.COPIES_MAKE)
def make(workspace: Workspace, actor: Actor, progress: Progress = silent) -> tuple[Path, Changes]:
    """Copy the whole workspace below its ``backups/``; gives the copy's folder.

    It opens with the same passwords and was read through; ``progress`` counts megabytes.
    """
    with workspace.unit(actor) as unit:
        unit.deeds.add(DeedKind.COPIED, "Копия рабочей папки", datetime.now(UTC))
    made = workspace.back_up(f"по просьбе: {actor.name}", progress)
    _made_well(workspace)
    return made, _CHANGED


@needs(Right.HOUSE_READ)
def make_due(
    workspace: Workspace, actor: Actor, kind: CopyKind, progress: Progress = silent
) -> tuple[Path | None, Changes]:
    """Make the copy of a day or of a session if one is due and any record was changed since the last.

    One that fails is remembered, to be told at the next start.
    """
    from profdesk.storage import backup

    there = backup.all_of(workspace.path)
    newest = there[0] if there else None
    now = datetime.now(UTC)
    if kind is CopyKind.DAY and not rules.is_day_due(newest.made_at if newest else None, now):
        return None, Changes()
    with workspace.unit(actor) as unit:
        if not unit.copies.worked_since(newest):
            return None, Changes()
    try:
        made = workspace.back_up(kind.label, progress, kind)
    except ProfdeskError as error:
        _remember_failure(workspace, error.message)
        raise
    _made_well(workspace)
    return made, _CHANGED


@needs(Right.HOUSE_READ)
def make_in_passing(workspace: Workspace, actor: Actor) -> None:
    """The copy of a session that ends with a lock: left off after two seconds, and what fails is told later."""
    until = monotonic() + _PASSING

    def hurry(done: int, total: int) -> None:
        if done < total and monotonic() > until:
            raise CancelledError

    with suppress(ProfdeskError, CancelledError):
        make_due(workspace, actor, CopyKind.SESSION, hurry)


@needs(Right.HOUSE_READ)
def copies(workspace: Workspace, _actor: Actor) -> Sequence[Copy]:
    """The copies below ``backups/``, the newest first."""
    from profdesk.storage import backup

    return backup.all_of(workspace.path)


@needs(Right.HOUSE_READ)
def last_day(workspace: Workspace, _actor: Actor) -> date | None:
    """The day of the newest copy, by the clock of this computer."""
    from profdesk.storage import backup

    made_at = backup.newest(workspace.path)
    return made_at.astimezone().date() if made_at else None


@needs(Right.HOUSE_READ)
def failure(workspace: Workspace, _actor: Actor) -> Failure | None:
    """The copy that was due and could not be made, unless one was made since."""
    from profdesk.storage import copies_state

    return copies_state.failure(workspace.path)


@needs(Right.HOUSE_READ)
def failure_there(workspace: Workspace, _actor: Actor) -> Failure | None:
    """Why the last copy did not get into this computer's second place, unless one did since."""
    from profdesk.storage import copies_state

    place = _place(workspace)
    return None if place is None else copies_state.failure_there(workspace.path, place)


@needs(Right.COPIES_MAKE)
def read(workspace: Workspace, actor: Actor) -> Reading:
    """All that the page of copies shows."""
    from profdesk.storage import backup
    from profdesk.storage import second_place as storage

    here, place = backup.all_of(workspace.path), _place(workspace)
    names = {copy.folder.name for copy in here}
    there = storage.copies(workspace.path, workspace.id, place) if place is not None else ()
    only_there = [copy for copy in there if copy.folder.name not in names]
    return Reading(
        tuple(sorted((*here, *only_there), key=rules.in_turn, reverse=True)),
        second_place(workspace, actor),
        trial(workspace, actor),
        failure(workspace, actor),
    )


@needs(Right.COPIES_MAKE)
def check(workspace: Workspace, _actor: Actor, copy: Path, progress: Progress = silent) -> tuple[str, ...]:
    """Name the parts of a copy that are damaged: every page of its databases and every kept file is opened."""
    from profdesk.storage import restore

    return restore.check(copy, workspace.keys, progress)


# -- the second place ---------------------------------------------------------------------------------


@needs(Right.COPIES_MAKE)
def put_elsewhere(_workspace: Workspace, _actor: Actor, copy: Path, place: Path, progress: Progress = silent) -> Path:
    """Copy a copy into a folder of the user's choice, on another disk say; gives its folder there."""
    from profdesk.storage import second_place as storage

    return storage.put(copy, place, progress=progress)


@needs(Right.HOUSE_READ)
def second_place(workspace: Workspace, _actor: Actor) -> SecondPlace | None:
    """Where copies of the workspace go once more on this computer, and how things stand there; None if nowhere."""
    from profdesk.storage import second_place as storage

    place = _place(workspace)
    return None if place is None else storage.state(workspace.path, workspace.id, place)


@needs(Right.COPIES_MAKE)
def choose_second_place(workspace: Workspace, _actor: Actor, place: Path | None) -> tuple[None, Changes]:
    """Name the second place of this workspace on this computer, or none; what lies in a former one stays there."""
    if place is not None and place.resolve().is_relative_to(workspace.path.resolve()):
        raise WrongInputError("Эта папка внутри рабочей. Выберите другую, лучше на другом диске или флешке.")
    known = settings.load()
    others = {name: path for name, path in known.second_places.items() if name != workspace.id}
    with place_told("Настройку записать не удалось."):
        settings.save(replace(known, second_places=others if place is None else {**others, workspace.id: str(place)}))
    return None, _CHANGED


@needs(Right.HOUSE_READ)
def bring_to_second_place(
    workspace: Workspace, _actor: Actor, progress: Progress = silent
) -> tuple[Path | None, Changes]:
    """Put the newest copy into the second place unless it is there, or there is none; reads no database.

    What hinders it is remembered, to be told at the next start.
    """
    from profdesk.storage import copies_state
    from profdesk.storage import second_place as storage

    place = _place(workspace)
    if place is None:
        return None, Changes()
    try:
        made = storage.bring(workspace.path, workspace.id, place, progress)
    except ProfdeskError as error:
        copies_state.remember_failure_there(workspace.path, place, Failure(datetime.now(UTC), error.message))
        raise
    copies_state.remember_failure_there(workspace.path, place, None)
    return made, _CHANGED if made else Changes()


# -- trial and restore --------------------------------------------------------------------------------


@needs(Right.HOUSE_READ)
def trial(workspace: Workspace, _actor: Actor) -> Trial | None:
    """The last trial restore."""
    from profdesk.storage import copies_state

    return copies_state.trial(workspace.path)


@needs(Right.HOUSE_READ)
def try_out_due(workspace: Workspace, _actor: Actor, progress: Progress = silent) -> tuple[Trial | None, Changes]:
    """Restore the newest copy on trial, beside the workspace's own parts, if none was for a month."""
    from profdesk.storage import backup, copies_state, restore

    there = backup.all_of(workspace.path)
    if not there or not rules.is_trial_due(copies_state.trial(workspace.path), datetime.now(UTC)):
        return None, Changes()
    found = restore.try_out(workspace.path, there[0], workspace.keys, progress)
    copies_state.remember_trial(workspace.path, found)
    return found, _CHANGED


@needs(Right.COPIES_RESTORE)
def difference(workspace: Workspace, actor: Actor, copy: Copy) -> Difference:
    """What restoring a copy would leave behind, and whom bring back."""
    from profdesk.storage import restore as storage

    gone = _gone(workspace, actor)
    with workspace.unit(actor) as unit:
        found = unit.copies.difference(copy)
    return replace(found, returning=storage.returning(copy.folder, gone))


@needs(Right.COPIES_RESTORE)
def restore(workspace: Workspace, actor: Actor, copy: Path, progress: Progress = silent) -> tuple[Path, Changes]:
    """Put a copy in place of the workspace, which is closed by it; gives the copy of the state before, to go back to.

    Whoever opens it next journals the restore. Nothing is changed if the copy is not whole, or cannot be put.
    """
    from profdesk.storage import restore as storage

    storage.refuse_spoiled(copy)
    gone = _gone(workspace, actor)
    before = workspace.back_up(f"перед восстановлением из копии {copy.name[:10]}", progress, CopyKind.RESTORE)
    keys = workspace.keys
    workspace.close()
    storage.put_in_place(workspace.path, copy, actor, keys, progress, gone)
    return before, Changes()


def _gone(workspace: Workspace, actor: Actor) -> Sequence[str]:
    """Ids of users who were removed and cannot come in any more."""
    from profdesk.storage import vault

    here = frozenset[str]()
    with suppress(WorkspaceError):  # where the list of users is damaged, a copy's takes its place
        here = frozenset(one.id for one in vault.load(workspace.path).users)
    with workspace.unit(actor) as unit:
        return [one.id for one in unit.users.all() if one.removed_at is not None and one.id not in here]


def _place(workspace: Workspace) -> Path | None:
    named = settings.load().second_places.get(workspace.id)
    return Path(named) if named else None


def _made_well(workspace: Workspace) -> None:
    from profdesk.storage import copies_state

    copies_state.remember_failure(workspace.path, None)


def _remember_failure(workspace: Workspace, told: str) -> None:
    from profdesk.storage import copies_state

    copies_state.remember_failure(workspace.path, Failure(datetime.now(UTC), told))

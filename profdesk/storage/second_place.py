"""Copies put once more into a place outside the workspace: a stick, another disk, a folder of the network.

They lie there in a folder of their own; nothing is ever removed that has no manifest of this workspace.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from profdesk import atomic
from profdesk.domain.backups import Copy, SecondPlace, dropped
from profdesk.domain.progress import Meter, Progress, silent
from profdesk.errors import WorkspaceError, WrongInputError, place_told
from profdesk.storage import backup, blobs, copies_state, manifest, room
from profdesk.storage.backup import FRESH


def put(copy: Path, place: Path, name: str = "", progress: Progress = silent) -> Path:
    """Copy a copy into a folder, whole, read back and compared, or not at all; gives its folder there."""
    workspace = copy.parent.parent
    if place.resolve().is_relative_to(workspace.resolve()):
        raise WrongInputError("Эта папка внутри рабочей. Выберите другую, лучше на другом диске или флешке.")
    told = f"В папку «{place}» копию положить не удалось."
    with place_told(told):
        parts = [part for part in copy.rglob("*") if part.is_file()]
        size = sum(part.stat().st_size for part in parts)
        fresh = Path(tempfile.mkdtemp(prefix=FRESH, dir=place))
        try:
            room.check(place, size, f"{told} На диске мало места.")
            meter = Meter(progress, size)
            for part in parts:
                _put_part(part, copy, fresh, place, meter)
            _compare(copy, fresh, told)
            there = fresh.rename(place / (name or f"{workspace.name}-{copy.name}"))
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        atomic.sync(place)
        return there


def state(folder: Path, workspace: str, place: Path) -> SecondPlace:
    """What there is in the second place of a workspace, and whether the newest copy is."""
    failed = copies_state.failure_there(folder, place)
    if not place.is_dir():
        return SecondPlace(place, False, None, "место не подключено", failure=failed)
    there, here = copies(folder, workspace, place), backup.all_of(folder)
    last = there[0].made_at if there else None
    behind = bool(here) and not any(copy.folder.name == here[0].folder.name for copy in there)
    names = frozenset(copy.folder.name for copy in there)
    reason = "последней копии там ещё нет" if behind else ""
    return SecondPlace(place, True, last, reason, names, room.same_disk(folder, place), failed)


def copies(folder: Path, workspace: str, place: Path) -> tuple[Copy, ...]:
    """The copies of a workspace in its second place, the newest first."""
    return tuple(copy for copy in backup.all_in(_own(folder, workspace, place)) if copy.workspace == workspace)


def is_known(folder: Path, workspace: str, place: Path) -> bool:
    """Whether copies of a workspace in a folder of that name lie there; for whoever cannot read whose the folder is."""
    return (place / _name(folder, workspace)).is_dir()


def bring(folder: Path, workspace: str, place: Path, progress: Progress = silent) -> Path | None:
    """Put the newest copy into the second place unless it is there, and let the old ones go by the same rule.

    They go first where it would not fit beside them, but never the last that is whole. WorkspaceError, in a sentence,
    if the place is away or has no room; the copies in the workspace are not touched.
    """
    if not place.is_dir():
        raise WorkspaceError(f"Второе место для копий «{place}» не подключено. Копия ляжет туда, когда оно появится.")
    newest = next((copy for copy in backup.all_of(folder) if copy.workspace == workspace), None)
    if newest is None:
        return None
    own = _own(folder, workspace, place)
    with place_told(f"В папку «{place}» копию положить не удалось.", WorkspaceError):
        own.mkdir(exist_ok=True)
        for half in own.glob(f"{FRESH}*"):
            shutil.rmtree(half, ignore_errors=True)
    made = None
    if not (own / newest.folder.name).is_dir():
        if not room.fits(own, newest.size):
            backup.drop(_making_room(copies(folder, workspace, place), newest))
        made = put(newest.folder, own, newest.folder.name, progress)
    backup.drop(dropped(copies(folder, workspace, place)))
    return made


def _making_room(there: Sequence[Copy], newest: Copy) -> Iterator[Copy]:
    """Copies that go once the newest is there; the newest of them stays as long as no other that stays is whole."""
    going = [copy for copy in dropped([*there, newest]) if copy in there]
    is_safe = bool(going) and any(_is_whole(copy) for copy in there if copy not in going)
    for copy in going:
        if is_safe or not _is_whole(copy):
            yield copy
        else:
            is_safe = True


def _is_whole(copy: Copy) -> bool:
    facts = manifest.read(copy.folder)
    return facts is not None and not manifest.faults(copy.folder, facts)


def _own(folder: Path, workspace: str, place: Path) -> Path:
    """By the workspace's id: the folder may have another name by now, or on another computer."""
    there = sorted(one for one in place.glob(f"Копии profdesk * {workspace[-8:]}") if one.is_dir())
    return there[0] if there else place / _name(folder, workspace)


def _name(folder: Path, workspace: str) -> str:
    return f"Копии profdesk {folder.name} {workspace[-8:]}"


def _put_part(part: Path, copy: Path, fresh: Path, place: Path, meter: Meter) -> None:
    """Copy a part; a kept file that an earlier copy there has already gets a second name of the same bytes."""
    inside = part.relative_to(copy)
    target = fresh / inside
    target.parent.mkdir(parents=True, exist_ok=True)
    if inside.parts[0] in (blobs.FOLDER, blobs.PSY_FOLDER):
        for before in sorted(place.glob("[0-9]*"), reverse=True):
            if (before / inside).is_file() and (before / inside).stat().st_size == part.stat().st_size:
                backup.link_file(before / inside, target, meter)
                return
    backup.copy_file(part, target, meter)
    atomic.sync(target)


def _compare(copy: Path, fresh: Path, told: str) -> None:
    for part in copy.rglob("*"):
        if part.is_file() and manifest.digest(part) != manifest.digest(fresh / part.relative_to(copy)):
            raise WrongInputError(f"{told} Записанное прочиталось иначе: диск ненадёжен, выберите другой.")

"""A copy put in place of the workspace, all or none; and tried out beside it without touching it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from profdesk import atomic
from profdesk.domain import rights
from profdesk.domain.access import Actor
from profdesk.domain.backups import Copy, Trial
from profdesk.domain.mark import Head, Heads
from profdesk.domain.progress import Meter, Progress, silent
from profdesk.domain.rights import Right
from profdesk.errors import DamagedError, WorkspaceError, place_told
from profdesk.storage import backup, blobs, database, manifest, mark, replaced, room, swap, taken_over, vault
from profdesk.storage.blobs import Blobs
from profdesk.storage.clock import moment_of
from profdesk.storage.database import DESK, PSY
from profdesk.storage.heads import LAST, NEXT, as_json, from_json
from profdesk.storage.mark import Mark
from profdesk.storage.models import new_id
from profdesk.storage.replaced import Line
from profdesk.storage.swap import NOTE
from profdesk.storage.taken_over import Sealed
from profdesk.storage.vault import Keys, Vault

_TRIAL, _KEPT_ASIDE = ".trial-", 3
_PAGE = 4096
_NOT_WHOLE = "Копия повреждена: {}. Возьмите другую."


@dataclass(frozen=True)
class Note:
    """What the next opening has to journal: who put which copy in place, and where its journal ends.

    Without a copy it was what could be read of damaged databases. ``computers`` is what was known there of computers.
    """

    user: str
    name: str
    copy: str
    head: Head | None
    computers: Sealed = field(default_factory=dict)

    @property
    def told(self) -> str:
        """What was done, as the journal says it."""
        return f"Восстановлено из копии {self.copy[:10]}" if self.copy else "Сохранено то, что читалось"


def put_in_place(
    folder: Path, copy: Path, actor: Actor, keys: Keys, progress: Progress = silent, gone: Collection[str] = ()
) -> None:
    """Let a copy take the place of a workspace that nobody has open. ``progress`` counts megabytes.

    What was recorded after the copy is left behind on purpose: the exchange itself puts a line in place that says so
    to marks kept anywhere. Users (ids) who are ``gone`` since the copy was made do not come back with it.
    """
    facts = manifest.read(copy)
    parts = [part for part in copy.rglob("*") if part.is_file() and part.relative_to(copy).parts[0] in _taken(copy)]
    size = sum(part.stat().st_size for part in parts)
    room.check(folder, size, "Восстановить не удалось: на диске мало места.")
    with swap.prepared(folder) as fresh:
        meter = Meter(progress, size)
        for part in parts:
            target = fresh / part.relative_to(copy)
            kept = part.relative_to(copy).parts[0] in (blobs.FOLDER, blobs.PSY_FOLDER)
            target.parent.mkdir(parents=True, exist_ok=True)
            (backup.link_file if kept else backup.copy_file)(part, target, meter)
        there = vault.load(fresh)
        if (fewer := _without(there, gone)) != there:
            vault.save(fresh, fewer)
        own = _is_of(folder, workspace := vault.load(copy).workspace)
        known = taken_over.read(folder, keys) if own else {}
        write_note(fresh, Note(actor.id, actor.name, copy.name, facts.heads.desk if facts else None, known))
        if own:
            _write_line(folder, fresh, Mark(folder, workspace, keys.anchor), keys, facts.heads if facts else None)
        swap.commit(folder, fresh, [*_taken(copy), *(name for name in swap.BESIDE if own or name != replaced.FILE)])
        if not own:
            mark.forget(folder, workspace)


def _is_of(folder: Path, workspace: str) -> bool:
    """Whether a folder is that workspace's, as far as its own vault can be read."""
    try:
        return vault.load(folder).workspace == workspace
    except WorkspaceError:
        return True


def _write_line(folder: Path, fresh: Path, kept: Mark, keys: Keys, base: Heads | None) -> None:
    """Say how far the journals had come, by themselves and their marks, and from where the copy goes on."""
    base = base or Heads(None, None)
    marks = [one.heads for one in kept.found() if one.authentic and one.line == kept.line]
    desk = _journal(folder / DESK, keys.desk, base.desk, [one.desk for one in marks])
    psy = _journal(folder / PSY, keys.psy, base.psy, [one.psy for one in marks])
    line = Line(new_id(), (desk.end, psy.end), base, Heads(desk.left, psy.left))
    replaced.write(fresh, kept.workspace, keys.anchor, (*kept.lines, line))


@dataclass(frozen=True)
class _Former:
    """How far a journal had come, and its first operation after where a copy's ends; None for what nobody knows."""

    end: int | None
    left: Head | None


def _journal(file: Path, key: bytes | None, base: Head | None, marks: Sequence[Head | None]) -> _Former:
    """Read the journal of a database that nobody has open; one that cannot be read is known by its marks alone."""
    ends, left = [one.seq for one in marks if one is not None], None
    if key is not None and not is_no_database(file):
        with suppress(DamagedError), database.reading(file, key) as connection:
            last = connection.execute(LAST.format("main")).fetchone()
            ends.append(last[0] if last else 0)
            row = connection.execute(NEXT.format("main", base.seq)).fetchone() if base else None
            left = None if row is None else Head(row[0], row[1], moment_of(row[2]))
    return _Former(max(ends, default=None), left)


def returning(copy: Path, gone: Collection[str]) -> tuple[str, ...]:
    """Names of those among the users who are ``gone`` that come back all the same: nobody else there keeps users."""
    return tuple(one.name for one in _without(vault.load(copy), gone).users if one.id in gone)


def _without(lock: Vault, gone: Collection[str]) -> Vault:
    """Take slots out of a vault, as long as somebody is left who keeps users."""
    for user in [one.id for one in lock.users if one.id in gone]:
        fewer = lock.without(user)
        if any(rights.may(one, Right.USERS_WRITE) for one in fewer.users):
            lock = fewer
    return lock


def set_aside(folder: Path) -> Path | None:
    """Keep damaged parts as they lie below ``backups/``, for somebody who can read more of them; the newest three stay.

    None where nothing could be kept: that is no reason not to restore.
    """
    copies = folder / backup.FOLDER
    for old in sorted(copies.glob(f"{backup.ASIDE}*"), reverse=True)[_KEPT_ASIDE - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
    aside = copies / f"{backup.ASIDE}{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    try:
        aside.mkdir(parents=True, exist_ok=True)
        for pattern in (f"{DESK}*", f"{PSY}*", vault.FILE):
            for part in folder.glob(pattern):
                backup.link_file(part, aside / part.name, Meter(silent, 1))
    except OSError:
        return None
    return aside


def refuse_spoiled(copy: Path) -> None:
    """WorkspaceError unless every part of the copy is as it was written."""
    if wrong := check(copy, None):
        raise WorkspaceError(_NOT_WHOLE.format(", ".join(wrong)))


def put_vault(folder: Path, copy: Path) -> None:
    """Take nothing but the list of users and keys from a copy, for a workspace that nobody has open."""
    with swap.prepared(folder) as fresh:
        shutil.copy2(copy / vault.FILE, fresh / vault.FILE)
        swap.commit(folder, fresh, [vault.FILE])


def sweep(folder: Path) -> None:
    """Remove the note, journaled by now, and what a stop has left half-written; for whoever has the databases open.

    A copy that is worked in is none any more, and no rule for copies may take it away.
    """
    for half in (*(folder / backup.FOLDER).glob(f"{backup.FRESH}*"), *folder.glob(f"{_TRIAL}*")):
        shutil.rmtree(half, ignore_errors=True)
    for half in (folder / NOTE, folder / manifest.FILE, *folder.glob(f"{atomic.FRESH}*")):
        with suppress(OSError):
            half.unlink(missing_ok=True)


def noted(folder: Path) -> Note | None:
    """What a restore has left to be journaled; None if there is nothing, or nothing that can be read."""
    try:
        raw = atomic.read_json(folder / NOTE)
        head, known = from_json(raw["head"]), dict(raw.get("computers", {}))
        return Note(str(raw["user"]), str(raw["name"]), str(raw["copy"]), head, known)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def of_copy(folder: Path, actor: Actor) -> Note | None:
    """What has to be journaled of a copy that is opened where it lies, as one that was put in place; None for none."""
    facts = manifest.read(folder)
    return None if facts is None else Note(actor.id, actor.name, f"{facts.made_at:%Y-%m-%d}", facts.heads.desk)


def check(copy: Path, keys: Keys | None, progress: Progress = silent) -> tuple[str, ...]:
    """Name the parts of a copy that are lost or damaged; with the keys that fit it every page and file is opened."""
    facts = manifest.read(copy)
    wrong = list(manifest.faults(copy, facts, progress)) if facts else []
    if not facts:
        wrong += [name for name in (DESK, PSY, vault.FILE) if not (copy / name).is_file()]
    if wrong or keys is None:
        return tuple(wrong)
    for name, key in ((DESK, keys.desk), (PSY, keys.psy)):
        if key is not None and not _reads(copy / name, key):
            wrong.append(name)
    return (*wrong, *_spoiled_files(copy, keys, progress))


def try_out(folder: Path, copy: Copy, keys: Keys, progress: Progress = silent) -> Trial:
    """Restore a copy into a folder beside the workspace's parts, open and count it there, and remove it again."""
    now = datetime.now(UTC)
    for left in folder.glob(f"{_TRIAL}*"):
        shutil.rmtree(left, ignore_errors=True)
    with place_told("Пробное восстановление не удалось.", WorkspaceError):
        room.check(folder, copy.size, "Пробное восстановление не удалось: на диске мало места.")
        trial = Path(tempfile.mkdtemp(prefix=_TRIAL, dir=folder))
        try:
            meter = Meter(progress, copy.size)
            for name in _taken(copy.folder):
                if (copy.folder / name).is_file():
                    backup.copy_file(copy.folder / name, trial / name, meter)
            told = _tried(copy, trial, keys)
        finally:
            shutil.rmtree(trial, ignore_errors=True)
    return Trial(copy.folder.name, now, not told, told or "Копия открылась, записи в ней сосчитаны и сошлись.")


def visible_damage(folder: Path) -> tuple[str, ...]:
    """Parts of a workspace that are seen to be damaged without any key: lost, empty, cut, full of zeros, unreadable."""
    wrong = [name for name in (DESK, PSY) if is_no_database(folder / name)]
    try:
        vault.load(folder)
    except WorkspaceError:
        wrong.append(vault.FILE)
    return tuple(wrong)


def is_no_database(file: Path) -> bool:
    """Whether a file is seen to be none without a key: lost, empty, cut, full of zeros or unreadable."""
    try:
        size = file.stat().st_size
        if size == 0 or size % _PAGE:
            return True
        with file.open("rb") as opened:
            return not any(opened.read(_PAGE))
    except OSError:
        return True


def damage(folder: Path, keys: Keys) -> tuple[str, ...]:
    """With the keys, every page of the databases is looked at."""
    wrong = list(visible_damage(folder))
    for name, key in ((DESK, keys.desk), (PSY, keys.psy)):
        if key is not None and name not in wrong and not _reads(folder / name, key):
            wrong.append(name)
    return tuple(wrong)


def _taken(copy: Path) -> tuple[str, ...]:
    """What of a copy belongs into a workspace: its parts, and the log of a database copied as it lay."""
    logs = (path.name for path in copy.glob(f"{PSY}-*"))
    return (*swap.PARTS, *sorted(logs))


def write_note(folder: Path, note: Note) -> None:
    """Leave to the next opening of a folder what it has to journal."""
    told = {"user": note.user, "name": note.name, "copy": note.copy, "head": as_json(note.head)}
    fields = {**told, "computers": dict(note.computers)}
    atomic.write(folder / NOTE, json.dumps(fields, ensure_ascii=False).encode())


def _reads(file: Path, key: bytes) -> bool:
    try:
        database.check(file, key)
    except WorkspaceError:
        return False
    return True


def _spoiled_files(copy: Path, keys: Keys, progress: Progress) -> tuple[str, ...]:
    files = list(manifest.each_file(copy))
    opened = {blobs.FOLDER: Blobs(copy, keys.desk)}
    if keys.psy is not None:
        opened[blobs.PSY_FOLDER] = Blobs(copy, keys.psy, blobs.PSY_FOLDER)
    wrong = set()
    for done, path in enumerate(files):
        progress(done, len(files))
        kind = path.relative_to(copy).parts[0]
        if kind in opened and not opened[kind].is_whole(path.name):
            wrong.add(kind)
    return tuple(sorted(wrong))


def _tried(copy: Copy, trial: Path, keys: Keys) -> str:
    """What is wrong with a copy that was put back on trial; empty if it opens and holds what it should."""
    try:
        for name, key in ((DESK, keys.desk), (PSY, keys.psy)):
            if key is not None:
                database.check(trial / name, key)
        holds, heads = backup.counted(trial, keys)
    except WorkspaceError:
        return "Копия не открылась: она повреждена или сделана до смены ключей."
    if copy.holds is None or copy.heads is None:
        return ""
    same = (holds.pupils, holds.assessments, heads.desk) == (copy.holds.pupils, copy.holds.assessments, copy.heads.desk)
    if not same or (None not in (heads.psy, copy.heads.psy) and heads.psy != copy.heads.psy):
        return "Копия открылась, но записей в ней не столько, сколько было."
    return ""

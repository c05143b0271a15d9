"""Carrying an erasure out to the end: both databases, kept files, free pages, and the memory of it beside them.

``erased.json`` holds opaque ids alone and belongs to no copy, so that a copy which is put back, by the program or by
hand, does not bring anybody back; and what a crash or a full disk has stopped goes on at the next opening.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import atomic
from profdesk.domain.access import Actor
from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.people import PersonName
from profdesk.domain.progress import Progress, silent
from profdesk.domain.retention import RecordKind
from profdesk.errors import WorkspaceError, place_told
from profdesk.storage import blobs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

FILE = "erased.json"
_STEPS = 4


@dataclass(frozen=True)
class Memory:
    """What was destroyed, by the id of the line that says so, and what of it is not done yet."""

    targets: Mapping[str, Target] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    psy_files: frozenset[str] = frozenset()
    scrubbed: bool = True
    authors: Mapping[str, str] = field(default_factory=dict)
    """Who decided it, by the id of the line; unknown in what older programs wrote, as ``acts`` are."""
    acts: Mapping[str, str] = field(default_factory=dict)
    """The id of the erasure, by the id of the line."""


@dataclass(frozen=True)
class Finished:
    """How many pupils' records went at an opening: come back with a copy, or waiting for a psychologist."""

    restored: int = 0
    waited: int = 0


def carry_out(
    workspace: Workspace,
    actor: Actor,
    targets: Sequence[Target],
    kind: ErasureKind,
    basis: str,
    forms: Collection[PersonName],
    now: datetime,
    progress: Progress = silent,
) -> str:
    """Destroy all that can be reached under this user's keys, for good; gives the id of the erasure."""
    progress(0, _STEPS)
    with workspace.unit(actor) as unit:
        erasure, found = unit.erasure.erase(targets, kind, basis, forms, now)
        _write(workspace.path, _before_commit(read(workspace.path), files=found.files))
    progress(1, _STEPS)
    _erase_psy(workspace, actor, forms, now)
    progress(2, _STEPS)
    _clean(workspace, actor)
    progress(_STEPS, _STEPS)
    return erasure


def finish(workspace: Workspace, actor: Actor, now: datetime) -> Finished:
    """Go on where an erasure was stopped, with what waited for a psychologist, and with what a copy brought back."""
    memory = read(workspace.path)
    with workspace.unit(actor) as unit:
        there, alone = unit.erasure.erased(), not unit.computers.gets_all
        back = _back(unit, memory, there)
        waited = len({one.pupil for targets in unit.erasure.waiting().values() for one in targets})
        psy = unit.erasure.psy
    if back and alone:
        _carry_out_again(workspace, actor, memory, back, now)
    elif back:
        for author, targets in _by_author(memory, back).items():
            decided = replace(actor, id=author or actor.id)
            carry_out(workspace, decided, targets, ErasureKind.RESTORED, "", (), now)
        _forget_repeated(workspace, memory, there, back)
    elif psy and waited:
        _erase_psy(workspace, actor, (), now)
    if not back and (not memory.scrubbed or (psy and (waited or memory.psy_files))):
        _clean(workspace, actor)
    elif there.keys() - memory.targets.keys():
        with workspace.unit(actor) as unit:
            _write(workspace.path, _with(memory, unit))
    return Finished(len({one.pupil for one in back.values()}), waited if psy else 0)


def before_commit(folder: Path, files: Collection[str], psy_files: Collection[str]) -> None:
    """Remember, inside a unit that carries out what other computers have erased, what ``finish`` is to clean up."""
    _write(folder, _before_commit(read(folder), files=frozenset(files), psy_files=frozenset(psy_files)))


def read(folder: Path) -> Memory:
    """What is remembered beside the databases; nothing where there never was an erasure."""
    try:
        raw = atomic.read_json(folder / FILE)
        targets = {
            line: Target(pupil, frozenset(RecordKind(kind) for kind in kinds))
            for line, (pupil, kinds, *_) in raw["targets"].items()
        }
        told = {line: [str(one) for one in more] for line, (_, _, *more) in raw["targets"].items()}
        authors = {line: more[0] for line, more in told.items() if more}
        acts = {line: more[1] for line, more in told.items() if len(more) > 1}
        files, psy_files = _digests(raw["files"]), _digests(raw["psy_files"])
        return Memory(targets, files, psy_files, bool(raw["scrubbed"]), authors, acts)
    except FileNotFoundError:
        return Memory()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkspaceError(
            f"Файл {FILE} в рабочей папке не читается. Удалите его: программа составит его заново."
        ) from error


def _digests(raw: Sequence[str]) -> frozenset[str]:
    return frozenset(map(blobs.checked, raw))


def _with(memory: Memory, unit: UnitOfWork) -> Memory:
    """What is remembered, and what the workspace knows besides."""
    targets = {**memory.targets, **unit.erasure.erased()}
    decided = unit.erasure.decided()
    authors = {line: author for line, (_, author) in decided.items()}
    acts = {line: act for line, (act, _) in decided.items()}
    return replace(memory, targets=targets, authors={**memory.authors, **authors}, acts={**memory.acts, **acts})


def _back(unit: UnitOfWork, memory: Memory, known: Mapping[str, Target]) -> Mapping[str, Target]:
    """Those remembered of whom the workspace has records, and knows of no such erasure since, by the line."""

    def is_known(line: str, one: Target) -> bool:
        return any(line <= at and one.pupil == told.pupil and one.kinds <= told.kinds for at, told in known.items())

    unknown = {line: one for line, one in memory.targets.items() if not is_known(line, one)}
    there = unit.erasure.there([one.pupil for one in unknown.values()])
    return {line: one for line, one in unknown.items() if one.pupil in there}


def _by_author(memory: Memory, back: Mapping[str, Target]) -> Mapping[str, Sequence[Target]]:
    """All that is to go of each pupil, by who decided it."""
    merged: dict[str, frozenset[RecordKind]] = {}
    authors: dict[str, str] = {}
    for line, one in back.items():
        merged[one.pupil] = merged.get(one.pupil, frozenset()) | one.kinds
        authors[one.pupil] = memory.authors.get(line, "")
    found: dict[str, list[Target]] = {}
    for pupil, kinds in merged.items():
        found.setdefault(authors[pupil], []).append(Target(pupil, kinds))
    return found


def _carry_out_again(
    workspace: Workspace, actor: Actor, memory: Memory, back: Mapping[str, Target], now: datetime
) -> None:
    """Destroy anew, where one person works, what others had decided: the erasures come back with their files.

    Of an erasure that the person said was made there, in whoever's name, others would take nothing.
    """
    acts: dict[str, dict[str, Target]] = {}
    for line, one in back.items():
        acts.setdefault(memory.acts.get(line, line), {})[line] = one
    with workspace.unit(actor) as unit:
        again = unit.exchange.erased
        for act, lines in acts.items():
            again.carry_out(act, memory.authors.get(next(iter(lines)), actor.id), lines, now)
        _write(workspace.path, _before_commit(read(workspace.path), files=frozenset(again.files["main"])))
    _erase_psy(workspace, actor, (), now)
    _clean(workspace, actor)


def _forget_repeated(workspace: Workspace, memory: Memory, known: Collection[str], back: Mapping[str, Target]) -> None:
    """Remember, of those destroyed anew, what has been done just now in place of what it repeats."""
    pupils = {one.pupil for one in back.values()}
    repeated = {line for line, one in memory.targets.items() if one.pupil in pupils} - {*known}
    now = read(workspace.path)
    left = {line: one for line, one in now.targets.items() if line not in repeated}
    _write(workspace.path, replace(now, targets=left))


def _erase_psy(workspace: Workspace, actor: Actor, forms: Collection[PersonName], now: datetime) -> None:
    with workspace.unit(actor) as unit:
        waiting = unit.erasure.waiting() if unit.erasure.psy else {}
    for erasure, targets in waiting.items():
        with workspace.unit(actor) as unit:
            found = unit.erasure.erase_psy(erasure, targets, forms)
            _write(workspace.path, _before_commit(read(workspace.path), psy_files=found.files))
        with workspace.unit(actor) as unit:
            unit.erasure.mark(erasure, found, now)


def _clean(workspace: Workspace, actor: Actor) -> None:
    """Remove files that nobody needs and what was deleted from free pages; told as undone if it fails."""
    memory = read(workspace.path)
    with workspace.unit(actor) as unit:
        files = memory.files - unit.erasure.kept_files(memory.files, psy=False)
        held = unit.erasure.psy
        psy_files = memory.psy_files - unit.erasure.kept_files(memory.psy_files, psy=True) if held else frozenset[str]()
        known = _with(memory, unit)
    with place_told("Сведения уничтожены, но место, где они лежали, ещё не очищено.", WorkspaceError):
        blobs.drop(workspace.path / blobs.FOLDER, files)
        blobs.drop(workspace.path / blobs.PSY_FOLDER, psy_files)
    workspace.scrub()
    left = frozenset[str]() if held else memory.psy_files
    _write(workspace.path, Memory(known.targets, psy_files=left, authors=known.authors, acts=known.acts))


def _before_commit(
    memory: Memory, *, files: frozenset[str] = frozenset(), psy_files: frozenset[str] = frozenset()
) -> Memory:
    """What is to be cleaned up: should the unit not be committed, the files are found to be needed."""
    return replace(memory, files=memory.files | files, psy_files=memory.psy_files | psy_files, scrubbed=False)


def _write(folder: Path, memory: Memory) -> None:
    def decided(line: str) -> Sequence[str]:
        author, act = memory.authors.get(line), memory.acts.get(line)
        return [one for one in (author, act if author else None) if one]

    raw = {
        "targets": {
            line: [one.pupil, sorted(one.kinds), *decided(line)] for line, one in sorted(memory.targets.items())
        },
        "files": sorted(memory.files),
        "psy_files": sorted(memory.psy_files),
        "scrubbed": memory.scrubbed,
    }
    with place_told("Запомнить уничтожение не удалось.", WorkspaceError):
        atomic.write(folder / FILE, json.dumps(raw, indent=1).encode())

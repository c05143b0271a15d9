"""The program killed while it restores, re-keys or migrates: the workspace is wholly the old one or the new one."""

from __future__ import annotations

import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock

import programs
import pytest
from figures import Figures
from inspection import faults
from rebuilding import GOING, GOINGS_PASSWORD, MUSEUM, Facts, carry_out, facts, opened, school
from support import PASSWORD

from profdesk.domain.backups import CopyKind
from profdesk.storage import backup, database, restore, vault
from profdesk.storage import opening as storage
from profdesk.storage.vault import Keys
from profdesk.storage.workspace import Workspace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="programs are forked, which Windows cannot"),
]
KILLS, SEED = 75, 8
OLDEST = ("0001", "0002", "0003", "0004")
SIGNS = {"restore": (".next-*", ".next"), "re-key": (".next-*", ".next"), "migration": ("*.db-journal", "*.db-mj*")}
"""What is seen in the folder when new parts are begun, and when they are about to take the place of the old ones."""
_HALF = (".new-*", ".next*", ".former", ".trial-*", "*-journal", "*.db-mj*", restore.NOTE)
_ONE_AT_A_TIME = Lock()
"""Alembic holds what it migrates in its modules, so that of openings in one program only one may migrate."""
_WHOLE = (
    "0 stood between the two: the next opening found no half part, lost no record of the journals, broke no chain, and "
    "every copy, also the one made before, was read through with its keys."
)


@dataclass(frozen=True)
class Verb:
    """One verb on templates it is tried on, and who judges what a kill has left: gives «old» or «new»."""

    name: str
    templates: Sequence[Path]
    judge: Callable[[Workspace, Path, Sequence[str]], str]
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What is not as it must be in a template all the same, by its name."""

    def kill(self, number: int, tmp_path: Path, home: Path, seconds: float) -> Counter[str]:
        """Let a program do the verb on a workspace of its own, kill it, and look at what is left."""
        chance = random.Random(f"{SEED}-{self.name}-{number}")  # noqa: S311
        template = self.templates[number % len(self.templates)]
        folder = shutil.copytree(template, tmp_path / f"{self.name}-{number}")
        program, here = programs.started(carry_out, self.name, folder, home)
        try:
            assert here.recv() == "trying"
            told = _awaited(here, folder, (None, *SIGNS[self.name])[number % 3], chance, seconds)
        finally:
            program.kill()
            program.join()
        told += list(_rest(here))
        copies = [copy.folder.name for copy in backup.all_of(folder)]
        decided = (folder / ".next").exists()
        with _ONE_AT_A_TIME:
            workspace = opened(folder)
        try:
            assert faults(workspace) == self.known.get(template.name, [])
            assert [path.name for pattern in _HALF for path in folder.rglob(pattern)] == []
            outcome = self.judge(workspace, template, copies)
        finally:
            workspace.close()
        assert outcome == "new" or not (told or decided)
        shutil.rmtree(folder)
        return Counter([outcome, "told" if told else "within", *(["decided"] if decided else [])])

    def seconds(self, tmp_path: Path, home: Path) -> float:
        """How long it takes where nobody kills it."""
        folder = shutil.copytree(self.templates[0], tmp_path / f"{self.name}-whole")
        program, here = programs.started(carry_out, self.name, folder, home)
        assert here.recv() == "trying"
        started = time.monotonic()
        assert here.recv() == "done"
        taken = time.monotonic() - started
        program.kill()
        program.join()
        return taken


def _awaited(here: Connection, folder: Path, sign: str | None, chance: random.Random, seconds: float) -> list[str]:
    """Wait till any moment of the verb; or till a sign is seen in the folder, and a little more."""
    if sign is None:
        time.sleep(chance.uniform(0, seconds))
        return []
    while not any(folder.glob(sign)):
        if here.poll():
            return [here.recv()]
        time.sleep(0.0002)
    time.sleep(chance.uniform(0, 0.004))
    return []


def _rest(told: Connection) -> Iterator[str]:
    """What a dead program had told and nobody had heard."""
    try:
        while True:
            yield told.recv()
    except (EOFError, OSError):
        return


def _restored(copied: Facts, now: Facts) -> Callable[[Workspace, Path, Sequence[str]], str]:
    def judge(workspace: Workspace, _template: Path, _copies: Sequence[str]) -> str:
        found = facts(workspace)
        all_copies = backup.all_of(workspace.path)
        assert [restore.check(copy.folder, workspace.keys) for copy in all_copies] == [()] * len(all_copies)
        if not workspace.restored:
            assert found == now
            return "old"
        assert found.goes_on(copied)
        assert found.rows == copied.rows
        (before,) = [copy for copy in all_copies if copy.kind is CopyKind.RESTORE]
        assert before.heads is not None
        assert before.heads.desk is not None
        assert before.heads.psy is not None
        assert (before.heads.desk.hash, before.heads.psy.hash) == (now.desk[-1], now.psy[-1])
        return "new"

    return judge


def _rekeyed(now: Facts) -> Callable[[Workspace, Path, Sequence[str]], str]:
    def judge(workspace: Workspace, template: Path, _copies: Sequence[str]) -> str:
        found, lock = facts(workspace), vault.load(workspace.path)
        assert found.goes_on(now)
        assert found.rows == now.rows
        going = [one.id for one in lock.users if one.name == GOING.name]
        former = vault.load(template).unlock(workspace.actor.id, PASSWORD)
        renewed = [name for name, key in workspace.keys.by_name.items() if former.by_name[name] != key]
        (copy,) = backup.all_of(workspace.path)
        assert restore.check(copy.folder, former) == ()
        if going:
            assert renewed == []
            assert found == now
            lock.unlock(going[0], GOINGS_PASSWORD)
            return "old"
        assert {"desk", "psy"} <= set(renewed)
        assert len(found.desk) > len(now.desk)
        return "new"

    return judge


def _migrated(whole: Mapping[str, Facts]) -> Callable[[Workspace, Path, Sequence[str]], str]:
    def judge(workspace: Workspace, template: Path, copies: Sequence[str]) -> str:
        """The opening has migrated it by now: an old one got a copy more for that."""
        found, made = facts(workspace), backup.all_of(workspace.path)
        assert found.rows == whole[template.name].rows
        assert found.goes_on(_written(made[-1].folder, workspace.keys))
        assert {copy.kind for copy in made} == {CopyKind.UPDATE}
        assert {copy.holds.pupils if copy.holds else 0 for copy in made} == {3}
        assert [restore.check(copy.folder, workspace.keys) for copy in made] == [()] * len(made)
        return "old" if len(made) > len(copies) else "new"

    return judge


def _written(copy: Path, keys: Keys) -> Facts:
    """What the journals of an older copy hold."""
    journals = []
    for name, key in ((database.DESK, keys.desk), (database.PSY, keys.psy)):
        assert key is not None
        with database.reading(copy / name, key) as raw:
            there = raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'operation'").fetchone()[0]
            found = raw.execute("SELECT hash FROM operation ORDER BY seq").fetchall() if there else ()
            journals.append(tuple(digest for (digest,) in found))
    return Facts(journals[0], journals[1], {})


@pytest.fixture
def verbs(tmp_path: Path) -> list[Verb]:
    template = tmp_path / "школа"
    copied, now = school(template)
    whole, known = {}, {}
    for piece in OLDEST:
        shutil.copytree(MUSEUM / piece, tmp_path / piece)
        workspace = storage.open_workspace(tmp_path / piece, None, PASSWORD)
        whole[piece], known[piece] = facts(workspace), faults(workspace)
        workspace.close()
    return [
        Verb("restore", [template], _restored(copied, now)),
        Verb("re-key", [template], _rekeyed(now)),
        Verb("migration", [MUSEUM / piece for piece in OLDEST], _migrated(whole), known),
    ]


def test_whoever_is_killed_leaves_the_old_workspace_or_the_new_one(
    tmp_path: Path, home: Path, verbs: list[Verb], figures: Figures
) -> None:
    counts: dict[str, Counter[str]] = {}
    for verb in verbs:
        kill = partial(verb.kill, tmp_path=tmp_path, home=home, seconds=verb.seconds(tmp_path, home))
        with ThreadPoolExecutor(2) as pool:
            counts[verb.name] = sum(pool.map(kill, range(KILLS)), Counter())
    for verb, found in counts.items():
        assert found["within"] > KILLS * 2 // 3, verb
        assert found["old"], verb
        assert found["new"], verb
    lines = [_told(verb, found) for verb, found in counts.items()]
    figures.tell("Killed while it restores, re-keys or migrates", *lines, _WHOLE)


def _told(verb: str, found: Counter[str]) -> str:
    decided = f" ({found['decided']} amid the exchange)" if found["decided"] else ""
    return (
        f"{verb}: {KILLS} programs killed (SIGKILL), {found['within']} of them within the verb{decided}: "
        f"{found['old']} left the old workspace, {found['new']} the new one."
    )

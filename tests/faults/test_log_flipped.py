"""One bit flipped in the write-ahead log of a killed program: the opening tells exactly how many records went."""

from __future__ import annotations

import os
import random
import shutil
import struct
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import programs
import pytest
from diagnostic_school import DAY, INCLINATIONS, add_class, new_workspace
from figures import Figures
from inspection import faults
from support import FIRST, PASSWORD
from support import mark as marked

from profdesk.domain.mark import MissingRecordsError
from profdesk.services import diagnostics, instruments
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="programs are forked, which Windows cannot"),
]
LOGS = {"desk": "desk.db-wal", "psy": "psy.db-wal"}
HEAD, FRAME_HEAD, FRAME = 32, 24, 24 + 4096
SEED = 8

Reached = dict[str, tuple[int, int]]
"""By journal: where its log ends, and the number of its last operation."""


@dataclass(frozen=True)
class Killed:
    """What a killed program has left: the folder, its home, and how far each of its commits had come."""

    folder: Path
    kept: Path
    home: Path
    reached: list[Reached]

    def lay_out(self) -> None:
        """Put folder and home back as the kill had left them."""
        for name, there in (("folder", self.folder), ("home", self.home)):
            shutil.rmtree(there)
            shutil.copytree(self.kept / name, there)

    def lost(self, name: str, place: int) -> int:
        """Operations of a journal in commits that a spoiled place of its log takes along: its frame, and all after."""
        whole = 0 if place < HEAD else place - (place - HEAD) % FRAME
        kept = max(last for end, last in (one[name] for one in self.reached) if end <= whole or end == HEAD)
        return self.reached[-1][name][1] - kept


def work(told: Connection, folder: Path, home: Path, pupils: list[str], sheets: list[str]) -> None:
    """Commit after commit in both databases, their logs begun anew in the middle; then wait to be killed."""
    os.environ["PROFDESK_HOME"] = str(home)
    workspace = storage.open_workspace(folder, None, PASSWORD)
    instrument = instruments.called(INCLINATIONS)
    for number in range(60):
        if number == 36:
            _begin_anew(workspace)
            told.send({name: (HEAD, last) for name, (_, last) in _reached(workspace).items()})
        marked(workspace, FIRST, *((pupil, "planning", number % 4) for pupil in pupils[: 1 + number % 4]))
        told.send(_reached(workspace))
        answers = {1 + (number + more) % instrument.items: "abc"[number % 3] for more in range(1 + number % 5)}
        diagnostics.put_answers(workspace, workspace.actor, instrument, sheets[number % len(sheets)], answers)
        told.send(_reached(workspace))
    told.send(None)
    time.sleep(600)


def _begin_anew(workspace: Workspace) -> None:
    """Bring the logs into the databases; the next commit writes from their beginning, and old frames lie behind."""
    raw = workspace._engine.raw_connection().driver_connection
    assert raw is not None
    raw.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _reached(workspace: Workspace) -> Reached:
    heads = workspace.heads()
    ends = {name: _end(workspace.path / file) for name, file in LOGS.items()}
    return {name: (ends[name], head.seq if head else 0) for name, head in (("desk", heads.desk), ("psy", heads.psy))}


def _end(log: Path) -> int:
    """Behind the last commit of a log, told from older frames by the salt in its head (sqlite.org/fileformat)."""
    data = log.read_bytes()
    end = HEAD
    for at in range(HEAD, len(data) - FRAME + 1, FRAME):
        if data[at + 8 : at + 16] != data[16:24]:
            break
        if struct.unpack_from(">I", data, at + 4)[0]:
            end = at + FRAME
    return end


@pytest.fixture
def killed(tmp_path: Path, home: Path) -> Killed:
    folder = tmp_path / "школа"
    workspace = new_workspace(folder)
    pupils = add_class(workspace)
    session, _ = diagnostics.plan(workspace, workspace.actor, instruments.called(INCLINATIONS), pupils, DAY)
    sheets = [one.sheet.id for one in diagnostics.session(workspace, workspace.actor, session.id).sheets]
    workspace.close()
    program, here = programs.started(work, folder, home, [one.id for one in pupils], sheets)
    told: list[Reached] = []
    while (one := here.recv()) is not None:
        told = [one] if all(end == HEAD for end, _ in one.values()) else [*told, one]
    program.kill()
    program.join()
    for name, there in (("folder", folder), ("home", home)):
        shutil.copytree(there, tmp_path / "kept" / name)
    return Killed(folder, tmp_path / "kept", home, told)


def test_every_record_that_a_flip_in_a_log_takes_is_counted(killed: Killed, figures: Figures) -> None:
    chance = random.Random(SEED)  # noqa: S311
    counts: Counter[str] = Counter()
    for name, file in LOGS.items():
        end, data = killed.reached[-1][name][0], (killed.folder / file).read_bytes()
        assert len(data) > end + 14 * FRAME
        counts[f"commits {name}"] = len({one[name] for one in killed.reached}) - 1
        for place in _places(end, len(data), chance):
            killed.lay_out()
            spoiled = bytearray(data)
            spoiled[place] ^= 1 << chance.randrange(8)
            (killed.folder / file).write_bytes(spoiled)
            lost = killed.lost(name, place)
            assert _told(killed.folder) == ({name: lost} if lost else {}), place
            counts["told" if lost else "unread"] += 1
            counts["records"] += lost
            counts[name] += 1
            workspace = storage.open_workspace(killed.folder, None, PASSWORD, without_lost=True)
            assert faults(workspace) == []
            workspace.close()
        killed.lay_out()
    assert _told(killed.folder) == {}
    figures.tell(
        "One bit flipped in the log",
        f"{counts['desk']} places in the write-ahead log of desk.db ({counts['commits desk']} commits) and "
        f"{counts['psy']} in that of psy.db ({counts['commits psy']} commits), left by a killed program: the head, "
        "frames and their heads up to the last commit, and older frames behind it.",
        f"{counts['told']} took records along: each time the opening told exactly how many of which journal "
        f"({counts['records']} in all); {counts['unread']} lay where nothing reads, and nothing was missing. "
        "0 openings told of fewer; what was left was whole each time.",
    )


def _told(folder: Path) -> Mapping[str, int]:
    """What the opening says is missing, by journal; nothing where it opens."""
    try:
        storage.open_workspace(folder, None, PASSWORD).close()
    except MissingRecordsError as error:
        missing, words = error.missing, error.message
    else:
        return {}
    assert all(one.exact and f"{one.count} запис" in words for one in missing.lost)
    return {"psy" if one.psy else "desk": one.count for one in missing.lost}


def _places(end: int, length: int, chance: random.Random) -> Iterator[int]:
    """In the head of the log, in heads and bodies of frames up to its last commit, and in older frames behind."""
    yield from range(0, HEAD, 5)
    frames = (end - HEAD) // FRAME
    for number in range(max(100, frames)):
        start, stop = (0, FRAME_HEAD) if number % 2 else (FRAME_HEAD, FRAME)
        yield HEAD + number * frames // max(100, frames) * FRAME + chance.randrange(start, stop)
    yield from (chance.randrange(end, length) for _ in range(14))

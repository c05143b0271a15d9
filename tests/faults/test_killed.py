"""The program killed at random moments of real work: what it told of is there, what it did not is whole or absent."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import product
from multiprocessing.connection import Connection
from pathlib import Path

import programs
import pytest
from diagnostic_school import add_class, new_workspace
from figures import Figures
from inspection import faults, journal_length
from labour import DAY, INSTRUMENT, Imported, Places, Room, work
from standing import standing
from support import PASSWORD, organisation

from profdesk.services import diagnostics, instruments
from profdesk.services.workspaces import _make_key
from profdesk.storage import opening as storage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs are forked, which Windows cannot")
SEED = 8


@dataclass
class Site:
    """One workspace that outlives many programs: what must stand in it, and what they were at when they died."""

    room: Room
    chance: random.Random
    stands: Places = field(default_factory=dict)
    dying: list[Places] = field(default_factory=list)
    imported: Imported | None = None
    read: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def kill_one(self) -> None:
        """Let a program work and kill it: as it opens, or up to 50 ms after it has told of some of its deeds."""
        program, here = programs.started(work, self.room, self.chance.getrandbits(32), self.imported)
        try:
            told = self._listen(here, self.chance.randrange(-1, 5))
        finally:
            program.kill()
            program.join()
        told += list(_rest(here))
        self._note(told)

    def _listen(self, here: Connection, deeds: int) -> list[tuple[str, Places]]:
        told = [here.recv()]
        while deeds >= 0 and sum(kind != "trying" for kind, _ in told) < deeds + 2:
            told.append(here.recv())
        time.sleep(self.chance.uniform(0, 0.05))
        return told

    def _note(self, told: list[tuple[str, Places]]) -> None:
        trying: Places = {}
        for kind, places in told:
            if kind == "trying":
                trying = places
            elif kind == "done":
                self.counts["told"] += 1
                trying = {}
                self._settle(places)
        self.imported = None if trying else self.stands.get("imported")
        self.stands.pop("imported", None)
        trying.pop("imported", None)
        self.counts[f"killed {told[-1][0]}"] += 1
        self.dying.append(trying)

    def _settle(self, places: Places) -> None:
        """What is told of as done stands, whatever a program that was killed before had been trying there."""
        self.stands |= places
        for earlier in self.dying:
            for place in places:
                earlier.pop(place, None)

    def check(self) -> None:
        """Everything told of stands, and of what was not, all or nothing."""
        workspace = storage.open_workspace(self.room.folder, None, PASSWORD)
        try:
            assert faults(workspace, self.read) == []
            open_places = {place for one in self.dying for place in one}
            found = standing(workspace, self.room, {*self.stands, *open_places})
            self.counts["operations"] = journal_length(workspace)
        finally:
            workspace.close()
        lost = {place: (told, found[place]) for place, told in self.stands.items() if place not in open_places}
        assert {place: both for place, both in lost.items() if both[0] != both[1]} == {}
        assert {place: found[place] for place in open_places} in list(self._possible(open_places))
        self.stands |= found
        self.dying.clear()

    def _possible(self, places: set[str]) -> Iterator[Places]:
        """What may stand where programs were killed before they told of a deed: each was done or was not."""
        for done in product((True, False), repeat=len(self.dying)):
            state = {place: self.stands.get(place) for place in places}
            for one, was_done in zip(self.dying, done, strict=True):
                state |= one if was_done else {}
            yield state


def _site(folder: Path, home: Path, number: int) -> Site:
    files = folder / "файлы"
    files.mkdir(parents=True)
    workspace = new_workspace(folder / "школа")
    _make_key(workspace, organisation())
    pupils = add_class(workspace)
    session, _ = diagnostics.plan(workspace, workspace.actor, instruments.called(INSTRUMENT), pupils, DAY)
    sheets = diagnostics.session(workspace, workspace.actor, session.id).sheets
    group = pupils[0].group
    assert group is not None
    workspace.close()
    ids = tuple(one.id for one in pupils), tuple(one.sheet.id for one in sheets)
    return Site(Room(workspace.path, home, files, group.id, *ids), random.Random(f"{SEED}-{number}"))  # noqa: S311


def _rest(told: Connection) -> Iterator[tuple[str, Places]]:
    """What a dead program had told and nobody had heard; a message it died over is none."""
    try:
        while True:
            yield told.recv()
    except (EOFError, OSError):
        return


@pytest.mark.parametrize(
    ("workspaces", "programs"), [(1, 6), pytest.param(20, 50, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_nothing_told_of_is_lost_and_nothing_is_torn(
    tmp_path: Path, home: Path, figures: Figures, workspaces: int, programs: int
) -> None:
    sites = [_site(tmp_path / str(number), home, number) for number in range(workspaces)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda site: _live(site, programs), sites))
    counts = sum((site.counts for site in sites), Counter())
    figures.tell(
        "Killed while at work",
        f"{workspaces * programs} programs killed (SIGKILL) at random moments of real work in {workspaces} workspaces: "
        "stages, notes, answers, conclusions, talks and works with files, lists of pupils loaded and taken back, "
        "certificates issued, entries of registers, activities, routes, consents, copies; "
        f"{counts['killed trying']} of them within a verb, {counts['killed opening']} while they opened the workspace.",
        f"{counts['told']} verbs were told of as done; 0 of what they wrote was lost.",
        f"{counts['operations']} operations of the journals: 0 broken links, 0 rows that are not as the journal says, "
        "0 facts outside their chain, 0 pages, keys or indexes that do not fit, 0 torn files among those kept.",
        "What had not been told of was there whole or not at all each time.",
    )


def _live(site: Site, programs: int) -> None:
    for _ in range(programs):
        site.kill_one()
        if site.chance.random() < 0.8:
            site.check()
    site.check()

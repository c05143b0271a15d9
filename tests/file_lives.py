"""Lives of three computers that exchange real files: a file may be lost, late, taken twice, or go through a third."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import people_moves
import pytest
from exchange_files import everything
from exchange_lives import Pick, Step, do
from life_desks import KIT, PART, SCHOOL, Desk, School
from spared import Spared
from support import FIRST, YEAR

from profdesk.domain import exchange_words
from profdesk.domain.erasure import OF_PUPIL, ErasureKind, Target
from profdesk.domain.exchange import Preview
from profdesk.domain.exchange_state import Place, Row
from profdesk.domain.operations import Bond
from profdesk.domain.retention import RecordKind
from profdesk.errors import AccessError, NotFoundError, ProfdeskError, WrongInputError
from profdesk.services import (
    backups,
    class_teachers,
    clocks,
    erasure,
    evidence,
    exchange,
    pupils,
)
from profdesk.storage import exchange_plan, exchange_shapes
from profdesk.storage.clock import HybridClock
from profdesk.storage.computers import ComputerStore
from profdesk.storage.exchange_part import Part
from profdesk.storage.workspace import Session

MISSING = ("Не хватает", "о котором здесь ещё не знают")
"""Why a file may be refused that is good: what came before it has not been taken, or was undone."""


class Life:
    """Three computers and what is on its way between them."""

    def __init__(self, school: School, place: Path, names: Sequence[str], skew: Sequence[int]) -> None:
        self._place = place
        self._stack = ExitStack()
        self._wall = self._start = HybridClock().tick()
        self._count = 0
        self.wall = int(str(self._start)[:13])
        self.desks: list[Desk] = []
        for name, ahead in zip(names, skew, strict=True):
            desk = Desk(name, school, place / name, lambda: self.wall, ahead)
            self.desks.append(self._stack.enter_context(closing(desk)))
        self._teacher = school.users[PART]
        self._spared = Spared()

    def close(self) -> None:
        self._stack.close()
        shutil.rmtree(self._place)

    def step(self, one: Step) -> None:
        desk = self.desks[one.who]
        if one.verb in MOVES:
            with suppress(AccessError):
                MOVES[one.verb](self, desk, one.pick)
        elif one.verb in people_moves.MOVES:
            people_moves.do(desk, one)
        else:
            do(desk.workspace, one)
        desk.check()
        self._spared.note(desk.workspace, desk.id)

    def send(self, desk: Desk, pick: Pick) -> Path | None:
        """Write a file for another computer, now and then from the beginning; None if it is not known any more."""
        to = [one for one in self.desks if one is not desk][pick[0] % 2]
        self._count += 1
        path = self._place / f"{self._count} {desk.name}-{to.name}.profdesk"
        workspace, anew = desk.workspace, pick[1] == 5
        with workspace.unit(workspace.actor) as unit:
            known = {one.id for one in unit.computers.all()}
        address = next((one for one in reversed(to.ids) if one in known), None)
        if address is None:
            return None
        exchange.send(workspace, workspace.actor, address, path, from_beginning=anew)
        to.came.append(path)
        return path

    def take(self, desk: Desk, pick: Pick) -> Preview | None:
        """Take any file that was ever made for this computer: late, twice, in whatever order."""
        return accept(desk, desk.came[-1 - pick[0] % len(desk.came)]) if desk.came else None

    def hurry(self, desk: Desk, pick: Pick) -> None:
        """Send, and let the other one take it at once."""
        path = self.send(desk, pick)
        if path is not None:
            accept(next(one for one in self.desks if path in one.came), path)

    def mistake(self, desk: Desk, pick: Pick) -> None:
        """Take a file that was made for somebody else."""
        others = [path for one in self.desks if one is not desk for path in one.came]
        if others:
            refuse(desk, others[pick[0] % len(others)], "для другого компьютера")

    def undo(self, desk: Desk, pick: Pick) -> None:
        """Undo one of the last acceptances, if nothing was built on it."""
        workspace = desk.workspace
        there = [one for one in exchange.history(workspace, workspace.actor) if one.can_be_undone]
        if not there:
            return
        before = everything(workspace)
        try:
            exchange.undo(workspace, workspace.actor, there[pick[0] % min(2, len(there))].package.id)
        except ProfdeskError:
            assert everything(workspace) == before

    def hands(self, desk: Desk, _pick: Pick) -> None:
        if len(desk.people) > 1:
            desk.change_hands()

    def forward(self, desk: Desk, _pick: Pick) -> None:
        """Take what waits because of a clock as done now."""
        workspace = desk.workspace
        for waits in clocks.postponed(workspace, workspace.actor):
            clocks.bring_forward(workspace, workspace.actor, waits.device)

    def lend(self, desk: Desk, pick: Pick) -> None:
        """Let the teacher lead other classes."""
        workspace = desk.workspace
        if desk.name == SCHOOL:
            groups = pupils.groups(workspace, workspace.actor, YEAR)
            given = [one.id for at, one in enumerate(groups) if (pick[0] + 1) >> at & 1]
            class_teachers.give(workspace, workspace.actor, self._teacher, given, YEAR)

    def erase(self, desk: Desk, pick: Pick) -> None:
        """Destroy what is kept of a pupil, now and then."""
        workspace = desk.workspace
        if desk.name == SCHOOL and pick[1] == 0:
            with workspace.unit(workspace.actor) as unit:
                there = [one for group in unit.pupils.groups(YEAR) for one in unit.pupils.in_group(group.id)]
            kinds = (OF_PUPIL, frozenset({RecordKind.PORTFOLIO, RecordKind.ROUTES}))[pick[2] % 2]
            targets = [Target(there[pick[0] % len(there)].id, kinds)] if there else []
            if targets:
                erasure.erase(workspace, workspace.actor, targets, ErasureKind.WITHDRAWN, "заявление № 5")

    def keep(self, desk: Desk, pick: Pick) -> None:
        """Keep a file of a pupil."""
        workspace, path = desk.workspace, self._place / "работа.pdf"
        path.write_bytes(b"%PDF " + bytes(pick) * 100)
        with workspace.unit(workspace.actor) as unit:
            there = [one for group in unit.pupils.groups(YEAR) for one in unit.pupils.in_group(group.id)]
        if there and desk.name != KIT:
            evidence.add(workspace, workspace.actor, there[pick[0] % len(there)].id, None, FIRST, [path])

    def copy(self, desk: Desk, _pick: Pick) -> None:
        """Make a copy of a workspace."""
        desk.copies.append(backups.make(desk.workspace, desk.workspace.actor)[0])

    def put_back(self, desk: Desk, pick: Pick) -> None:
        """Let one of the copies take the place of a workspace: what was done since is lost there."""
        if desk.copies:
            desk.put_back(desk.copies[-1 - pick[0] % len(desk.copies)])

    def meet(self) -> None:
        """Let everybody take from everybody until nobody has anything new, and see that all are alike."""
        for desk in self.desks:
            desk.ahead = 0
            for _ in desk.people if desk.name == SCHOOL else ():
                if desk.workspace.keys.psy is None:
                    desk.change_hands()
        for last in (False, False, True):
            for sender, receiver in permutations(self.desks, 2):
                at = [one for one in self.desks if one is not sender].index(receiver)
                path = self.send(sender, (at, 0))
                found = None if path is None else accept(receiver, path, whole=False)
                assert found is not None or not last
                for desk in (sender, receiver) if not last else ():
                    self.forward(desk, ())
        for desk in self.desks:
            desk.check()
        first, *others = self.desks
        assert not self._spared.taken_unduly(first.workspace, first.rows())
        for desk in others:
            if desk.whole:
                self._alike(first, desk)
            else:
                self._within(first, desk)

    def _alike(self, one: Desk, other: Desk) -> None:
        for schema in other.schemas:
            mine, theirs = (
                {key: told for key, (told, table) in desk.known()[schema].items() if table != "deed"}
                for desk in (one, other)
            )
            assert mine == theirs
        assert _of_work(one.rows()) == _of_work(other.rows())
        kept = [sorted(path.name for path in desk.workspace.path.glob("files*/*/*")) for desk in (one, other)]
        assert kept[0] == kept[1]

    def _within(self, whole: Desk, part: Desk) -> None:
        """The rows of a part are those that the whole has in reach of its person, and as they are there."""
        wanted, there = in_reach(whole, part.id), in_reach(part, part.id)
        assert there.keys() == wanted.keys(), part.name
        assert there == wanted, part.name


MOVES: Mapping[str, Callable[[Life, Desk, Pick], object]] = {
    one.__name__: one
    for one in (
        Life.send,
        Life.take,
        Life.hurry,
        Life.mistake,
        Life.undo,
        Life.hands,
        Life.lend,
        Life.keep,
        Life.erase,
        Life.forward,
        Life.copy,
        Life.put_back,
    )
}


def in_reach(desk: Desk, computer: str) -> dict[Place, Row]:
    """The rows on a computer that a part's person reaches, by what that computer knows, with all that they need."""
    rows, found = _of_work(desk.rows()), dict[Place, Row]()
    with Session(desk.workspace._engine) as session:
        part = Part(session, ComputerStore(session, psy=False).get(computer), frozenset())
        reached = {place for place in rows if place[0] in part._whole or place in part._rows}
        for shape in (*exchange_shapes.shapes("main"), *exchange_shapes.shapes("psy")):
            needed = {name: link.table for name, link in shape.links.items() if link.bond is Bond.REQUIRED}
            for place in reached:
                if place[0] == shape.table and all((of, rows[place][name]) in found for name, of in needed.items()):
                    found[place] = rows[place]
    return found


def _of_work(rows: Mapping[Place, Row]) -> dict[Place, Row]:
    """But for deeds, which go on with each file, keys, which stay where they are, and ids of before a restore.

    One under which nothing was ever sent is known to that computer alone.
    """
    left = {place: row for place, row in rows.items() if place[0] not in {"deed", *exchange_plan.STAYS}}
    return {place: row for place, row in left.items() if place[0] != "computer" or row["replaced_by"] is None}


def accept(desk: Desk, path: Path, *, whole: bool = True) -> Preview | None:
    """Look and take: what was told is what was done. None where something before it is missing: nothing is written.

    ``whole``: that looking writes nothing is seen as well.
    """
    workspace = desk.workspace
    before = everything(workspace) if whole else None
    try:
        told = exchange.look(workspace, workspace.actor, path)
    except (WrongInputError, NotFoundError) as error:
        (words,) = [one for one in MISSING if one in str(error)] or [str(error)]
        assert words in MISSING, (desk.name, path.name, words)
        refuse(desk, path, words)
        return None
    assert before is None or everything(workspace) == before
    known, rows = desk.known(), desk.rows()
    done, _ = exchange.accept(workspace, workspace.actor, path)
    assert replace(done.preview, warnings=()) == replace(told, warnings=()), "but for words that tell the time"
    assert len(done.preview.warnings) == len(told.warnings)
    now = desk.known()
    new = [key for schema, of in now.items() for key in of.keys() - known[schema].keys() if key[0] != desk.id]
    assert all(known[schema].items() <= now[schema].items() for schema in known), "nothing accepted is lost"
    _check_counts(desk, told, rows)
    assert len(new) == told.operations
    return told


def _check_counts(desk: Desk, told: Preview, before: Mapping[Place, Row]) -> None:
    """The numbers are those of the rows that are not as they were, but for what this computer counts itself."""
    rows = desk.rows()
    own = {place for place, row in rows.items() if place[0] == "erasure_tally" and row["device"] == desk.id}
    after = {place: row for place, row in rows.items() if place not in own and place[0] not in exchange_plan.STAYS}
    before = {place: row for place, row in before.items() if place[0] not in exchange_plan.STAYS}
    made, gone = after.keys() - before.keys(), before.keys() - rows.keys()
    changed = [place for place in after.keys() & before.keys() if after[place] != before[place]]
    found = exchange_words.counts(made, changed, gone, exchange_plan.REGISTERS)
    assert list(told.counts) == list(found)


def refuse(desk: Desk, path: Path, words: str) -> None:
    """Neither looking nor taking writes anything of a file that is refused in these words."""
    workspace = desk.workspace
    before = everything(workspace)
    for verb in (exchange.look, exchange.accept):
        with pytest.raises(ProfdeskError, match=words):
            verb(workspace, workspace.actor, path)
        assert everything(workspace) == before

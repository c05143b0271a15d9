"""Lives of three computers that exchange real files: a file may be lost, late, taken twice, or go through a third."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from exchange_files import everything
from exchange_lives import DAY, INSTRUMENT, Pick, Step, do
from exchange_rooms import shown
from kept_workspaces import create
from spared import Spared
from sqlalchemy import select, text
from sqlalchemy.util import LRUCache
from support import FIRST, LINES, PASSWORD, YEAR, listed

from profdesk.domain import exchange_words
from profdesk.domain.access import NewUser, Role
from profdesk.domain.consents import ConsentKind
from profdesk.domain.erasure import OF_PUPIL, ErasureKind, Target
from profdesk.domain.exchange import Preview
from profdesk.domain.exchange_state import Place, Row
from profdesk.domain.operations import Bond
from profdesk.domain.retention import RecordKind
from profdesk.domain.users import Draft
from profdesk.errors import NotFoundError, ProfdeskError, WrongInputError
from profdesk.services import (
    backups,
    class_teachers,
    clocks,
    computers,
    consents,
    diagnostics,
    erasure,
    evidence,
    exchange,
    instruments,
    joining,
    pupils,
    recovery,
    roster,
    users,
    workspaces,
)
from profdesk.storage import exchange_plan, exchange_shapes, journal, opening
from profdesk.storage.clock import HybridClock
from profdesk.storage.computers import ComputerStore
from profdesk.storage.exchange_part import Part
from profdesk.storage.exchange_rows import JOURNALS, Rows
from profdesk.storage.workspace import Session, Workspace

OTHER_CLASS = ("Громов;Лев;Ильич;04.05.2013;7Б", "Панова;Ася;Ильинична;14.08.2013;7Б")
OWNER = "Климова Татьяна Аркадьевна"
COORDINATOR = Draft("Черепанов Олег Ильич", "координатор", frozenset({Role.COORDINATOR}))
SCHOOL, WHOLE, KIT, PART = "школа", "психолог", "набор", "учитель"
JOIN: Mapping[str, tuple[Draft, bool]] = {
    WHOLE: (Draft("Лаптева Ирина Сергеевна", "психолог", frozenset({Role.PSYCHOLOGIST})), True),
    KIT: (Draft("Седова Ольга Ивановна", "психолог", frozenset({Role.PSYCHOLOGIST})), False),
    PART: (Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER})), False),
}
"""Who joins by a package, and whether with everything."""
MISSING = ("Не хватает", "о котором здесь ещё не знают")
"""Why a file may be refused that is good: what came before it has not been taken, or was undone."""
_STATEMENTS: LRUCache[Any, Any] = LRUCache(4_000)


class School(NamedTuple):
    """Closed folders of computers by name, and the ids of their users."""

    folders: Mapping[str, Path]
    users: Mapping[str, str]
    coordinator: str


def founded(place: Path) -> School:
    """A school of two classes, and three computers that joined it; the teacher leads the first class."""
    made = create(place / SCHOOL, NewUser(OWNER, "завуч", PASSWORD)).workspace
    actor = made.actor
    roster.apply(made, actor, roster.preview(made, actor, listed(place, *LINES, *OTHER_CLASS), YEAR))
    coordinator, _ = users.add(made, actor, COORDINATOR, PASSWORD)
    groups = pupils.groups(made, actor, YEAR)
    with made.unit(actor) as unit:
        there = [one for group in groups for one in unit.pupils.in_group(group.id)]
    consents.give(made, actor, [one.id for one in there], ConsentKind.PSYCHOLOGICAL, date(2026, 9, 1))
    diagnostics.plan(made, actor, instruments.called(INSTRUMENT), there[:2], DAY)
    folders, ids = {SCHOOL: made.path}, {SCHOOL: actor.id}
    for name, (draft, whole) in JOIN.items():
        package = place / f"{name}.profdesk"
        code, _ = computers.kit(made, actor, draft, name, whole, package)
        joined = joining.join(package, code, place / name, PASSWORD).workspace
        folders[name], ids[name] = joined.path, joined.actor.id
        joined.close()
    class_teachers.give(made, actor, ids[PART], [groups[0].id], YEAR)
    for name, folder in folders.items():
        if name != SCHOOL:
            joined = opening.open_workspace(folder, None, PASSWORD)
            exchange.send(made, actor, computers.own_id(joined, joined.actor), path := place / f"{name} 1.profdesk")
            exchange.accept(joined, joined.actor, path)
            joined.close()
    made.close()
    return School(folders, ids, coordinator)


class Desk:
    """One computer of a life: a copy of its folder, opened, and the files that were ever made for it."""

    def __init__(self, name: str, school: School, folder: Path, life: Life, ahead: int) -> None:
        shutil.copytree(school.folders[name], folder)
        self.name = name
        self.came: list[Path] = []
        self.copies: list[Path] = []
        self.ids: list[str] = []
        """That of today last; others know it by a former one until they are told of the restore that ended it."""
        self._folder = folder
        self.ahead = ahead
        """By how many milliseconds its clock is wrong."""
        self._life = life
        self._owner = school.users[name]
        self._people = [self._owner, *([school.coordinator] if name == SCHOOL else [])]
        self.workspace: Workspace
        self.open()

    @property
    def id(self) -> str:
        return self.ids[-1]

    def open(self) -> None:
        self.workspace = workspaces.open_workspace(self._folder, self._people[0], PASSWORD)
        self.workspace._engine._compiled_cache = _STATEMENTS
        self.workspace._clock = HybridClock(self.workspace._last, lambda: self._life.wall + self.ahead)
        with self.workspace.unit(self.workspace.actor) as unit:
            if (own := unit.computers.own_id) not in self.ids:
                self.ids.append(own)

    def close(self) -> None:
        self.workspace.close()

    def change_hands(self) -> None:
        """Let the other one of its people open it: not both are psychologists."""
        self.close()
        self._people.reverse()
        self.open()

    def put_back(self, copy: Path) -> None:
        """Let an older copy take the place of the workspace, as where that is damaged."""
        self.close()
        recovery.restore(self._folder, self._owner, PASSWORD, copy)
        self.open()

    @property
    def whole(self) -> bool:
        return self.name in (SCHOOL, WHOLE)

    @property
    def schemas(self) -> Sequence[str]:
        """Those that whoever sits there can read."""
        return ("main",) if self.workspace.keys.psy is None else ("main", "psy")

    def rows(self) -> dict[Place, Row]:
        return {place: row for schema in self.schemas for place, row in shown(self.workspace, schema).items()}

    def known(self) -> dict[str, dict[tuple[str, int], tuple[str, str]]]:
        """Hash and table of the operations of both journals by computer and number."""
        found = {}
        with Session(self.workspace._engine) as session:
            for schema in self.schemas:
                kind = JOURNALS[schema]
                query = select(kind.device, kind.number, kind.hash, kind.table_name)
                found[schema] = {(device, number): (told, of) for device, number, told, of in session.execute(query)}
        return found

    def check(self) -> None:
        """Links and chains hold, and what only psychologists read lies with them alone."""
        with Session(self.workspace._engine) as session:
            for schema in self.schemas:
                assert not session.execute(text(f"PRAGMA {schema}.foreign_key_check")).all(), (self.name, schema)
                kind = JOURNALS[schema]
                assert journal.broken_link(session, kind) is None, (self.name, schema)
            if self.name == PART:
                assert self.workspace.keys.psy is None
                tables = frozenset(Rows(session, "psy").tables)
                told = session.scalars(select(JOURNALS["main"].table_name).distinct())
                assert tables.isdisjoint(told)
                assert not list((self.workspace.path / "files-psy").rglob("*.*"))


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
            desk = Desk(name, school, place / name, self, ahead)
            self.desks.append(self._stack.enter_context(closing(desk)))
        self._teacher = school.users[PART]
        self._spared = Spared()

    def close(self) -> None:
        self._stack.close()
        shutil.rmtree(self._place)

    def step(self, one: Step) -> None:
        desk = self.desks[one.who]
        if one.verb in MOVES:
            MOVES[one.verb](self, desk, one.pick)
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
        if desk.name == SCHOOL:
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
            if desk.name == SCHOOL and desk.workspace.keys.psy is None:
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
    after = {place: row for place, row in rows.items() if place not in own}
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

"""Lives of three real workspaces: whatever users do in a school, done at random, with exchanges in between."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from exchange_rooms import give_identity
from inspection import faults
from sqlalchemy import select
from sqlalchemy.util import LRUCache
from support import FIRST, PASSWORD, YEAR

from profdesk.domain.activities import ActivityEntry
from profdesk.domain.consents import ConsentKind
from profdesk.domain.merging import Merge
from profdesk.domain.people import Group, Leave, LeaveReason, Pupil
from profdesk.domain.portfolio import Cell, Mark
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, PUPIL
from profdesk.domain.route import LineKind, LineState, RouteEntry
from profdesk.errors import ProfdeskError
from profdesk.services import (
    activities,
    batches,
    class_teachers,
    conclusions,
    consents,
    diagnostics,
    instruments,
    notes,
    portfolio,
    pupils,
    registers,
    routes,
)
from profdesk.storage import opening
from profdesk.storage.clock import HybridClock
from profdesk.storage.exchange_rows import JOURNALS
from profdesk.storage.models import OperationRow
from profdesk.storage.workspace import Session, Workspace

DAY = date(2026, 11, 3)
INSTRUMENT = "ddo_klimov_20"
TITLES = ("7А", "7Б", "7В")
SURNAMES = ("Абрамова", "Белов", "Цой")
_STATEMENTS: LRUCache[Any, Any] = LRUCache(2_000)
"""What was compiled for one of the workspaces serves the others: they have the same tables."""
Pick = Sequence[int]
Verb = Callable[[Workspace, Pick], object]


class Step(NamedTuple):
    """What one of three computers does: a verb, or (an index past them) takes some of what another knows."""

    who: int
    verb: str
    pick: tuple[int, ...]


def opened(source: Path, target: Path) -> Workspace:
    shutil.copytree(source, target)
    made = opening.open_workspace(target, None, PASSWORD)
    give_identity(made)
    made._engine._compiled_cache = _STATEMENTS
    return made


def tick_by(workspace: Workspace, moment: Callable[[], int]) -> None:
    """Let a computer's clock show what it is told."""
    workspace._clock = HybridClock(workspace._last, moment)


def _pupil(workspace: Workspace, at: int) -> Pupil:
    with workspace.unit(workspace.actor) as unit:
        found = [one for group in unit.pupils.groups(YEAR) for one in unit.pupils.in_group(group.id)]
    return found[at % len(found)]


def _group(workspace: Workspace, at: int) -> Group:
    with workspace.unit(workspace.actor) as unit:
        found = unit.pupils.groups(YEAR)
    return found[at % len(found)]


def enter(desk: Workspace, pick: Pick) -> object:
    entry = PupilEntry(SURNAMES[pick[0] % 3], "Саша", "", "5.2.13", None, TITLES[pick[1] % 3])
    return pupils.add(desk, desk.actor, entry, YEAR)


def edit(desk: Workspace, pick: Pick) -> object:
    entry = PupilEntry(SURNAMES[pick[0] % 3], "Женя", "", f"{1 + pick[2]}.2.13", None, TITLES[pick[1] % 3])
    return pupils.edit(desk, desk.actor, _pupil(desk, pick[3]).id, entry, YEAR)


def move(desk: Workspace, pick: Pick) -> object:
    return pupils.move(desk, desk.actor, [_pupil(desk, pick[0]).id], TITLES[pick[1] % 3], YEAR)


def leave(desk: Workspace, pick: Pick) -> object:
    left = Leave(date(2026, 10, 1 + pick[1]), LeaveReason.TRANSFERRED)
    return pupils.leave(desk, desk.actor, [_pupil(desk, pick[0]).id], left, YEAR)


def bring_back(desk: Workspace, pick: Pick) -> object:
    with desk.unit(desk.actor) as unit:
        everyone = [one.id for one in unit.pupils.all(YEAR) if one.leave]
    return pupils.bring_back(desk, desk.actor, everyone[: 1 + pick[0]], YEAR)


def merge(desk: Workspace, pick: Pick) -> object:
    stays, goes = _pupil(desk, pick[0]), _pupil(desk, pick[1])
    return pupils.merge(
        desk, desk.actor, Merge(stays.id, goes.id, stays.name, stays.birth_date, stays.sex, goes.id), YEAR
    )


def lead(desk: Workspace, pick: Pick) -> object:
    groups = [_group(desk, pick[0]).id] if pick[1] % 3 else []
    return class_teachers.give(desk, desk.actor, desk.actor.id, groups, YEAR)


def stage(desk: Workspace, pick: Pick) -> object:
    cell = Cell(_pupil(desk, pick[0]).id, ("planning", "initiative")[pick[1] % 2])
    return portfolio.set_stages(desk, desk.actor, FIRST, [Mark(cell, (0, 1, 2, None)[pick[2] % 4])])


def note(desk: Workspace, pick: Pick) -> object:
    return notes.write(desk, desk.actor, Cell(_pupil(desk, pick[0]).id, "planning"), FIRST, f"слово {pick[1]}")


def consent(desk: Workspace, pick: Pick) -> object:
    whom, kind = _pupil(desk, pick[0]).id, ConsentKind.PSYCHOLOGICAL
    if pick[1] % 4 == 0:
        return consents.withdraw(desk, desk.actor, whom, kind, DAY)
    if pick[1] % 4 == 1:
        return consents.keep(desk, desk.actor, whom, kind)
    return consents.give(desk, desk.actor, [whom], kind, date(2026, 9, 1))


def plan(desk: Workspace, pick: Pick) -> object:
    entry = ActivityEntry("game", f"Игра {pick[0] % 2}", DAY, groups=(_group(desk, pick[1]).id,))
    there = planned(desk)
    return activities.write(desk, desk.actor, entry, there[pick[2] % len(there)] if there and pick[3] % 2 else None)


def planned(desk: Workspace) -> list[str]:
    return [one.id for one in activities.plan(desk, desk.actor, YEAR).activities]


def hold(desk: Workspace, pick: Pick) -> object:
    there = planned(desk)
    one = there[pick[0] % len(there)]
    if pick[1] % 4 == 0:
        return activities.withdraw(desk, desk.actor, one)
    return activities.hold(desk, desk.actor, one, [_pupil(desk, pick[2]).id] if pick[3] % 2 else [])


def achieve(desk: Workspace, pick: Pick) -> object:
    there = [one.id for one in registers.book(desk, desk.actor, ACHIEVEMENTS).entries]
    if there and pick[1] % 3 == 0:
        return registers.change(desk, desk.actor, ACHIEVEMENTS, there[pick[2] % len(there)], {"title": f"№ {pick[3]}"})
    if there and pick[1] % 3 == 1:
        return registers.withdraw(desk, desk.actor, ACHIEVEMENTS, there[pick[2] % len(there)])
    won = {"title": f"Олимпиада {pick[2]}", "kind": "olympiad", "level": "municipal", "place": "prize"}
    return registers.add(desk, desk.actor, ACHIEVEMENTS, {PUPIL: _pupil(desk, pick[0]).id, **won, "held_on": DAY})


def route(desk: Workspace, pick: Pick) -> object:
    pupil = _pupil(desk, pick[0]).id
    entry = RouteEntry(LineKind.FAR, f"цель {pick[1]}")
    with desk.unit(desk.actor) as unit:
        lines = sorted({one.line for one in unit.routes.of_pupil(pupil)})
    if not lines or pick[2] % 3 == 0:
        return routes.write(desk, desk.actor, pupil, entry)
    line = lines[pick[3] % len(lines)]
    if pick[2] % 3 == 1:
        return routes.write(desk, desk.actor, pupil, entry, line)
    return routes.set_state(desk, desk.actor, line, (LineState.DONE, LineState.REMOVED, LineState.OPEN)[pick[1] % 3])


def diagnose(desk: Workspace, pick: Pick) -> object:
    instrument = instruments.called(INSTRUMENT)
    whom = list({one.id: one for one in (_pupil(desk, at) for at in pick[:2])}.values())
    there = [one.session.id for one in diagnostics.journal(desk, desk.actor, YEAR)]
    if there and pick[2] % 2:
        return diagnostics.add_sheets(desk, desk.actor, there[pick[3] % len(there)], whom)
    return diagnostics.plan(desk, desk.actor, instrument, whom, DAY)


def answer(desk: Workspace, pick: Pick) -> object:
    instrument = instruments.called(INSTRUMENT)
    sessions = diagnostics.journal(desk, desk.actor, YEAR)
    sheets = sorted(one.sheet.id for session in sessions for one in session.sheets)
    sheet = sheets[pick[0] % len(sheets)]
    if pick[1] % 4 == 0:
        return conclusions.write(desk, desk.actor, sheet, f"вывод {pick[2]}", "для других")
    if pick[1] % 4 == 1:
        return conclusions.release(desk, desk.actor, sheet, f"слова {pick[2]}")
    if pick[2] % 5 == 0:
        return diagnostics.close(desk, desk.actor, sessions[pick[3] % len(sessions)].session.id)
    given = {1 + pick[2] % 2: ("a", "b", None)[pick[3] % 3]}
    return diagnostics.put_answers(desk, desk.actor, instrument, sheet, given)


def turn_back(desk: Workspace, pick: Pick) -> object:
    """Undo one of the last acts known here, whoever did it."""
    with Session(desk._engine) as session:
        found = list(dict.fromkeys(session.scalars(select(OperationRow.batch).order_by(OperationRow.seq.desc()))))
    return batches.turn_back(desk, desk.actor, found[pick[0] % min(len(found), 4)])


VERBS: Mapping[str, Verb] = {
    one.__name__: one
    for one in (
        enter, edit, move, leave, bring_back, merge, lead, stage, note, consent, plan, hold, achieve, route, diagnose,
        answer, turn_back,
    )
}  # fmt: skip


def do(desk: Workspace, step: Step) -> bool:
    """Do a step as a user would; what the program refuses writes nothing."""
    try:
        VERBS[step.verb](desk, step.pick)
    except (ProfdeskError, ZeroDivisionError):
        return False
    return True


def bring_some(sender: Workspace, receiver: Workspace, pick: Pick) -> None:
    """Take from another computer everything unseen, its beginning, or what one computer did, or its beginning."""
    with receiver.unit(receiver.actor) as unit:
        known = unit.exchange.known()
    for name, seen in known.items():
        with sender.unit(sender.actor) as unit:
            found = list(unit.exchange.unseen(name, seen))
            if pick[0] % 3 == 1 and found:
                chosen = found[pick[1] % len(found)]["device"]
                found = [one for one in found if one["device"] == chosen]
            if pick[0] % 2:
                found = found[: len(found) * (pick[2] + 1) // 6]
            contents = unit.exchange.contents(name, found)
        with receiver.unit(receiver.actor) as unit:
            unit.exchange.take(name, found, contents)


def journals(workspace: Workspace) -> dict[str, set[tuple[str, int, str]]]:
    """Which operations a computer knows."""
    with Session(workspace._engine) as session:
        return {
            schema: {tuple(row) for row in session.execute(select(kind.device, kind.number, kind.hash))}
            for schema, kind in JOURNALS.items()
        }


def check(workspace: Workspace) -> None:
    """Rows are what all that is known makes of them, both databases are whole, facts and journals hang together."""
    found = faults(workspace)
    assert not found, found

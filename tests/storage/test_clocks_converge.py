"""Whatever the order of files, corrections and releases, and whichever clocks are wrong: all computers stand alike."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from exchange_rooms import bring, copied, shown, told
from sqlalchemy import select, text
from support import FIRST, PASSWORD, mark, pupil_ids

from profdesk.domain.exchange import AHEAD_MS, DESK, PSY
from profdesk.domain.people import Group, PersonName, fold
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.errors import NotFoundError
from profdesk.services import clocks
from profdesk.storage import journal, opening
from profdesk.storage.clock import HybridClock, _wall
from profdesk.storage.exchange_rows import JOURNALS
from profdesk.storage.models import AssessmentRow, PupilRow
from profdesk.storage.workspace import Session, Workspace

WRONG = (0, 0, 3_600_000, AHEAD_MS + 3_600_000, 40 * AHEAD_MS, 365 * AHEAD_MS, -30 * AHEAD_MS)
STEPS = 30


def set_clock(workspace: Workspace, wrong: int) -> None:
    workspace._clock = HybridClock(workspace._last_reading(workspace.keys), lambda: _wall() + wrong)


def write(workspace: Workspace, pupils: list[str], by_chance: Random) -> None:
    pupil, deed = by_chance.choice(pupils), by_chance.randrange(3)
    if deed == 0:
        mark(workspace, FIRST, (pupil, "planning", by_chance.randrange(4)))
        return
    with workspace.unit(workspace.actor) as unit:
        if deed == 1:
            row = unit.pupils._session.get_one(PupilRow, pupil)
            row.given = by_chance.choice(("Иван", "Пётр", "Лев"))
            row.folded = fold(PersonName(row.surname, row.given, row.patronymic).full)
        else:
            entry = TalkEntry(TalkKind.EXTERNAL, date(2026, 11, 2), pupil, source="Центр", words="Слова")
            unit.talks.write(entry, datetime.now(UTC))


def step(computers: list[Workspace], pupils: list[str], by_chance: Random) -> None:
    one, two = by_chance.sample(computers, 2)
    deed = by_chance.choice(("write", "write", "write", "clock", "bring", "bring", "forward", "release"))
    if deed == "write":
        write(one, pupils, by_chance)
    elif deed == "clock":
        set_clock(one, by_chance.choice(WRONG))
    elif deed == "bring":
        bring(one, two)
    elif deed == "forward":
        with suppress(NotFoundError):
            clocks.bring_forward(one, one.actor, two._device)
    else:
        with one.unit(one.actor) as unit:
            unit.exchange.release()


def settle(computers: list[Workspace], by_chance: Random) -> None:
    """Let every clock be right, everything that is ahead be brought forward by somebody, and all be told of it."""
    for one in computers:
        set_clock(one, 0)
    for _ in range(12):
        for one in computers:
            for other in by_chance.sample(computers, len(computers)):
                if other is not one:
                    bring(other, one)
        ahead = [(one, told.device) for one in computers for told in clocks.postponed(one, one.actor)]
        if not ahead:
            return
        one, device = by_chance.choice(ahead)
        clocks.bring_forward(one, one.actor, device)
    ahead = [(one, told.device) for one in computers for told in clocks.postponed(one, one.actor)]
    assert not ahead


def readings(workspace: Workspace) -> dict[tuple[str, str, int], str]:
    found = {}
    with Session(workspace._engine) as session:
        for name, schema in ((DESK, "main"), (PSY, "psy")):
            kind = JOURNALS[schema]
            assert journal.broken_link(session, kind) is None
            query = select(kind.device, kind.number, kind.counts_as)
            found.update({(name, device, number): reading for device, number, reading in session.execute(query)})
        assert not session.execute(text("PRAGMA foreign_key_check")).all()
    return found


def current(workspace: Workspace) -> dict[str, str | None]:
    """What supersedes each stage that was set."""
    with Session(workspace._engine) as session:
        query = select(AssessmentRow.id, AssessmentRow.superseded_by)
        return dict(iter(session.execute(query)))


def check_alike(computers: list[Workspace]) -> None:
    first, counting = computers[0], readings(computers[0])
    for schema in ("main", "psy"):
        rows = shown(first, schema)
        assert rows == told(first, schema).rows
        assert all(shown(one, schema) == rows for one in computers[1:])
    assert all(readings(one) == counting for one in computers[1:])
    assert all(current(one) == current(first) for one in computers[1:])
    assert max(counting.values()) < HybridClock().reading_in(AHEAD_MS), "nothing wins for ever"


def live(workspace: Workspace, group: Group, folder: Path, seed: int) -> None:
    by_chance = Random(seed)  # noqa: S311
    pupils = pupil_ids(workspace, group)
    two = copied(workspace, folder / "второй", PASSWORD)
    three = copied(two, folder / "третий", PASSWORD)
    computers = [opening.open_workspace(one.path, None, PASSWORD) for one in (workspace, two)] + [three]
    try:
        for _ in range(STEPS):
            step(computers, pupils, by_chance)
        settle(computers, by_chance)
        check_alike(computers)
        write(computers[0], pupils, by_chance)
        settle(computers, by_chance)
        check_alike(computers)
    finally:
        for one in computers:
            one.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_all_stand_alike_in_the_end(workspace: Workspace, group: Group, tmp_path: Path, seed: int) -> None:
    live(workspace, group, tmp_path, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 33))
def test_all_stand_alike_in_the_end_however_often(
    workspace: Workspace, group: Group, tmp_path: Path, seed: int
) -> None:
    live(workspace, group, tmp_path, seed)

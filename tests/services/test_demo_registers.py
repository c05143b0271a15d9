"""The registers of the demonstration school are full, and one agreement is about to end whenever it is built."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from kept_workspaces import create
from support import PASSWORD

from profdesk.domain.access import NewUser
from profdesk.domain.batch import BatchKind
from profdesk.domain.registers import AGREEMENTS, ALL, DEMAND, STAFF
from profdesk.services import batches, demo_registers, registers


def test_every_register_is_filled_as_a_school_would(tmp_path: Path) -> None:
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(tmp_path / "desk", owner).workspace
    shipped = [one for one in ALL.values() if not one.is_of_pupils]
    reported: list[tuple[int, int]] = []
    today = date(2026, 11, 25)
    demo_registers.fill(made, today, lambda done, total: reported.append((done, total)))
    counts = registers.counts(made, made.actor)
    assert set(counts) == set(ALL)
    assert all(counts[one.code] for one in shipped)
    assert reported[-1] == (len(shipped), len(shipped))
    ends = [one.values["valid_until"] for one in registers.book(made, made.actor, AGREEMENTS).entries]
    days = [day for day in ends if isinstance(day, date)]
    assert [day for day in days if today <= day <= today + timedelta(days=30)] == [today + timedelta(days=19)]
    assert any(day < today for day in days)
    assert {one.values["year"] for one in registers.book(made, made.actor, DEMAND).entries} == {2025, 2026}
    assert any(one.values["left_on"] for one in registers.book(made, made.actor, STAFF).entries)
    acts = batches.done(made, made.actor)
    assert {act.kind for act in acts} == {BatchKind.IMPORT}
    assert len(acts) == len(shipped)
    made.close()

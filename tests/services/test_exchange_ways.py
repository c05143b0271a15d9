"""Ways that files go: made by an older program, by a third computer out of order, and from clocks that are ahead."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from exchange_files import Room, accepted, check_chains, frames_of, joined, remade, sent, taken_back
from exchange_rooms import shown, told
from support import FIRST, YEAR, mark, pupil_ids

from profdesk.domain.exchange import AHEAD_MS
from profdesk.domain.people import Group
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.errors import WrongInputError
from profdesk.services import certificates, clocks, exchange, pupils
from profdesk.signing.exchange_file import Frame
from profdesk.storage import journal
from profdesk.storage.clock import HybridClock, _wall
from profdesk.storage.exchange import packed, unpacked

Rooms = tuple[Room, Room]
Stages = dict[str, int]


def stages(room: Room, group: Group) -> Stages:
    with room.workspace.unit(room.workspace.actor) as unit:
        return {cell.competency: stage for cell, stage in unit.portfolio.stages(group.id, FIRST).items()}


def check_alike(*rooms: Room) -> None:
    for room in rooms:
        check_chains(room)
        for schema in ("main", "psy"):
            there, first = shown(room.workspace, schema), shown(rooms[0].workspace, schema)
            assert there == told(room.workspace, schema).rows
            assert {place: row for place, row in there.items() if place[0] != "deed"} == {
                place: row for place, row in first.items() if place[0] != "deed"
            }


def older(frames: Sequence[Frame], without: Callable[[str], frozenset[str]]) -> list[Frame]:
    """What a program would have sent that did not know some fields of some tables yet."""
    operations, previous = list[dict[str, Any]](), ""
    for one in unpacked(zlib.decompress(frames[1].data)):
        fields = json.loads(one["fields"])
        kept = {name: pair for name, pair in fields.items() if name not in without(one["table_name"])}
        made = {**one, "fields": json.dumps(kept), "previous": previous or one["previous"]}
        previous = journal.hash_of(made)
        operations.append({**made, "hash": previous})
    return [frames[0], Frame(b"O", zlib.compress(packed(operations))), *frames[2:]]


def test_a_file_of_an_older_program_is_taken_and_what_it_did_not_know_has_its_first_value(
    rooms: Rooms, group: Group, tmp_path: Path
) -> None:
    one, two = rooms
    entry = PupilEntry("Новый", "Саша", "Ильич", "02.06.2013", None, "7А")
    pupils.add(one.workspace, one.workspace.actor, entry, YEAR)
    newcomer = pupil_ids(one.workspace, group)[-1]
    certificates.issue(one.workspace, one.workspace.actor, group.id, [newcomer], tmp_path / "сертификат.pdf")
    path = sent(one, two, tmp_path / "1.profdesk")
    unknown = {"pupil": frozenset({"patronymic"}), "certificate": frozenset({"series", "code", "withdrawn_on"})}
    frames = older(frames_of(path, one, two), lambda table: unknown.get(table, frozenset()))
    made = remade(path, one, two, frames, {"schema": "0005", "program": "0.5"})
    preview = exchange.look(two.workspace, two.workspace.actor, made)
    assert accepted(two, made).preview == preview
    here, there = shown(one.workspace), shown(two.workspace)
    assert here["pupil", newcomer]["patronymic"] == "Ильич"
    assert there["pupil", newcomer] == {**here["pupil", newcomer], "patronymic": None, "folded": "новый саша"}
    (certificate,) = (place for place in here if place[0] == "certificate")
    assert there[certificate] == {**here[certificate], "series": "", "code": "", "withdrawn_on": None}
    check_chains(two)
    assert there == told(two.workspace).rows
    newer = remade(path, one, two, frames, {"schema": "0010"})
    with pytest.raises(WrongInputError, match="более новой программой"):
        accepted(two, newer)


def test_chains_that_come_by_a_third_computer_before_their_own_files(
    rooms: Rooms, group: Group, tmp_path: Path
) -> None:
    one, two = rooms
    one, three = joined(one.workspace, tmp_path / "третий")
    accepted(two, sent(one, two, tmp_path / "0.profdesk"))
    pupil = pupil_ids(one.workspace, group)[0]
    mark(one.workspace, FIRST, (pupil, "planning", 1))
    first = sent(one, two, tmp_path / "1.profdesk")
    mark(one.workspace, FIRST, (pupil, "planning", 2))
    second = sent(one, two, tmp_path / "2.profdesk")
    accepted(three, sent(one, three, tmp_path / "3.profdesk"))
    mark(three.workspace, FIRST, (pupil, "flexibility", 3))
    by_third = accepted(two, sent(three, two, tmp_path / "4.profdesk"))
    assert stages(two, group) == {"planning": 2, "flexibility": 3}
    assert accepted(two, second).preview.operations == 0, "that it was made is not known to the third one"
    assert accepted(two, first).package is None
    assert by_third.package is not None
    mark(two.workspace, FIRST, (pupil, "initiative", 1))
    accepted(one, sent(two, one, tmp_path / "5.profdesk"))
    accepted(three, sent(one, three, tmp_path / "6.profdesk"))
    check_alike(one, two, three)
    three.workspace.close()
    one.workspace.close()


def test_an_acceptance_of_what_waits_is_undone_and_all_of_it_comes_again(
    rooms: Rooms, group: Group, tmp_path: Path
) -> None:
    one, two = rooms
    two.workspace._clock = HybridClock(two.workspace._last, lambda: _wall() + 40 * AHEAD_MS)
    pupil = pupil_ids(two.workspace, group)[0]
    done = []
    for at, code in enumerate(("planning", "flexibility")):
        mark(two.workspace, FIRST, (pupil, code, 1 + at))
        done.append(accepted(one, sent(two, one, tmp_path / f"{at}.profdesk")))
    before = [told.count for told in clocks.postponed(one.workspace, one.workspace.actor)]
    assert before == [sum(told.preview.postponed for told in done)]
    taken_back(one, done[1])
    assert not clocks.postponed(one.workspace, one.workspace.actor), "what waits of it comes again whole"
    accepted(one, tmp_path / "1.profdesk")
    assert [told.count for told in clocks.postponed(one.workspace, one.workspace.actor)] == before
    clocks.bring_forward(one.workspace, one.workspace.actor, two.id)
    assert stages(one, group) == {"planning": 1, "flexibility": 2}
    two.workspace._clock = HybridClock(two.workspace._last)
    for again in range(2):
        accepted(two, sent(one, two, tmp_path / f"{again} туда.profdesk"))
        accepted(one, sent(two, one, tmp_path / f"{again} обратно.profdesk"))
    check_alike(one, two)

"""A computer whose older copy was restored goes on under a fresh id, and gets back what it lost from the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exchange_files import Room, accepted, joined, sent
from exchange_rooms import shown
from sqlalchemy import text
from support import FIRST, PASSWORD, mark, pupil_ids

from profdesk.domain.computers import Computer, renewed
from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.mark import MissingRecordsError
from profdesk.domain.people import Group
from profdesk.domain.retention import RecordKind
from profdesk.errors import WrongInputError
from profdesk.services import backups, certificates, computers, erasure, exchange, recovery
from profdesk.storage import database, erased, journal, opening
from profdesk.storage.models import PsyOperationRow
from profdesk.storage.workspace import Session, Workspace

Rooms = tuple[Room, Room]


def now_open(room: Room) -> Room:
    """The same folder opened anew, whatever the computer is called there."""
    room.workspace.close()
    opened = opening.open_workspace(room.workspace.path, None, PASSWORD, without_lost=True)
    with opened.unit(opened.actor) as unit:
        return Room(unit.computers.own_id, opened)


def stages(room: Room, group: Group) -> dict[str, int]:
    with room.workspace.unit(room.workspace.actor) as unit:
        return {cell.competency: stage for cell, stage in unit.portfolio.stages(group.id, FIRST).items()}


def check_alike(one: Room, two: Room) -> None:
    for schema in ("main", "psy"):
        first, second = (
            {place: row for place, row in shown(room.workspace, schema).items() if place[0] != "deed"}
            for room in (one, two)
        )
        assert first == second
    for room in (one, two):
        with Session(room.workspace._engine) as session:
            assert journal.broken_link(session) is None
            assert journal.broken_link(session, PsyOperationRow) is None


def test_what_an_older_copy_lacks_comes_back_and_nobody_is_told_of_a_fork(
    rooms: Rooms, group: Group, tmp_path: Path
) -> None:
    one, two = rooms
    pupil = pupil_ids(one.workspace, group)[0]
    mark(two.workspace, FIRST, (pupil, "planning", 1))
    copy = backups.make(two.workspace, two.workspace.actor)[0]
    mark(two.workspace, FIRST, (pupil, "planning", 2), (pupil, "flexibility", 3))
    accepted(one, sent(two, one, tmp_path / "1.profdesk"))
    accepted(two, sent(one, two, tmp_path / "2.profdesk"))
    stale = sent(one, two, tmp_path / "3.profdesk")
    backups.restore(two.workspace, two.workspace.actor, copy)
    again = now_open(two)
    assert again.id != two.id
    assert stages(again, group) == {"planning": 1}
    mark(again.workspace, FIRST, (pupil, "initiative", 1))

    with pytest.raises(WrongInputError, match="Не хватает"):
        accepted(again, stale)
    accepted(one, sent(again, one, tmp_path / "4.profdesk"))
    assert [found.id for found in computers.all_of(one.workspace, one.workspace.actor)] == [one.id, again.id]
    assert exchange.waiting(one.workspace, one.workspace.actor).keys() == {again.id}
    accepted(again, sent(one, Room(two.id, two.workspace), tmp_path / "5.profdesk"))
    assert stages(again, group) == stages(one, group) == {"planning": 2, "flexibility": 3, "initiative": 1}
    check_alike(one, again)

    mark(one.workspace, FIRST, (pupil, "planning", 3))
    mark(again.workspace, FIRST, (pupil, "flexibility", 0))
    accepted(one, sent(again, one, tmp_path / "6.profdesk"))
    accepted(again, sent(one, again, tmp_path / "7.profdesk"))
    assert stages(again, group) == stages(one, group) == {"planning": 3, "flexibility": 0, "initiative": 1}
    check_alike(one, again)


def test_its_numbers_end_otherwise_and_a_file_made_for_it_before_is_taken(
    rooms: Rooms, group: Group, tmp_path: Path
) -> None:
    one, two = rooms
    copy = backups.make(two.workspace, two.workspace.actor)[0]
    mark(one.workspace, FIRST, (pupil_ids(one.workspace, group)[0], "planning", 1))
    path = sent(one, two, tmp_path / "1.profdesk")
    backups.restore(two.workspace, two.workspace.actor, copy)
    again = now_open(two)
    assert accepted(again, path).preview.operations
    assert stages(again, group) == {"planning": 1}
    found = {told.id: told for told in computers.all_of(again.workspace, again.workspace.actor)}
    assert two.id not in found
    assert found[again.id].series.startswith("К2-В")
    with again.workspace.unit(again.workspace.actor) as unit:
        former = unit.computers.get(two.id)
    assert former.replaced_by == again.id
    assert (former.address, former.verifying_key) == (found[again.id].address, found[again.id].verifying_key)


def test_papers_of_two_computers_that_bear_one_number_both_stand(
    rooms: Rooms, group: Group, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = rooms
    monkeypatch.setattr("profdesk.storage.computers.renewed", lambda *told: replace(renewed(*told), series="К2-В"))
    copy = backups.make(two.workspace, two.workspace.actor)[0]
    numbers = set[str]()
    for again, pupil in enumerate(pupil_ids(one.workspace, group)[:2]):
        backups.restore(two.workspace, two.workspace.actor, copy)
        two = now_open(two)
        actor = two.workspace.actor
        numbers |= {*certificates.issue(two.workspace, actor, group.id, [pupil], tmp_path / "сертификат.pdf")[0]}
        erasure.erase(two.workspace, actor, [Target(pupil_ids(two.workspace, group)[2])], ErasureKind.TERM, "")
        accepted(one, sent(two, one, tmp_path / f"{again}.profdesk"))
    (number,) = numbers
    for table, count in (("certificate", 2), ("erasure", 2)):
        there = [row["number"] for (of, _), row in shown(one.workspace).items() if of == table]
        assert len(there) == count
        assert len(set(there)) == 1
    certificates.withdraw(one.workspace, one.workspace.actor, number, "испорчен")
    accepted(two, sent(one, two, tmp_path / "обратно.profdesk"))
    accepted(one, sent(two, one, tmp_path / "и снова.profdesk"))
    check_alike(one, two)


def test_two_restores_of_one_day_give_numbers_that_differ() -> None:
    own = Computer("id", "Ноутбук", None, "К2", True, "", "", None, datetime.now(UTC))
    days = (renewed(own, [own], "новый", datetime(2026, 11, 26, hour, 42, tzinfo=UTC)).series for hour in (3, 9))
    morning, later = days
    assert (morning != later, morning[:5], later[-2:]) == (True, "К2-В2", "42")


def test_whoever_knows_of_nobody_takes_a_fresh_id_too(workspace: Workspace) -> None:
    copy = backups.make(workspace, workspace.actor)[0]
    before = workspace._device
    backups.restore(workspace, workspace.actor, copy)
    again = opening.open_workspace(workspace.path, None, PASSWORD)
    assert again._device != before
    with Session(again._engine) as session:
        assert journal.broken_link(session) is None
    again.close()


def test_a_copy_from_before_the_first_joining_forks_nothing_and_files_of_others_are_taken(
    workspace: Workspace, group: Group, tmp_path: Path
) -> None:
    copy = backups.make(workspace, workspace.actor)[0]
    one, two = joined(workspace, tmp_path / "ноутбук")
    pupil = pupil_ids(one.workspace, group)[0]
    mark(one.workspace, FIRST, (pupil, "planning", 1))
    accepted(two, sent(one, two, tmp_path / "1.profdesk"))
    accepted(one, sent(two, one, tmp_path / "2.profdesk"))
    mark(two.workspace, FIRST, (pupil, "flexibility", 2))
    late = sent(two, one, tmp_path / "3.profdesk", from_beginning=True)

    backups.restore(one.workspace, one.workspace.actor, copy)
    again = now_open(one)
    assert again.id != one.id
    assert stages(again, group) == {}
    mark(again.workspace, FIRST, (pupil, "initiative", 3))
    assert accepted(again, late).preview.operations
    accepted(two, sent(again, two, tmp_path / "4.profdesk"))
    accepted(again, sent(two, again, tmp_path / "5.profdesk"))
    accepted(two, sent(again, two, tmp_path / "6.profdesk"))
    assert stages(again, group) == stages(two, group) == {"planning": 1, "flexibility": 2, "initiative": 3}
    check_alike(again, two)
    assert {told.id for told in computers.all_of(two.workspace, two.workspace.actor)} == {again.id, two.id}
    assert not list(again.workspace.path.glob("restored.json")), "what was carried over lies in the database alone"


def test_a_computer_that_was_restored_twice_is_one_computer_to_the_others(
    rooms: Rooms, group: Group, tmp_path: Path
) -> None:
    one, two = rooms
    copy = backups.make(two.workspace, two.workspace.actor)[0]
    for again in range(2):
        backups.restore(two.workspace, two.workspace.actor, copy)
        two = now_open(two)
        mark(two.workspace, FIRST, (pupil_ids(two.workspace, group)[0], "planning", 1 + again))
        accepted(one, sent(two, one, tmp_path / f"{again}.profdesk"))
    assert {told.id for told in computers.all_of(one.workspace, one.workspace.actor)} == {one.id, two.id}
    accepted(two, sent(one, two, tmp_path / "обратно.profdesk"))
    check_alike(one, two)


def test_what_could_be_read_goes_on_under_a_fresh_id(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    mark(two.workspace, FIRST, (pupil_ids(two.workspace, group)[0], "planning", 1))
    two.workspace.close()
    (aside := tmp_path / "спасено").mkdir()
    saved = recovery.save_readable(two.workspace.path, two.workspace.actor.id, PASSWORD, aside)
    opened = opening.open_workspace(saved.folder, None, PASSWORD)
    with opened.unit(opened.actor) as unit:
        again = Room(unit.computers.own_id, opened)
    assert again.id != two.id
    accepted(one, sent(again, one, tmp_path / "1.profdesk"))
    accepted(again, sent(one, again, tmp_path / "2.profdesk"))
    check_alike(one, again)
    opened.close()


def test_what_could_not_be_read_in_the_middle_of_chains_comes_back(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    pupil = pupil_ids(two.workspace, group)[0]
    for at, room in enumerate((one, two, one, two)):
        mark(room.workspace, FIRST, (pupil, ("planning", "flexibility")[at % 2], at))
        accepted(one, sent(two, one, tmp_path / f"{at} 1.profdesk"))
        accepted(two, sent(one, two, tmp_path / f"{at} 2.profdesk"))
    mark(two.workspace, FIRST, (pupil, "initiative", 3))
    with two.workspace._engine.begin() as connection, database.rewritable(connection, "operation"):
        for room in rooms:
            of_room = text(
                "SELECT seq FROM operation WHERE device = :device AND table_name = 'assessment' ORDER BY seq"
            )
            seq = connection.execute(of_room, {"device": room.id}).scalars().first()
            connection.execute(text("DELETE FROM operation WHERE seq = :seq"), {"seq": seq})
    two.workspace.close()
    (aside := tmp_path / "спасено").mkdir()
    saved = recovery.save_readable(two.workspace.path, two.workspace.actor.id, PASSWORD, aside)
    two = now_open(Room(two.id, opening.open_workspace(saved.folder, None, PASSWORD)))
    with Session(two.workspace._engine) as session:
        assert journal.broken_link(session) is not None
    for again in range(3):
        accepted(one, sent(two, one, tmp_path / f"{again} туда.profdesk"))
        path = sent(one, two, tmp_path / f"{again} обратно.profdesk")
        try:
            accepted(two, path)
        except WrongInputError:
            assert again == 1, "its sender did not know yet what is missing"
    assert stages(two, group) == stages(one, group) == {"planning": 2, "flexibility": 3, "initiative": 3}
    check_alike(one, two)
    two.workspace.close()


def test_going_on_without_lost_records_takes_a_fresh_id_too(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    two.workspace.close()
    (kept := tmp_path / "старое").mkdir()
    for name in ("desk.db", "psy.db"):
        (kept / name).write_bytes((two.workspace.path / name).read_bytes())
    two = now_open(two)
    mark(two.workspace, FIRST, (pupil_ids(two.workspace, group)[0], "planning", 1))
    accepted(one, sent(two, one, tmp_path / "1.profdesk"))
    two.workspace.close()
    for name in ("desk.db", "psy.db"):
        (two.workspace.path / name).write_bytes((kept / name).read_bytes())
    with pytest.raises(MissingRecordsError):
        opening.open_workspace(two.workspace.path, None, PASSWORD)
    again = now_open(two)
    assert again.id != two.id
    accepted(one, sent(again, one, tmp_path / "2.profdesk"))
    accepted(again, sent(one, again, tmp_path / "3.profdesk"))
    assert stages(again, group) == {"planning": 1}
    check_alike(one, again)


def test_destroying_anew_what_an_older_copy_brought_back_spares_what_was_made_since(
    rooms: Rooms, group: Group, tmp_path: Path
) -> None:
    """Others recorded it knowing that what was before is gone; the older copy knew of neither."""
    one, two = rooms
    pupil, other = pupil_ids(one.workspace, group)[:2]
    mark(one.workspace, FIRST, (pupil, "planning", 1), (other, "planning", 1))
    accepted(two, sent(one, two, tmp_path / "1.profdesk"))
    copy = backups.make(two.workspace, two.workspace.actor)[0]
    for at, child in enumerate((pupil, other), 2):
        target = Target(child, frozenset({RecordKind.PORTFOLIO}))
        if child == other:
            mark(one.workspace, FIRST, (other, "initiative", 2))
        erasure.erase(one.workspace, one.workspace.actor, [target], ErasureKind.WITHDRAWN, "заявление № 5")
        mark(one.workspace, FIRST, (child, "flexibility", 3))
        accepted(two, sent(one, two, tmp_path / f"{at}.profdesk"))
    mark(two.workspace, FIRST, (pupil, "initiative", 0))
    accepted(one, sent(two, one, tmp_path / "4.profdesk"))
    backups.restore(two.workspace, two.workspace.actor, copy)
    again = now_open(two)
    erased.finish(again.workspace, again.workspace.actor, datetime.now(UTC))
    assert stages(again, group) == {}
    accepted(one, sent(again, one, tmp_path / "5.profdesk"))
    accepted(again, sent(one, again, tmp_path / "6.profdesk"))
    accepted(one, sent(again, one, tmp_path / "7.profdesk"))
    with one.workspace.unit(one.workspace.actor) as unit:
        there = {(cell.pupil, cell.competency): stage for cell, stage in unit.portfolio.stages(group.id, FIRST).items()}
    assert there == {(pupil, "flexibility"): 3, (other, "flexibility"): 3, (pupil, "initiative"): 0}
    check_alike(one, again)

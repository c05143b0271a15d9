"""An erasure travels as an erasure: nothing of the pupil is left on another computer, and all chains check."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from erasure_room import NAME, Room, marks_of_registers, pages
from exchange_rooms import bring, copied, device_of, shown, told
from part_rooms import NOW
from sqlalchemy import Column, select, text
from support import FIRST, PASSWORD

from profdesk.domain.computers import Computer
from profdesk.domain.erasure import OF_PUPIL, ErasureKind, Target
from profdesk.domain.exchange import AHEAD_MS
from profdesk.domain.portfolio import Basis, Cell, Mark
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS
from profdesk.domain.retention import RecordKind
from profdesk.services import clocks
from profdesk.storage import erased, erasure_plan, journal, opening
from profdesk.storage.clock import HybridClock, _wall
from profdesk.storage.exchange_models import PsyQuarantinedRow, QuarantinedRow
from profdesk.storage.models import CertificateRow, ConsentRow, OperationRow, PsyOperationRow, PupilRow
from profdesk.storage.workspace import Session, Workspace


@pytest.fixture
def room(workspace: Workspace) -> Room:
    made = Room(workspace, codes={("attachment", "register"): ACHIEVEMENTS.code})
    made.fill()
    made.name_elsewhere()
    return made


@pytest.fixture
def pair(room: Room, tmp_path: Path) -> tuple[Workspace, Workspace]:
    """The computer with the pupil, and another one that begins with all of it."""
    other = copied(room.workspace, tmp_path / "ноутбук", PASSWORD)
    room.workspace = one = opening.open_workspace(room.workspace.path, None, PASSWORD)
    devices = {device_of(one): "", device_of(other): "К2"}
    with one.unit(one.actor) as unit:
        for device, series in devices.items():
            unit.computers.put(Computer(device, "кабинет", None, series, True, "", "", "", NOW))
    bring(one, other)
    return one, other


def erase(workspace: Workspace, pupil: str, kinds: frozenset[RecordKind] = OF_PUPIL) -> str:
    targets = [Target(pupil, kinds)]
    return erased.carry_out(workspace, workspace.actor, targets, ErasureKind.WITHDRAWN, "заявление № 5", (NAME,), NOW)


def take(sender: Workspace, receiver: Workspace) -> None:
    """Take in what is not known, in one transaction, and clean up as accepting a file does."""
    with receiver.unit(receiver.actor) as unit:
        known = unit.exchange.known()
    sent = {}
    with sender.unit(sender.actor) as unit:
        for name, seen in known.items():
            operations = list(unit.exchange.unseen(name, seen))
            sent[name] = operations, unit.exchange.contents(name, operations)
    with receiver.unit(receiver.actor) as unit:
        for name, (operations, contents) in sent.items():
            unit.exchange.take(name, operations, contents)
        files = unit.exchange.erased.files
        erased.before_commit(receiver.path, files["main"], files["psy"])
    erased.finish(receiver, receiver.actor, NOW)


def on_disk(workspace: Workspace) -> bytes:
    keys = workspace.keys
    path = workspace.path
    workspace.close()
    assert keys.psy is not None
    return pages(path / "desk.db", keys.desk) + pages(path / "psy.db", keys.psy)


def sound(*workspaces: Workspace) -> None:
    for workspace in workspaces:
        with Session(workspace._engine) as session:
            assert journal.broken_link(session) is None
            assert journal.broken_link(session, PsyOperationRow) is None
            assert not session.execute(text("PRAGMA foreign_key_check")).all()


def note(workspace: Workspace, pupil: str, words: str) -> None:
    with workspace.unit(workspace.actor) as unit:
        unit.portfolio.append([Mark(Cell(pupil, words), 2)], FIRST, Basis.OBSERVATION, date(2026, 11, 2), NOW)


def test_nothing_of_the_pupil_is_left_on_another_computer(room: Room, pair: tuple[Workspace, Workspace]) -> None:
    one, two = pair
    note(two, room.pupil, "ПОЗДНЕЕ")
    erase(one, room.pupil)
    take(one, two)
    sound(one, two)
    for schema in ("main", "psy"):
        assert shown(two, schema) == told(two, schema).rows
    left = on_disk(two)
    marks = {*room.marks, "ПОЗДНЕЕ", NAME.given, NAME.full}
    assert {mark for mark in marks if mark.encode() in left} <= marks_of_registers()
    assert left.count(NAME.surname.encode()) == left.count("Зимородкова".encode())


def test_both_stand_alike_and_what_stays_of_others_stays(room: Room, pair: tuple[Workspace, Workspace]) -> None:
    one, two = pair
    note(two, room.other, "planning")
    erase(one, room.pupil)
    stays = {place: row for place, row in shown(one).items() if place[0] != "assessment"}
    for _ in range(2):
        take(one, two)
        take(two, one)
    assert shown(one) == shown(two) == told(one).rows == told(two).rows
    assert stays.items() <= shown(two).items()
    assert ("certificate", room.made[CertificateRow]) in shown(two)
    assert shown(one, "psy") == shown(two, "psy") == told(one, "psy").rows
    sound(one, two)


def test_what_comes_later_of_somebody_erased_is_never_shown(room: Room, pair: tuple[Workspace, Workspace]) -> None:
    one, two = pair
    note(two, room.pupil, "ПОЗДНЕЕ")
    with two.unit(two.actor) as unit:
        row = unit.pupils._session.get_one(ConsentRow, room.made[ConsentRow])
        row.withdrawn_by = "ОТОЗВАЛА-МАТЬ"
        with_certificate = unit.pupils._session.get_one(CertificateRow, room.made[CertificateRow])
        with_certificate.withdrawn_reason = "ОШИБКА-В-ИМЕНИ"
    erase(one, room.pupil)
    before = shown(one)
    take(two, one)
    assert {place: row for place, row in shown(one).items() if place[0] != "erasure_tally"} == before
    sound(one)
    take(one, two)
    take(two, one)
    sound(one, two)
    assert shown(one) == shown(two)
    left = on_disk(one)
    assert not [mark for mark in ("ПОЗДНЕЕ", "ОТОЗВАЛА-МАТЬ", "ОШИБКА-В-ИМЕНИ") if mark.encode() in left]


def test_two_computers_erase_one_pupil_at_once(room: Room, pair: tuple[Workspace, Workspace]) -> None:
    one, two = pair
    note(one, room.pupil, "planning")
    note(two, room.pupil, "flexibility")
    acts = {erase(one, room.pupil), erase(two, room.pupil)}
    for _ in range(3):
        take(one, two)
        take(two, one)
    assert shown(one) == shown(two) == told(one).rows
    sound(one, two)
    for workspace in pair:
        with workspace.unit(workspace.actor) as unit:
            assert {act.id for act in unit.erasure.all()} == acts
            assert not unit.erasure.there([room.pupil])


def test_emptying_one_more_by_hand_is_noticed_on_each_computer(room: Room, pair: tuple[Workspace, Workspace]) -> None:
    one, two = pair
    note(two, room.pupil, "ПОЗДНЕЕ")
    erasure = erase(one, room.pupil)
    take(one, two)
    take(two, one)
    for workspace in pair:
        with Session(workspace._engine) as session:
            other = session.scalars(select(OperationRow.seq).where(OperationRow.erased.is_(None))).first()
        with workspace._engine.begin() as connection:
            connection.execute(text("DROP TRIGGER operation_no_update"))
            change = text("UPDATE operation SET fields = '{}', erased = :erasure WHERE seq = :seq")
            connection.execute(change, {"erasure": erasure, "seq": other})
        with Session(workspace._engine) as session:
            assert journal.broken_link(session) is not None


def test_whoever_turned_out_elsewhere_to_be_the_pupil_goes_too(room: Room, pair: tuple[Workspace, Workspace]) -> None:
    one, two = pair
    with two.unit(two.actor) as unit:
        unit.pupils._session.get_one(PupilRow, room.other).merged_into = room.pupil
    erase(one, room.pupil)
    for _ in range(2):
        take(one, two)
        take(two, one)
    for workspace in pair:
        with workspace.unit(workspace.actor) as unit:
            assert not unit.erasure.there([room.pupil, room.other])
    sound(one, two)


class Later(Room):
    """What is written in other years: a pupil is in one class a year."""

    def _plain(self, column: Column[object]) -> object:
        plain = super()._plain(column)
        return plain + 100 if type(plain) is int else plain


def made_later(workspace: Workspace, pupil: str, tag: str) -> Later:
    made = Later(workspace, tag, {("attachment", "register"): ACHIEVEMENTS.code})
    made.pupil = made.made[PupilRow] = pupil
    made.fill()
    return made


def test_what_is_made_since_of_the_kinds_that_went_stays_on_every_computer(
    room: Room, pair: tuple[Workspace, Workspace]
) -> None:
    one, two = pair
    note(two, room.pupil, "НЕ-ЗНАЛИ")
    erase(one, room.pupil, OF_PUPIL - {RecordKind.CARD})
    later = made_later(one, room.pupil, "-ПОСЛЕ")
    for _ in range(2):
        take(one, two)
        take(two, one)
    note(two, room.pupil, "ЗНАЛИ")
    take(two, one)
    take(one, two)
    rows = {**shown(one), **shown(one, "psy")}
    assert {(table.__tablename__, record) for table, record in later.made.items()} <= rows.keys()
    assert [row["competency"] for (table, _), row in rows.items() if table == "assessment"].count("ЗНАЛИ") == 1
    for schema in ("main", "psy"):
        assert shown(one, schema) == shown(two, schema) == told(one, schema).rows == told(two, schema).rows
    sound(one, two)
    card = {table.__tablename__ for table in erasure_plan.OF_PUPIL[RecordKind.CARD]}
    gone = {mark for mark in room.marks - marks_of_registers() if mark.split("-")[1] not in card}
    for workspace in pair:
        left = on_disk(workspace)
        assert not [mark for mark in (*gone, "НЕ-ЗНАЛИ") if mark.encode() in left]
        assert all(mark.encode() in left for mark in later.marks)


@pytest.fixture
def late(room: Room, pair: tuple[Workspace, Workspace]) -> Room:
    """The pupil on the second computer, whose clock is a year ahead by now: every table says more there."""
    _, two = pair
    two._clock = HybridClock(two._last_reading(two.keys), lambda: _wall() + 365 * AHEAD_MS)
    made = Later(two, "-ЖДЁТ", {("attachment", "register"): ACHIEVEMENTS.code})
    made.pupil = made.made[PupilRow] = room.pupil
    made.fill()
    return made


def take_all(sender: Workspace, receiver: Workspace) -> None:
    """Take in what is not known, with the kept files."""
    take(sender, receiver)
    for name in ("files", "files-psy"):
        shutil.copytree(sender.path / name, receiver.path / name, dirs_exist_ok=True)


def waiting(workspace: Workspace) -> str:
    """All that waits because of a clock, as it is kept."""
    with Session(workspace._engine) as session:
        found = [
            session.scalars(select(kind.operation + kind.contents)) for kind in (QuarantinedRow, PsyQuarantinedRow)
        ]
        return "".join(chain.from_iterable(found))


def check_gone(late: Room, one: Workspace) -> None:
    """Nothing that waits says anything of the pupil; once it is taken as done now both stand alike."""
    left = waiting(one)
    assert "-ЖДЁТ" not in left
    assert '"erased": null' in left, "the other pupils of that computer wait on"
    there = {path.name for path in one.path.glob("files*/*/*")}
    assert there.isdisjoint(late.files.values())
    clocks.bring_forward(one, one.actor, device_of(late.workspace))
    late.workspace._clock = HybridClock(late.workspace._last_reading(late.workspace.keys))
    for _ in range(2):
        take(one, late.workspace)
        take(late.workspace, one)
    for workspace in (one, late.workspace):
        assert shown(workspace) == told(workspace).rows
        assert shown(workspace, "psy") == told(workspace, "psy").rows
        sound(workspace)
    assert shown(one) == shown(late.workspace)
    assert shown(one, "psy") == shown(late.workspace, "psy")


def test_what_waits_of_the_pupil_is_emptied_where_the_erasure_is_made(
    late: Room, pair: tuple[Workspace, Workspace]
) -> None:
    one, two = pair
    take_all(two, one)
    assert "-ЖДЁТ" in waiting(one)
    erase(one, late.pupil)
    check_gone(late, one)


def test_what_waits_of_the_pupil_is_emptied_where_the_erasure_comes_from_elsewhere(
    late: Room, pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, two = pair
    third = copied(one, tmp_path / "третий", PASSWORD)
    one = opening.open_workspace(one.path, None, PASSWORD)
    take_all(two, one)
    erase(third, late.pupil)
    take(third, one)
    check_gone(late, one)


def test_what_comes_to_wait_of_somebody_erased_waits_empty(late: Room, pair: tuple[Workspace, Workspace]) -> None:
    one, two = pair
    erase(one, late.pupil)
    shutil.copytree(two.path / "files", one.path / "files", dirs_exist_ok=True)
    take(two, one)
    check_gone(late, one)

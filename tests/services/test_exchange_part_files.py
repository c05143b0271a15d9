"""A teacher's computer over real files: nothing but the own class in any frame, and nothing else taken back from it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from erasure_room import Room
from support import CHEAP, FIRST, YEAR, mark

from profdesk.domain.access import Reach, Role
from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.people import GroupName
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS
from profdesk.domain.users import Draft
from profdesk.errors import WrongInputError
from profdesk.services import computers, erasure, exchange, joining
from profdesk.signing import exchange_file
from profdesk.storage import journal
from profdesk.storage.computers import key_bytes
from profdesk.storage.models import GroupRow, PupilRow
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Session, Workspace

TEACHER = Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER}))


class School(NamedTuple):
    whole: Workspace
    teacher: Workspace
    own: Room
    other: Room
    package: Path

    def send(self, sender: Workspace, receiver: Workspace) -> Path:
        with receiver.unit(receiver.actor) as unit:
            device = unit.computers.own_id
        path = self.package.parent / f"{datetime.now(UTC).timestamp()}.profdesk"
        exchange.send(sender, sender.actor, device, path)
        return path

    def give(self, sender: Workspace, receiver: Workspace) -> None:
        exchange.accept(receiver, receiver.actor, self.send(sender, receiver))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))


@pytest.fixture
def school(workspace: Workspace, tmp_path: Path) -> Iterator[School]:
    """Two classes with a pupil each of whom every table says something; the teacher leads the first."""
    codes = {
        ("attachment", "register"): ACHIEVEMENTS.code,
        ("pupil_file", "people"): "{}",
        ("pupil_file", "classes"): "[]",
    }
    rooms = Room(workspace, "-СВОЙ", codes), Room(workspace, "-ЧУЖОЙ", codes)
    groups = []
    for room, letter in zip(rooms, "АБ", strict=True):
        with workspace.unit(workspace.actor) as unit:
            groups.append(unit.pupils.ensure_group(GroupName(f"7 «{letter}»", 7, letter), "basic", YEAR).id)
            unit.pupils.enrol(room.pupil, groups[-1], YEAR)
        room.made[GroupRow] = groups[-1]
        room.fill()
    with workspace.unit(workspace.actor) as unit:
        person = unit.users.add(TEACHER, datetime.now(UTC))
        unit.class_teachers.give(person, [groups[0]], YEAR)
    package = tmp_path / "пакет.profdesk"
    code, _ = computers.kit(workspace, workspace.actor, person, "Кабинет 12", False, package)
    teacher = joining.join(package, code, tmp_path / "второй", "пароль второго").workspace
    teacher.actor = replace(teacher.actor, reach=Reach.ALL)
    yield School(workspace, teacher, *rooms, package)
    teacher.close()


def inside(school: School, path: Path) -> bytes:
    """All that the receiver can decrypt of a file."""
    with school.whole.unit(school.whole.actor) as unit:
        maker = unit.computers.get(unit.computers.own_id)
    with school.teacher.unit(school.teacher.actor) as unit:
        secrets = unit.computers.secrets()
    assert secrets is not None
    found = bytearray()

    def take(frame: exchange_file.Frame) -> None:
        found.extend(zlib.decompress(frame.data) if frame.kind == b"O" else frame.data)

    exchange_file.read(path, key_bytes(maker.verifying_key), secrets.desk, take)
    return bytes(found)


def test_no_frame_of_package_or_changes_holds_anything_of_another_class(school: School) -> None:
    kit = inside(school, school.package)
    with school.whole.unit(school.whole.actor) as unit:
        row = unit.pupils._session.get_one(PupilRow, school.other.pupil)
        row.given = "ПЕРЕИМЕНОВАН"
    mark(school.whole, FIRST, (school.own.pupil, "planning", 2), (school.other.pupil, "ЧУЖАЯ-КЛЕТКА", 2))
    changes = inside(school, school.send(school.whole, school.teacher))
    foreign = {*school.other.marks, school.other.pupil, *school.other.files.values(), "ПЕРЕИМЕНОВАН", "ЧУЖАЯ-КЛЕТКА"}
    for found in (kit, changes):
        assert not [one for one in foreign if one.encode() in found]
        assert b"signing_key" not in found
    kept = {**school.own.files}
    assert {table for table, digest in kept.items() if digest.encode() in kit} == {"evidence", "attachment"}
    assert b"planning" in changes
    assert {path.name for path in school.teacher.path.glob("files*/*/*")} == {kept["evidence"], kept["attachment"]}


def test_what_the_teacher_did_comes_back_and_of_another_class_nothing_is_taken(school: School) -> None:
    mark(school.teacher, FIRST, (school.own.pupil, "planning", 3))
    school.give(school.teacher, school.whole)
    with school.whole.unit(school.whole.actor) as unit:
        cells = {cell.pupil for cell in unit.portfolio.stages(school.own.made[GroupRow], FIRST)}
    assert cells == {school.own.pupil}
    with school.teacher._engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO pupil (id, surname, given, folded, birth_date) VALUES (?, 'Х', 'Х', 'х', '2013-01-01')",
            (school.other.pupil,),
        )
    mark(school.teacher, FIRST, (school.other.pupil, "planning", 1))
    with pytest.raises(WrongInputError, match="чужого класса: Ромашкина"):
        school.give(school.teacher, school.whole)


def test_an_erasure_reaches_the_teachers_computer_and_its_files_go(school: School) -> None:
    targets = [Target(school.own.pupil)]
    with school.teacher.unit(school.teacher.actor) as unit:
        assert unit.erasure.there([school.own.pupil])
    erasure.erase(school.whole, school.whole.actor, targets, ErasureKind.WITHDRAWN, "заявление № 5")
    path = school.send(school.whole, school.teacher)
    preview = exchange.look(school.teacher, school.teacher.actor, path)
    done, _ = exchange.accept(school.teacher, school.teacher.actor, path)
    assert done.preview == preview
    assert not list(school.teacher.path.glob("files*/*/*"))
    with school.teacher.unit(school.teacher.actor) as unit:
        assert not unit.erasure.there([school.own.pupil])
    assert done.package is not None
    with pytest.raises(WrongInputError, match="уничтожение"):
        exchange.undo(school.teacher, school.teacher.actor, done.package)
    with Session(school.teacher._engine) as session:
        assert journal.broken_link(session) is None
    school.give(school.teacher, school.whole)
    with Session(school.whole._engine) as session:
        assert journal.broken_link(session) is None

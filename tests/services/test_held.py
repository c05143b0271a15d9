"""Everything kept of one child as one file: every table, every file, and who looked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from erasure_room import NAME, OTHER, Room
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor, Role
from profdesk.domain.deeds import DeedKind
from profdesk.errors import AccessError, NotFoundError, WrongInputError
from profdesk.services import deeds, held
from profdesk.storage import erasure_plan
from profdesk.storage.erasure_plan import CHILDREN, FILES, OF_PUPIL, is_psy
from profdesk.storage.people_models import DeedRow
from profdesk.storage.workspace import Workspace

CODES: Mapping[tuple[str, str], str] = {
    ("enrolment", "left_reason"): "left",
    ("assessment", "basis"): "observation",
    ("consent", "kind"): "personal",
    ("answer_sheet", "mode"): "paper",
    ("consultation", "kind"): "consultation",
    ("consultation", "whom"): "pupil",
    ("activity", "state"): "held",
    ("activity", "audience"): "pupils",
    ("deed", "kind"): "printed",
    ("pupil_file", "people"): "{}",
    ("pupil_file", "classes"): "[]",
}


@pytest.fixture
def room(workspace: Workspace) -> Room:
    made = Room(workspace, codes=CODES)
    made.fill()
    return made


def coordinator(workspace: Workspace) -> Actor:
    return replace(workspace.actor, roles=frozenset({Role.COORDINATOR}))


def read(path: Path) -> tuple[dict[str, object], str, dict[str, bytes]]:
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        data = json.loads(archive.read("сведения.json"))
        page = archive.read("Сведения.html").decode()
        return data, page, {name: archive.read(name) for name in names if name.startswith("файлы/")}


def test_every_table_that_speaks_of_the_child_is_in_it(workspace: Workspace, room: Room, tmp_path: Path) -> None:
    target = tmp_path / held.file_name(NAME)
    held.export(workspace, workspace.actor, room.pupil, target, psy=True)
    data, page, files = read(target)
    tables = [table for tables in OF_PUPIL.values() for table in tables] + [child.table for child in CHILDREN]
    assert isinstance(data["tables"], dict)
    assert set(data["tables"]) == {erasure_plan.code(table) for table in tables}
    text = json.dumps(data, ensure_ascii=False)
    assert {mark for mark in room.marks if mark not in text} == set()
    assert len(files) == len(FILES)
    assert {content.decode().split()[1] for content in files.values()} == {table.__tablename__ for table in FILES}
    assert OTHER.surname not in text + page
    assert NAME.full in page
    assert "наблюдение" in page.lower()


def test_who_wrote_and_looked_is_in_it(workspace: Workspace, room: Room) -> None:
    deeds.record(workspace, workspace.actor, DeedKind.PRINTED, "характеристика", [room.pupil])
    found = held.gather(workspace, workspace.actor, room.pupil)
    assert found.journal[0].what == "Печать: характеристика"
    assert found.journal[0].who == workspace.actor.name
    assert len(found.journal) >= 2


def test_what_psychologists_keep_is_left_out_unless_it_is_asked_for(workspace: Workspace, room: Room) -> None:
    found = held.gather(workspace, workspace.actor, room.pupil)
    psy = {name for name, table in erasure_plan.tables().items() if is_psy(table)}
    assert not psy & {section.table for section in found.sections}
    with pytest.raises(AccessError, match="психолог"):
        held.gather(workspace, coordinator(workspace), room.pupil, psy=True)
    assert held.gather(workspace, coordinator(workspace), room.pupil).sections


def test_it_is_journaled_and_whole_or_not_at_all(workspace: Workspace, room: Room, tmp_path: Path) -> None:
    with pytest.raises(WrongInputError):
        held.export(workspace, workspace.actor, room.pupil, tmp_path / "нет такой папки" / "сведения.zip")
    held.export(workspace, workspace.actor, room.pupil, tmp_path / "сведения.zip")
    with Session(workspace._engine) as session:
        query = select(func.count()).select_from(DeedRow)
        told = query.where(DeedRow.kind == "exported", DeedRow.pupil_id == room.pupil)
        assert session.scalar(told) == 1
    assert [path.name for path in tmp_path.glob("*.zip")] == ["сведения.zip"]


@pytest.mark.parametrize("role", [Role.TEACHER, Role.PSYCHOLOGIST, Role.HEAD, Role.READER, Role.ADMINISTRATOR])
def test_others_may_not(workspace: Workspace, role: Role) -> None:
    with pytest.raises(AccessError):
        held.gather(workspace, Actor("1", "Петрова", "", frozenset({role})), "1")


def test_of_nobody_nothing_is_handed_out(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        held.gather(workspace, workspace.actor, "нет")

"""Erasure in the databases: every table counted, nothing left on the disk, the chain whole, nobody comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from erasure_room import NAME, Room, marks_of_registers, pages
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from support import FIRST, PASSWORD

from profdesk.domain.erasure import GONE, ErasureKind, Target
from profdesk.domain.portfolio import Basis, Cell, Mark
from profdesk.domain.retention import OF_PUPIL as KINDS
from profdesk.domain.retention import RecordKind
from profdesk.storage import erased, erasure_plan, journal
from profdesk.storage import opening as storage
from profdesk.storage.erasure_plan import ANONYMOUS, BY_ID_ALONE, CHILDREN, OF_PUPIL, PLAIN, SEARCHED
from profdesk.storage.models import AssessmentRow, CertificateRow, OperationRow, PsyOperationRow, PupilRow, table_of
from profdesk.storage.psy_models import SheetRow
from profdesk.storage.workspace import Workspace

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def room(workspace: Workspace) -> Room:
    made = Room(workspace)
    made.fill()
    made.name_elsewhere()
    return made


def erase(room: Room, kinds: frozenset[RecordKind] = KINDS) -> str:
    workspace = room.workspace
    forms = (NAME,) if RecordKind.CARD in kinds else ()
    return erased.carry_out(
        workspace, workspace.actor, [Target(room.pupil, kinds)], ErasureKind.WITHDRAWN, "заявление № 5", forms, NOW
    )


def on_disk(workspace: Workspace) -> bytes:
    keys = workspace._keys
    assert keys is not None
    assert keys.psy is not None
    path = workspace.path
    workspace.close()
    logs = [log for log in path.glob("*-wal") if log.stat().st_size]
    assert not logs
    return pages(path / "desk.db", keys.desk) + pages(path / "psy.db", keys.psy)


def test_every_table_and_column_of_words_is_decided() -> None:
    for name, table in erasure_plan.tables().items():
        searched, plain = SEARCHED.get(name, frozenset()), PLAIN.get(name, frozenset())
        assert not searched & plain, name
        assert searched | plain == erasure_plan.words(table), name
    assert {*SEARCHED, *PLAIN} <= {*erasure_plan.tables()}


def test_every_table_that_names_a_pupil_is_decided() -> None:
    decided = {table for tables in OF_PUPIL.values() for table in tables} | BY_ID_ALONE
    for name, table in erasure_plan.tables().items():
        columns = table_of(table).columns
        of_pupils = any(key.column.table is table_of(PupilRow) for column in columns for key in column.foreign_keys)
        if of_pupils or "pupil_id" in columns:
            assert table in decided, name
        belongs = {"sheet_id", "entry"} & set(columns.keys())
        if belongs:
            assert any(child.table is table for child in CHILDREN), name
    assert set(OF_PUPIL) == KINDS


def test_nothing_of_the_pupil_is_left_on_the_disk(room: Room) -> None:
    marks = room.marks | {NAME.surname, NAME.given, NAME.full}
    before = len(room.marks)
    assert before > 60
    erase(room)
    left = on_disk(room.workspace)
    found = {one for one in marks if one.encode() in left} - marks_of_registers()
    declined_alone = {NAME.surname}
    assert found <= declined_alone
    assert left.count(NAME.surname.encode()) == left.count("Зимородкова".encode())
    assert GONE.encode() in left


def test_what_is_looked_for_is_there_before(room: Room) -> None:
    room.workspace.scrub()
    left = on_disk(room.workspace)
    assert {one for one in room.marks if one.encode() not in left} == set()


def test_the_chain_holds_and_a_forged_erasure_is_noticed(room: Room) -> None:
    erasure = erase(room)
    workspace = room.workspace
    with Session(workspace._engine) as session:
        assert journal.broken_link(session) is None
        assert journal.broken_link(session, PsyOperationRow) is None
        emptied = session.scalars(select(OperationRow).where(OperationRow.erased == erasure)).all()
        assert emptied
        assert {row.fields for row in emptied} == {"{}"}
        other = session.scalars(select(OperationRow.seq).where(OperationRow.erased.is_(None))).first()
    with workspace._engine.begin() as connection:
        connection.execute(text("DROP TRIGGER operation_no_update"))
        change = text("UPDATE operation SET fields = '{}', erased = :erasure WHERE seq = :seq")
        connection.execute(change, {"erasure": erasure, "seq": other})
    with Session(workspace._engine) as session:
        assert journal.broken_link(session) is not None


def test_an_erasure_that_stands_nowhere_is_noticed(room: Room) -> None:
    with room.workspace._engine.begin() as connection:
        connection.execute(text("DROP TRIGGER operation_no_update"))
        connection.execute(text("UPDATE operation SET fields = '{}', erased = 'nobody' WHERE seq = 3"))
    with Session(room.workspace._engine) as session:
        assert journal.broken_link(session) == 3


def test_journals_refuse_changes_again(room: Room) -> None:
    erase(room)
    for journal_name in ("operation", "psy.operation"):
        with pytest.raises(Exception, match="append-only"), room.workspace._engine.begin() as connection:
            connection.execute(text(f"UPDATE {journal_name} SET fields = 'x'"))


def test_files_go_and_those_of_others_stay(room: Room, workspace: Workspace) -> None:
    mine = Room(workspace, "2")
    mine.fill()
    stay = dict(room.files)
    workspace_files = {path.name for path in workspace.path.glob("files*/*/*")}
    assert set(mine.files.values()) | set(stay.values()) <= workspace_files
    erased.carry_out(workspace, workspace.actor, [Target(mine.pupil)], ErasureKind.TERM, "", (NAME,), NOW)
    left = {path.name for path in workspace.path.glob("files*/*/*")}
    assert not left & set(mine.files.values())
    assert set(stay.values()) <= left


def test_a_certificate_keeps_its_number_and_nothing_else(room: Room) -> None:
    erase(room)
    with Session(room.workspace._engine) as session:
        row = session.get_one(CertificateRow, room.made[CertificateRow])
        assert row.number.startswith("МЕТКА")
        assert {name: getattr(row, name) for name in ANONYMOUS[CertificateRow]} == ANONYMOUS[CertificateRow]


def test_some_kinds_go_and_the_pupil_stays(room: Room) -> None:
    erase(room, frozenset({RecordKind.ROUTES, RecordKind.DIAGNOSTICS}))
    with room.workspace.unit(room.workspace.actor) as unit:
        kept = next(one for one in unit.retention.kept(unit.organisation.get().period.year) if one.pupil == room.pupil)
        assert RecordKind.ROUTES not in kept.counts
        assert RecordKind.DIAGNOSTICS not in kept.counts
        assert kept.counts[RecordKind.PORTFOLIO]
    with Session(room.workspace._engine) as session:
        assert journal.broken_link(session) is None
        assert journal.broken_link(session, PsyOperationRow) is None


def test_two_of_one_name_keep_each_others_texts(room: Room, workspace: Workspace) -> None:
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.add(NAME, date(2012, 1, 1), None)
        found = unit.erasure.look([Target(room.pupil)], (NAME,))
        assert found.masked == 0
        assert len(found.mentions) == sum(map(len, SEARCHED.values()))


def test_an_older_copy_brings_nobody_back(room: Room, tmp_path: Path) -> None:
    workspace = room.workspace
    copy = workspace.back_up("до уничтожения")
    erase(room)
    workspace.close()
    for name in ("desk.db", "psy.db"):
        (workspace.path / name).write_bytes((copy / name).read_bytes())
    again = storage.open_workspace(workspace.path, None, PASSWORD, without_lost=True)
    with again.unit(again.actor) as unit:
        assert unit.erasure.there([room.pupil])
    opener = replace(again.actor, id="кто открыл")
    assert erased.finish(again, opener, NOW) == erased.Finished(restored=1)
    with again.unit(again.actor) as unit:
        assert not unit.erasure.there([room.pupil])
        assert [(one.kind, one.actor) for one in unit.erasure.all()] == [(ErasureKind.RESTORED, again.actor.id)]
    assert erased.finish(again, again.actor, NOW) == erased.Finished()
    again.close()


def test_a_copy_made_between_two_erasures_of_some_kinds_brings_back_nothing_of_the_second(room: Room) -> None:
    workspace, kinds = room.workspace, frozenset({RecordKind.PORTFOLIO})
    erase(room, kinds)
    assess(workspace, room.pupil, "МЕЖДУ")
    copy = workspace.back_up("до второго")
    erase(room, kinds)
    workspace.close()
    for name in ("desk.db", "psy.db"):
        (workspace.path / name).write_bytes((copy / name).read_bytes())
    again = storage.open_workspace(workspace.path, None, PASSWORD, without_lost=True)
    assert assessed(again, room.pupil) == ["МЕЖДУ"]
    assert erased.finish(again, again.actor, NOW) == erased.Finished(restored=1)
    assert assessed(again, room.pupil) == []
    assess(again, room.pupil, "ПОСЛЕ")
    for _ in range(2):
        assert erased.finish(again, again.actor, NOW) == erased.Finished()
    assert assessed(again, room.pupil) == ["ПОСЛЕ"]
    again.close()


def assess(workspace: Workspace, pupil: str, words: str) -> None:
    with workspace.unit(workspace.actor) as unit:
        unit.portfolio.append([Mark(Cell(pupil, words), 2)], FIRST, Basis.OBSERVATION, date(2026, 11, 2), NOW)


def assessed(workspace: Workspace, pupil: str) -> list[str]:
    with workspace.unit(workspace.actor) as unit:
        query = select(AssessmentRow.competency).where(AssessmentRow.pupil_id == pupil)
        return list(unit.erasure._session.scalars(query))


def test_merged_pupils_go_together(room: Room, workspace: Workspace) -> None:
    with workspace.unit(workspace.actor) as unit:
        row = unit.erasure._session.get_one(PupilRow, room.other)
        row.merged_into = room.pupil
    erase(room)
    with workspace.unit(workspace.actor) as unit:
        assert not unit.erasure.there([room.pupil, room.other])


def test_undo_brings_nobody_back(room: Room, workspace: Workspace) -> None:
    with workspace.unit(workspace.actor) as unit:
        batch = unit.batch
        together = [unit.pupils.add(NAME, date(2012, 1, 1), None), unit.pupils.add(NAME, date(2012, 1, 2), None)]
    with workspace.unit(workspace.actor) as unit:
        unit.batches.take_back(batch)
        undone = unit.batch
    with workspace.unit(workspace.actor) as unit:
        unit.batches.take_back(undone)
        again = unit.batch
    targets = [Target(together[0])]
    erased.carry_out(workspace, workspace.actor, targets, ErasureKind.WITHDRAWN, "", (), NOW)
    for one in (again, undone, batch):
        with workspace.unit(workspace.actor) as unit:
            if not unit.batches.obstacles(one):
                unit.batches.take_back(one)
            assert together[0] not in unit.erasure.there(together)


def test_a_psychologist_finishes_what_others_could_not(room: Room, workspace: Workspace) -> None:
    """A coordinator holds no psychologists' key: what lies under it goes at the next opening of who does."""
    forms = (NAME,)
    with workspace.unit(workspace.actor) as unit:
        erasure, _ = unit.erasure.erase([Target(room.pupil)], ErasureKind.TERM, "", forms, NOW)
    with Session(workspace._engine) as session:
        assert session.get_one(SheetRow, room.made[SheetRow])
    with workspace.unit(workspace.actor) as unit:
        assert [one.psy_waits for one in unit.erasure.all()] == [True]
    assert erased.finish(workspace, workspace.actor, NOW).waited == 1
    with workspace.unit(workspace.actor) as unit:
        (done,) = unit.erasure.all()
    assert (done.id, done.psy_waits) == (erasure, False)
    with Session(workspace._engine) as session:
        assert session.scalars(select(SheetRow).where(SheetRow.pupil_id == room.pupil)).all() == []
        assert journal.broken_link(session, PsyOperationRow) is None

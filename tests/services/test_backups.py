"""Copies: whole and readable, told by progress, stopped without a trace, put elsewhere, never too many."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from diagnostic_school import TEACHER, TEACHERS_PASSWORD, add_teacher, school_with_answers
from support import PASSWORD, YEAR

from profdesk.domain.backups import CopyKind, Holdings
from profdesk.domain.changes import Kind
from profdesk.errors import CancelledError, WorkspaceError, WrongInputError
from profdesk.services import backups, diagnostics, pupils
from profdesk.storage import backup, database, manifest, vault
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = school_with_answers(tmp_path / "школа")
    yield made
    made.close()


def sheets(opened: Workspace) -> int:
    return sum(
        len(diagnostics.session(opened, opened.actor, one.session.id).sheets)
        for one in diagnostics.journal(opened, opened.actor, YEAR)
    )


def test_a_copy_opens_with_the_password_and_holds_pupils_and_answers(workspace: Workspace, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    made, changes = backups.make(workspace, workspace.actor, lambda done, total: told.append((done, total)))
    assert changes.touches(Kind.COPIES)
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] or told[-1][1] == 1
    place = tmp_path / "флешка"
    place.mkdir()
    there = backups.put_elsewhere(workspace, workspace.actor, made, place)
    assert there.parent == place
    assert there.name.startswith("школа-")
    wanted = [one.name.surname for one in pupils.pupils(workspace, workspace.actor, YEAR)], sheets(workspace)
    workspace.close()
    for copy in (made, there):
        restored = storage.open_workspace(copy, None, PASSWORD)
        assert ([one.name.surname for one in pupils.pupils(restored, restored.actor, YEAR)], sheets(restored)) == wanted
        restored.close()


def test_a_copy_of_a_teacher_holds_what_the_teacher_may_not_read(workspace: Workspace) -> None:
    wanted, owner = sheets(workspace), workspace.actor
    add_teacher(workspace)
    workspace.close()
    opened = storage.open_workspace(workspace.path, TEACHER.id, TEACHERS_PASSWORD)
    made, _ = backups.make(opened, opened.actor)
    opened.close()
    restored = storage.open_workspace(made, owner.id, PASSWORD)
    assert sheets(restored) == wanted > 0
    restored.close()


def test_a_copy_that_is_stopped_leaves_nothing_and_the_workspace_goes_on(workspace: Workspace, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        backups.make(workspace, workspace.actor, stop)
    assert list((workspace.path / backup.FOLDER).iterdir()) == []
    made, _ = backups.make(workspace, workspace.actor)
    place = tmp_path / "флешка"
    place.mkdir()
    with pytest.raises(CancelledError):
        backups.put_elsewhere(workspace, workspace.actor, made, place, stop)
    assert list(place.iterdir()) == []
    assert [one.folder for one in backups.copies(workspace, workspace.actor)] == [made]


def test_copies_are_listed_with_their_day_size_and_reason(workspace: Workspace) -> None:
    assert backups.last_day(workspace, workspace.actor) is None
    before = datetime.now(UTC) - timedelta(seconds=1)
    made, _ = backups.make(workspace, workspace.actor)
    (copy,) = backups.copies(workspace, workspace.actor)
    assert (copy.folder, copy.why, copy.automatic) == (made, f"по просьбе: {workspace.actor.name}", False)
    assert before <= copy.made_at <= datetime.now(UTC)
    parts = [part for part in made.rglob("*") if part.is_file() and part.name != manifest.FILE]
    assert copy.size == sum(part.stat().st_size for part in parts)
    assert (copy.holds, copy.workspace) == (Holdings(pupils=4, assessments=0, sessions=1), vault.load(made).workspace)
    assert backups.last_day(workspace, workspace.actor) == datetime.now().astimezone().date()
    shutil.move(made, made.with_name("2026-11-01-081500-x"))
    assert backups.last_day(workspace, workspace.actor) == date(2026, 11, 1)


def test_of_copies_before_updates_the_newest_three_are_kept_and_all_that_were_asked_for(workspace: Workspace) -> None:
    for day in range(1, 6):
        for kind in (CopyKind.UPDATE, CopyKind.ASKED):
            made = workspace.back_up(kind.label, kind=kind)
            made.rename(made.with_name(f"2026-11-0{day}-{made.name[11:]}"))
    workspace.back_up("перед обновлением с 0004", kind=CopyKind.UPDATE)
    found = backups.copies(workspace, workspace.actor)
    assert len([one for one in found if one.automatic]) == 3
    assert len([one for one in found if not one.automatic]) == 5


def test_a_copy_is_not_put_into_the_workspace_itself_nor_where_there_is_no_folder(workspace: Workspace) -> None:
    made, _ = backups.make(workspace, workspace.actor)
    with pytest.raises(WrongInputError, match="внутри рабочей"):
        backups.put_elsewhere(workspace, workspace.actor, made, workspace.path / "files")
    with pytest.raises(WrongInputError, match="положить не удалось"):
        backups.put_elsewhere(workspace, workspace.actor, made, workspace.path.parent / "нет такой")


def test_a_spoiled_copy_is_told(workspace: Workspace) -> None:
    made, _ = backups.make(workspace, workspace.actor)
    key = workspace._keys
    assert key is not None
    file = made / database.DESK
    database.check(file, key.desk)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(WorkspaceError, match="повреждена"):
        database.check(file, key.desk)

"""Orders of events that nobody plans: copies gone back to, clocks set back, two programs at once, moved folders."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from diagnostic_school import (
    INCLINATIONS,
    TEACHER,
    TEACHERS_PASSWORD,
    add_teacher,
    held,
    school_with_answers,
    some_answers,
)
from sqlalchemy import text
from support import PASSWORD, YEAR

from profdesk.domain.backups import CopyKind
from profdesk.domain.mark import Heads
from profdesk.domain.progress import Meter, silent
from profdesk.errors import DamagedError, WorkspaceError
from profdesk.services import backups, instruments, pupils, recovery, workspaces
from profdesk.storage import backup, blobs, database, manifest, restore, swap, vault
from profdesk.storage import opening as storage
from profdesk.storage.blobs import Blobs
from profdesk.storage.mark import Mark
from profdesk.storage.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = school_with_answers(tmp_path / "школа")
    yield made
    made.close()


def sheets(workspace: Workspace) -> int:
    with workspace._engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM psy.answer_sheet")) or 0)


def test_a_teachers_copy_made_after_a_crash_brings_back_what_the_psychologist_wrote_last(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The crash leaves answers in psy's log, which nobody but a psychologist can bring into the file."""
    owner = workspace.actor
    add_teacher(workspace)
    working = workspaces.open_workspace(workspace.path, owner.id, PASSWORD)
    there = pupils.pupils(working, owner, YEAR)
    held(working, INCLINATIONS, there, [some_answers(instruments.called(INCLINATIONS))])
    wanted = sheets(working)
    crashed = shutil.copytree(working.path, tmp_path / "crashed")
    assert (crashed / "psy.db-wal").stat().st_size > 0
    working.close()
    shutil.rmtree(workspace.path)
    crashed.rename(workspace.path)
    teacher = storage.open_workspace(workspace.path, TEACHER.id, TEACHERS_PASSWORD)
    made, _ = backups.make(teacher, teacher.actor)
    teacher.close()
    opened = workspaces.open_workspace(workspace.path, owner.id, PASSWORD)
    backups.restore(opened, opened.actor, made)
    restored = workspaces.open_workspace(workspace.path, owner.id, PASSWORD)
    assert sheets(restored) == wanted > 1
    restored.close()


def test_the_oldest_copy_before_a_restore_is_not_dropped_for_the_sake_of_its_own_restore(workspace: Workspace) -> None:
    oldest, *_ = [workspace.back_up(str(number), kind=CopyKind.RESTORE) for number in range(3)]
    backups.restore(workspace, workspace.actor, oldest)
    assert manifest.read(oldest) is not None
    opened = workspaces.open_workspace(workspace.path, None, PASSWORD)
    assert opened.restored
    opened.back_up("следующая")
    assert len([one for one in backup.all_of(opened.path) if one.kind is CopyKind.RESTORE]) == 3
    opened.close()


def test_whoever_is_gone_is_not_brought_back_by_the_recovery_page(workspace: Workspace) -> None:
    owner = workspace.actor
    add_teacher(workspace)
    opened = workspaces.open_workspace(workspace.path, owner.id, PASSWORD)
    made, _ = backups.make(opened, owner)
    opened.close()
    vault.save(workspace.path, vault.load(workspace.path).without(TEACHER.id))
    (workspace.path / database.DESK).write_bytes(b"")
    recovery.restore(workspace.path, owner.id, PASSWORD, made)
    assert [one.id for one in workspaces.users(workspace.path)] == [owner.id]
    workspaces.open_workspace(workspace.path, owner.id, PASSWORD).close()


def _enter(folder: Path) -> Workspace:
    """Open as a program that looked at the folder before and was kept waiting for the password since."""
    lock = vault.load(folder)
    user = lock.users[0].id
    return storage._opened(folder, lock, lock, user, lock.unlock(user, PASSWORD))


def test_a_program_that_comes_in_while_parts_are_exchanged_is_turned_away(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = backups.make(workspace, workspace.actor)
    commit, tried = swap.commit, []

    def while_another_enters(folder: Path, fresh: Path, parts: Sequence[str] = swap.PARTS) -> None:
        with pytest.raises(WorkspaceError, match="перестраивает"):
            _enter(folder)
        tried.append(folder)
        commit(folder, fresh, parts)

    monkeypatch.setattr(swap, "commit", while_another_enters)
    backups.restore(workspace, workspace.actor, made)
    assert tried
    workspaces.open_workspace(workspace.path, None, PASSWORD).close()


def test_a_program_that_came_in_just_before_keeps_what_it_writes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = backups.make(workspace, workspace.actor)
    came: list[Workspace] = []
    check = restore.room.check

    def while_another_enters(folder: Path, size: int, what: str = "") -> None:
        if not workspace.is_open and not came:
            came.append(_enter(folder))
        check(folder, size, what)

    monkeypatch.setattr(restore.room, "check", while_another_enters)
    with pytest.raises(WorkspaceError, match="работает"):
        backups.restore(workspace, workspace.actor, made)
    other = came[0]
    backups.make(other, other.actor)
    reached = other.heads()
    other.close()
    opened = storage.open_workspace(workspace.path, None, PASSWORD)
    assert reached.desk
    with opened._engine.connect() as connection:
        held = connection.scalar(text("SELECT hash FROM operation WHERE seq = :seq"), {"seq": reached.desk.seq})
    assert held == reached.desk.hash
    opened.close()


def test_with_the_clock_set_back_the_newest_copy_is_still_the_newest(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, stick = workspace.actor, tmp_path / "флешка"
    stick.mkdir()
    backups.choose_second_place(workspace, actor, stick)
    for number in range(4):
        workspace.back_up(str(number), kind=CopyKind.SESSION)

    class Back(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Back:
            return cls(2015, 1, 1, 9, tzinfo=tz)

    monkeypatch.setattr(backup, "datetime", Back)
    last = workspace.back_up("после", kind=CopyKind.SESSION)
    assert backup.all_of(workspace.path)[0].folder == last
    there, _ = backups.bring_to_second_place(workspace, actor)
    assert there is not None
    assert there.name == last.name


def test_psys_lost_records_are_told_once_also_where_none_are_left(workspace: Workspace) -> None:
    workspace.close()
    lock = vault.load(workspace.path)
    owner = lock.users[0].id
    keys = lock.unlock(owner, PASSWORD)
    opened = storage.open_workspace(workspace.path, owner, PASSWORD)
    reached = opened.heads()
    assert reached.psy is not None
    kept = Mark(workspace.path, lock.workspace, keys.anchor)
    kept.found()
    kept.put(Heads(reached.desk, None), with_psy=True)
    assert {found.heads.psy for found in kept.found()} == {None}
    opened.close()


def test_the_second_place_is_known_again_when_the_folder_was_renamed(workspace: Workspace, tmp_path: Path) -> None:
    stick = tmp_path / "флешка"
    stick.mkdir()
    backups.choose_second_place(workspace, workspace.actor, stick)
    backups.make(workspace, workspace.actor)
    there, _ = backups.bring_to_second_place(workspace, workspace.actor)
    assert there is not None
    workspace.close()
    renamed = workspace.path.rename(tmp_path / "школа 12")
    opened = storage.open_workspace(renamed, None, PASSWORD)
    state = backups.second_place(opened, opened.actor)
    assert state is not None
    assert state.names == {there.name}
    opened.close()


def test_what_is_left_of_a_copy_that_was_being_dropped_is_no_copy(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        workspace.back_up(str(number), kind=CopyKind.UPDATE)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", lambda folder, **_: (folder / manifest.FILE).unlink())
        workspace.back_up("четвёртая", kind=CopyKind.UPDATE)
    assert len(backup.all_of(workspace.path)) == 3
    workspace.close()
    storage.open_workspace(workspace.path, None, PASSWORD).close()
    assert not list((workspace.path / backup.FOLDER).glob(f"{backup.FRESH}*"))


def test_a_folder_that_takes_no_writes_is_not_called_damaged(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says «disk I/O error» of a disk that is read-only, as of one that is breaking."""
    workspace.close()
    (workspace.path / database.DESK).write_bytes(bytes(8192))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(WorkspaceError, match="нельзя записывать") as caught:
        workspaces.open_workspace(workspace.path, None, PASSWORD)
    assert not isinstance(caught.value, DamagedError)


def test_keys_are_changed_also_where_a_kept_file_is_damaged(workspace: Workspace, tmp_path: Path) -> None:
    keys = workspace.keys
    former, fresh = Blobs(workspace.path, keys.desk), Blobs(tmp_path, bytes(32), blobs.FOLDER)
    spoiled, whole = former.put(b"one"), former.put(b"two")
    (workspace.path / blobs.FOLDER / spoiled[:2] / spoiled).write_bytes(b"spoiled")
    blobs.carry_over(former, fresh, Meter(silent, 1))
    assert (fresh.is_whole(spoiled), fresh.is_whole(whole)) == (False, True)

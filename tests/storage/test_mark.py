"""The journal's mark: what is missing is told to the record, and nothing is told where nothing is missing."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from support import PASSWORD

from profdesk import paths
from profdesk.domain.deeds import DeedKind
from profdesk.domain.mark import Missing, MissingRecordsError
from profdesk.domain.people import PersonName
from profdesk.errors import WorkspaceError
from profdesk.storage import database, in_use, mark, room, vault
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

WAL_HEADER, FRAME = 32, 24 + 4096


def add(workspace: Workspace, *surnames: str) -> None:
    """A commit for each, and one operation in each commit."""
    for surname in surnames:
        with workspace.unit(workspace.actor) as unit:
            unit.pupils.add(PersonName(surname, "Иван", ""), date(2013, 5, 6), None)


def killed(workspace: Workspace, target: Path) -> Path:
    """The folder as a kill would leave it, its log not yet brought into the database."""
    shutil.copytree(workspace.path, target)
    return target


def put_back(crashed: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    crashed.rename(folder)


def refused(folder: Path) -> Missing:
    with pytest.raises(MissingRecordsError) as caught:
        storage.open_workspace(folder, None, PASSWORD)
    return caught.value.missing


def test_after_a_kill_nothing_is_missing(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    add(workspace, "А", "Б")
    crashed = killed(workspace, tmp_path / "crashed")
    assert (crashed / "desk.db-wal").stat().st_size > 0
    workspace.close()
    put_back(crashed, folder)
    opened = storage.open_workspace(folder, None, PASSWORD)
    assert opened.notice == ""
    opened.close()


@pytest.mark.parametrize("spoil", ["flip", "cut", "gone"])
def test_records_lost_with_the_log_are_counted(workspace: Workspace, folder: Path, tmp_path: Path, spoil: str) -> None:
    add(workspace, "А", "Б", "В")
    at = (workspace.path / "desk.db-wal").stat().st_size
    add(workspace, "Г", "Д", "Е", "Ж", "З")
    crashed = killed(workspace, tmp_path / "crashed")
    workspace.close()
    log = crashed / "desk.db-wal"
    data = bytearray(log.read_bytes())
    assert len(data) > at
    if spoil == "flip":
        data[at + FRAME // 2] ^= 1
        log.write_bytes(data)
    elif spoil == "cut":
        log.write_bytes(data[: at + FRAME // 2])
    else:
        log.unlink()
    put_back(crashed, folder)
    missing = refused(folder)
    assert missing.count == (8 if spoil == "gone" else 5)
    assert missing.lost[0].exact
    assert f"не хватает {missing.count} записей, сделанных после" in missing.told()
    opened = storage.open_workspace(folder, None, PASSWORD, without_lost=True)
    with opened._engine.connect() as connection:
        told = connection.execute(text("SELECT title, count FROM deed WHERE kind = 'went_on'")).one()
    assert (told.title, told.count) == (missing.told(), missing.count)
    opened.close()
    storage.open_workspace(folder, None, PASSWORD).close()


def test_every_commit_cut_from_the_log_is_counted(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    """Also where the cut is in psy's log, or in both."""
    ends = []
    for number in range(6):
        add(workspace, f"У{number}")
        ends.append((workspace.path / "desk.db-wal").stat().st_size)
    crashed = killed(workspace, tmp_path / "crashed")
    workspace.close()
    whole = (crashed / "desk.db-wal").read_bytes()
    for number, end in enumerate(ends):
        trial = shutil.copytree(crashed, tmp_path / "trial")
        (trial / "desk.db-wal").write_bytes(whole[:end])
        shutil.rmtree(folder)
        trial.rename(folder)
        lost = len(ends) - 1 - number
        if lost:
            assert refused(folder).count == lost
        else:
            storage.open_workspace(folder, None, PASSWORD).close()


def test_an_old_copy_put_back_is_told_with_the_copies_that_hold_what_is_missing(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    add(workspace, "А")
    old = workspace.back_up("старая")
    add(workspace, "Б", "В")
    newer = workspace.back_up("новая")
    workspace.close()
    for name in (database.DESK, database.PSY):
        shutil.copy2(old / name, folder / name)
    missing = refused(folder)
    assert (missing.count, missing.copies) == (2, (newer,))
    shutil.rmtree(folder / "backups")
    assert refused(folder).copies == ()


def test_an_old_folder_with_its_old_mark_is_told_by_the_mark_of_this_computer(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    add(workspace, "А")
    workspace.close()
    shutil.copytree(folder, tmp_path / "вчера")
    opened = storage.open_workspace(folder, None, PASSWORD)
    add(opened, "Б", "В", "Г")
    opened.close()
    put_back(tmp_path / "вчера", folder)
    assert refused(folder).count == 3


def test_records_written_over_an_old_copy_are_told_up_to_the_last_common_one(
    workspace: Workspace, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(workspace, "А")
    old = workspace.back_up("старая")
    add(workspace, "Б", "В")
    workspace.close()
    with paths.moved_to(tmp_path / "другой компьютер"):
        other = shutil.copytree(folder, tmp_path / "флешка")
        for name in (database.DESK, database.PSY):
            shutil.copy2(old / name, other / name)
        (other / mark.FILE).unlink()
        elsewhere = storage.open_workspace(other, None, PASSWORD)
        add(elsewhere, "Ы", "Э", "Ю", "Я")
        elsewhere.close()
    put_back(other, folder)
    missing = refused(folder)
    assert (missing.count, missing.lost[0].exact) == (2, False)
    assert "не хватает не больше 2 записей" in missing.told()


def test_a_spoiled_mark_is_told_from_a_lost_record(workspace: Workspace, folder: Path) -> None:
    add(workspace, "А", "Б")
    workspace.close()
    storage.open_workspace(folder, None, PASSWORD).close()
    for file in (folder / mark.FILE, *(paths.user_data() / "marks").iterdir()):
        file.write_bytes(file.read_bytes().replace(b"[", b"(", 1))
    opened = storage.open_workspace(folder, None, PASSWORD)
    opened.close()
    for file in (folder / mark.FILE, *(paths.user_data() / "marks").iterdir()):
        data = bytearray(file.read_bytes())
        for at in (data.index(b"[[" if b"[[" in data else b", [") + 3, data.rindex(b", [") + 3):
            data[at] = ord("9")
        file.write_bytes(data)
    opened = storage.open_workspace(folder, None, PASSWORD)
    assert "Записи на месте" in opened.notice
    opened.close()
    opened = storage.open_workspace(folder, None, PASSWORD)
    assert opened.notice == ""
    opened.close()


def test_a_mark_cut_in_the_middle_of_its_writing_leaves_the_one_before(workspace: Workspace, folder: Path) -> None:
    add(workspace, "А", "Б", "В")
    workspace.close()
    lock = vault.load(folder)
    keys = lock.unlock(lock.users[0].id, PASSWORD)
    kept = mark.Mark(folder, lock.workspace, keys.anchor)
    newest = {found.heads.desk.seq for found in kept.found() if found.heads.desk}
    raw = (folder / mark.FILE).read_bytes()
    for slot in (0, 512):
        (folder / mark.FILE).write_bytes(raw[:slot] + b"\x00" * 300 + raw[slot + 300 :])
        found = kept.found()
        assert all(one.authentic for one in found)
        assert {one.heads.desk.seq for one in found if one.heads.desk} <= newest | {max(newest) - 1}


def test_a_teacher_carries_the_psychologists_mark_on(workspace: Workspace, folder: Path) -> None:
    workspace.close()
    lock = vault.load(folder)
    keys = lock.unlock(lock.users[0].id, PASSWORD)
    with storage.open_workspace(folder, None, PASSWORD)._engine.connect() as connection:
        both = mark.heads(connection, with_psy=True)
    psy = mark.Head(7, "ab" * 32, both.desk.at) if both.desk else None
    kept = mark.Mark(folder, lock.workspace, keys.anchor)
    kept.found()
    kept.put(mark.Heads(both.desk, psy), with_psy=True)
    again = mark.Mark(folder, lock.workspace, keys.anchor)
    again.found()
    again.put(mark.Heads(both.desk, None), with_psy=False)
    assert {found.heads.psy for found in again.found()} == {psy}


def test_below_the_least_room_the_workspace_is_read_and_not_written(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "free", lambda _folder: room.LEAST - 1)
    assert workspace.read_only
    with workspace.unit(workspace.actor) as unit:
        assert unit.organisation.get().short_name
    with pytest.raises(WorkspaceError, match="можно только читать"):
        add(workspace, "А")
    with workspace.unit(workspace.actor) as unit:
        unit.deeds.add(DeedKind.PRINTED, "карточка", datetime.now(UTC))
    with pytest.raises(WorkspaceError, match="мало места"):
        workspace.back_up("проверка")
    monkeypatch.setattr(room, "free", lambda _folder: room.LEAST)
    assert not workspace.read_only
    add(workspace, "А")


def test_the_second_program_is_told_who_has_the_folder(workspace: Workspace, folder: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"работает Климова Т\. А\. на компьютере .+ с \d\d:\d\d"):
        storage.open_workspace(folder, None, PASSWORD)
    (folder / in_use.FILE).write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="уже открыта в другом окне"):
        storage.open_workspace(folder, None, PASSWORD)
    workspace.close()
    assert not (folder / in_use.FILE).exists()


def test_who_had_it_before_a_crash_is_no_obstacle(workspace: Workspace, folder: Path) -> None:
    left = (folder / in_use.FILE).read_bytes()
    workspace.close()
    (folder / in_use.FILE).write_bytes(left)
    storage.open_workspace(folder, None, PASSWORD).close()

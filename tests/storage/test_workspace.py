"""The workspace as a folder: made whole or not at all, encrypted, one program's at a time."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support import CHEAP, FIRST, PASSWORD, YEAR, organisation

from profdesk.domain.access import NewUser, Role
from profdesk.domain.people import PersonName
from profdesk.errors import AccessError, ProfdeskError, WorkspaceError, WrongInputError
from profdesk.storage import backup, database, migrate, vault
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace


def add_pupil(workspace: Workspace) -> None:
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.add(PersonName("Маркерова", "Секретина", "Тайновна"), date(2013, 5, 6), None)


def surnames(workspace: Workspace) -> list[str]:
    with workspace.unit(workspace.actor) as unit:
        return [pupil.name.surname for pupil in unit.pupils.all(YEAR)]


def test_what_was_written_is_there_after_reopening(workspace: Workspace, folder: Path) -> None:
    add_pupil(workspace)
    workspace.close()
    again = storage.open_workspace(folder, None, PASSWORD)
    assert surnames(again) == ["Маркерова"]
    again.close()


def test_layout_of_the_folder(workspace: Workspace, folder: Path) -> None:
    workspace.close()
    assert sorted(path.name for path in folder.iterdir()) == [
        "backups",
        "desk.db",
        "files",
        "journal.mark",
        "psy.db",
        "vault.json",
    ]
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_nothing_stands_in_clear(workspace: Workspace, folder: Path) -> None:
    add_pupil(workspace)
    for path in folder.rglob("*"):
        if path.is_file():
            assert "Маркерова".encode() not in path.read_bytes(), path
    workspace.close()
    for path in folder.rglob("*"):
        if path.is_file():
            assert b"SQLite format 3" not in path.read_bytes(), path
            assert "Маркерова".encode() not in path.read_bytes(), path


def test_full_folder_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "важное.txt").write_text("не трогать", encoding="utf-8")
    with pytest.raises(WrongInputError, match="уже занята"):
        storage.create(tmp_path, organisation(), NewUser("А", "", PASSWORD), "", CHEAP)
    assert [path.name for path in tmp_path.iterdir()] == ["важное.txt"]


def test_failed_creation_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(WrongInputError):
        storage.create(tmp_path / "новая", organisation(), NewUser("А", "", "123"), "", CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "пустая"
    folder.mkdir()
    storage.create(folder, organisation(), NewUser("А", "", PASSWORD), "", CHEAP).workspace.close()
    assert (folder / "desk.db").is_file()


def test_second_program_is_told(workspace: Workspace, folder: Path) -> None:
    with pytest.raises(WorkspaceError, match="С папкой «школа» работает Климова"):
        storage.open_workspace(folder, None, PASSWORD)
    add_pupil(workspace)


def test_closed_workspace_says_so(workspace: Workspace) -> None:
    workspace.close()
    workspace.close()
    with pytest.raises(WorkspaceError, match="закрыта"):
        surnames(workspace)


def test_error_in_a_unit_writes_nothing(workspace: Workspace) -> None:
    with pytest.raises(RuntimeError), workspace.unit(workspace.actor) as unit:
        unit.pupils.add(PersonName("А", "Б"), date(2013, 1, 1), None)
        raise RuntimeError
    assert surnames(workspace) == []


def test_forgotten_password_is_restored(folder: Path) -> None:
    made = storage.create(folder, organisation(), NewUser("А", "", PASSWORD), "", CHEAP)
    user = made.workspace.actor.id
    made.workspace.close()
    with pytest.raises(AccessError):
        storage.restore_password(folder, user, vault.recovery_code(), "новый-пароль", CHEAP)
    storage.restore_password(folder, user, made.recovery_code, "новый-пароль", CHEAP)
    with pytest.raises(AccessError):
        storage.open_workspace(folder, None, PASSWORD)
    storage.open_workspace(folder, user, "новый-пароль").close()


@pytest.mark.parametrize("name", ["vault.json", "desk.db", "psy.db"])
def test_missing_or_foreign_file_is_told(workspace: Workspace, folder: Path, name: str) -> None:
    workspace.close()
    (folder / name).write_bytes(b"something else entirely" * 400)
    with pytest.raises(ProfdeskError):
        storage.open_workspace(folder, None, PASSWORD)


def test_folder_without_workspace_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="не рабочая папка"):
        storage.users(tmp_path)


@pytest.mark.parametrize("name", ["desk.db", "psy.db"])
def test_flipped_bit_is_detected(workspace: Workspace, folder: Path, name: str) -> None:
    add_pupil(workspace)
    workspace.close()
    path = folder / name
    data = bytearray(path.read_bytes())
    for place in range(50, len(data), max(1, len(data) // 12)):
        spoiled = bytearray(data)
        spoiled[place] ^= 4
        path.write_bytes(spoiled)
        with pytest.raises(WorkspaceError):
            _read_everything(folder)
    path.write_bytes(data)
    _read_everything(folder)


def _read_everything(folder: Path) -> None:
    lock = vault.load(folder)
    connection = database.connect(folder, lock.unlock(lock.users[0].id, PASSWORD))
    try:
        for schema in ("main", "psy"):
            if connection.execute(f"PRAGMA {schema}.cipher_integrity_check").fetchall():
                raise WorkspaceError(schema)
    finally:
        connection.close()


def test_teachers_keys_do_not_open_psy(workspace: Workspace, folder: Path) -> None:
    workspace.close()
    lock = vault.load(folder)
    keys = lock.unlock(lock.users[0].id, PASSWORD)
    alone = database.connect(folder, keys.for_roles([Role.TEACHER]))
    assert [name for _, name, _ in alone.execute("PRAGMA database_list")] == ["main"]
    alone.close()
    with pytest.raises(WorkspaceError):
        database.connect(folder, replace(keys, psy=keys.desk))


def test_newer_workspace_is_refused(workspace: Workspace, folder: Path) -> None:
    workspace.close()
    lock = vault.load(folder)
    connection = database.connect(folder, lock.unlock(lock.users[0].id, PASSWORD))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(WorkspaceError, match="более новая"):
        storage.open_workspace(folder, None, PASSWORD)


def test_backup_opens_with_the_same_password(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    add_pupil(workspace)
    made = workspace.back_up("проверка")
    workspace.close()
    assert made.parent == folder / backup.FOLDER
    elsewhere = shutil.copytree(made, tmp_path / "из копии")
    restored = storage.open_workspace(elsewhere, None, PASSWORD)
    assert surnames(restored) == ["Маркерова"]
    restored.close()


def test_backup_holds_the_kept_files(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.unit(workspace.actor) as unit:
        pupil = unit.pupils.add(PersonName("Ан", "Вера"), date(2013, 5, 6), None)
        kept = unit.evidence.add(pupil, None, FIRST, "Грамота", "грамота.pdf", b"%PDF", datetime.now(UTC))
    made = workspace.back_up("проверка")
    workspace.close()
    restored = storage.open_workspace(shutil.copytree(made, tmp_path / "из копии"), None, PASSWORD)
    with restored.unit(restored.actor) as unit:
        assert unit.evidence.content(kept.id)[1] == b"%PDF"
    restored.close()


def test_head_is_the_newest_revision() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD

"""Making, opening, sharing and closing a workspace."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from profdesk.domain.access import Role
from profdesk.domain.organisation import Organisation
from profdesk.domain.people import PersonName
from profdesk.errors import AccessError, ProfdeskError, WorkspaceError, WrongInputError
from profdesk.storage import database, vault
from profdesk.storage import workspace as storage
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Created, NewUser, Workspace


def _name(workspace: Workspace) -> str:
    with workspace.unit(workspace.actor) as unit:
        return unit.organisation.get().name


def test_a_new_workspace_has_its_parts(workspace: Workspace, organisation: Organisation) -> None:
    names = {path.name for path in workspace.path.iterdir()}
    assert {"desk.db", "psy.db", "vault.json", "backups", "files"} <= names
    with workspace.unit(workspace.actor) as unit:
        saved = unit.organisation.get()
        assert unit.programme.text() == "code = 'тест'\n"
    assert saved.id
    assert saved.head_name == organisation.head_name
    assert saved.period == organisation.period
    assert workspace.actor.roles == {Role.OWNER}


def test_nothing_else_is_left_beside_it(workspace: Workspace) -> None:
    assert [path.name for path in workspace.path.parent.iterdir()] == [workspace.path.name]


def test_it_opens_again_with_what_was_written(workspace: Workspace, password: str) -> None:
    workspace.close()
    again = storage.open_workspace(workspace.path, None, password)
    assert _name(again) == "Вымышленная школа № 1"
    assert again.actor == workspace.actor
    again.close()


def test_users_are_read_without_a_password(workspace: Workspace) -> None:
    assert storage.users(workspace.path) == (workspace.actor,)


def test_a_wrong_password_opens_nothing(workspace: Workspace, password: str) -> None:
    workspace.close()
    with pytest.raises(AccessError, match="Пароль не подходит"):
        storage.open_workspace(workspace.path, None, "сосновый лес")
    storage.open_workspace(workspace.path, None, password).close()


def test_an_unknown_user_is_refused(workspace: Workspace, password: str) -> None:
    workspace.close()
    with pytest.raises(AccessError):
        storage.open_workspace(workspace.path, "nobody", password)


def test_the_second_program_is_told(workspace: Workspace, password: str) -> None:
    with pytest.raises(WorkspaceError, match="уже открыта"):
        storage.open_workspace(workspace.path, None, password)
    assert _name(workspace) == "Вымышленная школа № 1"
    workspace.close()
    storage.open_workspace(workspace.path, None, password).close()


@pytest.mark.parametrize("taken", ["file", "folder"])
def test_a_taken_folder_is_refused_and_left_alone(
    tmp_path: Path, organisation: Organisation, owner: NewUser, cheap: Cost, taken: str
) -> None:
    target = tmp_path / "занято"
    inside = target
    if taken == "folder":
        target.mkdir()
        inside = target / "письмо.txt"
    inside.write_text("важное", encoding="utf-8")
    with pytest.raises(WrongInputError, match="пустую папку"):
        storage.create(target, organisation, owner, "x", cheap)
    assert inside.read_text(encoding="utf-8") == "важное"
    assert list(tmp_path.iterdir()) == [target]


def test_an_empty_folder_is_taken(
    tmp_path: Path, organisation: Organisation, owner: NewUser, cheap: Cost
) -> None:
    target = tmp_path / "пустая"
    target.mkdir()
    storage.create(target, organisation, owner, "x", cheap).workspace.close()
    assert (target / "vault.json").is_file()


def test_the_current_folder_can_become_a_workspace(
    tmp_path: Path,
    organisation: Organisation,
    owner: NewUser,
    cheap: Cost,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = tmp_path / "здесь"
    here.mkdir()
    monkeypatch.chdir(here)
    made = storage.create(Path(), organisation, owner, "x", cheap).workspace
    assert _name(made) == organisation.name
    made.close()
    assert (here / "vault.json").is_file()


def test_a_failure_on_the_way_leaves_nothing(
    tmp_path: Path, organisation: Organisation, password: str, cheap: Cost
) -> None:
    with pytest.raises(WrongInputError):
        storage.create(tmp_path / "w", organisation, NewUser("Кто-то", "", "корот"), "x", cheap)
    assert list(tmp_path.iterdir()) == []


def test_the_printed_code_gives_a_new_password(created: Created, cheap: Cost, password: str) -> None:
    workspace = created.workspace
    workspace.close()
    code = created.recovery_code.lower().replace("-", " ")
    storage.restore_password(workspace.path, workspace.actor.id, code, "новая фраза", cheap)
    with pytest.raises(AccessError):
        storage.open_workspace(workspace.path, None, password)
    storage.open_workspace(workspace.path, None, "новая фраза").close()
    storage.restore_password(workspace.path, workspace.actor.id, code, "ещё одна фраза", cheap)
    storage.open_workspace(workspace.path, None, "ещё одна фраза").close()


def test_a_wrong_code_changes_nothing(created: Created, cheap: Cost) -> None:
    workspace = created.workspace
    before = (workspace.path / vault.FILE).read_bytes()
    with pytest.raises(AccessError):
        storage.restore_password(
            workspace.path, workspace.actor.id, vault.recovery_code(), "новая фраза", cheap
        )
    assert (workspace.path / vault.FILE).read_bytes() == before


@pytest.mark.parametrize("name", [database.DESK, database.PSY, vault.FILE])
def test_a_missing_part_is_named_and_not_made_anew(workspace: Workspace, password: str, name: str) -> None:
    workspace.close()
    (workspace.path / name).unlink()
    with pytest.raises(WorkspaceError, match=name):
        storage.open_workspace(workspace.path, None, password)
    assert not (workspace.path / name).exists()


@pytest.mark.parametrize("name", [database.DESK, database.PSY])
@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(5000), b"not a database" * 400])
def test_a_replaced_database_is_a_workspace_error(
    workspace: Workspace, password: str, name: str, content: bytes
) -> None:
    workspace.close()
    (workspace.path / name).write_bytes(content)
    with pytest.raises(WorkspaceError, match="повреждена|копии"):
        storage.open_workspace(workspace.path, None, password)


def test_a_folder_that_is_not_a_workspace_says_so(tmp_path: Path, password: str) -> None:
    with pytest.raises(ProfdeskError):
        storage.open_workspace(tmp_path / "нет", None, password)
    with pytest.raises(ProfdeskError):
        storage.users(tmp_path)


def test_a_closed_workspace_gives_no_unit(workspace: Workspace) -> None:
    workspace.close()
    workspace.close()
    with pytest.raises(WorkspaceError, match="закрыта"), workspace.unit(workspace.actor):
        pytest.fail("a closed workspace was entered")


def test_closing_leaves_the_files_whole_and_alone(workspace: Workspace) -> None:
    workspace.close()
    names = {path.name for path in workspace.path.iterdir()}
    assert names == {"desk.db", "psy.db", "vault.json", "backups", "files"}


def test_a_worker_thread_may_use_and_close_it(workspace: Workspace, password: str) -> None:
    workspace.close()
    seen: list[str] = []

    def work() -> None:
        mine = storage.open_workspace(workspace.path, None, password)
        seen.append(_name(mine))
        other = threading.Thread(target=lambda: seen.append(_name(mine)))
        other.start()
        other.join()
        mine.close()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert seen == ["Вымышленная школа № 1"] * 2


def test_an_error_inside_a_unit_takes_all_of_it_back(workspace: Workspace) -> None:
    from datetime import date

    with pytest.raises(KeyError), workspace.unit(workspace.actor) as unit:
        pupil = unit.pupils.add(PersonName("Лишний", "Пётр"), date(2013, 1, 1), None)
        raise KeyError(pupil)
    with workspace.unit(workspace.actor) as unit:
        assert unit.pupils.all(unit.organisation.get().period.year) == ()

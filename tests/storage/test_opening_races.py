"""What another program does to the vault while a password is being looked at is neither used nor written over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import CHEAP, PASSWORD

from profdesk.domain.access import Role
from profdesk.domain.users import Draft
from profdesk.errors import DamagedError, WorkspaceError
from profdesk.services import users
from profdesk.storage import opening, user_keys, vault
from profdesk.storage.vault import Vault
from profdesk.storage.workspace import Workspace

OTHER = "другой-пароль"
TEACHER = Draft("Учителева Анна Ивановна", "", frozenset({Role.TEACHER}))
READER = Draft("Поздняя Вера", "", frozenset({Role.READER}))


@pytest.fixture
def code(workspace: Workspace) -> str:
    return user_keys.renew_recovery(workspace, workspace.actor, "", CHEAP).made or ""


@pytest.fixture
def teacher(workspace: Workspace) -> str:
    return user_keys.add(workspace, workspace.actor, TEACHER, PASSWORD, "", CHEAP).made or ""


def change_password(workspace: Workspace, _teacher: str) -> None:
    user_keys.change_password(workspace, workspace.actor, PASSWORD, OTHER, CHEAP)


def add_a_user(workspace: Workspace, _teacher: str) -> None:
    user_keys.add(workspace, workspace.actor, READER, PASSWORD, "", CHEAP)


def renew_keys(workspace: Workspace, teacher: str) -> None:
    users.remove(workspace, workspace.actor, teacher)


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Once a vault was unlocked, let another program come, act and go before anything more is done with it."""
    by_password, by_code = Vault.unlock, Vault.unlock_by_code

    def after(unlock: Callable[[Vault, str], object], lock: Vault, *given: str) -> object:
        keys = unlock(lock, *given)
        monkeypatch.undo()
        act()
        return keys

    monkeypatch.setattr(Vault, "unlock", lambda lock, *given: after(by_password, lock, *given))
    monkeypatch.setattr(Vault, "unlock_by_code", lambda lock, *given: after(by_code, lock, *given))


@pytest.mark.parametrize("change", [change_password, add_a_user, renew_keys])
@pytest.mark.parametrize("way", ["password", "code"])
def test_a_vault_changed_meanwhile_is_read_again(
    workspace: Workspace,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    teacher: str,
    change: Callable[[Workspace, str], None],
    way: str,
) -> None:
    owner, written = workspace.actor.id, b""
    workspace.close()

    def act() -> None:
        nonlocal written
        other = opening.open_workspace(folder, owner, PASSWORD)
        change(other, teacher)
        other.close()
        written = (folder / vault.FILE).read_bytes()

    meanwhile(monkeypatch, act)
    with pytest.raises(WorkspaceError, match="изменили в другом окне") as caught:
        if way == "code":
            opening.restore_password(folder, owner, code, "новый-пароль", CHEAP)
        else:
            opening.open_workspace(folder, owner, PASSWORD)
    assert not isinstance(caught.value, DamagedError)
    assert (folder / vault.FILE).read_bytes() == written
    opened = opening.open_workspace(folder, owner, OTHER if change is change_password else PASSWORD)
    with opened.unit(opened.actor) as unit:
        there = {one.id for one in unit.users.all() if one.removed_at is None}
    assert there == {one.id for one in vault.load(folder).users}
    opened.close()

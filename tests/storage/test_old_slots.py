"""Vaults of format 1: opened as they are, turned into those of today by their owners' passwords."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import CHEAP, PASSWORD

from profdesk.errors import WorkspaceError
from profdesk.storage import opening as storage
from profdesk.storage import vault
from profdesk.storage.old_slots import OldSlot
from profdesk.storage.vault import Slot

MUSEUM = Path(__file__).parents[1] / "data" / "museum"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return shutil.copytree(MUSEUM / "0007", tmp_path / "старая папка")


def test_the_own_slot_becomes_one_of_today_at_opening(old: Path) -> None:
    before = vault.load(old)
    keys = before.unlock(before.users[0].id, PASSWORD)
    storage.open_workspace(old, None, PASSWORD).close()
    after = vault.load(old)
    assert [type(slot) for slot in after.slots] == [Slot, OldSlot]
    assert after.users == before.users
    assert after.unlock(after.users[0].id, PASSWORD) == keys
    saved = (old / vault.FILE).read_bytes()
    storage.open_workspace(old, None, PASSWORD).close()
    assert (old / vault.FILE).read_bytes() == saved


def test_the_owner_is_written_down_as_a_user(old: Path) -> None:
    workspace = storage.open_workspace(old, None, PASSWORD)
    with workspace.unit(workspace.actor) as unit:
        (user,) = unit.users.all()
    assert (user.id, user.name, user.roles) == (workspace.actor.id, workspace.actor.name, workspace.actor.roles)
    workspace.close()


def test_an_old_recovery_slot_goes_with_the_keys_it_knew(old: Path) -> None:
    storage.open_workspace(old, None, PASSWORD).close()
    lock = vault.load(old)
    keys = lock.unlock(lock.users[0].id, PASSWORD)
    renewed = lock.with_keys({"desk": b"d" * 32}, keys.anchor)
    assert lock.has_recovery
    assert not renewed.has_recovery
    assert renewed.unlock(lock.users[0].id, PASSWORD).desk == b"d" * 32


def test_an_old_user_must_come_once_before_keys_are_renewed(old: Path) -> None:
    lock = vault.load(old)
    keys = lock.unlock(lock.users[0].id, PASSWORD)
    with pytest.raises(WorkspaceError, match="ещё не входил"):
        lock.with_keys({"desk": b"d" * 32}, keys.anchor)


def test_a_slot_of_today_is_not_taken_for_an_old_one(old: Path) -> None:
    storage.open_workspace(old, None, PASSWORD).close()
    path = old / vault.FILE
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 2', '"format": 1'), encoding="utf-8")
    with pytest.raises(WorkspaceError, match="повреждён"):
        vault.load(old)


def test_a_code_used_once_is_of_today_afterwards(tmp_path: Path) -> None:
    """Where the code is typed, its slot can be made anew under the same code."""
    lock = vault.load(MUSEUM / "0007")
    keys = lock.unlock(lock.users[0].id, PASSWORD)
    code = vault.recovery_code()
    assert lock.with_recovery(code, keys, CHEAP).unlock_by_code(code) == keys

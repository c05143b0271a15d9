"""The vault: who gets which keys, and that no field of it can be changed unnoticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain.access import Actor, Role
from profdesk.errors import AccessError, WorkspaceError, WrongInputError
from profdesk.storage import vault
from profdesk.storage.vault import Cost, Keys, Vault

CHEAP = Cost(memory=64, passes=1, lanes=1)
OWNER = Actor("owner-id", "Иванова Анна", "директор", frozenset({Role.OWNER}))
TEACHER = Actor("teacher-id", "Петров Пётр", "учитель", frozenset({Role.TEACHER}))


def sealed(keys: Keys) -> Vault:
    made = Vault("workspace-id", ()).with_user(OWNER, "пароль-пароль", keys, CHEAP)
    return made.with_user(TEACHER, "teacher-pass", keys, CHEAP)


def test_roles_get_their_keys_only() -> None:
    keys = Keys.fresh()
    made = sealed(keys)
    assert made.unlock("owner-id", "пароль-пароль") == keys
    teacher = made.unlock("teacher-id", "teacher-pass")
    assert teacher == Keys(keys.desk, None, None)


def test_password_may_be_typed_decomposed() -> None:
    made = Vault("w", ()).with_user(OWNER, "й" * 8, Keys.fresh(), CHEAP)
    assert made.unlock("owner-id", "и\u0306" * 8)


def test_wrong_password_is_told() -> None:
    with pytest.raises(AccessError, match="Пароль не подходит"):
        sealed(Keys.fresh()).unlock("owner-id", "пароль-парол")


def test_short_password_is_refused() -> None:
    with pytest.raises(WrongInputError, match="короче 8"):
        Vault("w", ()).with_user(OWNER, "1234567", Keys.fresh(), CHEAP)


@pytest.mark.parametrize(
    "field", ["id", "name", "post", "roles", "memory", "passes", "lanes", "salt", "nonce", "wrapped"]
)
def test_changed_field_does_not_open(tmp_path: Path, field: str) -> None:
    vault.save(tmp_path, sealed(Keys.fresh()))
    raw = json.loads((tmp_path / vault.FILE).read_text(encoding="utf-8"))
    slot = raw["slots"][0]
    match slot[field]:
        case int(number):
            slot[field] = number + 1 if field != "memory" else number + 8
        case str(text) if field in ("salt", "nonce", "wrapped"):
            slot[field] = ("B" if text[0] == "A" else "A") + text[1:]
        case str(text):
            slot[field] = text + "x"
        case list():
            slot[field] = ["coordinator"]
    (tmp_path / vault.FILE).write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(AccessError):
        vault.load(tmp_path).unlock(slot["id"], "пароль-пароль")


def test_slot_of_another_workspace_does_not_open(tmp_path: Path) -> None:
    vault.save(tmp_path, sealed(Keys.fresh()))
    text = (tmp_path / vault.FILE).read_text(encoding="utf-8")
    (tmp_path / vault.FILE).write_text(text.replace("workspace-id", "another-id"), encoding="utf-8")
    with pytest.raises(AccessError):
        vault.load(tmp_path).unlock("owner-id", "пароль-пароль")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 1}', '{"format": 1, "workspace": "w", "slots": [{}]}'])
def test_damaged_vault_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / vault.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError):
        vault.load(tmp_path)


def test_newer_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / vault.FILE).write_text('{"format": 99, "workspace": "w", "slots": []}', encoding="utf-8")
    with pytest.raises(WorkspaceError, match="более новая"):
        vault.load(tmp_path)


def test_recovery_code_opens_however_typed() -> None:
    keys = Keys.fresh()
    code = vault.recovery_code()
    made = Vault("w", ()).with_recovery(code, keys, CHEAP)
    assert made.unlock_by_code(code.lower().replace("-", " ")) == keys
    with pytest.raises(AccessError, match="Код восстановления"):
        made.unlock_by_code(vault.recovery_code())


def test_keys_are_never_printed() -> None:
    keys = Keys.fresh()
    assert keys.desk.hex() not in repr(keys)
    assert repr(keys.desk) not in repr(keys)


@given(st.text(min_size=8, max_size=40).filter(lambda text: text.isprintable() and len(text.strip()) >= 8))
def test_any_password_opens_its_own_slot(password: str) -> None:
    keys = Keys.fresh()
    assert Vault("w", ()).with_user(OWNER, password, keys, CHEAP).unlock("owner-id", password) == keys

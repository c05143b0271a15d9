"""The vault: who gets which keys, and that no field of it can be changed unnoticed."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain.access import Actor, Role
from profdesk.errors import AccessError, CodeNeededError, WorkspaceError, WrongInputError
from profdesk.storage import vault
from profdesk.storage.vault import Cost, Keys, Slot, Vault

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
    assert teacher == Keys(keys.desk, None, None, keys.anchor)


def test_password_may_be_typed_decomposed() -> None:
    made = Vault("w", ()).with_user(OWNER, "й" * 8, Keys.fresh(), CHEAP)
    assert made.unlock("owner-id", "и\u0306" * 8)


def test_wrong_password_is_told() -> None:
    with pytest.raises(AccessError, match="Пароль не подходит"):
        sealed(Keys.fresh()).unlock("owner-id", "пароль-парол")


def test_short_password_is_refused() -> None:
    with pytest.raises(WrongInputError, match="короче 8"):
        Vault("w", ()).with_user(OWNER, "1234567", Keys.fresh(), CHEAP)


def spoiled(folder: Path, change: Callable[[dict[str, Any]], None], slot: int = 0) -> Vault:
    raw = json.loads((folder / vault.FILE).read_text(encoding="utf-8"))
    del raw["sha256"]  # it tells accidents alone: who changes the file on purpose leaves it out
    change(raw["slots"][slot])
    (folder / vault.FILE).write_text(json.dumps(raw), encoding="utf-8")
    return vault.load(folder)


def other(field: str, value: Any) -> Any:
    """Something else of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + (8 if field == "memory" else 1)
        case list():
            return ["coordinator"]
        case dict():
            return {name: other("boxes", box) for name, box in value.items()}
        case str() if field in ("salt", "public", "locked", "boxes", "tag"):
            return ("B" if value[0] == "A" else "A") + value[1:]
    return value + "x"


@pytest.mark.parametrize("field", [one.name for one in fields(Slot)])
def test_changed_field_does_not_open(tmp_path: Path, field: str) -> None:
    vault.save(tmp_path, sealed(Keys.fresh()))
    changed = spoiled(tmp_path, lambda slot: slot.update({field: other(field, slot[field])}))
    with pytest.raises((AccessError, WorkspaceError)):
        changed.unlock("owner-idx" if field == "id" else "owner-id", "пароль-пароль")


@pytest.mark.parametrize("field", ["name", "post", "roles", "must_change", "public", "boxes", "tag", "locked"])
def test_nothing_is_given_to_a_slot_that_an_outsider_changed(tmp_path: Path, field: str) -> None:
    keys = Keys.fresh()
    vault.save(tmp_path, sealed(keys))
    changed = spoiled(tmp_path, lambda slot: slot.update({field: other(field, slot[field])}), slot=1)
    with pytest.raises(WorkspaceError, match="изменён не программой"):
        changed.with_keys({"desk": b"d" * 32}, keys.anchor)
    with pytest.raises(WorkspaceError, match="изменён не программой"):
        changed.with_facts(replace(TEACHER, post="завуч"), keys)


def test_slot_made_without_the_anchor_gets_no_keys(tmp_path: Path) -> None:
    """Whoever writes into the folder but knows nothing adds himself: the next re-keying refuses him."""
    keys, stranger = Keys.fresh(), Actor("stranger", "Чужой", "", frozenset({Role.OWNER}))
    forged = Vault("workspace-id", sealed(keys).slots).with_user(stranger, "чужой-пароль", Keys.fresh(), CHEAP)
    with pytest.raises(WorkspaceError, match="«Чужой» ненастоящая"):
        forged.with_keys({"desk": b"d" * 32}, keys.anchor)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tag", 5),
        ("boxes", []),
        ("boxes", {"desk": 1}),
        ("must_change", "да"),
        ("roles", "owner"),
        ("roles", ["king"]),
        ("name", "\ud800"),
        ("memory", 1 << 40),
        ("passes", 1 << 40),
        ("memory", "64"),
    ],
)
def test_field_of_another_kind_is_damage(tmp_path: Path, field: str, value: object) -> None:
    vault.save(tmp_path, sealed(Keys.fresh()))
    with pytest.raises(WorkspaceError, match="повреждён"):
        spoiled(tmp_path, lambda slot: slot.update({field: value}))


def test_keys_are_renewed_without_others_passwords() -> None:
    keys = Keys.fresh()
    fresh = {"desk": b"d" * 32, "psy": b"p" * 32}
    made = sealed(keys).with_keys(fresh, keys.anchor)
    assert made.unlock("owner-id", "пароль-пароль") == replace(keys, **fresh)
    assert made.unlock("teacher-id", "teacher-pass") == Keys(b"d" * 32, None, None, keys.anchor)


def test_new_role_gives_its_keys_and_takes_those_of_the_former() -> None:
    keys = Keys.fresh()
    promoted = replace(TEACHER, roles=frozenset({Role.PSYCHOLOGIST}))
    made = sealed(keys).with_facts(promoted, keys)
    assert made.unlock("teacher-id", "teacher-pass") == replace(keys, seal=None)
    assert made.with_facts(TEACHER, keys).unlock("teacher-id", "teacher-pass").psy is None
    with pytest.raises(CodeNeededError, match="листа восстановления"):
        sealed(keys).with_facts(promoted, keys.for_roles([Role.ADMINISTRATOR]))


def test_name_is_changed_by_whoever_lacks_the_keys_of_the_roles() -> None:
    keys = Keys.fresh()
    renamed = replace(OWNER, name="Иванова-Петрова Анна")
    made = sealed(keys).with_facts(renamed, keys.for_roles([Role.ADMINISTRATOR]))
    assert made.users[0].name == "Иванова-Петрова Анна"
    assert made.unlock("owner-id", "пароль-пароль") == keys


def test_password_given_by_somebody_else_is_to_be_changed() -> None:
    keys = Keys.fresh()
    made = sealed(keys).with_user(TEACHER, "другой-пароль", keys, CHEAP, must_change=True)
    assert [user.id for user in made.users] == ["owner-id", "teacher-id"]
    assert made.must_change("teacher-id")
    assert not made.must_change("owner-id")
    assert made.unlock("teacher-id", "другой-пароль").psy is None


def test_slot_of_another_workspace_does_not_open(tmp_path: Path) -> None:
    vault.save(tmp_path, sealed(Keys.fresh()))
    raw = json.loads((tmp_path / vault.FILE).read_text(encoding="utf-8"))
    del raw["sha256"]
    (tmp_path / vault.FILE).write_text(json.dumps({**raw, "workspace": "another-id"}), encoding="utf-8")
    with pytest.raises(AccessError):
        vault.load(tmp_path).unlock("owner-id", "пароль-пароль")


def test_one_flipped_bit_anywhere_is_told_from_a_wrong_password(tmp_path: Path) -> None:
    vault.save(tmp_path, sealed(Keys.fresh()))
    whole = (tmp_path / vault.FILE).read_bytes()
    harmless = 0
    for place in range(0, len(whole), 7):
        data = bytearray(whole)
        data[place] ^= 1
        (tmp_path / vault.FILE).write_bytes(data)
        try:
            vault.load(tmp_path)
            harmless += 1
        except WorkspaceError:
            pass
    assert harmless * 7 < len(b'"sha256": ') * 14, "only the name of the check itself may be lost unnoticed"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 1}', '{"format": 1, "workspace": "w", "slots": [{}]}'])
def test_damaged_vault_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / vault.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError):
        vault.load(tmp_path)


def test_newer_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / vault.FILE).write_text('{"format": 99, "workspace": "w", "slots": []}', encoding="utf-8")
    with pytest.raises(WorkspaceError, match="более новая"):
        vault.load(tmp_path)


def test_passwords_tried_at_once_open_one_after_the_other() -> None:
    """Two derivations of several lanes at once end in an error of OpenSSL's, or never."""
    keys = Keys.fresh()
    made = Vault("w", ()).with_user(OWNER, "пароль-пароль", keys, Cost(memory=64, passes=1, lanes=4))
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: made.unlock("owner-id", "пароль-пароль"), range(20)))
    assert found == [keys] * 20


def test_recovery_code_opens_however_typed() -> None:
    keys = Keys.fresh()
    code = vault.recovery_code()
    made = Vault("w", ()).with_recovery(code, keys, CHEAP)
    assert made.unlock_by_code(code.lower().replace("-", " ")) == keys
    with pytest.raises(AccessError, match="Код восстановления"):
        made.unlock_by_code(vault.recovery_code())


def test_a_code_may_be_typed_on_a_russian_keyboard_by_what_its_signs_look_like() -> None:
    keys, code = Keys.fresh(), "ABE3-KMHP-CTYX-2222-2222-2222-2222"
    made = Vault("w", ()).with_recovery(code, keys, CHEAP)
    for typed in ("АВЕЗ КМНР СТУХ 2222 2222 2222 2222", "авез-кмнр-стух-2222-2222-2222-2222"):
        assert made.unlock_by_code(typed) == keys


def test_keys_are_never_printed() -> None:
    keys = Keys.fresh()
    assert keys.desk.hex() not in repr(keys)
    assert repr(keys.desk) not in repr(keys)


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=8, max_size=40))
def test_any_password_opens_its_own_slot(password: str) -> None:
    keys = Keys.fresh()
    assert Vault("w", ()).with_user(OWNER, password, keys, CHEAP).unlock("owner-id", password) == keys

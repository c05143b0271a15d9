"""The vault: what opens it, and that nothing in it can be changed unnoticed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from profdesk.domain.access import Actor, Role
from profdesk.errors import AccessError, ProfdeskError, WorkspaceError, WrongInputError
from profdesk.storage import vault
from profdesk.storage.vault import Cost, Keys, Vault

PASSWORD = "Йод и ёлка"


def _actor(*roles: Role) -> Actor:
    return Actor("u1", "Климова Вера Львовна", "координатор", frozenset(roles))


@pytest.fixture
def keys() -> Keys:
    return Keys.fresh()


@pytest.fixture
def sealed(tmp_path: Path, keys: Keys, cheap: Cost) -> Path:
    made = Vault("w1", ()).with_user(_actor(Role.OWNER), PASSWORD, keys, cheap)
    vault.save(tmp_path, made.with_recovery("2345-6789-ABCD-EFGH-JKMN-PQRS-TUVW", keys, cheap))
    return tmp_path


def test_the_right_password_gives_the_same_keys(sealed: Path, keys: Keys) -> None:
    assert vault.load(sealed).unlock("u1", PASSWORD) == keys


def test_a_wrong_password_is_refused_in_words(sealed: Path) -> None:
    with pytest.raises(AccessError, match="Пароль не подходит"):
        vault.load(sealed).unlock("u1", PASSWORD + "!")


def test_composed_and_decomposed_letters_are_one_password(sealed: Path, keys: Keys) -> None:
    typed = unicodedata.normalize("NFD", PASSWORD)
    assert typed != PASSWORD
    assert vault.load(sealed).unlock("u1", typed) == keys


def test_a_short_password_is_refused(keys: Keys, cheap: Cost) -> None:
    with pytest.raises(WrongInputError, match="короче"):
        Vault("w1", ()).with_user(_actor(Role.OWNER), "семь777", keys, cheap)


@pytest.mark.parametrize(
    ("role", "psy", "seal"),
    [
        (Role.OWNER, True, True),
        (Role.PSYCHOLOGIST, True, False),
        (Role.HEAD, False, True),
        (Role.COORDINATOR, False, True),
        (Role.ADMINISTRATOR, False, False),
        (Role.TEACHER, False, False),
        (Role.READER, False, False),
    ],
)
def test_a_role_holds_its_keys_and_no_others(
    keys: Keys, cheap: Cost, role: Role, psy: bool, seal: bool
) -> None:
    held = Vault("w1", ()).with_user(_actor(role), PASSWORD, keys, cheap).unlock("u1", PASSWORD)
    assert held == Keys(keys.desk, keys.psy if psy else None, keys.seal if seal else None)


def _flips(raw: Any) -> list[tuple[str, Callable[[Any], None]]]:
    """Every single change of a field of the file, the first slot's fields among them."""
    found: list[tuple[str, Callable[[Any], None]]] = []
    for name in raw:
        if name != "slots":
            found.append((name, lambda whole, name=name: whole.__setitem__(name, _other(whole[name]))))
    for name in raw["slots"][0]:
        found.append(
            (
                f"slot {name}",
                lambda whole, name=name: whole["slots"][0].__setitem__(name, _other(whole["slots"][0][name])),
            )
        )
    return found


def _other(value: Any) -> Any:
    if isinstance(value, int):
        return value - 1 if value == vault.FORMAT else value + 1
    if isinstance(value, list):
        return [*value, "reader"]
    return value[:-4] + ("AAA=" if value.endswith("=") and value[-4:] != "AAA=" else "AAAA")


def test_any_changed_field_is_noticed(sealed: Path) -> None:
    whole = (sealed / vault.FILE).read_text(encoding="utf-8")
    flips = _flips(json.loads(whole))
    assert len(flips) > 10
    unnoticed = []
    for name, flip in flips:
        changed = json.loads(whole)
        flip(changed)
        assert changed != json.loads(whole)
        (sealed / vault.FILE).write_text(json.dumps(changed), encoding="utf-8")
        try:
            vault.load(sealed).unlock("u1", PASSWORD)
        except ProfdeskError:
            continue
        unnoticed.append(name)
    assert unnoticed == []


@pytest.mark.parametrize("field", ["memory", "passes", "lanes"])
def test_an_absurd_cost_is_refused_without_being_paid(sealed: Path, field: str) -> None:
    raw = json.loads((sealed / vault.FILE).read_text(encoding="utf-8"))
    raw["slots"][0][field] = 2**31
    (sealed / vault.FILE).write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(ProfdeskError):
        vault.load(sealed).unlock("u1", PASSWORD)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"x"', "{}", '{"format": 1}', '{"format": 1, "workspace": "w", "slots": [1]}']
)
def test_a_damaged_vault_is_a_workspace_error(tmp_path: Path, text: str) -> None:
    (tmp_path / vault.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError, match="повреждён|новая"):
        vault.load(tmp_path)


def test_a_missing_vault_is_a_workspace_error(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="не рабочая папка"):
        vault.load(tmp_path)


def test_the_code_is_long_enough_and_legible() -> None:
    codes = {vault.recovery_code() for _ in range(200)}
    assert len(codes) == 200
    letters = {letter for code in codes for letter in code} - {"-"}
    assert not letters & set("01IO")
    assert len(letters) == 32
    for code in codes:
        groups = code.split("-")
        assert {len(group) for group in groups} == {4}
        assert 5 * sum(map(len, groups)) >= 120


@pytest.mark.parametrize(
    "typed",
    [
        "2345-6789-abcd-efgh-jkmn-pqrs-tuvw",
        "2345 6789 ABCD EFGH JKMN PQRS TUVW",
        "23456789abcdefghjkmnpqrstuvw",
        "  2345 – 6789 – ABCD – EFGH – JKMN – PQRS – TUVW\n",
    ],
)
def test_the_code_is_taken_however_it_is_typed(sealed: Path, keys: Keys, typed: str) -> None:
    assert vault.load(sealed).unlock_by_code(typed) == keys


@pytest.mark.parametrize("typed", ["", "2345", "2345-6789-ABCD-EFGH-JKMN-PQRS-TUVX"])
def test_a_wrong_code_is_refused_in_words(sealed: Path, typed: str) -> None:
    with pytest.raises(AccessError, match="Код восстановления не подходит"):
        vault.load(sealed).unlock_by_code(typed)


def test_keys_are_never_shown(keys: Keys) -> None:
    for shown in (repr(keys), str(keys), f"{keys}"):
        for key in (keys.desk, keys.psy, keys.seal):
            assert key is not None
            assert key.hex() not in shown
            assert repr(key)[2:-1] not in shown


def test_saving_leaves_one_whole_file(sealed: Path, keys: Keys, cheap: Cost) -> None:
    vault.save(sealed, vault.load(sealed).with_user(_actor(Role.OWNER), "другая фраза", keys, cheap))
    assert [path.name for path in sealed.iterdir()] == [vault.FILE]
    assert vault.load(sealed).unlock("u1", "другая фраза") == keys

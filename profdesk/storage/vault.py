"""``vault.json``: the workspace's keys, wrapped once for each user and once for the recovery sheet.

A slot is argon2id (RFC 9106) over the NFC form of the password, then AES-256-GCM over the keys with
every other field of the slot as associated data, so that no field can be changed unnoticed.
"""

from __future__ import annotations

import base64
import json
import os
import secrets as randomness
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from profdesk.domain import passwords
from profdesk.domain.access import PSYCHOLOGISTS, Actor, Role
from profdesk.errors import AccessError, WorkspaceError

FILE = "vault.json"
FORMAT = 1
_KEY_BYTES = 32
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH = 28
_RECOVERY = "recovery"
_SEAL_ROLES = frozenset({Role.OWNER, Role.HEAD, Role.COORDINATOR})


@dataclass(frozen=True)
class Cost:
    """What a guess of a password costs: memory in KiB, passes and lanes of argon2id."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True)
class Keys:
    """The raw 256-bit keys a user holds; never printed. ``psy`` and ``seal`` only where the role has them."""

    desk: bytes = field(repr=False)
    psy: bytes | None = field(repr=False)
    seal: bytes | None = field(repr=False)

    @classmethod
    def fresh(cls) -> Keys:
        """Random keys for a new workspace."""
        return cls(*(randomness.token_bytes(_KEY_BYTES) for _ in range(3)))

    def for_roles(self, roles: Iterable[Role]) -> Keys:
        """Keep only the keys that the roles may hold."""
        held = frozenset(roles)
        return replace(
            self,
            psy=self.psy if held & PSYCHOLOGISTS else None,
            seal=self.seal if held & _SEAL_ROLES else None,
        )


@dataclass(frozen=True)
class Slot:
    """One way to unlock the keys; all fields but ``wrapped`` are authenticated by it."""

    id: str
    name: str
    post: str
    roles: tuple[str, ...]
    memory: int
    passes: int
    lanes: int
    salt: str
    nonce: str
    wrapped: str

    @property
    def actor(self) -> Actor:
        """The user this slot belongs to."""
        return Actor(self.id, self.name, self.post, frozenset(Role(role) for role in self.roles))


@dataclass(frozen=True)
class Vault:
    """The whole file: the workspace's id and its slots, the recovery slot among them."""

    workspace: str
    slots: tuple[Slot, ...]

    @property
    def users(self) -> tuple[Actor, ...]:
        """Everyone who has a password."""
        return tuple(slot.actor for slot in self.slots if slot.id != _RECOVERY)

    def with_user(self, actor: Actor, password: str, keys: Keys, cost: Cost) -> Vault:
        """Add or renew a user's slot, wrapping the keys of the user's roles."""
        checked = passwords.checked(password)
        slot = _wrap(self.workspace, actor, checked, keys.for_roles(actor.roles), cost)
        return self._with(slot)

    def with_recovery(self, code: str, keys: Keys, cost: Cost) -> Vault:
        """Add or renew the slot of the printed recovery sheet, which holds every key."""
        holder = Actor(_RECOVERY, "", "", frozenset({Role.OWNER}))
        return self._with(_wrap(self.workspace, holder, _plain_code(code), keys, cost))

    def unlock(self, user: str, password: str) -> Keys:
        """Unwrap a user's keys; AccessError if the password is wrong or the slot was changed."""
        slot = self._slot(user)
        try:
            return _unwrap(self.workspace, slot, passwords.normal(password))
        except InvalidTag as error:
            raise AccessError("Пароль не подходит. Проверьте раскладку клавиатуры и Caps Lock.") from error

    def unlock_by_code(self, code: str) -> Keys:
        """Unwrap every key by the recovery code, however it was typed."""
        try:
            return _unwrap(self.workspace, self._slot(_RECOVERY), _plain_code(code))
        except InvalidTag as error:
            raise AccessError("Код восстановления не подходит. Сверьте его с листом по знаку.") from error

    def actor(self, user: str) -> Actor:
        """The user of that slot; AccessError if there is none."""
        return self._slot(user).actor

    def _slot(self, user: str) -> Slot:
        for slot in self.slots:
            if slot.id == user:
                return slot
        raise AccessError("Такого пользователя в рабочей папке нет. Выберите имя из списка.")

    def _with(self, fresh: Slot) -> Vault:
        others = tuple(slot for slot in self.slots if slot.id != fresh.id)
        return replace(self, slots=(*others, fresh))


def recovery_code() -> str:
    """Make a code of 140 random bits in groups of four, without letters that look alike."""
    code = "".join(randomness.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    return "-".join(code[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def load(folder: Path) -> Vault:
    """Read the vault; WorkspaceError if it is missing, damaged or of a newer format."""
    path = folder / FILE
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WorkspaceError(f"«{folder}» не рабочая папка profdesk: в ней нет файла {FILE}.") from error
    except (OSError, ValueError) as error:
        raise WorkspaceError(f"Файл {FILE} повреждён. Восстановите рабочую папку из копии.") from error
    return _parsed(raw)


def save(folder: Path, vault: Vault) -> None:
    """Write the vault by atomic replace."""
    text = json.dumps(
        {"format": FORMAT, "workspace": vault.workspace, "slots": [_slot_fields(s) for s in vault.slots]},
        ensure_ascii=False,
        indent=1,
    )
    fresh = folder / f"{FILE}.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / FILE)


def _parsed(raw: object) -> Vault:
    try:
        if not isinstance(raw, dict) or raw["format"] > FORMAT:
            raise WorkspaceError("Рабочую папку создала более новая программа. Обновите profdesk.")
        if raw["format"] != FORMAT:
            raise WorkspaceError(f"Файл {FILE} повреждён. Восстановите рабочую папку из копии.")
        slots = tuple(Slot(**{**slot, "roles": tuple(slot["roles"])}) for slot in raw["slots"])
        for slot in slots:
            _ = slot.actor
        return Vault(raw["workspace"], slots)
    except (KeyError, TypeError, ValueError) as error:
        raise WorkspaceError(f"Файл {FILE} повреждён. Восстановите рабочую папку из копии.") from error


def _slot_fields(slot: Slot) -> dict[str, object]:
    return {**vars(slot), "roles": list(slot.roles)}


def _wrap(workspace: str, actor: Actor, password: str, keys: Keys, cost: Cost) -> Slot:
    slot = Slot(
        id=actor.id,
        name=actor.name,
        post=actor.post,
        roles=tuple(sorted(role.value for role in actor.roles)),
        memory=cost.memory,
        passes=cost.passes,
        lanes=cost.lanes,
        salt=_text(randomness.token_bytes(16)),
        nonce=_text(randomness.token_bytes(12)),
        wrapped="",
    )
    held = {name: _text(key) for name, key in vars(keys).items() if key is not None}
    cipher = AESGCM(_derive(slot, password))
    sealed = cipher.encrypt(_raw(slot.nonce), json.dumps(held).encode(), _bound(workspace, slot))
    return replace(slot, wrapped=_text(sealed))


def _unwrap(workspace: str, slot: Slot, password: str) -> Keys:
    try:
        cipher = AESGCM(_derive(slot, password))
        plain = cipher.decrypt(_raw(slot.nonce), _raw(slot.wrapped), _bound(workspace, slot))
    except (ValueError, MemoryError, OverflowError, TypeError) as error:
        raise InvalidTag from error
    held: Mapping[str, str] = json.loads(plain)
    keys = {name: _raw(key) for name, key in held.items()}
    return Keys(desk=keys["desk"], psy=keys.get("psy"), seal=keys.get("seal"))


def _derive(slot: Slot, password: str) -> bytes:
    kdf = Argon2id(
        salt=_raw(slot.salt),
        length=_KEY_BYTES,
        iterations=slot.passes,
        lanes=slot.lanes,
        memory_cost=slot.memory,
    )
    return kdf.derive(password.encode())


def _bound(workspace: str, slot: Slot) -> bytes:
    fields = {**_slot_fields(slot), "wrapped": None, "workspace": workspace, "format": FORMAT}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain_code(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter in _ALPHABET)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)

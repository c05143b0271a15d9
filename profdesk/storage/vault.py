"""``vault.json``: the workspace's keys, for each user and for the recovery sheet.

A slot has a key pair. Its private half is locked by the password, and the keys its roles may hold are boxed to the
public half: whoever keeps users renews boxes without knowing others' passwords. Every user knows the workspace's
``anchor``, which stays the same for its life; boxes and the tag over all fields of a slot cannot be made without it,
so that nobody else who may write into the folder adds a user, raises a role or slips in keys of his own.
"""

from __future__ import annotations

import json
import secrets as randomness
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag

from profdesk import atomic
from profdesk.domain import passwords
from profdesk.domain.access import PSYCHOLOGISTS, SIGNERS, Actor, Role
from profdesk.errors import AccessError, CodeNeededError, DamagedError, WorkspaceError, place_told
from profdesk.storage import old_slots, sealing
from profdesk.storage.old_slots import OldSlot

FILE = "vault.json"
FORMAT = 2
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_ALIKE = str.maketrans("АВЕЗКМНРСТУХ", "ABE3KMHPCTYX")
"""Letters of a Russian keyboard that look as signs of a code do."""
_CODE_LENGTH = 28
_RECOVERY = "recovery"
_BESIDE = "desk.db"
_CHECK = "sha256"
"""Tells a spoiled file from a wrong password; who changes a slot on purpose is stopped by its tag."""
_DAMAGED = f"Файл {FILE} повреждён. Восстановите рабочую папку из копии."
_CHANGED = f"Файл {FILE} изменён не программой: запись «{{}}» ненастоящая. Восстановите его из копии."


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
    anchor: bytes = field(repr=False)
    """What every user knows and nobody else; no key of anything, and never renewed."""

    @classmethod
    def fresh(cls) -> Keys:
        """Random keys for a new workspace."""
        return cls(*(randomness.token_bytes(sealing.KEY_BYTES) for _ in range(4)))

    def for_roles(self, roles: Iterable[Role]) -> Keys:
        """Keep only the keys that the roles may hold."""
        wanted = names_of_keys(roles)
        return replace(self, psy=self.psy if "psy" in wanted else None, seal=self.seal if "seal" in wanted else None)

    @property
    def by_name(self) -> Mapping[str, bytes]:
        """The keys that are there, without the anchor."""
        found = (("desk", self.desk), ("psy", self.psy), ("seal", self.seal))
        return {name: key for name, key in found if key is not None}


def names_of_keys(roles: Iterable[Role]) -> frozenset[str]:
    """The keys that roles may hold."""
    held = frozenset(roles)
    psy, seal = ({"psy"} if held & PSYCHOLOGISTS else ()), ({"seal"} if held & SIGNERS else ())
    return frozenset({"desk", *psy, *seal})


@dataclass(frozen=True)
class Slot:
    """One way to the keys; the tag is over all other fields."""

    id: str
    name: str
    post: str
    roles: tuple[str, ...]
    must_change: bool
    """Whether the password was thought of by somebody else."""
    memory: int
    passes: int
    lanes: int
    salt: str
    public: str
    locked: str
    """The private half and the anchor, under the password."""
    boxes: Mapping[str, str]
    """Keys by name, boxed to the public half."""
    tag: str


AnySlot = Slot | OldSlot


@dataclass(frozen=True)
class Vault:
    """The whole file: the workspace's id and its slots, the recovery slot among them."""

    workspace: str
    slots: tuple[AnySlot, ...]

    @property
    def users(self) -> tuple[Actor, ...]:
        """Everyone who has a password."""
        return tuple(_actor(slot) for slot in self.slots if slot.id != _RECOVERY)

    @property
    def has_recovery(self) -> bool:
        """Whether a printed code opens the workspace."""
        return any(slot.id == _RECOVERY for slot in self.slots)

    @property
    def able(self) -> tuple[Actor, ...]:
        """The same, each in the roles alone whose keys the slot holds."""
        return tuple(_able(slot) for slot in self.slots if slot.id != _RECOVERY)

    @property
    def is_of_today(self) -> bool:
        """Whether every slot, the recovery sheet's too, can be renewed without its password."""
        return self.has_recovery and all(isinstance(slot, Slot) for slot in self.slots)

    def actor(self, user: str) -> Actor:
        """The user of that slot; AccessError if there is none."""
        return _actor(self._slot(user))

    def must_change(self, user: str) -> bool:
        """Whether the user's password was thought of by somebody else."""
        return self._slot(user).must_change

    # -- opening -----------------------------------------------------------------------------------

    def unlock(self, user: str, password: str) -> Keys:
        """A user's keys; AccessError if the password is wrong or the slot was changed."""
        try:
            return self._open(self._slot(user), passwords.normal(password))
        except InvalidTag as error:
            raise AccessError("Пароль не подходит. Проверьте раскладку клавиатуры и Caps Lock.") from error

    def unlock_by_code(self, code: str) -> Keys:
        """Every key by the recovery code, however it was typed."""
        if not self.has_recovery:
            raise AccessError("Листа восстановления у этой рабочей папки нет.")
        try:
            return self._open(self._slot(_RECOVERY), plain_code(code))
        except InvalidTag as error:
            raise AccessError("Код восстановления не подходит. Сверьте его с листом по знаку.") from error

    # -- renewing ----------------------------------------------------------------------------------

    def with_user(self, actor: Actor, password: str, keys: Keys, cost: Cost, *, must_change: bool = False) -> Vault:
        """Add a user's slot, or make it anew, with the keys of the user's roles."""
        held = _held(keys, names_of_keys(actor.roles))
        return self._with(self._made(actor, passwords.checked(password), held, keys.anchor, cost, must_change))

    def with_own_password(self, user: str, password: str, keys: Keys, cost: Cost) -> Vault:
        """Make the slot of whoever holds ``keys`` anew: of those its roles may hold it has no others afterwards."""
        actor, checked = self.actor(user), passwords.checked(password)
        held = keys.for_roles(actor.roles).by_name
        return self._with(self._made(actor, checked, held, keys.anchor, cost, must_change=False))

    def with_password(self, user: str, password: str, keys: Keys) -> Vault:
        """Turn a slot of format 1 into one of today under the same password; any other stays."""
        slot = self._slot(user)
        if isinstance(slot, Slot):
            return self
        return self.with_user(_actor(slot), password, keys, Cost(slot.memory, slot.passes, slot.lanes))

    def with_recovery(self, code: str, keys: Keys, cost: Cost) -> Vault:
        """Add or renew the slot of the printed recovery sheet, which holds every key."""
        holder = Actor(_RECOVERY, "", "", frozenset({Role.OWNER}))
        held = _held(keys, names_of_keys(holder.roles))
        return self._with(self._made(holder, plain_code(code), held, keys.anchor, cost, must_change=False))

    def with_facts(self, actor: Actor, keys: Keys) -> Vault:
        """Change a user's name, post and roles; ``keys`` need hold only those the slot has not got yet."""
        slot = self._verified(self._slot(actor.id), keys.anchor)
        return self._saying(slot, actor, _held(keys, names_of_keys(actor.roles) - slot.boxes.keys()), keys.anchor)

    def with_word(self, actor: Actor, anchor: bytes) -> Vault:
        """The same on somebody's mere word: no key is given, roles that need one are not ``able``.

        A slot of format 1 stays as it is.
        """
        slot = self._slot(actor.id)
        return self if isinstance(slot, OldSlot) else self._saying(self._verified(slot, anchor), actor, {}, anchor)

    def with_keys(self, fresh: Mapping[str, bytes], anchor: bytes) -> Vault:
        """Put fresh keys in place of those of the same name in every slot; the recovery slot goes if it is old."""
        kept = (slot for slot in self.slots if slot.id != _RECOVERY or isinstance(slot, Slot))
        return replace(self, slots=tuple(self._rekeyed(slot, fresh, anchor) for slot in kept))

    def without(self, user: str) -> Vault:
        """Take a user's slot away."""
        gone = self._slot(user)
        return replace(self, slots=tuple(slot for slot in self.slots if slot is not gone))

    def key_names(self, user: str) -> frozenset[str]:
        """The keys that a user holds."""
        return names_of_keys(self.actor(user).roles)

    # -- inside ------------------------------------------------------------------------------------

    def _slot(self, user: str) -> AnySlot:
        for slot in self.slots:
            if slot.id == user:
                return slot
        raise AccessError("Такого пользователя в рабочей папке больше нет. Выберите имя из списка.")

    def _with(self, fresh: Slot) -> Vault:
        """Put a slot where the former one stood, or at the end."""
        there = any(slot.id == fresh.id for slot in self.slots)
        same_place = tuple(fresh if slot.id == fresh.id else slot for slot in self.slots)
        return replace(self, slots=same_place if there else (*self.slots, fresh))

    def _open(self, slot: AnySlot, password: str) -> Keys:
        if isinstance(slot, OldSlot):
            held = old_slots.unwrap(self.workspace, slot, password)
            return Keys(held["desk"], held.get("psy"), held.get("seal"), sealing.anchor_of(held["desk"]))
        key = sealing.derive(password, slot.salt, slot.memory, slot.passes, slot.lanes)
        secret = json.loads(sealing.unlock(key, slot.locked, self._bound(slot, *_OF_PASSWORD)))
        private, anchor = sealing.raw(secret["private"]), sealing.raw(secret["anchor"])
        self._verified(slot, anchor)
        found = {
            name: sealing.unbox(box, private, anchor, {**self._bound(slot, *_OF_BOX), "key": name})
            for name, box in slot.boxes.items()
        }
        return Keys(found["desk"], found.get("psy"), found.get("seal"), anchor)

    def _saying(self, slot: Slot, actor: Actor, missing: Mapping[str, bytes], anchor: bytes) -> Vault:
        """Put a user's facts into a slot, with the missing keys and without those that the roles may not hold."""
        wanted = names_of_keys(actor.roles)
        boxes = {name: box for name, box in slot.boxes.items() if name in wanted}
        told = replace(slot, name=actor.name, post=actor.post, roles=_values(actor.roles))
        return self._with(self._tagged(replace(told, boxes={**boxes, **self._boxes(slot, missing, anchor)}), anchor))

    def _made(
        self, actor: Actor, password: str, held: Mapping[str, bytes], anchor: bytes, cost: Cost, must_change: bool
    ) -> Slot:
        private, public = sealing.key_pair()
        salt = sealing.text(randomness.token_bytes(16))
        empty = Slot(
            id=actor.id,
            name=actor.name,
            post=actor.post,
            roles=_values(actor.roles),
            must_change=must_change,
            **vars(cost),
            salt=salt,
            public=public,
            locked="",
            boxes={},
            tag="",
        )
        key = sealing.derive(password, salt, cost.memory, cost.passes, cost.lanes)
        secret = {"private": sealing.text(private), "anchor": sealing.text(anchor)}
        locked = sealing.lock(key, json.dumps(secret).encode(), self._bound(empty, *_OF_PASSWORD))
        return self._tagged(replace(empty, locked=locked, boxes=self._boxes(empty, held, anchor)), anchor)

    def _boxes(self, slot: Slot, keys: Mapping[str, bytes], anchor: bytes) -> dict[str, str]:
        bound = self._bound(slot, *_OF_BOX)
        return {name: sealing.box(key, slot.public, anchor, {**bound, "key": name}) for name, key in keys.items()}

    def _rekeyed(self, slot: AnySlot, fresh: Mapping[str, bytes], anchor: bytes) -> Slot:
        known = self._verified(slot, anchor)
        renewed = {name: key for name, key in fresh.items() if name in known.boxes}
        return self._tagged(replace(known, boxes={**known.boxes, **self._boxes(known, renewed, anchor)}), anchor)

    def _tagged(self, slot: Slot, anchor: bytes) -> Slot:
        return replace(slot, tag=sealing.tag(anchor, self._bound(slot, *_OF_TAG)))

    def _verified(self, slot: AnySlot, anchor: bytes) -> Slot:
        """The slot as somebody who knows the anchor left it; nothing is boxed to any other."""
        if isinstance(slot, OldSlot):
            raise WorkspaceError(f"«{slot.name}» ещё не входил после обновления программы. Пусть войдёт один раз.")
        if not sealing.same(slot.tag, sealing.tag(anchor, self._bound(slot, *_OF_TAG))):
            raise WorkspaceError(_CHANGED.format(slot.name or "лист восстановления"))
        return slot

    def _bound(self, slot: Slot, *names: str) -> dict[str, object]:
        return {"workspace": self.workspace, "format": FORMAT, **{name: getattr(slot, name) for name in names}}


_OF_PASSWORD = ("id", "memory", "passes", "lanes", "salt", "public")
_OF_BOX = ("id", "public")
_OF_TAG = tuple(one.name for one in fields(Slot) if one.name != "tag")


_TYPES: Mapping[str, type] = {
    "roles": list,
    "must_change": bool,
    "memory": int,
    "passes": int,
    "lanes": int,
    "boxes": dict,
}


def recovery_code() -> str:
    """Make a code of 140 random bits in groups of four, without letters that look alike."""
    code = "".join(randomness.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    return "-".join(code[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def load(folder: Path) -> Vault:
    """Read the vault; WorkspaceError if it is missing, damaged or of a newer format."""
    path = folder / FILE
    try:
        raw = atomic.read_json(path)
    except FileNotFoundError as error:
        if (folder / _BESIDE).exists():
            raise DamagedError(f"В папке «{folder}» нет файла {FILE}. Восстановите его из копии.") from error
        raise WorkspaceError(f"«{folder}» не рабочая папка profdesk: в ней нет файла {FILE}.") from error
    except (OSError, ValueError) as error:
        raise DamagedError(_DAMAGED) from error
    return _parsed(raw)


def save(folder: Path, vault: Vault) -> None:
    """Write the vault by atomic replace."""
    slots = [vars(slot) for slot in vault.slots]
    raw = {"format": FORMAT, "workspace": vault.workspace, "slots": slots}
    text = json.dumps({**raw, _CHECK: sealing.digest(raw)}, ensure_ascii=False, indent=1)
    with place_told(f"Файл {FILE} записать не удалось.", WorkspaceError):
        atomic.write(folder / FILE, text.encode())


def _parsed(raw: object) -> Vault:
    try:
        if not isinstance(raw, dict) or raw["format"] > FORMAT:
            raise WorkspaceError("Рабочую папку создала более новая программа. Обновите profdesk.")
        if raw.pop(_CHECK, None) not in (None, sealing.digest(raw)):
            raise DamagedError(_DAMAGED)
        vault = Vault(raw["workspace"], tuple(_slot(slot) for slot in raw["slots"]))
        if not vault.users:
            raise DamagedError(_DAMAGED)
        if raw["format"] != FORMAT and any(isinstance(slot, Slot) for slot in vault.slots):
            raise DamagedError(_DAMAGED)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedError(_DAMAGED) from error
    return vault


def _slot(raw: dict[str, Any]) -> AnySlot:
    """A slot whose fields are of their types, however the file was spoiled; ValueError or TypeError otherwise."""
    values = (*raw.items(), *(("box", box) for box in raw.get("boxes", {}).values()))
    if any(not isinstance(value, _TYPES.get(name, str)) for name, value in values):
        raise TypeError
    if any(not 0 < raw[name] <= most for name, most in sealing.MOST.items()):
        raise ValueError
    made = {**raw, "roles": tuple(raw["roles"])}
    return OldSlot(**made) if "wrapped" in raw else Slot(**made)


def _actor(slot: AnySlot) -> Actor:
    return Actor(slot.id, slot.name, slot.post, frozenset(Role(role) for role in slot.roles))


def _able(slot: AnySlot) -> Actor:
    actor = _actor(slot)
    if isinstance(slot, OldSlot):
        return actor
    return replace(actor, roles=frozenset(role for role in actor.roles if names_of_keys([role]) <= slot.boxes.keys()))


def _held(keys: Keys, names: Collection[str]) -> Mapping[str, bytes]:
    """Keys by name; CodeNeededError if one is lacking."""
    if not keys.by_name.keys() >= set(names):
        raise CodeNeededError
    return {name: keys.by_name[name] for name in names}


def _values(roles: Iterable[Role]) -> tuple[str, ...]:
    return tuple(sorted(role.value for role in roles))


def plain_code(code: str) -> str:
    """A code as it counts, however it was typed and on whatever keyboard."""
    return "".join(letter for letter in code.upper().translate(_ALIKE) if letter in _ALPHABET)

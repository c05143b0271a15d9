"""Slots of ``vault.json`` format 1: the keys lie under the password itself, so that only its owner can renew them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from profdesk.storage import sealing

FORMAT = 1


@dataclass(frozen=True)
class OldSlot:
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
    def must_change(self) -> bool:
        """No password was given by somebody else then."""
        return False


def unwrap(workspace: str, slot: OldSlot, password: str) -> Mapping[str, bytes]:
    """The keys by name; InvalidTag if the password is wrong or the slot was changed."""
    cipher = AESGCM(sealing.derive(password, slot.salt, slot.memory, slot.passes, slot.lanes))
    fields = {**vars(slot), "roles": list(slot.roles), "wrapped": None, "workspace": workspace, "format": FORMAT}
    plain = cipher.decrypt(sealing.raw(slot.nonce), sealing.raw(slot.wrapped), sealing.canonical(fields))
    held: Mapping[str, str] = json.loads(plain)
    return {name: sealing.raw(key) for name, key in held.items()}

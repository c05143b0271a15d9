"""The workspace's signing key, and the keys this computer trusts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.rights import Right
from profdesk.domain.verification import KeyInfo
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@needs(Right.HOUSE_READ)
def current(workspace: Workspace, actor: Actor) -> KeyInfo:
    """Describe the key the workspace signs with."""
    from profdesk.signing import keys

    with workspace.unit(actor) as unit:
        return keys.describe(unit.keys.certificate())


@needs(Right.HOUSE_READ)
def certificate(workspace: Workspace, actor: Actor) -> bytes:
    """Give the public certificate (PEM) that others need to recognise this organisation's signature."""
    with workspace.unit(actor) as unit:
        return unit.keys.certificate()


def known() -> Sequence[KeyInfo]:
    """Describe every key known on this computer."""
    from profdesk.signing import keys, known_keys

    return [keys.describe(pem) for pem in known_keys.known()]


def forget(chosen: Sequence[KeyInfo]) -> Sequence[bytes]:
    """Trust keys no longer on this computer; gives their certificates, so that they can be remembered again."""
    from profdesk.signing import keys, known_keys

    wanted = {key.fingerprint for key in chosen}
    found = [pem for pem in known_keys.known() if keys.describe(pem).fingerprint in wanted]
    for fingerprint in wanted:
        known_keys.forget(fingerprint)
    return found


def remember(pem: bytes) -> KeyInfo:
    """Make a certificate known on this computer; WrongInputError if it is not one."""
    from profdesk.signing import keys, known_keys

    info = keys.describe(pem)
    known_keys.remember(pem)
    return info

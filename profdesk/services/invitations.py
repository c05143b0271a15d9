"""What a workspace package holds besides the records, as bytes and back: what its code opens, and signing keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from profdesk.domain.access import Actor, Role
from profdesk.domain.computers import Computer
from profdesk.domain.joining import Invitation
from profdesk.errors import WrongInputError

if TYPE_CHECKING:
    from profdesk.storage.computers import Secrets
    from profdesk.storage.keys import Kept

KEYS = b"K"
"""The first frame of a workspace package: the organisation's signing keys."""
_SPOILED = "Пакет рабочей папки составлен не по правилам. Попросите сделать его ещё раз."


def written(invitation: Invitation, secrets: Secrets, maker_key: str) -> bytes:
    """All of it; ``maker_key`` is what proves that the package is of the computer that locked it."""
    from profdesk.storage.computers import key_text

    told: dict[str, Any] = asdict(invitation)
    told["computer"]["added_at"] = invitation.computer.added_at.isoformat()
    del told["computer"]["stopped_at"], told["computer"]["replaced_by"], told["user"]["reach"]
    told["user"]["roles"] = sorted(invitation.user.roles)
    own = {"signing_key": key_text(secrets.signing_key), "desk": secrets.desk, "psy": secrets.psy}
    return json.dumps({**told, "secrets": own, "maker_key": maker_key}, ensure_ascii=False).encode()


def read(data: bytes) -> tuple[Invitation, Secrets, str]:
    """What ``written`` made; WrongInputError for anything else."""
    from profdesk.storage.computers import Secrets, key_bytes

    try:
        told = json.loads(data)
        computer, user, own = told["computer"], told["user"], told["secrets"]
        roles = frozenset(Role(one) for one in user["roles"])
        invitation = Invitation(
            computer=Computer(**{**computer, "added_at": datetime.fromisoformat(computer["added_at"])}),
            user=Actor(user["id"], user["name"], user["post"], roles),
            organisation=told["organisation"],
            maker=told["maker"],
            pupils=told["pupils"],
        )
        key_bytes(told["maker_key"])
        return invitation, Secrets(key_bytes(own["signing_key"]), own["desk"], own["psy"]), told["maker_key"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WrongInputError(_SPOILED) from error


def keys_written(keys: Sequence[Kept]) -> bytes:
    """Signing keys as a package holds them."""
    told = [
        {
            "id": one.id,
            "certificate": one.certificate.decode(),
            "private": None if one.private is None else one.private.decode(),
            "made_at": one.made_at,
        }
        for one in keys
    ]
    return json.dumps(told).encode()


def keys_read(data: bytes) -> Sequence[Kept]:
    """The keys again; WrongInputError for anything else."""
    from profdesk.storage.keys import Kept

    try:
        return [
            Kept(
                str(one["id"]),
                one["certificate"].encode(),
                None if one["private"] is None else one["private"].encode(),
                str(one["made_at"]),
            )
            for one in json.loads(data)
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WrongInputError(_SPOILED) from error

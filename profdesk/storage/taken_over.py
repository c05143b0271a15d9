"""What a workspace knows of computers, itself among them, handed on to an older copy that takes its place.

Without that a copy from before the first joining could neither open a file of another computer nor tell who sent it.
Each part is kept beside the restored databases under the key of the database it lay in, until the next opening.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag

from profdesk.errors import DamagedError
from profdesk.storage import database, sealing
from profdesk.storage.database import DESK, PSY
from profdesk.storage.exchange_models import ComputerRow
from profdesk.storage.models import table_of
from profdesk.storage.vault import Keys

_BOUND = {"format": "profdesk computers 1"}
Sealed = Mapping[str, str]
"""Texts by database."""


@dataclass(frozen=True)
class TakenOver:
    """The id that this computer had and its secrets, and every computer with its columns."""

    id: str
    computers: tuple[Mapping[str, Any], ...]
    signing_key: bytes = field(repr=False)
    secret: str = field(repr=False)
    psy: str | None = field(repr=False)


def read(folder: Path, keys: Keys) -> Sealed:
    """Read the databases of a folder that nobody has open; nothing of one that is damaged, or tells of no computer."""
    names = [column.name for column in table_of(ComputerRow).columns]
    found: dict[str, str] = {}
    with suppress(DamagedError), database.reading(folder / DESK, keys.desk) as connection:
        rows = connection.execute(f"SELECT {', '.join(names)} FROM computer").fetchall()  # noqa: S608
        own, key, secret = connection.execute("SELECT id, signing_key, secret FROM device").fetchone()
        if rows and secret:
            told = {"id": own, "signing_key": sealing.text(key), "secret": secret}
            told_of = (dict(zip(names, row, strict=True)) for row in rows)
            computers = [{**one, "whole": bool(one["whole"])} for one in told_of]
            found[DESK] = sealing.lock(keys.desk, json.dumps({**told, "computers": computers}).encode(), _BOUND)
    if keys.psy is not None and found:
        with suppress(DamagedError), database.reading(folder / PSY, keys.psy) as connection:
            row = connection.execute("SELECT secret FROM own_address").fetchone()
            if row is not None:
                found[PSY] = sealing.lock(keys.psy, row[0].encode(), _BOUND)
    return found


def opened(sealed: Sealed, keys: Keys) -> TakenOver | None:
    """Open what ``read`` gave, as far as these keys can; None where they are others or there is nothing."""
    try:
        told = json.loads(sealing.unlock(keys.desk, sealed[DESK], _BOUND))
    except (KeyError, InvalidTag):
        return None
    psy = None
    with suppress(KeyError, InvalidTag):
        psy = None if keys.psy is None else sealing.unlock(keys.psy, sealed[PSY], _BOUND).decode()
    return TakenOver(told["id"], tuple(told["computers"]), sealing.raw(told["signing_key"]), told["secret"], psy)

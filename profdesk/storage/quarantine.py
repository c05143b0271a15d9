"""Operations that came from a computer whose clock is ahead, kept as they came until they may be merged."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from profdesk.storage.exchange_models import AnyQuarantined, PsyQuarantinedRow, QuarantinedRow
from profdesk.storage.exchange_rows import Contents

_KINDS: Mapping[str, type[AnyQuarantined]] = {"main": QuarantinedRow, "psy": PsyQuarantinedRow}
_BYTES = "sha256:"


class Quarantine:
    """What waits of one journal; every chain's operations follow there what the journal has of it."""

    def __init__(self, session: Session, schema: str) -> None:
        self._session = session
        self._kind = _KINDS[schema]

    def all(self) -> tuple[Sequence[Mapping[str, Any]], Contents]:
        """The operations as they travel, by computer and number, and the bytes that came with them."""
        kind, operations, contents = self._kind, [], dict[str, bytes]()
        query = select(kind.operation, kind.contents).order_by(kind.device, kind.number)
        for operation, told in self._session.execute(query):
            operations.append(json.loads(operation))
            contents.update((name, base64.b64decode(text)) for name, text in json.loads(told).items())
        return operations, contents

    def put(self, operations: Iterable[Mapping[str, Any]], contents: Contents) -> None:
        """Let these wait, and nothing else."""
        self._session.execute(delete(self._kind))
        rows = [
            {
                "device": one["device"],
                "number": one["number"],
                "clock": one["clock"],
                "operation": json.dumps(dict(one), ensure_ascii=False),
                "contents": json.dumps(_spoken_of(one, contents)),
            }
            for one in operations
        ]
        if rows:
            self._session.execute(insert(self._kind), rows)

    def forget(self, first: Mapping[str, int]) -> None:
        """Drop what waits of some computers from a number on; it comes again with their next file."""
        kind = self._kind
        for device, number in first.items():
            self._session.execute(delete(kind).where(kind.device == device, kind.number >= number))


def _spoken_of(operation: Mapping[str, Any], contents: Contents) -> Mapping[str, str]:
    values = (value for _, value in json.loads(operation["fields"]).values())
    named = {value for value in values if isinstance(value, str) and value.startswith(_BYTES)}
    return {name: base64.b64encode(contents[name]).decode() for name in sorted(named & contents.keys())}

"""Which ends of the journals were left behind on purpose: a line of the workspace's story for each restore.

A mark that is kept elsewhere, on another computer or by another user of this one, knows nothing of a restore and so is
ahead of what was restored. It names the line on which it was written; the lines begun since say how far that one had
come when it was left. They are put in place together with the restored databases, tagged under the vault's anchor.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from profdesk import atomic
from profdesk.domain.mark import Heads
from profdesk.storage import heads as journals
from profdesk.storage import sealing
from profdesk.storage.heads import as_json, from_json

FILE = "restores.json"
_FORMAT = "profdesk restores 1"


@dataclass(frozen=True)
class Line:
    """What a restore began: it goes on from ``base`` and must not hold ``left``, the first operations left behind.

    ``ends`` are how far the line before had come in ``desk`` and ``psy``; None where nobody could tell.
    """

    id: str
    ends: tuple[int | None, int | None]
    base: Heads
    left: Heads


def lines(folder: Path, workspace: str, anchor: bytes) -> tuple[Line, ...]:
    """The lines of a workspace, the first restore first; none where the file is not as its users wrote it."""
    try:
        raw = atomic.read_json(folder / FILE)
        if not sealing.same(raw.pop("tag"), sealing.tag(anchor, raw)) or raw["workspace"] != workspace:
            return ()
        return tuple(
            Line(one["id"], (one["ends"][0], one["ends"][1]), _heads(one["base"]), _heads(one["left"]))
            for one in raw["lines"]
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def write(folder: Path, workspace: str, anchor: bytes, known: Sequence[Line]) -> None:
    """Write the lines into a folder that is about to be put in place."""
    fields = {"format": _FORMAT, "workspace": workspace, "lines": [_fields(one) for one in known]}
    atomic.write(folder / FILE, json.dumps({**fields, "tag": sealing.tag(anchor, fields)}).encode())


def is_left_behind(connection: Connection, known: Sequence[Line], line: str, heads: Heads, *, schema: str) -> bool:
    """Whether the head of a mark written on a line lies on what restores since have left behind.

    The databases must be those of the last restore, not older ones put beside what it has written.
    """
    ids = ["", *(one.id for one in known)]
    head = journals.of(heads, schema)
    if head is None or line not in ids[:-1]:
        return False
    base, left = journals.of(known[-1].base, schema), journals.of(known[-1].left, schema)
    if base is not None and not journals.holds(connection, schema, base):
        return False
    if left is not None and journals.holds(connection, schema, left):
        return False
    end = known[ids.index(line)].ends[schema == "psy"]
    return end is None or head.seq <= end


def _heads(raw: dict[str, object]) -> Heads:
    return Heads(from_json(raw["desk"]), from_json(raw["psy"]))


def _fields(line: Line) -> dict[str, object]:
    base, left = ({name: as_json(head) for name, head in vars(one).items()} for one in (line.base, line.left))
    return {"id": line.id, "ends": list(line.ends), "base": base, "left": left}

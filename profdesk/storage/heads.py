"""Heads of journals: read from an open database, and as files of the workspace keep them."""

from __future__ import annotations

from sqlalchemy import Connection, text

from profdesk.domain.mark import Head, Heads
from profdesk.storage.clock import kept_moment, moment_of

LAST = "SELECT seq, hash, clock FROM {}.operation ORDER BY seq DESC LIMIT 1"
NEXT = "SELECT seq, hash, clock FROM {}.operation WHERE seq > {:d} ORDER BY seq LIMIT 1"
_MOST = 2**63 - 1
"""The last number that SQLite could give an operation."""
_AT = "SELECT seq, hash, clock FROM {}.operation WHERE seq = :seq"
_BEFORE = "SELECT seq, hash, clock FROM {}.operation WHERE seq < :seq ORDER BY seq DESC LIMIT 1"


def last(connection: Connection, schema: str) -> Head | None:
    """The last operation of a schema's journal."""
    return _head(connection, LAST.format(schema))


def at(connection: Connection, schema: str, seq: int) -> Head | None:
    """The operation of that number."""
    return _head(connection, _AT.format(schema), seq=seq)


def before(connection: Connection, schema: str, seq: int) -> Head | None:
    """The operation before that number."""
    return _head(connection, _BEFORE.format(schema), seq=seq)


def _head(connection: Connection, query: str, **at: int) -> Head | None:
    row = connection.execute(text(query), at).first()
    return None if row is None else Head(row.seq, row.hash, moment_of(row.clock))


def holds(connection: Connection, schema: str, head: Head) -> bool:
    """Whether the operation is there."""
    return connection.execute(text(_AT.format(schema)), {"seq": head.seq}).scalars(1).first() == head.hash


def of(heads: Heads, schema: str) -> Head | None:
    """The head of a schema's journal."""
    return heads.psy if schema == "psy" else heads.desk


def as_json(head: Head | None) -> list[object] | None:
    """A head as files of the workspace keep it."""
    return None if head is None else [head.seq, head.hash, head.at.isoformat()]


def from_json(raw: object) -> Head | None:
    """Read ``as_json`` back; ValueError or TypeError for anything else."""
    if raw is None:
        return None
    if not isinstance(raw, list):
        raise TypeError
    seq, digest, at = raw
    if not isinstance(seq, int) or not 0 < seq <= _MOST:
        raise ValueError
    return Head(seq, str(digest), kept_moment(at))

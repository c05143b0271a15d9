"""The journal's high-water mark, outside the databases: beside them, and once more among this user's own files.

After each commit the number and hash of both journals' last operations are written over the older of two slots, so
that a write cut in the middle leaves the one before. Nothing is synced: a commit is on the disk before its mark is
written, so after a loss of power the mark may lag behind and can never be ahead. A slot is authenticated (HMAC under
a key derived from the vault's anchor, which no re-keying changes), which tells a spoiled mark from a lost record.
It names the restore since which it was written, so that one kept elsewhere is not ahead of what was restored.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection

from profdesk import paths
from profdesk.domain.mark import Head, Heads, Lost
from profdesk.storage import heads as journals
from profdesk.storage import replaced
from profdesk.storage.heads import as_json, from_json
from profdesk.storage.models import new_id

FILE = "journal.mark"
_FOLDER = "marks"
_SLOT = 512
_PURPOSE = b"profdesk mark 1"


@dataclass(frozen=True)
class Found:
    """A mark as it was read; one that is not ``authentic`` was spoiled. ``line`` is the last restore before it."""

    heads: Heads
    authentic: bool
    line: str = ""


@dataclass(frozen=True)
class Left:
    """Operations that are taken out of a journal: what stays before them, the first, and the journal's last number."""

    base: Head | None
    first: Head | None
    end: int


class Mark:
    """The marks of one workspace on this computer."""

    def __init__(self, folder: Path, workspace: str, anchor: bytes) -> None:
        self.workspace = workspace
        self._folder = folder
        self._files = (folder / FILE, _own(folder, workspace))
        self._anchor = anchor
        self.lines = replaced.lines(folder, workspace, anchor)
        self._count = 0
        self._psy: Head | None = None

    def found(self) -> Sequence[Found]:
        """The newest mark of each place; what psychologists wrote is carried on by those who cannot read it."""
        slots = [slot for file in self._files if (slot := self._newest(file)) is not None]
        self._count = max((slot.count for slot in slots), default=0)
        known = [slot.heads.psy for slot in slots if slot.authentic and slot.line == self.line and slot.heads.psy]
        restored = self.lines[-1].base.psy if self.lines else None
        self._psy = max(known, key=lambda head: head.seq, default=restored)
        return [Found(slot.heads, slot.authentic, slot.line) for slot in slots]

    def standing(self, connection: Connection, *, with_psy: bool) -> Sequence[Found]:
        """The marks without what restores have left behind since they were written."""
        return [self._without_left(one, connection, with_psy=with_psy) for one in self.found()]

    def leave_psy(self, left: Left) -> None:
        """Begin a line, as a restore does, on which psy's journal lacks what was taken out of it on purpose.

        It may be written before that is committed: while the operations are there, nothing counts as left behind.
        """
        former = self.lines[-1] if self.lines else None
        base = Heads(former.base.desk if former else None, left.base)
        gone = Heads(former.left.desk if former else None, left.first)
        self.lines = (*self.lines, replaced.Line(new_id(), (0, left.end), base, gone))
        replaced.write(self._folder, self.workspace, self._anchor, self.lines)

    @property
    def line(self) -> str:
        """The last restore; empty before there was any."""
        return self.lines[-1].id if self.lines else ""

    def put(self, heads: Heads, *, with_psy: bool) -> None:
        """Write how far the journals have come; a place that takes no writes keeps an older mark, harmlessly.

        Without psy's key its journal's mark is carried on as it was.
        """
        if with_psy:
            self._psy = heads.psy
        self._count += 1
        slot = self._sealed(json.dumps([self._count, as_json(heads.desk), as_json(self._psy), self.line]))
        for file in self._files:
            with suppress(OSError):
                _overwrite(file, self._count % 2, slot)

    def _without_left(self, found: Found, connection: Connection, *, with_psy: bool) -> Found:
        def stands(schema: str) -> Head | None:
            left = (
                found.authentic
                and (schema == "main" or with_psy)
                and replaced.is_left_behind(connection, self.lines, found.line, found.heads, schema=schema)
            )
            return None if left else journals.of(found.heads, schema)

        return replace(found, heads=Heads(stands("main"), stands("psy")))

    @cached_property
    def _key(self) -> bytes:
        return HKDF(SHA256(), 32, None, _PURPOSE).derive(self._anchor)

    def _sealed(self, text: str) -> bytes:
        return f"{self._code(text)} {text}".encode().ljust(_SLOT - 1) + b"\n"

    def _code(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def _newest(self, file: Path) -> _Slot | None:
        try:
            with file.open("rb") as opened:
                raw = opened.read(2 * _SLOT)
        except OSError:
            return None
        slots = [slot for at in (0, _SLOT) if (slot := self._parsed(raw[at : at + _SLOT])) is not None]
        return max(slots, key=lambda slot: (slot.authentic, slot.count), default=None)

    def _parsed(self, raw: bytes) -> _Slot | None:
        try:
            code, _, text = raw.decode("ascii").strip("\x00 \n").partition(" ")
            count, desk, psy, *line = json.loads(text)
            heads = Heads(from_json(desk), from_json(psy))
            return _Slot(int(count), heads, hmac.compare_digest(code, self._code(text)), "".join(line))
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None


@dataclass(frozen=True)
class _Slot:
    count: int
    heads: Heads
    authentic: bool
    line: str
    """Empty too where it was written before lines were."""


def forget(folder: Path, workspace: str) -> None:
    """Drop the marks of a workspace that lay in the folder before and is put there again."""
    for file in (folder / FILE, _own(folder, workspace)):
        with suppress(OSError):
            file.unlink(missing_ok=True)


def heads(connection: Connection, *, with_psy: bool) -> Heads:
    """How far the journals of an open database have come."""
    return Heads(journals.last(connection, "main"), journals.last(connection, "psy") if with_psy else None)


def lost(connection: Connection, found: Sequence[Found], certain: Sequence[Heads], *, with_psy: bool) -> list[Lost]:
    """What the journals lack of what the marks say; ``certain`` are heads of copies, to find where others took over."""
    missing = []
    for schema in ("main", "psy") if with_psy else ("main",):
        wanted = [head for one in found if one.authentic and (head := journals.of(one.heads, schema)) is not None]
        short = [head for head in wanted if not journals.holds(connection, schema, head)]
        if not short:
            continue
        until = max(short, key=lambda head: head.seq)
        last = journals.last(connection, schema)
        if last is None or last.seq < until.seq:
            missing.append(Lost(schema == "psy", until.seq - (last.seq if last else 0), True, last, until))
            continue
        known = [
            head for one in certain if (head := journals.of(one, schema)) and journals.holds(connection, schema, head)
        ]
        fork = max((head for head in known if head.seq < until.seq), key=lambda head: head.seq, default=None)
        missing.append(Lost(schema == "psy", until.seq - (fork.seq if fork else 0), False, fork, until))
    return missing


def left(connection: Connection, schema: str, first: int) -> Left:
    """What is to be told of a journal from whose operation of that number on some are taken out."""
    last = journals.last(connection, schema)
    return Left(
        journals.before(connection, schema, first), journals.at(connection, schema, first), last.seq if last else 0
    )


def fits(connection: Connection, found: Sequence[Found], *, with_psy: bool) -> bool:
    """Whether every mark, authentic or not, names an operation that is there."""
    schemas = ("main", "psy") if with_psy else ("main",)
    heads_of = ((schema, journals.of(one.heads, schema)) for one in found for schema in schemas)
    return all(head is None or journals.holds(connection, schema, head) for schema, head in heads_of)


def _own(folder: Path, workspace: str) -> Path:
    """By the place too: a copy opened elsewhere is another story."""
    place = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    name = "".join(letter for letter in workspace if letter.isalnum() or letter == "-")
    return paths.user_data() / _FOLDER / f"{name}-{place}.mark"


def _overwrite(file: Path, slot: int, data: bytes) -> None:
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"\x00" * (2 * _SLOT))
    with file.open("r+b") as opened:
        opened.seek(slot * _SLOT)
        opened.write(data)

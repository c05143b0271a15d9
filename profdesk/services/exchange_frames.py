"""What is inside a file of changes: frames made of operations, bytes and kept files, and read back with distrust.

docs/exchange-format.md tells the frames. Parts for psychologists alone are sealed once more to their own address.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from profdesk.domain.evidence import LIMIT
from profdesk.domain.exchange import DESK, PSY, Manifest, Vector
from profdesk.errors import WrongInputError

if TYPE_CHECKING:
    from profdesk.signing.exchange_file import Frame
    from profdesk.storage.exchange import Travelling

MANIFEST, OPERATIONS, BYTES, FILE, END = b"M", b"O", b"B", b"F", b"E"
_SEALED: Mapping[bytes, bytes] = {OPERATIONS: b"P", BYTES: b"Q", FILE: b"G"}
_OPEN = {sealed: plain for plain, sealed in _SEALED.items()}
_ORDER = b"MOPBQFGE"
_AT_ONCE = 5_000
_TEXT_AT_ONCE = 4 * 1024 * 1024
_PART = 8 * 1024 * 1024
_LARGEST_TEXT = 64 * 1024 * 1024
_MOST_OPERATIONS = 2_000_000
_MOST_BYTES = 1024 * 1024 * 1024
_SPOILED = "Файл обмена составлен не по правилам, принять его нельзя. Попросите отправить изменения ещё раз."
_TOO_MUCH = "В файле обмена больше, чем можно принять за один раз. Попросите отправить изменения по частям, чаще."

Seal = Callable[[bytes], bytes]


def manifest_frame(told: Manifest) -> Frame:
    """The first frame, which says what follows."""
    from profdesk.signing.exchange_file import Frame

    fields = {
        "seen": told.seen,
        "base": told.base,
        "counts": told.counts,
        "files": told.files,
        "pupils": sorted(told.pupils),
        "whole": told.whole,
    }
    return Frame(MANIFEST, json.dumps(fields, separators=(",", ":")).encode())


def operation_frames(operations: Iterable[Travelling], seal: Seal | None) -> Iterator[Frame]:
    """Operations, so many in a frame."""
    from profdesk.storage.exchange import packed

    for part in _parts(operations):
        yield _frame(OPERATIONS, zlib.compress(packed(part)), seal)


def byte_frames(contents: Mapping[str, bytes], seal: Seal | None) -> Iterator[Frame]:
    """Bytes of rows, each behind what stands for them in the journal."""
    for name, content in contents.items():
        yield from _in_parts(BYTES, name, content, seal)


def file_frames(digest: str, content: bytes, seal: Seal | None) -> Iterator[Frame]:
    """A kept file behind its SHA-256."""
    yield from _in_parts(FILE, digest, content, seal)


def end_frame(count: int) -> Frame:
    """The last frame, which says how many came before."""
    from profdesk.signing.exchange_file import Frame

    return Frame(END, str(count).encode())


def _in_parts(kind: bytes, name: str, content: bytes, seal: Seal | None) -> Iterator[Frame]:
    for start in range(0, max(1, len(content)), _PART):
        yield _frame(kind, name.encode() + content[start : start + _PART], seal)


def _frame(kind: bytes, data: bytes, seal: Seal | None) -> Frame:
    from profdesk.signing.exchange_file import Frame

    return Frame(kind, data) if seal is None else Frame(_SEALED[kind], seal(data))


def _parts(operations: Iterable[Travelling]) -> Iterator[Sequence[Travelling]]:
    part: list[Travelling] = []
    size = 0
    for one in operations:
        if part and (len(part) == _AT_ONCE or size + len(one["fields"]) > _TEXT_AT_ONCE):
            yield part
            part, size = [], 0
        part.append(one)
        size += len(one["fields"])
    if part:
        yield part


@dataclass
class Incoming:
    """Frames as they come: everything but kept files is gathered, then ``gathered`` is called, then each ``file``.

    ``opening`` opens what is sealed; without it that is left where it is.
    """

    opening: Seal | None
    gathered: Callable[[], None]
    file: Callable[[str, bytes], None]
    """Told of each kept file: the journal that speaks of it, and its bytes."""
    operations: dict[str, list[Travelling]] = field(default_factory=lambda: {DESK: [], PSY: []})
    contents: dict[str, dict[str, bytes]] = field(default_factory=lambda: {DESK: {}, PSY: {}})
    _manifest: Manifest | None = None
    _frames: int = 0
    _at: int = 0
    _size: int = 0
    _parted: _Parted | None = None
    _is_gathered: bool = False
    _ended: bool = False

    @property
    def manifest(self) -> Manifest:
        """What the file says of itself; WrongInputError before it has."""
        if self._manifest is None:
            raise WrongInputError(_SPOILED)
        return self._manifest

    def take(self, frame: Frame) -> None:
        """Take the next frame; WrongInputError for one that has no business there."""
        at = _ORDER.find(frame.kind)
        if at < self._at or self._ended or (self._frames == 0) != (frame.kind == MANIFEST):
            raise WrongInputError(_SPOILED)
        self._at = at
        kind, name, data = self._opened(frame)
        if kind == MANIFEST:
            self._manifest = _manifest(data)
        elif kind == OPERATIONS:
            self._take_operations(name, data)
        elif kind in (BYTES, FILE):
            self._take_part(kind, name, data)
        elif kind == END and data != str(self._frames).encode():
            raise WrongInputError(_SPOILED)
        self._ended = kind == END
        if self._ended:
            self._finish_part()
            self._gather()
        self._frames += 1

    def finish(self) -> None:
        """Make sure that the end has come."""
        if not self._ended:
            raise WrongInputError(_SPOILED)

    def _opened(self, frame: Frame) -> tuple[bytes, str, bytes]:
        """A frame as it would be if it were not sealed, and its journal; nothing of one that cannot be opened."""
        kind = _OPEN.get(frame.kind)
        if kind is None:
            return frame.kind, DESK, frame.data
        return (b"", PSY, b"") if self.opening is None else (kind, PSY, self.opening(frame.data))

    def _take_operations(self, name: str, data: bytes) -> None:
        from profdesk.storage.exchange import unpacked

        found = self.operations[name]
        text = _inflated(data)
        self._count(len(text))
        found.extend(unpacked(text))
        if len(found) > _MOST_OPERATIONS:
            raise WrongInputError(_TOO_MUCH)

    def _take_part(self, kind: bytes, name: str, data: bytes) -> None:
        length = 71 if kind == BYTES else 64
        key, content = data[:length], data[length:]
        parted = self._parted
        if parted is None or (parted.kind, parted.name, parted.key) != (kind, name, key):
            self._finish_part()
            if kind == FILE:
                self._gather()
            parted = self._parted = _Parted(kind, name, key)
        parted.content += content
        if kind == FILE and len(parted.content) > LIMIT:
            raise WrongInputError(_TOO_MUCH)
        if kind == BYTES:
            self._count(len(content))

    def _finish_part(self) -> None:
        parted, self._parted = self._parted, None
        if parted is None:
            return
        digest = hashlib.sha256(parted.content).hexdigest()
        told = digest if parted.kind == FILE else f"sha256:{digest}"
        if parted.key != told.encode():
            raise WrongInputError(_SPOILED)
        if parted.kind == FILE:
            self.file(parted.name, bytes(parted.content))
        else:
            self.contents[parted.name][told] = bytes(parted.content)

    def _gather(self) -> None:
        if not self._is_gathered:
            self._is_gathered = True
            self.gathered()

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > _MOST_BYTES:
            raise WrongInputError(_TOO_MUCH)


@dataclass
class _Parted:
    """Bytes that come in several frames."""

    kind: bytes
    name: str
    key: bytes
    content: bytearray = field(default_factory=bytearray)


def _inflated(data: bytes) -> bytes:
    """What was compressed, if it is no larger than anybody writes it."""
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(data, _LARGEST_TEXT)
    except zlib.error as error:
        raise WrongInputError(_SPOILED) from error
    if not unpacking.eof or unpacking.unused_data:
        raise WrongInputError(_SPOILED)
    return text


def _manifest(data: bytes) -> Manifest:
    try:
        told = json.loads(data)
        return Manifest(
            seen=_vector(told["seen"]),
            base=_vector(told["base"]),
            counts={name: _number(told["counts"][name]) for name in (DESK, PSY)},
            files=_number(told["files"]),
            pupils=frozenset(str(one) for one in told["pupils"]),
            whole=bool(told["whole"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WrongInputError(_SPOILED) from error


def _vector(told: Mapping[str, Mapping[str, int]]) -> Vector:
    return {
        name: {str(device): _number(last) for device, last in told[name].items()}
        for name in (DESK, PSY)
        if name in told
    }


def _number(told: object) -> int:
    if type(told) is not int or not 0 <= told < 2**62:
        raise ValueError
    return told

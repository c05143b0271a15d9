"""A file of changes as it is put together: what one computer has not seen, with the bytes and files it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from profdesk.domain.computers import Computer
from profdesk.domain.exchange import DESK, PSY, Manifest, Vector
from profdesk.domain.progress import Progress
from profdesk.services import exchange_frames
from profdesk.services.exchange_frames import Seal

if TYPE_CHECKING:
    from profdesk.signing.exchange_file import Frame
    from profdesk.storage.exchange import Travelling
    from profdesk.storage.unit_of_work import UnitOfWork

_STEP = 1_000


class Sending:
    """Frames for one computer; what is sealed for psychologists goes only where they are, and only from them."""

    def __init__(self, unit: UnitOfWork, to: Computer, base: Vector, progress: Progress) -> None:
        self._unit = unit
        self._to = to
        self._progress = progress
        self._names = tuple(name for name in unit.exchange.names if name == DESK or to.gets_psy)
        self._known = unit.exchange.known()
        self._base = {name: _within(base.get(name, {}), self._known[name]) for name in self._names}
        self._places: dict[str, set[tuple[str, str]]] = {}
        self._digests: dict[str, list[str]] = {}
        self._counts = {DESK: 0, PSY: 0}
        self._done = 0
        for name in self._names:
            self._look_through(name)

    @property
    def operations(self) -> int:
        """How many there are for that computer."""
        return sum(self._counts.values())

    @property
    def files(self) -> int:
        """How many kept files go along."""
        return sum(len(found) for found in self._digests.values())

    @property
    def pupils(self) -> int:
        """Of how many pupils it tells."""
        return sum(table == "pupil" for table, _ in self._places[DESK])

    def frames(self) -> Iterator[Frame]:
        """Everything, from the first frame to the last."""
        count = 0
        for frame in self._all():
            count += 1
            yield frame
        yield exchange_frames.end_frame(count)

    def _all(self) -> Iterator[Frame]:
        own = self._unit.computers.get(self._unit.computers.own_id)
        of_own = self._to.whole or not own.whole
        yield exchange_frames.manifest_frame(
            Manifest(
                seen=self._known,
                base=self._base,
                counts=self._counts,
                files=self.files,
                pupils=self._unit.computers.pupils(own.id) if of_own else self._unit.exchange.roots(self._to),
                whole=own.whole,
            )
        )
        for name in self._names:
            yield from exchange_frames.operation_frames(self._operations(name), self._seal(name))
        for name in self._names:
            for contents in self._unit.exchange.contents_in_parts(name, self._places[name]):
                yield from exchange_frames.byte_frames(contents, self._seal(name))
        for name in self._names:
            yield from self._files_of(name)

    def _operations(self, name: str) -> Iterator[Travelling]:
        for one in self._unit.exchange.unseen(name, self._base[name], self._to):
            self._done += 1
            if self._done % _STEP == 0:
                self._tell()
            yield one

    def _files_of(self, name: str) -> Iterator[Frame]:
        for digest in self._digests[name]:
            yield from exchange_frames.file_frames(digest, self._unit.kept[name].get(digest), self._seal(name))
            self._done += 1
            self._tell()

    def _tell(self) -> None:
        self._progress(self._done, self.operations + self.files)

    def _look_through(self, name: str) -> None:
        """Count the operations, and find out of which rows the bytes and which kept files go along."""
        from profdesk.storage import blobs

        places: set[tuple[str, str]] = set()
        digests: set[str] = set()
        for one in self._unit.exchange.unseen(name, self._base[name], self._to):
            self._counts[name] += 1
            places.add((one["table_name"], one["record"]))
            digests.update(blobs.named_in(one["fields"]))
        kept = self._unit.kept[name]
        self._places[name] = places
        self._digests[name] = sorted(one for one in digests if kept.holds(one))

    def _seal(self, name: str) -> Seal | None:
        if name == DESK or self._to.psy_address is None:
            return None
        from profdesk.signing import exchange_file

        return partial(exchange_file.seal_piece, to=self._to.psy_address)


def _within(seen: Mapping[str, int], known: Mapping[str, int]) -> Mapping[str, int]:
    """What was told, no further than this computer can say itself."""
    return {device: min(number, known[device]) for device, number in seen.items() if device in known}

"""The envelope of old Office files, looked through before calamine follows its chains of sectors.

Source: MS-CFB, Compound File Binary File Format, 2.2 (header), 2.3 (FAT), 2.4 (mini FAT), 2.6 (directory).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from profdesk.intake.limits import DAMAGED, Unreadable

_LEAST_SPECIAL = 0xFFFFFFFA
_IN_HEADER = 109
_ENTRY = 128


def check(data: bytes) -> None:
    """Unreadable for chains that lead back to themselves, and for parts said to be longer than the whole file."""
    try:
        shift, _, _, _, _, directory = struct.unpack_from("<HH6sIII", data, 30)
        mini = struct.unpack_from("<I", data, 60)[0]
        if shift not in (9, 12):
            raise Unreadable(DAMAGED)
        table = _numbers(data, 1 << shift, _places(data, 1 << shift))
        parts = _Chains(data, 1 << shift, table)
        parts.check_ends(table)
        parts.check_ends(_numbers(data, 1 << shift, parts.of(mini)))
        parts.check_lengths(directory, wide=shift == 12)
    except struct.error as error:
        raise Unreadable(DAMAGED) from error


class _Chains:
    def __init__(self, data: bytes, size: int, table: Sequence[int]) -> None:
        self._data = data
        self._size = size
        self._table = table

    def check_ends(self, table: Sequence[int]) -> None:
        """Each sector is looked at once, whichever chain leads to it."""
        walks = [-1] * len(table)
        for start in range(len(table)):
            at = start
            while at < len(table) and walks[at] < 0:
                walks[at] = start
                at = table[at]
            if at < len(table) and walks[at] == start:
                raise Unreadable(DAMAGED)

    def of(self, start: int) -> list[int]:
        """The sectors of a chain, which is known to end."""
        found: list[int] = []
        while start < len(self._table):
            found.append(start)
            start = self._table[start]
        return found

    def check_lengths(self, directory: int, *, wide: bool) -> None:
        for sector in self.of(directory):
            for place in range((sector + 1) * self._size, (sector + 2) * self._size, _ENTRY):
                entry = self._data[place : place + _ENTRY]
                if len(entry) == _ENTRY and entry[66] in (2, 5):
                    length = struct.unpack_from("<Q" if wide else "<I", entry, 120)[0]
                    if length > len(self._data):
                        raise Unreadable(DAMAGED)


def _places(data: bytes, size: int) -> list[int]:
    """The sectors that hold the table of sectors: those the header names, and those further lists name."""
    found = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    further = struct.unpack_from("<I", data, 68)[0]
    for _ in range(len(data) // size):
        if further >= _LEAST_SPECIAL:
            break
        *named, further = _numbers(data, size, [further]) or [_LEAST_SPECIAL]
        found += named
    return [place for place in found if place < _LEAST_SPECIAL]


def _numbers(data: bytes, size: int, sectors: Sequence[int]) -> list[int]:
    found: list[int] = []
    for sector in dict.fromkeys(sectors):
        part = data[(sector + 1) * size : (sector + 2) * size]
        found += struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])
    return found

"""How operations are cut into frames, so that nobody writes one that its receiver refuses."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import pytest

from profdesk.services import exchange_frames
from profdesk.storage.exchange import unpacked
from profdesk.storage.journal import FIRST


def operation(number: int, size: int) -> Mapping[str, object]:
    """One with so many letters in its fields."""
    names = ("id", "clock", "device", "actor", "batch", "verb", "table_name", "record")
    told = {name: str(number) for name in names}
    return {**told, "fields": "x" * size, "previous": FIRST, "hash": FIRST, "number": number, "erased": None}


@pytest.mark.parametrize(
    ("sizes", "parts"),
    [([5, 5, 5], [2, 1]), ([8, 50, 1], [1, 1, 1]), ([50], [1]), ([1] * 7, [3, 3, 1]), ([], [])],
)
def test_a_long_operation_has_a_frame_to_itself(
    monkeypatch: pytest.MonkeyPatch, sizes: list[int], parts: list[int]
) -> None:
    monkeypatch.setattr(exchange_frames, "_TEXT_AT_ONCE", 10)
    monkeypatch.setattr(exchange_frames, "_AT_ONCE", 3)
    told = [operation(number, size) for number, size in enumerate(sizes, 1)]
    frames = [*exchange_frames.operation_frames(told, None)]
    found = [unpacked(zlib.decompress(frame.data)) for frame in frames]
    assert [len(part) for part in found] == parts
    assert [one for part in found for one in part] == told

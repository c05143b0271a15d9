"""A workspace's folder is made whole or not at all, and what a kill left of one is cleared away."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from profdesk.errors import CancelledError, ProfdeskError, WorkspaceError
from profdesk.storage import building, room, vault

FULL = OperationalError("INSERT", {}, Exception("database or disk is full"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "место" / "папка"


def build(place: Path, failure: BaseException | None = None) -> None:
    with building.beside(place) as fresh:
        (fresh / vault.FILE).write_text("{}")
        if failure is not None:
            raise failure


def build_until_full(place: Path, failure: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full by the time of the failure."""
    with building.beside(place) as fresh:
        (fresh / vault.FILE).write_text("{}")
        monkeypatch.setattr(room, "free", lambda _: 0)
        raise failure


def test_a_full_disk_is_told_before_anything_is_built(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "free", lambda _: room.LEAST - 20 * (1 << 20))
    with pytest.raises(WorkspaceError, match="Освободите ещё 20 МБ"):
        build(place)
    assert list(place.parent.iterdir()) == []


@pytest.mark.parametrize("failure", [FULL, OSError(errno.ENOSPC, "no room"), WorkspaceError("только читать")])
def test_a_disk_that_fills_meanwhile_is_told_as_that(
    place: Path, failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WorkspaceError, match="Освободите место или выберите другой диск"):
        build_until_full(place, failure, monkeypatch)
    assert list(place.parent.iterdir()) == []


def test_what_else_fails_is_told_as_it_is(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProfdeskError, match="создать не удалось"):
        build(place, OSError(errno.EIO, "pulled out"))
    with pytest.raises(WorkspaceError, match="в другом"):
        build(place, WorkspaceError("Дело в другом."))
    with pytest.raises(CancelledError):
        build_until_full(place, CancelledError(), monkeypatch)
    assert list(place.parent.iterdir()) == []


def test_what_a_killed_program_left_is_cleared_away_a_day_later(place: Path) -> None:
    names = (".папка-abcdefgh", ".папка-ABCDEFGH", ".другая-abcdefgh", ".папка-zzzzzzzz", ".папка-11111111")
    for name in names:
        (place.parent / name / "files").mkdir(parents=True)
        (place.parent / name / vault.FILE).write_text("{}")
    old, fresh, without = place.parent / names[0], place.parent / names[3], place.parent / names[4]
    (without / vault.FILE).unlink()
    for one in place.parent.iterdir():
        if one != fresh:
            os.utime(one, (0, 0))
    build(place)
    assert not old.exists()
    assert {one.name for one in place.parent.iterdir()} == {*names[1:], place.name}

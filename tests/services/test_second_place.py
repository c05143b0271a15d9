"""The second place: what goes from a full one and what never does, and a place that would be lost with the first."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from diagnostic_school import school_with_answers

from profdesk.domain.backups import CopyKind
from profdesk.errors import ProfdeskError
from profdesk.gui.copies import rows
from profdesk.services import backups
from profdesk.storage import backup, database, room
from profdesk.storage.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = school_with_answers(tmp_path / "школа")
    yield made
    made.close()


@pytest.fixture
def stick(workspace: Workspace, tmp_path: Path) -> Path:
    place = tmp_path / "флешка"
    place.mkdir()
    backups.choose_second_place(workspace, workspace.actor, place)
    return place


def brought(workspace: Workspace, day: int) -> Path:
    """A copy of that day; those of one month, before its last week, go one after another."""
    made = workspace.back_up("после работы", kind=CopyKind.SESSION)
    made.rename(made.with_name(f"2026-11-26-10{day:02}00-x"))
    there, _ = backups.bring_to_second_place(workspace, workspace.actor)
    assert there is not None
    return there


def names(stick: Path) -> list[str]:
    return sorted(path.parent.name for path in stick.rglob("manifest.json"))


def let_fit(monkeypatch: pytest.MonkeyPatch, stick: Path, most: int) -> None:
    """The stick takes that many copies."""
    there = room.free

    def free(folder: Path) -> int | None:
        if not folder.is_relative_to(stick):
            return there(folder)
        return room.LEAST + (10**8 if len(names(stick)) < most else 0)

    monkeypatch.setattr(room, "free", free)


def test_a_full_place_lets_go_of_what_goes_by_the_rule_before_the_new_copy_comes(
    workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute in range(3):
        brought(workspace, minute)
    let_fit(monkeypatch, stick, 3)
    brought(workspace, 3)
    assert names(stick) == [f"2026-11-26-10{minute:02}00-x" for minute in (1, 2, 3)]


def test_what_the_rule_keeps_stays_and_the_user_is_told_where_there_is_no_room(
    workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute in range(2):
        brought(workspace, minute)
    before = names(stick)
    let_fit(monkeypatch, stick, 2)
    with pytest.raises(ProfdeskError, match=f"{stick.name}.*мало места.*Освободите ещё") as caught:
        brought(workspace, 2)
    assert names(stick) == before
    failed = backups.failure_there(workspace, workspace.actor)
    assert failed is not None
    assert failed.told == caught.value.message


def test_the_last_whole_copy_of_a_full_place_never_goes(
    workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oldest, *others = [brought(workspace, minute) for minute in range(3)]
    for there in others:
        with (there / database.DESK).open("r+b") as file:
            file.truncate(4096)
    let_fit(monkeypatch, stick, 3)
    with pytest.raises(ProfdeskError, match="мало места"):
        brought(workspace, 3)
    assert oldest.name in names(stick)


def test_a_place_on_the_workspaces_own_disk_is_told(workspace: Workspace, stick: Path) -> None:
    state = backups.second_place(workspace, workspace.actor)
    assert state is not None
    assert state.same_disk
    assert "на том же диске" in rows.second_place(state)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that is surely on another disk")
def test_another_disk_is_no_such_place(workspace: Workspace) -> None:
    backups.choose_second_place(workspace, workspace.actor, Path("/proc"))
    state = backups.second_place(workspace, workspace.actor)
    assert state is not None
    assert not state.same_disk
    assert "на том же диске" not in rows.second_place(state)


def test_copies_here_are_not_touched_by_a_full_second_place(
    workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(workspace, 0)
    let_fit(monkeypatch, stick, 1)
    here = len(backup.all_of(workspace.path))
    with pytest.raises(ProfdeskError):
        brought(workspace, 1)
    assert len(backup.all_of(workspace.path)) == here + 1

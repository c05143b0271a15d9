"""A workspace with a class of three, its page in a window, and a way to hold the worker up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from portfolio_class import Room, add_class, codes, new_workspace
from support import FIRST, mark

from profdesk.domain.people import Group
from profdesk.gui.common import theme


@pytest.fixture
def workspace(tmp_path: Path, qapp, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PROFDESK_HOME", str(tmp_path / "home"))
    theme.apply(qapp, False)
    return new_workspace(tmp_path / "школа")


@pytest.fixture
def small(workspace) -> tuple[Group, list[str]]:
    """Three pupils of 7 «А»; the first has a stage in the first competency."""
    group, pupils = add_class(workspace, 3)
    mark(workspace, FIRST.previous, (pupils[0], codes(group)[0], 1))
    mark(workspace, FIRST, (pupils[0], codes(group)[0], 2))
    return group, pupils


@pytest.fixture
def room(workspace, small) -> Iterator[Room]:
    opened = Room(workspace)
    yield opened
    opened.close()


@pytest.fixture
def gate(room: Room) -> Iterator[Event]:
    """Holds the worker up until it is set."""
    held = Event()
    yield held
    held.set()
    room.desk.settle()

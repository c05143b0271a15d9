"""Every test has a home of its own, no screen, and leaves nothing in the user's folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from kept_workspaces import Shelf

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# how long an example takes says nothing on a busy machine
_ANY_TIME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", _ANY_TIME, max_examples=20)
settings.register_profile("thorough", _ANY_TIME, max_examples=100)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--figures", action="store_true", help="write what the fault tests measure to docs/reliability.md")


@pytest.fixture(scope="session", autouse=True)
def place_of_kept_workspaces(tmp_path_factory: pytest.TempPathFactory) -> None:
    Shelf.place = tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="session", autouse=True)
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Path]]:
    """Folders one after the other: ``mktemp`` looks through all that are there for the next number.

    What is made before a test, for several of them, has a home too.
    """
    place = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as moved:
        moved.setenv("PROFDESK_HOME", str(place / "before"))
        yield (place / str(number) for number in count())


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path]) -> Iterator[Path]:
    """The program's own folder of this test: settings, known keys, crash.log; a test's ``undo`` leaves it moved."""
    folder = next(homes)
    folder.mkdir()
    with pytest.MonkeyPatch.context() as moved:
        moved.setenv("PROFDESK_HOME", str(folder))
        yield folder


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Windows told to go are gone before the next test: a change of theme dresses every one that is left."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

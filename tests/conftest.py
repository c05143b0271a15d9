"""Every test has a home of its own, no screen, and leaves nothing in the user's folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("desk")  # how long an example takes says nothing on a busy machine


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder of this test: settings, known keys, crash.log."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PROFDESK_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Windows told to go are gone before the next test: a change of theme dresses every one that is left."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

"""Every test has a home of its own, no screen, and leaves nothing in the user's folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder of this test: settings, known keys, crash.log."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PROFDESK_HOME", str(folder))
    return folder

"""The windows of the program, and somebody to use them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from journey_user import User
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support import CHEAP

from profdesk import app
from profdesk.storage.vault import Cost


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password typed costs as little as in other tests."""
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[app.Windows]:
    app.application()
    made = app.Windows()
    yield made
    made.close()


@pytest.fixture
def user(windows: app.Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> User:
    return User(windows, qtbot, monkeypatch)

"""The windows of the program, and somebody to use them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from journey_user import User
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from profdesk import app


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[app.Windows]:
    app.application()
    made = app.Windows()
    yield made
    made.desk.close()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()


@pytest.fixture
def user(windows: app.Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> User:
    return User(windows, qtbot, monkeypatch)

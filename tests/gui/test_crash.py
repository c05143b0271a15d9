"""A bug is written down and told of: at once where a window lives, else at the next start."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from profdesk import app
from profdesk.gui.common import crash
from profdesk.gui.common.desk import Desk
from profdesk.gui.start.choose import ChooseStep


def test_uncaught_error_is_told_once_at_the_next_start(
    qapp: QApplication, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    app.application()
    log = crash.catch()
    error = ZeroDivisionError("деление на ноль")
    sys.excepthook(type(error), error, None)
    log.close()
    assert crash.untold() == crash.log_file()
    desk = Desk()
    for expected in ("В прошлый раз", ""):
        step = ChooseStep(desk, [])
        qtbot.addWidget(step)
        assert step.message.words.startswith(expected)
        assert bool(step.message.words) == bool(expected)
    desk.close()


def test_nothing_to_tell_without_a_log() -> None:
    assert crash.untold() is None
    crash.tell()
    assert crash.untold() is None


def test_the_log_says_where_and_never_what_was_said() -> None:
    def read(names: dict[str, int]) -> int:
        try:
            return names["Приметнова Серафима"]
        except KeyError as error:
            raise ValueError("Приметнова Серафима") from error

    with pytest.raises(ValueError, match="Приметнова") as caught:
        read({})
    with pytest.raises(AttributeError) as of_code:
        _ = caught.absent  # type: ignore[attr-defined]
    words = crash.record(caught.value).read_text(encoding="utf-8")
    assert "Приметнова Серафима" not in words.replace('names["Приметнова Серафима"]', "").replace(
        'ValueError("Приметнова Серафима")', ""
    )
    assert words.index("builtins.KeyError") < words.index("builtins.ValueError")
    assert "test_crash.py" in words
    assert "'absent'" in crash.record(of_code.value).read_text(encoding="utf-8")

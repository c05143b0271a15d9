"""The dialog of a paper of many pages: how far it is, and stopping it."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from profdesk.domain.progress import Progress
from profdesk.errors import CancelledError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.paper import PaperDialog


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def test_a_long_paper_says_how_far_it_is_and_can_be_stopped(desk: Desk, qtbot: QtBot) -> None:
    held, ended = Event(), Event()

    def draw(_ticked: bool, report: Progress) -> bytes:
        report(3, 30)
        held.wait(5)
        try:
            report(30, 30)
        except CancelledError:
            ended.set()
            raise
        return b""

    dialog = PaperDialog(None, desk, "Сертификаты", draw, counted="Сертификаты")
    dialog.open()
    qtbot.waitUntil(dialog.progress.isVisible)
    assert not dialog.save_button.isEnabled()
    dialog.progress.button.click()
    assert not dialog.isVisible()
    held.set()
    desk.settle()
    assert ended.is_set(), "the drawing was stopped, not only left"

"""A class with a planned session whose questions the school has loaded, and the window of one pupil of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from diagnostic_cases import worded
from diagnostic_school import DAY
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from profdesk.domain import questions
from profdesk.domain.answers import Answers
from profdesk.domain.people import Pupil
from profdesk.domain.questions import Wording
from profdesk.gui.common.desk import Desk
from profdesk.gui.pupil_screen.window import PupilWindow
from profdesk.gui.start import opened
from profdesk.services import diagnostics, instruments, pupil_screen
from profdesk.storage.workspace import Workspace


def load_wording(workspace: Workspace, code: str, wording: Wording | None = None) -> None:
    words = questions.to_json(wording or worded(instruments.called(code)))
    with workspace.unit(workspace.actor) as unit:
        unit.diagnostics.keep_wording(code, words, datetime.now(UTC))


def plan(workspace: Workspace, code: str, pupils: list[Pupil]) -> str:
    """Plan a session; gives the id of the first pupil's sheet."""
    actor, instrument = workspace.actor, instruments.called(code)
    made, _ = diagnostics.plan(workspace, actor, instrument, pupils, DAY, "каб. 12", "8 «Б»")
    return diagnostics.session(workspace, actor, made.id).sheets[0].sheet.id


def kept(workspace: Workspace, sheet: str) -> Answers:
    with workspace.unit(workspace.actor) as unit:
        return unit.diagnostics.sheet(sheet).answers


@dataclass
class Seat:
    """A pupil's window over an opened workspace."""

    desk: Desk
    window: PupilWindow

    @classmethod
    def take(cls, workspace: Workspace, sheet: str) -> Seat:
        found = opened.read(workspace)
        desk = Desk()
        desk.use(found.workspace, found.programme, found.organisation)
        seat = cls(desk, PupilWindow(desk, pupil_screen.read(workspace, workspace.actor, sheet)))
        seat.window.showFullScreen()
        seat.window.activateWindow()
        seat.settle()
        return seat

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.desk.settle()

    def press(self, *keys: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys where the cursor is; a text is typed."""
        for key in keys:
            if isinstance(key, str):
                for letter in key:
                    self._type(letter)
            else:
                QTest.keyClick(self._focused, key, modifiers)
            self.settle()

    def _type(self, letter: str) -> None:
        """QTest types Latin alone."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(self._focused, event)

    @property
    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    @property
    def view(self) -> QWidget:
        return self.window.views.currentWidget()

    def leave(self) -> None:
        self.desk.close()
        self.window.hide()
        self.window.deleteLater()
        QApplication.processEvents()

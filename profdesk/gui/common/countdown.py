"""The wait after wrong passwords: told in a sentence that counts down, with the verb out of reach meanwhile."""

from __future__ import annotations

from math import ceil
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton

from profdesk.domain import attempts
from profdesk.errors import ProfdeskError, RefusedError
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone

EARLY = "Было несколько неверных попыток подряд."


class Countdown(QObject):
    """Speaks on a form's message and holds its button; ``over`` when the next password may be tried."""

    over = Signal()

    def __init__(self, message: InlineMessage, button: QPushButton) -> None:
        super().__init__(button)
        self._message, self._button = message, button
        self._reason = ""
        self._until = 0.0
        self._timer = QTimer(self, interval=250)
        self._timer.timeout.connect(self._tell)

    @property
    def running(self) -> bool:
        """Whether the next password would come too early."""
        return self._timer.isActive()

    def refuse(self, error: ProfdeskError) -> None:
        """Say what was wrong, and count down if the next one has to wait."""
        if isinstance(error, RefusedError):
            self.begin(error.reason, error.seconds)
        else:
            self.end()
            self._message.say(error.message, Tone.BAD)

    def begin(self, reason: str, seconds: int) -> None:
        """Count down after a reason."""
        self._reason, self._until = reason, monotonic() + seconds
        self._timer.start()
        self._tell()

    def end(self) -> None:
        """Wait no more, and say nothing."""
        self._timer.stop()
        self._button.setEnabled(True)
        self._message.clear()

    def _tell(self) -> None:
        left = ceil(self._until - monotonic())
        self._button.setEnabled(left <= 0)
        if left <= 0:
            self._timer.stop()
            self._message.say("Можно пробовать ещё раз.", Tone.INFO)
            self.over.emit()
        elif (words := f"{self._reason} {attempts.next_words(left)}") != self._message.words:
            self._message.say(words, Tone.BAD)

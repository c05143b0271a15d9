"""Work of a page that takes long: one at a time, its strip of progress, and the message in which it ends."""

from __future__ import annotations

from profdesk.errors import ProfdeskError
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone


class LongWork:
    """``begin``, give ``task`` what the desk gave, then ``end`` or ``fail``; the strip's button cancels it."""

    def __init__(self, strip: ProgressStrip, message: InlineMessage) -> None:
        self._strip = strip
        self._message = message
        self.task: Task | None = None
        self.report = strip.report
        self.tell = strip.tell
        strip.stop_pressed.connect(self.stop)

    @property
    def is_on(self) -> bool:
        """Whether something is being done."""
        return self.task is not None

    def begin(self, what: str) -> None:
        """Show the strip in place of what was said before."""
        self._message.clear()
        self._strip.begin(what)

    def end(self, words: str = "", heed: str = "") -> None:
        """Say how it ended, if anything is to be said; ``heed`` is what the user has to mind besides."""
        self.task = None
        self._strip.end()
        if words:
            self._message.say(" ".join(filter(None, (words, heed))), Tone.WARN if heed else Tone.OK)

    def fail(self, error: ProfdeskError) -> None:
        """Say why it did not end well."""
        self.end()
        self._message.say(error.message, Tone.BAD)

    def stop(self) -> None:
        """Cancel it; what it has not committed is not done."""
        if self.task is not None:
            self.task.cancel()

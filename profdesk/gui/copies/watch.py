"""What keeps copies without being asked: one a day while nobody waits for the desk, the second place, the trial.

A copy of 50 MB takes about a second of the desk's worker; it is made when nothing else is asked for and gives way,
within 2 MB, to whatever is asked meanwhile. What reads no database runs in a thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from profdesk.domain.backups import CopyKind, Failure
from profdesk.domain.changes import Changes
from profdesk.domain.progress import Progress, silent
from profdesk.errors import CancelledError, ProfdeskError
from profdesk.gui.common import copy_words, crash
from profdesk.gui.common.desk import Desk
from profdesk.services import backups

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

_TICK_MS = 10_000
_COPY_EVERY = 6
"""Ticks."""


class CopiesWatch(QObject):
    """``told`` gives a sentence the user has to know; ``short`` whether writes are refused for want of room."""

    told = Signal(str)
    short = Signal(bool)
    _done_aside = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="copies")
        self._running: Future[Changes] | None = None
        self._stop = Event()
        self._ticks = 0
        self._is_short = False
        self._said: set[str] = set()
        self._done_aside.connect(self._take)

    def begin(self) -> None:
        """A workspace is worked in from now on: tell what was amiss, then look every few seconds."""
        workspace = self._desk.workspace
        self._stop.clear()
        self._is_short = False
        self._say(workspace.notice)
        for work, what in ((backups.failure, copy_words.unmade), (backups.failure_there, copy_words.unput)):
            asked = partial(work, workspace, workspace.actor)
            self._desk.run(asked, owner=self, done=partial(self._tell_failure, what), failed=self._fail)
        self._look_at_room()
        self._timer.start()

    def end(self) -> None:
        """Nobody works in it any more."""
        self._timer.stop()
        self._stop.set()

    def close(self) -> None:
        """The last call."""
        self.end()
        self._aside.shutdown(wait=True, cancel_futures=True)

    def tick(self) -> None:
        """Look at the room, and every minute at whether anything is due."""
        if not self._desk.is_open:
            return
        self._look_at_room()
        self._ticks += 1
        if self._ticks % _COPY_EVERY == 0 and not self._desk.busy:
            self.copy()

    def copy(self) -> None:
        """Make the copy of the day if it is due, then what goes on aside."""
        workspace = self._desk.workspace
        self._desk.write(
            lambda report: backups.make_due(workspace, workspace.actor, CopyKind.DAY, self._giving_way(report)),
            owner=self,
            progress=silent,
            done=lambda _: self._go_aside(workspace),
            failed=self._fail,
        )

    # -- inside ----------------------------------------------------------------------------------

    def _giving_way(self, report: Progress) -> Progress:
        def check(done: int, total: int) -> None:
            report(done, total)
            if self._desk.others_wait:
                raise CancelledError

        return check

    def _go_aside(self, workspace: Workspace) -> None:
        if self._running is None:
            self._running = self._aside.submit(self._all_aside, workspace)
            self._running.add_done_callback(self._done_aside.emit)

    def _all_aside(self, workspace: Workspace) -> Changes:
        """The second place first: it matters more, and a trial can wait."""
        works: Iterable[Callable[..., tuple[object, Changes]]] = (backups.bring_to_second_place, backups.try_out_due)
        changes = Changes()
        for work in works:
            _, made = work(workspace, workspace.actor, self._stopping)
            changes = Changes(changes.kinds | made.kinds)
        return changes

    def _stopping(self, _done: int, _total: int) -> None:
        if self._stop.is_set():
            raise CancelledError

    def _take(self, future: Future[Changes]) -> None:
        self._running = None
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            if future.result().kinds:
                self._desk.changed.emit(future.result())
        elif isinstance(error, ProfdeskError):
            self._fail(error)
        elif not isinstance(error, CancelledError):
            self._desk.bug.emit(crash.record(error))

    def _look_at_room(self) -> None:
        is_short = self._desk.workspace.read_only
        if is_short is not self._is_short:
            self._is_short = is_short
            self.short.emit(is_short)

    def _tell_failure(self, told: Callable[[Failure], str], found: Failure | None) -> None:
        if found is not None:
            self._say(told(found))

    def _fail(self, error: ProfdeskError) -> None:
        if self._desk.is_open:
            self._say(error.message)

    def _say(self, words: str) -> None:
        """Each sentence once: a stick that is out all day is no news every minute."""
        if words and words not in self._said:
            self._said.add(words)
            self.told.emit(words)

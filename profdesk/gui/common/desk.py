"""One worker thread owns the workspace; pages ask it for work and are answered in their own thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar, overload

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, Signal

from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.organisation import Organisation
from profdesk.domain.programme import Programme
from profdesk.domain.progress import Progress
from profdesk.errors import CancelledError, ProfdeskError
from profdesk.gui.common import crash
from profdesk.services.files import UnnamedError

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

T = TypeVar("T")

_REPORT_EVERY = 0.05
_NUMBERED = (Kind.CERTIFICATES, Kind.SUMMARIES)
"""What is written together with a file, and stays written though the file has not got its name."""


class Task:
    """Work handed to the desk; keep it to be able to stop it."""

    def __init__(self, owner: QObject, answer: _Answer) -> None:
        self.owner = owner
        self.answer = answer
        self.future: Future[Any] = Future()
        self.must_finish = False
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the work to stop: a read is dropped, a write is rolled back unless already committed."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether someone asked it to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raise CancelledError if the work is to stop."""
        if self.cancelled:
            raise CancelledError


class _Answer:
    """Whom to call with the outcome."""

    def __init__(
        self,
        done: Callable[[Any], None],
        failed: Callable[[ProfdeskError], None] | None,
        progress: Callable[[int, int], None] | None,
        stopped: Callable[[], None] | None,
    ) -> None:
        self.done = done
        self.failed = failed
        self.progress = progress
        self.stopped = stopped


class _Opened:
    def __init__(self, workspace: Workspace, programme: Programme, organisation: Organisation) -> None:
        self.workspace = workspace
        self.programme = programme
        self.organisation = organisation


class Desk(QObject):
    """The way from windows to services.

    ``run`` reads, ``write`` commits; both return at once. The callbacks are called in the GUI thread, in
    the order of the work, and not at all once ``owner`` is gone. A ProfdeskError goes to ``failed``, or to
    the signal ``complained`` without one; any other error is a bug: crash.log and the signal ``bug``.
    """

    changed = Signal(object)
    """Changes, after every committed write."""
    said = Signal(object)
    """str for the status bar."""
    complained = Signal(object)
    """ProfdeskError that no page has taken care of."""
    bug = Signal(object)
    """Path of crash.log, after an unexpected error."""
    busy_changed = Signal()

    _finished = Signal(object)
    _reported = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._tasks: list[Task] = []
        self._opened: _Opened | None = None
        self.saved_at: datetime | None = None
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._report, Qt.ConnectionType.QueuedConnection)

    # -- what is open ----------------------------------------------------------------------------

    def use(self, workspace: Workspace, programme: Programme, organisation: Organisation) -> None:
        """Work with an opened workspace from now on; the desk closes it."""
        self.release()
        self._opened = _Opened(workspace, programme, organisation)

    @property
    def is_open(self) -> bool:
        """Whether a workspace is in use."""
        return self._opened is not None

    @property
    def workspace(self) -> Workspace:
        """The workspace in use."""
        return self._in_use().workspace

    @property
    def actor(self) -> Actor:
        """Who works."""
        return self._in_use().workspace.actor

    @property
    def programme(self) -> Programme:
        """The programme chosen in the workspace."""
        return self._in_use().programme

    @property
    def organisation(self) -> Organisation:
        """Whose workspace it is."""
        return self._in_use().organisation

    def release(self) -> None:
        """Close the workspace in use: short writes are finished before, reads and long work are stopped."""
        if self._opened is not None:
            for task in self._tasks:
                if not task.must_finish:
                    task.cancel()
            self._worker.submit(self._opened.workspace.close).result()
            self._opened = None
            self.saved_at = None

    def close(self) -> None:
        """Stop the work, close the workspace and end the thread; the last call of a desk."""
        self.release()
        for task in self._tasks:
            task.cancel()
        self._worker.shutdown(wait=True, cancel_futures=True)

    # -- work ------------------------------------------------------------------------------------

    @overload
    def run(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ProfdeskError], None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Task: ...

    @overload
    def run(
        self,
        work: Callable[[Progress], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ProfdeskError], None] | None = None,
        progress: Callable[[int, int], None],
        stopped: Callable[[], None] | None = None,
    ) -> Task: ...

    def run(
        self,
        work: Callable[..., T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ProfdeskError], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Task:
        """Read: ``done`` gets the value; ``stopped`` is called instead if nobody else hears of the end.

        That is so when the task was cancelled, met a bug, or complained to the window.
        With ``progress`` the work is called with a Progress, and ``progress`` hears of it in the GUI thread.
        """
        task = Task(owner, _Answer(done, failed, progress, stopped))

        def read() -> T:
            value = self._call(task, work)
            task.check()
            return value

        return self._start(task, read)

    @overload
    def write(
        self,
        work: Callable[[], tuple[T, Changes]],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ProfdeskError], None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Task: ...

    @overload
    def write(
        self,
        work: Callable[[Progress], tuple[T, Changes]],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ProfdeskError], None] | None = None,
        progress: Callable[[int, int], None],
        stopped: Callable[[], None] | None = None,
    ) -> Task: ...

    def write(
        self,
        work: Callable[..., tuple[T, Changes]],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ProfdeskError], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Task:
        """Commit: ``changed`` is emitted for what the verb wrote, then ``done`` gets its value."""
        task = Task(owner, _Answer(done, failed, progress, stopped))
        task.must_finish = progress is None
        return self._start(task, lambda: self._committed(self._call(task, work)))

    @property
    def busy(self) -> bool:
        """Whether work is waiting, running or not yet answered."""
        return bool(self._tasks)

    def settle(self) -> None:
        """Wait, with the window alive, until all work has been answered."""
        while self._tasks:
            loop = QEventLoop()
            self.busy_changed.connect(loop.quit)
            loop.exec()

    # -- inside ----------------------------------------------------------------------------------

    def _in_use(self) -> _Opened:
        if self._opened is None:
            raise RuntimeError("no workspace is open")
        return self._opened

    def _start(self, task: Task, work: Callable[[], object]) -> Task:
        self._tasks.append(task)
        if len(self._tasks) == 1:
            self.busy_changed.emit()
        task.future = self._worker.submit(work)
        task.future.add_done_callback(lambda _: self._finished.emit(task))
        return task

    def _call(self, task: Task, work: Callable[..., T]) -> T:
        task.check()
        if task.answer.progress is None:
            return work()
        last = 0.0

        def report(done: int, total: int) -> None:
            nonlocal last
            task.check()
            if done == total or monotonic() - last >= _REPORT_EVERY:
                last = monotonic()
                self._reported.emit(task, done, total)

        return work(report)

    def _committed(self, outcome: tuple[T, Changes]) -> _Written:
        value, changes = outcome
        opened = self._opened
        if opened is None or not changes.touches(Kind.ORGANISATION, Kind.PROGRAMME):
            return _Written(value, changes, None)
        from profdesk.services import organisation, programmes

        fresh = _Opened(
            opened.workspace,
            programmes.current(opened.workspace, opened.workspace.actor),
            organisation.get(opened.workspace, opened.workspace.actor),
        )
        return _Written(value, changes, fresh)

    def _report(self, task: Task, done: int, total: int) -> None:
        if not shiboken6.isValid(task.owner):
            task.cancel()
        elif task.answer.progress is not None and not task.cancelled:
            task.answer.progress(done, total)

    def _deliver(self, task: Task) -> None:
        self._tasks.remove(task)
        try:
            self._answer(task, shiboken6.isValid(task.owner))
        finally:
            if not self._tasks:
                self.busy_changed.emit()

    def _answer(self, task: Task, wanted: bool) -> None:
        if task.future.cancelled():
            return
        error = task.future.exception()
        if isinstance(error, UnnamedError):
            self.changed.emit(Changes.of(None, *_NUMBERED))
        if error is None:
            self._succeed(task, wanted)
        elif not isinstance(error, ProfdeskError):
            self._abandon(task, error, wanted)
        elif task.answer.failed is None:
            self.complained.emit(error)
            self._stop(task, wanted)
        elif wanted:
            task.answer.failed(error)

    def _abandon(self, task: Task, error: BaseException, wanted: bool) -> None:
        if not isinstance(error, CancelledError):
            self.bug.emit(crash.record(error))
        self._stop(task, wanted)

    def _stop(self, task: Task, wanted: bool) -> None:
        if wanted and task.answer.stopped is not None:
            task.answer.stopped()

    def _succeed(self, task: Task, wanted: bool) -> None:
        value = task.future.result()
        if isinstance(value, _Written):
            self._take(value)
            value = value.value
        if wanted:
            task.answer.done(value)

    def _take(self, written: _Written) -> None:
        if written.fresh is not None and self._opened is not None:
            self._opened = written.fresh
        if written.changes.batch is not None:
            self.saved_at = datetime.now().astimezone()
        if written.changes.kinds or written.changes.batch is not None:
            self.changed.emit(written.changes)


class _Written:
    """What a committed verb gave back, with the workspace's facts read anew if it changed them."""

    def __init__(self, value: object, changes: Changes, fresh: _Opened | None) -> None:
        self.value = value
        self.changes = changes
        self.fresh = fresh

"""One worker thread owns the workspace; pages ask it for work and are answered in their own thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, overload

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, Signal

from profdesk.domain import rights
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.organisation import Organisation
from profdesk.domain.programme import Programme
from profdesk.domain.rights import Right
from profdesk.errors import CancelledError, DamagedError, ProfdeskError
from profdesk.gui.common import crash
from profdesk.gui.common.task import Answer, Task
from profdesk.services import workspaces
from profdesk.services.files import UnnamedError

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

T = TypeVar("T")
P = ParamSpec("P")
_REPORT_EVERY = 0.05
_NUMBERED = (Kind.CERTIFICATES, Kind.SUMMARIES)
"""What is written together with a file, and stays written though the file has not got its name."""


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
    damaged = Signal(object)
    """DamagedError that a task has met, whoever else hears of it: a copy can put it right."""
    closed_under = Signal(str)
    """The workspace was closed by what replaced it; the sentence says what has happened."""
    busy_changed = Signal()

    _finished = Signal(object, object)
    _reported = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._tasks: list[Task] = []
        self._opened: _Opened | None = None
        self._held: list[Task] | None = None
        """What was asked for, or has ended, since the desk was locked; None while it is not."""
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
        """Whether a workspace is in use, and not locked."""
        return self._opened is not None and self._held is None

    @property
    def workspace(self) -> Workspace:
        """The workspace in use."""
        return self._in_use().workspace

    @property
    def actor(self) -> Actor:
        """Who works."""
        return self._in_use().workspace.actor

    def may(self, right: Right) -> bool:
        """Whether who works has a right, be it for the own classes alone."""
        return self._opened is not None and rights.may(self.actor, right)

    @property
    def programme(self) -> Programme:
        """The programme chosen in the workspace."""
        return self._in_use().programme

    @property
    def organisation(self) -> Organisation:
        """Whose workspace it is."""
        return self._in_use().organisation

    def at_long_work(self) -> bool:
        """Whether work is going on that tells of its progress."""
        return any(task.is_long for task in self._tasks)

    def lock(self, why: str) -> None:
        """Close the workspace, journaled with the reason, and drop its keys, to go on after ``unlock``.

        Short writes are finished before and long work is stopped, as by ``release``. Whatever ends is answered after
        the lock, since an answer may open a window; reads that wait, and what is asked for meanwhile, begin then.
        """
        self._held = [task for task in self._tasks if not (task.must_finish or task.is_long) and task.future.cancel()]
        for task in self._held:
            self._tasks.remove(task)
            task.future = Future()
        for task in self._tasks:
            if task.is_long:
                task.cancel()
        self._worker.submit(workspaces.leave, self.workspace, why).result()
        if not self._tasks:
            self.busy_changed.emit()

    def unlock(self, fresh: Workspace, programme: Programme, organisation: Organisation) -> None:
        """Go on with the workspace in use, which ``fresh`` has opened again for the same user.

        ``changed`` is emitted for everything if somebody wrote there meanwhile.
        """
        moved = self.workspace.take_over(fresh)
        held, self._held = self._held or [], None
        for task in (ended := [one for one in held if one.future.done()]):
            self._answer(task, shiboken6.isValid(task.owner))
        self._opened = _Opened(self.workspace, programme, organisation)
        for task in held:
            if task not in ended:
                self._submit(task)
        if moved:
            self.changed.emit(Changes.of(None, *Kind))

    def release(self, why: str = "") -> None:
        """Close the workspace in use: short writes are finished before, reads and long work are stopped.

        With a reason the journal gets it, as at the lock. Nobody is answered any more: who asked has no workspace.
        """
        if self._opened is not None:
            for task in self._tasks:
                if not task.must_finish:
                    task.cancel()
            leave = partial(workspaces.leave, why=why) if why and self.is_open else type(self.workspace).close
            self._worker.submit(leave, self.workspace).result()
            self._held = None
            self._opened = None
            self.saved_at = None
            if self._tasks:
                self._tasks.clear()
                self.busy_changed.emit()

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
        work: Callable[[Callable[P, None]], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ProfdeskError], None] | None = None,
        progress: Callable[P, None],
        stopped: Callable[[], None] | None = None,
    ) -> Task: ...

    def run(
        self,
        work: Callable[..., T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ProfdeskError], None] | None = None,
        progress: Callable[..., None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Task:
        """Read: ``done`` gets the value; ``stopped`` is called instead if nobody else hears of the end.

        That is so when the task was cancelled, met a bug, or complained to the window.
        With ``progress`` the work is called with a Progress or Report, and ``progress`` hears of it in the GUI thread.
        """
        task = Task(owner, Answer(done, failed, progress, stopped))

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
        work: Callable[[Callable[P, None]], tuple[T, Changes]],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ProfdeskError], None] | None = None,
        progress: Callable[P, None],
        stopped: Callable[[], None] | None = None,
    ) -> Task: ...

    def write(
        self,
        work: Callable[..., tuple[T, Changes]],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ProfdeskError], None] | None = None,
        progress: Callable[..., None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Task:
        """Commit: ``changed`` is emitted for what the verb wrote, then ``done`` gets its value."""
        task = Task(owner, Answer(done, failed, progress, stopped))
        task.must_finish = progress is None
        return self._start(task, lambda: self._committed(self._call(task, work)))

    @property
    def busy(self) -> bool:
        """Whether work is waiting, running or not yet answered."""
        return bool(self._tasks)

    @property
    def others_wait(self) -> bool:
        """Whether anything was asked for besides what runs."""
        return len(self._tasks) > 1

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
        task.work = work
        if self._held is None:
            self._submit(task)
        else:
            self._held.append(task)
        return task

    def _submit(self, task: Task) -> None:
        self._tasks.append(task)
        if len(self._tasks) == 1:
            self.busy_changed.emit()
        task.future = self._worker.submit(task.work)
        task.future.add_done_callback(lambda future: self._finished.emit(task, future))

    def _call(self, task: Task, work: Callable[..., T]) -> T:
        task.check()
        if task.answer.progress is None:
            return work()
        last = 0.0

        def report(*told: Any) -> None:
            nonlocal last
            task.check()
            *_, done, total = told
            if done == total or monotonic() - last >= _REPORT_EVERY:
                last = monotonic()
                self._reported.emit(task, told)

        return work(report)

    def _committed(self, outcome: tuple[T, Changes]) -> _Written:
        value, changes = outcome
        opened = self._opened
        if opened is None or not changes.touches(Kind.ORGANISATION, Kind.PROGRAMME):
            return _Written(value, changes, None)
        from profdesk.services import organisation, programmes

        there, actor = opened.workspace, opened.workspace.actor
        fresh = _Opened(there, programmes.current(there, actor), organisation.get(there, actor))
        return _Written(value, changes, fresh)

    def _report(self, task: Task, told: tuple[Any, ...]) -> None:
        if not shiboken6.isValid(task.owner):
            task.cancel()
        elif task.answer.progress is not None and not task.cancelled:
            task.answer.progress(*told)

    def _deliver(self, task: Task, future: Future[Any]) -> None:
        if task.future is not future or task not in self._tasks:
            return  # held back by the lock before it was begun, or of a workspace that was let go
        self._tasks.remove(task)
        try:
            if self._held is None:
                self._answer(task, shiboken6.isValid(task.owner))
            else:
                self._held.append(task)
        finally:
            if not self._tasks:
                self.busy_changed.emit()

    def _answer(self, task: Task, wanted: bool) -> None:
        if task.future.cancelled():
            return
        error = task.future.exception()
        if isinstance(error, UnnamedError):
            self.changed.emit(Changes.of(None, *_NUMBERED))
        if isinstance(error, DamagedError):
            self.damaged.emit(error)
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

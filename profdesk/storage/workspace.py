"""An open handle on a workspace: the folder with its databases, vault, backups and files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import RLock

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor, Reach
from profdesk.domain.backups import CopyKind
from profdesk.domain.mark import Heads
from profdesk.domain.progress import Progress, silent
from profdesk.errors import READ_ONLY, WorkspaceError
from profdesk.storage import arriving, backup, database, in_use, journal, mark, room, swap
from profdesk.storage.clock import HybridClock
from profdesk.storage.mark import Left, Mark
from profdesk.storage.models import DeviceRow, PsyOperationRow, new_id
from profdesk.storage.taken_over import TakenOver
from profdesk.storage.unit_of_work import UnitOfWork
from profdesk.storage.vault import Keys


class Workspace:
    """An open workspace; units of work follow one another, whichever thread asks."""

    def __init__(
        self,
        path: Path,
        actor: Actor,
        keys: Keys,
        engine: Engine,
        kept: Mark | None = None,
        *,
        must_change_password: bool = False,
    ) -> None:
        """``kept`` is the journal's mark; a folder that is only being prepared has none."""
        self.path = path
        self.id = kept.workspace if kept else ""
        self.actor = actor
        self.notice = ""
        """What was amiss at opening and hinders nothing, in a sentence."""
        self.restored = False
        """Whether a copy was put in its place since it was last open."""
        self.refused_before = 0
        """How many wrong passwords were tried before the one that opened it."""
        self.must_change_password = must_change_password
        """Whether the user still has the first password, which somebody else has thought of."""
        self._lock = RLock()
        self._go_on(keys, engine, kept)

    def _go_on(self, keys: Keys, engine: Engine, kept: Mark | None) -> None:
        self._mark = kept
        self._keys: Keys | None = keys
        self._engine = engine
        with Session(engine) as session:
            self._device = session.scalars(select(DeviceRow.id)).one()
        self._last = self._last_reading(keys)
        """The journal's latest reading when it was opened; once it is closed, that at closing."""
        self._clock = HybridClock(self._last)

    @contextmanager
    def unit(self, actor: Actor) -> Iterator[UnitOfWork]:
        """Open a unit of work: committed when the block ends, rolled back when it raises."""
        with self._lock:
            keys = self.keys
            entry = journal.Journal(self._device, actor, self._clock, self._check_room)
            reached: Heads | None = None
            with (
                arriving.unit(self.path) as files,
                self._clock.undone(),
                database.told(self.path),
                Session(self._engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                entry.attach(session)
                yield UnitOfWork(session, entry, keys, files)
                session.flush()
                if entry.heads and self._mark is not None:
                    reached = mark.heads(session.connection(), with_psy=keys.psy is not None)
            if reached is not None and self._mark is not None:
                self._mark.put(reached, with_psy=keys.psy is not None)

    def sweep_files(self) -> None:
        """Drop the kept files that units of work have left and of which nobody speaks.

        Those of psychologists are dropped once one of them comes in.
        """
        left = arriving.noted(self.path)
        if not left:
            arriving.sweep(self.path, {}, {})
            return
        with self.unit(replace(self.actor, reach=Reach.ALL)) as unit:
            spoken = unit.spoken_of(left)
        arriving.sweep(self.path, left, spoken)

    @property
    def read_only(self) -> bool:
        """Whether the disk has so little room left that writes are refused for now (``errors.READ_ONLY`` says so)."""
        return room.is_short(self.path)

    def heads(self) -> Heads:
        """How far the journals have come."""
        with self._lock, self._engine.begin() as connection:
            return mark.heads(connection, with_psy=self.keys.psy is not None)

    def set_mark(self) -> None:
        """Write the journal's mark as far as the journals have come."""
        with self._lock:
            if self._mark is not None:
                self._mark.put(self.heads(), with_psy=self.keys.psy is not None)

    def leave_psy(self, left: Left | None) -> None:
        """Let marks elsewhere not miss what is about to be taken out of psy's journal, if anything is."""
        with self._lock:
            if self._mark is not None and left is not None:
                self._mark.leave_psy(left)

    def hand_out(self) -> Workspace:
        """Itself, when its mark says what is there now and its folder who has it."""
        self.set_mark()
        in_use.take(self.path, self.actor.name)
        return self

    def _check_room(self) -> None:
        if self.read_only:
            raise WorkspaceError(READ_ONLY)

    def back_up(self, why: str, progress: Progress = silent, kind: CopyKind = CopyKind.ASKED) -> Path:
        """Copy the whole workspace below its ``backups/``; gives the copy's folder. ``progress`` counts megabytes."""
        with self._lock:
            return backup.make(self._engine, self.keys, self.path, why, progress, kind)

    def rebuild(self, keys: Keys, fill: Callable[[sqlcipher.Connection, Path], Sequence[str]]) -> None:
        """Put what ``fill`` writes into an empty folder in place of the parts it names, and go on under those keys.

        Whatever fails before the exchange leaves everything as it was; what fails in it is completed at the
        next opening.
        """
        with self._lock:
            former, kept = self.keys, self._mark
            with swap.prepared(self.path) as fresh:
                with database.told(self.path), self._engine.connect() as connection:
                    parts = fill(connection.connection.driver_connection, fresh)
                self.close()
                try:
                    swap.commit(self.path, fresh, parts)
                except BaseException:
                    if fresh.exists():
                        self._go_on(former, database.engine(self.path, former), kept)
                        self.hand_out()
                    raise
                self._go_on(keys, database.engine(self.path, keys), kept)
                self.hand_out()

    @property
    def keys(self) -> Keys:
        """The user's keys; WorkspaceError once the workspace is closed."""
        if self._keys is None:
            raise WorkspaceError("Рабочая папка закрыта. Откройте её снова.")
        return self._keys

    def renew_identity(
        self, actor: Actor, now: datetime, known: TakenOver | None = None, *, tells: bool = False
    ) -> None:
        """Go on as another computer for all others: they may have seen what is lost here; ``known``: who they are.

        ``tells``: the actor may say of computers what they are.
        """
        with self._lock:
            former, self._device = self._device, new_id()
            try:
                with self.unit(actor) as unit:
                    if known is not None:
                        unit.computers.take_over(known, journaled=tells)
                    unit.computers.renew(self._device, now)
            except BaseException:
                self._device = former
                raise

    def scrub(self) -> None:
        """Write the databases anew, so that nothing of what was erased stays in them."""
        with self._lock, database.told(self.path):
            _ = self.keys
            database.scrub(self._engine)

    @property
    def is_open(self) -> bool:
        """Whether it can be worked with."""
        return self._keys is not None

    def close(self) -> None:
        """Drop the keys and let go of the files; closing twice does nothing."""
        with self._lock:
            if self._keys is not None:
                keys, self._keys, self._mark = self._keys, None, None
                with suppress(DBAPIError):
                    self._last = self._last_reading(keys)
                try:
                    database.finish(self._engine)
                finally:
                    del self._engine  # it knows how to connect again, and so holds the keys
                    in_use.leave(self.path)

    def take_over(self, fresh: Workspace) -> bool:
        """Go on, once closed, with what another handle on the folder has opened; that one is spent.

        Whoever holds this handle need not know of it. Gives whether anything was written in between.
        """
        with self._lock:
            moved = self._last != fresh.opened_at
            vars(self).update((name, value) for name, value in vars(fresh).items() if name != "_lock")
            fresh._keys = None
            del fresh._engine
            return moved

    @property
    def opened_at(self) -> str | None:
        """The journal's latest reading when it was opened."""
        return self._last

    def _last_reading(self, keys: Keys) -> str | None:
        with Session(self._engine) as session:
            readings = [journal.last_reading(session)]
            if keys.psy is not None:
                readings.append(journal.last_reading(session, PsyOperationRow))
        return max(filter(None, readings), default=None)

"""Clocks of computers in one unit of work: whose operations are ahead, and letting them count as done now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.clocks import AHEAD, Correction
from profdesk.domain.exchange import DESK, PSY
from profdesk.storage import clock_corrections
from profdesk.storage.clock import HybridClock, moment_of
from profdesk.storage.clock_corrections import TABLE, Ahead
from profdesk.storage.exchange_models import ClockCorrectionRow
from profdesk.storage.models import OperationRow

_NONE = (0, 0)


class ClockStore:
    """What is ahead of this computer's wall clock, and corrections, which are journaled and travel."""

    def __init__(self, session: Session, clock: HybridClock, actor: str, device: str, *, psy: bool) -> None:
        self._session = session
        self._clock = clock
        self._actor = actor
        self._device = device
        self._names = (DESK, PSY) if psy else (DESK,)

    def ahead(self) -> Mapping[str, Ahead]:
        """By computer, this one among them, what is more than a day ahead."""
        return clock_corrections.ahead(self._session, self._names, clock_corrections.limit(self._clock))

    def corrections(self) -> Sequence[Correction]:
        """Those that stand."""
        return clock_corrections.known(self._session)

    def still_ahead(self, told: datetime) -> Sequence[tuple[str, timedelta]]:
        """Who has corrected this computer's clock, and by how much, where its wall clock shows that time all the same.

        ``told`` is when, by its own clock, another made what has just come.
        """
        found = []
        for row in self._session.scalars(
            select(ClockCorrectionRow).where(ClockCorrectionRow.device == self._device, ClockCorrectionRow.until > 0)
        ):
            by = self._session.scalar(
                select(OperationRow.device).where(OperationRow.record == row.id, OperationRow.table_name == TABLE)
            )
            last = self._session.scalar(
                select(OperationRow.clock).where(OperationRow.device == self._device, OperationRow.number == row.until)
            )
            if by in (None, self._device) or last is None or last > self._clock.reading_in(0):
                continue
            ahead = moment_of(last) - told
            if ahead > AHEAD:
                found.append((by, ahead))
        return found

    def correct(self, device: str, ahead: Ahead, now: datetime) -> str:
        """Let what is ahead of a computer count as done now; gives the reading. ``ExchangeStore.release`` must follow.

        If it is this one, its clock goes on from there.
        """
        greatest = clock_corrections.limit(self._clock)
        present = self._clock.apart(clock_corrections.greatest_reading(self._session, self._names, greatest))
        reading = present.tick()
        if device == self._device:
            self._clock.restart(reading)
        (after, until), (psy_after, psy_until) = (ahead.spans.get(name, _NONE) for name in (DESK, PSY))
        self._session.add(
            ClockCorrectionRow(
                device=device,
                after=after,
                until=until,
                psy_after=psy_after,
                psy_until=psy_until,
                counts_as=reading,
                actor=self._actor,
                recorded_at=now.isoformat(),
            )
        )
        self._session.flush()
        return reading

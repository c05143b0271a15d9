"""What parents answered after activities, in counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.activities import State
from profdesk.domain.satisfaction import Tally
from profdesk.domain.school_year import SchoolYear
from profdesk.storage.activity_models import ActivityRow, SatisfactionRow

_FORMS = ("", "")
"""The row that asks nothing holds how many forms came back."""


class SatisfactionStore:
    """A count of nothing is no row."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def of_activity(self, activity: str) -> Tally:
        """What parents answered after an activity."""
        return _tally({key: row.count for key, row in self._rows(activity).items()})

    def of_year(self, year: SchoolYear) -> Mapping[str, Tally]:
        """What they answered after each activity held in a school year, by the activity's id; one query."""
        query = (
            select(SatisfactionRow)
            .join(ActivityRow, ActivityRow.id == SatisfactionRow.activity_id)
            .where(
                ActivityRow.withdrawn_at.is_(None),
                ActivityRow.state == State.HELD.value,
                ActivityRow.begins_on.between(year.first_day, year.last_day),
            )
        )
        found: dict[str, dict[tuple[str, str], int]] = {}
        for row in self._session.scalars(query):
            found.setdefault(row.activity_id, {})[row.question, row.answer] = row.count
        return {activity: _tally(counts) for activity, counts in found.items()}

    def write(self, activity: str, tally: Tally, now: datetime) -> None:
        """Make the counts of an activity those given."""
        wanted = {key: count for key, count in {_FORMS: tally.forms, **tally.counts}.items() if count}
        there = self._rows(activity)
        for gone in there.keys() - wanted.keys():
            self._session.delete(there[gone])
        for (question, answer), count in wanted.items():
            row = there.get((question, answer))
            if row is None:
                row = SatisfactionRow(activity_id=activity, question=question, answer=answer)
            elif row.count == count:
                continue
            row.count, row.actor, row.recorded_at = count, self._actor.id, now.isoformat()
            self._session.add(row)
        self._session.flush()

    def _rows(self, activity: str) -> dict[tuple[str, str], SatisfactionRow]:
        query = select(SatisfactionRow).where(SatisfactionRow.activity_id == activity)
        return {(row.question, row.answer): row for row in self._session.scalars(query)}


def _tally(counts: Mapping[tuple[str, str], int]) -> Tally:
    return Tally(counts.get(_FORMS, 0), {key: count for key, count in counts.items() if key != _FORMS})

"""Activities, who is invited to them and who was there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from profdesk.domain.access import Actor
from profdesk.domain.activities import Activity, ActivityEntry, Audience, Participation, Presence, State, Visit
from profdesk.domain.professions import Met, Occasion
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.summary_reasons import Attended
from profdesk.errors import NotFoundError
from profdesk.storage import reach
from profdesk.storage.activity_models import ActivityGroupRow, ActivityProfessionRow, ActivityRow, ParticipationRow

_PLAIN = (
    "type", "title", "begins_on", "ends_on", "at", "place", "direction", "hours", "responsible", "labour_market",
    "partner", "trial", "lesson", "parents_reached", "note",
)  # fmt: skip
_INVITED = ParticipationRow.presence == Presence.INVITED.value
_PRESENT = ParticipationRow.presence == Presence.PRESENT.value
_HELD = ActivityRow.state == State.HELD.value
_STANDS = ActivityRow.withdrawn_at.is_(None)
_MET = (_STANDS, _HELD, _PRESENT, ActivityRow.audience == Audience.PUPILS.value)
"""What makes a pupil have met the professions of an activity."""
_Link = type[ActivityGroupRow] | type[ActivityProfessionRow]


class ActivityStore:
    """Each reading verb takes the same number of queries however many activities there are."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def of_year(self, year: SchoolYear) -> Sequence[Activity]:
        """Every activity that begins in a school year, in the order of the calendar."""
        return self._read(_STANDS, _within(year))

    def overdue(self, year: SchoolYear, today: date) -> Sequence[Activity]:
        """Those of a school year that should have been held by now, the oldest first: ``Activity.is_overdue``."""
        over = func.coalesce(ActivityRow.ends_on, ActivityRow.begins_on) < today
        return self._read(_STANDS, _within(year), ActivityRow.state == State.PLANNED.value, over)

    def of_pupil(self, pupil: str) -> Sequence[tuple[Activity, Participation]]:
        """Everything a pupil was asked to, the latest first."""
        mine = select(ParticipationRow).where(ParticipationRow.pupil_id == pupil)
        by_activity = {row.activity_id: _participation(row) for row in self._session.scalars(mine)}
        asked = select(ParticipationRow.activity_id).where(ParticipationRow.pupil_id == pupil)
        found = self._read(_STANDS, ActivityRow.id.in_(asked))
        return [(one, by_activity[one.id]) for one in reversed(found)]

    def get(self, activity: str) -> Activity:
        """Read an activity, withdrawn or not; NotFoundError if there is none."""
        self._row(activity)
        (found,) = self._read(ActivityRow.id == activity)
        return found

    def shared(self, activities: Iterable[Activity]) -> frozenset[str]:
        """The ids of those that others than the user's classes are asked to, so that the user may only read them."""
        return reach.shared(self._session, [one.id for one in activities])

    def participants(self, activity: str) -> Sequence[Participation]:
        """Who was asked to an activity and what became of it."""
        query = select(ParticipationRow).where(ParticipationRow.activity_id == activity).order_by(ParticipationRow.id)
        return [_participation(row) for row in self._session.scalars(query)]

    def visits(self, first: date, last: date) -> Sequence[Visit]:
        """Who was present at what kind of activity held and begun on some days, each once."""
        query = (
            select(ParticipationRow.pupil_id, ActivityRow.type, ActivityRow.audience, ActivityRow.labour_market)
            .join(ActivityRow, ActivityRow.id == ParticipationRow.activity_id)
            .where(_STANDS, ActivityRow.begins_on.between(first, last), _HELD, _PRESENT)
            .distinct()
        )
        return [(pupil, kind, audience, market) for pupil, kind, audience, market in self._session.execute(query)]

    def attended(self, first: date, last: date) -> Sequence[Attended]:
        """Who was at each activity held and begun on some days, and who was asked and not there."""
        row = ActivityRow
        query = (
            select(
                ParticipationRow.pupil_id, row.title, row.begins_on, row.type, row.audience, row.labour_market,
                ParticipationRow.presence,
            )
            .join(row, row.id == ParticipationRow.activity_id)
            .where(_STANDS, row.begins_on.between(first, last), _HELD)
        )  # fmt: skip
        return [
            Attended(pupil, title, day, kind, audience, market, Presence(presence))
            for pupil, title, day, kind, audience, market, presence in self._session.execute(query)
        ]

    def professions_met(self) -> Met:
        """The professions that every pupil met at activities over the years, with the occasions."""
        query = (
            select(
                ParticipationRow.pupil_id, ActivityProfessionRow.profession, ActivityRow.begins_on, ActivityRow.title
            )
            .join(ActivityRow, ActivityRow.id == ParticipationRow.activity_id)
            .join(ActivityProfessionRow, ActivityProfessionRow.activity_id == ActivityRow.id)
            .where(*_MET)
            .order_by(ActivityRow.begins_on, ActivityRow.id)
        )
        met: dict[str, dict[str, list[Occasion]]] = defaultdict(lambda: defaultdict(list))
        for pupil, profession, day, title in self._session.execute(query):
            met[pupil][profession].append(Occasion(day, title))
        return met

    def seen_at_trials(self) -> Mapping[str, tuple[str, ...]]:
        """The competencies that each trial of the register let one see when it was last held, by the trial's id."""
        row = ActivityRow
        query = select(row.trial, row.competencies).where(
            _STANDS, _HELD, row.trial.is_not(None), row.competencies != ""
        )
        last = self._session.execute(query.order_by(row.begins_on, row.id))
        return {trial: tuple(codes.split()) for trial, codes in last if trial}

    def meetings(self, profession: str) -> Sequence[tuple[str, str, str, date]]:
        """Who met a profession over the years: the pupil's id, title and type of the activity, and its day."""
        query = (
            select(ParticipationRow.pupil_id, ActivityRow.title, ActivityRow.type, ActivityRow.begins_on)
            .join(ActivityRow, ActivityRow.id == ParticipationRow.activity_id)
            .join(ActivityProfessionRow, ActivityProfessionRow.activity_id == ActivityRow.id)
            .where(ActivityProfessionRow.profession == profession, *_MET)
        )
        return [(pupil, title, kind, day) for pupil, title, kind, day in self._session.execute(query)]

    def linked(self, column: str, entry: str) -> int:
        """How many standing activities link to an entry by a column, or by ``profession``."""
        query = select(func.count()).select_from(ActivityRow).where(_STANDS)
        if column == "profession":
            of = select(ActivityProfessionRow.activity_id).where(ActivityProfessionRow.profession == entry)
            return self._session.scalar(query.where(ActivityRow.id.in_(of))) or 0
        return self._session.scalar(query.where(ActivityRow.__table__.c[column] == entry)) or 0

    def write(self, entry: ActivityEntry, now: datetime, activity: str | None = None) -> str:
        """Write a new, planned activity, or what changed of one; gives its id."""
        if activity is None:
            row = ActivityRow(
                state=State.PLANNED.value, actor=self._actor.id, recorded_at=now.isoformat(), withdrawn_at=None
            )
        else:
            row = self._row(activity)
        for name in _PLAIN:
            setattr(row, name, getattr(entry, name))
        row.audience = entry.audience.value
        row.competencies = " ".join(entry.competencies)
        self._session.add(row)
        self._session.flush()
        self._link(ActivityGroupRow, "group_id", row.id, entry.groups)
        self._link(ActivityProfessionRow, "profession", row.id, entry.professions)
        self._invite(row.id, entry.pupils)
        return row.id

    def set_state(self, activity: str, state: State) -> None:
        """Note that an activity was held, cancelled, or is planned again."""
        self._row(activity).state = state.value

    def record(self, activity: str, some: Iterable[Participation]) -> None:
        """Write how it went for some pupils; what is said of a pupil replaces what was."""
        rows = self._participations(activity)
        for one in some:
            row = rows.get(one.pupil) or ParticipationRow(activity_id=activity, pupil_id=one.pupil)
            row.presence, row.hours = one.presence.value, one.hours
            row.result, row.mark, row.feedback, row.product = one.result, one.mark, one.feedback, one.product
            self._session.add(row)
        self._session.flush()

    def withdraw(self, activity: str, now: datetime | None) -> None:
        """Take an activity out of sight, or (None) put it back."""
        self._row(activity).withdrawn_at = now.isoformat() if now else None

    def _read(self, *which: ColumnElement[bool]) -> Sequence[Activity]:
        rows = self._session.scalars(
            select(ActivityRow).where(*which).order_by(ActivityRow.begins_on, ActivityRow.at, ActivityRow.id)
        ).all()
        mine = select(ActivityRow.id).where(*which)
        group, met, asked = ActivityGroupRow, ActivityProfessionRow, ParticipationRow
        groups = self._linked(group.activity_id, group.group_id, group.activity_id.in_(mine))
        professions = self._linked(met.activity_id, met.profession, met.activity_id.in_(mine))
        invited = self._linked(asked.activity_id, asked.pupil_id, asked.activity_id.in_(mine), _INVITED)
        counts = self._counts(asked.activity_id.in_(mine))
        return [
            _activity(row, groups[row.id], professions[row.id], invited[row.id], counts.get(row.id, (0, 0)))
            for row in rows
        ]

    def _counts(self, which: ColumnElement[bool]) -> Mapping[str, tuple[int, int]]:
        """How many are recorded at each activity, and how many of them were present."""
        present = func.coalesce(func.sum(case((_PRESENT, 1), else_=0)), 0)
        query = select(ParticipationRow.activity_id, func.count(), present).where(which)
        found = self._session.execute(query.group_by(ParticipationRow.activity_id))
        return {activity: (number, there) for activity, number, there in found}

    def _linked(
        self, activity: InstrumentedAttribute[str], linked: InstrumentedAttribute[str], *which: ColumnElement[bool]
    ) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key, value in self._session.execute(select(activity, linked).where(*which)):
            found[key].append(value)
        return found

    def _link(self, table: _Link, column: str, activity: str, wanted: Collection[str]) -> None:
        """Make the links of an activity those that are wanted."""
        rows = self._session.scalars(select(table).where(table.activity_id == activity)).all()
        there = {getattr(row, column): row for row in rows}
        for gone in there.keys() - set(wanted):
            self._session.delete(there[gone])
        for new in dict.fromkeys(wanted):
            if new not in there:
                self._session.add(table(activity_id=activity, **{column: new}))
        self._session.flush()

    def _invite(self, activity: str, wanted: Collection[str]) -> None:
        """Ask just those who are wanted one by one; whoever came or stayed away is left as recorded."""
        there = self._participations(activity)
        for pupil, row in there.items():
            if row.presence == Presence.INVITED and pupil not in wanted:
                self._session.delete(row)
        self.record(activity, [Participation(one, Presence.INVITED) for one in wanted if one not in there])

    def _participations(self, activity: str) -> dict[str, ParticipationRow]:
        query = select(ParticipationRow).where(ParticipationRow.activity_id == activity)
        return {row.pupil_id: row for row in self._session.scalars(query)}

    def _row(self, activity: str) -> ActivityRow:
        row = self._session.get(ActivityRow, activity)
        if row is None:
            raise NotFoundError("Такого мероприятия больше нет. Обновите страницу.")
        return row


def _within(year: SchoolYear) -> ColumnElement[bool]:
    return ActivityRow.begins_on.between(year.first_day, year.last_day)


def _participation(row: ParticipationRow) -> Participation:
    return Participation(
        row.pupil_id, Presence(row.presence), row.hours, row.result, row.mark, row.feedback, row.product
    )


def _activity(
    row: ActivityRow, groups: Sequence[str], met: Sequence[str], invited: Sequence[str], counts: tuple[int, int]
) -> Activity:
    entry = ActivityEntry(
        **{name: getattr(row, name) for name in _PLAIN},
        audience=Audience(row.audience),
        groups=tuple(groups),
        professions=tuple(met),
        pupils=tuple(invited),
        competencies=tuple(row.competencies.split()),
    )
    return Activity(row.id, entry, State(row.state), *counts)

"""What is left to do in a school year, and how far it is from the programme's targets.

Everything is counted from one reading of the whole organisation, so that another scope is but another sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from profdesk.domain.activities import Activity
from profdesk.domain.backups import DUE, LATE, age
from profdesk.domain.people import Group
from profdesk.domain.programme import Indicator, Level, Programme
from profdesk.domain.register_state import WARNED
from profdesk.domain.school_year import Period, SchoolYear
from profdesk.domain.scope import Scope
from profdesk.domain.summary import Figure

BEGUN, COMPLETE = "portfolio_begun", "portfolio_complete"
"""The measures that count portfolios; the others that ``Reading.reached`` has count who was reached."""
MONTHS = 12


class Subject(StrEnum):
    """What a line is about, and so where it leads."""

    PORTFOLIOS = "portfolios"
    REACH = "reach"
    CONSENTS = "consents"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    ENDING = "ending"
    CERTIFICATES = "certificates"
    HOMELESS = "homeless"
    COPY = "copy"


@dataclass(frozen=True)
class Task:
    """Something left to do.

    ``count`` of what: groups, pupils, activities, agreements or, for a copy, days since the last one. ``groups`` are
    those it is about, most concerned first, ``pupils`` their ids where it is about pupils; ``figure`` says of what
    they are not reached. ``soon`` tells that it can wait for a month, ``late`` that its day has passed or, for
    portfolios, is near.
    """

    subject: Subject
    count: int
    soon: bool = False
    late: bool = False
    day: date | None = None
    groups: tuple[Group, ...] = ()
    whole_groups: tuple[Group, ...] = ()
    pupils: frozenset[str] = frozenset()
    figure: Figure | None = None
    activities: tuple[Activity, ...] = ()
    agreements: tuple[Agreement, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """An agreement by its number and partner, and its last day."""

    number: str
    partner: str
    until: date | None


@dataclass(frozen=True)
class Bar:
    """How far an indicator is; ``level`` is a level it stands for, None for the whole programme or the scope."""

    figure: Figure
    level: Level | None = None
    total: bool = False


@dataclass(frozen=True)
class Course:
    """How many portfolios had been begun by the end of each month of a school year, from September on."""

    year: SchoolYear
    pupils: int
    begun: tuple[int, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Parts of one; nothing where there is nobody."""
        return tuple(count / self.pupils for count in self.begun) if self.pupils else ()


@dataclass(frozen=True)
class Attendance:
    """Who attends which group (ids) in a school year, and the day on which each portfolio was begun."""

    year: SchoolYear
    groups: Mapping[str, Group]
    pupils: Mapping[str, str]
    begun_on: Mapping[str, date]


@dataclass(frozen=True)
class Reading:
    """All that is recorded of an organisation on a day, as far as it says what is left to do.

    ``reached`` has the pupils of each measure of the programme that counts pupils; ``assessed`` those with a stage of
    the term, ``consented`` those whom a psychologist may work with, ``certified`` those with this year's certificate.
    ``copied_on`` is the day of the newest copy of the workspace.
    """

    today: date
    period: Period
    programme: Programme
    now: Attendance
    before: Attendance
    reached: Mapping[str, Collection[str]]
    assessed: Collection[str]
    consented: Collection[str]
    certified: Collection[str]
    homeless: frozenset[str]
    overdue: tuple[Activity, ...]
    agreements: tuple[Agreement, ...]
    copied_on: date | None = None


@dataclass(frozen=True)
class Overview:
    """What is left to do in a scope, how far it is, and how this year and the one before went.

    ``aim`` is the share of portfolios to be begun (a part of one), which the programme asks of everybody alone.
    """

    tasks: tuple[Task, ...]
    bars: tuple[Bar, ...]
    now: Course
    before: Course
    pupils: int
    aim: float | None = None


def overview(reading: Reading, scope: Scope) -> Overview:
    """Look at a scope; linear in its pupils."""
    view = _View(reading, scope)
    tasks = (
        view.portfolios(),
        *view.reach(),
        view.consents(),
        view.overdue(),
        *view.agreements(),
        view.certificates(),
        view.homeless(),
        view.copy(),
    )
    there = [task for task in tasks if task is not None]
    there.sort(key=lambda task: (task.soon, task.soon and task.subject is Subject.REACH))
    chosen = reading.now.groups.get(scope.group)
    return Overview(
        tasks=tuple(there),
        bars=tuple(view.bars()),
        now=_course(reading.now, scope, chosen, reading.today),
        before=_course(reading.before, scope, chosen, reading.today),
        pupils=len(view.pupils),
        aim=view.aim,
    )


class _View:
    """The pupils of a scope, and what each question says of them."""

    def __init__(self, reading: Reading, scope: Scope) -> None:
        self._reading = reading
        self._scope = scope
        self.pupils = dict(_within(reading.now, scope, reading.now.groups.get(scope.group)))
        self._sizes = Counter(self.pupils.values())

    def portfolios(self) -> Task | None:
        """Groups in which nobody has a stage of the term."""
        begun = {group for pupil, group in self.pupils.items() if pupil in self._reading.assessed}
        groups = self._sorted(group for group in self._sizes if group not in begun)
        day = self._reading.period.last_day
        near = (day - self._reading.today).days <= 31
        return (
            Task(Subject.PORTFOLIOS, len(groups), soon=not near, late=near, day=day, groups=groups) if groups else None
        )

    def reach(self) -> Iterable[Task]:
        """Pupils whom an indicator of the programme has not reached yet."""
        for indicator in self._indicators():
            measure = indicator.rule.measure
            if measure in (BEGUN, COMPLETE):
                continue
            own = self._of(indicator)
            missing = frozenset(pupil for pupil in own if pupil not in self._reading.reached[measure])
            if missing:
                figure = Figure(indicator, len(own) - len(missing), len(own))
                yield self._of_pupils(Subject.REACH, missing, soon=not figure.shortage, figure=figure)

    def consents(self) -> Task | None:
        """Pupils with whom no psychologist may work."""
        missing = frozenset(pupil for pupil in self.pupils if pupil not in self._reading.consented)
        return self._of_pupils(Subject.CONSENTS, missing) if missing else None

    def overdue(self) -> Task | None:
        """Activities that should have been held; those of no group in particular are the whole organisation's."""
        found = tuple(
            one
            for one in self._reading.overdue
            if self._scope.whole or not self._sizes.keys().isdisjoint(one.entry.groups)
        )
        return Task(Subject.OVERDUE, len(found), late=True, activities=found) if found else None

    def agreements(self) -> Iterable[Task]:
        """Agreements that have run out with nothing in their place, and those that soon will."""
        if not self._scope.whole:
            return
        today, everything = self._reading.today, self._reading.agreements
        lasting = {one.partner for one in everything if one.until is None or one.until > today + timedelta(WARNED)}
        ending = sorted(
            (one for one in everything if one.until is not None and one.partner not in lasting),
            key=lambda one: one.until or today,
        )
        valid = tuple(one for one in ending if one.until and one.until >= today)
        replaced = {one.partner for one in valid}
        expired = tuple(one for one in ending if one not in valid and one.partner not in replaced)
        if expired:
            yield Task(Subject.EXPIRED, len(expired), late=True, agreements=expired)
        if valid:
            yield Task(Subject.ENDING, len(valid), soon=True, day=valid[0].until, agreements=valid)

    def certificates(self) -> Task | None:
        """Pupils whose portfolio is complete and who have no certificate of the year."""
        complete = self._reading.reached[COMPLETE]
        ready = frozenset(p for p in self.pupils if p in complete and p not in self._reading.certified)
        return self._of_pupils(Subject.CERTIFICATES, ready, soon=True) if ready else None

    def homeless(self) -> Task | None:
        """Pupils in no class of the year."""
        found = self._reading.homeless if self._scope.whole else frozenset()
        return Task(Subject.HOMELESS, len(found), soon=True, pupils=found) if found else None

    def copy(self) -> Task | None:
        """A copy of the workspace that is due, whoever looks."""
        last = self._reading.copied_on
        days = age(last, self._reading.today)
        if days is None:
            return Task(Subject.COPY, 0)
        return Task(Subject.COPY, days, soon=days < LATE, late=days >= LATE, day=last) if days >= DUE else None

    def bars(self) -> Iterable[Bar]:
        """Of the whole organisation one bar for all and one for each level, of less every indicator it has pupils for.

        A level is told by the first indicator that is its alone, with a target if one has.
        """
        programme, indicators = self._reading.programme, self._indicators()
        if not self._scope.whole:
            yield from (Bar(figure) for one in indicators if (figure := self._figure(one)).denominator)
            return
        for level in (None, *programme.levels):
            codes = {one.code for one in programme.levels} if level is None else {level.code}
            own = [one for one in indicators if set(one.levels) == codes]
            for indicator in sorted(own, key=lambda one: one.target is None)[:1]:
                figure = self._figure(indicator)
                if figure.denominator:
                    yield Bar(figure, level, total=level is None)

    @property
    def aim(self) -> float | None:
        """The target of begun portfolios of the whole organisation."""
        everybody = {level.code for level in self._reading.programme.levels}
        for one in self._reading.programme.indicators if self._scope.whole else ():
            if one.rule.measure == BEGUN and set(one.levels) == everybody and one.target is not None:
                return float(one.target) / 100
        return None

    def _figure(self, indicator: Indicator) -> Figure:
        people, there = self._of(indicator), self._reading.reached[indicator.rule.measure]
        return Figure(indicator, sum(pupil in there for pupil in people), len(people))

    def _indicators(self) -> Sequence[Indicator]:
        return [one for one in self._reading.programme.indicators if one.rule.measure in self._reading.reached]

    def _of(self, indicator: Indicator) -> Sequence[str]:
        groups = self._reading.now.groups
        return [pupil for pupil, group in self.pupils.items() if indicator.asks_of(groups[group])]

    def _of_pupils(
        self, subject: Subject, pupils: frozenset[str], *, soon: bool = False, figure: Figure | None = None
    ) -> Task:
        counts = Counter(self.pupils[pupil] for pupil in pupils)
        whole = self._sorted(group for group, count in counts.items() if count == self._sizes[group])
        most = tuple(sorted(self._sorted(counts), key=lambda group: -counts[group.id]))
        return Task(subject, len(pupils), soon=soon, groups=most, whole_groups=whole, pupils=pupils, figure=figure)

    def _sorted(self, groups: Iterable[str]) -> tuple[Group, ...]:
        return tuple(sorted((self._reading.now.groups[one] for one in groups), key=lambda group: group.name.sort_key))


def _within(attendance: Attendance, scope: Scope, chosen: Group | None) -> Iterable[tuple[str, str]]:
    """The pupils of a scope with their groups; of an earlier year those of what the class ``chosen`` was then."""
    groups = {one.id for one in attendance.groups.values() if scope.takes(one, chosen)}
    return ((pupil, group) for pupil, group in attendance.pupils.items() if group in groups)


def _course(attendance: Attendance, scope: Scope, chosen: Group | None, today: date) -> Course:
    """Up to the month of ``today`` in the year that it is in."""
    pupils = [pupil for pupil, _ in _within(attendance, scope, chosen)]
    by_month = Counter(
        _month(attendance.begun_on[pupil], attendance.year) for pupil in pupils if pupil in attendance.begun_on
    )
    last = _month(min(today, attendance.year.last_day), attendance.year)
    counts, so_far = [], 0
    for month in range(max(0, last + 1)):
        so_far += by_month[month]
        counts.append(so_far)
    return Course(attendance.year, len(pupils), tuple(counts))


def _month(day: date, year: SchoolYear) -> int:
    """The number of a month from September of a school year on; what was noted before counts from the first day."""
    first = year.first_day
    return min(MONTHS - 1, max(0, (day.year - first.year) * MONTHS + day.month - first.month))

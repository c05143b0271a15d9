"""How the competencies of a pupil grew over the years, from the first set of the programme to the last.

The sets of the levels differ, so a competency of today is followed back through the programme's
crosswalk. A link between just these two sets is taken before one that leads through a set between them.

Where several former competencies lead to one, the lowest of their stages is shown: what is made of
several parts is formed no further than the part that is formed least, and nobody is shown further than
was seen. Former competencies that were not assessed are left out of this.

A stage shown is always one that was recorded: nothing is averaged and nothing carried from one school
year into another. Only what the staff assessed counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from profdesk.domain.history import Attended, Recorded
from profdesk.domain.people import Group
from profdesk.domain.portfolio import STAFF
from profdesk.domain.programme import Competency, CompetencySet, Programme, Stage
from profdesk.domain.school_year import Period, SchoolYear

_NAMED = 5


@dataclass(frozen=True)
class GrowthCell:
    """A competency of today in one school year.

    ``former`` holds the competencies of the year's set that lead to it with their stages; its own is the
    only one where the set has not changed. Empty: the set of that level had nothing that leads to it.
    """

    former: tuple[tuple[Competency, int | None], ...]

    @property
    def stage(self) -> int | None:
        """The lowest stage of the former competencies that were assessed."""
        return min((stage for _, stage in self.former if stage is not None), default=None)

    @property
    def in_set(self) -> bool:
        """Whether the set of that year had the competency or one that leads to it."""
        return bool(self.former)


@dataclass(frozen=True)
class Growth:
    """``rows`` run parallel to ``competencies.items``, their cells to ``years``, the classes of each school year."""

    competencies: CompetencySet
    years: tuple[Group, ...]
    rows: tuple[tuple[GrowthCell, ...], ...]
    level_starts: frozenset[int]
    """The places in ``years`` where another set begins."""


@dataclass(frozen=True)
class Moment:
    """A point in a pupil's history: the end of a day inside a term, or (no day) of the term itself."""

    period: Period
    day: date | None = None


@dataclass(frozen=True)
class Compared:
    """A competency's stage now and at an earlier moment; None is not assessed."""

    competency: Competency
    now: int | None
    before: int | None

    @property
    def change(self) -> int:
        """By how many stages it rose (fell, below zero); 0 where one of the two is not known."""
        return 0 if self.now is None or self.before is None else self.now - self.before


@dataclass(frozen=True)
class Comparison:
    """The portfolio now against an earlier moment; ``now`` is None while nothing is assessed in the year."""

    now: Moment | None
    earlier: Moment | None
    rows: tuple[Compared, ...]
    scale: tuple[Stage, ...]

    @property
    def compared(self) -> int:
        """How many competencies have a stage at both moments."""
        return sum(row.now is not None and row.before is not None for row in self.rows)

    @property
    def risen(self) -> int:
        """How many stages were added, over all competencies that rose."""
        return sum(max(0, row.change) for row in self.rows)

    @property
    def fallen(self) -> int:
        """How many stages were lost, over all competencies that fell."""
        return sum(max(0, -row.change) for row in self.rows)

    @property
    def formed(self) -> int:
        """How many competencies are at the scale's highest stage now."""
        return sum(row.now == self.scale[-1].value for row in self.rows)

    @property
    def strengths(self) -> tuple[Competency, ...]:
        """What the pupil can rely on: the highest stage he or she has, the grown first; none if all are alike."""
        return self._at(max(self._stages, default=None), grown_first=True)

    @property
    def to_help(self) -> tuple[Competency, ...]:
        """Where to help: the lowest stage the pupil has, the fallen first; none if all are alike."""
        return self._at(min(self._stages, default=None), grown_first=False)

    @property
    def _stages(self) -> frozenset[int]:
        return frozenset(row.now for row in self.rows if row.now is not None)

    def _at(self, stage: int | None, *, grown_first: bool) -> tuple[Competency, ...]:
        if len(self._stages) < 2:
            return ()
        rows = [row for row in self.rows if row.now == stage]
        rows.sort(key=lambda row: -row.change if grown_first else row.change)
        return tuple(row.competency for row in rows)


def named(competencies: Sequence[Competency]) -> str:
    """A few of them in words, as a line of text holds them: «упорство, гибкость и ещё 3»."""
    few = competencies if len(competencies) <= _NAMED + 1 else competencies[:_NAMED]
    words = ", ".join(one.plain_short[:1].lower() + one.plain_short[1:] for one in few)
    return words if len(few) == len(competencies) else f"{words} и ещё {len(competencies) - len(few)}"


def growth(programme: Programme, attended: Sequence[Attended], facts: Sequence[Recorded]) -> Growth:
    """Follow the competencies of the last class given back through all school years, one column each."""
    sets = [_set_of(programme, one.group) for one in attended]
    today = sets[-1] if sets else CompetencySet("", "", ())
    columns = [
        _cells(programme, today, then, stages_at(facts, Moment(_year_end(one.year))))
        for one, then in zip(attended, sets, strict=True)
    ]
    return Growth(
        today,
        tuple(one.group for one in attended),
        tuple(tuple(column[row] for column in columns) for row in range(len(today.items))),
        frozenset(place for place in range(1, len(sets)) if sets[place].parts != sets[place - 1].parts),
    )


def moments(facts: Sequence[Recorded]) -> tuple[Moment, ...]:
    """Every term there are stages of, the latest first, each before its own days if it has several."""
    found: list[Moment] = []
    seen = [one for one in _of_staff(facts) if one.assessment.stage is not None]
    ordered = sorted(seen, key=lambda one: (one.assessment.period, one.assessment.made_on), reverse=True)
    for period, of_term in groupby(ordered, key=lambda one: one.assessment.period):
        days = list(dict.fromkeys(one.assessment.made_on for one in of_term))
        if any(one.stands for one in seen if one.assessment.period == period):
            found.append(Moment(period))
        if len(days) > 1:
            found += [Moment(period, day) for day in days if stages_at(facts, Moment(period, day))]
    return tuple(found)


def latest(known: Sequence[Moment], year: SchoolYear) -> Moment | None:
    """The latest term of the school year, or of the last one before it in which anything was assessed."""
    return next((one for one in known if one.period.year <= year and one.day is None), None)


def earlier_than(known: Sequence[Moment], now: Moment | None) -> tuple[Moment, ...]:
    """What a moment can be compared with, the latest first: of its own term only days before its last one."""
    if now is None:
        return tuple(known)
    own = [one for one in known if one.period == now.period and one.day is not None]
    return (*own[1:], *(one for one in known if one.period < now.period))


def a_year_before(known: Sequence[Moment], now: Moment | None) -> Moment | None:
    """Of the moments before ``now`` the one a year ago, else the next before that, else the earliest."""
    choice = earlier_than(known, now)
    if now is None:
        return choice[0] if choice else None
    wanted = Period(now.period.year.previous, now.period.term)
    terms = [one for one in choice if one.day is None] or list(choice)
    return next((one for one in terms if one.period <= wanted), terms[-1] if terms else None)


def stages_at(facts: Sequence[Recorded], moment: Moment) -> dict[str, int]:
    """The stages of a moment's school year as they stood then: of each competency the latest term's."""
    of_place: dict[tuple[str, Period], int | None] = {}
    for one in _of_staff(facts):
        found = one.assessment
        in_time = found.period <= moment.period and (moment.day is None or found.made_on <= moment.day)
        if found.period.year == moment.period.year and in_time:
            # Facts of one place come in the order they superseded each other, whatever their days are.
            of_place[one.competency, found.period] = found.stage
    ordered = sorted(of_place.items(), key=lambda item: item[0][1])
    return {code: stage for (code, _), stage in ordered if stage is not None}


def compare(
    programme: Programme,
    attended: Sequence[Attended],
    facts: Sequence[Recorded],
    now: Moment | None,
    earlier: Moment | None,
) -> Comparison:
    """Compare the competencies of the last class given at two moments, through the crosswalk where sets differ."""
    sets = {one.year: _set_of(programme, one.group) for one in attended}
    today = sets[attended[-1].year] if attended else CompetencySet("", "", ())

    def column(moment: Moment | None) -> list[GrowthCell]:
        then = sets.get(moment.period.year) if moment else None
        if moment is None or then is None:
            return [GrowthCell(())] * len(today.items)
        return _cells(programme, today, then, stages_at(facts, moment))

    pairs = zip(today.items, column(now), column(earlier), strict=True)
    rows = tuple(Compared(item, after.stage, before.stage) for item, after, before in pairs)
    return Comparison(now, earlier, rows, programme.stages)


def lineage(programme: Programme, today: CompetencySet, then: CompetencySet) -> Mapping[str, tuple[str, ...]]:
    """The codes of an earlier set that lead to each competency of today's; a set continued keeps its own codes."""
    if today.parts == then.parts:
        return {item.code: (item.code,) for item in today.items}
    return {item.code: _led(programme, today, item.code, then, frozenset()) for item in today.items}


def sources(programme: Programme, today: CompetencySet, code: str) -> tuple[str, ...]:
    """Whose opinion it is that former competencies lead to one of today's."""
    links = (link for link in programme.crosswalk if link.code == code and _same(programme, link.to_set, today))
    return tuple(dict.fromkeys(link.source for link in links))


def _led(
    programme: Programme, to: CompetencySet, code: str, then: CompetencySet, passed: frozenset[str]
) -> tuple[str, ...]:
    """Follow the links of one competency back to ``then``; ``passed`` are the sets already on the way."""
    links = [link for link in programme.crosswalk if link.code == code and _same(programme, link.to_set, to)]
    straight = [former for link in links if _same(programme, link.from_set, then) for former in link.former]
    if straight:
        return tuple(dict.fromkeys(straight))
    found: list[str] = []
    for link in links:
        between = _set(programme, link.from_set)
        if between is not None and link.from_set not in passed:
            for former in link.former:
                found += _led(programme, between, former, then, passed | {link.to_set, link.from_set})
    return tuple(dict.fromkeys(found))


def _cells(
    programme: Programme, today: CompetencySet, then: CompetencySet, stages: Mapping[str, int]
) -> list[GrowthCell]:
    there = {item.code: item for item in then.items}
    leads = lineage(programme, today, then)
    return [
        GrowthCell(tuple((there[code], stages.get(code)) for code in leads[item.code] if code in there))
        for item in today.items
    ]


def _set(programme: Programme, code: str) -> CompetencySet | None:
    return next((one.competencies for one in programme.levels if one.competencies.code == code), None)


def _same(programme: Programme, code: str, other: CompetencySet) -> bool:
    """Whether a set is the other one or the one it continues."""
    found = _set(programme, code)
    return code == other.code or (found is not None and found.parts == other.parts)


def _set_of(programme: Programme, group: Group) -> CompetencySet:
    """The set of a group's level; an empty one where the programme has no such level any more."""
    level = next((one for one in programme.levels if one.code == group.level), None)
    return level.competencies if level else CompetencySet("", "", ())


def _year_end(year: SchoolYear) -> Period:
    return Period.containing(year.last_day)


def _of_staff(facts: Sequence[Recorded]) -> list[Recorded]:
    return [one for one in facts if one.assessment.basis.strand == STAFF]

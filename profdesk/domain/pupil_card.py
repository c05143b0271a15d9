"""The card of one pupil: who it is, how complete the portfolio is, how it grew, in the words of screen and paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from profdesk.domain import group_names, growth, people, plural, wording
from profdesk.domain.consents import ConsentKind, Standing
from profdesk.domain.growth import Comparison, Growth, Moment
from profdesk.domain.history import Attended, History
from profdesk.domain.people import Group, GroupName, LeaveReason, Pupil, Sex, fold
from profdesk.domain.portfolio import Completeness
from profdesk.domain.programme import Programme
from profdesk.domain.pupil_file import SentClass
from profdesk.domain.school_year import SchoolYear

_HERE_FROM_THE_START = 1


@dataclass(frozen=True)
class PupilCard:
    """``year`` is the school year the card was asked for, ``last`` the class of that year, else the last before.

    ``among`` holds the ids of the class in the order of its list, the pupil's own included. ``names`` are
    full names of users by their ids, ``consents`` what stands today.
    """

    history: History
    programme: Programme
    year: SchoolYear
    among: tuple[str, ...]
    names: Mapping[str, str]
    growth: Growth
    moments: tuple[Moment, ...]
    consents: Mapping[ConsentKind, Standing] = field(default_factory=dict)

    @property
    def pupil(self) -> Pupil:
        """Whose card it is."""
        return self.history.pupil

    @property
    def last(self) -> Attended | None:
        """The class of the year, else the last one before it."""
        return self.history.last_attended(self.year)

    @property
    def completeness(self) -> Completeness | None:
        """Completeness in the school year; None for those who are in no class then."""
        if self.last is None or self.last.year != self.year or _has_left(self.last):
            return None
        cells = [row[-1] for row in self.growth.rows]
        return Completeness(sum(cell.stage is not None for cell in cells), len(cells))

    @property
    def now(self) -> Moment | None:
        """The latest moment of the last class's school year, or of an earlier one while that has no stages yet."""
        return growth.latest(self.moments, self.last.year) if self.last else None

    @property
    def usual_earlier(self) -> Moment | None:
        """What the portfolio is compared with unless another moment is chosen: a year ago or the nearest to it."""
        return growth.a_year_before(self.moments, self.now)

    @property
    def choices(self) -> tuple[Moment, ...]:
        """Every moment the portfolio can be compared with, the latest first."""
        return growth.earlier_than(self.moments, self.now)

    def compared(self, earlier: Moment | None) -> Comparison:
        """The portfolio now against an earlier moment."""
        return growth.compare(
            self.programme, _up_to(self.history, self.year), self.history.assessments, self.now, earlier
        )

    def last_day(self, moment: Moment) -> date:
        """The day of a moment; of a term the last day on which anything was assessed in it."""
        of_term = (one.assessment.made_on for one in self.history.assessments if one.assessment.period == moment.period)
        return moment.day or max(of_term, default=moment.period.year.first_day)


def card(
    history: History, programme: Programme, year: SchoolYear, among: Sequence[str], names: Mapping[str, str]
) -> PupilCard:
    """Look at the history of a pupil from a school year."""
    grown = growth.growth(programme, _up_to(history, year), history.assessments)
    known = tuple(one for one in growth.moments(history.assessments) if one.period.year <= year)
    return PupilCard(history, programme, year, tuple(among), names, grown, known)


def who(pupil: Pupil, last: Attended | None) -> str:
    """«Ученица», «Ученик»; «Ребёнок» in a kindergarten, «Обучающийся» where the sex is not known."""
    if last is not None and last.group.name.grade is None:
        return people.pupil_words([last.group.name])[0].capitalize()
    return {Sex.FEMALE: "Ученица", Sex.MALE: "Ученик", None: "Обучающийся"}[pupil.sex]


def not_yet(found: PupilCard) -> str:
    """That nobody has assessed yet in the last class's year, and of when the stages shown are; else empty."""
    last, now = found.last, found.now
    if last is None or (now is not None and now.period.year == last.year):
        return ""
    said = f"В {last.year.title} учебном году ещё не оценивали."
    if now is None:
        return said
    place = next((f", {one.group.name.title}" for one in found.history.schooling if one.year == now.period.year), "")
    return f"{said} Последние: {wording.month(found.last_day(now))}{place}."


def facts(found: PupilCard, today: date) -> tuple[str, ...]:
    """Class, birth date, age, since when here and what came before, how it ended: each a phrase."""
    pupil, last = found.pupil, found.last
    born = pupil.birth_date
    parts = [last.group.name.title if last else "ни в одном классе", wording.day(born)]
    parts.append(plural.counted(people.age(born, today), "год", "года", "лет"))
    since = _since(_up_to(found.history, found.year))
    if since:
        parts.append(since)
    if last is not None and last.leave is not None:
        graduated = last.leave.reason is LeaveReason.GRADUATED
        words = last.leave.reason.label if graduated else f"выбытие: {last.leave.reason.label}"
        parts.append(f"{words}, {wording.day(last.leave.day)}")
    elif last is not None and last.year != found.year:
        parts.append(f"класс {last.year.title} учебного года")
    return tuple(parts)


def _since(attended: Sequence[Attended]) -> str:
    """Since when in this school and what came before; lists that begin with a later class say only that."""
    school = [one for one in attended if one.group.name.grade is not None and not one.organisation]
    before = [one for one in attended if one.group.name.grade is None]
    if not school:
        return f"в детском саду с {before[0].year.start} года" if before else ""
    first = school[0]
    if before and before[0].year < first.year:
        return f"в школе с {first.year.start} года, до этого {before[-1].group.name.title}"
    if first.group.name.grade == _HERE_FROM_THE_START:
        return f"в школе с {first.year.start} года"
    return f"в списках школы с {first.year.start} года, с {first.group.name.title}"


def _has_left(one: Attended) -> bool:
    return one.leave is not None and one.leave.reason is not LeaveReason.GRADUATED


def _up_to(history: History, year: SchoolYear) -> tuple[Attended, ...]:
    return tuple(one for one in history.schooling if one.year <= year)


def elsewhere(programme: Programme, told: Iterable[SentClass], attended: Sequence[Attended]) -> tuple[Attended, ...]:
    """Classes of other organisations as groups of the level that their titles tell, each once, by year.

    What was told of this organisation's own and came back is left out.
    """
    own = {(one.year, fold(one.group.name.title)) for one in attended}
    others = dict.fromkeys(one for one in told if (one.year, fold(one.title)) not in own)
    ordered = sorted(others, key=lambda one: one.year)
    return tuple(Attended(_group(programme, one), None, one.organisation) for one in ordered)


def _group(programme: Programme, told: SentClass) -> Group:
    read = group_names.parse_group(told.title) or GroupName(told.title, None, None)
    level = programme.level_of_grade(read.grade) or programme.levels[0]
    return Group("", replace(read, title=told.title), level.code, told.year.start)

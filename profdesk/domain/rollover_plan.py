"""How the plan of a roll-over is made from the classes and pupils of two school years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from profdesk.domain import plural
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.people import Group, GroupName, LeaveReason, Pupil
from profdesk.domain.programme import Programme
from profdesk.domain.rollover import MAY_LEAVE_AFTER, Line, RolloverPlan, Step, class_name
from profdesk.domain.school_year import SchoolYear

_YEAR = 12
_SCHOOL_AGE, _EARLIEST_AGE = 7 * _YEAR, 6 * _YEAR + 6
_LAST_GROUP = "подготовительн"
_OLDER = {
    "ясельная": "младшая",
    "первая младшая": "вторая младшая",
    "вторая младшая": "средняя",
    "младшая": "средняя",
    "средняя": "старшая",
    "старшая": "подготовительная",
}
_AGED = re.compile(rf"^[^«]*?\b({'|'.join(sorted(_OLDER, key=len, reverse=True))})\b", re.IGNORECASE)
_ANYWHERE = (Step.STAY, Step.LEAVE, Step.UNDECIDED)


def plan(
    programme: Programme,
    kind: OrganisationKind,
    year: SchoolYear,
    pupils: Sequence[Pupil],
    there: Sequence[Pupil],
    groups: Sequence[Group],
) -> RolloverPlan:
    """Say what becomes of the ``pupils`` of a year; ``there`` and ``groups`` are the next year's. Linear in them.

    Only who attends to the end of the year is moved; who is in a class of the next year already, stays there.
    """
    placed = {pupil.id: pupil for pupil in there if pupil.group is not None}
    enrolled = [(pupil, pupil.group) for pupil in pupils if pupil.group is not None]
    enrolled.sort(key=lambda pair: (pair[1].name.sort_key, pair[1].name.title))
    planner = _Planner(programme, kind, year, groups)
    lines = [
        planner.done(pupil, group, placed.get(pupil.id))
        if pupil.id in placed or pupil.leave is not None
        else planner.line(pupil, group)
        for pupil, group in enrolled
        if pupil.attends
    ]
    return RolloverPlan(year, tuple(lines), tuple(groups), len(enrolled) - len(lines))


def unfit(programme: Programme, kind: OrganisationKind, group: GroupName, target: GroupName) -> str:
    """Why pupils of a group cannot be in a certain group of the next year, in words; empty if they can."""
    if target.grade is None:
        return f"Из {group.title} не переводят в группу детского сада" if group.grade is not None else ""
    if kind is OrganisationKind.KINDERGARTEN:
        return "В детском саду нет классов: отметьте, что ребёнок выпускается"
    if programme.level_of_grade(target.grade) is None:
        return f"В программе нет {target.grade}-го класса"
    if group.grade is not None and target.grade < group.grade:
        return f"Из {group.title} не переводят в {target.title}"
    return ""


class _Planner:
    """Makes the lines of one plan; children of one kindergarten group are offered the same class."""

    def __init__(self, programme: Programme, kind: OrganisationKind, year: SchoolYear, groups: Sequence[Group]) -> None:
        self._programme = programme
        self._into_school = kind is not OrganisationKind.KINDERGARTEN
        self._day = year.next.first_day
        self._first_grade = programme.first_grade
        self._firsts = {group.name: group.size for group in groups if group.name.grade == self._first_grade}
        self._offered: dict[str, GroupName] = {}

    def done(self, pupil: Pupil, group: Group, there: Pupil | None) -> Line:
        """What stands already: a class of the next year, or that the pupil left with the end of this one."""
        if there is not None and there.group is not None:
            now = Line(pupil, group, Step.MOVE, (), None, group.name, done=True)
            return now.sent(there.group.name)
        graduated = pupil.leave is not None and pupil.leave.reason is LeaveReason.GRADUATED
        return Line(pupil, group, Step.GRADUATE if graduated else Step.LEAVE, (), None, group.name, done=True)

    def line(self, pupil: Pupil, group: Group) -> Line:
        """What becomes of a pupil by itself."""
        if group.name.grade is None:
            return self._of_child(pupil, group)
        grade, letter = group.name.grade, group.name.letter
        if self._programme.level_of_grade(grade + 1) is None:
            return Line(pupil, group, Step.GRADUATE, (Step.GRADUATE, *_ANYWHERE), None, group.name)
        onward = class_name(grade + 1, letter)
        if grade == MAY_LEAVE_AFTER:
            steps = (Step.MOVE, Step.GRADUATE, *_ANYWHERE)
            return Line(pupil, group, Step.UNDECIDED, steps, onward, group.name)
        return Line(pupil, group, Step.MOVE, (Step.MOVE, *_ANYWHERE), onward, group.name)

    def _of_child(self, pupil: Pupil, group: Group) -> Line:
        age = _months(pupil.birth_date, self._day)
        older = _older(group.name)
        may_begin = age >= _EARLIEST_AGE and (age >= _SCHOOL_AGE or _LAST_GROUP in group.name.title.lower())
        if not may_begin and older is not None:
            return Line(pupil, group, Step.MOVE, (Step.MOVE, *_ANYWHERE), older, group.name, _aged(age))
        onward = self._offer(group, count=age >= _SCHOOL_AGE) if self._into_school else None
        finish = (Step.MOVE, Step.GRADUATE) if onward else (Step.GRADUATE,)
        step = finish[0] if age >= _SCHOOL_AGE else Step.UNDECIDED if may_begin else Step.STAY
        return Line(pupil, group, step, (*finish, *_ANYWHERE), onward, group.name, _aged(age))

    def _offer(self, group: Group, *, count: bool) -> GroupName:
        """The first class that is the smallest so far, whole groups going together."""
        if group.id not in self._offered:
            smallest = min(self._firsts, key=lambda name: (self._firsts[name], name.sort_key), default=None)
            self._offered[group.id] = smallest or class_name(self._first_grade, "А")
        offered = self._offered[group.id]
        if count and offered in self._firsts:
            self._firsts[offered] += 1
        return offered


def _older(name: GroupName) -> GroupName | None:
    """The group a kindergarten group becomes: Старшая «Ромашка» is Подготовительная «Ромашка» next year."""
    found = _AGED.match(name.title)
    if found is None or _LAST_GROUP in name.title.lower():
        return None
    begin, end = found.span(1)
    title = name.title[:begin] + _OLDER[found.group(1).lower()] + name.title[end:]
    return GroupName(title[0].upper() + title[1:])


def _months(born: date, day: date) -> int:
    return (day.year - born.year) * _YEAR + day.month - born.month - (day.day < born.day)


def _aged(months: int) -> str:
    years, more = divmod(months, _YEAR)
    spoken = plural.counted(years, "год", "года", "лет")
    return f"к 1 сентября {spoken}{f' {more} мес.' if more else ''}"

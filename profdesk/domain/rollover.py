"""The year roll-over as a plan: what becomes of every class and pupil of a school year in the next one.

Grades and their levels are the programme's. Four figures are the law's (№ 273-ФЗ): school begins at the age
of 7, at 6 and a half at the earliest (article 67), may be left after the 9th grade, and its first four grades are
a stage of their own (article 66), after which a class gets another teacher.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from profdesk.domain.people import Group, GroupName, LeaveReason, Pupil, fold
from profdesk.domain.school_year import SchoolYear

CROWDED = 40
"""A class with more pupils than this is most likely a mistake."""
MAY_LEAVE_AFTER = 9
PRIMARY_ENDS = 4
_LESSONS_END = (5, 25)


class Step(StrEnum):
    """What becomes of a pupil when the school year is over."""

    MOVE = "move"
    GRADUATE = "graduate"
    STAY = "stay"
    LEAVE = "leave"
    UNDECIDED = "undecided"

    @property
    def reason(self) -> LeaveReason | None:
        """Why a pupil with this step leaves; schooling being compulsory, it is for another organisation."""
        return _REASONS.get(self)


_REASONS = {Step.GRADUATE: LeaveReason.GRADUATED, Step.LEAVE: LeaveReason.TRANSFERRED}


@dataclass(frozen=True)
class Line:
    """A pupil with the group of the year that ends, and what becomes of both.

    ``onward`` is the group for those who move (None: none follows this one), ``again`` for those who stay;
    ``steps`` are the possible ones, the usual first. ``done``: so it stands already, nothing is to be written.
    """

    pupil: Pupil
    group: Group
    step: Step
    steps: tuple[Step, ...]
    onward: GroupName | None
    again: GroupName
    remark: str = ""
    done: bool = False

    @property
    def target(self) -> GroupName | None:
        """The group of the next year; None for those who will be in none, or are undecided."""
        return self.onward if self.step is Step.MOVE else self.again if self.step is Step.STAY else None

    @property
    def leaves_kindergarten(self) -> bool:
        """Whether a child has finished kindergarten and goes to a school elsewhere."""
        return self.group.name.grade is None and self.step is Step.GRADUATE

    @property
    def keeps_teacher(self) -> bool:
        """Whether the class goes on as one under whoever leads it: not into school, grade 5 or grade 10."""
        grade, target = self.group.name.grade, self.target
        if self.step is not Step.MOVE or target is None or grade in (PRIMARY_ENDS, MAY_LEAVE_AFTER):
            return False
        return (target.grade is None) == (grade is None)

    @property
    def following(self) -> Step:
        """The next of the possible steps, in a circle."""
        at = self.steps.index(self.step) if self.step in self.steps else -1
        return self.steps[(at + 1) % len(self.steps)]

    def sent(self, target: GroupName) -> Line:
        """With another group of the next year; one of the same grade or title means staying."""
        own = self.group.name
        if fold(target.title) == fold(own.title) or (own.grade is not None and own.grade == target.grade):
            return replace(self, step=Step.STAY, again=target)
        return replace(self, step=Step.MOVE, onward=target)


@dataclass(frozen=True)
class Outcome:
    """A group of the next year with everybody in it; one that would be expected may have nobody."""

    name: GroupName
    size: int

    @property
    def crowded(self) -> bool:
        """Whether too many are meant to go there."""
        return self.size > CROWDED


@dataclass(frozen=True)
class RolloverPlan:
    """What the roll-over out of ``year`` would do; nothing is written yet.

    ``groups`` are those that the next year has already; ``gone`` counts pupils who left before the year was over.
    """

    year: SchoolYear
    lines: tuple[Line, ...]
    groups: tuple[Group, ...] = ()
    gone: int = 0

    @property
    def pending(self) -> Sequence[Line]:
        """What would be written."""
        return [line for line in self.lines if not line.done and line.step is not Step.UNDECIDED]

    def with_step(self, step: Step) -> Sequence[Line]:
        """The lines of a step that are not done yet."""
        return [line for line in self.lines if line.step is step and not line.done]

    def marked(self, pupils: Collection[str], step: Step) -> RolloverPlan:
        """Give some pupils another step, as far as it is possible for them."""
        return self._changed(pupils, lambda line: replace(line, step=step) if step in line.steps else line)

    def sent(self, pupils: Collection[str], target: GroupName) -> RolloverPlan:
        """Let some pupils be in a certain group of the next year."""
        return self._changed(pupils, lambda line: line.sent(target))

    def carried(self, former: Mapping[str, Line]) -> RolloverPlan:
        """With what was decided in a former plan of the year (its lines by pupil), as far as it still applies."""
        lines = []
        for line in self.lines:
            was = former.get(line.pupil.id)
            same = was is not None and not line.done and (was.group.id, was.steps) == (line.group.id, line.steps)
            lines.append(replace(line, step=was.step, onward=was.onward, again=was.again) if was and same else line)
        return replace(self, lines=tuple(lines))

    def movers(self, group: str, target: GroupName) -> frozenset[str]:
        """Whom a new target for a whole group concerns: not those who repeat the grade, leave or are done.

        A class takes none of the children who stay in kindergarten, a kindergarten group none of the others.
        """
        return frozenset(
            line.pupil.id
            for line in self.lines
            if line.group.id == group
            and not line.done
            and (towards := line.onward if line.step is Step.UNDECIDED else line.target) is not None
            and (towards.grade is None) == (target.grade is None)
            and (line.step is not Step.STAY or towards.grade is None)
        )

    def outcomes(self) -> Sequence[Outcome]:
        """The groups of the next year, those included whose letter disappears: a class moves on, but not there."""
        names = {fold(group.name.title): group.name for group in self.groups}
        sizes = Counter({fold(group.name.title): group.size for group in self.groups})
        moving = [line for line in self.lines if line.target is not None and not line.done]
        for line in moving:
            for name in (line.target, _expected(line)):
                if name is not None:
                    names.setdefault(fold(name.title), name)
            sizes[fold(line.target.title if line.target else "")] += 1
        made = (Outcome(name, sizes[title]) for title, name in names.items())
        return sorted(made, key=lambda one: one.name.sort_key)

    def _changed(self, pupils: Collection[str], change: Callable[[Line], Line]) -> RolloverPlan:
        chosen = (change(line) if line.pupil.id in pupils and not line.done else line for line in self.lines)
        return replace(self, lines=tuple(chosen))


def class_name(grade: int, letter: str | None) -> GroupName:
    """The class of a grade, titled as class lists are read: 7 «А», 11 класс."""
    return GroupName(f"{grade} «{letter}»" if letter else f"{grade} класс", grade, letter)


def is_early(year: SchoolYear, today: date) -> bool:
    """Whether lessons of a school year still go on, so that nobody is moved yet as a rule."""
    return today < date(year.start + 1, *_LESSONS_END)


def _expected(line: Line) -> GroupName | None:
    """The class a school class becomes by itself; after the grade that many leave the letters are dealt anew."""
    grade = line.group.name.grade
    if grade is None or grade == MAY_LEAVE_AFTER or line.step is not Step.MOVE:
        return None
    return class_name(grade + 1, line.group.name.letter)

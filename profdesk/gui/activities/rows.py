"""The year's plan as a list: columns, what is shown of it, and under which headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from profdesk.domain import activity_words as words
from profdesk.domain.activities import Activity, ActivityType, Audience, Sort, State
from profdesk.domain.people import fold
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.tones import Tone
from profdesk.services.activities import YearPlan

OVERDUE = "overdue"
SORTS: Mapping[str, str] = {
    "": "Всё",
    Sort.EVENT.value: "События",
    Sort.TRIAL.value: "Пробы",
    Sort.PRACTICE.value: "Практики и волонтёрство",
    Audience.PARENTS.value: "Для родителей",
    Audience.STAFF.value: "Для педагогов",
}
"""What the plan can be narrowed to: by what an activity counts as, or whom it is for."""


@dataclass(frozen=True)
class Filter:
    """What is looked for; ``state`` is ``OVERDUE``, a State's value, or empty."""

    typed: str = ""
    sort: str = ""
    group: str = ""
    state: str = ""


class Rows:
    """A plan as it stands on a day; empty until one is taken."""

    def __init__(self, year: SchoolYear) -> None:
        self.plan = YearPlan(year, (), {}, {}, {})
        self.today = year.first_day
        self._searched: Mapping[str, str] = {}

    def take(self, plan: YearPlan, today: date) -> None:
        """Stand for another plan, or the same one read again."""
        self.plan = plan
        self.today = today
        self._searched = {one.id: words.searched(one, plan.types, plan.groups, plan.titles) for one in plan.activities}

    def found(self, wanted: Filter) -> Sequence[Activity]:
        """What a filter shows, but for its state, in the order of the calendar."""
        typed = fold(wanted.typed).split()
        return [
            one
            for one in self.plan.activities
            if all(word in self._searched[one.id] for word in typed)
            and (not wanted.group or wanted.group in one.entry.groups)
            and (not wanted.sort or self._is(one, wanted.sort))
        ]

    def of_state(self, activities: Sequence[Activity], state: str) -> Sequence[Activity]:
        """Those of a state; what is overdue is no longer told to be in the plan."""
        return [one for one in activities if not state or state == self.state(one)]

    def state(self, one: Activity) -> str:
        """``OVERDUE`` or the value of its State."""
        return OVERDUE if one.is_overdue(self.today) else one.state.value

    def rows(self, activities: Sequence[Activity]) -> Sequence[Activity | Heading]:
        """Activities under their headings."""
        found: list[Activity | Heading] = []
        for title, some in words.grouped(activities, self.today):
            found += [Heading(f"{title}: {len(some)}" if title == words.OVERDUE else title), *some]
        return found

    def kind(self, one: Activity) -> ActivityType | None:
        """Its type, None for one that is no longer known."""
        return self.plan.types.get(one.entry.type)

    def shows_competencies(self, one: Activity) -> bool:
        """Whether stages can be seen at it: at a trial or a practice."""
        kind = self.kind(one)
        return kind is not None and kind.sort is not Sort.EVENT

    def columns(self) -> tuple[Column[Activity], ...]:
        """What the list tells of the plan taken last."""
        return (
            Column(
                "Когда",
                lambda one: words.when(one.entry),
                width=136,
                sort=lambda one: (one.entry.begins_on, one.entry.at),
                second=lambda one: words.hour(one.entry),
            ),
            Column("Что", lambda one: one.entry.title, sort=lambda one: fold(one.entry.title), second=self._kind_title),
            Column(
                "Для кого",
                lambda one: words.whom(one.entry, self.plan.groups),
                width=190,
                sort=lambda one: words.whom(one.entry, self.plan.groups),
                second=lambda one: words.how_many(one, self.plan.groups),
            ),
            Column(
                "Где",
                lambda one: self._where(one)[0],
                width=226,
                sort=self._where,
                second=lambda one: self._where(one)[1],
            ),
            Column(
                "Часов",
                lambda one: str(one.entry.hours or ""),
                width=62,
                right=True,
                sort=lambda one: one.entry.hours or 0,
            ),
            Column("Как прошло", self._standing, width=142, second=self._advice, look=self._look),
        )

    def day_columns(self) -> tuple[Column[Activity], ...]:
        """What the list of a day in the calendar tells."""
        return (
            Column("Что", lambda one: one.entry.title, second=self._at),
            Column("Как прошло", self._standing, width=120, look=self._look),
        )

    def _at(self, one: Activity) -> str:
        return ", ".join(filter(None, (one.entry.at, words.whom(one.entry, self.plan.groups), self._where(one)[0])))

    def _is(self, one: Activity, sort: str) -> bool:
        if sort in (Audience.PARENTS, Audience.STAFF):
            return one.entry.audience == sort
        kind = self.kind(one)
        return (kind.sort if kind else Sort.EVENT) == sort and one.entry.audience is Audience.PUPILS

    def _where(self, one: Activity) -> tuple[str, str]:
        return words.where(one.entry, self.plan.titles)

    def _kind_title(self, one: Activity) -> str:
        kind = self.kind(one)
        return kind.title if kind else "мероприятие"

    def _standing(self, one: Activity) -> str:
        if one.state is State.HELD:
            return words.turnout(one) or one.state.label
        return words.standing(one, self.today)

    def _advice(self, one: Activity) -> str:
        if one.is_overdue(self.today):
            return "отметит координатор" if one.id in self.plan.shared else "отметьте, кто был"
        content = self.plan.content.get(one.id)
        if content is not None and one.state is State.HELD:
            return f"довольны {content} %".replace(".", ",")
        return one.state.label if one.state is State.HELD and words.turnout(one) else ""

    def _look(self, one: Activity) -> Look:
        if one.is_overdue(self.today):
            return Look("clock", Tone.WARN)
        return Look("check-circle", Tone.OK) if one.state is State.HELD else Look()

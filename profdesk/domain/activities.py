"""Activities: events, trials, social practices and volunteering, planned and held, and who took part.

One record of an activity serves the plan, the indicators and the card of every child who was there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from profdesk.domain.register import EARLIEST, LATEST
from profdesk.errors import WrongInputError

_MOST_HOURS = 1000
SHARED = (
    "Мероприятие не только для ваших классов: изменить его и отметить, что оно прошло, может координатор. "
    "Кто был из вашего класса, можно записать после этого."
)
"""Why a class teacher changes no activity to which others are asked."""


class Sort(StrEnum):
    """What an activity counts as."""

    EVENT = "event"
    TRIAL = "trial"
    PRACTICE = "practice"


class Audience(StrEnum):
    """For whom an activity is; the value is what the database keeps."""

    PUPILS = "pupils"
    PARENTS = "parents"
    STAFF = "staff"

    @property
    def label(self) -> str:
        """As screens name it."""
        return {"pupils": "ученики", "parents": "родители", "staff": "педагоги"}[self]


class State(StrEnum):
    """How far an activity is; the value is what the database keeps."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """As screens name it."""
        return {"planned": "в плане", "held": "проведено", "cancelled": "отменено"}[self]


class Presence(StrEnum):
    """Whether a pupil (or, for an activity of parents, one of the pupil's) was there; as the database keeps it."""

    INVITED = "invited"
    PRESENT = "present"
    ABSENT = "absent"


@dataclass(frozen=True)
class ActivityType:
    """A kind of activity; ``direction`` is a code of the programme, ``forms`` the word after 1, 2 and 5."""

    code: str
    title: str
    forms: tuple[str, str, str]
    sort: Sort
    audience: Audience
    direction: str
    labour_market: bool = False
    source: str = ""


@dataclass(frozen=True)
class ActivityEntry:
    """What is written of an activity.

    ``type`` is the code of a type, or the id of the school's own; ``at`` a time as people write it («14:30»), ``hours``
    whole hours a pupil is credited with. ``partner``, ``trial`` and ``lesson`` are ids of registers, ``professions``
    too; ``groups`` are invited as a whole, ``pupils`` one by one. ``competencies`` are those that a trial lets one see.
    ``parents_reached`` counts parents who were there where nobody asked whose they are.
    """

    type: str
    title: str
    begins_on: date
    ends_on: date | None = None
    at: str = ""
    place: str = ""
    audience: Audience = Audience.PUPILS
    direction: str = ""
    hours: int | None = None
    responsible: str = ""
    labour_market: bool = False
    partner: str | None = None
    trial: str | None = None
    lesson: str | None = None
    professions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    pupils: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    parents_reached: int | None = None
    note: str = ""

    @property
    def last_day(self) -> date:
        """The day on which it is over."""
        return self.ends_on or self.begins_on


@dataclass(frozen=True)
class Activity:
    """An activity as it stands, with how many took part; ``expected`` are those asked, were they there or not."""

    id: str
    entry: ActivityEntry
    state: State
    expected: int = 0
    present: int = 0

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been held by now and is not noted as such."""
        return self.state is State.PLANNED and self.entry.last_day < today


@dataclass(frozen=True)
class Participation:
    """A pupil at an activity; ``hours`` None: those of the activity, ``product`` the id of a file of the pupil."""

    pupil: str
    presence: Presence
    hours: int | None = None
    result: str = ""
    mark: str = ""
    feedback: str = ""
    product: str | None = None


@dataclass(frozen=True)
class Coverage:
    """Which pupils something of a kind reached in a school year, by their ids."""

    events: frozenset[str]
    trials: frozenset[str]
    labour_market: frozenset[str]
    parents: frozenset[str]

    @property
    def by_measure(self) -> Mapping[str, frozenset[str]]:
        """The same by the measures that rules of the programme name."""
        return {
            "events_any": self.events,
            "trials_any": self.trials,
            "labour_market_informed": self.labour_market,
            "parents_reached": self.parents,
        }


MEASURES = frozenset({"events_any", "trials_any", "labour_market_informed", "parents_reached"})
"""Measures of indicators that activities answer."""

Visit = tuple[str, str, str, bool]
"""Pupil, type, audience and whether it told of the labour market, of an activity at which somebody was present."""


def read_types(text: str) -> tuple[ActivityType, ...]:
    """Read the types that the program ships."""
    return tuple(
        ActivityType(
            code=one["code"],
            title=one["title"],
            forms=tuple(one["forms"]),
            sort=Sort(one["sort"]),
            audience=Audience(one["audience"]),
            direction=one["direction"],
            labour_market=one.get("labour_market", False),
            source=one["source"],
        )
        for one in tomllib.loads(text)["types"]
    )


def check(entry: ActivityEntry) -> None:
    """WrongInputError says what is the matter with an activity."""
    if not entry.title.strip():
        raise WrongInputError("Напишите, что это: например, «Экскурсия в пожарную часть».")
    if not EARLIEST <= entry.begins_on <= LATEST:
        raise WrongInputError(f"Проверьте год: {entry.begins_on.year} быть не может.")
    if entry.ends_on is not None and not entry.begins_on <= entry.ends_on <= LATEST:
        raise WrongInputError("Последний день раньше первого. Проверьте даты.")
    if entry.hours is not None and not 0 <= entry.hours <= _MOST_HOURS:
        raise WrongInputError(f"Часов может быть от 0 до {_MOST_HOURS}.")
    if entry.parents_reached is not None and entry.parents_reached < 0:
        raise WrongInputError("Число родителей не бывает меньше нуля.")


def check_held(entry: ActivityEntry, today: date) -> None:
    """WrongInputError if an activity cannot have been held yet."""
    if entry.begins_on > today:
        raise WrongInputError(f"Этот день ещё не наступил: {entry.begins_on:%d.%m.%Y}. Перенесите дату или подождите.")


def coverage(visits: Iterable[Visit], types: Mapping[str, ActivityType]) -> Coverage:
    """Whom the activities of a year reached; parents' ones count for parents alone.

    A type that is no longer known counts as an event.
    """
    events, trials, market, parents = set[str](), set[str](), set[str](), set[str]()
    for pupil, code, audience, of_market in visits:
        if audience == Audience.PARENTS:
            parents.add(pupil)
            continue
        kind = types.get(code)
        events.add(pupil)
        if kind is not None and kind.sort is not Sort.EVENT:
            trials.add(pupil)
        if of_market or (kind is not None and kind.labour_market):
            market.add(pupil)
    return Coverage(frozenset(events), frozenset(trials), frozenset(market), frozenset(parents))


def reaches(measure: str, visit: Visit, types: Mapping[str, ActivityType]) -> bool:
    """Whether a visit is one that a measure of the programme asks for."""
    return bool(coverage([visit], types).by_measure.get(measure))


def type_reaching(measure: str, types: Mapping[str, ActivityType]) -> str:
    """The code of the first type whose activities reach those who are there as a measure of the programme asks."""
    for one in types.values():
        if reaches(measure, ("", one.code, one.audience, False), types):
            return one.code
    return ""


def attendance(expected: Sequence[str], absent: Iterable[str]) -> tuple[Participation, ...]:
    """Everybody who was expected as present, but for some."""
    missing = set(absent)
    return tuple(
        Participation(pupil, Presence.ABSENT if pupil in missing else Presence.PRESENT)
        for pupil in dict.fromkeys(expected)
    )

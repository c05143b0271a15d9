"""Where those who are missing from a figure are brought in: what the button says, and what it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from profdesk.domain import activities, choices, overview_words
from profdesk.domain import summary_people as domain
from profdesk.domain.people import Group
from profdesk.domain.register import Register
from profdesk.domain.registers import AGREEMENTS, TRAININGS, WEB_PAGES
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.summary_people import Behind, Line, Subject

_REGISTERS: dict[str, tuple[str, Register]] = {
    "staff_trained": ("Внести курс", TRAININGS),
    "staff_involved_trained": ("Внести курс", TRAININGS),
    "agreements": ("Внести договор", AGREEMENTS),
    "web_pages": ("Проверить страницы", WEB_PAGES),
}


class Place(StrEnum):
    """Where something is done; what goes along says of whom."""

    PORTFOLIO = "portfolio"
    """The id of a group."""
    ACTIVITY = "activity"
    """A measure, and the ids of the groups and the pupils to be asked."""
    CHOICES = "choices"
    """A measure and the id of a group."""
    GRADUATES = "graduates"
    """The year they left in."""
    REGISTER = "register"
    """The Register."""


@dataclass(frozen=True)
class Way:
    """What a button says and leads to; ``note`` says what to know before."""

    words: str
    place: Place
    whom: object
    note: str = ""


def obstacle(behind: Behind, current: SchoolYear) -> str:
    """Why nobody can be brought in any more; empty while they can."""
    if behind.subject is Subject.PUPILS and behind.span.year != current:
        return f"Отсюда отмечают только за текущий, {current.title} учебный год."
    return ""


def way(behind: Behind, meant: Sequence[Line], one: Line | None, today: date) -> Way | None:
    """How to bring in those ``meant``, or the class of ``one`` of them; None if nobody is."""
    measure = behind.indicator.rule.measure
    if not meant:
        return None
    if measure in _REGISTERS:
        words, register = _REGISTERS[measure]
        return Way(words, Place.REGISTER, register)
    if behind.subject is Subject.GRADUATES:
        return Way("К выпускникам", Place.GRADUATES, behind.span.year.start)
    if measure in activities.MEASURES:
        return _activity(behind, meant, today)
    group = one.group if one and one.group else meant[0].group
    return _of_group(measure, group) if group else None


def _of_group(measure: str, group: Group) -> Way:
    if measure in choices.MEASURES:
        words = f"{overview_words.REACHED_BY[measure]}: {group.name.title}"
        return Way(words, Place.CHOICES, (measure, group.id))
    return Way(f"Отметить портфолио: {group.name.title}", Place.PORTFOLIO, group.id)


def _activity(behind: Behind, meant: Sequence[Line], today: date) -> Way:
    measure, last = behind.indicator.rule.measure, behind.span.last_day
    words = f"{overview_words.REACHED_BY[measure]}: {domain.words_of(behind, len(meant))}"
    late = f"Период кончился {last:%d.%m.%Y}: новое мероприятие войдёт уже в следующий." if last < today else ""
    return Way(words, Place.ACTIVITY, (measure, *behind.invited(meant)), late)

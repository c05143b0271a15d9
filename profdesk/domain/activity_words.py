"""What screens and papers say of an activity: when, for whom, where, how many were there, under which heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from profdesk.domain import wording
from profdesk.domain.activities import Activity, ActivityEntry, ActivityType, Audience, Presence, Sort, State
from profdesk.domain.people import Group, GroupName, fold, pupil_words
from profdesk.domain.plural import counted
from profdesk.domain.register import Titles
from profdesk.errors import WrongInputError

OVERDUE = "Просрочено"
_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_NAMED = 3
_PRODUCTS = {Sort.TRIAL: "Проба"}
_TIME = re.compile(r"(\d{1,2})[:.\- ]?(\d{2})")


@dataclass(frozen=True)
class PlanLine:
    """A line of the plan on paper; ``about`` is its type and classes, ``mark`` what has become of it."""

    when: str
    hour: str
    what: str
    about: str
    where: str
    who: str
    hours: str
    mark: str


def when(entry: ActivityEntry) -> str:
    """«12 нояб» or «12 нояб – 3 дек»."""
    first = wording.brief_day(entry.begins_on)
    if entry.last_day == entry.begins_on:
        return first
    same_month = (entry.begins_on.year, entry.begins_on.month) == (entry.last_day.year, entry.last_day.month)
    last = wording.brief_day(entry.last_day)
    return f"{entry.begins_on.day}–{last}" if same_month else f"{first} – {last}"


def hour(entry: ActivityEntry) -> str:
    """The day of the week and the time: «чт, 14:30»."""
    weekday = _WEEKDAYS[entry.begins_on.weekday()]
    return ", ".join(filter(None, (weekday, entry.at)))


def whom(entry: ActivityEntry, groups: Mapping[str, Group]) -> str:
    """«9 «А», 9 «Б»», «5–8 классы (12)», «9 «А», 2 ученика», «педагоги»."""
    names = sorted((groups[one].name for one in entry.groups if one in groups), key=lambda name: name.sort_key)
    parts = list(_classes(names))
    if entry.pupils:
        parts.append(counted(len(entry.pupils), *pupil_words(names)))
    return entry.audience.label if entry.audience is Audience.STAFF else ", ".join(parts)


def how_many(activity: Activity, groups: Mapping[str, Group]) -> str:
    """«24 ученика», «родители 24 учеников», «17 детей»; empty where nobody is asked."""
    number = expected(activity, groups)
    if not number:
        return ""
    one, of_one, of_many = pupil_words(groups[one].name for one in activity.entry.groups if one in groups)
    if activity.entry.audience is Audience.PARENTS:
        return f"родители {counted(number, of_one, of_many, of_many)}"
    return counted(number, one, of_one, of_many)


def where(entry: ActivityEntry, titles: Titles) -> tuple[str, str]:
    """The place and the partner; the partner alone where no place is named."""
    partner = titles["partners"].get(entry.partner or "", "")
    return (entry.place, partner) if entry.place else (partner, "")


def expected(activity: Activity, groups: Mapping[str, Group]) -> int:
    """How many are asked: those recorded once it was held, before that everybody in its classes and by name."""
    if activity.state is State.HELD:
        return activity.expected
    return sum(groups[one].size for one in activity.entry.groups if one in groups) + len(activity.entry.pupils)


def turnout(activity: Activity) -> str:
    """«23 из 25», with parents nobody asked about: «23 из 25, ещё 4»; empty where nobody was expected."""
    more = activity.entry.parents_reached or 0
    if not activity.expected:
        return str(more) if more else ""
    counts = f"{activity.present} из {activity.expected}"
    return f"{counts}, ещё {more}" if more else counts


def standing(activity: Activity, today: date) -> str:
    """How far an activity is, in a word."""
    return "просрочено" if activity.is_overdue(today) else activity.state.label


def presence(one: Presence, state: State, audience: Audience) -> str:
    """What became of a pupil's part in an activity; of one for parents, whether the parents were there."""
    if state is not State.HELD or one is Presence.INVITED:
        return state.label
    there = one is Presence.PRESENT
    if audience is Audience.PARENTS:
        return "родители были" if there else "родителей не было"
    return "участие" if there else "пропуск"


def product_title(entry: ActivityEntry, kind: ActivityType | None) -> str:
    """«Проба «Сетевой врач», 12.11.2026», as a file of what a pupil made there is called."""
    what = _PRODUCTS.get(kind.sort, kind.title) if kind else "Мероприятие"
    named = entry.title if fold(entry.title).startswith(fold(what)) else f"{what} {wording.quoted(entry.title)}"
    return f"{named}, {entry.last_day:%d.%m.%Y}"


def grouped(activities: Iterable[Activity], today: date) -> Sequence[tuple[str, Sequence[Activity]]]:
    """Activities under headings: those overdue first, then by months."""
    late: list[Activity] = []
    months: dict[str, list[Activity]] = {}
    for one in activities:
        if one.is_overdue(today):
            late.append(one)
        else:
            months.setdefault(wording.month(one.entry.begins_on).capitalize(), []).append(one)
    return [*([(OVERDUE, late)] if late else []), *months.items()]


def lines(
    activities: Iterable[Activity], types: Mapping[str, ActivityType], groups: Mapping[str, Group], titles: Titles
) -> Sequence[tuple[str, Sequence[PlanLine]]]:
    """Activities as lines of paper, by months in the order of the calendar."""
    months: dict[str, list[PlanLine]] = {}
    for one in activities:
        entry, kind = one.entry, types.get(one.entry.type)
        marks = {State.PLANNED: "", State.HELD: turnout(one) or one.state.label, State.CANCELLED: one.state.label}
        line = PlanLine(
            when(entry),
            hour(entry),
            entry.title,
            "; ".join(filter(None, (kind.title if kind else "", whom(entry, groups)))),
            ", ".join(filter(None, where(entry, titles))),
            entry.responsible,
            str(entry.hours or ""),
            marks[one.state],
        )
        months.setdefault(wording.month(entry.begins_on).capitalize(), []).append(line)
    return list(months.items())


def searched(activity: Activity, types: Mapping[str, ActivityType], groups: Mapping[str, Group], titles: Titles) -> str:
    """Everything a search looks in, folded."""
    entry = activity.entry
    kind = types.get(entry.type)
    words = (
        entry.title,
        kind.title if kind else "",
        whom(entry, groups),
        *(groups[one].name.title for one in entry.groups if one in groups),
        *where(entry, titles),
        *(titles["professions"].get(one, "") for one in entry.professions),
        entry.responsible,
        entry.note,
        f"{entry.begins_on:%d.%m.%Y}",
    )
    return fold(" ".join(words))


def clock(typed: str) -> str:
    """A time as people type it («14.30», «9-00», «930») as «14:30»; WrongInputError if there is no such time."""
    words = typed.strip()
    if not words:
        return ""
    found = _TIME.fullmatch(words)
    hours, minutes = (int(found[1]), int(found[2])) if found else (int(words), 0) if words.isdecimal() else (99, 0)
    if hours > 23 or minutes > 59:
        raise WrongInputError("Такого времени нет. Напишите, например, 14:30.")
    return f"{hours}:{minutes:02d}"


def _classes(names: Sequence[GroupName]) -> Iterable[str]:
    if len(names) <= _NAMED:
        yield from (name.title for name in names)
        return
    young = [name for name in names if name.grade is None]
    grades = [name.grade for name in names if name.grade is not None]
    if young:
        yield counted(len(young), "группа сада", "группы сада", "групп сада")
    if grades:
        first, last = min(grades), max(grades)
        run = f"{first}-е классы" if first == last else f"{first}–{last} классы"
        yield f"{run} ({len(grades)})"

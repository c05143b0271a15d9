"""What a pupil has done and achieved, in the lines that a certificate prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from profdesk.domain import plural
from profdesk.domain.activities import Activity, ActivityType, Participation, Presence, Sort, State
from profdesk.domain.register import Entry
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, PROFILE_STUDIES

_VOLUNTEERING = "volunteering"
_LEVELS = {
    "international": "международный уровень",
    "national": "всероссийский уровень",
    "regional": "региональный уровень",
    "municipal": "муниципальный уровень",
    "organisation": "",
}
"""From the highest down."""
_PLACES = ("winner", "prize", "laureate", "participant")
Days = tuple[date, date]


def deeds(
    visited: Iterable[tuple[Activity, Participation]], types: Mapping[str, ActivityType], days: Days
) -> tuple[str, ...]:
    """«Профессиональные пробы: 4 · социальные практики: 2 · волонтёрство: 38 часов»; no line where there is nothing."""
    trials = practices = hours = 0
    for activity, one in visited:
        held = activity.state is State.HELD and days[0] <= activity.entry.begins_on <= days[1]
        kind = types.get(activity.entry.type)
        if kind is None or not held or one.presence is not Presence.PRESENT:
            continue
        if kind.code == _VOLUNTEERING:
            hours += (activity.entry.hours if one.hours is None else one.hours) or 0
        trials += kind.sort is Sort.TRIAL
        practices += kind.sort is Sort.PRACTICE and kind.code != _VOLUNTEERING
    told = [
        f"профессиональные пробы: {trials}" if trials else "",
        f"социальные практики: {practices}" if practices else "",
        f"волонтёрство: {plural.counted(hours, 'час', 'часа', 'часов')}" if hours else "",
    ]
    line = " · ".join(filter(None, told))
    return (line[0].upper() + line[1:],) if line else ()


def studies(entries: Iterable[Entry], last: date) -> tuple[str, ...]:
    """«Профиль обучения: технологический», the one that was begun last by a day; of the unnamed ones nothing."""
    begun = [(since, one) for one in entries if isinstance(since := one.values["since"], date) and since <= last]
    if not begun:
        return ()
    _, latest = max(begun, key=lambda pair: pair[0])
    code = latest.values["profile"]
    return () if code in (None, "other") else (f"Профиль обучения: {PROFILE_STUDIES.field('profile').choice(code)}",)


def achievements(entries: Iterable[Entry], days: Days) -> tuple[str, ...]:
    """«Олимпиада по технологии: призёр, региональный уровень, 2026», from the highest level and place down."""
    found = [
        (_rank(one), held_on, _achievement(one, held_on))
        for one in entries
        if isinstance(held_on := one.values["held_on"], date) and days[0] <= held_on <= days[1]
    ]
    found.sort(key=lambda line: (line[0], -line[1].toordinal(), line[2]))
    return tuple(line for _, _, line in found)


def _rank(entry: Entry) -> tuple[int, int]:
    level, place = str(entry.values["level"]), str(entry.values["place"])
    levels = list(_LEVELS)
    return (
        levels.index(level) if level in levels else len(levels),
        _PLACES.index(place) if place in _PLACES else len(_PLACES),
    )


def _achievement(entry: Entry, held_on: date) -> str:
    place = ACHIEVEMENTS.field("place").choice(entry.values["place"])
    told = (place, _LEVELS.get(str(entry.values["level"]), ""), str(held_on.year))
    return f"{entry.values['title']}: {', '.join(filter(None, told))}"

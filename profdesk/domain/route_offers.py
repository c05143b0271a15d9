"""What a route may begin with: the choices of a profession and of a profile that the registers hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from profdesk.domain.people import fold
from profdesk.domain.register import Entry
from profdesk.domain.registers_of_pupils import STUDY_PROFILES
from profdesk.domain.route import LineKind, RouteEntry, RouteLine

_PROFILES = {one.code: one.title for one in STUDY_PROFILES}


def offered(
    professions: Sequence[Entry], profiles: Sequence[Entry], titles: Mapping[str, str], versions: Iterable[RouteLine]
) -> tuple[RouteEntry, ...]:
    """Lines made of the latest choices, of those kinds that the route has no line of; ``titles`` are of professions.

    What was removed from the route is not offered again.
    """
    found = [*_of_profession(_latest(professions), titles), *_of_profile(_latest(profiles))]
    said, begun = set(), set()
    for one in versions:
        said.add(fold(one.entry.words))
        if one.is_there:
            begun.add(one.entry.kind)
    return tuple(one for one in found if one.kind not in begun and fold(one.words) not in said)


def _latest(choices: Sequence[Entry]) -> Entry | None:
    def day(entry: Entry) -> date:
        decided = entry.values["decided_on"]
        return decided if isinstance(decided, date) else date.min

    return max(choices, key=day, default=None)


def _of_profession(choice: Entry | None, titles: Mapping[str, str]) -> Iterable[RouteEntry]:
    if choice is None:
        return
    said = _reader(choice)
    for code, kind, way in (("profession", LineKind.FAR, said("goal")), ("reserve", LineKind.RESERVE, "")):
        title = titles.get(said(code), "")
        if title:
            yield RouteEntry(kind, f"Профессия: {title}", way).tidy


def _of_profile(choice: Entry | None) -> Iterable[RouteEntry]:
    if choice is None:
        return
    said = _reader(choice)
    subjects = f"углублённо: {said('subjects')}" if said("subjects") else ""
    for code, kind, way in (("profile", LineKind.NEAR, subjects), ("reserve", LineKind.RESERVE, "")):
        title = _PROFILES.get(said(code), "")
        if title:
            yield RouteEntry(kind, f"Профиль обучения: {title}", way).tidy


def _reader(choice: Entry) -> Callable[[str], str]:
    return lambda code: str(choice.values.get(code) or "")

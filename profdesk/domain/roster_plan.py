"""What taking a class list in would change: new, changed and same pupils, never matched by guess.

A line is recognised as an existing pupil by name and date of birth; failing that, inside the same
class, by name alone or by date of birth with given name, and only where exactly one pupil fits whom
no other line of the list fits better. е and ё are one letter in matching.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from profdesk.domain.people import PersonName, Pupil, fold
from profdesk.domain.roster import Fate, FieldChange, PlanLine, Roster, RosterPlan, RosterPupil
from profdesk.domain.school_year import SchoolYear

_T = TypeVar("_T")
_PupilKey = Callable[[Pupil], Hashable | None]
_LineKey = Callable[[RosterPupil], Hashable | None]


def plan(roster: Roster, existing: Sequence[Pupil], source: str, year: SchoolYear) -> RosterPlan:
    """Compare a roster with the pupils of a school year; linear in both."""
    matched = _matches(roster.pupils, existing)
    lines = tuple(_line(pupil, matched.get(number)) for number, pupil in enumerate(roster.pupils))
    return RosterPlan(source, year.start, roster.sheets, lines, roster.refused)


def _matches(lines: Sequence[RosterPupil], existing: Sequence[Pupil]) -> dict[int, Pupil]:
    matched: dict[int, Pupil] = {}
    for of_pupil, of_line in _PASSES:
        taken = {pupil.id for pupil in matched.values()}
        free = [pupil for pupil in existing if pupil.id not in taken]
        waiting = [number for number in range(len(lines)) if number not in matched]
        pupils = _by_key(free, of_pupil)
        wanting = _by_key([(number, lines[number]) for number in waiting], _of_second(of_line))
        for key, numbered in wanting.items():
            fitting = pupils.get(key, [])
            if len(numbered) == 1 and len(fitting) == 1:
                matched[numbered[0][0]] = fitting[0]
    return matched


def _by_key(things: Iterable[_T], key: Callable[[_T], Hashable | None]) -> dict[Hashable, list[_T]]:
    found: dict[Hashable, list[_T]] = defaultdict(list)
    for thing in things:
        value = key(thing)
        if value is not None:
            found[value].append(thing)
    return found


def _of_second(key: _LineKey) -> Callable[[tuple[int, RosterPupil]], Hashable | None]:
    return lambda numbered: key(numbered[1])


def _group_of_pupil(pupil: Pupil) -> str | None:
    return fold(pupil.group.name.title) if pupil.group else None


def _group_of_line(line: RosterPupil) -> str | None:
    return fold(line.group.title) if line.group else None


def _inside(group: str | None, *parts: Hashable) -> Hashable | None:
    return None if group is None else (group, *parts)


def _first_two(name: PersonName) -> tuple[str, str]:
    return fold(name.surname), fold(name.given)


def _last_two(name: PersonName) -> tuple[str, str]:
    return fold(name.given), fold(name.patronymic or "")


_PASSES: tuple[tuple[_PupilKey, _LineKey], ...] = (
    (
        lambda pupil: (fold(pupil.name.full), pupil.birth_date),
        lambda line: (fold(line.name.full), line.birth_date),
    ),
    (
        lambda pupil: (*_first_two(pupil.name), pupil.birth_date),
        lambda line: (*_first_two(line.name), line.birth_date),
    ),
    (
        lambda pupil: _inside(_group_of_pupil(pupil), fold(pupil.name.full)),
        lambda line: _inside(_group_of_line(line), fold(line.name.full)),
    ),
    (
        lambda pupil: _inside(_group_of_pupil(pupil), *_last_two(pupil.name), pupil.birth_date),
        lambda line: _inside(_group_of_line(line), *_last_two(line.name), line.birth_date),
    ),
    (
        lambda pupil: _inside(_group_of_pupil(pupil), fold(pupil.name.surname), pupil.birth_date),
        lambda line: _inside(_group_of_line(line), fold(line.name.surname), line.birth_date),
    ),
)


def _line(line: RosterPupil, pupil: Pupil | None) -> PlanLine:
    if pupil is None:
        return PlanLine(line, Fate.NEW, line.name, line.sex)
    name = PersonName(
        _kept(pupil.name.surname, line.name.surname),
        _kept(pupil.name.given, line.name.given),
        _kept(pupil.name.patronymic or "", line.name.patronymic or "") or None,
    )
    sex = line.sex or pupil.sex
    changes = tuple(_changes(line, pupil, name))
    fate = Fate.CHANGED if changes else Fate.SAME
    return PlanLine(line, fate, name, sex, pupil, changes)


def _kept(before: str, after: str) -> str:
    """The file's word, but a missing one erases nothing and е does not undo a ё."""
    if not after or (fold(before) == fold(after) and "ё" in before.lower() and "ё" not in after.lower()):
        return before
    return after


def _changes(line: RosterPupil, pupil: Pupil, name: PersonName) -> Iterable[FieldChange]:
    group_before = pupil.group.name.title if pupil.group else ""
    group_after = line.group.title if line.group else group_before
    sex_before = pupil.sex.value if pupil.sex else ""
    pairs = (
        ("Фамилия", pupil.name.surname, name.surname),
        ("Имя", pupil.name.given, name.given),
        ("Отчество", pupil.name.patronymic or "", name.patronymic or ""),
        ("Дата рождения", f"{pupil.birth_date:%d.%m.%Y}", f"{line.birth_date:%d.%m.%Y}"),
        ("Пол", sex_before, line.sex.value if line.sex else sex_before),
    )
    for field, before, after in pairs:
        if before != after:
            yield FieldChange(field, before, after)
    if fold(group_before) != fold(group_after):
        yield FieldChange("Класс", group_before, group_after)

"""What taking a class list in would change: new, changed and same pupils, never matched by guess.

A line is recognised as an existing pupil by name and date of birth; failing that, inside the same
class, by name alone, or by date of birth with given name and patronymic, or where the given name is
only spelt otherwise. A pair counts only if neither has another partner. е and ё are one letter in matching.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from profdesk.domain.people import GroupName, PersonName, Pupil, fold
from profdesk.domain.roster import Fate, Field, FieldChange, PlanLine, RefusedLine, Roster, RosterPlan, RosterPupil
from profdesk.domain.school_year import SchoolYear

_T = TypeVar("_T", Pupil, RosterPupil)
_ALIKE = 0.7


def plan(roster: Roster, existing: Sequence[Pupil], source: str, year: SchoolYear) -> RosterPlan:
    """Compare a roster with the pupils of a school year; linear in both.

    A line that fits two pupils already there is refused: which of them is meant, a person must say.
    """
    matched, doubtful = _matches(roster.pupils, existing)
    lines = tuple(_line(one, matched.get(n)) for n, one in enumerate(roster.pupils) if n not in doubtful)
    refused = (*roster.refused, *(_doubt(roster.pupils[number], there) for number, there in doubtful.items()))
    order = {reading.name: number for number, reading in enumerate(roster.sheets)}
    ordered = sorted(refused, key=lambda line: (order.get(line.sheet, 0), line.first, line.line))
    made = RosterPlan(source, year.start, roster.sheets, lines, tuple(ordered), roster.headers)
    return replace(made, passed=roster.passed, notices=roster.notices)


@dataclass(frozen=True)
class _Known(Generic[_T]):
    """What of a pupil or of a line is compared, folded."""

    whole: _T
    surname: str
    given: str
    patronymic: str
    born: date
    group: str | None

    @classmethod
    def of(cls, whole: _T) -> _Known[_T]:
        group = _group(whole)
        return cls(
            whole,
            fold(whole.name.surname),
            fold(whole.name.given),
            fold(whole.name.patronymic or ""),
            whole.birth_date,
            fold(group.title) if group else None,
        )


_Line = _Known[RosterPupil]
_There = _Known[Pupil]


@dataclass(frozen=True)
class _Pass:
    """One way to recognise: equal keys (None: not this way) and a closer look at the pair."""

    key: Callable[[_Line | _There], Hashable | None]
    fits: Callable[[_Line, _There], bool]


def _agree(line: _Line, there: _There) -> bool:
    return not line.patronymic or not there.patronymic or line.patronymic == there.patronymic


def _may_be_misspelt(line: _Line, there: _There) -> bool:
    """The patronymic differs: a correction where the class is the same or the words are alike."""
    return line.group == there.group or _are_alike(line.patronymic, there.patronymic)


def _same_family(line: _Line, there: _There) -> bool:
    """The surname differs: another one for the same given name and patronymic, or the same one misspelt."""
    if line.patronymic and line.patronymic == there.patronymic:
        return True
    return _agree(line, there) and _are_alike(line.surname, there.surname)


def _same_child(line: _Line, there: _There) -> bool:
    """The given name differs: a spelling of the same one, never a twin's."""
    return _agree(line, there) and line.given[0] == there.given[0] and _are_alike(line.given, there.given)


def _are_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _inside(one: _Line | _There, *parts: Hashable) -> Hashable | None:
    return None if one.group is None else (one.group, *parts)


_PASSES = (
    _Pass(lambda one: (one.surname, one.given, one.patronymic, one.born, one.group), lambda *_: True),
    _Pass(lambda one: (one.surname, one.given, one.patronymic, one.born), lambda *_: True),
    _Pass(lambda one: (one.surname, one.given, one.born), _agree),
    _Pass(lambda one: (one.surname, one.given, one.born), _may_be_misspelt),
    _Pass(lambda one: _inside(one, one.surname, one.given), _agree),
    _Pass(lambda one: _inside(one, one.given, one.born), _same_family),
    _Pass(lambda one: _inside(one, one.surname, one.born), _same_child),
)
_SURE = 3
"""The passes in which a line that fits several pupils is one of them, and no new one."""


def _matches(
    lines: Sequence[RosterPupil], existing: Sequence[Pupil]
) -> tuple[dict[int, Pupil], dict[int, Sequence[Pupil]]]:
    """The pupil of every line by its number, and the lines that fit several pupils."""
    waiting = {number: _Known.of(line) for number, line in enumerate(lines)}
    free = {pupil.id: _Known.of(pupil) for pupil in existing}
    matched: dict[int, Pupil] = {}
    doubtful: dict[int, Sequence[Pupil]] = {}
    for step, one in enumerate(_PASSES):
        fitting = _fitting(one, waiting, free)
        wanted = _count(there.whole.id for found in fitting.values() for there in found)
        for number, found in fitting.items():
            if len(found) == 1 and wanted[found[0].whole.id] == 1:
                matched[number] = found[0].whole
                del waiting[number], free[found[0].whole.id]
            elif step < _SURE and len(found) > 1:
                doubtful[number] = [there.whole for there in found]
    return matched, {number: found for number, found in doubtful.items() if number not in matched}


def _fitting(one: _Pass, waiting: dict[int, _Line], free: dict[str, _There]) -> dict[int, list[_There]]:
    by_key: dict[Hashable, list[_There]] = defaultdict(list)
    for there in free.values():
        key = one.key(there)
        if key is not None:
            by_key[key].append(there)
    found = {
        number: [there for there in by_key.get(one.key(line), ()) if one.fits(line, there)]
        for number, line in waiting.items()
    }
    return {number: there for number, there in found.items() if there}


def _count(ids: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for one in ids:
        counts[one] += 1
    return counts


def _group(one: Pupil | RosterPupil) -> GroupName | None:
    if isinstance(one, RosterPupil):
        return one.group
    return one.group.name if one.group else None


def _doubt(line: RosterPupil, there: Sequence[Pupil]) -> RefusedLine:
    places = " и ".join(group.title if (group := _group(pupil)) else "без класса" for pupil in there[:2])
    return RefusedLine.of(line, f"Подходят двое: {places}", Field.FULL_NAME)


def _line(line: RosterPupil, pupil: Pupil | None) -> PlanLine:
    if pupil is None:
        return PlanLine(line, Fate.GONE if line.gone else Fate.NEW, line.name, line.sex)
    name = PersonName(
        merged(pupil.name.surname, line.name.surname),
        merged(pupil.name.given, line.name.given),
        merged(pupil.name.patronymic or "", line.name.patronymic or "") or None,
    )
    sex = line.sex or pupil.sex
    changes = tuple(_changes(line, pupil, name))
    fate = Fate.GONE if line.gone else Fate.CHANGED if changes else Fate.SAME
    return PlanLine(line, fate, name, sex, pupil, changes)


def merged(before: str, after: str) -> str:
    """The file's word, but a missing one erases nothing, and е does not undo ё nor plain case a «МакДональд»."""
    if not after:
        return before
    if fold(before) != fold(after) or len(before) != len(after):
        return after
    case = before if after == "-".join(part.capitalize() for part in after.split("-")) else after
    return "".join(_richer(*letters) for letters in zip(before, after, case, strict=True))


def _richer(before: str, after: str, case: str) -> str:
    letter = "ё" if "ё" in (before.lower(), after.lower()) else case.lower()
    return letter.upper() if case.isupper() else letter


def _changes(line: RosterPupil, pupil: Pupil, name: PersonName) -> Iterable[FieldChange]:
    before, after = _group(pupil), line.group or _group(pupil)
    sex_before = pupil.sex.value if pupil.sex else ""
    pairs = (
        ("Фамилия", pupil.name.surname, name.surname),
        ("Имя", pupil.name.given, name.given),
        ("Отчество", pupil.name.patronymic or "", name.patronymic or ""),
        ("Дата рождения", f"{pupil.birth_date:%d.%m.%Y}", f"{line.birth_date:%d.%m.%Y}"),
        ("Пол", sex_before, line.sex.value if line.sex else sex_before),
    )
    for title, old, new in pairs:
        if old != new:
            yield FieldChange(title, old, new)
    old_group, new_group = before.title if before else "", after.title if after else ""
    if fold(old_group) != fold(new_group):
        in_school = after is not None and after.grade is not None
        yield FieldChange("Класс" if in_school else "Группа", old_group, new_group)
    if pupil.leave is not None and line.group is not None:
        yield FieldChange("Выбытие", f"{pupil.leave.day:%d.%m.%Y}", "снова учится")

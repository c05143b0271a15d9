"""Routes of some children of the demonstration school, with what was done, forgotten and thought better of: made up."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from profdesk import assets
from profdesk.domain.demo_chance import chance, seed
from profdesk.domain.people import Group, Pupil
from profdesk.domain.progress import Progress
from profdesk.domain.registers_of_pupils import PROFESSION_CHOICES, PUPIL
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.domain.route import LineKind, LineState, RouteEntry
from profdesk.domain.school_year import SchoolYear
from profdesk.services import programmes, registers

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_FORGOTTEN, _GOT_ROUND, _FINISHED = "забыт", "преодолена", "выпуск"
_BANDS = {range(1, 5): "1-4", range(5, 8): "5-7", range(8, 10): "8-9", range(10, 12): "10-11"}
_NURSERY = "сад"
_YOUNG = frozenset({_NURSERY, "1-4"})
_OF_CLASS, _YOUNG_CLASSES = 2, 0.5
_LAST_GRADE = 11
_Line = Mapping[str, str]


@dataclass(frozen=True)
class _Tables:
    """The shipped lines by whom they are for: professions, and bands of grades."""

    lines: Mapping[str, Sequence[_Line]]

    @property
    def professions(self) -> Sequence[str]:
        """The professions that a route may lead to."""
        return [name for name in self.lines if name not in (*_BANDS.values(), _NURSERY)]


def plan(workspace: Workspace, known: str, today: date, progress: Progress) -> None:
    """Write routes of two of each class from grade 5 on, of a few younger children, and of the pupil ``known``."""
    programme = programmes.current(workspace, workspace.actor)
    tables = _read()
    with workspace.unit(workspace.actor) as unit:
        year = unit.organisation.get().period.year
        titles = {one.id: str(one.values["title"]) for one in registers.entries(unit, PROFESSIONS, programme)}
        chosen = {
            str(one.values[PUPIL]): titles.get(str(one.values["profession"]), "")
            for one in unit.registers.entries(PROFESSION_CHOICES)
        }
        groups = unit.pupils.groups(year)
        for done, group in enumerate(groups):
            progress(done, len(groups))
            for pupil in _some(unit, group, known):
                _write(unit, pupil, _lines(tables, pupil, group, chosen.get(pupil.id, "")), year, today)
    progress(len(groups), len(groups))


def _read() -> _Tables:
    with assets.resource("demo-routes", "Маршруты.csv").open(encoding="utf-8", newline="") as file:
        lines: dict[str, list[_Line]] = {}
        for line in csv.DictReader(file, delimiter=";"):
            lines.setdefault(line["Для кого"], []).append(line)
    return _Tables(lines)


def _some(unit: UnitOfWork, group: Group, known: str) -> Iterator[Pupil]:
    """Two of a class; one of some classes and groups of younger children."""
    wanted = _OF_CLASS
    if _band(group) in _YOUNG:
        wanted = int(chance(group.name.title, "has a route") < _YOUNG_CLASSES)
    there = sorted(unit.pupils.in_group(group.id), key=lambda one: chance(seed(one), "has a route"))
    for place, pupil in enumerate(there):
        if place < wanted or pupil.id == known:
            yield pupil


def _band(group: Group) -> str:
    return next((band for grades, band in _BANDS.items() if group.name.grade in grades), _NURSERY)


def _lines(tables: _Tables, pupil: Pupil, group: Group, chosen: str) -> Iterable[_Line]:
    """The lines of the profession that the pupil chose, or might, and those of the grade."""
    band = _band(group)
    if band not in _YOUNG:
        there = tables.professions
        might = there[int(chance(seed(pupil), "drawn to") * len(there))]
        yield from tables.lines[chosen if chosen in there else might]
    yield from tables.lines[band]


def _write(unit: UnitOfWork, pupil: Pupil, lines: Iterable[_Line], year: SchoolYear, today: date) -> None:
    """Begin a route in September; what was thought otherwise before was written in spring."""
    grade = pupil.group.name.grade if pupil.group else None
    begun = date(year.start, 9, 12) + timedelta(days=int(12 * chance(seed(pupil), "begun")))
    for line in lines:
        due = _due(line["Срок"], year, grade)
        entry = RouteEntry(LineKind(line["Вид"]), line["Слова"], line["Как"], due)
        if line["Сначала"]:
            spring = _noon(begun - timedelta(days=130))
            former = unit.routes.begin(pupil.id, replace(entry, words=line["Сначала"], way="", due=None), spring)
            written = unit.routes.follow(former, entry, LineState.OPEN, _noon(begun))
        else:
            written = unit.routes.begin(pupil.id, entry, _noon(begun))
        day = _done_on(line, entry, begun)
        if day is not None and day < today:
            unit.routes.follow(written, entry, LineState.DONE, _noon(day))


def _due(words: str, year: SchoolYear, grade: int | None) -> date | None:
    """«16.10» of the school year, or the summer after the last grade."""
    if not words:
        return None
    if words == _FINISHED:
        return date(year.start + 1 + _LAST_GRADE - (grade or _LAST_GRADE), 7, 1)
    day, month = map(int, words.split("."))
    return date(year.start + (month < 9), month, day)


def _done_on(line: _Line, entry: RouteEntry, begun: date) -> date | None:
    """When it was noted as done, if it was by then: a step on the day after its own."""
    if line["Судьба"] == _GOT_ROUND:
        return begun + timedelta(days=50)
    if entry.kind is LineKind.STEP and entry.due is not None and line["Судьба"] != _FORGOTTEN:
        return entry.due + timedelta(days=1)
    return None


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)

"""Two school years of events, trials and practices in the demonstration school; all of it is made up.

A shipped table a year, each written as one unit of work: hundreds of children are marked there in a moment.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import assets
from profdesk.domain import activities as domain
from profdesk.domain import activity_words
from profdesk.domain.activities import ActivityEntry, ActivityType, Audience, Participation, Presence, Sort, State
from profdesk.domain.demo_chance import chance, seed
from profdesk.domain.people import Group, Pupil
from profdesk.domain.programme import Programme
from profdesk.domain.progress import Progress
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.domain.school_year import Period, SchoolYear
from profdesk.services import activities, programmes, registers
from profdesk.services.activities import YearPlan

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_CANCELLED, _FORGOTTEN = "не состоится", "не отмечено"
_GRADES = re.compile(r"(\d+)(?:-(\d+))?")
_COMES = {Audience.PUPILS: 0.94, Audience.PARENTS: 0.72, Audience.STAFF: 1.0}
_TELLS, _KEPT = 0.8, 0.6
_SEEN = 3
"""How many competencies a trial or a practice lets one see."""
_WORKS = (
    ("закончена с первого раза, аккуратно", "5", "Понравилось, хочу ещё"),
    ("закончена с подсказкой мастера", "4", "Сложнее, чем казалось"),
    ("сделана наполовину, не хватило времени", "4", "Интересно, но устают руки"),
    ("закончена, помощь соседу", "5", "Теперь понятно, как это устроено"),
    ("начата, нужна ещё одна встреча", "3", "Не моё, но увидеть было полезно"),
)
"""What a mentor writes of the work at a trial, the mark, and what a pupil says."""


@dataclass(frozen=True)
class _Year:
    """A year's plan with what its lines name: types, registers and classes by their words."""

    plan: YearPlan
    programme: Programme
    types: Mapping[str, str]
    ids: Mapping[str, Mapping[str, str]]

    def kind(self, entry: ActivityEntry) -> ActivityType:
        """What an activity is."""
        return self.plan.types[entry.type]

    def groups(self, words: str) -> tuple[Group, ...]:
        """«9», «9-11», «5А» or a part of a kindergarten group's title, parted by commas."""
        wanted = [one.strip() for one in words.split(",") if one.strip()]
        return tuple(one for one in self.plan.groups.values() if any(_means(part, one) for part in wanted))


def hold(workspace: Workspace, today: date, progress: Progress) -> None:
    """Write both years: what is past was held, but for a few; what is to come is planned."""
    programme = programmes.current(workspace, workspace.actor)
    tables = sorted(path for path in assets.resource("demo-activities").iterdir() if path.suffix == ".csv")
    for done, table in enumerate(tables):
        progress(done, len(tables))
        lines = _lines(table)
        year = SchoolYear.containing(_day(lines[0]["День"]))
        known = _known(activities.plan(workspace, workspace.actor, year), programme)
        with workspace.unit(workspace.actor) as unit:
            pupils = {one: unit.pupils.in_group(one) for one in known.plan.groups}
            entries = [_entry(line, known) for line in lines]
            for profession in {one for entry in entries for one in entry.professions}:
                registers.ensure(unit, PROFESSIONS, profession, programme, datetime.now(UTC))
            for line, entry in zip(lines, entries, strict=True):
                written = unit.activities.write(entry, datetime.now(UTC))
                if line["Как прошло"] == _CANCELLED:
                    unit.activities.set_state(written, State.CANCELLED)
                elif line["Как прошло"] != _FORGOTTEN and entry.last_day < today:
                    asked = [one for group in entry.groups for one in pupils[group]]
                    there = zip(asked, _attended(entry, asked, known), strict=True)
                    unit.activities.record(written, [_kept(unit, entry, known, *one) for one in there])
                    unit.activities.set_state(written, State.HELD)
    progress(len(tables), len(tables))


def _lines(table: Path) -> Sequence[Mapping[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _known(plan: YearPlan, programme: Programme) -> _Year:
    types = {one.title: one.code for one in plan.types.values()} | {code: code for code in plan.types}
    ids = {code: {words: key for key, words in titles.items()} for code, titles in plan.titles.items()}
    return _Year(plan, programme, types, ids)


def _entry(line: Mapping[str, str], known: _Year) -> ActivityEntry:
    kind = known.plan.types[known.types[line["Вид"]]]
    professions = [one.strip() for one in line["Профессии"].split(",") if one.strip()]
    entry = ActivityEntry(
        type=kind.code,
        title=line["Название"],
        begins_on=_day(line["День"]),
        ends_on=_day(line["По"]) if line["По"] else None,
        at=line["Время"],
        place=line["Место"],
        audience=kind.audience,
        direction=kind.direction,
        hours=int(line["Часов"]) if line["Часов"] else None,
        responsible=line["Отвечает"],
        labour_market=kind.labour_market or bool(line["Рынок труда"]),
        partner=known.ids["partners"].get(line["Партнёр"]),
        trial=known.ids["trials"].get(line["Проба"]),
        lesson=known.ids["lessons"].get(line["Урок"]),
        professions=tuple(known.ids["professions"][one] for one in professions),
        groups=tuple(one.id for one in known.groups(line["Для кого"])),
        note=line["Заметка"],
    )
    domain.check(entry)
    return entry if kind.sort is Sort.EVENT else replace(entry, competencies=_seen(entry, known))


def _seen(entry: ActivityEntry, known: _Year) -> tuple[str, ...]:
    """A few competencies of those whom it is for, the same each time it is held."""
    levels = {known.plan.groups[one].level for one in entry.groups}
    offered = [one.code for one in known.programme.competencies_of(levels)]
    chosen = sorted(offered, key=lambda code: chance("seen", entry.title, code))[:_SEEN]
    return tuple(code for code in offered if code in chosen)


def _kept(unit: UnitOfWork, entry: ActivityEntry, known: _Year, pupil: Pupil, said: Participation) -> Participation:
    """The same with a file of the work, where the best of it is kept."""
    best, _, thought = _WORKS[0]
    if said.result != best or chance("work kept", entry.title, seed(pupil)) >= _KEPT:
        return said
    title = activity_words.product_title(entry, known.kind(entry))
    words = f"{title}\n\nРабота {best}. {thought}."
    period, now = Period.containing(entry.last_day), datetime.now(UTC)
    work = unit.evidence.add(said.pupil, None, period, title, "Моя работа.txt", words.encode(), now)
    return replace(said, product=work.id)


def _attended(entry: ActivityEntry, asked: Sequence[Pupil], known: _Year) -> Iterable[Participation]:
    """Who was there, and at a trial how it went for most."""
    is_trial = known.kind(entry).sort is Sort.TRIAL
    for pupil in asked:
        told = (entry.title, entry.begins_on, seed(pupil))
        if chance("comes", *told) >= _COMES[entry.audience]:
            yield Participation(pupil.id, Presence.ABSENT)
            continue
        there = Participation(pupil.id, Presence.PRESENT)
        if is_trial and chance("tells", *told) < _TELLS:
            result, mark, feedback = _WORKS[int(chance("work", *told) * len(_WORKS))]
            there = replace(there, result=result, mark=mark, feedback=feedback)
        yield there


def _means(words: str, group: Group) -> bool:
    name = group.name
    grades = _GRADES.fullmatch(words)
    if grades and name.grade is not None:
        return int(grades[1]) <= name.grade <= int(grades[2] or grades[1])
    return words in (f"{name.grade}{name.letter}", name.title) or (name.grade is None and words in name.title)


def _day(words: str) -> date:
    return datetime.strptime(words, "%d.%m.%Y").replace(tzinfo=UTC).date()

"""Graduates: a year read at once, many marked as one act, the paper and the workbook of a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import graduates as domain
from profdesk.domain.access import Actor
from profdesk.domain.batch import BatchKind, Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.graduates import GRADES, Graduate, Leaver
from profdesk.domain.people import fold
from profdesk.domain.register import PUPILS, Entry, Titles
from profdesk.domain.registers_of_pupils import DESTINATIONS, PROFESSION_CHOICES, PUPIL
from profdesk.domain.registers_of_work import DEMAND, INSTITUTIONS, PROFESSIONS
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.services import deeds, organisation, programmes, pupils, registers
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class Graduation:
    """The graduates of a year by grade and name; ``years`` are those to choose from, the latest first.

    ``titles`` are what these pupils, professions and institutions are called.
    """

    year: int
    years: tuple[int, ...]
    graduates: tuple[Graduate, ...]
    titles: Titles


@needs(Right.CHOICES_READ)
def read(workspace: Workspace, actor: Actor, year: int | None = None) -> Graduation:
    """Read the graduates of a calendar year, of the one in hand if none is given."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        entries = unit.registers.entries(DESTINATIONS)
        now = domain.current(unit.organisation.get().period.year, pupils.today())
        years = domain.years(entries, unit.pupils.years_of(GRADES), now)
        chosen = now if year is None else year
        choices, demand = unit.registers.entries(PROFESSION_CHOICES), unit.registers.entries(DEMAND)
        found = domain.graduates(chosen, _leavers(unit, chosen, entries), entries, choices, demand)
        titles = {one.code: registers.titles_of(unit, one, programme) for one in (PROFESSIONS, INSTITUTIONS)}
        titles[PUPILS] = registers.pupil_titles(unit, {one.leaver.pupil for one in found})
    order = list(GRADES.values())
    by_name = sorted(found, key=lambda one: (order.index(one.leaver.grade), fold(one.leaver.name)))
    return Graduation(chosen, years, tuple(by_name), titles)


@needs(Right.CHOICES_WRITE)
def mark(workspace: Workspace, actor: Actor, some: Sequence[Graduate], kind: str) -> tuple[Step, Changes]:
    """Write of all of whom nothing is known yet that they went to ``kind``; of others nothing is changed."""
    new, changed = domain.marked(some, kind)
    whom = tuple(str(one[PUPIL]) for one in new) + tuple(entry for entry, _ in changed)
    words = f"{DESTINATIONS.field('kind').choice(kind)}, {DESTINATIONS.counted(len(whom))}"
    if not whom:
        return Step(words, None, ()), Changes()
    with workspace.unit(actor) as unit:
        unit.registers.add_all(DESTINATIONS, new, datetime.now(UTC))
        for entry, values in changed:
            unit.registers.change(DESTINATIONS, entry, values)
        unit.batches.note(BatchKind.RECORD, f"{DESTINATIONS.title}: {words}", unit.organisation.get().period.year)
        return Step(words, unit.batch, whom), Changes.of(unit.batch, Kind.REGISTERS, Kind.BATCHES)


@needs(Right.CHOICES_READ)
def export(workspace: Workspace, actor: Actor, found: Graduation, target: Path) -> tuple[None, Changes]:
    """Write a year as XLSX, with the heads that the register's import reads and the comparison beside them."""
    from profdesk.documents import graduates_xlsx

    data = graduates_xlsx.workbook(found.year, found.graduates, found.titles)
    return deeds.write_out(workspace, actor, target, data, f"выпускники {found.year} года")


@needs(Right.CHOICES_READ)
def paper(workspace: Workspace, actor: Actor, found: Graduation, *, named: bool) -> bytes:
    """Draw the totals and the comparison of a year as PDF; ``named`` adds the list of graduates."""
    from profdesk.documents import graduates_paper

    school = organisation.get(workspace, actor)
    listed = found.graduates if named else ()
    return graduates_paper.graduates_paper(school, found.year, found.graduates, listed, found.titles, pupils.today())


def _leavers(unit: UnitOfWork, year: int, entries: Iterable[Entry]) -> list[Leaver]:
    """Who finished a grade in the school year that ended, and whoever else is written of."""
    school_year = SchoolYear(year - 1)
    classes = unit.pupils.in_grades(school_year, GRADES)
    written = {(str(one.values[PUPIL]), str(one.values["grade"])) for one in entries if one.values["year"] == year}
    later = _later(unit, school_year, {pupil.id for pupil in classes} | {pupil for pupil, _ in written})
    found: dict[tuple[str, str], Leaver] = {}
    for pupil in classes:
        if pupil.group is not None and (grade := pupil.group.name.grade):
            key, (title, now) = (pupil.id, GRADES[grade]), later.get(pupil.id, ("", None))
            if key in written or (pupil.attends and (now is None or now > grade)):
                found[key] = Leaver(pupil.id, pupil.name.full, key[1], pupil.group.name.title, title, now)
    others = {pupil for pupil, grade in written if (pupil, grade) not in found}
    names = {pupil.id: pupil.name.full for pupil in unit.pupils.some(others, school_year)}
    for pupil_id, grade_code in written - found.keys():
        title, now = later.get(pupil_id, ("", None))
        found[pupil_id, grade_code] = Leaver(pupil_id, names[pupil_id], grade_code, "", title, now)
    return list(found.values())


def _later(unit: UnitOfWork, year: SchoolYear, ids: Iterable[str]) -> Mapping[str, tuple[str, int | None]]:
    """Title and grade of the class that some attend a school year later."""
    return {
        pupil.id: (pupil.group.name.title, pupil.group.name.grade)
        for pupil in unit.pupils.some(set(ids), year.next)
        if pupil.group is not None and pupil.attends
    }

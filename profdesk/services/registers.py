"""Registers: partners, agreements, staff, documents, professions and the rest, each with import and export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import plural, register_import, rights
from profdesk.domain.access import Actor
from profdesk.domain.attachments import AS_THEY_ARE, Attachment, FileEdits
from profdesk.domain.batch import BatchKind
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import Pupil
from profdesk.domain.programme import Programme
from profdesk.domain.register import (
    PUPILS,
    Calendar,
    Entry,
    EntryInUseError,
    Register,
    Titles,
    Values,
    check,
    day,
    key,
    order,
    pupil_title,
    tidied,
    title,
)
from profdesk.domain.register_import import Fate, Line, Plan
from profdesk.domain.register_rights import reading, writing
from profdesk.domain.registers import ALL
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.domain.rights import Right
from profdesk.errors import WrongInputError
from profdesk.services import attachments, deeds, files, programmes, pupils
from profdesk.services.guard import needs, needs_by

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_OF_ACTIVITIES = {
    "partners": "partner",
    "trials": "trial",
    "lessons": "lesson",
    "professions": "profession",
    "own_types": "type",
}
"""What an activity calls its link to an entry, by register."""


@dataclass(frozen=True)
class Book:
    """A register by the names of its entries; ``titles`` are what the entries it links to are called.

    ``files`` are those of the entries that have any, by the entry's id.
    """

    register: Register
    entries: tuple[Entry, ...]
    titles: Titles
    files: Mapping[str, Sequence[Attachment]]
    calendar: Calendar


@dataclass(frozen=True)
class Applied:
    """How many lines of a file were written; ``batch`` takes the whole of it back."""

    new: int
    changed: int
    batch: str | None

    @property
    def words(self) -> str:
        """«3 новые записи, 1 изменена»."""
        new = plural.counted(self.new, "новая запись", "новые записи", "новых записей")
        changed = plural.counted(self.changed, "изменена", "изменены", "изменено")
        return f"{new}, {changed}" if self.new and self.changed else new if self.new else changed


@needs(Right.HOUSE_READ)
def counts(workspace: Workspace, actor: Actor) -> Mapping[str, int]:
    """How many entries each register has that the user may read, by its code."""
    programme = programmes.current(workspace, actor)
    found: dict[str, int] = {}
    for right in {reading(one) for one in ALL.values()}:
        if rights.may(actor, right):
            mine = [one for one in ALL.values() if reading(one) is right]
            with workspace.unit(rights.granted(actor, right)) as unit:
                found |= unit.registers.counts(mine)
                if PROFESSIONS in mine:
                    found[PROFESSIONS.code] = len(entries(unit, PROFESSIONS, programme))
    return found


@needs_by(reading)
def book(workspace: Workspace, actor: Actor, register: Register) -> Book:
    """Read a register with what its entries link to."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        return _book(unit, register, programme)


@needs_by(reading)
def of_pupil(workspace: Workspace, actor: Actor, register: Register, pupil: str) -> Book:
    """Read what a register says of one pupil, the latest first; no other pupil is read, nor named by ``titles``."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        mine = unit.registers.of_pupil(register, pupil)
        found = sorted(mine, key=lambda one: day(register, one.values) or date.min, reverse=True)
        there = unit.pupils.some([pupil], unit.organisation.get().period.year)
        titles = {**_titles(unit, register, programme), PUPILS: _pupil_titles(unit, there)}
        kept = {one.id: unit.attachments.of_entry(register, one.id) for one in found if register.files}
        return Book(register, tuple(found), titles, kept, _calendar(there))


@needs_by(writing)
def add(
    workspace: Workspace, actor: Actor, register: Register, values: Values, edits: FileEdits = AS_THEY_ARE
) -> tuple[Entry, Changes]:
    """Write a new entry with its files; WrongInputError says what is the matter with it."""
    programme = programmes.current(workspace, actor)
    values, now = tidied(register, values), datetime.now(UTC)
    with workspace.unit(actor) as unit:
        _refuse(_book(unit, register, programme), values, "")
        made = put(unit, register, None, values, programme, now)
        attachments.write(unit, register, made, edits, now)
        return unit.registers.get(register, made), Changes.of(unit.batch, Kind.REGISTERS)


@needs_by(writing)
def change(
    workspace: Workspace,
    actor: Actor,
    register: Register,
    entry: str,
    values: Values,
    edits: FileEdits = AS_THEY_ARE,
) -> tuple[Entry, Changes]:
    """Write those fields of an entry that are given, and its files; WrongInputError says what is the matter."""
    programme = programmes.current(workspace, actor)
    values, now = tidied(register, values), datetime.now(UTC)
    with workspace.unit(actor) as unit:
        found = _book(unit, register, programme)
        former = next((one.values for one in found.entries if one.id == entry), register.blank())
        _refuse(found, {**former, **values}, entry)
        put(unit, register, entry, values, programme, now)
        attachments.write(unit, register, entry, edits, now)
        return unit.registers.get(register, entry), Changes.of(unit.batch, Kind.REGISTERS)


@needs_by(writing)
def withdraw(workspace: Workspace, actor: Actor, register: Register, entry: str) -> tuple[Entry, Changes]:
    """Take an entry out; EntryInUseError if others link to it, WrongInputError if the programme names it."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        if register is PROFESSIONS and any(one.code == entry for one in programme.professions):
            raise WrongInputError("Эту профессию называет программа, из списка её не убирают.")
        uses = unit.registers.uses(register, entry)
        words = [f"{other.counted(number)} («{other.title}»)" for other, number in uses]
        held = unit.activities.linked(_OF_ACTIVITIES[register.code], entry) if register.code in _OF_ACTIVITIES else 0
        if held:
            words.append(plural.counted(held, "мероприятие", "мероприятия", "мероприятий"))
        if words:
            where = ", ".join(words)
            by = uses[0][0] if uses else None
            raise EntryInUseError(f"С этой записью связаны: {where}. Сначала уберите или перевяжите их.", by)
        unit.registers.withdraw(register, entry, datetime.now(UTC))
        return unit.registers.get(register, entry), Changes.of(unit.batch, Kind.REGISTERS)


@needs_by(writing)
def put_back(workspace: Workspace, actor: Actor, register: Register, entry: str) -> tuple[Entry, Changes]:
    """Put an entry that was taken out back into its register."""
    with workspace.unit(actor) as unit:
        unit.registers.withdraw(register, entry, None)
        return unit.registers.get(register, entry), Changes.of(unit.batch, Kind.REGISTERS)


@needs_by(writing)
def preview(workspace: Workspace, actor: Actor, register: Register, path: Path) -> Plan:
    """Say what taking a file in would change; nothing is written. WrongInputError for a file that is no such table."""
    from profdesk.intake import roster_file

    sheets = roster_file.read(path)
    found = book(workspace, actor, register)
    return register_import.plan(register, sheets, path.name, found.entries, found.titles, found.calendar)


def _of_plan(plan: Plan) -> Right:
    return writing(plan.register)


@needs_by(_of_plan)
def apply(
    workspace: Workspace, actor: Actor, plan: Plan, lines: Collection[tuple[str, int]] | None = None
) -> tuple[Applied, Changes]:
    """Write the new and changed lines of a file (only ``lines``, as sheet and number, if given), all or none."""
    register = plan.register
    programme = programmes.current(workspace, actor)
    now = datetime.now(UTC)
    wanted = [one for one in plan.of(Fate.NEW, Fate.CHANGED) if lines is None or (one.sheet, one.number) in lines]
    if not wanted:
        return Applied(0, 0, None), Changes()
    with workspace.unit(actor) as unit:
        ensure_as_shown(_book(unit, register, programme), wanted)
        fresh = [line.values for line in wanted if line.entry is None]
        for line in wanted:
            if line.entry is not None:
                put(unit, register, line.entry, line.values, programme, now)
            else:
                _ensure(unit, register, line.values, programme, now)
        unit.registers.add_all(register, fresh, now)
        new = len(fresh)
        applied = Applied(new, len(wanted) - new, unit.batch)
        year = unit.organisation.get().period.year
        unit.batches.note(BatchKind.IMPORT, f"{register.title}, «{plan.source}»: {applied.words}", year)
        return applied, Changes.of(unit.batch, Kind.REGISTERS, Kind.BATCHES)


def ensure_as_shown(found: Book, wanted: Sequence[Line]) -> None:
    """WrongInputError if what lines of a file add, change or link to is no longer as their preview showed it."""
    register = found.register
    there = {key(register, one.values): one for one in found.entries}
    for line in wanted:
        entry = there.get(key(register, line.values))
        values = {**(entry.values if entry else register.blank()), **line.values}
        is_as_shown = (entry.id if entry else None) == line.entry
        if not is_as_shown or check(register, values, (), found.titles, found.calendar):
            raise WrongInputError("Реестр с тех пор изменился. Выберите файл ещё раз: покажем, что изменится теперь.")


@needs_by(reading)
def export(workspace: Workspace, actor: Actor, register: Register, target: Path) -> None:
    """Write a register as XLSX, with the heads that ``preview`` reads."""
    from profdesk.documents import register_xlsx

    found = book(workspace, actor, register)
    data = register_xlsx.workbook(register, found.entries, found.titles)
    deeds.write_out(workspace, actor, target, data, f"реестр «{register.title}»")


def save_template(register: Register, target: Path) -> None:
    """Write an empty table for a register, to be filled and taken in."""
    from profdesk.documents import register_xlsx

    files.write(target, register_xlsx.workbook(register, (), {}))


def put(
    unit: UnitOfWork, register: Register, entry: str | None, values: Values, programme: Programme, now: datetime
) -> str:
    """Write a new entry, or the fields given of one, for a verb that has checked them; gives its id."""
    _ensure(unit, register, values, programme, now)
    if entry is None:
        return unit.registers.add(register, values, now)
    ensure(unit, register, entry, programme, now)
    unit.registers.change(register, entry, values)
    return entry


def _book(unit: UnitOfWork, register: Register, programme: Programme) -> Book:
    titles = _titles(unit, register, programme)
    there = unit.pupils.all(unit.organisation.get().period.year) if register.is_of_pupils else ()
    if register.is_of_pupils:
        titles[PUPILS] = _pupil_titles(unit, there)
    found = sorted(entries(unit, register, programme), key=lambda one: order(title(register, one.values, titles)))
    kept = unit.attachments.of_register(register) if register.files else {}
    return Book(register, tuple(found), titles, kept, _calendar(there))


def _titles(unit: UnitOfWork, register: Register, programme: Programme) -> dict[str, Mapping[str, str]]:
    """What the entries of other registers are called that a register links to."""
    linked = {field.register for field in register.fields if field.register in ALL}
    return {code: titles_of(unit, ALL[code], programme) for code in linked}


def _calendar(there: Collection[Pupil]) -> Calendar:
    return Calendar(pupils.today(), {one.id: one.birth_date for one in there})


def titles_of(unit: UnitOfWork, register: Register, programme: Programme) -> Mapping[str, str]:
    """What the entries of a register are called that are called without others."""
    return {one.id: title(register, one.values, {}) for one in entries(unit, register, programme)}


def pupil_titles(unit: UnitOfWork, ids: Collection[str]) -> Mapping[str, str]:
    """What pupils are called by entries: with the class of the organisation's year, or the last one there was.

    Those who would be called the same are told apart by their birth dates.
    """
    return _pupil_titles(unit, unit.pupils.some(ids, unit.organisation.get().period.year))


def _pupil_titles(unit: UnitOfWork, there: Collection[Pupil]) -> Mapping[str, str]:
    year = unit.organisation.get().period.year
    gone = {} if all(pupil.group for pupil in there) else unit.pupils.last_classes(year)
    titles = {}
    for pupil in there:
        last = gone.get(pupil.id)
        here = pupil.group.name.title if pupil.group else f"{last.group} {last.year.title}" if last else ""
        titles[pupil.id] = pupil_title(pupil.name.full, here)
    often = Counter(titles.values())
    born = {pupil.id: f", {pupil.birth_date:%d.%m.%Y}" for pupil in there}
    return {pupil: title + born[pupil] if often[title] > 1 else title for pupil, title in titles.items()}


def entries(unit: UnitOfWork, register: Register, programme: Programme) -> Sequence[Entry]:
    """The entries of a register; those of professions with the ones that only the programme names so far."""
    there = list(unit.registers.entries(register))
    if register is PROFESSIONS:
        known = {one.id for one in there}
        there += [entry for entry in _named(programme) if entry.id not in known]
    return there


def _named(programme: Programme) -> Sequence[Entry]:
    industries = {one.code: one.title for one in programme.industries}
    return [
        Entry(
            one.code,
            {**PROFESSIONS.blank(), "title": one.title, "industry": industries.get(one.industry or "", "")},
        )
        for one in programme.professions
    ]


def _ensure(unit: UnitOfWork, register: Register, values: Values, programme: Programme, now: datetime) -> None:
    """Give a row to each profession of the programme that an entry links to."""
    for field in register.fields:
        linked = values.get(field.code)
        if field.register == PROFESSIONS.code and isinstance(linked, str):
            ensure(unit, PROFESSIONS, linked, programme, now)


def ensure(unit: UnitOfWork, register: Register, entry: str, programme: Programme, now: datetime) -> None:
    """Give a row to a profession that only the programme named so far, so that others can link to it."""
    if register is not PROFESSIONS or any(one.id == entry for one in unit.registers.entries(register)):
        return
    for one in _named(programme):
        if one.id == entry:
            unit.registers.add(PROFESSIONS, one.values, now, entry)


def _refuse(found: Book, values: Values, entry: str) -> None:
    others = [one for one in found.entries if one.id != entry]
    problems = check(found.register, {**found.register.blank(), **values}, others, found.titles, found.calendar)
    if problems:
        raise WrongInputError(problems[0].words)

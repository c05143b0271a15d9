"""Pupils and groups: as lists show them, and what is done to them one by one or several at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from profdesk.domain import group_names, plural, pupil_entry
from profdesk.domain.access import Actor
from profdesk.domain.batch import BatchKind, Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.merging import Merge, PupilHistory, SchoolYearOf
from profdesk.domain.people import Group, GroupName, Leave, Pupil, pupil_words
from profdesk.domain.portfolio import Completeness
from profdesk.domain.programme import Programme
from profdesk.domain.pupil_entry import PupilDraft, PupilEntry
from profdesk.domain.pupil_list import Listed, Listing
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.services import programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@needs(Right.PUPILS_READ)
def groups(workspace: Workspace, actor: Actor, year: SchoolYear) -> Sequence[Group]:
    """Groups of a school year with their sizes: kindergarten first, then by grade and letter."""
    with workspace.unit(actor) as unit:
        return unit.pupils.groups(year)


@needs(Right.PUPILS_READ)
def group_called(workspace: Workspace, actor: Actor, year: SchoolYear, title: str) -> Group:
    """Find a group as people type it («7а», «7 «А»», «радуга»); NotFoundError lists those there are."""
    there = {group.name: group for group in groups(workspace, actor, year)}
    name = _meant(title, there)
    if name is not None:
        return there[name]
    listed = ", ".join(one.title for one in there) or "ни одного"
    raise NotFoundError(f"Нет класса «{title}» в {year.title} учебном году. Есть: {listed}.")


@needs(Right.PUPILS_READ)
def group_meant(workspace: Workspace, actor: Actor, year: SchoolYear, title: str) -> GroupName:
    """Read a class that may be new; a kindergarten group may be told by a part of its title if it is there."""
    parsed = group_names.parse_group(title)
    if parsed is not None and parsed.grade is not None:
        return parsed
    return _meant(title, [group.name for group in groups(workspace, actor, year)]) or group_name(title)


def group_name(title: str) -> GroupName:
    """Read a class or group as people type it; WrongInputError if it cannot be one."""
    parsed = group_names.parse_group(title)
    if parsed is None:
        raise WrongInputError(f"«{title}» не похоже на класс. Напишите, например, 7А.")
    return parsed


@needs(Right.PUPILS_READ)
def pupils(workspace: Workspace, actor: Actor, year: SchoolYear) -> Sequence[Pupil]:
    """All pupils with their group of that year, by group and name."""
    with workspace.unit(actor) as unit:
        return unit.pupils.all(year)


@needs(Right.PUPILS_READ)
def listing(workspace: Workspace, actor: Actor, year: SchoolYear) -> Listing:
    """Everybody with class, portfolio and leaving, and the groups of the year; as many queries for any school.

    A portfolio counts what staff assessed in the year, on whatever basis, of the competencies of the level.
    """
    codes = programmes.current(workspace, actor).codes
    with workspace.unit(actor) as unit:
        everyone = unit.pupils.all(year)
        assessed = unit.portfolio.assessed_by_pupil(year, codes)
        last = unit.pupils.last_classes(year)
        groups = unit.pupils.groups(year)
    return Listing(tuple(_listed(pupil, assessed, codes, last.get(pupil.id)) for pupil in everyone), groups)


@needs(Right.PUPILS_WRITE)
def add(workspace: Workspace, actor: Actor, entry: PupilEntry, year: SchoolYear) -> tuple[Step, Changes]:
    """Write a new pupil, into a class of the year if one is named, which is made if it is new."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        draft = _draft(unit, entry, year)
        pupil = unit.pupils.add(draft.name, draft.birth_date, draft.sex)
        if draft.group is not None:
            _enrol(unit, programme, [pupil], draft.group, year)
        return _done(unit, f"новый {pupil_words([draft.group])[0]}, {draft.name.short}", pupil)


@needs(Right.PUPILS_WRITE)
def edit(
    workspace: Workspace, actor: Actor, pupil_id: str, entry: PupilEntry, year: SchoolYear
) -> tuple[Step, Changes]:
    """Write a pupil's name, birth date, sex and class; whoever is in no class any more has left (``leave``)."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        (before,) = unit.pupils.some([pupil_id], year)
        draft = _draft(unit, entry, year)
        title = before.group.name.title if before.group else ""
        if draft.group is None and title:
            raise WrongInputError("Чтобы убрать из класса, отметьте выбытие.")
        same = (draft.name, draft.birth_date, draft.sex) == (before.name, before.birth_date, before.sex)
        moved = draft.group is not None and draft.group.title != title
        unit.pupils.update(pupil_id, draft.name, draft.birth_date, draft.sex)
        if draft.group is not None and moved:
            _enrol(unit, programme, [pupil_id], draft.group, year)
        words = f"правка, {draft.name.short}"
        return (Step(words, None, (pupil_id,)), Changes()) if same and not moved else _done(unit, words, pupil_id)


@needs(Right.PUPILS_WRITE)
def move(
    workspace: Workspace, actor: Actor, ids: Collection[str], title: str, year: SchoolYear
) -> tuple[Step, Changes]:
    """Put pupils into a class of the year by its title, which is made if it is new; who had left is back."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        name = _named(unit, title, year)
        everyone = unit.pupils.some(ids, year)
        moved = [one for one in everyone if one.leave or not one.group or one.group.name.title != name.title]
        _enrol(unit, programme, [one.id for one in moved], name, year)
        whither = f" в {name.title}" if name.grade else f" в группу: {name.title}"
        return _done_to(unit, "перевод", moved, whither, BatchKind.MOVE, year)


@needs(Right.PUPILS_WRITE)
def leave(
    workspace: Workspace, actor: Actor, ids: Collection[str], left: Leave, year: SchoolYear
) -> tuple[Step, Changes]:
    """Note since when and why pupils are in their classes no longer; those who are in none are passed over."""
    first, last = leaving_days(year)
    if not first <= left.day <= last:
        raise WrongInputError(f"День выбытия может быть с {first:%d.%m.%Y} по {last:%d.%m.%Y}.")
    with workspace.unit(actor) as unit:
        leaving = [one for one in unit.pupils.some(ids, year) if one.attends and one.leave != left]
        unit.pupils.leave([pupil.id for pupil in leaving], year, left)
        return _done_to(unit, "выбытие", leaving, "", BatchKind.LEAVE, year)


@needs(Right.PUPILS_WRITE)
def bring_back(workspace: Workspace, actor: Actor, ids: Collection[str], year: SchoolYear) -> tuple[Step, Changes]:
    """Put pupils who left during the year back into the classes they left."""
    with workspace.unit(actor) as unit:
        back = [one for one in unit.pupils.some(ids, year) if one.leave is not None]
        unit.pupils.leave([pupil.id for pupil in back], year, None)
        return _done_to(unit, "возвращение", back, "", BatchKind.LEAVE, year)


def leaving_days(year: SchoolYear) -> tuple[date, date]:
    """The days between which a pupil of the year may have left: not before it began, not in time to come."""
    return year.first_day, min(max(today(), year.first_day), year.last_day)


@needs(Right.PUPILS_READ)
def histories(workspace: Workspace, actor: Actor, ids: Collection[str], year: SchoolYear) -> Sequence[PupilHistory]:
    """What was recorded of each pupil over the years, to choose what stays of two."""
    with workspace.unit(actor) as unit:
        return [unit.pupils.history(pupil) for pupil in unit.pupils.some(ids, year)]


@needs(Right.PUPILS_WRITE)
def merge(workspace: Workspace, actor: Actor, wanted: Merge, year: SchoolYear) -> tuple[Step, Changes]:
    """Make one of two pupils: all facts of both go to the one that stays; an act that can be taken back."""
    with workspace.unit(actor) as unit:
        if wanted.stays == wanted.goes:
            raise WrongInputError("Это один и тот же ученик.")
        unit.pupils.some([wanted.stays, wanted.goes], year)
        unit.pupils.merge(wanted.stays, wanted.goes, year, wanted.class_of)
        unit.pupils.update(wanted.stays, wanted.name, wanted.birth_date, wanted.sex)
        for store in (unit.portfolio, unit.notes):
            store.relink([wanted.stays])
        words = f"объединение, {wanted.name.short}"
        unit.batches.note(BatchKind.MERGE, _capital(words), year)
        step, _ = _done(unit, words, wanted.stays)
        kinds = (
            Kind.PUPILS, Kind.GROUPS, Kind.ASSESSMENTS, Kind.EVIDENCE, Kind.CERTIFICATES, Kind.ROUTES, Kind.ACTIVITIES,
            Kind.REGISTERS, Kind.BATCHES,
        )  # fmt: skip
        return step, Changes.of(unit.batch, *kinds)


def _meant(title: str, known: Collection[GroupName]) -> GroupName | None:
    """The one name a text means, None for none; WrongInputError names several."""
    found = group_names.meant(title, known)
    if len(found) > 1:
        listed = ", ".join(name.title for name in found)
        raise WrongInputError(f"«{title}» подходит к нескольким: {listed}. Назовите один из них полностью.")
    return found[0] if found else None


def _draft(unit: UnitOfWork, entry: PupilEntry, year: SchoolYear) -> PupilDraft:
    known = [group.name for group in unit.pupils.groups(year)]
    reading = pupil_entry.read(entry, today(), known)
    if reading.draft is None:
        raise WrongInputError(". ".join(reading.problems.values()) + ".")
    return reading.draft


def put_into(unit: UnitOfWork, programme: Programme, ids: Sequence[str], title: str, year: SchoolYear) -> None:
    """Put pupils into a class of the year by its title, for a verb that has a unit of work open."""
    _enrol(unit, programme, ids, _named(unit, title, year), year)


def _named(unit: UnitOfWork, title: str, year: SchoolYear) -> GroupName:
    name = pupil_entry.read_group(title, [group.name for group in unit.pupils.groups(year)])
    if name is None:
        raise WrongInputError(f"{group_names.problem(title)}. Напишите, например, 7А.")
    return name


def _enrol(unit: UnitOfWork, programme: Programme, ids: Sequence[str], name: GroupName, year: SchoolYear) -> None:
    """Put pupils into the class of that name, which is made if it is new and anybody comes."""
    if ids:
        level = programme.level_of_grade(name.grade) or programme.levels[0]
        group = unit.pupils.ensure_group(name, level.code, year)
        unit.pupils.enrol_all(ids, group.id, year)


def _done(unit: UnitOfWork, words: str, *pupils: str) -> tuple[Step, Changes]:
    return Step(words, unit.batch, pupils), Changes.of(unit.batch, Kind.PUPILS, Kind.GROUPS)


def _done_to(
    unit: UnitOfWork, what: str, pupils: Sequence[Pupil], whither: str, kind: BatchKind, year: SchoolYear
) -> tuple[Step, Changes]:
    """Name what was done to one pupil or to several; several are an act that can be taken back."""
    ids = [pupil.id for pupil in pupils]
    if not pupils:
        return Step(what, None, ()), Changes()
    if len(pupils) == 1:
        return _done(unit, f"{what}, {pupils[0].name.short}{whither}", *ids)
    _, one, many = pupil_words(pupil.group.name if pupil.group else None for pupil in pupils)
    words = f"{what} {plural.counted(len(pupils), one, many, many)}{whither}"
    unit.batches.note(kind, _capital(words), year)
    step, changes = _done(unit, words, *ids)
    return step, replace(changes, kinds=changes.kinds | {Kind.BATCHES})


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def today() -> date:
    """The day by which birth dates and leaving are judged."""
    return datetime.now().astimezone().date()


def _listed(
    pupil: Pupil, assessed: Mapping[str, int], codes: Mapping[str, Sequence[str]], last: SchoolYearOf | None
) -> Listed:
    if pupil.group is None or not pupil.attends:
        return Listed(pupil, None, last)
    return Listed(pupil, Completeness(assessed.get(pupil.id, 0), len(codes[pupil.group.level])))

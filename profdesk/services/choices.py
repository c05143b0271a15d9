"""Choice of profile and profession: a class with what each chose, every fact for the choice of one pupil."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from profdesk.domain import choice_facts, choices
from profdesk.domain.access import PSYCHOLOGISTS, Actor
from profdesk.domain.batch import BatchKind, Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.choice_facts import Facts
from profdesk.domain.choices import PupilChoices
from profdesk.domain.people import Group, Pupil
from profdesk.domain.programme import Programme
from profdesk.domain.register import Titles
from profdesk.domain.registers_of_pupils import (
    ACHIEVEMENTS,
    PROFESSION_CHOICES,
    PROFILE_CHOICES,
    PROFILE_STUDIES,
    PUPIL,
)
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.talks import Talk
from profdesk.services import activities, organisation, programmes, pupil_card, registers
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_CHOICES = (PROFILE_CHOICES, PROFILE_STUDIES, PROFESSION_CHOICES)


@dataclass(frozen=True)
class ClassChoices:
    """The pupils who attend a class by name, and what each of them (id) chose."""

    group: Group
    pupils: tuple[Pupil, ...]
    choices: Mapping[str, PupilChoices]
    titles: Titles

    @property
    def year(self) -> SchoolYear:
        """The school year of the class."""
        return SchoolYear(self.group.year)

    def of(self, pupil: str) -> PupilChoices:
        """What a pupil chose."""
        return self.choices.get(pupil, PupilChoices({}))


@needs(Right.CHOICES_READ)
def groups(workspace: Workspace, actor: Actor, year: SchoolYear) -> tuple[Group, ...]:
    """The classes of a school year that choose, and others where somebody has chosen already."""
    with workspace.unit(actor) as unit:
        found, attending = unit.pupils.groups(year), unit.pupils.attending(year)
        there = {attending.get(pupil) for pupil in _by_pupil(unit)}
        return tuple(one for one in found if one.name.grade in choices.GRADES or one.id in there)


@needs(Right.CHOICES_READ)
def of_group(workspace: Workspace, actor: Actor, group: str) -> ClassChoices:
    """Read a class with the choices of its pupils."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        return _of_group(unit, group, programme)


@needs(Right.CHOICES_READ)
def facts(workspace: Workspace, actor: Actor, pupil: str, year: SchoolYear) -> Facts:
    """Read every fact for the choice of a pupil; NotFoundError if the pupil is no longer there."""
    programme = programmes.current(workspace, actor)
    card = pupil_card.card(workspace, actor, pupil, year)
    seen = activities.pupil_card(workspace, actor, pupil)
    with workspace.unit(actor) as unit:
        mine = unit.registers.of_pupil
        return Facts(
            card,
            choices.by_pupil({one.code: mine(one, pupil) for one in _CHOICES}).get(pupil, PupilChoices({})),
            _titles(unit, programme),
            seen.visits,
            seen.types,
            seen.hours,
            seen.met,
            tuple(mine(ACHIEVEMENTS, pupil)),
            _talks(unit, pupil) if actor.roles & PSYCHOLOGISTS else None,
        )


@needs(Right.CHOICES_WRITE)
def study_as_chosen(workspace: Workspace, actor: Actor, group: str) -> tuple[Step, Changes]:
    """Record that all of a class who chose a profile study by it from the first day of its school year, as one act."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        found = _of_group(unit, group, programme)
        made = choices.studies_as_chosen(found.choices, found.year.first_day)
        words = f"{found.group.name.title}, {choices.recorded_words(len(made))}"
        if not made:
            return Step(words, None, ()), Changes()
        unit.registers.add_all(PROFILE_STUDIES, made, datetime.now(UTC))
        unit.batches.note(BatchKind.RECORD, words, found.year)
        whom = tuple(str(values[PUPIL]) for values in made)
        return Step(words, unit.batch, whom), Changes.of(unit.batch, Kind.REGISTERS, Kind.BATCHES)


@needs(Right.CHOICES_READ)
def sheet(workspace: Workspace, actor: Actor, found: Facts) -> bytes:
    """Draw the facts as one A4 sheet for the talk with the child and the parents; nothing private is on it."""
    from profdesk.documents import choice_sheet

    today = datetime.now(UTC).astimezone().date()
    return choice_sheet.choice_sheet(found, choice_facts.told(found), organisation.get(workspace, actor), today)


def _of_group(unit: UnitOfWork, group: str, programme: Programme) -> ClassChoices:
    there, chosen = unit.pupils.in_group(group), _by_pupil(unit)
    own = {one.id: chosen[one.id] for one in there if one.id in chosen}
    return ClassChoices(unit.pupils.group(group), there, own, _titles(unit, programme))


def _by_pupil(unit: UnitOfWork) -> Mapping[str, PupilChoices]:
    return choices.by_pupil({one.code: unit.registers.entries(one) for one in _CHOICES})


def _titles(unit: UnitOfWork, programme: Programme) -> Titles:
    return {PROFESSIONS.code: registers.titles_of(unit, PROFESSIONS, programme)}


def _talks(unit: UnitOfWork, pupil: str) -> tuple[Talk, ...]:
    ids = unit.diagnostics.ids_of(pupil)
    return tuple(one for one in unit.talks.all() if one.entry.pupil in ids)

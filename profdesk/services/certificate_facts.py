"""What stands on certificates: gathered for the pupils of a class, and only what their design shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from profdesk.domain import certificate_deeds
from profdesk.domain.activities import ActivityType
from profdesk.domain.certificate import CertificateFacts, formed_alone, teacher_post
from profdesk.domain.certificate_design import Content, Shown
from profdesk.domain.organisation import Organisation
from profdesk.domain.people import Group, Pupil
from profdesk.domain.portfolio import Cell
from profdesk.domain.programme import Programme
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, PROFILE_STUDIES
from profdesk.domain.school_year import SchoolYear
from profdesk.services import activities

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class _Class:
    """What the pupils of a class have in common, and their stages of this school year and of the last."""

    school: Organisation
    programme: Programme
    group: Group
    year: SchoolYear
    now: Mapping[Cell, int]
    then: Mapping[Cell, int]
    types: Mapping[str, ActivityType]


def gather(
    unit: UnitOfWork, programme: Programme, group_id: str, pupil_ids: Collection[str], content: Content, today: date
) -> list[CertificateFacts]:
    """Facts without numbers, in the order of the list."""
    group = unit.pupils.group(group_id)
    year = SchoolYear(group.year)
    there = _Class(
        unit.organisation.get(),
        programme,
        group,
        year,
        unit.portfolio.year_stages(group_id, year),
        unit.portfolio.year_stages(group_id, year.previous) if content.growth else {},
        activities.known_types(unit) if content.deeds else {},
    )
    pupils = [pupil for pupil in unit.pupils.in_group(group_id) if pupil.id in pupil_ids]
    return [_facts(unit, there, pupil, content, today) for pupil in pupils]


def _facts(unit: UnitOfWork, there: _Class, pupil: Pupil, content: Content, today: date) -> CertificateFacts:
    level = there.programme.level(there.group.level)
    cells = [Cell(pupil.id, item.code) for item in level.competencies.items]
    stages = tuple(map(there.now.get, cells))
    highest = there.programme.stages[-1].value
    formed_only = content.shown is Shown.FORMED
    return CertificateFacts(
        number=None,
        organisation=there.school,
        pupil=pupil.name,
        group=there.group.name.title,
        level=level,
        year=there.year,
        competencies=level.competencies,
        stages=formed_alone(stages, highest) if formed_only else stages,
        scale=there.programme.stages,
        issued_on=today,
        teacher_post=teacher_post(in_school=there.group.name.grade is not None),
        formed_only=formed_only,
        former=tuple(map(there.then.get, cells)) if content.growth else (),
        deeds=_deeds(unit, there, pupil.id, content) if content.deeds else (),
        achievements=_achievements(unit, there, pupil.id, content) if content.achievements else (),
    )


def _deeds(unit: UnitOfWork, there: _Class, pupil: str, content: Content) -> tuple[str, ...]:
    done = certificate_deeds.deeds(unit.activities.of_pupil(pupil), there.types, _days(there, content))
    studied = unit.registers.of_pupil(PROFILE_STUDIES, pupil)
    return (*certificate_deeds.studies(studied, there.year.last_day), *done)


def _achievements(unit: UnitOfWork, there: _Class, pupil: str, content: Content) -> tuple[str, ...]:
    return certificate_deeds.achievements(unit.registers.of_pupil(ACHIEVEMENTS, pupil), _days(there, content))


def _days(there: _Class, content: Content) -> tuple[date, date]:
    first = date.min if content.all_years else there.year.first_day
    return first, there.year.last_day

"""Assessments: appended facts, of which those not superseded are current."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.portfolio import Basis, Cell, Mark, StageChange
from profdesk.domain.school_year import Period, SchoolYear
from profdesk.storage import chains
from profdesk.storage.enrolments import attending
from profdesk.storage.models import AssessmentRow, EnrolmentRow, GroupRow, new_id

PupilCells = tuple[str, str, str, int | None, str | None, str]
"""Pupil id, group id, group title, grade, letter and level."""

StageCells = tuple[str, str, int]
"""Pupil id, competency and stage."""

_STAFF = "staff"
_AT_ONCE = 500
_CELL = (AssessmentRow.pupil_id, AssessmentRow.competency, AssessmentRow.stage)


class PortfolioStore:
    """Reads what is current of the staff's strand; appends to any strand."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def stages(self, group_id: str, period: Period) -> dict[Cell, int]:
        """Stages of the pupils now in a group, in a period of any year."""
        query = _of_group(select(*_CELL), group_id).where(
            *_current(period.year), AssessmentRow.term == period.term.value
        )
        return {Cell(pupil, code): stage for pupil, code, stage in self._session.execute(query)}

    def year_stages(self, group_id: str, year: SchoolYear) -> dict[Cell, int]:
        """Latest stage of the school year: the second term's where there is one."""
        query = _of_group(select(*_CELL), group_id).where(*_current(year)).order_by(AssessmentRow.term)
        return {Cell(pupil, code): stage for pupil, code, stage in self._session.execute(query)}

    def assessed_in_year(self, group_id: str, year: SchoolYear, codes: Sequence[str]) -> dict[str, int]:
        """How many of the competencies are assessed in the school year, per pupil of the group."""
        counted = func.count(AssessmentRow.competency.distinct()).label("assessed")
        query = (
            _of_group(select(AssessmentRow.pupil_id, counted), group_id)
            .where(*_current(year), AssessmentRow.competency.in_(codes))
            .group_by(AssessmentRow.pupil_id)
        )
        return {row.pupil_id: row.assessed for row in self._session.execute(query)}

    def complete_by_group(self, year: SchoolYear, codes: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """How many pupils of each group have every competency of their level (its codes) assessed."""
        counted = func.count(AssessmentRow.competency.distinct())
        of_level = or_(
            *(and_(GroupRow.level == level, AssessmentRow.competency.in_(some)) for level, some in codes.items())
        )
        query = (
            select(GroupRow.id, GroupRow.level, counted)
            .join(EnrolmentRow, EnrolmentRow.group_id == GroupRow.id)
            .join(AssessmentRow, AssessmentRow.pupil_id == EnrolmentRow.pupil_id)
            .where(GroupRow.school_year == year.start, attending(), *_current(year), of_level)
            .group_by(GroupRow.id, GroupRow.level, AssessmentRow.pupil_id)
        )
        complete: dict[str, int] = {}
        for group, level, count in self._session.execute(query):
            complete[group] = complete.get(group, 0) + (count >= len(codes[level]))
        return complete

    def pupil_rows(self, year: SchoolYear) -> list[PupilCells]:
        """Read who is where: what the summary counts as denominators."""
        query = (
            select(
                EnrolmentRow.pupil_id,
                GroupRow.id,
                GroupRow.title,
                GroupRow.grade,
                GroupRow.letter,
                GroupRow.level,
            )
            .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .where(EnrolmentRow.school_year == year.start, attending())
        )
        return [
            (pupil, group, title, grade, letter, level)
            for pupil, group, title, grade, letter, level in self._session.execute(query)
        ]

    def stage_rows(self, year: SchoolYear) -> list[StageCells]:
        """Read the latest stage of the school year of every pupil and competency."""
        newest = func.row_number().over(
            partition_by=(AssessmentRow.pupil_id, AssessmentRow.competency),
            order_by=AssessmentRow.term.desc(),
        )
        ranked = select(*_CELL, newest.label("rank")).where(*_current(year)).subquery()
        query = select(ranked.c.pupil_id, ranked.c.competency, ranked.c.stage).where(ranked.c.rank == 1)
        return [tuple(row) for row in self._session.execute(query)]

    def append(
        self, marks: Sequence[Mark], period: Period, basis: Basis, made_on: date, now: datetime
    ) -> tuple[StageChange, ...]:
        """Append an assessment for every mark that changes its cell; the one before is superseded."""
        current = self._current_rows({mark.cell.pupil for mark in marks}, period, basis.strand)
        changes: list[StageChange] = []
        for mark in marks:
            former = current.get(mark.cell)
            before = former.stage if former is not None else None
            if before == mark.stage:
                continue
            row = AssessmentRow(
                id=new_id(),
                pupil_id=mark.cell.pupil,
                competency=mark.cell.competency,
                stage=mark.stage,
                basis=basis.value,
                strand=basis.strand,
                school_year=period.year.start,
                term=period.term.value,
                made_on=made_on,
                actor=self._actor.id,
                recorded_at=now.isoformat(),
                superseded_by=None,
            )
            if former is not None:
                former.superseded_by = row.id
            self._session.add(row)
            current[mark.cell] = row
            changes.append(StageChange(mark.cell, before, mark.stage))
        return tuple(changes)

    def relink(self, pupils: Collection[str]) -> None:
        """Set anew which assessments of some pupils are current, after facts were given to another pupil."""
        chains.relink(self._session, AssessmentRow, pupils)

    def _current_rows(self, pupils: set[str], period: Period, strand: str) -> dict[Cell, AssessmentRow]:
        rows: dict[Cell, AssessmentRow] = {}
        ordered = sorted(pupils)
        for start in range(0, len(ordered), _AT_ONCE):
            query = select(AssessmentRow).where(
                AssessmentRow.superseded_by.is_(None),
                AssessmentRow.school_year == period.year.start,
                AssessmentRow.strand == strand,
                AssessmentRow.term == period.term.value,
                AssessmentRow.pupil_id.in_(ordered[start : start + _AT_ONCE]),
            )
            for row in self._session.scalars(query):
                rows[Cell(row.pupil_id, row.competency)] = row
        return rows


def _current(year: SchoolYear) -> tuple[ColumnElement[bool], ...]:
    return (
        AssessmentRow.superseded_by.is_(None),
        AssessmentRow.school_year == year.start,
        AssessmentRow.strand == _STAFF,
        AssessmentRow.stage.is_not(None),
    )


def _of_group(query: Select[*tuple[Any, ...]], group_id: str) -> Select[*tuple[Any, ...]]:
    """Narrow to the pupils now in a group."""
    member = EnrolmentRow.pupil_id == AssessmentRow.pupil_id
    return query.join(EnrolmentRow, member).where(EnrolmentRow.group_id == group_id, attending())

"""Assessments: appended facts, of which those not superseded are current."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from profdesk.domain.access import Actor
from profdesk.domain.portfolio import STAFF, Assessment, Basis, Cell, Mark, StageChange, Standing
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.domain.span import Span, SpanKind
from profdesk.storage import chains
from profdesk.storage.enrolments import attending, attending_in
from profdesk.storage.models import AssessmentRow, EnrolmentRow, GroupRow, new_id

PupilCells = tuple[str, str, str, int | None, str | None, str]
"""Pupil id, group id, group title, grade, letter and level."""

StageCells = tuple[str, str, int]
"""Pupil id, competency and stage."""

_AT_ONCE = 500
_CELL = (AssessmentRow.pupil_id, AssessmentRow.competency, AssessmentRow.stage)


class PortfolioStore:
    """Reads what is current of the staff's strand unless told; appends to any strand."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def stages(self, group_id: str, period: Period, strand: str = STAFF) -> dict[Cell, int]:
        """Stages of the pupils now in a group, in a period of any year."""
        query = _of_group(select(*_CELL), group_id).where(
            *_current(period.year, strand), AssessmentRow.term == period.term.value
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
        complete: dict[str, int] = {}
        for _, group, level, count in self._assessed(year, codes):
            complete[group] = complete.get(group, 0) + (count >= len(codes[level]))
        return complete

    def assessed_by_pupil(self, year: SchoolYear, codes: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """How many competencies of their level (its codes) are assessed, for those who attend and have any."""
        return {pupil: count for pupil, _, _, count in self._assessed(year, codes)}

    def begun_on(self, year: SchoolYear, codes: Mapping[str, Sequence[str]]) -> dict[str, date]:
        """The day of the first assessment of a competency of their level, for those who attend and have any."""
        query = self._of_levels(select(AssessmentRow.pupil_id, func.min(AssessmentRow.made_on)), year, codes)
        found = self._session.execute(query.group_by(AssessmentRow.pupil_id))
        return {str(pupil): day for pupil, day in found}

    def assessed_in(self, period: Period) -> frozenset[str]:
        """Whoever has an assessment of a term."""
        query = select(AssessmentRow.pupil_id).where(*_current(period.year), AssessmentRow.term == period.term.value)
        return frozenset(self._session.scalars(query.distinct()))

    def pupil_rows(self, span: Span) -> list[PupilCells]:
        """Read who is where: what the summary counts as denominators (``enrolments.attending_in``)."""
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
            .where(EnrolmentRow.school_year == span.year.start, attending_in(span))
        )
        return [
            (pupil, group, title, grade, letter, level)
            for pupil, group, title, grade, letter, level in self._session.execute(query)
        ]

    def stage_rows(self, span: Span) -> list[StageCells]:
        """Read the stage of every pupil and competency that counts for a span.

        Of a school year it is the one that is current, the second term's where there is one; of a term the one that
        is current; of days the latest made on one of them, though another has superseded it since. What was taken
        back does not count.
        """
        facts = _made_in(span) if span.kind is SpanKind.DAYS else _current_in(span)
        query = select(facts.c.pupil_id, facts.c.competency, facts.c.stage).where(facts.c.rank == 1)
        return [tuple(row) for row in self._session.execute(query)]

    def history(self, cell: Cell, year: SchoolYear) -> Sequence[Assessment]:
        """Everything ever recorded of a cell in a school year, by strand and term, the latest first in each."""
        query = (
            select(AssessmentRow)
            .where(
                AssessmentRow.pupil_id == cell.pupil,
                AssessmentRow.competency == cell.competency,
                AssessmentRow.school_year == year.start,
            )
            .order_by(AssessmentRow.strand, AssessmentRow.term.desc())
        )
        places = groupby(self._session.scalars(query), key=lambda row: (row.strand, row.term))
        return [assessment_of(row) for _, rows in places for row in chains.latest_first(rows)]

    def of_several_raters(self, group_id: str, period: Period) -> dict[Cell, Sequence[Assessment]]:
        """The staff's history of a term, the latest first, of those cells that several users have assessed."""
        place = (AssessmentRow.pupil_id, AssessmentRow.competency)
        theirs = (
            AssessmentRow.school_year == period.year.start,
            AssessmentRow.term == period.term.value,
            AssessmentRow.strand == STAFF,
        )
        several = (
            _of_group(select(*place), group_id)
            .where(*theirs)
            .group_by(*place)
            .having(func.count(AssessmentRow.actor.distinct()) > 1)
        )
        query = select(AssessmentRow).where(*theirs, tuple_(*place).in_(several)).order_by(*place)
        cells = groupby(self._session.scalars(query), key=lambda row: Cell(row.pupil_id, row.competency))
        return {cell: [assessment_of(row) for row in chains.latest_first(rows)] for cell, rows in cells}

    def _assessed(self, year: SchoolYear, codes: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, str, str, int]]:
        """Pupil id, group id, level and how many of the level's codes are assessed in the school year."""
        counted = func.count(AssessmentRow.competency.distinct())
        query = self._of_levels(select(AssessmentRow.pupil_id, GroupRow.id, GroupRow.level, counted), year, codes)
        found = self._session.execute(query.group_by(GroupRow.id, GroupRow.level, AssessmentRow.pupil_id))
        return ((pupil, group, level, count) for pupil, group, level, count in found)

    def _of_levels(
        self, query: Select[*tuple[Any, ...]], year: SchoolYear, codes: Mapping[str, Sequence[str]]
    ) -> Select[*tuple[Any, ...]]:
        """Narrow to what is assessed in a year of the competencies (the codes) of the level one attends."""
        of_level = or_(
            *(and_(GroupRow.level == level, AssessmentRow.competency.in_(some)) for level, some in codes.items())
        )
        return (
            query.join(EnrolmentRow, AssessmentRow.pupil_id == EnrolmentRow.pupil_id)
            .join(GroupRow, EnrolmentRow.group_id == GroupRow.id)
            .where(GroupRow.school_year == year.start, attending(), *_current(year), of_level)
        )

    def of_pupil(self, pupil_id: str) -> Sequence[Standing]:
        """Every assessment of a pupil that stands, of all strands and years, the earliest term first."""
        query = (
            select(AssessmentRow)
            .where(
                AssessmentRow.pupil_id == pupil_id,
                AssessmentRow.superseded_by.is_(None),
                AssessmentRow.stage.is_not(None),
            )
            .order_by(AssessmentRow.school_year, AssessmentRow.term)
        )
        return [
            Standing(row.strand, row.competency, Period(SchoolYear(row.school_year), Term(row.term)), row.stage)
            for row in self._session.scalars(query)
            if row.stage is not None
        ]

    def append(
        self,
        marks: Sequence[Mark],
        period: Period,
        basis: Basis,
        made_on: date,
        now: datetime,
        *,
        agreeing: bool = False,
    ) -> tuple[StageChange, ...]:
        """Append an assessment for every mark that changes its cell; the one before is superseded.

        ``agreeing`` appends it too where somebody else has set the same stage.
        """
        current = self._current_rows({mark.cell.pupil for mark in marks}, period, basis.strand)
        changes: list[StageChange] = []
        for mark in marks:
            former = current.get(mark.cell)
            before = former.stage if former is not None else None
            others = agreeing and former is not None and former.actor != self._actor.id
            if before == mark.stage and not others:
                continue
            row = self._assessment(mark, period, basis, made_on, now)
            if former is not None:
                former.superseded_by = row.id
            self._session.add(row)
            current[mark.cell] = row
            changes.append(StageChange(mark.cell, before, mark.stage))
        return tuple(changes)

    def _assessment(self, mark: Mark, period: Period, basis: Basis, made_on: date, now: datetime) -> AssessmentRow:
        return AssessmentRow(
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


def assessment_of(row: AssessmentRow) -> Assessment:
    """A row as the rest of the program knows it."""
    return Assessment(
        stage=row.stage,
        basis=Basis(row.basis),
        period=Period(SchoolYear(row.school_year), Term(row.term)),
        made_on=row.made_on,
        actor=row.actor,
        at=datetime.fromisoformat(row.recorded_at),
    )


def _current(year: SchoolYear, strand: str = STAFF) -> tuple[ColumnElement[bool], ...]:
    return (
        AssessmentRow.superseded_by.is_(None),
        AssessmentRow.school_year == year.start,
        AssessmentRow.strand == strand,
        AssessmentRow.stage.is_not(None),
    )


def _current_in(span: Span) -> Subquery:
    """The current facts of a year or a term; ``rank`` 1 is the last term's of each cell."""
    newest = func.row_number().over(
        partition_by=(AssessmentRow.pupil_id, AssessmentRow.competency), order_by=AssessmentRow.term.desc()
    )
    of_term = () if span.term is None else (AssessmentRow.term == span.term.value,)
    return select(*_CELL, newest.label("rank")).where(*_current(span.year), *of_term).subquery()


def _made_in(span: Span) -> Subquery:
    """The facts made on the days of a span that are the latest of their term; ``rank`` 1 is the latest of each cell.

    Of several made on one day it is the one that supersedes the others.
    """
    row, later = AssessmentRow, aliased(AssessmentRow)
    place = (row.pupil_id, row.competency)
    newest = (row.made_on.desc(), row.superseded_by.is_(None).desc(), row.recorded_at.desc(), row.id.desc())
    of_term = func.row_number().over(partition_by=(*place, row.term), order_by=newest)
    facts = (
        select(*_CELL, row.term, row.made_on, of_term.label("newest"))
        .outerjoin(later, and_(later.id == row.superseded_by, later.made_on == row.made_on))
        .where(
            row.school_year == span.year.start,
            row.strand == STAFF,
            row.made_on.between(span.first_day, span.last_day),
            later.id.is_(None),
        )
        .subquery()
    )
    of_cell = func.row_number().over(
        partition_by=(facts.c.pupil_id, facts.c.competency), order_by=(facts.c.made_on.desc(), facts.c.term.desc())
    )
    columns = (facts.c.pupil_id, facts.c.competency, facts.c.stage)
    return select(*columns, of_cell.label("rank")).where(facts.c.newest == 1, facts.c.stage.is_not(None)).subquery()


def _of_group(query: Select[*tuple[Any, ...]], group_id: str) -> Select[*tuple[Any, ...]]:
    """Narrow to the pupils now in a group."""
    member = EnrolmentRow.pupil_id == AssessmentRow.pupil_id
    return query.join(EnrolmentRow, member).where(EnrolmentRow.group_id == group_id, attending())

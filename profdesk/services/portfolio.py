"""The competency portfolio: the class grid, and stages set in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consent_gates import Deed
from profdesk.domain.portfolio import STAFF, Assessment, Basis, Cell, Grid, Mark, Saved, other_stage
from profdesk.domain.programme import Programme
from profdesk.domain.rights import Right
from profdesk.domain.school_year import Period, SchoolYear
from profdesk.errors import WrongInputError
from profdesk.services import consent_gates, programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@needs(Right.PORTFOLIO_READ)
def grid(workspace: Workspace, actor: Actor, group_id: str, period: Period, strand: str = STAFF) -> Grid:
    """Read the class grid of a period with the period before it; completeness counts the staff's marks always."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        group = unit.pupils.group(group_id)
        competencies = programme.level(group.level).competencies
        codes = [competency.code for competency in competencies.items]
        pupils = tuple(unit.pupils.in_group(group_id))
        rated = unit.portfolio.of_several_raters(group_id, period) if strand == STAFF else {}
        files = unit.evidence.of_cells([pupil.id for pupil in pupils], period)
        return Grid(
            group=group,
            period=period,
            competencies=competencies,
            pupils=pupils,
            stages=unit.portfolio.stages(group_id, period, strand),
            earlier=unit.portfolio.stages(group_id, period.previous, strand),
            in_year=unit.portfolio.assessed_in_year(group_id, period.year, codes),
            others={cell: stage for cell, facts in rated.items() if (stage := other_stage(facts)) is not None},
            notes=unit.notes.of_group(group_id, period, STAFF),
            files=Counter(Cell(file.pupil, file.competency) for file in files if file.competency),
            strand=strand,
        )


@needs(Right.PORTFOLIO_READ)
def history(workspace: Workspace, actor: Actor, cell: Cell, year: SchoolYear) -> Sequence[Assessment]:
    """Everything recorded of a cell in a school year, by strand and term, the latest first in each."""
    with workspace.unit(actor) as unit:
        return unit.portfolio.history(cell, year)


@needs(Right.PORTFOLIO_WRITE)
def set_stages(
    workspace: Workspace,
    actor: Actor,
    period: Period,
    marks: Sequence[Mark],
    basis: Basis = Basis.OBSERVATION,
    made_on: date | None = None,
    *,
    agreeing: bool = False,
) -> tuple[Saved, Changes]:
    """Append an assessment for every mark that changes its cell; all of them or none.

    With ``agreeing`` also where somebody else has set just that stage: then the acting user thinks so too.
    ``made_on`` is the day of the observation, inside the school year; today if None, or the last day of a year
    that is over.
    """
    programme = programmes.current(workspace, actor)
    _check(programme, marks)
    now = datetime.now(UTC)
    day = made_on or period.year.days_until(now.astimezone().date())[1]
    if made_on is not None and SchoolYear.containing(made_on) != period.year:
        raise WrongInputError(f"{made_on:%d.%m.%Y} не в {period.year.title} учебном году: выберите другой день.")
    with workspace.unit(actor) as unit:
        consent_gates.ensure(unit, Deed.KEEP_PORTFOLIO, {mark.cell.pupil for mark in marks})
        changed = unit.portfolio.append(marks, period, basis, day, now, agreeing=agreeing)
        batch = unit.batch if changed else None
    kinds = (Kind.ASSESSMENTS,) if changed else ()
    return Saved(tuple(changed), now.astimezone()), Changes.of(batch, *kinds)


@needs(Right.PORTFOLIO_READ)
def coverage(workspace: Workspace, actor: Actor, year: SchoolYear) -> Mapping[str, int]:
    """How many portfolios are complete in the school year, per group id."""
    codes = programmes.current(workspace, actor).codes
    with workspace.unit(actor) as unit:
        return unit.portfolio.complete_by_group(year, codes)


def _check(programme: Programme, marks: Sequence[Mark]) -> None:
    stages = {stage.value for stage in programme.stages}
    codes = {item.code for level in programme.levels for item in level.competencies.items}
    for mark in marks:
        if mark.stage is not None and mark.stage not in stages:
            known = ", ".join(str(stage) for stage in sorted(stages))
            raise WrongInputError(f"Нет стадии {mark.stage}. Есть: {known}.")
        if mark.cell.competency not in codes:
            raise WrongInputError(f"В программе нет компетенции «{mark.cell.competency}».")

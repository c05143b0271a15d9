"""The competency portfolio: the class grid, and stages set in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.portfolio import Basis, Grid, Mark, Saved
from profdesk.domain.programme import Programme
from profdesk.domain.school_year import Period, SchoolYear
from profdesk.errors import WrongInputError
from profdesk.services import programmes

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


def grid(workspace: Workspace, actor: Actor, group_id: str, period: Period) -> Grid:
    """Read the class grid of a period with the period before it."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        group = unit.pupils.group(group_id)
        competencies = programme.level(group.level).competencies
        codes = [competency.code for competency in competencies.items]
        return Grid(
            group=group,
            period=period,
            competencies=competencies,
            pupils=tuple(unit.pupils.in_group(group_id)),
            stages=unit.portfolio.stages(group_id, period),
            earlier=unit.portfolio.stages(group_id, period.previous),
            in_year=unit.portfolio.assessed_in_year(group_id, period.year, codes),
        )


def set_stages(
    workspace: Workspace,
    actor: Actor,
    period: Period,
    marks: Sequence[Mark],
    basis: Basis = Basis.OBSERVATION,
    made_on: date | None = None,
) -> tuple[Saved, Changes]:
    """Append an assessment for every mark that changes its cell; all of them or none.

    ``made_on`` is the day of the observation, today if None.
    """
    programme = programmes.current(workspace, actor)
    _check(programme, marks)
    now = datetime.now(UTC)
    with workspace.unit(actor) as unit:
        changed = unit.portfolio.append(marks, period, basis, made_on or now.astimezone().date(), now)
        batch = unit.batch if changed else None
    kinds = (Kind.ASSESSMENTS,) if changed else ()
    return Saved(tuple(changed), now.astimezone()), Changes.of(batch, *kinds)


def coverage(workspace: Workspace, actor: Actor, year: SchoolYear) -> Mapping[str, int]:
    """How many portfolios are complete in the school year, per group id."""
    programme = programmes.current(workspace, actor)
    codes = {
        level.code: tuple(competency.code for competency in level.competencies.items) for level in programme.levels
    }
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

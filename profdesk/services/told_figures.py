"""Figures that no record here can answer: written as they were told, changed, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from profdesk.domain import told_figures as domain
from profdesk.domain.access import Actor
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.programme import Indicator
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.told_figures import ToldFigure
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@needs(Right.SUMMARY_READ)
def of_year(workspace: Workspace, actor: Actor, year: SchoolYear) -> Mapping[str, ToldFigure]:
    """What was told of a school year, by the indicator's code."""
    with workspace.unit(actor) as unit:
        return unit.told_figures.of_year(year)


@needs(Right.SUMMARY_SIGN)
def write(
    workspace: Workspace,
    actor: Actor,
    year: SchoolYear,
    indicator: Indicator,
    numerator: int,
    denominator: int,
    source: str,
) -> tuple[Step, Changes]:
    """Write what was told of an indicator, in place of what was told before; WrongInputError says what is wrong."""
    domain.check(indicator, numerator, denominator)
    domain.check_source(source)
    with workspace.unit(actor) as unit:
        unit.told_figures.write(
            year, indicator.code, numerator, denominator, " ".join(source.split()), datetime.now(UTC)
        )
        return Step(f"ответ «{indicator.short}»", unit.batch, ()), Changes.of(unit.batch, Kind.FIGURES)


@needs(Right.SUMMARY_SIGN)
def withdraw(workspace: Workspace, actor: Actor, year: SchoolYear, indicator: Indicator) -> tuple[Step, Changes]:
    """Leave an indicator unanswered again."""
    with workspace.unit(actor) as unit:
        unit.told_figures.withdraw(year, indicator.code)
        return Step(f"убран ответ «{indicator.short}»", unit.batch, ()), Changes.of(unit.batch, Kind.FIGURES)

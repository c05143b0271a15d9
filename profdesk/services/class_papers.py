"""The class as a whole: its overview, and the papers of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk.domain import class_overview as domain
from profdesk.domain.access import Actor
from profdesk.domain.class_overview import ClassOverview
from profdesk.domain.observation import ObservationFacts
from profdesk.domain.rights import Right
from profdesk.domain.school_year import Period
from profdesk.services import organisation, portfolio, programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@needs(Right.PORTFOLIO_READ)
def overview(workspace: Workspace, actor: Actor, group_id: str, period: Period) -> ClassOverview:
    """Look at a class in a term as a whole, compared with the term before."""
    grid = portfolio.grid(workspace, actor, group_id, period)
    return domain.overview(grid, programmes.current(workspace, actor).stages)


@needs(Right.PORTFOLIO_READ)
def overview_paper(workspace: Workspace, actor: Actor, found: ClassOverview) -> bytes:
    """Draw an overview as PDF."""
    from profdesk.documents import class_overview

    return class_overview.class_overview(found, organisation.get(workspace, actor), _today())


@needs(Right.PORTFOLIO_READ)
def observation_sheet(
    workspace: Workspace, actor: Actor, group_id: str, period: Period, *, with_earlier: bool
) -> bytes:
    """Draw the sheet on which a class is marked by pencil, in the order of the grid.

    ``with_earlier`` prints the stages of the term before, pale.
    """
    from profdesk.documents import observation_sheet as paper

    grid = portfolio.grid(workspace, actor, group_id, period)
    kindergarten = grid.group.name.grade is None
    facts = ObservationFacts(
        organisation=organisation.get(workspace, actor).short_name,
        group=f"{'группа ' if kindergarten else ''}{grid.group.name.title}{'' if kindergarten else ' класс'}",
        period=period,
        who="Ребёнок" if kindergarten else "Фамилия, имя",
        pupils=tuple((pupil.id, pupil.name.short) for pupil in grid.pupils),
        competencies=grid.competencies.items,
        scale=programmes.current(workspace, actor).stages,
        earlier=grid.earlier if with_earlier else {},
    )
    return paper.observation_sheet(facts, _today())


def _today() -> date:
    return datetime.now(UTC).astimezone().date()

"""What the page reads at once: the classes of a school year, and the grid of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from profdesk.domain.organisation import Organisation
from profdesk.domain.people import Group
from profdesk.domain.portfolio import Grid
from profdesk.domain.school_year import Period, Term
from profdesk.services import portfolio, pupils

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace


@dataclass(frozen=True)
class Reading:
    """Classes with pupils in the period's year; ``grid`` is None where there are none."""

    period: Period
    groups: Sequence[Group]
    grid: Grid | None


def read(workspace: Workspace, period: Period, wanted: str | None, shown: Group | None) -> Reading:
    """Read the wanted group, else the one that ``shown`` is in the period's year, else the first."""
    groups = [group for group in pupils.groups(workspace, workspace.actor, period.year) if group.size]
    group = choose(groups, wanted, shown)
    grid = None if group is None else portfolio.grid(workspace, workspace.actor, group.id, period)
    return Reading(period, groups, grid)


def choose(groups: Sequence[Group], wanted: str | None, shown: Group | None) -> Group | None:
    """The group to show; 7 «А» was 6 «А» a year ago, a kindergarten group keeps its title."""
    for group in groups:
        if group.id == wanted:
            return group
    for group in groups:
        if shown is not None and _same_class(group, shown):
            return group
    return groups[0] if groups else None


def periods(organisation: Organisation) -> tuple[Period, ...]:
    """The terms one may mark, the latest first: both of this school year and of the year before."""
    year = organisation.period.year
    return tuple(Period(one, term) for one in (year, year.previous) for term in (Term.SECOND, Term.FIRST))


def _same_class(group: Group, shown: Group) -> bool:
    if group.name.grade is None or shown.name.grade is None:
        return group.name.title == shown.name.title
    grade = shown.name.grade + group.year - shown.year
    return (group.name.grade, group.name.letter) == (grade, shown.name.letter)

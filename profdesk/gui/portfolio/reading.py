"""What the page reads at once: the classes of a school year, and the grid of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from profdesk.domain.people import Group
from profdesk.domain.portfolio import Grid
from profdesk.domain.school_year import Period
from profdesk.gui.common import class_choice
from profdesk.services import portfolio, pupils

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace


@dataclass(frozen=True)
class Reading:
    """Classes with pupils in the period's year; ``grid`` is None where there are none."""

    period: Period
    groups: Sequence[Group]
    grid: Grid | None


def read(workspace: Workspace, period: Period, strand: str, wanted: str | None, shown: Group | None) -> Reading:
    """Read the wanted group, else the one that ``shown`` is in the period's year, else the first."""
    groups = [group for group in pupils.groups(workspace, workspace.actor, period.year) if group.size]
    group = class_choice.choose(groups, wanted, shown)
    grid = None if group is None else portfolio.grid(workspace, workspace.actor, group.id, period, strand)
    return Reading(period, groups, grid)

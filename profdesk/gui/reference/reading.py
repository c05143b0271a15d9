"""What the page reads at once: the classes, the pupils of one of them, the draft of one of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from profdesk.domain.people import Group, Pupil
from profdesk.domain.school_year import SchoolYear
from profdesk.services import pupils, references

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace


@dataclass(frozen=True)
class Reading:
    """``draft`` is None where there is nobody; ``missing`` tells that another one is shown than was wanted."""

    groups: Sequence[Group]
    pupils: Sequence[Pupil]
    draft: references.Draft | None
    missing: bool


def read(workspace: Workspace, year: SchoolYear, wanted: str, group_id: str) -> Reading:
    """Read the draft of the pupil wanted, else of the first one of the class, else of the first class."""
    groups = [group for group in pupils.groups(workspace, workspace.actor, year) if group.size]
    everyone = [one for one in pupils.pupils(workspace, workspace.actor, year) if one.group is not None]
    chosen = next((one for one in everyone if one.id == wanted), None)
    known = [chosen.group.id] if chosen and chosen.group else [group.id for group in groups]
    shown = group_id if group_id in known else next(iter(known), "")
    there = [one for one in everyone if one.group and one.group.id == shown and (one.attends or one is chosen)]
    pupil = chosen or next(iter(there), None)
    draft = None if pupil is None else references.draft(workspace, workspace.actor, pupil.id)
    return Reading(groups, there, draft, missing=bool(wanted) and chosen is None)

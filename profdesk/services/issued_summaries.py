"""The register of issued summaries: their exact bytes given back, and what signed them further."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.issued_summaries import IssuedSummary
from profdesk.domain.school_year import SchoolYear

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


def register(workspace: Workspace, actor: Actor, year: SchoolYear | None = None) -> Sequence[IssuedSummary]:
    """The register of a school year (None: of all), the newest first."""
    with workspace.unit(actor) as unit:
        return unit.summaries.issued(year)


def document(workspace: Workspace, actor: Actor, number: str) -> bytes:
    """The exact bytes that were issued; WorkspaceError if they are spoiled."""
    with workspace.unit(actor) as unit:
        return unit.summaries.document(number)

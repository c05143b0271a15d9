"""Notes at the cells of the class grid: the staff's own words on a pupil's competency in a term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consent_gates import Deed
from profdesk.domain.notes import Note
from profdesk.domain.portfolio import STAFF, Cell
from profdesk.domain.rights import Right
from profdesk.domain.school_year import Period
from profdesk.services import consent_gates
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@needs(Right.PORTFOLIO_READ)
def of_cell(workspace: Workspace, actor: Actor, cell: Cell, period: Period) -> Note | None:
    """The note that stands at a cell, None if there is none."""
    with workspace.unit(actor) as unit:
        return unit.notes.of_cell(cell, period, STAFF)


@needs(Right.PORTFOLIO_READ)
def of_pupil(workspace: Workspace, actor: Actor, pupil_id: str) -> Sequence[Note]:
    """Every note on a pupil that stands, the latest first."""
    with workspace.unit(actor) as unit:
        return unit.notes.of_pupil(pupil_id)


@needs(Right.PORTFOLIO_WRITE)
def write(workspace: Workspace, actor: Actor, cell: Cell, period: Period, words: str) -> tuple[bool, Changes]:
    """Write a note in place of the former one, which empty words take away; False if it says the same."""
    with workspace.unit(actor) as unit:
        if words.strip():
            consent_gates.ensure(unit, Deed.KEEP_PORTFOLIO, [cell.pupil])
        changed = unit.notes.write(cell, period, STAFF, words, datetime.now(UTC))
        batch = unit.batch if changed else None
    return changed, Changes.of(batch, *((Kind.ASSESSMENTS,) if changed else ()))

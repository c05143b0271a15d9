"""Facts that supersede one another: which is current follows from their order in the journal.

The journal's clock never goes back, while the computer's may be put right between two facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby, pairwise
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from profdesk.storage.models import AssessmentRow, NoteRow, OperationRow
from profdesk.storage.route_models import RouteLineRow

Fact = TypeVar("Fact", AssessmentRow, NoteRow, RouteLineRow)
_AT_ONCE = 500


def latest_first(facts: Iterable[Fact]) -> Sequence[Fact]:
    """Order all facts of one place along their chain."""
    former = {fact.superseded_by: fact for fact in facts}
    ordered: list[Fact] = []
    fact = former.get(None)
    while fact is not None:
        ordered.append(fact)
        fact = former.get(fact.id)
    return ordered


def relink(session: Session, kind: type[Fact], pupils: Collection[str]) -> None:
    """Set anew which fact supersedes which, for all facts of some pupils; linear in the facts."""
    ordered = sorted(pupils)
    for start in range(0, len(ordered), _AT_ONCE):
        query = (
            select(kind, func.min(OperationRow.clock))
            .outerjoin(OperationRow, OperationRow.record == kind.id)
            .where(kind.pupil_id.in_(ordered[start : start + _AT_ONCE]))
            .group_by(kind.id)
        )
        found = sorted(session.execute(query), key=lambda pair: (*place(pair[0]), pair[1] or "", pair[0].id))
        rows = [row for row, _ in found]
        for _, same in groupby(rows, key=place):
            chain = list(same)
            for row, later in pairwise(chain):
                row.superseded_by = later.id
            chain[-1].superseded_by = None


def place(row: AssessmentRow | NoteRow | RouteLineRow) -> tuple[str | int, ...]:
    """What facts that supersede one another share: a cell of a term and a strand, or a line of a route."""
    if isinstance(row, RouteLineRow):
        return row.pupil_id, row.line
    return row.pupil_id, row.strand, row.competency, row.school_year, row.term

"""Facts that supersede one another: which is current follows from their order in the journal.

The journal's clock never goes back, while the computer's may be put right between two facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from profdesk.storage.models import AssessmentRow, NoteRow, OperationRow, PsyOperationRow
from profdesk.storage.psy_models import ConclusionRow
from profdesk.storage.route_models import RouteLineRow

Fact = TypeVar("Fact", AssessmentRow, NoteRow, RouteLineRow)
_CELL = ("pupil_id", "strand", "competency", "school_year", "term")
_PLACES: Mapping[type[object], Sequence[str]] = {
    AssessmentRow: _CELL,
    NoteRow: _CELL,
    RouteLineRow: ("pupil_id", "line"),
}
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
        part = ordered[start : start + _AT_ONCE]
        told = (
            select(kind.id, *(getattr(kind, name) for name in _PLACES[kind]))
            .add_columns(func.coalesce(func.min(OperationRow.counts_as), "").label("clock"))
            .outerjoin(OperationRow, OperationRow.record == kind.id)
            .where(kind.pupil_id.in_(part))
            .group_by(kind.id)
            .subquery()
        )
        places = [told.c[name] for name in _PLACES[kind]]
        later = func.lead(told.c.id).over(partition_by=places, order_by=(told.c.clock, told.c.id))
        chained = select(told.c.id, later.label("later")).subquery()
        session.execute(
            update(kind)
            .where(kind.id == chained.c.id, kind.superseded_by.is_distinct_from(chained.c.later))
            .values(superseded_by=chained.c.later)
            .execution_options(synchronize_session=False)
        )
    for row in session.identity_map.values():
        if isinstance(row, kind):
            session.expire(row, ["superseded_by"])


def relink_after(session: Session, touched: Mapping[str, Collection[str]], pupils: Collection[str]) -> None:
    """Set anew what supersedes what where rows (ids by table) were brought in, all of them of those pupils."""
    if AssessmentRow.__tablename__ in touched:
        relink(session, AssessmentRow, pupils)
    if NoteRow.__tablename__ in touched:
        relink(session, NoteRow, pupils)
    if RouteLineRow.__tablename__ in touched:
        relink(session, RouteLineRow, pupils)
    if ConclusionRow.__tablename__ in touched:
        _relink_conclusions(session, sorted(touched[ConclusionRow.__tablename__]))
    session.flush()


def _relink_conclusions(session: Session, conclusions: Sequence[str]) -> None:
    sheets: set[str] = set()
    for start in range(0, len(conclusions), _AT_ONCE):
        part = conclusions[start : start + _AT_ONCE]
        sheets.update(session.scalars(select(ConclusionRow.sheet_id).where(ConclusionRow.id.in_(part))))
    for sheet in sorted(sheets):
        query = (
            select(ConclusionRow, func.min(PsyOperationRow.counts_as))
            .outerjoin(PsyOperationRow, PsyOperationRow.record == ConclusionRow.id)
            .where(ConclusionRow.sheet_id == sheet)
            .group_by(ConclusionRow.id)
        )
        found = sorted(session.execute(query), key=lambda pair: (pair[1] or "", pair[0].id))
        chain = [row for row, _ in found]
        for row, later in pairwise(chain):
            row.superseded_by = later.id
        chain[-1].superseded_by = None


def place(row: AssessmentRow | NoteRow | RouteLineRow) -> tuple[str | int, ...]:
    """What facts that supersede one another share: a cell of a term and a strand, or a line of a route."""
    return tuple(getattr(row, name) for name in _PLACES[type(row)])

"""Routes: versions of lines that supersede one another, none of which is ever overwritten."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.route import LineKind, LineState, RouteEntry, RouteLine
from profdesk.errors import NotFoundError
from profdesk.storage import chains
from profdesk.storage.models import new_id
from profdesk.storage.route_models import RouteLineRow


class RouteStore:
    """Reads versions, the removed ones included; appends new ones."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def of_pupil(self, pupil_id: str) -> tuple[RouteLine, ...]:
        """Every version of every line of a pupil: lines as they were begun, versions in their order."""
        rows = self._session.scalars(select(RouteLineRow).where(RouteLineRow.pupil_id == pupil_id))
        return versions_of(rows)

    def of_line(self, line: str) -> tuple[RouteLine, ...]:
        """The versions of a line in their order; NotFoundError if there is no such line."""
        found = versions_of(self._session.scalars(select(RouteLineRow).where(RouteLineRow.line == line)))
        if not found:
            raise NotFoundError("Такой строки в маршруте больше нет. Откройте карточку заново.")
        return found

    def begin(self, pupil_id: str, entry: RouteEntry, now: datetime) -> RouteLine:
        """Write the first version of a new line."""
        return _version(self._append(new_id(), pupil_id, entry, LineState.OPEN, now))

    def follow(self, former: RouteLine, entry: RouteEntry, state: LineState, now: datetime) -> RouteLine:
        """Write the next version of a line."""
        standing = select(RouteLineRow).where(
            RouteLineRow.line == former.line,
            RouteLineRow.pupil_id == former.pupil,
            RouteLineRow.superseded_by.is_(None),
        )
        superseded = self._session.scalars(standing).one()
        row = self._append(former.line, former.pupil, entry, state, now)
        superseded.superseded_by = row.id
        return _version(row)

    def relink(self, pupils: Collection[str]) -> None:
        """Set anew which versions stand, of some pupils."""
        chains.relink(self._session, RouteLineRow, pupils)

    def _append(self, line: str, pupil_id: str, entry: RouteEntry, state: LineState, now: datetime) -> RouteLineRow:
        row = RouteLineRow(
            id=new_id(),
            pupil_id=pupil_id,
            line=line,
            kind=entry.kind.value,
            words=entry.words,
            way=entry.way,
            due=entry.due,
            state=state.value,
            actor=self._actor.id,
            recorded_at=now.isoformat(),
        )
        self._session.add(row)
        return row


def versions_of(rows: Iterable[RouteLineRow]) -> tuple[RouteLine, ...]:
    """Rows of whole lines as versions: lines as they were begun, versions in their order."""
    ordered = sorted(rows, key=lambda row: row.line)
    lines = (chains.latest_first(of_line)[::-1] for _, of_line in groupby(ordered, key=lambda row: row.line))
    return tuple(_version(row) for line in lines for row in line)


def _version(row: RouteLineRow) -> RouteLine:
    return RouteLine(
        line=row.line,
        pupil=row.pupil_id,
        entry=RouteEntry(LineKind(row.kind), row.words, row.way, row.due),
        state=LineState(row.state),
        actor=row.actor,
        at=datetime.fromisoformat(row.recorded_at),
        stands=row.superseded_by is None,
    )

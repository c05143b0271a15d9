"""Chains with operations missing, as where a workspace was saved from damaged files: they come back from others.

Another computer sends what follows the last number known here. So once it has said that it knows all of such a chain,
what follows the first missing operation is forgotten here, and comes again with what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from profdesk.domain.exchange import DESK, PSY, Vector
from profdesk.storage import database
from profdesk.storage.models import AnyOperation, OperationRow, PsyOperationRow, table_of

_JOURNALS: Mapping[str, tuple[type[AnyOperation], str]] = {
    DESK: (OperationRow, "main"),
    PSY: (PsyOperationRow, "psy"),
}


def cut(session: Session, known: Vector, *, psy: bool) -> None:
    """Forget of torn chains what a computer that knows so much can send again; others' are known whole here."""
    for name in (DESK, PSY) if psy else (DESK,):
        kind, schema = _JOURNALS[name]
        chains = known.get(name, {})
        query = select(kind.device, func.max(kind.number)).group_by(kind.device)
        torn = session.execute(query.having(func.max(kind.number) > func.count())).all()
        for device, last in torn:
            if chains.get(device, 0) >= last:
                _cut(session, kind, schema, device)


def _cut(session: Session, kind: type[AnyOperation], schema: str, device: str) -> None:
    table, connection = table_of(kind), session.connection()
    numbers = session.scalars(select(kind.number).where(kind.device == device).order_by(kind.number))
    whole = next(place for place, number in enumerate(numbers, 1) if number != place)
    with database.rewritable(connection, kind.__tablename__, schema):
        connection.execute(delete(table).where(table.c.device == device, table.c.number >= whole))

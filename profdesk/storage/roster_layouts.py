"""What people took the columns of a class list for, by the shape of its header."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.roster import Field
from profdesk.storage.models import RosterLayoutRow


class RosterLayoutStore:
    """One entry a shape; the last choice counts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> dict[str, dict[int, Field]]:
        """Every remembered shape with the field of each column by its index."""
        rows = self._session.scalars(select(RosterLayoutRow))
        return {
            row.shape: {int(index): Field(field) for index, field in json.loads(row.fields).items()} for row in rows
        }

    def remember(self, shape: str, fields: Mapping[int, Field]) -> None:
        """Keep a choice; an empty one forgets the shape."""
        row = self._session.scalars(select(RosterLayoutRow).where(RosterLayoutRow.shape == shape)).one_or_none()
        if not fields:
            if row is not None:
                self._session.delete(row)
            return
        kept = json.dumps({str(index): field.value for index, field in sorted(fields.items())})
        if row is None:
            self._session.add(RosterLayoutRow(shape=shape, fields=kept))
        elif row.fields != kept:
            row.fields = kept

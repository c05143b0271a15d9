"""The programme file as it was copied into the workspace."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.storage.models import ProgrammeRow


class ProgrammeStore:
    """Keeps every text that was ever in force; the newest is."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def text(self) -> str:
        """Read the text in force."""
        newest = select(ProgrammeRow.source).order_by(ProgrammeRow.taken_at.desc(), ProgrammeRow.id.desc())
        return self._session.scalars(newest.limit(1)).one()

    def choose(self, text: str) -> None:
        """Put a checked text into force."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        now = datetime.now(UTC).isoformat()
        self._session.add(ProgrammeRow(digest=digest, source=text, taken_at=now))

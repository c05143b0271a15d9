"""The journal's deeds that change no other record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.deeds import DeedKind
from profdesk.storage.people_models import DeedRow


class DeedStore:
    """A deed is only added, and stands in the journal's chain like every change."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def add(self, kind: DeedKind, title: str, now: datetime, *, pupil: str | None = None, count: int = 0) -> None:
        """Write that the user did something now."""
        self._session.add(
            DeedRow(
                kind=kind.value,
                title=title,
                pupil_id=pupil,
                count=count,
                actor=self._actor.id,
                done_at=now.isoformat(),
            )
        )

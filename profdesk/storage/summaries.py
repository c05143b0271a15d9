"""The register of signed summaries with their exact bytes."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.summary import IssuedSummary, Summary
from profdesk.storage.summary_models import SummaryRow


class SummaryStore:
    """Numbers run through a calendar year: «2026/01»."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def next_number(self, now: datetime) -> str:
        """The number after the last registered one."""
        query = select(func.max(SummaryRow.sequence)).where(SummaryRow.issue_year == now.year)
        return f"{now.year}/{(self._session.scalar(query) or 0) + 1:02d}"

    def register(self, summary: Summary, document: bytes, now: datetime) -> None:
        """Keep a numbered summary, byte for byte."""
        if summary.number is None:
            raise ValueError("a summary is registered under its number")
        year, _, sequence = summary.number.partition("/")
        self._session.add(
            SummaryRow(
                number=summary.number,
                issue_year=int(year),
                sequence=int(sequence),
                school_year=summary.year.start,
                issued_at=now.isoformat(),
                sha256=hashlib.sha256(document).hexdigest(),
                document=document,
                actor=self._actor.id,
                span=summary.span.kind,
                first_day=summary.span.first_day,
                last_day=summary.span.last_day,
                replaces=summary.replaces and summary.replaces.number,
                reason=summary.replaces.reason if summary.replaces else "",
            )
        )

    def issued(self, year: SchoolYear) -> tuple[IssuedSummary, ...]:
        """Summaries of a school year, the newest first."""
        query = (
            select(SummaryRow.number, SummaryRow.issued_at, SummaryRow.sha256)
            .where(SummaryRow.school_year == year.start)
            .order_by(SummaryRow.issued_at.desc())
        )
        return tuple(
            IssuedSummary(number, datetime.fromisoformat(issued_at), sha256)
            for number, issued_at, sha256 in self._session.execute(query)
        )

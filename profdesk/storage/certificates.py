"""The register of issued certificates: numbers without gaps, and what each paper said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.school_year import SchoolYear
from profdesk.storage.models import CertificateRow


class CertificateStore:
    """Numbers are taken and registered in one unit of work: rolled back together, used once."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor
        self._last: dict[int, int] = {}

    def numbered(self, facts: CertificateFacts) -> CertificateFacts:
        """Give the facts the next number of the year of issue: «2026-0203»."""
        year = facts.issued_on.year
        if year not in self._last:
            query = select(func.max(CertificateRow.sequence)).where(CertificateRow.issue_year == year)
            self._last[year] = self._session.scalar(query) or 0
        self._last[year] += 1
        return replace(facts, number=f"{year}-{self._last[year]:04d}")

    def register(self, facts: CertificateFacts, pupil_id: str, snapshot: str, sha256: str) -> None:
        """Write a numbered certificate into the register; ``sha256`` is that of the whole sealed file."""
        if facts.number is None:
            raise ValueError("a certificate is registered under its number")
        year, _, sequence = facts.number.partition("-")
        self._session.add(
            CertificateRow(
                number=facts.number,
                issue_year=int(year),
                sequence=int(sequence),
                pupil_id=pupil_id,
                school_year=facts.year.start,
                issued_on=facts.issued_on,
                snapshot=snapshot,
                sha256=sha256,
                actor=self._actor.id,
            )
        )

    def of_year(self, year: SchoolYear) -> frozenset[str]:
        """The pupils who have a certificate of a school year."""
        query = select(CertificateRow.pupil_id).where(CertificateRow.school_year == year.start)
        return frozenset(self._session.scalars(query))

    def next_number(self, day: datetime) -> str:
        """The number the next certificate will get, without taking it."""
        query = select(func.max(CertificateRow.sequence)).where(CertificateRow.issue_year == day.year)
        return f"{day.year}-{(self._session.scalar(query) or 0) + 1:04d}"

"""The register of evidence; the bytes are kept by ``storage.blobs``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.evidence import Evidence
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.errors import NotFoundError
from profdesk.storage.blobs import Blobs
from profdesk.storage.models import EvidenceRow


class EvidenceStore:
    """Evidence is withdrawn, never deleted: its record and its bytes stay until they are erased."""

    def __init__(self, session: Session, actor: Actor, blobs: Blobs) -> None:
        self._session = session
        self._actor = actor
        self._blobs = blobs

    def of_pupil(self, pupil_id: str) -> Sequence[Evidence]:
        """What stands for a pupil, the latest first."""
        return self._read(EvidenceRow.pupil_id == pupil_id)

    def of_cells(self, pupils: Collection[str], period: Period) -> Sequence[Evidence]:
        """What was added at cells of a term for some pupils."""
        return self._read(
            EvidenceRow.pupil_id.in_(pupils),
            EvidenceRow.competency.is_not(None),
            EvidenceRow.school_year == period.year.start,
            EvidenceRow.term == period.term.value,
        )

    def some(self, ids: Collection[str]) -> Mapping[str, Evidence]:
        """Those of some files that stand, by their ids."""
        return {one.id: one for one in self._read(EvidenceRow.id.in_(ids))}

    def add(
        self,
        pupil_id: str,
        competency: str | None,
        period: Period,
        title: str,
        name: str,
        content: bytes,
        now: datetime,
    ) -> Evidence:
        """Keep a file's bytes and register it; the same bytes are kept once."""
        row = EvidenceRow(
            pupil_id=pupil_id,
            competency=competency,
            school_year=period.year.start,
            term=period.term.value,
            title=title,
            name=name,
            size=len(content),
            sha256=self._blobs.put(content),
            actor=self._actor.id,
            recorded_at=now.isoformat(),
        )
        self._session.add(row)
        self._session.flush()
        return evidence_of(row)

    def kept(self, digest: str) -> bytes:
        """The bytes of any kept file by their SHA-256; WorkspaceError if they are lost or spoiled."""
        return self._blobs.get(digest)

    def content(self, evidence_id: str) -> tuple[Evidence, bytes]:
        """Read a file back; WorkspaceError if its bytes are lost or spoiled."""
        row = self._row(evidence_id)
        return evidence_of(row), self._blobs.get(row.sha256)

    def rename(self, evidence_id: str, title: str) -> Evidence:
        """Give evidence another title."""
        row = self._row(evidence_id)
        row.title = title
        return evidence_of(row)

    def withdraw(self, evidence_id: str, now: datetime | None) -> Evidence:
        """Take evidence out of sight, or (None) put it back."""
        row = self._row(evidence_id)
        row.withdrawn_at = now.isoformat() if now else None
        return evidence_of(row)

    def _read(self, *conditions: ColumnElement[bool]) -> Sequence[Evidence]:
        query = (
            select(EvidenceRow)
            .where(EvidenceRow.withdrawn_at.is_(None), *conditions)
            .order_by(EvidenceRow.recorded_at.desc(), EvidenceRow.id.desc())
        )
        return [evidence_of(row) for row in self._session.scalars(query)]

    def _row(self, evidence_id: str) -> EvidenceRow:
        row = self._session.get(EvidenceRow, evidence_id)
        if row is None:
            raise NotFoundError("Такого файла больше нет. Обновите карточку.")
        return row


def evidence_of(row: EvidenceRow) -> Evidence:
    """A row as the rest of the program knows it."""
    return Evidence(
        id=row.id,
        pupil=row.pupil_id,
        competency=row.competency,
        period=Period(SchoolYear(row.school_year), Term(row.term)),
        title=row.title,
        name=row.name,
        size=row.size,
        sha256=row.sha256,
        actor=row.actor,
        at=datetime.fromisoformat(row.recorded_at),
    )

"""Designs of certificates: the school's own with all their earlier forms, and those that papers were drawn by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain import certificate_design_file
from profdesk.domain.access import Actor
from profdesk.domain.certificate_design import CertificateDesign
from profdesk.errors import NotFoundError
from profdesk.storage.blobs import Blobs
from profdesk.storage.models import CertificateDesignRow

_GONE = "Такого оформления больше нет. Обновите страницу."


class DesignStore:
    """A change adds a row and the newest is in force; rows without a code are kept for reprinting alone."""

    def __init__(self, session: Session, actor: Actor, blobs: Blobs) -> None:
        self._session = session
        self._actor = actor
        self._blobs = blobs

    def own(self) -> Sequence[CertificateDesign]:
        """Those of the school that are not withdrawn, the latest changed first."""
        query = select(CertificateDesignRow).where(CertificateDesignRow.code != "")
        newest = {row.code: row for row in self._session.scalars(query.order_by(*_OLDEST_FIRST))}
        there = sorted(newest.values(), key=lambda row: (row.recorded_at, row.id), reverse=True)
        return [_design(row) for row in there if row.withdrawn_at is None]

    def write(self, design: CertificateDesign, now: datetime) -> None:
        """Put a design of the school in force under its code."""
        self._add(design, design.code, now)

    def withdraw(self, code: str, now: datetime | None) -> None:
        """Take a design away, or (None) put it back; papers that were drawn by it can be drawn again in any case."""
        query = select(CertificateDesignRow).where(CertificateDesignRow.code == code).order_by(*_OLDEST_FIRST)
        rows = self._session.scalars(query).all()
        if not rows:
            raise NotFoundError(_GONE)
        rows[-1].withdrawn_at = now.isoformat() if now else None

    def keep(self, design: CertificateDesign, now: datetime) -> str:
        """Keep what a paper is drawn by for as long as the register is kept; gives its digest."""
        digest = certificate_design_file.digest(design)
        if self._kept(digest) is None:
            self._add(design, "", now)
            self._session.flush()
        return digest

    def kept(self, digest: str) -> CertificateDesign:
        """Read what a paper was drawn by; NotFoundError if nothing of that digest was kept."""
        row = self._kept(digest)
        if row is None:
            raise NotFoundError("Оформление, по которому напечатан этот сертификат, потеряно.")
        return _design(row)

    def put_picture(self, content: bytes) -> str:
        """Keep a picture of designs; gives its SHA-256 in hex."""
        return self._blobs.put(content)

    def picture(self, digest: str) -> bytes:
        """Read a picture back; WorkspaceError if it is lost or spoiled."""
        return self._blobs.get(digest)

    def put_blank(self, content: bytes) -> str:
        """Keep a blank in Word that papers are filled into; gives its SHA-256 in hex."""
        return self._blobs.put(content)

    def blank(self, digest: str) -> bytes:
        """Read a blank back; WorkspaceError if it is lost or spoiled."""
        return self._blobs.get(digest)

    def _kept(self, digest: str) -> CertificateDesignRow | None:
        query = select(CertificateDesignRow).where(
            CertificateDesignRow.digest == digest, CertificateDesignRow.code == ""
        )
        return self._session.scalars(query).first()

    def _add(self, design: CertificateDesign, code: str, now: datetime) -> None:
        self._session.add(
            CertificateDesignRow(
                code=code,
                title=design.title,
                source=certificate_design_file.to_json(design),
                digest=certificate_design_file.digest(design),
                actor=self._actor.id,
                recorded_at=now.isoformat(),
                withdrawn_at=None,
            )
        )


_OLDEST_FIRST = (CertificateDesignRow.recorded_at, CertificateDesignRow.id)


def _design(row: CertificateDesignRow) -> CertificateDesign:
    return certificate_design_file.from_json(row.source, row.code)

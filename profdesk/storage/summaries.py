"""The register of signed summaries with their exact bytes, and the further signatures of each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from profdesk.domain import issued_summaries
from profdesk.domain.access import Actor
from profdesk.domain.detached import OutsideSigner
from profdesk.domain.issued_summaries import FurtherSignature, Issuable, IssuedSummary, Place
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span, SpanKind
from profdesk.domain.summary import Replaced
from profdesk.errors import NotFoundError, WorkspaceError
from profdesk.storage import series
from profdesk.storage.summary_models import SummaryRow, SummarySignatureRow

_SPOILED = (
    "Сводка № {} в рабочей папке испорчена: её байты не те, что были подписаны. Восстановите папку из резервной копии."
)
_SPOILED_SIGNATURE = (
    "Подпись сводки № {} в рабочей папке испорчена: {}. Восстановите папку из резервной копии или уберите эту подпись."
)


class SummaryStore:
    """Numbers run through a calendar year, on each computer by themselves: «2026/01», «2026/01-К2»."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def next_number(self, now: datetime) -> str:
        """The number after the last registered one."""
        own = series.own(self._session)
        query = select(func.max(SummaryRow.sequence)).where(SummaryRow.issue_year == now.year, SummaryRow.series == own)
        return series.numbered(f"{now.year}/{(self._session.scalar(query) or 0) + 1:02d}", own)

    def register(self, summary: Issuable, document: bytes, now: datetime) -> None:
        """Keep a numbered summary or consolidation, byte for byte."""
        if summary.number is None:
            raise ValueError("a summary is registered under its number")
        year, sequence, own = issued_summaries.place(summary.number)
        self._session.add(
            SummaryRow(
                number=summary.number,
                issue_year=year,
                series=own,
                sequence=sequence,
                school_year=summary.span.year.start,
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

    def issued(self, year: SchoolYear | None = None) -> Sequence[IssuedSummary]:
        """Summaries of a school year (None: of all), the newest first."""
        return [one for one in self._lines() if year in (None, one.span.year)]

    def get(self, number: str) -> IssuedSummary:
        """Read one line of the register; NotFoundError if there is none of that number."""
        found = next((one for one in self._lines() if one.number == number), None)
        if found is None:
            raise NotFoundError(f"В реестре нет сводки № {number}.")
        return found

    def document(self, number: str) -> bytes:
        """The exact bytes that were issued; WorkspaceError if they are spoiled."""
        query = select(SummaryRow.document, SummaryRow.sha256).where(SummaryRow.number == number)
        row = self._session.execute(query.order_by(SummaryRow.issued_at.desc())).first()
        if row is None:
            raise NotFoundError(f"В реестре нет сводки № {number}.")
        document, sha256 = row
        if hashlib.sha256(document).hexdigest() != sha256:
            raise WorkspaceError(_SPOILED.format(number))
        return document

    def add_signature(
        self,
        number: str,
        place: Place,
        name: str,
        content: bytes,
        digests: tuple[str, str],
        signers: Sequence[OutsideSigner],
        now: datetime,
    ) -> FurtherSignature:
        """Keep a further signature; ``digests`` are the SHA-256 of the file it was put to, and of the one it makes."""
        row = SummarySignatureRow(
            number=number,
            place=place,
            name=name,
            content=content,
            signers=issued_summaries.to_json(*digests, signers),
            actor=self._actor.id,
            recorded_at=now.isoformat(),
            withdrawn_at=None,
        )
        self._session.add(row)
        self._session.flush()
        return _signature(row)

    def signed(self, signature: FurtherSignature, before: bytes = b"") -> bytes:
        """The exact file that a further signature makes, ``before`` the one it is appended to.

        WorkspaceError if its bytes are spoiled.
        """
        made = before + self._signature_row(signature.id).content
        if hashlib.sha256(made).hexdigest() != signature.sha256:
            raise WorkspaceError(_SPOILED_SIGNATURE.format(signature.number, signature.who))
        return made

    def withdraw_signature(self, signature_id: str, now: datetime) -> None:
        """Take a further signature away; turning the batch round puts it back."""
        self._signature_row(signature_id).withdrawn_at = now.isoformat()

    def _signature_row(self, signature_id: str) -> SummarySignatureRow:
        row = self._session.get(SummarySignatureRow, signature_id)
        if row is None or row.withdrawn_at is not None:
            raise NotFoundError("Такой подписи у сводки больше нет. Обновите страницу.")
        return row

    def _lines(self) -> Sequence[IssuedSummary]:
        """The whole register without its documents: what became of a summary stands in the lines of others."""
        query = select(SummaryRow).options(defer(SummaryRow.document))
        newest_first = query.order_by(SummaryRow.issued_at.desc(), SummaryRow.id.desc())
        rows, signed = self._session.scalars(newest_first).all(), self._further()
        corrected = {row.replaces: Replaced(row.number, row.reason) for row in reversed(rows) if row.replaces}
        latest: dict[Span, str] = {}
        found = []
        for row in rows:
            line = _issued(row, corrected.get(row.number), signed.get(row.number, ()))
            newer = latest.setdefault(line.span, line.number)
            found.append(replace(line, newer="" if newer == line.number else newer))
        return found

    def _further(self) -> Mapping[str, Sequence[FurtherSignature]]:
        query = (
            select(SummarySignatureRow)
            .options(defer(SummarySignatureRow.content))
            .where(SummarySignatureRow.withdrawn_at.is_(None))
            .order_by(SummarySignatureRow.recorded_at, SummarySignatureRow.id)
        )
        found: dict[str, list[FurtherSignature]] = {}
        for row in self._session.scalars(query):
            found.setdefault(row.number, []).append(_signature(row))
        return found


def _issued(row: SummaryRow, correction: Replaced | None, signed: Sequence[FurtherSignature]) -> IssuedSummary:
    year = SchoolYear(row.school_year)
    days = row.first_day or year.first_day, row.last_day or year.last_day
    return IssuedSummary(
        number=row.number,
        issued_at=datetime.fromisoformat(row.issued_at),
        actor=row.actor,
        span=Span(SpanKind(row.span), year, *days),
        sha256=row.sha256,
        replaces=Replaced(row.replaces, row.reason) if row.replaces else None,
        replaced_by=correction,
        signatures=tuple(signed),
    )


def _signature(row: SummarySignatureRow) -> FurtherSignature:
    told, moment = issued_summaries.from_json(row.signers), datetime.fromisoformat(row.recorded_at)
    return FurtherSignature(row.id, row.number, Place(row.place), row.name, *told, row.actor, moment)

"""The summaries that a department received, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from profdesk.domain.access import Actor
from profdesk.domain.received import ReceivedSummary
from profdesk.domain.received_register import Receipt
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span, SpanKind
from profdesk.errors import NotFoundError
from profdesk.storage.models import new_id
from profdesk.storage.summary_models import ReceivedSummaryRow

_AT_ONCE = 500
_LIGHT = (defer(ReceivedSummaryRow.document), defer(ReceivedSummaryRow.data))


class ReceivedSummaryStore:
    """A summary is taken away and put back, never deleted."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def add(
        self,
        sender: str,
        summary: ReceivedSummary,
        document: bytes,
        data: bytes,
        name: str,
        fingerprint: str,
        now: datetime,
    ) -> Receipt:
        """Keep a document and the data inside it; ``name`` is the file's."""
        row = ReceivedSummaryRow(
            id=new_id(),
            sender_id=sender,
            number=summary.number,
            replaces=summary.replaces,
            school_year=summary.year.start,
            span=summary.span.kind.value,
            first_day=summary.span.first_day,
            last_day=summary.span.last_day,
            counted_at=summary.counted_at.isoformat(),
            sha256=hashlib.sha256(document).hexdigest(),
            name=name,
            document=document,
            data=data,
            fingerprint=fingerprint,
            received_at=now.isoformat(),
            actor=self._actor.id,
        )
        self._session.add(row)
        return _receipt(row)

    def of_year(self, year: SchoolYear) -> Sequence[Receipt]:
        """Those of a school year, the earliest first, those taken away included."""
        query = select(ReceivedSummaryRow).where(ReceivedSummaryRow.school_year == year.start).options(*_LIGHT)
        return [_receipt(row) for row in self._session.scalars(query.order_by(ReceivedSummaryRow.id))]

    def spans(self) -> frozenset[Span]:
        """Every span of which something came and is not taken away."""
        row = ReceivedSummaryRow
        query = select(row.span, row.school_year, row.first_day, row.last_day).distinct()
        found = self._session.execute(query.where(row.withdrawn_at.is_(None)))
        return frozenset(Span(SpanKind(kind), SchoolYear(year), first, last) for kind, year, first, last in found)

    def of_bytes(self, sha256: str) -> Receipt | None:
        """The one whose document has these bytes, also if it was taken away."""
        query = select(ReceivedSummaryRow).where(ReceivedSummaryRow.sha256 == sha256).options(*_LIGHT)
        row = self._session.scalars(query).one_or_none()
        return None if row is None else _receipt(row)

    def get(self, receipt: str) -> Receipt:
        """Read one; NotFoundError if there is none."""
        return _receipt(self._row(receipt))

    def document(self, receipt: str) -> bytes:
        """The exact bytes as they came."""
        return self._row(receipt).document

    def data(self, receipts: Collection[str]) -> dict[str, bytes]:
        """The data of several, by id."""
        found: dict[str, bytes] = {}
        ordered = sorted(receipts)
        for start in range(0, len(ordered), _AT_ONCE):
            query = select(ReceivedSummaryRow.id, ReceivedSummaryRow.data)
            part = ordered[start : start + _AT_ONCE]
            rows = self._session.execute(query.where(ReceivedSummaryRow.id.in_(part)))
            found.update((row.id, row.data) for row in rows)
        return found

    def withdraw(self, receipt: str, at: datetime | None) -> Receipt:
        """Take one away, or put it back with None."""
        row = self._row(receipt)
        row.withdrawn_at = at.isoformat() if at else None
        return _receipt(row)

    def receive_again(self, receipt: str, now: datetime) -> Receipt:
        """Put back what was taken away and has come once more: it was received now."""
        row = self._row(receipt)
        row.withdrawn_at, row.received_at, row.actor = None, now.isoformat(), self._actor.id
        return _receipt(row)

    def _row(self, receipt: str) -> ReceivedSummaryRow:
        query = select(ReceivedSummaryRow).where(ReceivedSummaryRow.id == receipt).options(*_LIGHT)
        row = self._session.scalars(query).one_or_none()
        if row is None:
            raise NotFoundError("Этой сводки уже нет. Обновите страницу.")
        return row


def _receipt(row: ReceivedSummaryRow) -> Receipt:
    return Receipt(
        id=row.id,
        sender_id=row.sender_id,
        number=row.number,
        replaces=row.replaces,
        span=Span(SpanKind(row.span), SchoolYear(row.school_year), row.first_day, row.last_day),
        counted_at=datetime.fromisoformat(row.counted_at),
        received_at=datetime.fromisoformat(row.received_at),
        sha256=row.sha256,
        name=row.name,
        fingerprint=row.fingerprint,
        is_withdrawn=row.withdrawn_at is not None,
    )

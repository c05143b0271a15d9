"""A department's list of organisations and their keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.senders import KeyRecord, Sender, SenderDraft
from profdesk.errors import NotFoundError
from profdesk.storage.models import new_id
from profdesk.storage.summary_models import SenderKeyRow, SenderRow


class SenderStore:
    """An organisation is withdrawn and a key revoked, never deleted: summaries refer to both."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def all(self) -> Sequence[Sender]:
        """Every organisation in the order of the list's making, those withdrawn included."""
        return [_sender(row) for row in self._session.scalars(select(SenderRow).order_by(SenderRow.id))]

    def get(self, sender: str) -> Sender:
        """Read one; NotFoundError if there is none."""
        return _sender(self._row(sender))

    def add(self, draft: SenderDraft, now: datetime) -> Sender:
        """Put an organisation on the list."""
        row = SenderRow(id=new_id(), actor=self._actor.id, recorded_at=now.isoformat())
        _fill(row, draft)
        self._session.add(row)
        return _sender(row)

    def change(self, sender: str, draft: SenderDraft) -> Sender:
        """Write every field anew."""
        row = self._row(sender)
        _fill(row, draft)
        return _sender(row)

    def withdraw(self, sender: str, at: datetime | None) -> Sender:
        """Take an organisation off the list, or put it back with None."""
        row = self._row(sender)
        row.withdrawn_at = at.isoformat() if at else None
        return _sender(row)

    def all_keys(self) -> Sequence[KeyRecord]:
        """Every key, the latest first."""
        query = select(SenderKeyRow).order_by(SenderKeyRow.received_at.desc(), SenderKeyRow.id.desc())
        return [_key(row) for row in self._session.scalars(query)]

    def key(self, key: str) -> KeyRecord:
        """Read one key; NotFoundError if there is none."""
        return _key(self._key_row(key))

    def add_key(self, sender: str, certificate: bytes, fingerprint: str, now: datetime) -> KeyRecord:
        """Keep a key (PEM) that is yet to be compared."""
        row = SenderKeyRow(
            id=new_id(),
            sender_id=self._row(sender).id,
            certificate=certificate,
            fingerprint=fingerprint,
            received_at=now.isoformat(),
            confirmed_with="",
            revoked_reason="",
            actor=self._actor.id,
        )
        self._session.add(row)
        return _key(row)

    def give_key(self, key: str, sender: str, now: datetime) -> KeyRecord:
        """Put a key under another organisation, there yet to be compared."""
        row = self._key_row(key)
        row.sender_id, row.received_at, row.actor = self._row(sender).id, now.isoformat(), self._actor.id
        row.revoked_at, row.revoked_reason = None, ""
        return _key(row)

    def confirm(self, key: str, whom: str, now: datetime) -> KeyRecord:
        """Note that a key's fingerprint was compared, and with whom."""
        row = self._key_row(key)
        row.confirmed_at, row.confirmed_with, row.actor = now.isoformat(), whom, self._actor.id
        return _key(row)

    def revoke(self, key: str, reason: str, now: datetime) -> KeyRecord:
        """Note that a key counts no longer, and why."""
        row = self._key_row(key)
        row.revoked_at, row.revoked_reason, row.actor = now.isoformat(), reason, self._actor.id
        return _key(row)

    def _row(self, sender: str) -> SenderRow:
        row = self._session.get(SenderRow, sender)
        if row is None:
            raise NotFoundError("Этой организации в списке уже нет. Обновите страницу.")
        return row

    def _key_row(self, key: str) -> SenderKeyRow:
        row = self._session.get(SenderKeyRow, key)
        if row is None:
            raise NotFoundError("Этого ключа уже нет. Обновите страницу.")
        return row


def _fill(row: SenderRow, draft: SenderDraft) -> None:
    row.kind = draft.kind.value
    for name in ("legal_form", "name", "short_name", "telephone", "note"):
        setattr(row, name, getattr(draft, name))


def _sender(row: SenderRow) -> Sender:
    draft = SenderDraft(OrganisationKind(row.kind), row.legal_form, row.name, row.short_name, row.telephone, row.note)
    return Sender(row.id, draft, row.withdrawn_at is not None)


def _key(row: SenderKeyRow) -> KeyRecord:
    return KeyRecord(
        id=row.id,
        sender_id=row.sender_id,
        certificate=row.certificate,
        fingerprint=row.fingerprint,
        received_at=datetime.fromisoformat(row.received_at),
        confirmed_at=_moment(row.confirmed_at),
        confirmed_with=row.confirmed_with,
        revoked_at=_moment(row.revoked_at),
        revoked_reason=row.revoked_reason,
    )


def _moment(words: str | None) -> datetime | None:
    return datetime.fromisoformat(words) if words else None

"""Consultations, interviews and results from elsewhere, all in the psychologists' schema and under their key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.talks import Talk, TalkEntry, TalkKind, Whom
from profdesk.errors import NotFoundError
from profdesk.storage.blobs import Blobs
from profdesk.storage.consents import hidden, is_shown
from profdesk.storage.models import PupilRow, new_id
from profdesk.storage.psy_models import ConsultationRow, ExternalResultRow

_HIDDEN = "Согласие на работу психолога отозвано: запись скрыта. Её покажет новое согласие."
_GONE = "Такой записи больше нет. Обновите страницу."


class TalkStore:
    """A record keeps its kind; its former fields stay in the journal of ``psy``. Withdrawn, never deleted."""

    def __init__(self, session: Session, actor: Actor, blobs: Blobs) -> None:
        self._session = session
        self._actor = actor
        self._blobs = blobs

    def all(self) -> Sequence[Talk]:
        """Everything that stands and may be read today, the latest first."""
        talks = select(ConsultationRow).where(
            ConsultationRow.withdrawn_at.is_(None), is_shown(ConsultationRow.__table__.c.pupil_id)
        )
        results = select(ExternalResultRow).where(
            ExternalResultRow.withdrawn_at.is_(None), is_shown(ExternalResultRow.__table__.c.pupil_id)
        )
        found = [*map(_talk, self._session.scalars(talks)), *map(_result, self._session.scalars(results))]
        return sorted(found, key=lambda one: (one.entry.held_on, one.at), reverse=True)

    def get(self, talk_id: str) -> Talk:
        """Read one record; NotFoundError if there is none, or it may not be read today."""
        row = self._row(talk_id)
        return _talk(row) if isinstance(row, ConsultationRow) else _result(row)

    def write(self, entry: TalkEntry, now: datetime, talk_id: str | None = None) -> str:
        """Write a new record, or what changed of one; gives its id."""
        row = self._new(entry, now) if talk_id is None else self._row(talk_id)
        row.held_on, row.words = entry.held_on, entry.words.strip()
        if isinstance(row, ConsultationRow):
            row.pupil_id, row.whom = entry.pupil, entry.whom.value
            row.reason, row.outcome = entry.reason.strip(), entry.outcome.strip()
        elif entry.pupil is not None:
            row.pupil_id, row.source = entry.pupil, entry.source.strip()
        self._session.add(row)
        self._session.flush()
        return row.id

    def attach(self, talk_id: str, name: str, content: bytes) -> None:
        """Keep the file of a result from elsewhere in place of the one it had."""
        row = self._row(talk_id)
        if isinstance(row, ExternalResultRow):
            row.file_name, row.sha256 = name, self._blobs.put(content)

    def kept(self, digest: str) -> bytes:
        """The bytes of any file under the psychologists' key by their SHA-256."""
        return self._blobs.get(digest)

    def content(self, talk_id: str) -> tuple[str, bytes]:
        """The file of a result from elsewhere: its name and bytes."""
        row = self._row(talk_id)
        if not isinstance(row, ExternalResultRow) or row.sha256 is None:
            raise NotFoundError("У этой записи файла нет.")
        return row.file_name or "файл", self._blobs.get(row.sha256)

    def withdraw(self, talk_id: str, now: datetime | None) -> None:
        """Take a record out of sight, or (None) put it back."""
        self._row(talk_id).withdrawn_at = now.isoformat() if now else None

    def _new(self, entry: TalkEntry, now: datetime) -> ConsultationRow | ExternalResultRow:
        made = {"id": new_id(), "actor": self._actor.id, "recorded_at": now.isoformat()}
        if entry.kind is TalkKind.EXTERNAL:
            return ExternalResultRow(**made)
        return ConsultationRow(**made, kind=entry.kind.value)

    def _row(self, talk_id: str) -> ConsultationRow | ExternalResultRow:
        row = self._session.get(ConsultationRow, talk_id) or self._session.get(ExternalResultRow, talk_id)
        if row is None:
            raise NotFoundError(_GONE)
        if row.pupil_id is not None and self._session.scalar(hidden().where(PupilRow.id == row.pupil_id)):
            raise NotFoundError(_HIDDEN)
        return row


def _talk(row: ConsultationRow) -> Talk:
    entry = TalkEntry(
        kind=TalkKind(row.kind),
        held_on=row.held_on,
        pupil=row.pupil_id,
        whom=Whom(row.whom),
        reason=row.reason,
        words=row.words,
        outcome=row.outcome,
    )
    return Talk(row.id, entry, "", row.actor, datetime.fromisoformat(row.recorded_at))


def _result(row: ExternalResultRow) -> Talk:
    entry = TalkEntry(TalkKind.EXTERNAL, row.held_on, row.pupil_id, source=row.source, words=row.words)
    return Talk(row.id, entry, row.file_name or "", row.actor, datetime.fromisoformat(row.recorded_at))

"""Files of entries of registers; the bytes are kept by ``storage.blobs``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.attachments import Attachment, NewFile
from profdesk.domain.register import Register
from profdesk.errors import NotFoundError
from profdesk.storage.blobs import Blobs
from profdesk.storage.register_models import AttachmentRow


class AttachmentStore:
    """A file is withdrawn, never deleted; an entry that is withdrawn keeps its files."""

    def __init__(self, session: Session, actor: Actor, blobs: Blobs) -> None:
        self._session = session
        self._actor = actor
        self._blobs = blobs

    def of_entry(self, register: Register, entry: str) -> Sequence[Attachment]:
        """The files that an entry has, the first added first."""
        return self.of_register(register, entry).get(entry, ())

    def of_register(self, register: Register, *entries: str) -> Mapping[str, Sequence[Attachment]]:
        """The files of a register's entries (only ``entries``, if any are named) by entry; those without are left out.

        One query, however many entries there are.
        """
        query = select(AttachmentRow).where(
            AttachmentRow.register == register.code, AttachmentRow.withdrawn_at.is_(None)
        )
        if entries:
            query = query.where(AttachmentRow.entry.in_(entries))
        found: dict[str, list[Attachment]] = {}
        for row in self._session.scalars(query.order_by(AttachmentRow.recorded_at, AttachmentRow.id)):
            found.setdefault(row.entry, []).append(_attachment(row))
        return found

    def add(self, register: Register, entry: str, file: NewFile, now: datetime) -> Attachment:
        """Keep a file of an entry; the same bytes are kept once."""
        row = AttachmentRow(
            register=register.code,
            entry=entry,
            name=file.name,
            size=file.size,
            sha256=self._blobs.put(file.content),
            actor=self._actor.id,
            recorded_at=now.isoformat(),
        )
        self._session.add(row)
        self._session.flush()
        return _attachment(row)

    def register(self, attachment: str) -> str:
        """The code of the register to which a file's entry belongs."""
        return self._row(attachment).register

    def content(self, attachment: str) -> bytes:
        """Read a file back; WorkspaceError if its bytes are lost or spoiled."""
        return self._blobs.get(self._row(attachment).sha256)

    def withdraw(self, attachment: str, now: datetime) -> None:
        """Take a file away from its entry; turning the batch round puts it back."""
        self._row(attachment).withdrawn_at = now.isoformat()

    def _row(self, attachment: str) -> AttachmentRow:
        row = self._session.get(AttachmentRow, attachment)
        if row is None:
            raise NotFoundError("Такого файла больше нет. Обновите страницу.")
        return row


def _attachment(row: AttachmentRow) -> Attachment:
    return Attachment(row.id, row.name, row.size, row.sha256, row.actor, datetime.fromisoformat(row.recorded_at))

"""The signing key: its certificate in the open, its private part wrapped by the vault's seal key."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from profdesk.errors import AccessError, NotFoundError, WorkspaceError
from profdesk.storage.models import SigningKeyRow

_NONCE = 12


@dataclass(frozen=True)
class Kept:
    """A signing key as one computer hands it to another; both parts PEM."""

    id: str
    certificate: bytes
    private: bytes | None = field(repr=False)
    """None for a computer at which nobody signs."""
    made_at: str


class KeyStore:
    """``seal`` is None for users whose role does not sign."""

    def __init__(self, session: Session, seal: bytes | None) -> None:
        self._session = session
        self._seal = seal

    def add(self, certificate: bytes, private: bytes) -> None:
        """Keep a new key (both parts PEM); the newest is the one signed with."""
        nonce = secrets.token_bytes(_NONCE)
        wrapped = nonce + self._cipher().encrypt(nonce, private, certificate)
        now = datetime.now(UTC).isoformat()
        self._session.add(SigningKeyRow(certificate=certificate, wrapped=wrapped, made_at=now))

    def certificate(self) -> bytes:
        """The public certificate, PEM."""
        return self._newest().certificate

    def private(self) -> bytes:
        """The private key, PEM; AccessError where the user's role does not sign."""
        return _opened(self._newest(), self._cipher())

    def kept(self, *, private: bool) -> Sequence[Kept]:
        """Every key to be handed on, its private part only on request; AccessError where the role does not sign."""
        rows = self._session.scalars(select(SigningKeyRow).order_by(SigningKeyRow.made_at))
        return [
            Kept(row.id, row.certificate, _opened(row, self._cipher()) if private else None, row.made_at)
            for row in rows
        ]

    def bring_in(self, kept: Iterable[Kept]) -> None:
        """Keep keys that came from another computer, whose journal tells of them, under this one's seal."""
        rows = [
            {"id": key.id, "certificate": key.certificate, "wrapped": self._wrapped(key), "made_at": key.made_at}
            for key in kept
        ]
        if rows:
            self._session.execute(insert(SigningKeyRow), rows)

    def _wrapped(self, key: Kept) -> bytes:
        if key.private is None:
            return b""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher().encrypt(nonce, key.private, key.certificate)

    def rewrap(self, former: bytes) -> None:
        """Put every signing key that lies under a former seal under today's."""
        for row in self._session.scalars(select(SigningKeyRow)):
            if not row.wrapped:
                continue
            private = _opened(row, AESGCM(former))
            nonce = secrets.token_bytes(_NONCE)
            row.wrapped = nonce + self._cipher().encrypt(nonce, private, row.certificate)

    def _newest(self) -> SigningKeyRow:
        query = select(SigningKeyRow).order_by(SigningKeyRow.made_at.desc()).limit(1)
        row = self._session.scalars(query).one_or_none()
        if row is None:
            raise NotFoundError("В рабочей папке нет ключа подписи.")
        return row

    def _cipher(self) -> AESGCM:
        if self._seal is None:
            raise AccessError("Подписывать может владелец, руководитель или координатор.")
        return AESGCM(self._seal)


def _opened(row: SigningKeyRow, cipher: AESGCM) -> bytes:
    if not row.wrapped:
        raise AccessError("Ключа подписи на этом компьютере нет. Подпишите на том, где подписывает руководитель.")
    try:
        return cipher.decrypt(row.wrapped[:_NONCE], row.wrapped[_NONCE:], row.certificate)
    except InvalidTag as error:
        raise WorkspaceError("Ключ подписи повреждён. Восстановите рабочую папку из копии.") from error

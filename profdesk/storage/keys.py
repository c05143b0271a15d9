"""The signing key: its certificate in the open, its private part wrapped by the vault's seal key."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.errors import AccessError, NotFoundError, WorkspaceError
from profdesk.storage.models import SigningKeyRow

_NONCE = 12


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
        row = self._newest()
        cipher = self._cipher()
        try:
            return cipher.decrypt(row.wrapped[:_NONCE], row.wrapped[_NONCE:], row.certificate)
        except InvalidTag as error:
            raise WorkspaceError("Ключ подписи повреждён. Восстановите рабочую папку из копии.") from error

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

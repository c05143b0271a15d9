"""What a signature file made outside says of a document: mathematically right or not, by whose certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LABEL = "математически верна; квалифицированный статус не проверялся"
"""What is said of every signature that holds: no chain of certificates is followed here."""


@dataclass(frozen=True)
class OutsideSigner:
    """Who signed, in the words of the certificate; ``signed_at`` is what the signer's computer said, if it did."""

    name: str
    organisation: str
    post: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime
    algorithm: str
    signed_at: datetime | None = None

    @property
    def within_validity(self) -> bool | None:
        """Whether the certificate was valid on the day of signing; None if that day is not told."""
        return None if self.signed_at is None else self.valid_from <= self.signed_at <= self.valid_until

    @property
    def validity(self) -> str:
        """«действителен с 23.11.2026 по 20.11.2036»."""
        return f"действителен с {self.valid_from:%d.%m.%Y} по {self.valid_until:%d.%m.%Y}"

    @property
    def doubt(self) -> str:
        """What is said beside the moment of signing if the certificate was not valid then."""
        return ": сертификат тогда не действовал" if self.within_validity is False else ""


@dataclass(frozen=True)
class OutsideVerdict:
    """``reason`` is a sentence in any case; ``signers`` are those whose signatures hold."""

    holds: bool
    reason: str
    signers: tuple[OutsideSigner, ...] = ()

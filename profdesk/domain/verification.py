"""The answer to «is this file whole, and whose is it?»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Verdict(IntEnum):
    """The value is the exit code of ``profdesk verify``."""

    TRUSTED = 0
    UNKNOWN_KEY = 1
    REFUSED = 2


@dataclass(frozen=True)
class KeyInfo:
    """A signing key's certificate in words; ``fingerprint`` is SHA-256 of its DER form in hex."""

    organisation: str
    holder: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime

    @property
    def short_fingerprint(self) -> str:
        """The first eight digits in groups of four, to be compared by telephone: «7F2A 91C4»."""
        head = self.fingerprint[:8].upper()
        return f"{head[:4]} {head[4:]}"


@dataclass(frozen=True)
class Verification:
    """One file's verdict; ``reason`` is a Russian sentence, present for every verdict."""

    verdict: Verdict
    reason: str
    key: KeyInfo | None = None
    signed_at: datetime | None = None
    title: str | None = None

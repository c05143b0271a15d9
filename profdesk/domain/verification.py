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
        """The first eight digits, to tell keys apart in a list: «7F2A 91C4»."""
        return _in_fours(self.fingerprint[:8])

    @property
    def spoken_fingerprint(self) -> str:
        """Twenty digits to be compared by telephone before a key is trusted: too many to be found by trying."""
        return _in_fours(self.fingerprint[:20])


def _in_fours(digits: str) -> str:
    return " ".join(digits[place : place + 4].upper() for place in range(0, len(digits), 4))


@dataclass(frozen=True)
class Verification:
    """One file's verdict; ``reason`` is a Russian sentence, present for every verdict."""

    verdict: Verdict
    reason: str
    key: KeyInfo | None = None
    signed_at: datetime | None = None
    title: str | None = None

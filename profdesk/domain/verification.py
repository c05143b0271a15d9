"""The answer to «is this file whole, and whose is it?»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

MOST_SIGNATURES = 8
"""A document with more is refused."""
SECOND_PLACE = "SecondSignature"
"""What the field for a second signature is called where a paper has one."""


class Verdict(IntEnum):
    """The value is the exit code of ``profdesk verify``."""

    TRUSTED = 0
    UNKNOWN_KEY = 1
    REFUSED = 2


@dataclass(frozen=True)
class KeyInfo:
    """A signing key's certificate in words; ``fingerprint`` is SHA-256 of its DER form in hex.

    ``post`` is empty in an organisation's key; a key that has one is a person's own, and ``holder`` is that person.
    """

    organisation: str
    holder: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    post: str = ""

    @property
    def person(self) -> str:
        """The holder with the post, where there is one."""
        return f"{self.holder}, {self.post}" if self.post else self.holder

    @property
    def owner(self) -> str:
        """Whose key it is: the organisation, or the person with the organisation."""
        return f"{self.person} ({self.organisation})" if self.post else self.organisation

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
class Signature:
    """One of a whole file's signatures; ``known`` says whether its key is known on this computer."""

    key: KeyInfo
    signed_at: datetime
    known: bool


@dataclass(frozen=True)
class Verification:
    """One file's verdict; ``reason`` is a Russian sentence, present for every verdict.

    ``key`` and ``signed_at`` are of the signature that the reason speaks of, the first where all are known.
    ``signatures`` are all of a file that is not refused, in the order they were made.
    """

    verdict: Verdict
    reason: str
    key: KeyInfo | None = None
    signed_at: datetime | None = None
    title: str | None = None
    signatures: tuple[Signature, ...] = ()

    @property
    def signers(self) -> tuple[tuple[KeyInfo, datetime | None], ...]:
        """Whose signatures there are to tell of, and when they were made: all, or the one that the refusal is about."""
        if self.key and not self.signatures:
            return ((self.key, self.signed_at),)
        return tuple((one.key, one.signed_at) for one in self.signatures)

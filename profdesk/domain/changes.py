"""What a committed verb has changed, so that each page can decide whether to read again."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of things a page may show."""

    ORGANISATION = "organisation"
    PROGRAMME = "programme"
    PUPILS = "pupils"
    GROUPS = "groups"
    ASSESSMENTS = "assessments"
    EVIDENCE = "evidence"
    BATCHES = "batches"
    CERTIFICATES = "certificates"
    DESIGNS = "designs"
    SUMMARIES = "summaries"
    SENDERS = "senders"
    RECEIVED = "received"
    KEYS = "keys"
    CONSENTS = "consents"
    DIAGNOSTICS = "diagnostics"
    REGISTERS = "registers"
    ACTIVITIES = "activities"
    COPIES = "copies"
    COMPUTERS = "computers"
    FIGURES = "figures"
    ROUTES = "routes"
    USERS = "users"
    DEEDS = "deeds"
    ERASURES = "erasures"


@dataclass(frozen=True)
class Changes:
    """Which kinds changed, and in which batch of the journal (None: nothing was written)."""

    kinds: frozenset[Kind] = field(default_factory=frozenset)
    batch: str | None = None

    @classmethod
    def of(cls, batch: str | None, *kinds: Kind) -> Changes:
        """Changes of the given kinds, written as one batch of the journal."""
        return cls(frozenset(kinds), batch)

    def touches(self, *kinds: Kind) -> bool:
        """Whether any of the kinds changed."""
        return not self.kinds.isdisjoint(kinds)

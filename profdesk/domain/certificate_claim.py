"""The claim of a certificate: what its code proves without the paper's register; see docs/certificate-format.md."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_register import Issued, Standing
from profdesk.domain.programme import CompetencySet, Programme
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.verification import KeyInfo, Verdict

DIGEST = 8
"""How many bytes of SHA-256 name a set of competencies."""


@dataclass(frozen=True)
class Claim:
    """What was certified: ``stages`` run as on the paper, None is not assessed; ``highest`` is the scale's last.

    With ``formed_only`` the paper shows those of the highest stage alone, and None is not shown.
    ``competencies`` names the set (``set_digest``), so that a reader with the programme can tell their titles.
    """

    number: str
    issued_on: date
    organisation: str
    pupil: str
    group: str
    year: SchoolYear
    level: str
    competencies: bytes
    highest: int
    stages: tuple[int | None, ...]
    formed_only: bool = False


def claim_of(facts: CertificateFacts) -> Claim:
    """The claim of a numbered certificate; ValueError for one without a number."""
    if facts.number is None:
        raise ValueError("a certificate is claimed under its number")
    return Claim(
        number=facts.number,
        issued_on=facts.issued_on,
        organisation=facts.organisation.short_name,
        pupil=facts.pupil.full,
        group=facts.group,
        year=facts.year,
        level=facts.level.code,
        competencies=set_digest(facts.competencies),
        highest=facts.scale[-1].value,
        stages=facts.stages,
        formed_only=facts.formed_only,
    )


def set_digest(competencies: CompetencySet) -> bytes:
    """Name a set by its codes in their order."""
    return codes_digest(item.code for item in competencies.items)


def codes_digest(codes: Iterable[str]) -> bytes:
    """The same of the codes alone."""
    return hashlib.sha256("\n".join(codes).encode()).digest()[:DIGEST]


def titles(claim: Claim, programmes: Iterable[Programme]) -> tuple[str, ...] | None:
    """What the competencies of a claim are called; None if none of the programmes has the set."""
    for programme in programmes:
        for level in programme.levels:
            if set_digest(level.competencies) == claim.competencies and len(level.competencies.items) == len(
                claim.stages
            ):
                return tuple(item.plain for item in level.competencies.items)
    return None


@dataclass(frozen=True)
class CodeAnswer:
    """What a code proves; ``names`` are the titles of the claim's competencies where the set is known.

    ``reason`` is a sentence for every verdict; ``claim`` is there if the code could be read, proven or not.
    ``entry`` is the line that issued this code in the register at hand, if one was ``looked_up``.
    """

    verdict: Verdict
    reason: str
    claim: Claim | None = None
    key: KeyInfo | None = None
    names: tuple[str, ...] | None = None
    looked_up: bool = False
    entry: Issued | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether the register at hand says that the paper is worth nothing."""
        return self.entry is not None and self.entry.standing is Standing.WITHDRAWN

    @property
    def standing(self) -> str:
        """What the register at hand says of the paper; empty if there was none to ask."""
        if not self.looked_up:
            return ""
        if self.entry is None:
            return "в реестре этой организации нет"
        if self.entry.withdrawn_on is None:
            return self.entry.standing.label
        return f"{self.entry.standing.label} {self.entry.withdrawn_on:%d.%m.%Y}: {self.entry.withdrawn_reason}"

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The competencies (by their numbers where their titles are not known) with their stages in figures."""
        if self.claim is None:
            return ()
        stages = self.claim.stages
        names = self.names or tuple(f"Компетенция {number}" for number in range(1, len(stages) + 1))
        none = "на сертификате не показано" if self.claim.formed_only else "не оценено"
        told = (none if stage is None else f"{stage} из {self.claim.highest}" for stage in stages)
        return tuple(zip(names, told, strict=True))

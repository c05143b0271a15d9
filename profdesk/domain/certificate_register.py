"""The register of certificates: what was issued to whom, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from profdesk.domain.people import PersonName, fold
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import WrongInputError

_LONGEST = 300


class Standing(StrEnum):
    """What a certificate is worth today."""

    VALID = "valid"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """As screens and papers say it."""
        return {"valid": "действует", "withdrawn": "отозван"}[self]


@dataclass(frozen=True)
class Issued:
    """A line of the register; ``duplicate_of`` is the number of the certificate that this one was issued instead of.

    ``code`` is the text of the code on the paper, empty on those issued before there were codes.
    """

    number: str
    pupil_id: str
    pupil: PersonName
    group: str
    year: SchoolYear
    issued_on: date
    actor: str
    code: str
    duplicate_of: str | None = None
    withdrawn_on: date | None = None
    withdrawn_reason: str = ""

    @property
    def standing(self) -> Standing:
        """What it is worth."""
        return Standing.WITHDRAWN if self.withdrawn_on else Standing.VALID

    def matches(self, words: str) -> bool:
        """Whether the line holds every searched word."""
        told = (self.number, self.pupil.full, self.group, self.year.title, f"{self.issued_on:%d.%m.%Y}")
        line = fold(" ".join((*told, self.standing.label, self.withdrawn_reason)))
        return all(word in line for word in fold(words).split())


def check_reason(issued: Issued, reason: str) -> str:
    """The reason of a withdrawal, tidied; WrongInputError if there is none or the certificate is withdrawn already."""
    if issued.withdrawn_on is not None:
        raise WrongInputError(f"Сертификат № {issued.number} уже отозван {issued.withdrawn_on:%d.%m.%Y}.")
    tidy = " ".join(reason.split())
    if not tidy:
        raise WrongInputError("Напишите, почему сертификат отозван: причина останется в реестре.")
    if len(tidy) > _LONGEST:
        raise WrongInputError(f"Причина длиннее {_LONGEST} знаков: напишите короче.")
    return tidy

"""The register of certificates: what was issued to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from profdesk.domain import plural
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

    ``sequence`` counts those of a calendar year from 1.
    ``code`` is the text of the code on the paper, empty on those issued before there were codes.
    ``in_word`` is one that stands on the school's blank in Word.
    """

    number: str
    sequence: int
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
    in_word: bool = False

    @property
    def standing(self) -> Standing:
        """What it is worth."""
        return Standing.WITHDRAWN if self.withdrawn_on else Standing.VALID

    @property
    def state(self) -> str:
        """What it is worth, and since when it is worth nothing: «отозван 12.11.2026»."""
        return self.standing.label + (f" {self.withdrawn_on:%d.%m.%Y}" if self.withdrawn_on else "")

    @property
    def note(self) -> str:
        """Why it was withdrawn, or instead of which it was issued."""
        return self.withdrawn_reason or (f"дубликат № {self.duplicate_of}" if self.duplicate_of else "")

    @property
    def whom(self) -> str:
        """The class and the school year it is about."""
        return ", ".join(filter(None, (self.group, self.year.title)))

    def matches(self, words: str, who: str = "") -> bool:
        """Whether the line, with the name of who issued it, holds every searched word."""
        told = (self.number, self.pupil.full, self.whom, f"{self.issued_on:%d.%m.%Y}", who, self.state)
        line = fold(" ".join((*told, self.withdrawn_reason, self.note)))
        return all(word in line for word in fold(words).split())


def counted(found: Sequence[Issued]) -> str:
    """How many there are, and how many of them are valid and withdrawn."""
    words = plural.counted(len(found), "сертификат", "сертификата", "сертификатов")
    withdrawn = sum(one.standing is Standing.WITHDRAWN for one in found)
    return f"{words}, действует {len(found) - withdrawn}, отозвано {withdrawn}" if withdrawn else words


def span(numbers: Sequence[str]) -> str:
    """How many were issued, and the first and the last number: «2 сертификата, № 2026-0001 – 2026-0002»."""
    words = plural.counted(len(numbers), "сертификат", "сертификата", "сертификатов")
    return f"{words}, № {numbers[0]}" + (f" – {numbers[-1]}" if len(numbers) > 1 else "")


def check_for_badges(chosen: Iterable[Issued]) -> None:
    """WrongInputError if one of them is withdrawn: no pupil takes along what is worth nothing."""
    for one in chosen:
        if one.standing is Standing.WITHDRAWN:
            raise WrongInputError(f"Сертификат № {one.number} {one.state}: значок по нему не выдаётся.")


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

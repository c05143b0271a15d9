"""What a portfolio certificate certifies: the facts, fixed before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from profdesk.domain.organisation import Organisation
from profdesk.domain.people import PersonName
from profdesk.domain.portfolio import Completeness
from profdesk.domain.programme import CompetencySet, Level, Stage
from profdesk.domain.school_year import SchoolYear


@dataclass(frozen=True)
class Signatory:
    """A line to be signed by hand: «Директор», «Е. В. Соколова»."""

    post: str
    name: str


@dataclass(frozen=True)
class CertificateFacts:
    """One pupil's certificate; ``stages`` runs parallel to ``competencies.items``, None is not assessed.

    ``number`` is None on a preview, where nothing has been taken from the register yet; then there is no ``code``
    (the text of the code that proves the paper) either. ``duplicate_of`` is the number it is issued instead of.
    """

    number: str | None
    organisation: Organisation
    pupil: PersonName
    group: str
    level: Level
    year: SchoolYear
    competencies: CompetencySet
    stages: tuple[int | None, ...]
    scale: tuple[Stage, ...]
    issued_on: date
    signatories: tuple[Signatory, ...]
    code: str = ""
    duplicate_of: str | None = None

    @property
    def completeness(self) -> Completeness:
        """How much of the set was assessed."""
        return Completeness(sum(s is not None for s in self.stages), len(self.stages))


@dataclass(frozen=True)
class Candidate:
    """A pupil who may get a certificate; preselected when the portfolio is complete."""

    pupil: str
    name: PersonName
    completeness: Completeness

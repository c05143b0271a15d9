"""What a portfolio certificate certifies: the facts, fixed before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from profdesk.domain.organisation import Organisation
from profdesk.domain.people import PersonName
from profdesk.domain.portfolio import Completeness
from profdesk.domain.programme import CompetencySet, Level, Stage
from profdesk.domain.school_year import SchoolYear


@dataclass(frozen=True)
class CertificateFacts:
    """One pupil's certificate: all that is printed and no more.

    ``stages`` runs parallel to ``competencies.items``, None is not assessed, or with ``formed_only`` not the highest
    and so not shown. ``former`` has the stages of last school year in the same order, where growth is shown.
    ``number`` is None on a preview, where nothing has been taken from the register yet; then there is no ``code``
    (the text of the code that proves the paper) either. ``duplicate_of`` is the number it is issued instead of.
    ``deeds`` and ``achievements`` are lines as they are printed. ``teacher_post`` is who signs beside the head.
    ``blank`` is the SHA-256 of the school's blank in Word that is filled with all this; empty: the program draws it.
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
    teacher_post: str
    code: str = ""
    duplicate_of: str | None = None
    formed_only: bool = False
    former: tuple[int | None, ...] = ()
    deeds: tuple[str, ...] = ()
    achievements: tuple[str, ...] = ()
    blank: str = ""

    @property
    def completeness(self) -> Completeness:
        """How much of the set was assessed."""
        return Completeness(sum(s is not None for s in self.stages), len(self.stages))

    @property
    def grown(self) -> frozenset[int]:
        """The places of the competencies whose stage is higher than last school year."""
        pairs = enumerate(zip(self.stages, self.former, strict=False))
        return frozenset(place for place, (now, then) in pairs if now is not None and then is not None and now > then)


def formed_alone(stages: Iterable[int | None], highest: int) -> tuple[int | None, ...]:
    """Stages with all but the highest left out, as ``formed_only`` shows them."""
    return tuple(stage if stage == highest else None for stage in stages)


def teacher_post(*, in_school: bool) -> str:
    """Who signs beside the head."""
    return "Классный руководитель" if in_school else "Воспитатель"


@dataclass(frozen=True)
class Candidate:
    """A pupil who may get a certificate; ``issued``: has a valid one of this school year already."""

    pupil: str
    name: PersonName
    completeness: Completeness
    issued: bool = False

    @property
    def ready(self) -> bool:
        """Whether one is to be issued without being asked for: the portfolio is complete and none was."""
        return self.completeness.complete and not self.issued

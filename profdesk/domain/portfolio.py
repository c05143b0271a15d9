"""The competency portfolio: assessments are appended, a later one supersedes an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from profdesk.domain.people import Group, Pupil
from profdesk.domain.programme import CompetencySet
from profdesk.domain.school_year import Period


class Basis(StrEnum):
    """On what an assessment rests; the value is what the database keeps."""

    OBSERVATION = "observation"
    DIAGNOSTICS = "diagnostics"
    TRIAL = "trial"
    SELF = "self"
    PARENTS = "parents"

    @property
    def label(self) -> str:
        """As screens name it."""
        return _BASIS_LABELS[self]

    @property
    def strand(self) -> str:
        """Assessments supersede each other inside one strand only: staff, self or parents."""
        return self.value if self in (Basis.SELF, Basis.PARENTS) else "staff"


_BASIS_LABELS = {
    Basis.OBSERVATION: "Наблюдение",
    Basis.DIAGNOSTICS: "Диагностика",
    Basis.TRIAL: "Проба",
    Basis.SELF: "Самооценка",
    Basis.PARENTS: "Мнение родителей",
}


@dataclass(frozen=True)
class Cell:
    """One cell of the class grid: a pupil's competency in a period."""

    pupil: str
    competency: str


@dataclass(frozen=True)
class Mark:
    """A stage to be set in a cell; None takes the assessment back (the cell is blank again)."""

    cell: Cell
    stage: int | None


@dataclass(frozen=True)
class StageChange:
    """What one mark did: undo sets ``before``, redo sets ``after``."""

    cell: Cell
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Saved:
    """What was committed and when (local time with its zone)."""

    changes: tuple[StageChange, ...]
    at: datetime


@dataclass(frozen=True)
class Completeness:
    """How many of a set's competencies have an assessment; complete when none is missing.

    A portfolio is complete when every competency of the level's set has been assessed in the
    school year, in whichever term (design, section 4).
    """

    assessed: int
    total: int

    @property
    def missing(self) -> int:
        """How many competencies have no assessment yet."""
        return self.total - self.assessed

    @property
    def complete(self) -> bool:
        """Whether the portfolio counts as complete («заполнено»)."""
        return self.total > 0 and self.assessed >= self.total


@dataclass(frozen=True)
class Grid:
    """The class grid of one period.

    ``stages`` are this period's, ``earlier`` the period before; ``in_year`` counts competencies
    assessed in the school year per pupil id, which is what completeness means.
    """

    group: Group
    period: Period
    competencies: CompetencySet
    pupils: tuple[Pupil, ...]
    stages: Mapping[Cell, int]
    earlier: Mapping[Cell, int]
    in_year: Mapping[str, int]

    def completeness(self, pupil: str) -> Completeness:
        """Completeness of one pupil's portfolio in the school year."""
        return Completeness(self.in_year.get(pupil, 0), len(self.competencies.items))

"""The competency portfolio: assessments are appended, a later one supersedes an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from profdesk.domain.people import Group, Pupil
from profdesk.domain.programme import CompetencySet
from profdesk.domain.school_year import Period

STAFF = "staff"
"""The strand that the grid shows and papers certify."""


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
        return self.value if self in (Basis.SELF, Basis.PARENTS) else STAFF


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
class Assessment:
    """One fact of a cell's history: which stage (None: taken back), on what basis, when observed, by whom.

    ``actor`` is the id of a user, ``at`` when it was recorded.
    """

    stage: int | None
    basis: Basis
    period: Period
    made_on: date
    actor: str
    at: datetime


def opinions(history: Sequence[Assessment]) -> Sequence[Assessment]:
    """Of one cell, term and strand (the latest first) the latest of each user; the first is the one that stands."""
    latest: dict[str, Assessment] = {}
    for one in history:
        latest.setdefault(one.actor, one)
    return tuple(latest.values())


def differing(history: Sequence[Assessment]) -> Sequence[Assessment]:
    """Of one cell, term and strand (the latest first) what others than its last rater think, if not the same.

    Whoever took the stage back has no opinion, and nothing differs from a blank cell.
    """
    standing, *others = opinions(history) or (None,)
    if standing is None or standing.stage is None:
        return ()
    return tuple(one for one in others if one.stage not in (None, standing.stage))


def other_stage(history: Sequence[Assessment]) -> int | None:
    """The latest of the stages that differ, None if all agree."""
    return next((one.stage for one in differing(history)), None)


@dataclass(frozen=True)
class Standing:
    """The stage that stands for a pupil's competency in a term and strand."""

    strand: str
    competency: str
    period: Period
    stage: int


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

    ``stages`` are this period's, ``earlier`` the period before, both of one ``strand``; ``in_year`` counts
    competencies that the staff assessed in the school year per pupil id, which is what completeness means.
    ``others`` holds the latest stage of another user where it differs; ``notes`` the words noted, ``files``
    how many there are.
    """

    group: Group
    period: Period
    competencies: CompetencySet
    pupils: tuple[Pupil, ...]
    stages: Mapping[Cell, int]
    earlier: Mapping[Cell, int]
    in_year: Mapping[str, int]
    others: Mapping[Cell, int] = field(default_factory=dict)
    notes: Mapping[Cell, str] = field(default_factory=dict)
    files: Mapping[Cell, int] = field(default_factory=dict)
    strand: str = STAFF

    def completeness(self, pupil: str) -> Completeness:
        """Completeness of one pupil's portfolio in the school year."""
        return Completeness(self.in_year.get(pupil, 0), len(self.competencies.items))

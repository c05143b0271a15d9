"""One child entered twice: what is known of each, and what is to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from profdesk.domain.people import Leave, PersonName, Pupil, Sex
from profdesk.domain.school_year import SchoolYear


@dataclass(frozen=True)
class SchoolYearOf:
    """In which class a pupil was in a school year, and whether that was left."""

    year: SchoolYear
    group: str
    leave: Leave | None = None


@dataclass(frozen=True)
class PupilHistory:
    """A pupil with what was recorded over the years, in numbers; ``years`` are the latest first."""

    pupil: Pupil
    years: tuple[SchoolYearOf, ...]
    assessments: int
    notes: int
    files: int
    certificates: int
    route_lines: int = 0

    @property
    def weight(self) -> tuple[bool, int, int]:
        """The one that weighs more is rather the one that stays."""
        facts = self.assessments + self.notes + self.files + self.certificates + self.route_lines
        return self.pupil.attends, facts, len(self.years)


@dataclass(frozen=True)
class Merge:
    """``goes`` turns out to be ``stays``, who gets the name, birth date and sex chosen, and all facts.

    ``class_of`` is whose class of the current year is kept; in other years in which both were in a class, it
    is that of ``stays``.
    """

    stays: str
    goes: str
    name: PersonName
    birth_date: date
    sex: Sex | None
    class_of: str

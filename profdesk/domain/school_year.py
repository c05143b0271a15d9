"""School years and terms: 2026/27 begins on 1 September 2026, its second term on 1 January 2027."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

_FIRST_MONTH = 9


class Term(IntEnum):
    """Half of a school year; the value is what the database keeps."""

    FIRST = 1
    SECOND = 2

    @property
    def title(self) -> str:
        """As screens name it: «1-е полугодие»."""
        return f"{int(self)}-е полугодие"


@dataclass(frozen=True, order=True)
class SchoolYear:
    """A school year by the calendar year it begins in."""

    start: int

    @classmethod
    def containing(cls, day: date) -> SchoolYear:
        """July and August belong to the year that has just ended."""
        return cls(day.year if day.month >= _FIRST_MONTH else day.year - 1)

    @property
    def title(self) -> str:
        """As screens and papers write it: «2026/27»."""
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @property
    def previous(self) -> SchoolYear:
        """The school year before this one."""
        return SchoolYear(self.start - 1)

    @property
    def next(self) -> SchoolYear:
        """The school year after this one."""
        return SchoolYear(self.start + 1)

    @property
    def first_day(self) -> date:
        """The first of September."""
        return date(self.start, _FIRST_MONTH, 1)

    @property
    def last_day(self) -> date:
        """The last of August."""
        return date(self.start + 1, _FIRST_MONTH - 1, 31)

    def days_until(self, today: date) -> tuple[date, date]:
        """First and last day of the year not after ``today``, which is both before the year has begun."""
        last = min(today, self.last_day)
        return min(self.first_day, last), last


@dataclass(frozen=True, order=True)
class Period:
    """A term of a school year: what one round of assessments belongs to."""

    year: SchoolYear
    term: Term

    @classmethod
    def containing(cls, day: date) -> Period:
        """September to December is the first term, January to August the second."""
        term = Term.FIRST if day.month >= _FIRST_MONTH else Term.SECOND
        return cls(SchoolYear.containing(day), term)

    @property
    def title(self) -> str:
        """As screens write it: «1-е полугодие 2026/27»."""
        return f"{self.term.title} {self.year.title}"

    @property
    def last_day(self) -> date:
        """The last day of December or of May: what is left for the summer is late."""
        return date(self.year.start, 12, 31) if self.term is Term.FIRST else date(self.year.start + 1, 5, 31)

    @property
    def previous(self) -> Period:
        """The term before, over the border of the year if need be."""
        if self.term is Term.SECOND:
            return Period(self.year, Term.FIRST)
        return Period(self.year.previous, Term.SECOND)

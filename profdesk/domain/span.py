"""What a summary is of: a school year, one of its terms, or any days within it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from profdesk.domain.school_year import SchoolYear, Term
from profdesk.errors import WrongInputError

_OF_YEAR = re.compile(r"(20\d\d)(/\d\d)(?:-([12]))?", re.ASCII)
_OF_DAYS = re.compile(r"(\d\d\.\d\d\.20\d\d)-(\d\d\.\d\d\.20\d\d)", re.ASCII)


class SpanKind(StrEnum):
    """How the days were chosen; the value is what the database keeps."""

    YEAR = "year"
    FIRST_TERM = "term-1"
    SECOND_TERM = "term-2"
    DAYS = "days"


_KINDS = {Term.FIRST: SpanKind.FIRST_TERM, Term.SECOND: SpanKind.SECOND_TERM}
_TERMS = {kind: term for term, kind in _KINDS.items()}


@dataclass(frozen=True)
class Span:
    """Days of one school year, both ends counted: pupils belong to classes by the year, so no span leaves it."""

    kind: SpanKind
    year: SchoolYear
    first_day: date
    last_day: date

    @classmethod
    def of_year(cls, year: SchoolYear) -> Span:
        """From the first of September to the last of August."""
        return cls(SpanKind.YEAR, year, year.first_day, year.last_day)

    @classmethod
    def of_term(cls, year: SchoolYear, term: Term) -> Span:
        """September to December, or January to August."""
        if term is Term.FIRST:
            return cls(_KINDS[term], year, year.first_day, date(year.start, 12, 31))
        return cls(_KINDS[term], year, date(year.start + 1, 1, 1), year.last_day)

    @classmethod
    def of_days(cls, first: date, last: date) -> Span:
        """Any days; WrongInputError unless both are of one school year, in their order."""
        if last < first:
            raise WrongInputError("Последний день раньше первого. Поменяйте их местами.")
        year = SchoolYear.containing(first)
        if year != SchoolYear.containing(last):
            raise WrongInputError(
                "Период должен лежать в одном учебном году, с 1 сентября по 31 августа: на новый год классы меняются."
            )
        return cls(SpanKind.DAYS, year, first, last)

    @classmethod
    def written(cls, words: str) -> Span:
        """Read «2026/27», the term «2026/27-1» or «01.10.2026-15.11.2026»; WrongInputError if it is none of these."""
        found, days = _OF_YEAR.fullmatch(words), _OF_DAYS.fullmatch(words)
        try:
            if days is not None:
                first, last = (datetime.strptime(day, "%d.%m.%Y").replace(tzinfo=UTC) for day in days.groups())
                return cls.of_days(first.date(), last.date())
            if found is not None and (year := SchoolYear(int(found[1]))).title == found[1] + found[2]:
                return cls.of_term(year, Term(int(found[3]))) if found[3] else cls.of_year(year)
        except ValueError as error:
            raise WrongInputError(f"Такого дня нет: {words}.") from error
        raise WrongInputError(f"Период «{words}» непонятен. Пишите 2026/27, 2026/27-1 или 01.10.2026-15.11.2026.")

    @property
    def term(self) -> Term | None:
        """The term that it is; None for a year and for days."""
        return _TERMS.get(self.kind)

    @property
    def previous(self) -> Span:
        """What it is compared with: the term before, else the same days of the year before."""
        before = self.year.previous
        if self.kind is SpanKind.YEAR:
            return Span.of_year(before)
        if self.kind is SpanKind.SECOND_TERM:
            return Span.of_term(self.year, Term.FIRST)
        if self.kind is SpanKind.FIRST_TERM:
            return Span.of_term(before, Term.SECOND)
        return Span(self.kind, before, _year_before(self.first_day), _year_before(self.last_day))

    @property
    def title(self) -> str:
        """After «за»: «2026/27 учебный год», «1-е полугодие 2026/27», «период с 01.10.2026 по 15.11.2026»."""
        if self.kind is SpanKind.YEAR:
            return f"{self.year.title} учебный год"
        if self.term is not None:
            return f"{self.term.title} {self.year.title}"
        return f"период с {self.first_day:%d.%m.%Y} по {self.last_day:%d.%m.%Y}"

    def has_begun(self, today: date) -> bool:
        """Whether there is anything to count yet."""
        return self.first_day <= today

    def days_until(self, today: date) -> tuple[date, date]:
        """First and last day not after ``today``, which is both before the span has begun."""
        last = min(today, self.last_day)
        return min(self.first_day, last), last


def _year_before(day: date) -> date:
    return date(day.year - 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)

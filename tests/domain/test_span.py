"""Spans of time that are counted: a year, its terms and any days, in words and in order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain.school_year import SchoolYear, Term
from profdesk.domain.span import Span, SpanKind
from profdesk.errors import WrongInputError

YEAR = SchoolYear(2026)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def test_a_year_is_its_two_terms() -> None:
    year, first, second = Span.of_year(YEAR), Span.of_term(YEAR, Term.FIRST), Span.of_term(YEAR, Term.SECOND)
    assert (first.first_day, second.last_day) == (year.first_day, year.last_day)
    assert second.first_day - first.last_day == timedelta(days=1)
    assert (year.term, first.term, second.term) == (None, Term.FIRST, Term.SECOND)


@pytest.mark.parametrize(
    ("span", "title", "before"),
    [
        (Span.of_year(YEAR), "2026/27 учебный год", "2025/26 учебный год"),
        (Span.of_term(YEAR, Term.FIRST), "1-е полугодие 2026/27", "2-е полугодие 2025/26"),
        (Span.of_term(YEAR, Term.SECOND), "2-е полугодие 2026/27", "1-е полугодие 2026/27"),
        (
            Span.of_days(date(2026, 10, 1), date(2026, 11, 15)),
            "период с 01.10.2026 по 15.11.2026",
            "период с 01.10.2025 по 15.11.2025",
        ),
        (
            Span.of_days(date(2028, 2, 29), date(2028, 3, 1)),
            "период с 29.02.2028 по 01.03.2028",
            "период с 28.02.2027 по 01.03.2027",
        ),
    ],
)
def test_a_span_is_told_and_has_one_before(span: Span, title: str, before: str) -> None:
    assert (span.title, span.previous.title) == (title, before)


@given(DAYS, DAYS)
def test_days_lie_in_one_school_year(first: date, last: date) -> None:
    if last < first or SchoolYear.containing(first) != SchoolYear.containing(last):
        with pytest.raises(WrongInputError):
            Span.of_days(first, last)
        return
    span = Span.of_days(first, last)
    assert (span.kind, span.year) == (SpanKind.DAYS, SchoolYear.containing(first))
    assert span.year.first_day <= span.first_day <= span.last_day <= span.year.last_day
    assert span.previous.year == span.year.previous
    assert span.previous.last_day < span.first_day


def test_a_span_is_read_as_it_is_written() -> None:
    assert Span.written("2026/27") == Span.of_year(SchoolYear(2026))
    assert Span.written("2026/27-2") == Span.of_term(SchoolYear(2026), Term.SECOND)
    assert Span.written("01.10.2026-15.11.2026") == Span.of_days(date(2026, 10, 1), date(2026, 11, 15))


@pytest.mark.parametrize(
    "words", ["", "2026", "2026/28", "2026/27-3", "31.02.2026-01.03.2026", "01.09.2025-01.10.2026", "٢٠٢٦/27"]
)
def test_what_is_no_span_is_refused_in_words(words: str) -> None:
    with pytest.raises(WrongInputError):
        Span.written(words)

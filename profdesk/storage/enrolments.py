"""Which enrolments count: whoever left during the year is in no class any more."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, extract, or_

from profdesk.domain.people import LeaveReason
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span, SpanKind
from profdesk.storage.models import EnrolmentRow

_LAST = SchoolYear(0).last_day


def attending() -> ColumnElement[bool]:
    """True of an enrolment that stands or that somebody left at the end of the year: ``Pupil.attends``."""
    left = EnrolmentRow.left_on
    year = extract("year", left) - EnrolmentRow.school_year
    return or_(
        left.is_(None),
        EnrolmentRow.left_reason == LeaveReason.GRADUATED.value,
        (year * 100 + extract("month", left)) * 100 + extract("day", left)
        >= (_LAST.year * 100 + _LAST.month) * 100 + _LAST.day,
    )


def attending_in(span: Span) -> ColumnElement[bool]:
    """True of an enrolment of the span's year that stands on its last day, or that graduation ended within it.

    Of a whole year this is ``attending``. The day somebody came is not recorded: whoever is in a class counts from
    the first day of its year.
    """
    if span.kind is SpanKind.YEAR:
        return attending()
    left, graduated = EnrolmentRow.left_on, EnrolmentRow.left_reason == LeaveReason.GRADUATED.value
    return or_(left.is_(None), left >= span.last_day, and_(graduated, left >= span.first_day))

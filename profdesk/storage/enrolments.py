"""Which enrolments count: whoever left during the year is in no class any more."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_

from profdesk.domain.people import LeaveReason
from profdesk.storage.models import EnrolmentRow


def attending() -> ColumnElement[bool]:
    """True of an enrolment that stands; those who graduated were there to the end of their year."""
    return or_(EnrolmentRow.left_on.is_(None), EnrolmentRow.left_reason == LeaveReason.GRADUATED.value)

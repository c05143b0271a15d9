"""The one place where a consent lets a deed be done or stops it; what asks for which is in ``domain.consent_gates``."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk.domain import consent_gates
from profdesk.domain.consent_gates import Deed
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import WrongInputError

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork


def ensure(unit: UnitOfWork, deed: Deed, pupils: Collection[str], day: date | None = None) -> None:
    """WrongInputError, naming whom, if a deed of a day (None: today) may not be done with some pupils (ids).

    For verbs with a unit of work open, before they write.
    """
    today = datetime.now(UTC).astimezone().date()
    withdrawn, missing = unit.consents.barred(deed, pupils, day or today, today)
    for barred, is_withdrawn in ((withdrawn, True), (missing, False)):
        if barred:
            found = unit.pupils.some(barred, SchoolYear.containing(day or today))
            names = [one.name.short for one in found]
            raise WrongInputError(consent_gates.refusal(deed, names, withdrawn=is_withdrawn))


def ensure_sheets(unit: UnitOfWork, sheets: Collection[str]) -> None:
    """The same of answer sheets (ids) that are to be written on, as of the day of their sessions."""
    by_day: dict[date, list[str]] = {}
    for pupil, day in unit.diagnostics.days_of(sheets):
        by_day.setdefault(day, []).append(pupil)
    for day, whom in by_day.items():
        ensure(unit, Deed.DIAGNOSE, whom, day)

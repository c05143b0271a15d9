"""What the registers say of the programme's indicators: staff that was trained, agreements, web pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.register import Entry
from profdesk.domain.school_year import SchoolYear

ORGANISATIONS = frozenset({"agreements", "web_pages"})
"""Measures that ask of an organisation whether it has something; of whom else it is not asked there is none."""
OF_STAFF = frozenset({"staff_trained", "staff_involved_trained"})
"""Measures that ask of the staff."""
_PROFESSIONAL = ("college", "university")

Share = tuple[int, int]
"""Numerator and denominator."""


@dataclass(frozen=True)
class Registers:
    """The entries of the registers that indicators are counted from."""

    staff: Iterable[Entry]
    trainings: Iterable[Entry]
    partners: Iterable[Entry]
    agreements: Iterable[Entry]
    web_pages: Iterable[Entry]


def shares(registers: Registers, kind: OrganisationKind, year: SchoolYear, today: date) -> Mapping[str, Share]:
    """Count every measure as it stood on a day, or on the last one of a year that is over."""
    day = min(today, year.last_day)
    asked = int(kind is OrganisationKind.SCHOOL)
    return {
        "staff_trained": _trained(registers, day, involved=False),
        "staff_involved_trained": _trained(registers, day, involved=True),
        "agreements": (asked * _has_agreement(registers, day), asked),
        "web_pages": (asked * _has_page(registers, year), asked),
    }


def _trained(registers: Registers, day: date, *, involved: bool) -> Share:
    """Of those who work there on a day, and are ``involved`` in the programme if that is asked."""
    there = {
        one.id
        for one in registers.staff
        if not _is_before(one.values["left_on"], day) and (one.values["involved"] or not involved)
    }
    trained = {
        one.values["person"]
        for one in registers.trainings
        if one.values["on_subject"] and _is_before(one.values["finished_on"], day)
    }
    return len(there & trained), len(there)


def _has_agreement(registers: Registers, day: date) -> bool:
    """Whether an agreement with an organisation of professional education is valid on a day."""
    colleges = {one.id for one in registers.partners if one.values["kind"] in _PROFESSIONAL}
    return any(
        one.values["partner"] in colleges
        and _is_before(one.values["signed_on"], day)
        and not (isinstance(until := one.values["valid_until"], date) and until < day)
        for one in registers.agreements
    )


def _has_page(registers: Registers, year: SchoolYear) -> bool:
    return any(
        one.values["works"]
        and isinstance(checked := one.values["checked_on"], date)
        and year.first_day <= checked <= year.last_day
        for one in registers.web_pages
    )


def _is_before(value: object, day: date) -> bool:
    """Whether something is known to have been by the end of a day."""
    return isinstance(value, date) and value <= day

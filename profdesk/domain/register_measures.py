"""What the registers say of the programme's indicators: staff that was trained, agreements, web pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.register import Entry
from profdesk.domain.span import Span

ORGANISATIONS = frozenset({"agreements", "web_pages"})
"""Measures that ask of an organisation whether it has something; of whom else it is not asked there is none."""
OF_STAFF = frozenset({"staff_trained", "staff_involved_trained"})
"""Measures that ask of the staff."""
MEASURES = ORGANISATIONS | OF_STAFF
_PROFESSIONAL = ("college", "university")

_SELF = "organisation"


@dataclass(frozen=True)
class Share:
    """Who counts of those whom a measure asks of, by their ids; an organisation asked of itself has an id of its own.

    So the figure and the names behind it are one and the same.
    """

    counted: frozenset[str]
    asked: frozenset[str]

    @property
    def numerator(self) -> int:
        """How many count."""
        return len(self.counted)

    @property
    def denominator(self) -> int:
        """How many there are."""
        return len(self.asked)


@dataclass(frozen=True)
class Registers:
    """The entries of the registers that indicators are counted from."""

    staff: Collection[Entry]
    trainings: Collection[Entry]
    partners: Collection[Entry]
    agreements: Collection[Entry]
    web_pages: Collection[Entry]


def shares(registers: Registers, kind: OrganisationKind, span: Span, today: date) -> Mapping[str, Share]:
    """Count every measure as it stood on the last day of a span that is not after today; pages on any of its days."""
    _, day = span.days_until(today)
    asked = kind is OrganisationKind.SCHOOL
    return {
        "staff_trained": _trained(registers, day, involved=False),
        "staff_involved_trained": _trained(registers, day, involved=True),
        "agreements": _of_itself(valid_agreements(registers, day), asked=asked),
        "web_pages": _of_itself(working_pages(registers, span), asked=asked),
    }


def valid_agreements(registers: Registers, day: date) -> Sequence[Entry]:
    """The agreements with organisations of professional education that are valid on a day."""
    return [one for one in registers.agreements if not agreement_flaw(one, registers, day)]


def agreement_flaw(agreement: Entry, registers: Registers, day: date) -> str:
    """Why an agreement does not count on a day; empty if it does."""
    partner = agreement.values["partner"]
    if not any(one.id == partner and one.values["kind"] in _PROFESSIONAL for one in registers.partners):
        return "партнёр не колледж и не вуз"
    signed, until = agreement.values["signed_on"], agreement.values["valid_until"]
    if not _is_before(signed, day):
        return f"подписан позже, {signed:%d.%m.%Y}" if isinstance(signed, date) else "не указано, когда подписан"
    return f"истёк {until:%d.%m.%Y}" if isinstance(until, date) and until < day else ""


def working_pages(registers: Registers, span: Span) -> Sequence[Entry]:
    """The web pages that open and were looked at on one of the days of a span."""
    return [one for one in registers.web_pages if not page_flaw(one, span)]


def page_flaw(page: Entry, span: Span) -> str:
    """Why a web page does not count for a span; empty if it does."""
    checked = page.values["checked_on"]
    if not page.values["works"]:
        return "не открывается"
    if not isinstance(checked, date):
        return "не проверена"
    return "" if span.first_day <= checked <= span.last_day else f"проверена в другое время, {checked:%d.%m.%Y}"


def course_flaw(course: Entry, day: date) -> str:
    """Why a course does not count on a day; empty if it does."""
    finished = course.values["finished_on"]
    if not course.values["on_subject"]:
        return "не по теме программы"
    if _is_before(finished, day):
        return ""
    return f"окончен позже, {finished:%d.%m.%Y}" if isinstance(finished, date) else "не окончен"


def _trained(registers: Registers, day: date, *, involved: bool) -> Share:
    """Of those who work there on a day, and are ``involved`` in the programme if that is asked."""
    there = frozenset(
        one.id
        for one in registers.staff
        if not _is_before(one.values["left_on"], day) and (one.values["involved"] or not involved)
    )
    trained = {one.values["person"] for one in registers.trainings if not course_flaw(one, day)}
    return Share(there & trained, there)


def _of_itself(entries: Sequence[Entry], *, asked: bool) -> Share:
    """Whether an organisation that is asked has something."""
    itself = frozenset([_SELF] if asked else ())
    return Share(itself if entries else frozenset(), itself)


def _is_before(value: object, day: date) -> bool:
    """Whether something is known to have been by the end of a day."""
    return isinstance(value, date) and value <= day

"""Which class and term a page shows: what is offered, and what stays chosen when the year changes."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.domain.organisation import Organisation
from profdesk.domain.people import Group
from profdesk.domain.school_year import Period, Term


def choose(groups: Sequence[Group], wanted: str | None, shown: Group | None) -> Group | None:
    """The group to show; 7 «А» was 6 «А» a year ago, a kindergarten group keeps its title."""
    for group in groups:
        if group.id == wanted:
            return group
    for group in groups:
        if shown is not None and group.was(shown):
            return group
    return groups[0] if groups else None


def periods(organisation: Organisation) -> tuple[Period, ...]:
    """The terms one may mark, the latest first: both of this school year and of the year before."""
    year = organisation.period.year
    return tuple(Period(one, term) for one in (year, year.previous) for term in (Term.SECOND, Term.FIRST))

"""What answers the programme's indicators, gathered for whoever counts them: the overview and the summary."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from profdesk.domain import choice_measures, register_measures
from profdesk.domain.choice_measures import Choices
from profdesk.domain.register_measures import Registers, Share
from profdesk.domain.registers import AGREEMENTS, PARTNERS, STAFF, TRAININGS, WEB_PAGES
from profdesk.domain.registers_of_pupils import DESTINATIONS, PROFESSION_CHOICES, PROFILE_CHOICES, PROFILE_STUDIES
from profdesk.domain.registers_of_work import DEMAND
from profdesk.domain.span import Span
from profdesk.services import activities

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork


def reached(unit: UnitOfWork, span: Span, today: date) -> Mapping[str, Collection[str]]:
    """The pupils (ids) of each measure that asks of pupils, portfolios aside.

    Activities count if they were held on the days of the span, choices as they stood at its end.
    """
    _, day = span.days_until(today)
    return {
        **activities.reached(unit, span).by_measure,
        **choice_measures.reached(choices(unit), day),
    }


def shares(unit: UnitOfWork, span: Span, today: date) -> Mapping[str, Share]:
    """What the registers answer as they stood at the end of a span."""
    kind = unit.organisation.get().kind
    return {
        **register_measures.shares(of_school(unit), kind, span, today),
        **choice_measures.shares(choices(unit), span.year),
    }


def of_school(unit: UnitOfWork) -> Registers:
    """The registers of the school itself that measures are counted from."""
    return Registers(*(unit.registers.entries(one) for one in (STAFF, TRAININGS, PARTNERS, AGREEMENTS, WEB_PAGES)))


def choices(unit: UnitOfWork) -> Choices:
    """The registers of pupils that measures are counted from."""
    registers = (PROFILE_CHOICES, PROFILE_STUDIES, PROFESSION_CHOICES, DESTINATIONS, DEMAND)
    return Choices(*(unit.registers.entries(one) for one in registers))

"""Districts to be added up: the summaries of many organisations as a department reads them, over several spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from published_schools import school

from profdesk.domain import received, summary_data, trends
from profdesk.domain.consolidation import consolidate
from profdesk.domain.consolidation_paper import ConsolidationPaper
from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.published import publish
from profdesk.domain.received import ReceivedSummary
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.domain.span import Span
from profdesk.domain.summary import Summary

NOW = datetime(2027, 6, 4, 9, 30, tzinfo=UTC)
LONG = "Школа № {} с углублённым изучением отдельных предметов имени Героя Советского Союза В. П. Пономарёва"
DEPARTMENT = Organisation(
    "", OrganisationKind.DEPARTMENT, "Управление образования", "Артёмовский городской округ", "УО Артёмовского ГО",
    "Артёмовский городской округ", "Начальник", "", Period(SchoolYear(2026), Term.SECOND),
)  # fmt: skip


def summary_of(number: int, span: Span, most: int = 40) -> Summary:
    """A school of random sizes; every third has a long name."""
    made = school(Random(number * 31 + span.first_day.toordinal()), most)  # noqa: S311
    name = LONG.format(number) if number % 3 == 0 else f"Школа № {number}"
    whose = replace(made.organisation, name=name, short_name=name if number % 3 == 0 else f"МБОУ «{name}»")
    level = [replace(one, title=LEVELS[one.level]) for one in made.levels]
    return replace(made, organisation=whose, span=span, number="2027/01", counted_at=NOW, levels=tuple(level))


LEVELS = {"preschool": "Дети 5–7 лет", "primary": "1–4 классы", "basic": "5–8 классы", "secondary": "9–11 классы"}


def sent(count: int, span: Span, first: int = 1) -> Sequence[ReceivedSummary]:
    """What so many organisations sent, read back from their data."""
    numbers = range(first, first + count)
    return [received.read(summary_data.to_json(publish(summary_of(number, span)))) for number in numbers]


def paper(count: int, years: int = 3, absent: Sequence[str] = ()) -> ConsolidationPaper:
    """A district's paper; of the year before one organisation more is there."""
    spans = [Span.of_year(SchoolYear(2026 - back)) for back in range(years)]
    expected = {one: one for one in absent}
    made = [consolidate(sent(count + (back == 1), span), span, expected)[0] for back, span in enumerate(spans)]
    left_out = (("Школа 99.pdf", "Ключ этой подписи на этом компьютере не известен."),)
    return ConsolidationPaper(DEPARTMENT, made[0], NOW, trends.trends(made), left_out)

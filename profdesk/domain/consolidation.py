"""Summaries of many organisations added up: numerators and denominators, never percentages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from profdesk.domain.received import ReceivedFigure, ReceivedSummary
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.summary import percent
from profdesk.errors import WrongInputError


@dataclass(frozen=True)
class Line:
    """An indicator over all organisations whose numbers are told; ``hidden`` are those whose are not.

    Indicators that were counted by different rules stand on lines of their own.
    """

    code: str
    title: str
    rule: str
    target: float | None
    numerator: int
    denominator: int
    told: int
    hidden: int
    of_people: bool

    @property
    def percent(self) -> Decimal | None:
        """Of the sums; None where nobody is in the denominator."""
        return percent(self.numerator, self.denominator)


@dataclass(frozen=True)
class Consolidation:
    """``summaries`` are those that count, by organisation; ``lines`` run in the order of the programme."""

    year: SchoolYear
    programme: str
    summaries: tuple[ReceivedSummary, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class LeftOut:
    """A summary that is whole and known but does not count, and why."""

    summary: ReceivedSummary
    reason: str


def consolidate(received: Iterable[ReceivedSummary]) -> tuple[Consolidation, Sequence[LeftOut]]:
    """Add up the latest summary of each organisation; the school year that most are of is taken.

    WrongInputError if there is nothing to add up.
    """
    there = list(received)
    if not there:
        raise WrongInputError("Складывать нечего: ни одна сводка не принята.")
    year = max((one.year for one in there), key=lambda year: (sum(one.year == year for one in there), year))
    programme = max((one.programme for one in there), key=lambda code: sum(one.programme == code for one in there))
    out: list[LeftOut] = []
    latest: dict[str, ReceivedSummary] = {}
    for one in sorted(there, key=lambda summary: summary.counted_at, reverse=True):
        if one.year != year:
            out.append(LeftOut(one, f"другой учебный год: {one.year.title}, а складываются сводки за {year.title}"))
        elif one.programme != programme:
            out.append(LeftOut(one, f"другая программа: «{one.programme}», а складываются сводки по «{programme}»"))
        elif one.organisation in latest:
            newer = latest[one.organisation]
            out.append(LeftOut(one, f"есть новее: № {newer.number} от {newer.counted_at:%d.%m.%Y}"))
        else:
            latest[one.organisation] = one
    counted = tuple(sorted(latest.values(), key=lambda summary: summary.short_name))
    return Consolidation(year, programme, counted, _lines(counted)), out


def _lines(summaries: Sequence[ReceivedSummary]) -> tuple[Line, ...]:
    found: dict[tuple[str, str], list[ReceivedFigure]] = {}
    for summary in summaries:
        for figure in summary.figures:
            found.setdefault((figure.code, figure.rule), []).append(figure)
    return tuple(_line(figures) for figures in found.values())


def _line(figures: Sequence[ReceivedFigure]) -> Line:
    first = figures[0]
    pairs = [
        (one.numerator, one.denominator) for one in figures if one.numerator is not None and one.denominator is not None
    ]
    return Line(
        code=first.code,
        title=first.title,
        rule=first.rule,
        target=first.target,
        numerator=sum(numerator for numerator, _ in pairs),
        denominator=sum(denominator for _, denominator in pairs),
        told=len(pairs),
        hidden=len(figures) - len(pairs),
        of_people=first.of_people,
    )

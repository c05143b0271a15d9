"""How the sums of all organisations go from span to span, and how they go in the same organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from profdesk.domain.consolidation import Consolidation
from profdesk.domain.span import Span, SpanKind
from profdesk.domain.sums import Line, Sum

_MOST = 6
"""Spans that are shown together."""


@dataclass(frozen=True)
class Point:
    """The sum of a span, and ``organisations``, the full names of those it is of.

    ``before`` and ``now`` are the sums of this span and the one before it over the organisations that told both; None
    for the first point, and where nobody told both.
    """

    span: Span
    sum: Sum
    organisations: frozenset[str]
    before: Sum | None = None
    now: Sum | None = None
    like: bool = True
    """Whether it is of the same organisations as the point before it."""
    retold: bool = False
    """Whether the summaries of the span after it say it: those of its own have not come."""


@dataclass(frozen=True)
class Trend:
    """An indicator over spans, the oldest first; only what was counted by the same edition of the same rule.

    ``otherwise`` are the spans in which the indicator was counted by another one: their numbers are not compared.
    """

    code: str
    title: str
    rule: str
    target: Decimal | None
    of_people: bool
    points: tuple[Point, ...]
    otherwise: tuple[Span, ...]


def chain(span: Span, there: Collection[Span]) -> Sequence[Span]:
    """The spans that a span is compared with and itself, the oldest first; gaps are passed over.

    Years follow years, terms terms, and other days the same days of the years before.
    """
    found = []
    for _ in range(2 * _MOST):
        if span in there:
            found.append(span)
        span = span.previous
    return found[:_MOST][::-1]


def label(span: Span) -> tuple[str, str]:
    """A span in two short lines under a drawing: «1-е пол.» over «26/27», «01.10–» over «15.11.26»."""
    year = span.year.title[2:]
    if span.kind is SpanKind.YEAR:
        return year, ""
    if span.term is not None:
        return f"{int(span.term)}-е пол.", year
    return f"{span.first_day:%d.%m}–", f"{span.last_day:%d.%m.%y}"


def trends(consolidations: Iterable[Consolidation]) -> tuple[Trend, ...]:
    """A trend for every line of the newest span.

    What its summaries say of the span before is a point too, where that span's own summaries have not come.
    """
    by_span = sorted(consolidations, key=lambda one: one.span.first_day)
    return tuple(_trend(line, by_span) for line in by_span[-1].lines) if by_span else ()


def _trend(newest: Line, by_span: Sequence[Consolidation]) -> Trend:
    points: list[Point] = []
    otherwise: list[Span] = []
    former: Line | None = None
    for one in by_span:
        lines = [line for line in one.lines if line.code == newest.code]
        line = next((line for line in lines if line.rule == newest.rule), None)
        if line is newest and all(other.span != one.span.previous for other in by_span):
            former = _add(points, replace(newest, parts=newest.before), one.span.previous, former, retold=True)
        if line is not None:
            former = _add(points, line, one.span, former)
        elif lines:
            otherwise.append(one.span)
    return Trend(
        newest.code, newest.title, newest.rule, newest.target, newest.of_people, tuple(points), tuple(otherwise)
    )


def _add(points: list[Point], line: Line, span: Span, former: Line | None, *, retold: bool = False) -> Line | None:
    """Add a point, if any organisation tells it; gives the line that the next one is compared with."""
    told = _told(line)
    if not told:
        return former
    if former is None:
        points.append(Point(span, line.sum, told, retold=retold))
        return line
    both = told & _told(former)
    before, now = (Sum.of(part for part in of.parts if part.organisation in both) for of in (former, line))
    like = told == _told(former)
    points.append(Point(span, line.sum, told, before if both else None, now if both else None, like, retold))
    return line


def _told(line: Line) -> frozenset[str]:
    return frozenset(part.organisation for part in line.parts if part.is_told)

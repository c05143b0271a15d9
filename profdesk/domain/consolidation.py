"""Summaries of many organisations added up: numerators and denominators, never percentages."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from operator import attrgetter
from typing import TypeVar

from profdesk.domain import scope, sums
from profdesk.domain.people import fold
from profdesk.domain.received import ReceivedCoverage, ReceivedFigure, ReceivedSummary
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span
from profdesk.domain.sums import Count, LevelLine, Line, Part, StageLine, Sum
from profdesk.errors import WrongInputError

T = TypeVar("T", bound=Hashable)
_RUN = re.compile(r"([^0-9]*)([0-9]*)")


@dataclass(frozen=True)
class Absent:
    """An organisation whose summary of the span has not come."""

    organisation: str
    short_name: str


@dataclass(frozen=True)
class Consolidation:
    """``summaries`` are those that count, by organisation; ``lines`` run in the order of the programme.

    ``total`` is all levels together: what organisations tell of themselves as a whole, which more of them do than tell
    every level. ``law_levels`` are the levels of the law, where they are told.
    """

    span: Span
    programme: str
    programme_title: str
    summaries: tuple[ReceivedSummary, ...]
    lines: tuple[Line, ...]
    levels: tuple[LevelLine, ...]
    total: LevelLine
    stages: tuple[StageLine, ...]
    law_levels: tuple[LevelLine, ...] = ()
    absent: tuple[Absent, ...] = ()

    @property
    def year(self) -> SchoolYear:
        """The school year that the span lies in."""
        return self.span.year

    @property
    def counted_at(self) -> datetime:
        """When the newest of the summaries was counted."""
        return max(one.counted_at for one in self.summaries)

    @property
    def organisations(self) -> frozenset[str]:
        """The full names of those who sent."""
        return frozenset(one.organisation for one in self.summaries)


@dataclass(frozen=True)
class LeftOut:
    """A summary that is whole and known but does not count, and why."""

    summary: ReceivedSummary
    reason: str


def consolidate(
    received: Iterable[ReceivedSummary], span: Span | None = None, expected: Mapping[str, str] | None = None
) -> tuple[Consolidation, Sequence[LeftOut]]:
    """Add up one summary of each organisation, all of one span: a correction before what it corrects, else the latest.

    Without a span the one that most are of is taken, the latest of several. ``expected`` are the organisations that
    should send, full and short names. WrongInputError if there is nothing to add up.
    """
    there = sorted(received, key=lambda one: (one.counted_at, one.number, one.organisation), reverse=True)
    wanted = span or _commonest_span(there)
    of_span = [one for one in there if one.span == wanted]
    if wanted is None or not of_span:
        raise WrongInputError(
            f"Складывать нечего: ни одной сводки за {wanted.title} нет."
            if wanted and there
            else "Складывать нечего: ни одна сводка не принята."
        )
    programme = max(
        (one.programme for one in of_span), key=lambda code: (sum(one.programme == code for one in of_span), code)
    )
    latest, out = _choose(there, wanted, programme)
    counted = tuple(sorted(latest.values(), key=_by_name))
    absent = [Absent(*names) for names in (expected or {}).items() if names[0] not in latest]
    return _added(wanted, counted, sorted(absent, key=_by_name)), out


def _commonest_span(there: Sequence[ReceivedSummary]) -> Span | None:
    spans = [one.span for one in there]
    return max(spans, key=lambda one: (spans.count(one), one.last_day, one.first_day), default=None)


def _choose(
    there: Sequence[ReceivedSummary], span: Span, programme: str
) -> tuple[Mapping[str, ReceivedSummary], Sequence[LeftOut]]:
    """The summary of each organisation that counts, and the others with the reason; ``there`` has the newest first."""
    corrections = {(one.organisation, one.replaces): one for one in reversed(there) if one.replaces}
    latest: dict[str, ReceivedSummary] = {}
    out: list[LeftOut] = []
    for one in there:
        correction = corrections.get((one.organisation, one.number))
        if one.span != span:
            out.append(LeftOut(one, f"другой период: {one.span.title}, а складываются сводки за {span.title}"))
        elif one.programme != programme:
            out.append(LeftOut(one, f"другая программа: «{one.programme}», а складываются сводки по «{programme}»"))
        elif correction is not None and correction.replaces != correction.number:
            out.append(LeftOut(one, f"исправлена сводкой № {correction.number}"))
        elif one.organisation in latest:
            out.append(LeftOut(one, _older(one, latest[one.organisation])))
        else:
            latest[one.organisation] = one
    return latest, out


def _older(one: ReceivedSummary, newer: ReceivedSummary) -> str:
    if (one.number, one.counted_at) == (newer.number, newer.counted_at):
        return f"сводка № {one.number} уже учтена"
    return f"есть новее: № {newer.number} от {newer.counted_at:%d.%m.%Y}"


def _added(span: Span, counted: Sequence[ReceivedSummary], absent: Sequence[Absent]) -> Consolidation:
    newest = sorted(counted, key=lambda one: (one.programme_edition, one.counted_at), reverse=True)
    return Consolidation(
        span=span,
        programme=newest[0].programme,
        programme_title=newest[0].programme_title,
        summaries=tuple(counted),
        lines=tuple(_lines(newest)),
        levels=tuple(_levels([(one, one.levels) for one in newest], _level_order(newest))),
        law_levels=tuple(
            _levels([(one, one.law_levels) for one in newest], [level.code for level in scope.LEGAL_LEVELS])
        ),
        total=_level([(one, one.total) for one in counted], "", "Все уровни"),
        stages=tuple(_stages(newest)),
        absent=tuple(absent),
    )


def _lines(newest: Sequence[ReceivedSummary]) -> Iterable[Line]:
    """Titles, targets and the order are those of the newest edition of the programme."""
    found: dict[tuple[str, str], list[tuple[ReceivedSummary, ReceivedFigure]]] = {}
    having: dict[str, set[str]] = {}
    for summary in newest:
        for figure in summary.figures:
            found.setdefault((figure.code, figure.rule), []).append((summary, figure))
            having.setdefault(figure.code, set()).add(summary.organisation)
    order = _in_programme_order([figure.code for figure in summary.figures] for summary in newest)
    for (code, rule), figures in sorted(found.items(), key=lambda one: order.index(one[0][0])):
        first = figures[0][1]
        parts = [Part(of.organisation, of.short_name, one.numerator, one.denominator) for of, one in figures]
        yield Line(
            code=code,
            title=first.title,
            rule=rule,
            text=first.text,
            target=first.target,
            of_people=first.of_people,
            parts=_in_order(parts),
            silent=len(newest) - len(having[code]),
            otherwise=len(having[code]) - len(parts),
            before=_in_order(_before([of for of, _ in figures], code)),
        )


def _before(summaries: Iterable[ReceivedSummary], code: str) -> Iterable[Part]:
    for of in summaries:
        for one in of.before:
            if one.code == code:
                yield Part(of.organisation, of.short_name, one.numerator, one.denominator)


def _level_order(newest: Sequence[ReceivedSummary]) -> Sequence[str]:
    """The codes of the programme's levels: an organisation need not have all, but its indicators name them."""
    own = [[level.level for level in summary.levels] for summary in newest]
    return _in_programme_order([*(figure.levels for summary in newest for figure in summary.figures), *own])


def _levels(
    told: Sequence[tuple[ReceivedSummary, Sequence[ReceivedCoverage]]], known: Sequence[str]
) -> Iterable[LevelLine]:
    found: dict[str, list[tuple[ReceivedSummary, ReceivedCoverage]]] = {}
    for summary, levels in told:
        for level in levels:
            found.setdefault(level.level, []).append((summary, level))
    order = [*(code for code in known if code in found), *(code for code in found if code not in known)]
    return (_level(found[code], code, found[code][0][1].title) for code in order)


def _level(rows: Sequence[tuple[ReceivedSummary, ReceivedCoverage]], code: str, title: str) -> LevelLine:
    begun, complete = (
        [Part(of.organisation, of.short_name, number(row), row.pupils) for of, row in rows]
        for number in (attrgetter("begun"), attrgetter("complete"))
    )
    return LevelLine(code, title, Count.of(row.pupils for _, row in rows), Sum.of(begun), _in_order(complete))


def _in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=_by_name))


def _by_name(one: ReceivedSummary | Absent | Part) -> tuple[Sequence[tuple[str, int]], str]:
    """№ 2 before № 10."""
    runs = _RUN.findall(fold(one.short_name))
    return [(letters, int(digits or 0)) for letters, digits in runs], one.organisation


def _in_programme_order(lists: Iterable[Sequence[T]]) -> Sequence[T]:
    """What stands in many lists, in the order that it has there; the first list decides where they contradict."""
    order: TopologicalSorter[T] = TopologicalSorter()
    seen: dict[T, None] = {}
    for one in lists:
        seen |= dict.fromkeys(one)
        for former, later in zip([None, *one], one, strict=False):
            order.add(later, *([] if former is None else [former]))
    try:
        return list(order.static_order())
    except CycleError:
        return list(seen)


def _stages(newest: Sequence[ReceivedSummary]) -> Iterable[StageLine]:
    found: dict[tuple[str, str, tuple[str, ...]], list[tuple[Sequence[int | None], int | None]]] = {}
    titles: dict[tuple[str, str], str] = {}
    for summary in newest:
        pupils = {level.level: level.pupils for level in summary.levels}
        for row in summary.stages:
            titles.setdefault((row.level, row.code), row.title)
            found.setdefault((row.level, row.code, summary.scale), []).append((row.cells, pupils[row.level]))
    order = _in_programme_order([(row.level, row.code) for row in summary.stages] for summary in newest)
    levels = _level_order(newest)
    for level, code, scale in sorted(found, key=lambda one: (levels.index(one[0]), one[2], order.index(one[:2]))):
        yield sums.stage_line((level, code, titles[level, code]), scale, found[level, code, scale])

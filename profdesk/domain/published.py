"""What leaves the school of a summary: numbers of one to four pupils, and what would betray them, are None."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from decimal import Decimal

from profdesk.domain.disclosure import Table, hidden, is_small
from profdesk.domain.programme import Competency, Indicator, Level
from profdesk.domain.published_coverage import Key, Name, asked_name, coverage_table, figure_name
from profdesk.domain.register_measures import OF_STAFF
from profdesk.domain.summary import (
    Coverage,
    Figure,
    Heading,
    LevelStages,
    StageCounts,
    State,
    Summary,
    percent,
)

_HIGH, _ALL = -1, -2


@dataclass(frozen=True)
class PublishedFigure:
    """An indicator; a hidden one keeps its denominator, unless that would tell of few too."""

    indicator: Indicator
    numerator: int | None
    denominator: int | None
    percent: Decimal | None
    state: State
    shortage: int
    of_people: bool
    source: str


@dataclass(frozen=True)
class PublishedCoverage:
    """Pupils of a level (also of the law), a class or all; shares in percent are hidden with what they are of."""

    title: str
    level: str
    pupils: int | None
    begun: int | None
    complete: int | None
    begun_percent: Decimal | None
    complete_percent: Decimal | None


@dataclass(frozen=True)
class PublishedStages:
    """A competency: pupils at each stage, and the share of the two highest among all of the level."""

    competency: Competency
    counts: tuple[int | None, ...]
    not_assessed: int | None
    pupils: int | None
    percent: Decimal | None


@dataclass(frozen=True)
class PublishedLevel:
    """The competencies of a level."""

    level: Level
    rows: tuple[PublishedStages, ...]


@dataclass(frozen=True, kw_only=True)
class PublishedSummary(Heading):
    """A summary as paper, workbook and data tell it.

    ``before`` is the span before: a table of other days, in which the same is hidden as if it were told alone.
    """

    figures: tuple[PublishedFigure, ...]
    levels: tuple[PublishedCoverage, ...]
    law_levels: tuple[PublishedCoverage, ...]
    groups: tuple[PublishedCoverage, ...]
    total: PublishedCoverage
    stages: tuple[PublishedLevel, ...]
    before: PublishedSummary | None = None

    def former(self, figure: PublishedFigure) -> PublishedFigure | None:
        """The figure of the same indicator in the span before."""
        there = self.before.figures if self.before else ()
        return next((one for one in there if one.indicator.code == figure.indicator.code), None)

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        rows = [row for part in self.stages for row in part.rows]
        figures = (*self.figures, *(self.before.figures if self.before else ()))
        lines = (*self.levels, *self.law_levels, *self.groups, self.total)
        return any(figure.state is State.HIDDEN for figure in figures) or any(
            None in told
            for told in (
                *((one.pupils, one.begun, one.complete) for one in lines),
                *((*row.counts, row.not_assessed) for row in rows),
            )
        )


def publish(summary: Summary) -> PublishedSummary:
    """Hide what has to be hidden; the same summary gives the same."""
    heading = {one.name: getattr(summary, one.name) for one in fields(Heading)}
    gone = hidden(coverage_table(summary))
    return PublishedSummary(
        **heading,
        figures=_figures(summary, gone),
        levels=tuple(_coverage(one, ("level", one.level), gone) for one in summary.levels),
        law_levels=tuple(_coverage(one, ("law", one.level), gone) for one in summary.law_levels),
        groups=tuple(_coverage(one, ("group", place), gone) for place, one in enumerate(summary.groups)),
        total=_coverage(summary.total, ("total", ""), gone),
        stages=tuple(_level(part, ("level", part.level.code), gone) for part in summary.stages),
        before=publish(summary.before) if summary.before else None,
    )


def _coverage(of: Coverage, key: Key, gone: Collection[Name]) -> PublishedCoverage:
    pupils, begun, complete = (
        None if (*key, kind) in gone else value
        for kind, value in (("pupils", of.pupils), ("begun", of.begun), ("complete", of.complete))
    )
    shares = (None if None in (part, pupils) else percent(part or 0, pupils or 0) for part in (begun, complete))
    return PublishedCoverage(of.title, of.level, pupils, begun, complete, *shares)


def _figures(summary: Summary, gone: Collection[Name]) -> tuple[PublishedFigure, ...]:
    """A figure is hidden with those of its measure that count some of the same pupils: they would betray each other."""
    small = {figure.indicator.code for figure in summary.figures if _is_to_hide(figure, gone)}
    more = {
        other.indicator.code
        for figure in summary.figures
        if figure.indicator.code in small
        for other in summary.figures
        if _overlap(figure.indicator, other.indicator)
    }
    return tuple(_figure(figure, gone, is_hidden=figure.indicator.code in more) for figure in summary.figures)


def _is_to_hide(figure: Figure, gone: Collection[Name]) -> bool:
    if not _of_pupils(figure):
        return False
    return figure_name(figure) in gone or is_small(figure.numerator) or is_small(figure.denominator - figure.numerator)


def _figure(figure: Figure, gone: Collection[Name], *, is_hidden: bool) -> PublishedFigure:
    no_denominator = asked_name(figure) in gone or (_of_pupils(figure) and is_small(figure.denominator))
    is_hidden = is_hidden or no_denominator
    return PublishedFigure(
        indicator=figure.indicator,
        numerator=None if is_hidden else figure.numerator,
        denominator=None if no_denominator else figure.denominator,
        percent=None if is_hidden else figure.percent,
        state=State.HIDDEN if is_hidden else figure.state,
        shortage=0 if is_hidden else figure.shortage,
        of_people=figure.of_people,
        source=figure.source,
    )


def _level(part: LevelStages, key: Key, gone: Collection[Name]) -> PublishedLevel:
    says_nothing = (*key, "pupils") in gone
    return PublishedLevel(part.level, tuple(_stages(row, says_nothing=says_nothing) for row in part.rows))


def _stages(row: StageCounts, *, says_nothing: bool) -> PublishedStages:
    cells = [*row.counts, row.not_assessed]
    if says_nothing:
        return PublishedStages(row.competency, (None,) * len(row.counts), None, None, None)
    places = sorted(range(len(cells)), key=lambda place: cells[place])
    high = frozenset(range(len(row.counts))[-2:])
    numbers = {place: frozenset([place]) for place in places} | {_HIGH: high, _ALL: frozenset(places)}
    gone = hidden(Table(dict(enumerate(cells)), numbers, [places]))
    *counts, not_assessed = (None if place in gone else count for place, count in enumerate(cells))
    share = None if _HIGH in gone else percent(row.high, row.pupils)
    return PublishedStages(row.competency, tuple(counts), not_assessed, row.pupils, share)


def _of_pupils(figure: Figure) -> bool:
    return figure.of_people and figure.indicator.rule.measure not in OF_STAFF


def _overlap(one: Indicator, other: Indicator) -> bool:
    same = one.rule.measure == other.rule.measure
    return one is other or (same and not set(one.levels).isdisjoint(other.levels))

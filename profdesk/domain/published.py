"""What leaves the school of a summary: numbers of one to four pupils, and what would betray them, are None."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from profdesk.domain.disclosure import Table, hidden, is_small
from profdesk.domain.programme import Competency, Indicator, Level
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

Name = tuple[str, str | int, str]
"""A number of the coverage: «group», «level», «total» or «figure», which of them, and what it counts."""
Atom = tuple[int, str]
_PARTS = {"complete": ("complete",), "begun": ("complete", "begun"), "pupils": ("complete", "begun", "none")}
_HIGH, _ALL = -1, -2
PORTFOLIO = {"portfolio_begun": "begun", "portfolio_complete": "complete"}
"""Measures whose figures are sums of the coverage."""


@dataclass(frozen=True)
class PublishedFigure:
    """An indicator; a hidden one keeps its denominator, unless that is small too."""

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
    """Pupils of a level, a class or all; shares in percent are hidden with what they are of."""

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
    """A summary as paper, workbook and data tell it."""

    figures: tuple[PublishedFigure, ...]
    levels: tuple[PublishedCoverage, ...]
    groups: tuple[PublishedCoverage, ...]
    total: PublishedCoverage
    stages: tuple[PublishedLevel, ...]

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        rows = [row for part in self.stages for row in part.rows]
        return any(figure.state is State.HIDDEN for figure in self.figures) or any(
            None in told
            for told in (
                *((one.pupils, one.begun, one.complete) for one in (*self.levels, *self.groups, self.total)),
                *((*row.counts, row.not_assessed) for row in rows),
            )
        )


def publish(summary: Summary) -> PublishedSummary:
    """Hide what has to be hidden; the same summary gives the same."""
    heading = {one.name: getattr(summary, one.name) for one in fields(Heading)}
    gone = hidden(_coverage_table(summary))
    return PublishedSummary(
        **heading,
        figures=_figures(summary, gone),
        levels=tuple(_coverage(one, ("level", one.level), gone) for one in summary.levels),
        groups=tuple(_coverage(one, ("group", place), gone) for place, one in enumerate(summary.groups)),
        total=_coverage(summary.total, ("total", ""), gone),
        stages=tuple(_level(part, ("level", part.level.code), gone) for part in summary.stages),
    )


def _coverage_table(summary: Summary) -> Table[Name, Atom]:
    """The coverage of classes, levels and all, with the figures that are sums of it."""
    counts: dict[Atom, int] = {}
    numbers: dict[Name, frozenset[Atom]] = {}
    of_level: dict[str, list[int]] = {}
    for place, group in enumerate(summary.groups):
        counts |= {
            (place, "complete"): group.complete,
            (place, "begun"): group.begun - group.complete,
            (place, "none"): group.pupils - group.begun,
        }
        of_level.setdefault(group.level, []).append(place)
        for kind, parts in _PARTS.items():
            numbers["group", place, kind] = frozenset((place, part) for part in parts)

    def over(levels: Sequence[str], kind: str) -> frozenset[Atom]:
        places = [place for level in levels for place in of_level.get(level, ())]
        return frozenset((place, part) for place in places for part in _PARTS[kind])

    for figure in summary.figures:
        if (counted := _portfolio(figure)) is not None:
            numbers["figure", figure.indicator.code, counted] = over(figure.indicator.levels, counted)
    levels = [level.level for level in summary.levels]
    for kind in _PARTS:
        for level in levels:
            numbers["level", level, kind] = over([level], kind)
        numbers["total", "", kind] = over(levels, kind)
    rows: list[list[Name]] = [
        [("group", place, kind) for place in places] for places in of_level.values() for kind in _PARTS
    ]
    rows += [[("level", level, kind) for level in levels] for kind in _PARTS]
    return Table(counts, numbers, rows)


def _coverage(of: Coverage, name: tuple[str, str | int], gone: frozenset[Name]) -> PublishedCoverage:
    pupils, begun, complete = (
        None if (*name, kind) in gone else value
        for kind, value in (("pupils", of.pupils), ("begun", of.begun), ("complete", of.complete))
    )
    shares = (None if None in (part, pupils) else percent(part or 0, pupils or 0) for part in (begun, complete))
    return PublishedCoverage(of.title, of.level, pupils, begun, complete, *shares)


def _figures(summary: Summary, gone: frozenset[Name]) -> tuple[PublishedFigure, ...]:
    """A figure is hidden with those of its measure that count some of the same pupils: they would betray each other."""
    small = {figure.indicator.code for figure in summary.figures if _is_to_hide(figure, gone)}
    more = {
        other.indicator.code
        for figure in summary.figures
        if figure.indicator.code in small
        for other in summary.figures
        if _overlap(figure.indicator, other.indicator)
    }
    unsaid = {level.level for level in summary.levels if ("level", level.level, "pupils") in gone}
    return tuple(_figure(figure, is_hidden=figure.indicator.code in more, unsaid=unsaid) for figure in summary.figures)


def _is_to_hide(figure: Figure, gone: frozenset[Name]) -> bool:
    if not _of_pupils(figure):
        return False
    name = ("figure", figure.indicator.code, _portfolio(figure) or "")
    return name in gone or is_small(figure.numerator) or is_small(figure.denominator - figure.numerator)


def _figure(figure: Figure, *, is_hidden: bool, unsaid: set[str]) -> PublishedFigure:
    of_unsaid = _of_pupils(figure) and not unsaid.isdisjoint(figure.indicator.levels)
    no_denominator = of_unsaid or (_of_pupils(figure) and is_small(figure.denominator))
    if is_hidden or no_denominator:
        return PublishedFigure(
            indicator=figure.indicator,
            numerator=None,
            denominator=None if no_denominator else figure.denominator,
            percent=None,
            state=State.HIDDEN,
            shortage=0,
            of_people=figure.of_people,
            source=figure.source,
        )
    return PublishedFigure(
        figure.indicator, figure.numerator, figure.denominator, figure.percent, figure.state, figure.shortage,
        figure.of_people, figure.source,
    )  # fmt: skip


def _level(part: LevelStages, name: tuple[str, str], gone: frozenset[Name]) -> PublishedLevel:
    says_nothing = (*name, "pupils") in gone
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


def _portfolio(figure: Figure) -> str | None:
    """Which number of the coverage a figure adds up; None if it counts something else."""
    rule = figure.indicator.rule
    return None if rule.grades else PORTFOLIO.get(rule.measure)


def _overlap(one: Indicator, other: Indicator) -> bool:
    same = one.rule.measure == other.rule.measure
    return one is other or (same and not set(one.levels).isdisjoint(other.levels))

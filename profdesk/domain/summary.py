"""The summary for the department: aggregates only, each figure with its rule.

Nothing here names a pupil; ``services.summary`` fills these values, screen, PDF, XLSX and JSON
all read the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Protocol

from profdesk.domain import choice_measures, register_measures, told_figures
from profdesk.domain.organisation import Organisation
from profdesk.domain.programme import Competency, Indicator, Level, Stage
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.scope import LEGAL_LEVELS, WHOLE, Scope, legal_level
from profdesk.domain.span import Span, SpanKind

OF_THE_WHOLE = register_measures.MEASURES | choice_measures.OF_GRADUATES | told_figures.MEASURES
"""Measures that a level or a class has no figure of."""


class State(StrEnum):
    """How a figure stands against its target."""

    REACHED = "reached"
    BELOW = "below"
    NO_TARGET = "no_target"
    NOBODY = "nobody"
    HIDDEN = "hidden"


def percent(numerator: int, denominator: int) -> Decimal | None:
    """Percent with one decimal, half up; None where there is nothing to divide by."""
    if denominator == 0:
        return None
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def shortage(numerator: int, denominator: int, target: Decimal | None) -> int:
    """How many more reach a target in percent, by exact fractions; 0 when reached or without a target."""
    if target is None:
        return 0
    needed = (denominator * target / 100).to_integral_value(ROUND_CEILING)
    return max(0, int(needed) - numerator)


def state(numerator: int, denominator: int, target: Decimal | None) -> State:
    """How such numbers stand against a target in percent."""
    if denominator == 0:
        return State.NOBODY
    if target is None:
        return State.NO_TARGET
    return State.BELOW if shortage(numerator, denominator, target) else State.REACHED


class Counted(Protocol):
    """So many of so many; None is hidden."""

    @property
    def numerator(self) -> int | None:
        """How many count."""

    @property
    def denominator(self) -> int | None:
        """Of how many."""


def points(now: Counted, before: Counted) -> Decimal | None:
    """By how many percentage points a share rose or (below zero) fell, one decimal, half away from zero.

    It is the difference of the exact fractions, so it may differ by 0.1 from that of the rounded percents. None where
    one of them is hidden or of nobody.
    """
    if now.numerator is None or before.numerator is None or not now.denominator or not before.denominator:
        return None
    exact = Fraction(now.numerator, now.denominator) - Fraction(before.numerator, before.denominator)
    tenths = floor(abs(exact) * 1000 + Fraction(1, 2))
    return Decimal(tenths if exact > 0 else -tenths).scaleb(-1)


@dataclass(frozen=True)
class Figure:
    """An indicator counted; the verdict compares exact fractions, never rounded percents.

    Unless ``of_people`` an organisation is counted: whether it has something, or is not asked (nothing to divide by).
    ``source`` says who told a figure that no record here answers.
    """

    indicator: Indicator
    numerator: int
    denominator: int
    of_people: bool = True
    source: str = ""

    @property
    def percent(self) -> Decimal | None:
        """What is shown; None when nobody is in the denominator."""
        return percent(self.numerator, self.denominator)

    @property
    def state(self) -> State:
        """How the figure stands against the chosen target."""
        return state(self.numerator, self.denominator, self.indicator.target)

    @property
    def shortage(self) -> int:
        """How many more people reach the target; 0 when reached or without a target."""
        return shortage(self.numerator, self.denominator, self.indicator.target)


@dataclass(frozen=True)
class Coverage:
    """Pupils of a level or a class; ``begun`` have at least one assessment in the span, ``complete`` all.

    ``grade`` is a class's; a level has none, nor has a kindergarten group.
    """

    title: str
    level: str
    pupils: int
    begun: int
    complete: int
    grade: int | None = None


@dataclass(frozen=True)
class StageCounts:
    """How many pupils of a level stand at each stage of a competency in the span.

    ``counts`` runs parallel to the programme's stages; ``not_assessed`` are the rest of the level.
    """

    competency: Competency
    counts: tuple[int, ...]
    not_assessed: int

    @property
    def cells(self) -> tuple[int, ...]:
        """All pupils by where they stand, those not assessed last."""
        return (*self.counts, self.not_assessed)

    @property
    def assessed(self) -> int:
        """How many have a stage."""
        return sum(self.counts)

    @property
    def pupils(self) -> int:
        """How many there are, assessed or not."""
        return self.assessed + self.not_assessed

    @property
    def high(self) -> int:
        """How many stand at one of the two highest stages."""
        return sum(self.counts[-2:])

    @property
    def share(self) -> Fraction:
        """The share of the two highest stages among those assessed; 0 where nobody is."""
        return Fraction(self.high, self.assessed) if self.assessed else Fraction(0)

    @property
    def percent(self) -> int:
        """The share in whole percents, half up."""
        return floor(self.share * 100 + Fraction(1, 2))


@dataclass(frozen=True)
class LevelStages:
    """The stage counts of every competency of one level, in the programme's order."""

    level: Level
    rows: tuple[StageCounts, ...]


@dataclass(frozen=True)
class Tables:
    """Everything of a summary that is counted."""

    levels: tuple[Coverage, ...]
    groups: tuple[Coverage, ...]
    stages: tuple[LevelStages, ...]
    figures: tuple[Figure, ...]
    unanswered: tuple[Indicator, ...]


@dataclass(frozen=True)
class Replaced:
    """The summary (by its number) that another corrects, and why."""

    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Whose summary it is, of what and when it was counted.

    ``unanswered`` are the indicators that the recorded data cannot answer yet. ``number`` is None
    until the summary is issued. ``scope`` says whose affairs were counted, ``scope_title`` in words where that is
    not the whole organisation: such a summary stays in the school.
    """

    organisation: Organisation
    programme_code: str
    programme_title: str
    programme_edition: int
    programme_digest: str
    span: Span
    counted_at: datetime
    scale: tuple[Stage, ...]
    unanswered: tuple[Indicator, ...]
    number: str | None = None
    replaces: Replaced | None = None
    scope: Scope = WHOLE
    scope_title: str = ""

    @property
    def year(self) -> SchoolYear:
        """The school year that the span lies in."""
        return self.span.year


@dataclass(frozen=True, kw_only=True)
class Summary(Heading):
    """One organisation's summary of one span as counted at one moment, with nothing hidden.

    ``before`` is the span before counted at the same moment by the same rules; None where nothing was recorded of it.
    """

    figures: tuple[Figure, ...]
    levels: tuple[Coverage, ...]
    groups: tuple[Coverage, ...]
    stages: tuple[LevelStages, ...]
    before: Summary | None = None

    @property
    def total(self) -> Coverage:
        """The whole organisation: the levels added up."""
        return _added("Всего", "", self.levels)

    @property
    def law_levels(self) -> tuple[Coverage, ...]:
        """The levels of general education by the law (``level`` is the code) that have pupils: classes added up."""
        made = ((one, [group for group in self.groups if legal_level(group.grade) is one]) for one in LEGAL_LEVELS)
        return tuple(_added(one.title, one.code, own) for one, own in made if own)


def _added(title: str, level: str, parts: Sequence[Coverage]) -> Coverage:
    pupils, begun, complete = (sum(getattr(part, name) for part in parts) for name in ("pupils", "begun", "complete"))
    return Coverage(title, level, pupils, begun, complete)


def rules_note(span: Span) -> str:
    """How to read the rules of the programme, which speak of a school year, in a summary of less; else empty."""
    if span.kind is SpanKind.YEAR:
        return ""
    return f"Где в правиле сказано об учебном годе, посчитано за {span.title}."


def why_unanswered(indicator: Indicator, heading: Heading) -> str:
    """Why there is no figure of an indicator; empty where the data is simply not there yet."""
    measure = indicator.rule.measure
    if not heading.scope.whole and measure in OF_THE_WHOLE:
        return "Считается только по всей организации."
    if heading.span.kind is not SpanKind.YEAR and measure in told_figures.MEASURES:
        return "Это число сообщают за учебный год, за другой период его нет."
    return ""

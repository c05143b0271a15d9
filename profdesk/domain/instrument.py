"""Diagnostic instruments as data: how one answers, which answer counts for which scale, what is known of bands.

The wording of the questions belongs to the authors and is loaded by the school; here are numbers and keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property


class Direction(StrEnum):
    """What a diagnosis is about, as the programme lists it; the value is what instrument files keep."""

    VALUES = "values"
    ATTITUDES = "attitudes"
    PREDISPOSITION = "predisposition"
    INTERESTS = "interests"
    INCLINATIONS = "inclinations"
    ABILITIES = "abilities"

    @property
    def label(self) -> str:
        """As screens name it."""
        return _DIRECTIONS[self]


_DIRECTIONS = {
    Direction.VALUES: "Ценностные ориентации",
    Direction.ATTITUDES: "Установки в выборе профессии",
    Direction.PREDISPOSITION: "Профессиональная предрасположенность",
    Direction.INTERESTS: "Интересы",
    Direction.INCLINATIONS: "Склонности",
    Direction.ABILITIES: "Способности",
}


class Kind(StrEnum):
    """How a question is answered; the value is what instrument files keep."""

    CHOICE = "choice"
    SHARING = "sharing"
    RATING = "rating"
    TRIPLE = "triple"
    RANKING = "ranking"
    MATRIX = "matrix"
    RECORD = "record"

    @property
    def label(self) -> str:
        """As lists of instruments name it."""
        return _KINDS[self]


_KINDS = {
    Kind.CHOICE: "выбор ответа",
    Kind.SHARING: "баллы делятся между а и б",
    Kind.RATING: "оценка по шкале",
    Kind.TRIPLE: "три оценки на вопрос",
    Kind.RANKING: "ранжирование",
    Kind.MATRIX: "выбор в двух списках",
    Kind.RECORD: "запись беседы или наблюдения",
}


class Confidence(StrEnum):
    """How well the key is known: from several agreeing sources, or with an open conflict."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        """As screens say it."""
        return {"high": "достоверность высокая", "medium": "достоверность средняя", "low": "достоверность низкая"}[self]


class Aggregate(StrEnum):
    """How the points of a scale make its raw score."""

    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True)
class Option:
    """An answer one may give; ``value`` are its points in a rating, None where it is not scored (a dash)."""

    code: str
    label: str
    value: int | None = None


@dataclass(frozen=True)
class Aspect:
    """One of the marks each question gets where it gets several; ``dash`` allows an option without value.

    For one who answers alone, ``asks`` is what it asks and ``marks`` are the words of its marks, in the
    order of the options; both are empty where the file has none.
    """

    code: str
    title: str
    dash: bool
    asks: str = ""
    marks: tuple[str, ...] = ()

    def allows(self, option: Option) -> bool:
        """Whether an option may be its mark."""
        return self.dash or option.value is not None


@dataclass(frozen=True)
class Entry:
    """One entry of a key: the answer ``code`` (empty: whatever was answered) to an item gives ``points``."""

    item: int
    code: str = ""
    points: int = 1


@dataclass(frozen=True)
class Scale:
    """What is measured; ``aspect`` is set where each question gets several marks.

    ``apart``: not compared with the other scales, and so never leading.
    """

    code: str
    title: str
    short: str
    entries: tuple[Entry, ...]
    aspect: str = ""
    apart: bool = False

    @cached_property
    def items(self) -> tuple[int, ...]:
        """The questions that count for it, each once."""
        return tuple(dict.fromkeys(entry.item for entry in self.entries))


@dataclass(frozen=True)
class Band:
    """A published range of raw scores, both ends included."""

    low: Fraction
    high: Fraction
    title: str


@dataclass(frozen=True)
class OptionList:
    """One of the two lists of a matrix; its question is the item ``item``."""

    item: int
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Answering:
    """How a sheet is filled in.

    ``total`` are the points to be shared; ``aspects`` the marks each question gets; ``lists`` those of a
    matrix. What a kind has no use for is empty.
    """

    kind: Kind
    options: tuple[Option, ...] = ()
    total: int = 0
    aspects: tuple[Aspect, ...] = ()
    lists: tuple[OptionList, ...] = ()


@dataclass(frozen=True)
class Instrument:
    """An instrument file.

    ``version`` grows when its key changes; ``digest`` is the SHA-256 of the file. ``key_title`` names the key
    where several are in use. A scale counts when at least ``least_answered`` percent of its questions are
    answered; ``needs_all``: nothing counts before everything is. ``leading_aspect`` is the one by which
    scales are compared; below ``leading_from`` none leads. ``reading`` says how to read the result, ``conflict``
    what sources disagree about.
    """

    code: str
    version: int
    digest: str
    title: str
    short: str
    authors: str
    direction: Direction
    items: int
    answering: Answering
    scales: tuple[Scale, ...]
    bands: tuple[Band, ...]
    aggregate: Aggregate
    least_answered: int
    needs_all: bool
    leading_aspect: str
    leading_from: Fraction | None
    confidence: Confidence
    grades: str
    ages: str
    minutes: str
    key_title: str
    bands_note: str
    reading: str
    conflict: str
    sources: tuple[str, ...]

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def kind(self) -> Kind:
        """How a question is answered."""
        return self.answering.kind

    @property
    def caution(self) -> str:
        """What must be said wherever a result appears; empty where the key is well known."""
        if self.confidence is Confidence.HIGH:
            return ""
        return f"{self.confidence.label.capitalize()}. {self.conflict}".strip()

    def scale(self, code: str) -> Scale:
        """Find a scale by its code."""
        return next(scale for scale in self.scales if scale.code == code)

    def options_of(self, item: int) -> Sequence[Option]:
        """What one may answer to a question."""
        return next((one.options for one in self.answering.lists if one.item == item), self.answering.options)

    def band(self, raw: Fraction) -> Band | None:
        """The published band of a raw score; None where the source has none."""
        return next((band for band in self.bands if band.low <= raw <= band.high), None)

    @cached_property
    def values(self) -> Mapping[str, int]:
        """The points of each option that has any."""
        return {option.code: option.value for option in self.answering.options if option.value is not None}

    @cached_property
    def limits(self) -> Mapping[str, tuple[Fraction, Fraction]]:
        """The least and the most each scale (its code) can reach when all its questions are answered."""
        return {scale.code: self._limits(scale) for scale in self.scales}

    def _limits(self, scale: Scale) -> tuple[Fraction, Fraction]:
        per_item = [self._limits_of_item(scale, item) for item in scale.items]
        least, most = sum(low for low, _ in per_item), sum(high for _, high in per_item)
        parts = len(per_item) if self.aggregate is Aggregate.MEAN and per_item else 1
        return Fraction(least, parts), Fraction(most, parts)

    def _limits_of_item(self, scale: Scale, item: int) -> tuple[int, int]:
        own = {entry.code: entry.points for entry in scale.entries if entry.item == item}
        if self.kind is Kind.CHOICE:
            points = [own.get(option.code, 0) for option in self.answering.options]
            return min(points), max(points)
        if self.kind is Kind.SHARING:
            whole = self.answering.total * max(own.values())
            return (whole if len(own) == len(self.answering.options) else 0), whole
        return min(self.values.values()), max(self.values.values())

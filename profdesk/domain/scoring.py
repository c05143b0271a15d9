"""From the answers of a sheet to its result: one pure function a kind of answer.

A missing answer is told and never guessed: it counts for nothing, and a scale of which too little is
answered has no score. Bands are those the instrument's file has; ties stay ties.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import lcm
from typing import NamedTuple, TypeVar

from profdesk.domain import answers as sheets
from profdesk.domain.answers import Answers
from profdesk.domain.instrument import Aggregate, Band, Instrument, Kind, Scale

Points = Callable[[Instrument, Scale, int, str], int | None]
"""The points that an answer to a question of a scale gives to it; None for an answer that is not scored."""
_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


class Score(NamedTuple):
    """A scale's result; ``raw`` is None where too little is answered.

    ``places`` are the first and last place it shares with others of the same score (1-2: tied for the top),
    None for scales that are not compared.
    """

    scale: Scale
    raw: Fraction | None
    band: Band | None
    least: Fraction
    most: Fraction
    answered: int
    total: int
    places: tuple[int, int] | None = None

    @property
    def is_tied(self) -> bool:
        """Whether it shares its places with another scale."""
        return self.places is not None and self.places[0] < self.places[1]


@dataclass(frozen=True)
class Order:
    """A ranked list, the most important item first; empty with ``fault`` saying why it does not count."""

    scale: Scale
    items: tuple[int, ...]
    fault: str = ""


@dataclass(frozen=True)
class Outcome:
    """The result of one sheet.

    ``cells`` are pairs of row and column chosen in a matrix; ``missing`` the questions without a whole
    answer; ``dashes`` the marks that were given as «never did that».
    """

    instrument: Instrument
    scores: tuple[Score, ...] = ()
    orders: tuple[Order, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    missing: tuple[int, ...] = ()
    dashes: int = 0

    @property
    def complete(self) -> bool:
        """Whether everything was answered and every list could be read."""
        return not self.missing and not any(order.fault for order in self.orders)

    @property
    def leading(self) -> tuple[Score, ...]:
        """All scales that share the first place; none where nothing stands out or reaches what leading takes."""
        found = tuple(score for score in self.scores if score.places is not None and score.places[0] == 1)
        least = self.instrument.leading_from
        if least is not None and any(score.raw is None or score.raw < least for score in found):
            return ()
        compared = sum(score.places is not None for score in self.scores)
        return found if len(found) < compared or compared == 1 else ()


def score(instrument: Instrument, answers: Answers) -> Outcome:
    """Score a sheet of checked answers, in one pass over them."""
    missing = sheets.missing(instrument, answers)
    if instrument.kind is Kind.RECORD:
        return Outcome(instrument, missing=missing)
    if instrument.kind is Kind.RANKING:
        return Outcome(instrument, orders=ranking(instrument, answers), missing=missing)
    if instrument.kind is Kind.MATRIX:
        return Outcome(instrument, cells=matrix(instrument, answers), missing=missing)
    scores = _scorer(instrument).scores(answers, missing)
    return Outcome(instrument, scores, missing=missing, dashes=_dashes(instrument, answers))


def is_whole(instrument: Instrument, answers: Answers) -> bool:
    """Whether everything is answered and every list can be read, as ``Outcome.complete`` says it."""
    faulty = instrument.kind is Kind.RANKING and any(order.fault for order in ranking(instrument, answers))
    return not faulty and not sheets.missing(instrument, answers)


def choice(_instrument: Instrument, scale: Scale, item: int, answer: str) -> int:
    """The points of the answer chosen, none for another one."""
    return sum(entry.points for entry in scale.entries if (entry.item, entry.code) == (item, answer))


def sharing(instrument: Instrument, scale: Scale, item: int, answer: str) -> int:
    """The points shared out to the answers that count for the scale."""
    codes = (option.code for option in instrument.answering.options)
    shares = dict(zip(codes, map(int, answer.split(sheets.SHARED)), strict=True))
    return sum(entry.points * shares[entry.code] for entry in scale.entries if entry.item == item)


def rating(instrument: Instrument, _scale: Scale, _item: int, answer: str) -> int:
    """The value of the rating."""
    return instrument.values[answer]


def triple(instrument: Instrument, scale: Scale, _item: int, answer: str) -> int | None:
    """The value of the mark of the scale's aspect; a dash counts for nothing."""
    place = [aspect.code for aspect in instrument.answering.aspects].index(scale.aspect)
    return instrument.values.get(answer.split(sheets.MARKED)[place])


def ranking(instrument: Instrument, answers: Answers) -> tuple[Order, ...]:
    """Each list in the order of its ranks; a list with a rank missing or given twice is not scored."""
    orders = []
    for scale in instrument.scales:
        ranks = {item: int(answers[item]) for item in scale.items if item in answers}
        fault = _fault(scale, list(ranks.values()))
        orders.append(Order(scale, () if fault else tuple(sorted(ranks, key=ranks.__getitem__)), fault))
    return tuple(orders)


def matrix(instrument: Instrument, answers: Answers) -> tuple[tuple[int, int], ...]:
    """The cells (row, column) where the choices of the two lists cross."""
    columns, rows = (
        [int(code) for code in answers.get(one.item, "").split(sheets.CHOSEN) if code]
        for one in instrument.answering.lists
    )
    return tuple(product(rows, columns))


_POINTS: Mapping[Kind, Points] = {
    Kind.CHOICE: choice,
    Kind.SHARING: sharing,
    Kind.RATING: rating,
    Kind.TRIPLE: triple,
}


class _Memo(dict[_Key, _Made]):
    """Makes a value when it is first asked for, and keeps it."""

    def __init__(self, make: Callable[[_Key], _Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _Key) -> _Made:
        made = self[key] = self._make(key)
        return made


class _Scorer:
    """Scores sheets of one instrument; what an answer gives is worked out once, and sums stay whole numbers."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        self._means = instrument.aggregate is Aggregate.MEAN
        self._limits = [(scale, *instrument.limits[scale.code]) for scale in instrument.scales]
        self._totals = [len(scale.items) for scale in instrument.scales]
        self._compared = frozenset(
            place
            for place, scale in enumerate(instrument.scales)
            if not scale.apart and scale.aspect == instrument.leading_aspect
        )
        self._scored = _Memo(self._score_answer)
        self._gains = _Memo(self._gain)
        self._readings = _Memo(self._read)

    def scores(self, answers: Answers, missing: Sequence[int]) -> tuple[Score, ...]:
        """The score of every scale; one of which too little is answered has none."""
        sums = [0] * len(self._totals)
        for given in answers.items():
            for place, points in self._gains[given]:
                sums[place] += points
        whole = not missing and self._instrument.kind is not Kind.TRIPLE
        counts = self._totals if whole else self._answered(answers)
        told = range(len(counts)) if whole else self._told(counts, missing)
        parts = counts if self._means else [1] * len(counts)
        places = self._places(sums, parts, told)
        made = []
        for place, (scale, least, most) in enumerate(self._limits):
            raw, band = self._readings[sums[place], parts[place]] if place in told else (None, None)
            made.append(Score(scale, raw, band, least, most, counts[place], self._totals[place], places.get(place)))
        return tuple(made)

    def _answered(self, answers: Answers) -> Sequence[int]:
        """How many questions of each scale have an answer that is scored."""
        counts = [0] * len(self._totals)
        for given in answers.items():
            for place, _ in self._scored[given]:
                counts[place] += 1
        return counts

    def _told(self, counts: Sequence[int], missing: Sequence[int]) -> Sequence[int]:
        """The scales of which enough is answered."""
        if missing and self._instrument.needs_all:
            return ()
        least = self._instrument.least_answered
        return [place for place, count in enumerate(counts) if count and 100 * count >= least * self._totals[place]]

    def _places(self, sums: Sequence[int], parts: Sequence[int], told: Sequence[int]) -> Mapping[int, tuple[int, int]]:
        """The places that each compared scale shares; means are compared as whole numbers of one denominator."""
        compared = [place for place in told if place in self._compared]
        levels = [sums[place] for place in compared]
        if self._means:
            whole = lcm(*(parts[place] for place in compared))
            levels = [level * whole // parts[place] for place, level in zip(compared, levels, strict=True)]
        rising, count = sorted(levels), len(levels)
        return {
            place: (count - bisect_right(rising, level) + 1, count - bisect_left(rising, level))
            for place, level in zip(compared, levels, strict=True)
        }

    def _score_answer(self, given: tuple[int, str]) -> Sequence[tuple[int, int]]:
        """What an answer to a question gives: pairs of the place of a scale and points."""
        item, answer = given
        points = _POINTS[self._instrument.kind]
        found = (
            (place, points(self._instrument, scale, item, answer))
            for place, scale in enumerate(self._instrument.scales)
            if item in scale.items
        )
        return [(place, gain) for place, gain in found if gain is not None]

    def _gain(self, given: tuple[int, str]) -> Sequence[tuple[int, int]]:
        return [(place, points) for place, points in self._scored[given] if points]

    def _read(self, found: tuple[int, int]) -> tuple[Fraction, Band | None]:
        raw = Fraction(*found)
        return raw, self._instrument.band(raw)


@lru_cache(maxsize=64)
def _scorer(instrument: Instrument) -> _Scorer:
    return _Scorer(instrument)


def _fault(scale: Scale, ranks: Sequence[int]) -> str:
    absent = [str(place) for place in range(1, len(scale.items) + 1) if place not in ranks]
    doubled = sorted({rank for rank in ranks if ranks.count(rank) > 1})
    parts = []
    if doubled:
        parts.append(f"дважды стоит место {', '.join(map(str, doubled))}")
    if absent:
        parts.append(f"нет места {', '.join(absent)}")
    return "; ".join(parts)


def _dashes(instrument: Instrument, answers: Answers) -> int:
    if instrument.kind is not Kind.TRIPLE:
        return 0
    unscored = {option.code for option in instrument.answering.options if option.value is None}
    return sum(mark in unscored for answer in answers.values() for mark in answer.split(sheets.MARKED))

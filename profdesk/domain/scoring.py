"""From the answers of a sheet to its result: one pure function a kind of answer.

A missing answer is told and never guessed: it counts for nothing, and a scale of which too little is
answered has no score. Bands are those the instrument's file has; ties stay ties.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from profdesk.domain import answers as sheets
from profdesk.domain.answers import Answers
from profdesk.domain.instrument import Aggregate, Band, Instrument, Kind, Scale

Points = Callable[[Instrument, Scale, Answers], Sequence[int]]
"""The points of each answered question of a scale."""


@dataclass(frozen=True)
class Score:
    """A scale's result; ``raw`` is None where too little is answered.

    ``places`` are the first and last place it shares with others of the same score (1-2: tied for the top),
    None for scales that are not compared.
    """

    scale: Scale
    raw: Fraction | None
    least: Fraction
    most: Fraction
    answered: int
    total: int
    band: Band | None = None
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
        """All scales that share the first place; none where nothing stands out."""
        found = tuple(score for score in self.scores if score.places is not None and score.places[0] == 1)
        compared = sum(score.places is not None for score in self.scores)
        return found if len(found) < compared or compared == 1 else ()


def score(instrument: Instrument, answers: Answers) -> Outcome:
    """Score a sheet of checked answers; linear in the key."""
    missing = sheets.missing(instrument, answers)
    if instrument.kind is Kind.RECORD:
        return Outcome(instrument, missing=missing)
    if instrument.kind is Kind.RANKING:
        return Outcome(instrument, orders=ranking(instrument, answers), missing=missing)
    if instrument.kind is Kind.MATRIX:
        return Outcome(instrument, cells=matrix(instrument, answers), missing=missing)
    counted = _SUMS[instrument.kind]
    withheld = instrument.needs_all and bool(missing)
    scores = [_score(instrument, scale, counted(instrument, scale, answers), withheld) for scale in instrument.scales]
    return Outcome(instrument, _placed(instrument, scores), missing=missing, dashes=_dashes(instrument, answers))


def is_whole(instrument: Instrument, answers: Answers) -> bool:
    """Whether everything is answered and every list can be read, as ``Outcome.complete`` says it."""
    faulty = instrument.kind is Kind.RANKING and any(order.fault for order in ranking(instrument, answers))
    return not faulty and not sheets.missing(instrument, answers)


def choice(_instrument: Instrument, scale: Scale, answers: Answers) -> Sequence[int]:
    """The points that the chosen answers give to a scale."""
    gives = {(entry.item, entry.code): entry.points for entry in scale.entries}
    return [gives.get((item, answers[item]), 0) for item in scale.items if item in answers]


def sharing(instrument: Instrument, scale: Scale, answers: Answers) -> Sequence[int]:
    """The points shared out to the answers that count for a scale."""
    order = {option.code: place for place, option in enumerate(instrument.answering.options)}
    found: dict[int, int] = {}
    for entry in scale.entries:
        if entry.item in answers:
            shares = answers[entry.item].split(sheets.SHARED)
            found[entry.item] = found.get(entry.item, 0) + entry.points * int(shares[order[entry.code]])
    return list(found.values())


def rating(instrument: Instrument, scale: Scale, answers: Answers) -> Sequence[int]:
    """The values of the ratings given to a scale's questions."""
    return [instrument.values[answers[item]] for item in scale.items if item in answers]


def triple(instrument: Instrument, scale: Scale, answers: Answers) -> Sequence[int]:
    """The values of one aspect's marks; a dash counts for nothing."""
    place = [aspect.code for aspect in instrument.answering.aspects].index(scale.aspect)
    marks = [answers[item].split(sheets.MARKED)[place] for item in scale.items if item in answers]
    return [instrument.values[mark] for mark in marks if mark in instrument.values]


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


_SUMS: dict[Kind, Points] = {
    Kind.CHOICE: choice,
    Kind.SHARING: sharing,
    Kind.RATING: rating,
    Kind.TRIPLE: triple,
}


def _score(instrument: Instrument, scale: Scale, points: Sequence[int], withheld: bool) -> Score:
    total, answered = len(scale.items), len(points)
    least, most = instrument.limits[scale.code]
    raw: Fraction | None = None
    if answered and 100 * answered >= instrument.least_answered * total and not withheld:
        raw = Fraction(sum(points), answered if instrument.aggregate is Aggregate.MEAN else 1)
    return Score(scale, raw, least, most, answered, total, None if raw is None else instrument.band(raw))


def _placed(instrument: Instrument, scores: Sequence[Score]) -> tuple[Score, ...]:
    """Give each compared scale the places it shares; scales of another aspect are not compared."""
    compared = [
        score.raw
        for score in scores
        if score.raw is not None and not score.scale.apart and score.scale.aspect == instrument.leading_aspect
    ]
    made = []
    for one in scores:
        places = None
        if one.raw is not None and not one.scale.apart and one.scale.aspect == instrument.leading_aspect:
            above = sum(other > one.raw for other in compared)
            places = (above + 1, above + compared.count(one.raw))
        made.append(Score(one.scale, one.raw, one.least, one.most, one.answered, one.total, one.band, places))
    return tuple(made)


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

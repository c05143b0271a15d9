"""What the profile draws: one row a scale in the order of places, brackets round ties, headings between kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from profdesk.domain import results
from profdesk.domain.instrument import Aggregate, Band, Instrument
from profdesk.domain.results import Result
from profdesk.domain.scoring import Score

_HALF = Fraction(1, 2)
_STEPS = (1, 2, 3, 5, 6, 10, 12, 15, 20, 25, 50, 100)
_MARKS = 5


@dataclass(frozen=True)
class Row:
    """A scale's bar; ``former`` is its raw score of the session compared with. A heading has words only."""

    title: str
    short: str = ""
    score: Score | None = None
    former: Fraction | None = None
    leads: bool = False
    words: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it heads the rows below it."""
        return self.score is None


@dataclass(frozen=True)
class Tie:
    """Rows (first and last, by number) that share their places."""

    first: int
    last: int
    words: str


@dataclass(frozen=True)
class Bars:
    """Everything a profile shows; bands as they lie on the axis from ``least`` to ``most``."""

    rows: tuple[Row, ...] = ()
    ties: tuple[Tie, ...] = ()
    bands: tuple[Band, ...] = ()
    least: Fraction = Fraction(0)
    most: Fraction = Fraction(1)

    @property
    def same_limits(self) -> bool:
        """Whether every scale can reach the same."""
        return len({(row.score.least, row.score.most) for row in self.rows if row.score}) == 1


def bars(result: Result, former: Result | None) -> Bars:
    """Lay the scores of a result out, against a former one if it is given."""
    scores, instrument = results.ordered(result.outcome), result.instrument
    if not scores:
        return Bars()
    leading = {one.scale.code for one in result.outcome.leading}
    aspects = {one.code: one.title for one in instrument.answering.aspects}
    rows: list[Row] = []
    group = ""
    for score in scores:
        now = aspects.get(score.scale.aspect, "читается отдельно" if score.scale.apart else "")
        if now != group:
            rows.append(Row(now.capitalize()))
            group = now
        was = former.score(score.scale.code) if former else None
        title = score.scale.short if score.scale.aspect else score.scale.title
        leads = score.scale.code in leading
        rows.append(Row(title, score.scale.short, score, was.raw if was else None, leads, _words(score, instrument)))
    least, most = min(one.least for one in scores), max(one.most for one in scores)
    return Bars(tuple(rows), _ties(rows), _bands(instrument, least, most), least, most)


def marks(least: Fraction, most: Fraction) -> Sequence[Fraction]:
    """A few round numbers of an axis, from its least to its most."""
    step = next((step for step in _STEPS if (most - least) / step <= _MARKS), _STEPS[-1])
    first = -(-least // step) * step
    return [Fraction(value) for value in range(int(first), int(most // 1) + 1, step)]


def sentences(shown: Bars, instrument: Instrument) -> str:
    """The same in words, for whoever does not see the drawing."""
    told = []
    for row in shown.rows:
        if row.score is None:
            told.append(row.title)
            continue
        parts = [f"{row.score.scale.title}: {row.words}"]
        if row.score.band:
            parts.append(row.score.band.title)
        if row.score.places and row.score.is_tied:
            parts.append(f"поровну, места {row.score.places[0]}–{row.score.places[1]}")
        if row.former is not None:
            parts.append(f"прежде {results.points(row.former, instrument)}")
        told.append(", ".join(parts))
    return ". ".join(told)


def _words(score: Score, instrument: Instrument) -> str:
    if score.raw is None:
        return f"отвечено {score.answered} из {score.total}"
    return results.points(score.raw, instrument)


def _ties(rows: Sequence[Row]) -> tuple[Tie, ...]:
    found: dict[tuple[int, int], list[int]] = {}
    for number, row in enumerate(rows):
        if row.score and row.score.places and row.score.is_tied:
            found.setdefault(row.score.places, []).append(number)
    return tuple(Tie(at[0], at[-1], f"поровну, {first}–{last}") for (first, last), at in found.items())


def _bands(instrument: Instrument, least: Fraction, most: Fraction) -> tuple[Band, ...]:
    """Bands of whole points meet half way between two numbers; those of means lie as published."""
    edge = _HALF if instrument.aggregate is Aggregate.SUM else Fraction(0)
    made = [Band(max(least, one.low - edge), min(most, one.high + edge), one.title) for one in instrument.bands]
    return tuple(one for one in made if one.low < one.high)

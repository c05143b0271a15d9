"""The leaflet a child takes home: leading scales in plain words, what to try next, no figures.

The words are data (``resources/leaflets``); where they have none for a scale, its name has to do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from profdesk.domain.diagnostic_papers import SessionFacts
from profdesk.domain.instrument import Confidence, Direction, Instrument, Kind
from profdesk.domain.questions import Wording
from profdesk.domain.results import Result, chosen
from profdesk.domain.scoring import Outcome, Score

MOST_BARS = 8
"""Of many scales only those nearest to the child are drawn: what is far away helps nobody."""
_MOST_CELLS = 15
_TEN = 10
_TRIES = 3
_FIRST_RANKS = 5

_KICKERS = {
    Direction.VALUES: "что для тебя важно",
    Direction.ATTITUDES: "как ты выбираешь",
    Direction.PREDISPOSITION: "к чему тебя тянет",
    Direction.INTERESTS: "что тебе интересно",
    Direction.INCLINATIONS: "к чему тебя тянет",
    Direction.ABILITIES: "твои сильные стороны",
}
_CAREFUL = (
    "У этого опросника ключ проверен не до конца, поэтому смотри на результат как на подсказку, "
    "а не как на ответ: обсуди его с педагогом-психологом."
)


@dataclass(frozen=True)
class ScaleText:
    """What a leading scale means, and what to try."""

    means: str
    tries: tuple[str, ...]


@dataclass(frozen=True)
class LeafletTexts:
    """``scales`` by instrument and scale code; ``tries`` are good for everybody."""

    scales: Mapping[tuple[str, str], ScaleText]
    tries: tuple[str, ...]

    def of(self, instrument: Instrument, score: Score) -> ScaleText | None:
        """The text of a scale; where each question gets several marks, that of the sphere."""
        return self.scales.get((instrument.code, score.scale.code.partition(".")[0]))


@dataclass(frozen=True)
class Bar:
    """A scale as cells, ``filled`` of them; ``leading`` ones share the first place."""

    title: str
    filled: int
    cells: int
    leading: bool


@dataclass(frozen=True)
class Meaning:
    """A leading scale, value or choice, with what is said of it."""

    title: str
    words: str


@dataclass(frozen=True)
class Leaflet:
    """What stands on one child's leaflet; ``caution`` is empty where the key is well known."""

    one: Result
    kicker: str
    bars: tuple[Bar, ...]
    opening: str
    meanings: tuple[Meaning, ...]
    caution: str
    tries: tuple[str, ...]


def read_texts(source: str) -> LeafletTexts:
    """Read the words that ship with the program."""
    raw = tomllib.loads(source)
    found = {
        (instrument, scale): ScaleText(text["means"], tuple(text["tries"]))
        for family in raw["families"]
        for text in family["texts"]
        for instrument in family["instruments"]
        for scale in text["scales"]
    }
    return LeafletTexts(found, tuple(raw["common"]["tries"]))


def leaflets(facts: SessionFacts, texts: LeafletTexts) -> tuple[Leaflet, ...]:
    """A leaflet for every whole sheet; none of a kind of which there is nothing to tell a child."""
    instrument = facts.result.instrument
    untold = instrument.kind is Kind.RECORD or (instrument.kind is Kind.RANKING and not facts.result.wording.questions)
    return () if untold else tuple(_leaflet(facts, result, texts) for result in facts.result.counted)


def _leaflet(facts: SessionFacts, result: Result, texts: LeafletTexts) -> Leaflet:
    instrument, outcome = facts.result.instrument, result.outcome
    leading = outcome.leading
    meanings = _listed(outcome, facts.result.wording) or _meanings(instrument, leading, texts)
    return Leaflet(
        one=result,
        kicker=_KICKERS[instrument.direction],
        bars=_bars(outcome),
        opening=_opening(instrument, len(leading)),
        meanings=meanings,
        caution="" if instrument.confidence is Confidence.HIGH else _CAREFUL,
        tries=_tries(instrument, leading, texts),
    )


def _bars(outcome: Outcome) -> tuple[Bar, ...]:
    """The compared scales, the nearest first; those tied with the last that fits are left out with it."""
    leading = set(outcome.leading)
    compared = sorted(
        (score for score in outcome.scores if score.places is not None),
        key=lambda score: (score.places or (0, 0))[0],
    )
    if len(compared) > MOST_BARS:
        cut = (compared[MOST_BARS].places or (0, 0))[0]
        compared = [score for score in compared if (score.places or (0, 0))[0] < cut or score in leading][:MOST_BARS]
    cells = _cells(compared)
    return tuple(_bar(score, cells, leading=score in leading) for score in compared)


def _cells(compared: Sequence[Score]) -> int:
    """A cell for each point where all scales reach equally far and not too far, else ten for the whole reach."""
    reaches = {score.most - score.least for score in compared}
    whole = all(score.raw is not None and score.raw.denominator == 1 for score in compared)
    reach = max(reaches, default=Fraction(0))
    return int(reach) if whole and len(reaches) == 1 and 0 < reach <= _MOST_CELLS else _TEN


def _bar(score: Score, cells: int, *, leading: bool) -> Bar:
    raw, reach = score.raw or Fraction(0), score.most - score.least
    return Bar(score.scale.short, round(cells * (raw - score.least) / reach) if reach else 0, cells, leading)


def _opening(instrument: Instrument, leading: int) -> str:
    if instrument.kind is Kind.RANKING:
        return "Вот что у тебя на первых местах."
    if instrument.kind is Kind.MATRIX:
        return "Вот что тебе ближе."
    if not leading:
        return "Ответы разошлись поровну: пока ничего не выделилось, и это нормально."
    return "Больше всего выделилось вот это." if leading == 1 else "Выделилось сразу несколько направлений."


def _meanings(instrument: Instrument, leading: Sequence[Score], texts: LeafletTexts) -> tuple[Meaning, ...]:
    found = []
    for score in leading:
        text = texts.of(instrument, score)
        found.append(Meaning(score.scale.short, text.means if text else ""))
    return tuple(found)


def _listed(outcome: Outcome, wording: Wording) -> tuple[Meaning, ...]:
    """The first values of each ranked list, the choices of a matrix with what its cells say."""
    instrument = outcome.instrument
    if instrument.kind is Kind.RANKING:
        named = ((order.scale.title, order.items[:_FIRST_RANKS]) for order in outcome.orders)
        return tuple(
            Meaning(title, "; ".join(wording.questions.get(item, str(item)) for item in items))
            for title, items in named
        )
    if instrument.kind is Kind.MATRIX:
        titles = [one.title for one in instrument.answering.lists]
        made = [Meaning(title, ", ".join(labels)) for title, labels in zip(titles, chosen(outcome), strict=True)]
        jobs = [wording.cells[cell] for cell in outcome.cells if cell in wording.cells]
        return (*made, *([Meaning("На пересечении", "; ".join(jobs))] if jobs else []))
    return ()


def _tries(instrument: Instrument, leading: Sequence[Score], texts: LeafletTexts) -> tuple[str, ...]:
    """One of each leading scale in turn, then what is good for everybody."""
    own = [text.tries for text in (texts.of(instrument, score) for score in leading) if text]
    turns = [tries[turn] for turn in range(_TRIES) for tries in own if turn < len(tries)]
    return tuple(dict.fromkeys((*turns[: _TRIES - 1], *texts.tries)))[:_TRIES]

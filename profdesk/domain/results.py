"""Results as psychologists read them: a sheet scored beside earlier ones, and the sheets of a session together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from statistics import median

from profdesk.domain.diagnostics import Conclusion, PupilSheet, Released, Session, SessionView, Sheet, SheetState
from profdesk.domain.instrument import Aggregate, Instrument, Kind, Scale
from profdesk.domain.people import Pupil
from profdesk.domain.questions import Wording
from profdesk.domain.scoring import Outcome, Score

_MINUS = "\u2212"


@dataclass(frozen=True)
class Result:
    """A sheet scored by the instrument it was answered with; the pupil in the class of that school year."""

    session: Session
    sheet: Sheet
    pupil: Pupil
    outcome: Outcome

    @property
    def instrument(self) -> Instrument:
        """The very instrument of the session."""
        return self.outcome.instrument

    @property
    def held_on(self) -> date:
        """The day of the session."""
        return self.session.held_on

    @property
    def state(self) -> SheetState:
        """What has become of the sheet."""
        return self.sheet.state(self.instrument)

    @property
    def group_title(self) -> str:
        """The class of that year, empty where there was none."""
        return self.pupil.group.name.title if self.pupil.group else ""

    def score(self, code: str) -> Score | None:
        """The score of a scale, None where it has none."""
        return next((one for one in self.outcome.scores if one.scale.code == code and one.raw is not None), None)

    def compares_with(self, other: Result) -> bool:
        """Whether the other is an earlier result by the same key of the same instrument."""
        same = (self.instrument.code, self.instrument.version) == (other.instrument.code, other.instrument.version)
        return same and (other.held_on, other.session.id) < (self.held_on, self.session.id)


@dataclass(frozen=True)
class PupilResult:
    """The result shown, the pupil's other ones (the latest first), and what was concluded of it.

    ``released`` is what stands released, by sheet; ``wording`` the questions as the school loaded them.
    """

    shown: Result
    others: tuple[Result, ...] = ()
    conclusion: Conclusion | None = None
    released: Mapping[str, Released] = field(default_factory=dict)
    wording: Wording = field(default_factory=Wording)

    @property
    def earlier(self) -> tuple[Result, ...]:
        """Earlier results this one may be compared with, the latest first."""
        return tuple(one for one in self.others if self.shown.compares_with(one))


@dataclass(frozen=True)
class Spread:
    """How a group lies on one scale: every raw score (or place in a list), from the lowest."""

    title: str
    values: tuple[Fraction, ...]

    @property
    def middle(self) -> Fraction | None:
        """The median; None of nothing."""
        return Fraction(median(self.values)) if self.values else None


@dataclass(frozen=True)
class ClassResult:
    """The sheets of a session that count, by the names of the pupils; ``left_out`` are the others by state."""

    view: SessionView
    counted: tuple[Result, ...]
    left_out: Mapping[SheetState, tuple[PupilSheet, ...]]
    released: Mapping[str, Released] = field(default_factory=dict)
    wording: Wording = field(default_factory=Wording)

    @property
    def instrument(self) -> Instrument:
        """The instrument of the session."""
        return self.view.instrument

    def spreads(self) -> Sequence[Spread]:
        """How the group lies: a scale each, or for ranked lists a value each; a matrix and records have none."""
        if self.instrument.kind is Kind.RANKING:
            return [self._places(item) for scale in self.instrument.scales for item in scale.items]
        return [Spread(scale.title, self._raws(scale)) for scale in self.instrument.scales]

    def limits(self) -> tuple[Fraction, Fraction]:
        """The least and the most that any row of ``spreads`` can reach."""
        if self.instrument.kind is Kind.RANKING:
            return Fraction(1), Fraction(max(len(scale.items) for scale in self.instrument.scales))
        known = self.instrument.limits.values()
        return min((low for low, _ in known), default=Fraction(0)), max(
            (high for _, high in known), default=Fraction(1)
        )

    def leaders(self) -> Sequence[tuple[str, Sequence[Result]]]:
        """Who is first in what, the fullest list first; whoever ties stands in each of the lists."""
        lists: dict[str, list[Result]] = {}
        for result in self.counted:
            for title in leading_titles(result, self.wording):
                lists.setdefault(title, []).append(result)
        return sorted(lists.items(), key=lambda one: -len(one[1]))

    def _raws(self, scale: Scale) -> tuple[Fraction, ...]:
        found = (result.score(scale.code) for result in self.counted)
        return tuple(sorted(one.raw for one in found if one is not None and one.raw is not None))

    def _places(self, item: int) -> Spread:
        orders = (order for result in self.counted for order in result.outcome.orders if item in order.items)
        places = tuple(sorted(Fraction(order.items.index(item) + 1) for order in orders))
        return Spread(item_words(item, self.wording), places)


def leading_titles(result: Result, wording: Wording) -> Sequence[str]:
    """What is first in a result, all that share the first place; nothing where nothing stands out."""
    outcome = result.outcome
    if result.instrument.kind is Kind.RANKING:
        return [item_words(order.items[0], wording) for order in outcome.orders if order.items]
    if result.instrument.kind is Kind.MATRIX:
        return [cell_words(result.instrument, cell) for cell in outcome.cells]
    return [score.scale.title for score in outcome.leading]


def item_words(item: int, wording: Wording) -> str:
    """What a question is about if the school loaded its wording, else its number."""
    return wording.questions.get(item, "").strip() or f"№\u00a0{item}"


def cell_words(instrument: Instrument, cell: tuple[int, int]) -> str:
    """A cell of a matrix: what is done with what."""
    columns, rows = instrument.answering.lists
    row, column = cell
    return f"{lower(rows.options[row - 1].label)} — {lower(columns.options[column - 1].label)}"


def lower(words: str) -> str:
    """The words as they stand inside a sentence; an abbreviation keeps its capitals."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words


def points(value: Fraction, instrument: Instrument) -> str:
    """A raw score as people write it; means and halves with one decimal."""
    if instrument.aggregate is Aggregate.MEAN or value.denominator != 1:
        words = f"{float(value):.1f}".replace(".", ",")
    else:
        words = str(value.numerator)
    return words.replace("-", _MINUS)


def plain_number(value: Fraction) -> str:
    """A whole number of an axis, with a true minus."""
    return str(round(value)).replace("-", _MINUS)


def ordered(outcome: Outcome) -> Sequence[Score]:
    """The scores from the first place down, then those that are not compared: by aspect, and what is read apart."""
    compared = sorted((one for one in outcome.scores if one.places is not None), key=lambda one: one.places or (0, 0))
    aspects = ["", *(aspect.code for aspect in outcome.instrument.answering.aspects)]
    rest = [one for one in outcome.scores if one.places is None]
    return [*compared, *sorted(rest, key=lambda one: (one.scale.apart, aspects.index(one.scale.aspect)))]

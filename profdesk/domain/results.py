"""Results as psychologists read them: a sheet scored beside earlier ones, and the sheets of a session together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from statistics import median

from profdesk.domain.diagnostics import Conclusion, Released, Session, SessionView, Sheet, SheetState
from profdesk.domain.instrument import Aggregate, Instrument, Scale
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
class ClassResult:
    """The sheets of a session that count, by the names of the pupils, and how many do not and why."""

    view: SessionView
    counted: tuple[Result, ...]
    left_out: Mapping[SheetState, int]

    @property
    def instrument(self) -> Instrument:
        """The instrument of the session."""
        return self.view.instrument

    def raws(self, scale: Scale) -> Sequence[Fraction]:
        """The raw scores of a scale, from the lowest."""
        found = (result.score(scale.code) for result in self.counted)
        return sorted(one.raw for one in found if one is not None and one.raw is not None)

    def leaders(self) -> Sequence[tuple[Scale, Sequence[Result]]]:
        """Who leads by which scale, the fullest list first; whoever ties stands in each of the lists."""
        lists: dict[str, list[Result]] = {}
        for result in self.counted:
            for score in result.outcome.leading:
                lists.setdefault(score.scale.code, []).append(result)
        found = [(scale, lists[scale.code]) for scale in self.instrument.scales if scale.code in lists]
        return sorted(found, key=lambda one: -len(one[1]))


def middle(raws: Sequence[Fraction]) -> Fraction | None:
    """The median of raw scores; None of nothing."""
    return Fraction(median(raws)) if raws else None


def points(value: Fraction, instrument: Instrument) -> str:
    """A raw score as people write it; means and halves with one decimal."""
    if instrument.aggregate is Aggregate.MEAN or value.denominator != 1:
        words = f"{float(value):.1f}".replace(".", ",")
    else:
        words = str(value.numerator)
    return words.replace("-", _MINUS)


def ordered(outcome: Outcome) -> Sequence[Score]:
    """The scores from the first place down, then those that are not compared: by aspect, and what is read apart."""
    compared = sorted((one for one in outcome.scores if one.places is not None), key=lambda one: one.places or (0, 0))
    aspects = ["", *(aspect.code for aspect in outcome.instrument.answering.aspects)]
    rest = [one for one in outcome.scores if one.places is None]
    return [*compared, *sorted(rest, key=lambda one: (one.scale.apart, aspects.index(one.scale.aspect)))]

"""Results as psychologists read them: a sheet scored beside earlier ones, and the sheets of a session together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from statistics import median

from profdesk.domain import scoring
from profdesk.domain.diagnostics import Conclusion, Released, Session, SessionView, Sheet, SheetState
from profdesk.domain.instrument import Aggregate, Instrument, Kind, Scale
from profdesk.domain.people import Pupil
from profdesk.domain.questions import Wording
from profdesk.domain.scoring import Order, Outcome, Score

MINUS = "\u2212"
_LEVEL = "Ничто не выделяется"
_FIRST = 3


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
    def answered(self) -> bool:
        """Whether the pupil was there and gave an answer at all."""
        return self.state in (SheetState.INCOMPLETE, SheetState.COMPLETE, SheetState.DOUBTFUL)

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
class Top:
    """What stands first on a sheet: a scale, a value of a ranked list or a choice; ``raw`` where it has a score."""

    title: str
    raw: Fraction | None = None


@dataclass(frozen=True)
class Spread:
    """How a group lies on one scale: every raw score (or place), from the lowest.

    ``list`` is the ranked list or the aspect it belongs to, if there are several.
    """

    title: str
    least: Fraction
    most: Fraction
    values: tuple[Fraction, ...]
    list: str = ""

    @property
    def middle(self) -> Fraction | None:
        """The median; None of nothing."""
        return Fraction(median(self.values)) if self.values else None


@dataclass(frozen=True)
class Leader:
    """A result in a list of those who lead; ``tied`` where it stands in other lists too."""

    result: Result
    raw: Fraction | None
    tied: bool


@dataclass(frozen=True)
class LeadingList:
    """Those who have one scale, value or choice in common at the first place; the last one may be of nothing."""

    title: str
    leaders: tuple[Leader, ...]


@dataclass(frozen=True)
class SessionResult:
    """The sheets of a session scored; screens, papers and the workbook read the group's figures here alone.

    ``released`` is what stands released, by sheet; ``wording`` the questions as the school loaded them.
    """

    view: SessionView
    released: Mapping[str, Released] = field(default_factory=dict)
    wording: Wording = field(default_factory=Wording)

    @property
    def instrument(self) -> Instrument:
        """The instrument of the session."""
        return self.view.instrument

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """Every sheet, in the order of the session, scored by whatever was answered."""
        session, instrument = self.view.session, self.instrument
        return tuple(
            Result(session, one.sheet, one.pupil, scoring.score(instrument, one.sheet.answers))
            for one in self.view.sheets
        )

    @property
    def counted(self) -> tuple[Result, ...]:
        """The sheets that belong in the figures of the group."""
        return tuple(result for result in self.results if result.state.counts)

    @property
    def has_several_groups(self) -> bool:
        """Whether the pupils come from more than one class, so that each is to be named with the own one."""
        return len({one.group_title for one in self.results}) > 1

    def spreads(self) -> Sequence[Spread]:
        """How the group lies: a scale each, or for ranked lists a value each; a matrix and records have none.

        Scales of several aspects go by aspect, the one compared first.
        """
        if self.instrument.kind is Kind.RANKING:
            return [self._places(scale, item) for scale in self.instrument.scales for item in scale.items]
        aspects = {one.code: one.title.capitalize() for one in self.instrument.answering.aspects}
        order = sorted(aspects, key=lambda code: code != self.instrument.leading_aspect)
        scales = sorted(self.instrument.scales, key=lambda scale: order.index(scale.aspect) if aspects else 0)
        return [self._raws(scale, aspects.get(scale.aspect, "")) for scale in scales]

    def band_counts(self) -> Mapping[str, Sequence[int]]:
        """By scale title: how many are in each band of the instrument's file, and last how many in none."""
        bands = self.instrument.bands
        counts: dict[str, list[int]] = {}
        for score in self._scores():
            row = counts.setdefault(score.scale.title, [0] * (len(bands) + 1))
            row[bands.index(score.band) if score.band else -1] += 1
        return counts

    def leading_lists(self) -> Sequence[LeadingList]:
        """Who is first in what, the fullest list first; whoever ties stands in each, those with nothing ahead last."""
        kind = self.instrument.kind
        if kind is Kind.RECORD:
            return ()
        lists: dict[str, list[Leader]] = {}
        level: list[Leader] = []
        for result in self.counted:
            found = tops(result.outcome, self.wording)
            tied = len(found) > 1 and kind not in (Kind.MATRIX, Kind.RANKING)
            for top in found:
                lists.setdefault(top.title, []).append(Leader(result, top.raw, tied))
            if not found:
                level.append(Leader(result, None, tied=False))
        fullest = sorted(lists.items(), key=lambda one: -len(one[1]))
        return [LeadingList(title, tuple(those)) for title, those in (*fullest, (_LEVEL, level)) if those]

    def _scores(self) -> Iterator[Score]:
        return (score for result in self.counted for score in result.outcome.scores if score.raw is not None)

    def _raws(self, scale: Scale, aspect: str) -> Spread:
        raws = (score.raw for score in self._scores() if score.scale.code == scale.code and score.raw is not None)
        title = scale.short if aspect else scale.title
        return Spread(title, *self.instrument.limits[scale.code], tuple(sorted(raws)), aspect)

    def _places(self, scale: Scale, item: int) -> Spread:
        orders = (order for result in self.counted for order in result.outcome.orders if item in order.items)
        places = tuple(sorted(Fraction(order.items.index(item) + 1) for order in orders))
        return Spread(item_words(item, self.wording), Fraction(1), Fraction(len(scale.items)), places, scale.title)


def limits(spreads: Sequence[Spread]) -> tuple[Fraction, Fraction]:
    """The least and the most that any of them can reach: the ends of their axis."""
    return min(one.least for one in spreads), max(one.most for one in spreads)


def tops(outcome: Outcome, wording: Wording) -> Sequence[Top]:
    """What is first on a sheet, all that share the first place; nothing where nothing stands out."""
    instrument = outcome.instrument
    if instrument.kind is Kind.RANKING:
        return [Top(item_words(order.items[0], wording)) for order in outcome.orders if order.items]
    if instrument.kind is Kind.MATRIX:
        pairs = zip(instrument.answering.lists, chosen(outcome), strict=True)
        return [Top(f"{one.title}: {lower(label)}") for one, labels in pairs for label in labels]
    return [Top(score.scale.title, score.raw) for score in outcome.leading]


def leading_words(outcome: Outcome, wording: Wording) -> str:
    """The result of one sheet in a line: leading scales with their scores, first values, or chosen cells."""
    instrument = outcome.instrument
    if instrument.kind is Kind.RECORD:
        return f"записей: {instrument.items - len(outcome.missing)}"
    if instrument.kind is Kind.MATRIX:
        columns, rows = chosen(outcome)
        return f"{', '.join(columns)} — {', '.join(rows).lower()}" if columns and rows else ""
    if instrument.kind is Kind.RANKING:
        return "; ".join(f"{order.scale.short}: {order.fault or _first(order, wording)}" for order in outcome.orders)
    scored = any(score.raw is not None for score in outcome.scores)
    told = (f"{one.scale.short} {points(one.raw or Fraction(0), instrument)}" for one in outcome.leading)
    return ", ".join(told) or (lower(_LEVEL) if scored else "")


def chosen(outcome: Outcome) -> tuple[Sequence[str], Sequence[str]]:
    """What was chosen in both lists of a matrix: columns, rows."""
    columns, rows = (one.options for one in outcome.instrument.answering.lists)
    return (
        [columns[place - 1].label for place in dict.fromkeys(column for _, column in outcome.cells)],
        [rows[place - 1].label for place in dict.fromkeys(row for row, _ in outcome.cells)],
    )


def _first(order: Order, wording: Wording) -> str:
    return ", ".join(item_words(item, wording) for item in order.items[:_FIRST])


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
    return words.replace("-", MINUS)


def plain_number(value: Fraction) -> str:
    """A whole number of an axis, with a true minus."""
    return str(round(value)).replace("-", MINUS)


def ordered(outcome: Outcome) -> Sequence[Score]:
    """The scores from the first place down, then those that are not compared, and last what is read apart.

    The other aspects follow the order of the one compared, so that a scale is found at the same line of each.
    """
    compared = sorted((one for one in outcome.scores if one.places is not None), key=lambda one: one.places or (0, 0))
    aspects = ["", *(aspect.code for aspect in outcome.instrument.answering.aspects)]
    order = {one.scale.items: place for place, one in enumerate(compared)}
    rest = [one for one in outcome.scores if one.places is None]

    def place(one: Score) -> tuple[bool, int, int]:
        return one.scale.apart, aspects.index(one.scale.aspect), order.get(one.scale.items, len(order))

    return [*compared, *sorted(rest, key=place)]

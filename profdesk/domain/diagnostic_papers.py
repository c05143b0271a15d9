"""What the papers of a diagnostic session say: sheets with their results, the class as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from statistics import median

from profdesk.domain import scoring
from profdesk.domain.diagnostics import PupilSheet, SessionView, SheetState
from profdesk.domain.instrument import Instrument, Kind, Scale
from profdesk.domain.organisation import Organisation
from profdesk.domain.people import Pupil
from profdesk.domain.questions import Wording
from profdesk.domain.scoring import Outcome, Score

MINUS = "\u2212"
_FIRST_RANKS = 3


@dataclass(frozen=True)
class SheetResult:
    """A sheet with what has become of it; ``outcome`` is of whatever was answered."""

    one: PupilSheet
    state: SheetState
    outcome: Outcome

    @property
    def answered(self) -> bool:
        """Whether the pupil was there and gave an answer at all."""
        return self.state in (SheetState.INCOMPLETE, SheetState.COMPLETE, SheetState.DOUBTFUL)


@dataclass(frozen=True)
class SessionFacts:
    """``held_by`` is the psychologist's name, empty where it is not known any more."""

    organisation: Organisation
    view: SessionView
    wording: Wording
    held_by: str

    @cached_property
    def results(self) -> tuple[SheetResult, ...]:
        """Every sheet, in the order of the session."""
        instrument = self.view.instrument
        return tuple(
            SheetResult(one, one.sheet.state(instrument), scoring.score(instrument, one.sheet.answers))
            for one in self.view.sheets
        )

    @property
    def counted(self) -> tuple[SheetResult, ...]:
        """The sheets that belong in the figures of the group."""
        return tuple(result for result in self.results if result.state.counts and result.outcome.complete)

    def group_words(self, pupil: Pupil) -> str:
        """«8 «Б» класс» of a pupil, or of the session for one who has left every class."""
        group = pupil.group
        if group is None:
            return self.view.session.group_title
        return group.name.title if group.name.grade is None else f"{group.name.title} класс"


@dataclass(frozen=True)
class Spread:
    """The raw scores (or ranks) of a class on one scale, from the least to the most."""

    title: str
    least: Fraction
    most: Fraction
    values: tuple[Fraction, ...]

    @property
    def median(self) -> Fraction | None:
        """The middle value; None where there is none."""
        return Fraction(median(self.values)) if self.values else None


@dataclass(frozen=True)
class Named:
    """A pupil in a list; ``tied`` where the name stands in other lists too."""

    name: str
    figure: str
    tied: bool


@dataclass(frozen=True)
class LeadingList:
    """Those who have one scale, value or choice in common at the first place."""

    title: str
    named: tuple[Named, ...]


def figure(value: Fraction) -> str:
    """A raw score: whole, or with one decimal place after a comma; a true minus."""
    words = str(int(value)) if value.denominator == 1 else f"{float(value):.1f}"
    return words.replace(".", ",").replace("-", MINUS)


def spreads(facts: SessionFacts) -> tuple[Spread, ...]:
    """The distribution of every scale; of a ranking, the ranks that each value was given."""
    instrument, counted = facts.view.instrument, facts.counted
    if instrument.kind is Kind.RANKING:
        return tuple(
            _ranks(facts, scale, item, [result.one.sheet.answers for result in counted])
            for scale in instrument.scales
            for item in scale.items
        )
    found: dict[str, list[Fraction]] = {scale.code: [] for scale in instrument.scales}
    for result in counted:
        for score in result.outcome.scores:
            if score.raw is not None:
                found[score.scale.code].append(score.raw)
    limits = instrument.limits
    return tuple(
        Spread(scale.title, *limits[scale.code], tuple(sorted(found[scale.code]))) for scale in instrument.scales
    )


def band_counts(facts: SessionFacts) -> Mapping[str, Sequence[int]]:
    """By scale title: how many are in each band of the instrument's file, and last how many in none."""
    bands = facts.view.instrument.bands
    counts: dict[str, list[int]] = {}
    for result in facts.counted:
        for score in result.outcome.scores:
            if score.raw is not None:
                row = counts.setdefault(score.scale.title, [0] * (len(bands) + 1))
                row[bands.index(score.band) if score.band else -1] += 1
    return counts


def leading_lists(facts: SessionFacts) -> tuple[LeadingList, ...]:
    """Who leads where, everybody under each of the leading scales; at the end those with none."""
    instrument = facts.view.instrument
    if instrument.kind is Kind.RECORD:
        return ()
    name = _names(facts.counted)
    found: dict[str, list[Named]] = {}
    none: list[Named] = []
    for result in facts.counted:
        tops = _tops(facts, result.outcome)
        for title, words in tops:
            tied = len(tops) > 1 and instrument.kind not in (Kind.MATRIX, Kind.RANKING)
            found.setdefault(title, []).append(Named(name(result), words, tied))
        if not tops:
            none.append(Named(name(result), "", tied=False))
    lists = [LeadingList(title, tuple(found[title])) for title in _titles(facts) if title in found]
    return (*lists, *([LeadingList("Ничего не выделяется", tuple(none))] if none else []))


def leading_words(outcome: Outcome) -> str:
    """The result of one sheet in a line: leading scales with their scores, first ranks, or chosen cells."""
    instrument = outcome.instrument
    if instrument.kind is Kind.RECORD:
        return f"записей: {instrument.items - len(outcome.missing)}"
    if instrument.kind is Kind.MATRIX:
        columns, rows = chosen(outcome)
        return f"{', '.join(columns)} — {', '.join(rows).lower()}" if columns and rows else ""
    if instrument.kind is Kind.RANKING:
        return "; ".join(
            f"{order.scale.short}: {order.fault or ', '.join(map(str, order.items[:_FIRST_RANKS]))}"
            for order in outcome.orders
        )
    scored = any(score.raw is not None for score in outcome.scores)
    return ", ".join(map(_scored, outcome.leading)) or ("ничего не выделяется" if scored else "")


def chosen(outcome: Outcome) -> tuple[Sequence[str], Sequence[str]]:
    """What was chosen in both lists of a matrix: columns, rows."""
    columns, rows = (one.options for one in outcome.instrument.answering.lists)
    return (
        [columns[place - 1].label for place in dict.fromkeys(column for _, column in outcome.cells)],
        [rows[place - 1].label for place in dict.fromkeys(row for row, _ in outcome.cells)],
    )


def _scored(score: Score) -> str:
    return f"{score.scale.short} {figure(score.raw or Fraction(0))}"


def _ranks(facts: SessionFacts, scale: Scale, item: int, sheets: Sequence[Mapping[int, str]]) -> Spread:
    ranks = sorted(Fraction(answers[item]) for answers in sheets)
    return Spread(_valued(facts, scale, item), Fraction(1), Fraction(len(scale.items)), tuple(ranks))


def _valued(facts: SessionFacts, scale: Scale, item: int) -> str:
    return facts.wording.questions.get(item) or f"{scale.short}: {item}"


def _tops(facts: SessionFacts, outcome: Outcome) -> Sequence[tuple[str, str]]:
    """The lists a sheet belongs in, with the figure that stands at the name."""
    instrument = facts.view.instrument
    if instrument.kind is Kind.RANKING:
        return [(_valued(facts, order.scale, order.items[0]), "") for order in outcome.orders]
    if instrument.kind is Kind.MATRIX:
        return [
            (f"{one.title}: {label.lower()}", "")
            for one, labels in zip(instrument.answering.lists, chosen(outcome), strict=True)
            for label in labels
        ]
    return [(score.scale.title, figure(score.raw or Fraction(0))) for score in outcome.leading]


def _titles(facts: SessionFacts) -> Sequence[str]:
    """Every list there may be, in the instrument's order."""
    instrument: Instrument = facts.view.instrument
    if instrument.kind is Kind.RANKING:
        return [_valued(facts, scale, item) for scale in instrument.scales for item in scale.items]
    if instrument.kind is Kind.MATRIX:
        return [f"{one.title}: {option.label.lower()}" for one in instrument.answering.lists for option in one.options]
    return [scale.title for scale in instrument.scales]


def _names(results: Sequence[SheetResult]) -> Callable[[SheetResult], str]:
    """«Антонов К.», and the whole given name where a class has two of these."""

    def short(result: SheetResult) -> str:
        name = result.one.pupil.name
        return f"{name.surname} {name.given[0]}."

    all_short = [short(result) for result in results]
    return lambda result: short(result) if all_short.count(short(result)) == 1 else result.one.pupil.name.short

"""The department's sums against counts by hand; nothing hidden is in them, and no order of files changes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published_schools import school

from profdesk.domain import received, summary_data
from profdesk.domain.consolidation import Consolidation, consolidate
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.published import publish
from profdesk.domain.received import ReceivedCoverage, ReceivedFigure, ReceivedFormer, ReceivedStages, ReceivedSummary
from profdesk.domain.school_year import SchoolYear, Term
from profdesk.domain.span import Span
from profdesk.domain.summary import State
from profdesk.domain.trends import chain, trends
from profdesk.errors import WrongInputError

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
YEAR = SchoolYear(2026)
SCALE = ("нет", "мало", "есть", "много")
Pair = tuple[int | None, int | None]


def sent(
    name: str,
    *pairs: Pair,
    rule: str = "PF-1, редакция 1",
    span: Span = Span.of_year(YEAR),  # noqa: B008  # a value that never changes
    **changed: object,
) -> ReceivedSummary:
    """A summary with an indicator for each pair, and one level of 40 pupils with one competency."""
    figures = tuple(
        ReceivedFigure(f"i{place}", f"Показатель {place}", rule, "Правило.", Decimal(80), *pair, of_people=True)
        for place, pair in enumerate(pairs)
    )
    level = ReceivedCoverage("primary", "1–4 классы", 40, 30, 20)
    stages = (ReceivedStages("primary", "self", "Самоконтроль", (5, 10, 10, 5), 10),)
    made = ReceivedSummary(
        number="2026/01", kind=OrganisationKind.SCHOOL, legal_form="Школа", name=name, short_name=name,
        programme="p", programme_title="Программа",
        programme_edition=1, span=span, counted_at=NOW, figures=figures, levels=(level,), total=level, scale=SCALE,
        stages=stages,
    )  # fmt: skip
    return replace(made, **changed)


def added(*summaries: ReceivedSummary, **more: object) -> Consolidation:
    made, _ = consolidate(summaries, **more)
    return made


def test_a_total_says_whom_it_leaves_out() -> None:
    made = added(
        sent("А", (8, 10), (3, 3)), sent("Б", (None, 12), (0, 0)), sent("В", (None, None)), sent("Г", (7, 10)),
        sent("Д", (1, 1), rule="PF-1, редакция 2"),
    )  # fmt: skip
    first, other, second = made.lines
    assert (first.sum.numerator, first.sum.denominator, first.percent) == (15, 20, Decimal("75.0"))
    assert (first.sum.told, first.sum.hidden, first.silent, first.otherwise) == (2, 2, 0, 1)
    assert (first.state, first.shortage) == (State.BELOW, 1)
    assert [(part.short_name, part.is_told) for part in first.parts] == [
        ("А", True), ("Б", False), ("В", False), ("Г", True),
    ]  # fmt: skip
    assert (other.rule, other.sum.told, other.otherwise) == ("PF-1, редакция 2", 1, 4)
    assert (second.sum.told, second.silent, second.state) == (2, 3, State.REACHED)


def test_the_verdict_is_of_exact_fractions() -> None:
    short = added(sent("А", (7999, 10000)), sent("Б", (1, 1))).lines[0]
    assert (short.percent, short.state, short.shortage) == (Decimal("80.0"), State.BELOW, 1)
    assert added(sent("А", (7999, 10000)), sent("Б", (2, 2))).lines[0].state is State.BELOW
    assert added(sent("А", (7999, 9999)), sent("Б", (2, 2))).lines[0].state is State.REACHED
    assert added(sent("А", (None, 10)), sent("Б", (None, 5))).lines[0].state is State.HIDDEN
    assert added(sent("А", (0, 0))).lines[0].state is State.NOBODY


def test_levels_add_only_what_both_numbers_of_a_share_are_told_of() -> None:
    level = ReceivedCoverage("primary", "1–4 классы", 40, None, 20)
    none = replace(level, pupils=None, complete=None)
    made = added(sent("А"), sent("Б", levels=(level,)), sent("В", levels=(none,), total=none))
    (one,) = made.levels
    assert (one.pupils.value, one.pupils.told, one.pupils.hidden) == (80, 2, 1)
    assert (one.complete.numerator, one.complete.denominator, one.complete.hidden) == (40, 80, 1)
    assert (one.begun.numerator, one.begun.denominator, one.begun.hidden) == (30, 40, 2)
    assert (made.total.pupils.value, made.total.pupils.hidden) == (80, 1)


def test_stages_leave_hidden_cells_out_and_say_between_what_the_share_lies() -> None:
    def of(name: str, cells: Sequence[int | None], pupils: int | None) -> ReceivedSummary:
        level = ReceivedCoverage("primary", "1–4 классы", pupils, None, None)
        *counts, rest = cells
        row = ReceivedStages("primary", "self", "Самоконтроль", tuple(counts), rest)
        return sent(name, levels=(level,), stages=(row,))

    made = added(
        of("А", (5, 10, 10, 5, 10), 40), of("Б", (None, 10, None, 5, 0), 25), of("В", (None, None, 6, 4, 0), 20),
        of("Г", (None,) * 5, None),
    )  # fmt: skip
    (row,) = made.stages
    assert (row.counts, row.not_assessed, row.unsaid, row.pupils) == ((5, 20, 16, 14), 10, 20, 85)
    assert (row.told, row.partly, row.hidden) == (3, 2, 1)
    assert (row.high, row.most) == (30, 40)
    assert (row.least_percent, row.most_percent) == (Decimal("35.3"), Decimal("47.1"))


def test_a_correction_counts_though_it_was_counted_before_what_it_corrects() -> None:
    wrong = sent("А", (9, 10), number="2026/02", counted_at=NOW)
    right = sent("А", (5, 10), number="2026/03", counted_at=NOW - timedelta(hours=1), replaces="2026/02")
    made, out = consolidate([wrong, right])
    assert made.lines[0].sum.numerator == 5
    assert [(one.summary.number, one.reason) for one in out] == [("2026/02", "исправлена сводкой № 2026/03")]
    other = sent("Б", (1, 10), number="2026/09", replaces="2026/02")
    assert added(wrong, other).lines[0].sum.numerator == 10
    of_term = replace(right, span=Span.of_term(YEAR, Term.FIRST))
    made, out = consolidate([wrong, other, of_term], Span.of_year(YEAR))
    assert [one.short_name for one in made.summaries] == ["Б"]
    assert sorted(one.reason for one in out)[1] == "исправлена сводкой № 2026/03"


def test_the_span_is_the_commonest_or_the_one_that_is_asked_for() -> None:
    term = Span.of_term(YEAR, Term.FIRST)
    there = [sent("А", (1, 2)), sent("Б", (1, 2)), sent("В", (1, 3), span=term)]
    assert added(*there).span == Span.of_year(YEAR)
    made, out = consolidate(there, term, {"Школа «В»": "В", "Школа «Я»": "Я", "Школа «А»": "А"})
    assert (made.span, made.lines[0].sum.denominator) == (term, 3)
    assert [one.short_name for one in made.absent] == ["А", "Я"]
    assert all("другой период: 2026/27 учебный год" in one.reason for one in out)
    with pytest.raises(WrongInputError, match="2-е полугодие"):
        consolidate(there, Span.of_term(YEAR, Term.SECOND))


PAIRS = st.one_of(
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (min(pair), max(pair))),
    st.tuples(st.none(), st.one_of(st.none(), st.integers(0, 50))),
)
LINES = st.lists(st.tuples(PAIRS, PAIRS), min_size=1, max_size=8)


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(lines: list[tuple[Pair, Pair]], chance: Random) -> None:
    there = [sent(f"{place}", *pairs) for place, pairs in enumerate(lines)]
    shuffled = chance.sample(there, len(there))
    assert consolidate(there)[0] == consolidate(shuffled)[0]


@given(LINES, st.integers(0, 8))
def test_parting_the_organisations_changes_no_sum(lines: list[tuple[Pair, Pair]], cut: int) -> None:
    there = [sent(f"{place}", *pairs) for place, pairs in enumerate(lines)]
    parts = [added(*some) for some in (there[:cut], there[cut:]) if some]
    for whole, *rest in zip(added(*there).lines, *(part.lines for part in parts), strict=True):
        for name in ("numerator", "denominator", "told", "hidden"):
            assert getattr(whole.sum, name) == sum(getattr(part.sum, name) for part in rest)


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_nothing_hidden_leaks_into_a_total(seed: int) -> None:
    schools = [replace(school(Random(seed + more), 12), number="2026/01") for more in range(3)]  # noqa: S311
    named = [
        replace(one, organisation=replace(one.organisation, name=f"{place}", short_name=f"{place}"))
        for place, one in enumerate(schools)
    ]
    told = [publish(one) for one in named]
    made = added(*(received.read(summary_data.to_json(one)) for one in told))
    for place, line in enumerate(made.lines):
        figures = [one.figures[place] for one in told]
        shown = [one for one in figures if one.numerator is not None]
        assert line.sum.numerator == sum(one.numerator or 0 for one in shown)
        assert line.sum.denominator == sum(one.denominator or 0 for one in shown)
        assert line.sum.hidden == len(figures) - len(shown)
    for row in made.stages:
        published = [
            cell
            for one in told
            for part in one.stages
            for stages in part.rows
            if (part.level.code, stages.competency.code) == (row.level, row.code) and stages.pupils is not None
            for cell in (*stages.counts, stages.not_assessed)
        ]
        assert sum(row.counts) + row.not_assessed == sum(cell or 0 for cell in published)


def over_spans(*told: Callable[[Span], Sequence[ReceivedSummary]]) -> Sequence[Consolidation]:
    years = [Span.of_year(SchoolYear(2026 - place)) for place in range(len(told))][::-1]
    return [added(*of(span)) for of, span in zip(told, years, strict=True)]


def test_a_trend_marks_points_of_other_organisations_and_adds_those_in_both() -> None:
    made = over_spans(
        lambda span: [sent("А", (1, 10), span=span), sent("Б", (9, 10), span=span)],
        lambda span: [sent("А", (2, 10), span=span), sent("Б", (9, 10), span=span)],
        lambda span: [sent("А", (3, 10), span=span), sent("Б", (None, 10), span=span), sent("В", (0, 10), span=span)],
    )
    (trend,) = trends(reversed(made))
    assert [(one.sum.numerator, one.sum.denominator) for one in trend.points] == [(10, 20), (11, 20), (3, 20)]
    assert [one.like for one in trend.points] == [True, True, False]
    last = trend.points[-1]
    assert last.before is not None
    assert last.now is not None
    assert [(one.numerator, one.denominator, one.told) for one in (last.before, last.now)] == [(2, 10, 1), (3, 10, 1)]
    assert trend.target == 80


def test_a_trend_compares_nothing_with_what_another_rule_counted() -> None:
    made = over_spans(
        lambda span: [sent("А", (1, 10), span=span, rule="PF-1, редакция 1")],
        lambda span: [sent("А", (2, 10), span=span, rule="PF-1, редакция 2")],
        lambda span: [sent("Б", (2, 10), span=span, rule="PF-1, редакция 2")],
    )
    (trend,) = trends(made)
    assert [one.span.year.start for one in trend.points] == [2025, 2026]
    assert [one.year.start for one in trend.otherwise] == [2024]
    assert (trend.points[1].before, trend.points[1].like) == (None, False)
    assert trends([]) == ()


def test_the_span_before_is_told_by_the_same_summaries_until_its_own_come() -> None:
    span = Span.of_year(YEAR)
    told = (ReceivedFormer("i0", 1, 10),)
    now = added(sent("А", (4, 10), before=told), sent("Б", (4, 10)), sent("В", (None, 10), before=told))
    (trend,) = trends([now])
    assert [(one.span, one.sum.numerator, one.retold) for one in trend.points] == [
        (span.previous, 2, True), (span, 8, False),
    ]  # fmt: skip
    last = trend.points[-1]
    assert last.before
    assert last.now
    assert (last.before.numerator, last.now.numerator, last.now.told) == (1, 4, 1)
    own = added(sent("А", (3, 10), span=span.previous))
    assert [(one.sum.numerator, one.retold) for one in trends([own, now])[0].points] == [(3, False), (8, False)]


def test_spans_are_compared_with_those_of_their_kind() -> None:
    terms = [Span.of_term(SchoolYear(year), term) for year in (2025, 2026) for term in Term]
    years = [Span.of_year(SchoolYear(year)) for year in (2023, 2026)]
    assert chain(terms[-1], [*years, *terms]) == terms
    assert chain(years[-1], [*terms, *years]) == years
    assert chain(terms[1], [terms[0], terms[3]]) == [terms[0]]

"""Scoring: every example exactly, and what must hold of any answers at all."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profdesk.domain import answers as sheets
from profdesk.domain import scoring
from profdesk.domain.answers import WrongAnswerError
from profdesk.domain.diagnostics import Sheet, SheetState
from profdesk.domain.instrument import Aggregate, Confidence, Instrument, Kind
from profdesk.errors import WrongInputError
from profdesk.services import instruments

EXAMPLES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "instruments" / "examples.json").read_text(encoding="utf-8")
)
SUMMED = (Kind.CHOICE, Kind.SHARING, Kind.RATING, Kind.TRIPLE)
CONSTANT = {"ddo_klimov_20": 20, "ddo_azbel_30": 30, "yovaysha_30": 90, "yovaysha_rezapkina_24": 24, "holland_42": 42}
named = pytest.mark.parametrize("instrument", instruments.shipped(), ids=lambda one: one.code)


def result(found: scoring.Outcome) -> dict[str, object]:
    if found.cells:
        return {"cells": [list(cell) for cell in found.cells]}
    if found.orders:
        return {f"{order.scale.code}_order": list(order.items) for order in found.orders}
    return {score.scale.code: score.raw for score in found.scores}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one['instrument']}: {one['name']}")
def test_every_example_is_scored_exactly(example: dict[str, Any]) -> None:
    instrument = instruments.called(example["instrument"])
    found = instruments.score(instrument, example["answers"])
    assert result(found) == example["expected"]
    assert not found.missing


def test_every_kind_of_answer_ships_and_nothing_of_low_confidence() -> None:
    assert {one.kind for one in instruments.shipped()} == set(Kind)
    assert all(one.confidence is not Confidence.LOW for one in instruments.shipped())
    assert all(one.conflict for one in instruments.shipped() if one.confidence is Confidence.MEDIUM)


def answer(instrument: Instrument, item: int) -> st.SearchStrategy[str]:
    options = instrument.options_of(item)
    codes = st.sampled_from([option.code for option in options]) if options else st.just("слово")
    if instrument.kind is Kind.SHARING:
        total = instrument.answering.total
        return st.integers(0, total).map(lambda first: f"{first}-{total - first}")
    if instrument.kind is Kind.TRIPLE:
        marks = [codes if aspect.dash else st.sampled_from(["0", "1", "2"]) for aspect in instrument.answering.aspects]
        return st.tuples(*marks).map("/".join)
    if instrument.kind is Kind.MATRIX:
        return st.sets(codes, min_size=1).map("+".join)
    return st.integers(1, 18).map(str) if instrument.kind is Kind.RANKING else codes


def sheet(instrument: Instrument, share: float = 1.0) -> st.SearchStrategy[dict[int, str]]:
    items = range(1, instrument.items + 1)
    whole = st.fixed_dictionaries({item: answer(instrument, item) for item in items})
    if share == 1:
        return whole
    return st.tuples(whole, st.sets(st.sampled_from(list(items)))).map(
        lambda pair: {item: words for item, words in pair[0].items() if item not in pair[1]}
    )


@named
@settings(max_examples=12)
@given(data=st.data())
def test_scores_stay_inside_their_limits_and_sums_are_constant_where_they_must_be(
    instrument: Instrument, data: st.DataObject
) -> None:
    found = scoring.score(instrument, data.draw(sheet(instrument)))
    assert found.missing == ()
    raws = [score.raw for score in found.scores if score.raw is not None]
    for score in found.scores:
        if score.raw is not None:
            assert min(score.least, Fraction(0)) <= score.raw <= score.most
            assert score.band is None or score.band.low <= score.raw <= score.band.high
    if instrument.code in CONSTANT:
        assert sum(raws) == CONSTANT[instrument.code]


@named
@settings(max_examples=12)
@given(data=st.data())
def test_order_of_answering_does_not_matter(instrument: Instrument, data: st.DataObject) -> None:
    given_answers = data.draw(sheet(instrument, 0.5))
    shuffled = dict(data.draw(st.permutations(list(given_answers.items()))))
    assert scoring.score(instrument, given_answers) == scoring.score(instrument, shuffled)


@named
@settings(max_examples=12)
@given(data=st.data())
def test_missing_answers_are_told_and_never_guessed(instrument: Instrument, data: st.DataObject) -> None:
    whole = data.draw(sheet(instrument))
    item = data.draw(st.integers(1, instrument.items))
    part = {number: words for number, words in whole.items() if number != item}
    full, found = scoring.score(instrument, whole), scoring.score(instrument, part)
    assert found.missing == (item,)
    assert not found.complete
    assert [scoring.is_whole(instrument, answers) for answers in (whole, part)] == [full.complete, False]
    for one, other in zip(full.scores, found.scores, strict=True):
        if item not in one.scale.items and not instrument.needs_all:
            assert (one.raw, one.answered) == (other.raw, other.answered)
        else:
            assert other.answered <= one.answered


@named
def test_every_scale_reaches_its_most_and_its_least(instrument: Instrument) -> None:
    if instrument.kind not in SUMMED:
        return
    plain = replace(instrument, aggregate=Aggregate.SUM, least_answered=0, needs_all=False)
    gains: dict[tuple[str, int], dict[str, Fraction]] = {}
    for item in range(1, instrument.items + 1):
        for words in _all_answers(instrument):
            for one in scoring.score(plain, {item: words}).scores:
                gains.setdefault((one.scale.code, item), {})[words] = one.raw or Fraction(0)
    for scale in instrument.scales:
        for choose, end in ((max, "most"), (min, "least")):
            answers = {
                item: choose(found, key=found.__getitem__)
                for (code, item), found in gains.items()
                if code == scale.code
            }
            raw = next(one for one in scoring.score(instrument, answers).scores if one.scale == scale)
            assert raw.raw == getattr(raw, end)


def _all_answers(instrument: Instrument) -> list[str]:
    if instrument.kind is Kind.SHARING:
        return [f"{first}-{instrument.answering.total - first}" for first in range(instrument.answering.total + 1)]
    if instrument.kind is Kind.TRIPLE:
        return ["/".join(mark * len(instrument.answering.aspects)) for mark in "012"]
    return [option.code for option in instrument.answering.options]


def test_ties_stay_ties() -> None:
    instrument = instruments.called("ddo_klimov_20")
    found = scoring.score(instrument, {item: "a" if item % 2 else "b" for item in range(1, 21)})
    for one in found.scores:
        assert one.places is not None
        same = [other for other in found.scores if other.raw == one.raw]
        assert one.places[1] - one.places[0] + 1 == len(same)
    top = max(one.raw for one in found.scores if one.raw is not None)
    assert [one.raw for one in found.leading] == [top] * len(found.leading)


def test_nothing_leads_where_all_are_equal() -> None:
    instrument = instruments.called("thinking_type_40")
    found = scoring.score(instrument, dict.fromkeys(range(1, 41), "+"))
    assert found.leading == ()
    creativity = found.scores[-1]
    assert creativity.scale.apart
    assert creativity.places is None


def test_too_little_answered_gives_no_mean() -> None:
    anchors = instruments.called("schein_anchors_41")
    manage = anchors.scale("manage").items
    answers = dict.fromkeys(range(1, 42), "6")
    four = scoring.score(anchors, {item: words for item, words in answers.items() if item != manage[0]})
    three = scoring.score(anchors, {item: words for item, words in answers.items() if item not in manage[:2]})
    assert [one.raw for one in four.scores if one.scale.code == "manage"] == [6]
    assert [one.raw for one in three.scores if one.scale.code == "manage"] == [None]


def test_nothing_leads_below_what_leading_takes() -> None:
    anchors = instruments.called("schein_anchors_41")
    answers = dict.fromkeys(range(1, 42), "3")
    for words, leading in (("4", ()), ("5", ("manage",))):
        found = scoring.score(anchors, answers | dict.fromkeys(anchors.scale("manage").items, words))
        assert tuple(one.scale.code for one in found.leading) == leading
        assert [one.places for one in found.scores if one.scale.code == "manage"] == [(1, 1)]


def test_profiler_counts_only_a_whole_sheet() -> None:
    profiler = instruments.called("onet_ip_sf_60")
    found = scoring.score(profiler, dict.fromkeys(range(1, 60), "3"))
    assert found.missing == (60,)
    assert all(one.raw is None for one in found.scores)


def test_dash_counts_for_nothing_but_is_counted() -> None:
    ready = instruments.called("opg_kabardova_50")
    found = scoring.score(ready, {**dict.fromkeys(range(1, 51), "2/2/2"), 1: "-/-/2"})
    raw = {one.scale.code: one.raw for one in found.scores}
    assert (raw["sign.skill"], raw["sign.wish"]) == (18, 20)
    assert found.dashes == 2
    assert found.missing == ()
    assert {one.scale.aspect for one in found.scores if one.places} == {"wish"}


def test_list_with_a_rank_given_twice_is_not_scored_and_says_which() -> None:
    values = instruments.called("rokeach_18_18")
    ranks = {item: str((item - 1) % 18 + 1) for item in range(1, 37)}
    found = scoring.score(values, {**ranks, 2: "1"})
    assert [order.items[:2] for order in found.orders] == [(), (19, 20)]
    assert found.orders[0].fault == "дважды стоит место 1; нет места 2"
    assert not found.complete
    unread = Sheet("b", "s", "p", 1, answers={**ranks, 2: "1"})
    assert unread.state(values) is SheetState.INCOMPLETE


def test_printed_key_of_the_pairs_has_its_misprints() -> None:
    answers = dict.fromkeys(range(1, 43), "b")
    repaired = scoring.score(instruments.called("holland_42"), answers)
    printed = scoring.score(instruments.called("holland_42_printed"), answers)
    assert sum(one.raw or 0 for one in repaired.scores) == 42
    assert sum(one.raw or 0 for one in printed.scores) < 42
    assert repaired.instrument.key_title != printed.instrument.key_title


@pytest.mark.parametrize(
    ("code", "item", "given_answer", "kept"),
    [
        ("ddo_klimov_20", 1, "а", "a"),
        ("ddo_klimov_20", 1, " B ", "b"),
        ("golomshtok_174", 174, "++", "++"),
        ("yovaysha_30", 3, "2-1", "2-1"),
        ("opg_42", 7, "2//-", None),
        ("opg_42", 7, "-/-/0", "-/-/0"),
        ("opg_42", 7, "2//1", "2//1"),
        ("rokeach_18_18", 36, "018", "18"),
        ("matrix_rezapkina", 1, "4+1", "1+4"),
        ("ddo_klimov_20", 1, "в", None),
        ("ddo_klimov_20", 21, "a", None),
        ("yovaysha_30", 3, "2-2", None),
        ("yovaysha_30", 3, "-1-4", None),
        ("rokeach_18_18", 1, "19", None),
        ("rokeach_18_18", 1, "²", None),
        ("matrix_rezapkina", 1, "11", None),
        ("pvq_40", 1, "7", None),
    ],
)
def test_answers_are_checked(code: str, item: int, given_answer: str, kept: str | None) -> None:
    instrument = instruments.called(code)
    if kept is None:
        with pytest.raises(WrongAnswerError):
            sheets.check(instrument, item, given_answer)
    else:
        assert sheets.check(instrument, item, given_answer) == kept


@named
@settings(max_examples=12)
@given(data=st.data())
def test_json_is_read_as_it_was_written(instrument: Instrument, data: st.DataObject) -> None:
    answers = {item: sheets.check(instrument, item, words) for item, words in data.draw(sheet(instrument, 0.5)).items()}
    written = json.loads(json.dumps(sheets.to_json(instrument, answers)))
    assert sheets.from_json(instrument, written) == answers


@pytest.mark.parametrize(
    "raw",
    ['{"1": true}', '{"1": 1.5}', '{"1": NaN}', '{"1": {"a": 1}}', '{"1": [["a"]]}', '{"1": "a", "01": "b"}'],
)
def test_what_is_no_answer_is_told_and_not_taken_for_a_blank(raw: str) -> None:
    with pytest.raises(WrongAnswerError, match="Вопрос 1"):
        sheets.from_json(instruments.called("ddo_klimov_20"), json.loads(raw))


@named
@settings(max_examples=12)
@given(raw=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_any_other_json_is_refused_in_words(instrument: Instrument, raw: object) -> None:
    for value in (raw, {"1": raw}, {"вопрос": raw}):
        with suppress(WrongInputError):
            assert set(sheets.from_json(instrument, value)) <= {1}

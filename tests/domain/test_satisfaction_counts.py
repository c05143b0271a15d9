"""Counts of parents' answers: forms counted one by one are the same as totals, and what cannot be is told."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk import assets
from profdesk.domain import satisfaction
from profdesk.domain.satisfaction import SEVERAL, Tally
from profdesk.errors import WrongInputError

FORM = satisfaction.read_form(assets.resource("activities", "satisfaction.toml").read_text(encoding="utf-8"))
QUESTIONS = [one.code for one in FORM.questions]
ANSWERS = [one.code for one in FORM.answers]
SHEETS = st.lists(st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(ANSWERS)), max_size=40)


def test_the_form_is_short_and_asks_of_it_all() -> None:
    assert len(FORM.questions) == 4
    assert len(FORM.answers) in (3, 4)
    assert FORM.whole in QUESTIONS
    assert {one.satisfied for one in FORM.answers} == {True, False}
    assert len(set(ANSWERS)) == len(ANSWERS)


@given(SHEETS)
def test_forms_counted_one_by_one_are_their_totals(sheets: list[dict[str, str]]) -> None:
    tally = satisfaction.counted(sheets)
    assert tally.forms == len(sheets)
    assert {key: count for key, count in tally.counts.items() if count} == Counter(
        pair for sheet in sheets for pair in sheet.items()
    )
    satisfaction.check(FORM, tally, len(sheets))
    for question in QUESTIONS:
        content = satisfaction.satisfied(FORM, tally, question)
        assert 0 <= content <= tally.answered(question) <= len(sheets)
        percent = satisfaction.share(FORM, tally, question)
        assert (percent is None) == (not any(question in sheet for sheet in sheets))
        if percent is not None:
            assert abs(percent - Decimal(100 * content) / tally.answered(question)) <= Decimal("0.05")


@given(SHEETS, SHEETS)
def test_what_was_added_last_can_be_taken_out_again(first: list[dict[str, str]], last: list[dict[str, str]]) -> None:
    both = satisfaction.counted([*first, *last])
    left = both.less(satisfaction.counted(last))
    alone = satisfaction.counted(first)
    assert left == Tally(alone.forms, {key: count for key, count in alone.counts.items() if count})
    assert satisfaction.counted(first).plus(satisfaction.counted(last)).forms == both.forms


@pytest.mark.parametrize(
    ("tally", "reached", "told"),
    [
        (Tally(-1), 0, "меньше нуля"),
        (Tally(3, {("useful", "yes"): -1}), 0, "меньше нуля"),
        (Tally(3, {("useful", "yes"): 2, ("useful", "no"): 2}), 0, "ответов 4, а анкет 3"),
        (Tally(30), 25, "Анкет 30, а родителей было 25"),
    ],
)
def test_what_cannot_be_is_told(tally: Tally, reached: int, told: str) -> None:
    with pytest.raises(WrongInputError, match=told):
        satisfaction.check(FORM, tally, reached)


def test_activities_come_together_by_the_level_they_were_for() -> None:
    one = Tally(2, {("useful", "yes"): 2})
    found = satisfaction.by_level(
        [(["primary", "primary"], one), (["primary"], one), (["primary", "basic"], one), ([], one)]
    )
    assert found == {
        "primary": (2, Tally(4, {("useful", "yes"): 4})),
        SEVERAL: (2, Tally(4, {("useful", "yes"): 4})),
    }

"""Which key answers what, for each kind of answer; the pace of the work."""

from __future__ import annotations

import pytest

from profdesk.domain import answers, keying
from profdesk.domain.instrument import Kind
from profdesk.domain.pace import Pace
from profdesk.services import instruments

KEYED = [one for one in instruments.shipped() if keying.keys(one)]


@pytest.mark.parametrize(
    ("code", "presses", "given"),
    [
        ("yovaysha_rezapkina_24", "абв", "abc"),
        ("yovaysha_rezapkina_24", "АБВ", "abc"),
        ("yovaysha_rezapkina_24", "abc", "abc"),
        ("yovaysha_rezapkina_24", "123", "abc"),
        ("azbel_identity_20", "г4d", "ddd"),
        ("thinking_type_40", "+-12", "+-+-"),
        ("profil_50", "+?-", "+?-"),
        ("pvq_40", "16", "16"),
    ],
)
def test_one_press_answers_by_letter_place_or_sign(code: str, presses: str, given: str) -> None:
    instrument = instruments.called(code)
    found = [keying.pressed(instrument, 0, letter) for letter in presses]
    assert [key.code for key in found if key] == list(given)


@pytest.mark.parametrize(
    ("code", "letter", "given"),
    [
        ("golomshtok_144", "1", "++"),
        ("golomshtok_144", "*", "++"),
        ("golomshtok_144", "=", "+"),
        ("golomshtok_144", "0", "0"),
        ("golomshtok_144", "5", "--"),
        ("schein_anchors_41", "0", "10"),
        ("schein_anchors_41", "9", "9"),
        ("yovaysha_30", "3", "3-0"),
        ("yovaysha_30", "1", "1-2"),
        ("opg_42", "-", "-"),
    ],
)
def test_answers_of_several_signs_have_one_key_too(code: str, letter: str, given: str) -> None:
    key = keying.pressed(instruments.called(code), 0, letter)
    assert key is not None
    assert key.code == given


@pytest.mark.parametrize(
    ("code", "letter"), [("ddo_klimov_20", "в"), ("pvq_40", "7"), ("yovaysha_30", "4"), ("opg_42", "3")]
)
def test_impossible_key_is_none(code: str, letter: str) -> None:
    assert keying.pressed(instruments.called(code), 0, letter) is None


@pytest.mark.parametrize("instrument", KEYED, ids=lambda one: one.code)
def test_no_character_presses_two_keys_and_every_answer_has_one(instrument) -> None:
    for part in range(keying.parts(instrument)):
        there = keying.keys(instrument, part)
        letters = [letter for key in there for letter in set(key.presses)]
        assert len(letters) == len(set(letters))
        assert all(key.presses for key in there)
        if instrument.kind in (Kind.CHOICE, Kind.RATING):
            assert [key.code for key in there] == [option.code for option in instrument.answering.options]
        for key in there:
            given = keying.marked(instrument, None, part, key.code)
            assert given is not None
            assert answers.check(instrument, 1, given) == given


def test_third_mark_has_no_dash_where_the_instrument_has_none() -> None:
    instrument = instruments.called("opg_42")
    assert [[key.code for key in keying.keys(instrument, part)] for part in (0, 2)] == [list("210-"), list("210")]


def test_marks_of_a_question_are_given_one_by_one_and_taken_away() -> None:
    instrument = instruments.called("opg_42")
    first = keying.marked(instrument, None, 0, "2")
    assert first == "2//"
    assert keying.marked(instrument, first, 2, "1") == "2//1"
    assert keying.marked(instrument, first, 0, "") is None


def test_places_given_twice_are_found_inside_one_list_only() -> None:
    instrument = instruments.called("rokeach_18_18")
    assert keying.rivals(instrument, {1: "5", 7: "5", 19: "5"}, 7) == (1,)
    assert keying.rivals(instrument, {1: "5", 19: "5"}, 19) == ()


def test_only_numbers_are_typed_and_a_plus_joins_them_in_a_matrix() -> None:
    ranking, matrix = instruments.called("rokeach_18_18"), instruments.called("matrix_rezapkina")
    assert [keying.typed(ranking, letter) for letter in "7+а"] == ["7", "", ""]
    assert [keying.typed(matrix, letter) for letter in "7+,а"] == ["7", "+", "+", ""]


def test_pace_leaves_pauses_out() -> None:
    pace = Pace()
    assert pace.seconds(24) is None
    for moment in (0, 1, 2, 3, 4, 304, 305, 306):
        pace.answered(moment)
    assert pace.seconds(24) == 24

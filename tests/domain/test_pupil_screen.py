"""What a pupil is asked: every instrument can be answered whole, a list is put in order by choosing."""

from __future__ import annotations

import pytest
from diagnostic_cases import CODES, worded
from hypothesis import given, settings
from hypothesis import strategies as st

from profdesk.domain import answers as sheets
from profdesk.domain import pupil_screen
from profdesk.domain.instrument import Kind
from profdesk.domain.pupil_screen import PupilScreen
from profdesk.domain.questions import Wording
from profdesk.services import instruments


def screen(code: str) -> PupilScreen:
    instrument = instruments.called(code)
    return PupilScreen("sheet", "Яна", instrument, worded(instrument), {})


def take(answers: dict[int, str], changed: dict[int, str | None]) -> None:
    for item, words in changed.items():
        if words is None:
            answers.pop(item, None)
        else:
            answers[item] = words


@pytest.mark.parametrize("code", CODES)
def test_whatever_can_be_chosen_is_an_answer_and_makes_a_whole_sheet(code: str) -> None:
    asked = screen(code)
    instrument, answers = asked.instrument, {}
    for step in pupil_screen.steps(instrument):
        assert pupil_screen.asked(asked, step).question
        choices = pupil_screen.choices(asked, answers, step)
        words = choices[-1].code if choices else "Лётчик"
        if instrument.kind is Kind.TRIPLE:
            words = sheets.MARKED.join(next(iter(instrument.values)) for _ in instrument.answering.aspects)
        take(answers, dict(pupil_screen.writes(answers, step, words)))
        assert pupil_screen.answered(instrument, answers, step)
        assert pupil_screen.given(answers, step) == words
        assert pupil_screen.writes(answers, step, words) == {}
    assert {item: sheets.check(instrument, item, words) for item, words in answers.items()} == answers
    assert sheets.missing(instrument, answers) == ()


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 16), st.integers(0, 17)), max_size=40))
def test_a_list_never_has_two_on_one_place_however_one_goes_back_and_forth(picks: list[tuple[int, int]]) -> None:
    asked = screen("rokeach_18_18")
    steps, answers = pupil_screen.steps(asked.instrument), {}
    sequence = [*((steps[at], pick) for at, pick in picks), *((step, 0) for step in steps)]
    for step, pick in sequence:
        choices = pupil_screen.choices(asked, answers, step)
        if pupil_screen.answered(asked.instrument, answers, step) and pick == 0:
            continue
        take(answers, dict(pupil_screen.writes(answers, step, choices[pick % len(choices)].code)))
        for scale in asked.instrument.scales:
            ranks = [answers[item] for item in scale.items if item in answers]
            assert len(ranks) == len(set(ranks))


def test_the_last_of_a_list_needs_no_question() -> None:
    asked = screen("rokeach_18_18")
    steps = pupil_screen.steps(asked.instrument)
    assert [len(steps), steps[0].place, steps[16].place, steps[17].items[0]] == [34, 1, 17, 19]
    answers: dict[int, str] = {}
    for step in steps[:17]:
        take(answers, dict(pupil_screen.writes(answers, step, pupil_screen.choices(asked, answers, step)[0].code)))
    assert answers == {item: str(item) for item in range(1, 19)}


def test_another_choice_for_a_place_changes_the_two_about() -> None:
    asked = screen("rokeach_18_18")
    step = pupil_screen.steps(asked.instrument)[0]
    assert pupil_screen.writes({1: "1", 5: "4"}, step, "5") == {1: "4", 5: "1"}
    assert pupil_screen.writes({1: "1"}, step, "5") == {1: None, 5: "1"}


@pytest.mark.parametrize(("code", "silent"), [("yovaysha_30", 30), ("opg_42", 42), ("matrix_rezapkina", 0)])
def test_questions_without_any_text_are_known(code: str, silent: int) -> None:
    instrument = instruments.called(code)
    assert len(pupil_screen.unworded(instrument, Wording())) == silent
    assert pupil_screen.unworded(instrument, worded(instrument)) == ()


def test_a_pair_is_told_by_its_two_answers_alone() -> None:
    instrument = instruments.called("ddo_klimov_20")
    wording = Wording(options={(1, "a"): "Лечить", (1, "b"): "Чинить", (2, "a"): "Помогать"})
    assert pupil_screen.unworded(instrument, wording) == tuple(range(2, 21))


def test_points_are_shared_out_in_every_way() -> None:
    asked = screen("yovaysha_30")
    choices = pupil_screen.choices(asked, {}, pupil_screen.steps(asked.instrument)[0])
    assert [one.code for one in choices] == ["3-0", "2-1", "1-2", "0-3"]
    assert [one.words for one in choices] == [
        "Только «а»: 3 и 0",
        "Больше «а»: 2 и 1",
        "Больше «б»: 1 и 2",
        "Только «б»: 0 и 3",
    ]


def test_marks_are_said_in_words_and_a_dash_only_where_it_may_be() -> None:
    rows = pupil_screen.mark_rows(instruments.called("opg_42"))
    assert [len(row.choices) for row in rows] == [4, 4, 3]
    assert [one.words for one in rows[2].choices] == ["Хочу", "Всё равно", "Не хочу"]
    assert rows[0].choices[3] == pupil_screen.Choice("-", "Не приходилось", "-")

"""What the grid shows while writes are on their way, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portfolio_class import programme
from support import FIRST, SECOND, YEAR, organisation

from profdesk.domain.people import Group, GroupName, PersonName, Pupil
from profdesk.domain.portfolio import Cell, Grid, Mark, StageChange
from profdesk.domain.school_year import Period
from profdesk.gui.common import breaking, class_choice
from profdesk.gui.portfolio.sheet import Look, Sheet
from profdesk.gui.portfolio.undo import History, Step

BASIC = next(level for level in programme().levels if level.code == "basic")
GROUP = Group("g", GroupName("7 «А»", 7, "А"), "basic", YEAR.start, 2)
PUPILS = tuple(Pupil(key, PersonName("Ильин", key), date(2013, 5, 6), None, GROUP) for key in ("один", "два"))
CODES = [item.code for item in BASIC.competencies.items]
CELL = Cell("один", CODES[0])


def grid(
    stages: dict[Cell, int] | None = None,
    earlier: dict[Cell, int] | None = None,
    in_year: dict[str, int] | None = None,
    period: Period = FIRST,
) -> Grid:
    return Grid(GROUP, period, BASIC.competencies, PUPILS, stages or {}, earlier or {}, in_year or {})


def test_growth_is_told_against_the_term_before() -> None:
    cells = [Cell("один", code) for code in CODES[:4]]
    now = dict(zip(cells, (2, 1, 2, 2), strict=True))
    before = dict(zip(cells, (1, 3, 2), strict=False))
    sheet = Sheet(grid(now, before))
    assert [sheet.look(0, column).trend for column in range(5)] == [1, -1, 0, 0, 0]
    assert sheet.look(0, 4) == Look(None)


def test_the_parts_of_the_set_are_known() -> None:
    assert Sheet(grid()).part_starts == {16}


def test_a_blank_cell_is_found_forward_and_round() -> None:
    full = {Cell(pupil.id, code): 1 for pupil in PUPILS for code in CODES}
    del full[Cell("один", CODES[3])], full[Cell("два", CODES[5])]
    sheet = Sheet(grid(full))
    assert sheet.blanks == 2
    assert sheet.next_blank(0, -1) == (0, 3)
    assert sheet.next_blank(0, 3) == (1, 5)
    assert sheet.next_blank(1, 5) == (0, 3)
    sheet.put([Mark(Cell("один", CODES[3]), 0), Mark(Cell("два", CODES[5]), 0)])
    assert sheet.next_blank(0, 0) is None
    assert sheet.blanks == 0


def test_a_pressed_key_counts_towards_completeness_once_a_year() -> None:
    earlier = {Cell("один", CODES[0]): 1}
    sheet = Sheet(grid({}, earlier, {"один": 1}, SECOND))
    sheet.put([Mark(Cell("один", CODES[0]), 2), Mark(Cell("один", CODES[1]), 2)])
    assert sheet.completeness(0).assessed == 2
    sheet.put([Mark(Cell("один", CODES[1]), None)])
    assert sheet.completeness(0).assessed == 1
    assert sheet.complete == 0


def test_only_the_same_grid_can_be_read_again() -> None:
    sheet = Sheet(grid())
    sheet.put([Mark(CELL, 3)])
    assert sheet.reread(grid({CELL: 1}, in_year={"один": 1}))
    assert sheet.look(0, 0) == Look(3, pending=True)
    assert not sheet.reread(grid(period=SECOND))


@given(
    st.lists(
        st.tuples(st.sampled_from([None, 0, 1, 2, 3]), st.booleans(), st.booleans()),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_the_order_the_last_key_stays_and_then_the_truth(
    keys: Sequence[tuple[int | None, bool, bool]],
) -> None:
    """Each key (stage, whether its write succeeds, whether an answer comes before the next key)."""
    sheet = Sheet(grid())
    saved: int | None = None
    waiting: list[tuple[int, int | None, bool]] = []

    def answer() -> None:
        nonlocal saved
        number, stage, succeeds = waiting.pop(0)
        if succeeds:
            saved = stage
            sheet.commit(number, [Mark(CELL, stage)])
        else:
            sheet.revert(number, [Mark(CELL, stage)])

    for stage, succeeds, answered in keys:
        waiting.append((sheet.put([Mark(CELL, stage)]), stage, succeeds))
        assert sheet.look(0, 0).stage == stage
        if answered:
            answer()
        assert sheet.look(0, 0).pending == bool(waiting)
        assert sheet.stage(CELL) == (stage if waiting else saved)
    while waiting:
        answer()
    assert sheet.stage(CELL) == saved
    assert not sheet.look(0, 0).pending


def test_history_moves_steps_and_forgets_those_never_written() -> None:
    history = History()
    first, second = (Step(words, (StageChange(CELL, None, 1),)) for words in ("первый", "второй"))
    history.add(first)
    history.add(second)
    assert history.undo() is second
    assert second.back == (Mark(CELL, None),)
    assert history.next_redo is second
    history.undo_failed(second)
    assert history.next_undo is second
    assert history.next_redo is None
    history.undo()
    assert history.redo() is second
    assert second.forth == (Mark(CELL, 1),)
    history.redo_failed(second)
    assert history.next_redo is second
    history.drop(second)
    assert history.redo() is None
    history.undo()
    history.add(second)
    assert history.next_redo is None
    history.keep(lambda cell: cell != CELL)
    assert history.undo() is None


@pytest.mark.parametrize(
    ("text", "room", "broken"),
    [
        ("Устная речь", 20, ["Устная речь"]),
        ("Взятие на себя риска", 14, ["Взятие на себя", "риска"]),
        ("Стрессо\u00adустойчивость", 18, ["Стрессо-", "устойчивость"]),
        ("Стрессо\u00adустойчивость", 19, ["Стрессоустойчивость"]),
        ("Клиенто\u00adориенти\u00adрованность", 16, ["Клиентоориенти-", "рованность"]),
        ("Клиенто\u00adориенти\u00adрованность труда", 16, ["Клиентоориенти-", "рованность труда"]),
        ("один два три четыре пять", 6, ["один", "два", "три ч…"]),
        ("Непереносимость", 8, ["Неперен…"]),
    ],
)
def test_names_break_on_words_and_at_soft_hyphens_only_if_they_must(text: str, room: int, broken: list[str]) -> None:
    assert breaking.lines(text, room, 3, len) == broken


@pytest.mark.parametrize("current", [FIRST, SECOND])
def test_both_terms_of_two_years_may_be_marked(current: Period) -> None:
    offered = class_choice.periods(replace(organisation(), period=current))
    assert [period.title for period in offered] == [
        "2-е полугодие 2026/27",
        "1-е полугодие 2026/27",
        "2-е полугодие 2025/26",
        "1-е полугодие 2025/26",
    ]


def test_the_class_of_another_year_is_the_same_children() -> None:
    year = YEAR.start - 1
    sixth = Group("6а", GroupName("6 «А»", 6, "А"), "basic", year, 25)
    other = Group("5а", GroupName("5 «А»", 5, "А"), "basic", year, 25)
    rainbow = Group("р", GroupName("«Радуга»"), "preschool", year, 20)
    assert class_choice.choose([other, sixth, rainbow], None, GROUP) is sixth
    assert class_choice.choose([other, sixth, rainbow], "5а", GROUP) is other
    shown = Group("р2", GroupName("«Радуга»"), "preschool", YEAR.start, 20)
    assert class_choice.choose([other, rainbow], "р2", shown) is rainbow
    assert class_choice.choose([other, rainbow], None, GROUP) is other
    assert class_choice.choose([], None, GROUP) is None

"""Stages to the clipboard and back, and whatever else is pasted."""

from __future__ import annotations

import csv

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from profdesk.domain import stage_text
from profdesk.domain.programme import Stage
from profdesk.domain.stage_text import Laid, Unread

STAGES = (
    Stage(0, "не проявляется", "пока не проявляется"),
    Stage(1, "начальная", "начальная стадия"),
    Stage(2, "формируется", "формируется"),
    Stage(3, "всё умеет", "умеет всё"),
)
VALUES = st.one_of(st.none(), st.sampled_from([stage.value for stage in STAGES]))
TABLES = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(VALUES, min_size=width, max_size=width), min_size=1, max_size=8)
)
ENTRIES = st.lists(st.lists(st.one_of(VALUES, st.just(Unread("нет"))), max_size=5), max_size=5)


def read(pasted: str) -> tuple[tuple[stage_text.Entry, ...], ...]:
    return stage_text.entries(stage_text.cells(pasted), STAGES)


@given(TABLES)
def test_what_is_copied_is_pasted_the_same(rows: list[list[int | None]]) -> None:
    assert [list(row) for row in read(stage_text.write(rows))] == rows


@given(TABLES)
def test_windows_line_ends_are_the_same(rows: list[list[int | None]]) -> None:
    copied = stage_text.write(rows).replace("\n", "\r\n")
    assert [list(row) for row in read(copied)] == rows


@given(st.text())
@example("x" * (csv.field_size_limit() + 1) + "\t2\n3")
@example("9" * 5000)
@example('"2\t3')
@example("\0\t1\r2\x0b3\u2028")
@example("²\t٣\t3.5\t-1\t1e0")
def test_any_text_is_read_or_refused_in_words(pasted: str) -> None:
    for row in read(pasted):
        for entry in row:
            assert entry is None or entry in (0, 1, 2, 3) or (isinstance(entry, Unread) and len(entry.why) < 50)


@pytest.mark.parametrize(
    ("cell", "entry"),
    [
        ("3", 3),
        ("3,0", 3),
        ("2.00", 2),
        ("02", 2),
        (" 1 ", 1),
        ("1\u00a0", 1),
        ("Формируется", 2),
        ("НАЧАЛЬНАЯ  СТАДИЯ", 1),
        ("все умеет", 3),
        ("Умеет всё", 3),
        ('"2"', 2),
        ("", None),
        ("  ", None),
        ("4", Unread("нет стадии 4")),
        ("2,5", Unread("«2,5» не стадия")),
        ("-1", Unread("«-1» не стадия")),
        ("хорошо и даже очень хорошо", Unread("«хорошо и даже очень хоро…» не стадия")),
    ],
)
def test_a_cell_is_a_number_or_a_name_of_the_programme(cell: str, entry: stage_text.Entry) -> None:
    assert read(f"{cell}\t0\n") == ((entry, 0),)


def test_one_value_is_spread_over_the_block_and_a_row_over_its_rows() -> None:
    assert stage_text.spread(1, 3, 2, 9) == [3, 4]
    assert stage_text.spread(2, 0, 4, 9) == [0, 1, 2, 3]
    assert stage_text.spread(2, 0, 3, 9) == [0, 1]
    assert stage_text.spread(3, 7, 1, 9) == [7, 8, None]
    assert stage_text.spread(0, 0, 1, 9) == []
    assert stage_text.lay([[2]], [0, 1], [5, 6]).stages == ((0, 5, 2), (0, 6, 2), (1, 5, 2), (1, 6, 2))
    assert stage_text.lay([[2, 1]], [0, 1], [5, 6]).stages == ((0, 5, 2), (0, 6, 1), (1, 5, 2), (1, 6, 1))


def test_what_has_no_place_is_counted_empty_cells_are_not() -> None:
    unread = Unread("нет стадии 5")
    laid = stage_text.lay([[1, 2, None], [None, unread], [3, 3, 3]], [0, 1, None], [0, 1, None])
    assert laid == Laid(((0, 0, 1), (0, 1, 2)), ((1, 1, unread),), 3)
    assert stage_text.lay([], [], []) == Laid((), (), 0)


@given(ENTRIES, st.tuples(st.integers(1, 6), st.integers(1, 6)), st.tuples(st.integers(1, 6), st.integers(1, 6)))
def test_nothing_is_laid_outside_the_class_or_lost(
    entries: list[list[stage_text.Entry]], block: tuple[int, int], room: tuple[int, int]
) -> None:
    width = max((len(row) for row in entries), default=0)
    down = stage_text.spread(len(entries), 0, block[0], room[0])
    laid = stage_text.lay(entries, down, stage_text.spread(width, 0, block[1], room[1]))
    places = [(row, column) for row, column, _ in (*laid.stages, *laid.refused)]
    assert len(places) == len(set(places))
    assert all(row < room[0] and column < room[1] for row, column in places)
    filled = sum(entry is not None for row in entries for entry in row)
    assert filled == 0 or (len(places) + laid.cut) % filled == 0


def test_names_and_heads_stand_around_and_are_no_formulas() -> None:
    table = stage_text.write_table("Ученик", ["Устная\tречь", "Гиб\u00adкость"], ["=Ильин"], [[1, None]])
    assert table == "Ученик\tУстная речь\tГибкость\nИльин\t1\t\n"

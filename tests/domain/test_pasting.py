"""Where pasted stages go: over the block, or by the names around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain import pasting, stage_text
from profdesk.domain.pasting import Target
from profdesk.domain.programme import Stage
from profdesk.domain.stage_text import Unread

STAGES = tuple(Stage(value, title, title) for value, title in enumerate(("нет", "мало", "есть", "много")))
PUPILS = ("Абрамов Иван", "Белов Пётр", "Ёлкина Анна", "Жуков Олег")
TITLES = ("Гибкость", "Устная речь", "Упорство")
VALUES = st.one_of(st.none(), st.sampled_from(range(4)))
WORDS = st.sampled_from((*PUPILS, *TITLES, "", "1", "3,0", "мало", "5", "№", "Ученик", "Петров", "гибкость"))


def target(corner: tuple[int, int] = (0, 0), block: tuple[int, int] = (1, 1)) -> Target:
    return Target([(name, f"{name} Ильич") for name in PUPILS], [(title,) for title in TITLES], corner, block)


def placed(pasted: str, corner: tuple[int, int] = (0, 0), block: tuple[int, int] = (1, 1)) -> pasting.Placed:
    return pasting.place(pasted, STAGES, target(corner, block))


@given(
    st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=4, max_size=4),
    st.permutations(range(4)),
    st.permutations(range(3)),
)
def test_a_table_with_names_goes_back_whatever_its_order_and_the_cursor(
    rows: list[list[int | None]], down: list[int], across: list[int]
) -> None:
    mixed = [[rows[row][column] for column in across] for row in down]
    heads, names = [TITLES[column] for column in across], [PUPILS[row] for row in down]
    found = placed(stage_text.write_table("Ученик", heads, names, mixed), corner=(3, 2))
    assert {(row, column): stage for row, column, stage in found.laid.stages} == {
        (row, column): stage for row, line in enumerate(rows) for column, stage in enumerate(line) if stage is not None
    }
    assert (found.laid.refused, found.laid.cut, found.unknown) == ((), 0, ())


def test_without_names_the_block_is_the_place() -> None:
    assert placed("1\t2\n3\t\n", corner=(1, 1)).laid.stages == ((1, 1, 1), (1, 2, 2), (2, 1, 3))
    assert placed("много", corner=(2, 0), block=(2, 1)).laid.stages == ((2, 0, 3), (3, 0, 3))
    assert placed("1\t2\t3\n", corner=(3, 1)).laid.cut == 1


def test_names_alone_or_titles_alone_are_enough() -> None:
    assert placed("елкина анна\t1\nАБРАМОВ Иван Ильич\t2\n", corner=(0, 1)).laid.stages == ((2, 1, 1), (0, 1, 2))
    assert placed("Упорство\tГибкость\n1\t2\n", corner=(1, 0)).laid.stages == ((1, 2, 1), (1, 0, 2))


def test_a_title_and_numbers_before_the_names_are_no_stages() -> None:
    sheet = "7 «А»\n№\tУченик\tГибкость\n1\tБелов Пётр\t3\n2\tЖуков Олег\t5\n"
    found = placed(sheet)
    assert found.laid.stages == ((1, 0, 3),)
    assert found.laid.refused == ((3, 0, Unread("нет стадии 5")),)
    assert found.unknown == ()


def test_names_that_are_strange_or_not_alone_take_nothing() -> None:
    found = placed("\tГибкость\tЛовкость\nПетров Пётр\t1\t1\nБелов Пётр\t2\t3\n")
    assert found.laid.stages == ((1, 0, 2),)
    assert found.laid.cut == 3
    assert found.unknown == ("Петров Пётр", "Ловкость")
    twins = Target([("Белов Пётр", "Белов Пётр Ильич"), ("Белов Пётр", "Белов Пётр Львович")], [TITLES], (0, 0), (1, 1))
    assert pasting.place("Белов Пётр\t1\n", STAGES, twins).unknown == ("Белов Пётр",)
    assert pasting.place("Белов Пётр Львович\t1\n", STAGES, twins).laid.stages == ((1, 0, 1),)


@given(
    st.one_of(
        st.text(),
        st.lists(st.lists(WORDS, max_size=4), max_size=5).map(lambda rows: "\n".join("\t".join(row) for row in rows)),
    )
)
def test_any_text_finds_places_inside_the_class_alone(pasted: str) -> None:
    found = placed(pasted, corner=(1, 1), block=(2, 2))
    for row, column, _ in (*found.laid.stages, *found.laid.refused):
        assert 0 <= row < len(PUPILS)
        assert 0 <= column < len(TITLES)

"""Finding pupils by words, and the tree of classes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import YEAR

from profdesk import assets
from profdesk.domain import programme_file, pupil_list
from profdesk.domain.group_names import parse_group
from profdesk.domain.merging import SchoolYearOf
from profdesk.domain.people import Group, Leave, LeaveReason, PersonName, Pupil
from profdesk.domain.portfolio import Completeness
from profdesk.domain.pupil_list import ALL, HOMELESS, LEFT, Listed, Listing, PupilIndex, of_group, of_level

TITLES = ("1 «А»", "7 «А»", "7 «Б»", "11 «А»", "Старшая «Ромашка»")
LEAVE = Leave(date(2026, 10, 12), LeaveReason.TRANSFERRED)


def group(title: str) -> Group:
    name = parse_group(title)
    assert name is not None
    level = "preschool" if name.grade is None else "primary" if name.grade < 5 else "basic"
    return Group(title, name, level, YEAR.start)


GROUPS = {title: group(title) for title in TITLES}


def listed(full: str, title: str = "7 «А»", leave: Leave | None = None, assessed: int = 0) -> Listed:
    surname, first, *rest = full.split()
    name = PersonName(surname, first, " ".join(rest) or None)
    pupil = Pupil(full, name, date(2014, 2, 5), None, GROUPS.get(title), leave)
    there = title in GROUPS and leave is None
    return Listed(
        pupil, Completeness(assessed, 20) if there else None, SchoolYearOf(YEAR, title, leave) if leave else None
    )


SCHOOL = [
    listed("Арефьев Даниил Михайлович", "7 «Б»"),
    listed("Ёлкин Фёдор Ильич", "1 «А»", assessed=20),
    listed("Ильин Даниил Евгеньевич"),
    listed("Ильина Дарья Олеговна", "11 «А»", assessed=7),
    listed("Хабибуллин-Заде Рустам", "Старшая «Ромашка»"),
]
GONE = listed("Белов Матвей Сергеевич", leave=LEAVE)
LOST = listed("Новикова Анна Петровна", "")


def found(words: str, scope: str = ALL) -> list[str]:
    return [row.pupil.name.surname for row in PupilIndex([*SCHOOL, GONE, LOST]).find(words, scope)]


@pytest.mark.parametrize(
    ("words", "surnames"),
    [
        ("", ["Арефьев", "Ёлкин", "Ильин", "Ильина", "Хабибуллин-Заде"]),
        ("елкин", ["Ёлкин"]),
        ("ФЕДОР", ["Ёлкин"]),
        ("дани иль", ["Ильин"]),
        ("ил д", ["Арефьев", "Ёлкин", "Ильин", "Ильина"]),
        ("заде", ["Хабибуллин-Заде"]),
        ("7а", ["Ильин"]),
        ("7 «А»", ["Ильин"]),
        ("7 «а", ["Ильин"]),
        ("7-Б", ["Арефьев"]),
        ("7 б", ["Арефьев"]),
        ("7a", ["Ильин"]),
        ("7", ["Арефьев", "Ильин"]),
        ("1 «А»", ["Ёлкин"]),
        ("1а", ["Ёлкин"]),
        ("11", ["Ильина"]),
        ("ромашка", ["Хабибуллин-Заде"]),
        ("даниил 7б", ["Арефьев"]),
        ("7б даниил", ["Арефьев"]),
        ("bkmby", ["Ильин", "Ильина"]),
        ("05.02.2014 елк", ["Ёлкин"]),
        ("2015", []),
        ("белов", []),
    ],
)
def test_words_are_found(words: str, surnames: list[str]) -> None:
    assert found(words) == surnames


def test_a_scope_narrows_the_search() -> None:
    assert found("ильин", of_group("11 «А»")) == ["Ильина"]
    assert found("", of_level("basic")) == ["Арефьев", "Ильин", "Ильина"]
    assert (found("", LEFT), found("", HOMELESS)) == (["Белов"], ["Новикова"])


def test_uncovered_are_those_of_whom_something_is_missing() -> None:
    index = PupilIndex([*SCHOOL, GONE, LOST])
    uncovered = index.find("", uncovered=True)
    assert [row.pupil.name.surname for row in uncovered] == ["Арефьев", "Ильин", "Ильина", "Хабибуллин-Заде"]
    assert index.size(ALL, uncovered=True) == 4
    assert index.find("", LEFT, uncovered=True) == []


def test_the_tree_counts_everybody_once() -> None:
    source = assets.resource("programmes", "artemovsky-2022-2025.toml").read_text(encoding="utf-8")
    programme = programme_file.parse(source, "программа")
    graduated = listed("Яшин Лев", leave=Leave(date(2027, 6, 20), LeaveReason.GRADUATED))
    rows = (*SCHOOL, GONE, LOST, graduated)
    tree = pupil_list.branches(Listing(rows, tuple(GROUPS.values())), programme.levels)
    assert [(branch.title, branch.count) for branch in tree] == [
        ("Все, кто учится", 6),
        ("Дошкольное образование", 1),
        ("Начальная школа", 1),
        ("Основная школа", 4),
        ("Выбыли", 1),
        ("Без класса", 1),
    ]
    assert [(b.title, b.count) for b in tree[3].children] == [("7 «А»", 2), ("7 «Б»", 1), ("11 «А»", 1)]
    assert tree[0].count + tree[-1].count + tree[-2].count == len(rows)


def test_unchanged_rows_are_the_very_same_after_reading_again() -> None:
    former = Listing(tuple(SCHOOL), tuple(GROUPS.values()))
    again = Listing((listed("Арефьев Даниил Михайлович", "7 «Б»"), listed("Ёлкин Фёдор Ильич", "1 «А»"), GONE), ())
    fresh = again.after(former)
    assert fresh == again
    assert [row is old for row, old in zip(fresh.rows, SCHOOL, strict=False)] == [True, False, False]


typed = st.lists(st.text("иьаелнд 71«»аб", max_size=6), min_size=1, max_size=8)


@given(typed, st.sampled_from([ALL, of_group("7 «А»"), LEFT]))
def test_narrowing_finds_what_a_fresh_search_finds(queries: list[str], scope: str) -> None:
    index = PupilIndex([*SCHOOL, GONE, LOST])
    for words in queries:
        for end in range(len(words) + 1):
            assert index.find(words[:end], scope) == PupilIndex([*SCHOOL, GONE, LOST]).find(words[:end], scope)

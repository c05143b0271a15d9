"""Names of files: taken by Windows too, told apart, made of a pattern that says what is the matter with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain import file_names
from profdesk.domain.people import PersonName
from profdesk.errors import WrongInputError

NAME = PersonName("Ёлкина", "Дарья", "Олеговна")


@given(st.text())
def test_any_words_become_a_name_that_windows_takes(words: str) -> None:
    name = file_names.tidy(words)
    assert name
    assert not set(name) & set('\\/:*?"<>|\n\t\0')
    assert name == name.strip(" .")
    assert len(name) <= 121


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("CON", "CON_"),
        ("lpt1.txt", "lpt1.txt_"),
        ("  ", "файл"),
        ("7 «А»: ПП-1/26.", "7 А ПП-1-26"),
        ("Conan", "Conan"),
    ],
)
def test_names_of_devices_and_empty_ones_are_mended(words: str, name: str) -> None:
    assert file_names.tidy(words) == name


def test_a_pattern_is_filled() -> None:
    assert file_names.filled("{номер} {фамилия} {имя} {отчество}.PDF", NAME, "7 «А»", "ПП/1") == (
        "ПП-1 Ёлкина Дарья Олеговна.pdf"
    )


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [("{класс}", "не различить"), ("{день} {номер}", "скобках"), ("{фамилия", "скобках")],
)
def test_a_pattern_that_cannot_name_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(WrongInputError, match=reason):
        file_names.check(pattern)


def test_a_taken_name_gets_a_count() -> None:
    assert file_names.free("А.pdf", {"а.pdf", "а (2).pdf"}) == "А (3).pdf"
    assert file_names.free("Б.pdf", {"а.pdf"}) == "Б.pdf"

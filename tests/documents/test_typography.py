"""Russian typography and print colours."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import PORTRAIT, Sheet
from profdesk.documents.typography import NBSP, SOFT, balanced, bind, day, decimal, fitted, number, wrap


def test_short_words_do_not_end_a_line() -> None:
    assert bind("Школа № 12 и в ней") == f"Школа №{NBSP}12 и{NBSP}в{NBSP}ней"
    assert bind("80 % — цель") == f"80{NBSP}%{NBSP}— цель"
    assert bind("А. С. Пушкин") == f"А.{NBSP}С.{NBSP}Пушкин"


def test_dates_and_figures() -> None:
    assert day(date(2027, 5, 25)) == f"25{NBSP}мая 2027{NBSP}г."
    assert number(1284) == f"1{NBSP}284"
    assert decimal(Decimal("82.2")) == "82,2"
    assert decimal(None) == "—"


@given(st.lists(st.text("абвгд", min_size=1, max_size=12), min_size=1, max_size=30), st.integers(60, 400))
def test_lines_fit_and_lose_no_word(words: list[str], room: int) -> None:
    text = " ".join(words)
    lines = wrap(text, fonts.TEXT, 10, room)
    assert " ".join(lines).replace(NBSP, " ").split() == words
    for line in lines:
        assert fonts.width(line, fonts.TEXT, 10) <= room or " " not in line
    assert len(balanced(text, fonts.TEXT, 10, room)) == len(lines)


def test_long_word_parts_at_its_soft_hyphen_only_when_it_must() -> None:
    word = f"Клиенто{SOFT}ориентированность"
    assert wrap(word, fonts.TEXT, 10, 500) == ["Клиентоориентированность"]
    assert wrap(word, fonts.TEXT, 10, 90) == ["Клиенто-", "ориентированность"]


def test_name_is_fitted_by_size() -> None:
    size, lines = fitted("Ким Ян", fonts.SERIF, (25, 20, 15), 240, 2)
    assert (size, lines) == (25, ["Ким Ян"])
    size, lines = fitted("Преображенская Александра Владиславовна", fonts.SERIF, (25, 20, 15), 240, 2)
    assert size < 25
    assert len(lines) == 2


def test_digits_are_of_one_width() -> None:
    for face in (fonts.TEXT, fonts.BOLD):
        assert len({fonts.width(digit, face, 10) for digit in "0123456789"}) == 1


def test_missing_glyph_is_an_error_not_a_box() -> None:
    sheet = Sheet(PORTRAIT, "Проба", "profdesk", date(2026, 11, 23))
    with pytest.raises(ValueError, match="no glyph"):
        sheet.text(20, 20, "○")


def test_stages_are_told_apart_in_grey() -> None:
    lumas = [palette.luma(colour) for colour in palette.STAGES]
    assert all(lighter - darker >= 14.5 for lighter, darker in pairwise(lumas))
    assert abs(palette.luma(palette.PETALS[0]) - palette.luma(palette.PETALS[1])) <= 4

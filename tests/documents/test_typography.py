"""Russian typography and print colours."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument
from reportlab.lib.colors import HexColor

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import PORTRAIT, Sheet
from profdesk.documents.typography import NBSP, SOFT, balanced, bind, day, decimal, fitted, number, quoted, wrap
from profdesk.domain.certificate_design import CertificateDesign
from profdesk.errors import WrongInputError
from profdesk.services.certificate_designs import shipped


def test_short_words_do_not_end_a_line() -> None:
    assert bind("Школа № 12 и в ней") == f"Школа №{NBSP}12 и{NBSP}в{NBSP}ней"
    assert bind("80 % — цель") == f"80{NBSP}%{NBSP}— цель"
    assert bind("А. С. Пушкин") == f"А.{NBSP}С.{NBSP}Пушкин"


def test_dates_and_figures() -> None:
    assert day(date(2027, 5, 25)) == f"25{NBSP}мая 2027{NBSP}г."
    assert number(1284) == f"1{NBSP}284"
    assert decimal(Decimal("82.2")) == "82,2"
    assert decimal(None) == "—"


def test_names_and_figures_stay_with_their_words() -> None:
    assert bind("имени Серова А. К.") == f"имени Серова{NBSP}А.{NBSP}К."
    assert bind("7 «Б» класс, 5–7 лет, редакция 2") == f"7{NBSP}«Б» класс, 5–7{NBSP}лет, редакция{NBSP}2"
    assert bind("школа им. Серова") == f"школа им.{NBSP}Серова"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Средняя школа № 4", "«Средняя школа № 4»"),
        ("«Средняя школа № 4»", "«Средняя школа № 4»"),
        ("Детский сад «Рябинушка»", "«Детский сад „Рябинушка“»"),
        ('Детский сад "Рябинушка"', "«Детский сад „Рябинушка“»"),
        ("«А» и «Б»", "«„А“ и „Б“»"),
    ],
)
def test_a_name_is_quoted_once_and_quotes_inside_are_lowered(name: str, shown: str) -> None:
    assert quoted(name) == shown


def test_balanced_lines_differ_little() -> None:
    text = "Умение прогнозировать дальние и ближние профессиональные цели"
    lines = balanced(text, fonts.TEXT, 10, 230)
    widths = [fonts.width(line, fonts.TEXT, 10) for line in lines]
    assert len(lines) == len(wrap(text, fonts.TEXT, 10, 230)) == 2
    assert max(widths) / min(widths) < 1.25


@given(st.lists(st.text("абвгд", min_size=1, max_size=12), min_size=1, max_size=30), st.integers(60, 400))
def test_lines_fit_and_lose_no_word(words: list[str], room: int) -> None:
    text = " ".join(words)
    lines = wrap(text, fonts.TEXT, 10, room)
    assert "".join(lines).replace(NBSP, "").replace(" ", "") == "".join(words)
    if all(fonts.width(word, fonts.TEXT, 10) <= room for word in bind(text).split(" ")):
        assert " ".join(lines).replace(NBSP, " ").split() == words
    for line in lines:
        assert fonts.width(line, fonts.TEXT, 10) <= room
    assert len(balanced(text, fonts.TEXT, 10, room)) == len(lines)


@pytest.mark.parametrize("text", ["", " ", "Имя  с лишними  пробелами ", " в г в г в г " * 9])
def test_blanks_too_many_are_not_set(text: str) -> None:
    for broken in (wrap, balanced):
        lines = broken(text, fonts.TEXT, 10, 80)
        assert " ".join(lines).replace(NBSP, " ").split() == text.split()
        assert all(line == line.strip() for line in lines)


def test_long_word_parts_at_its_soft_hyphen_only_when_it_must() -> None:
    word = f"Клиенто{SOFT}ориентированность"
    assert wrap(word, fonts.TEXT, 10, 500) == ["Клиентоориентированность"]
    assert wrap(word, fonts.TEXT, 10, 110) == ["Клиенто-", "ориентированность"]


def test_word_longer_than_a_line_parts_where_it_hurts_least() -> None:
    assert wrap("Константинопольская-Преображенская", fonts.TEXT, 10, 150) == ["Константинопольская-", "Преображенская"]
    assert wrap(f"имени{NBSP}Преображенского", fonts.TEXT, 10, 100) == ["имени", "Преображенского"]
    for lines in (wrap("Щ" * 50, fonts.TEXT, 10, 100), balanced("Щ" * 50, fonts.TEXT, 10, 100)):
        assert "".join(lines) == "Щ" * 50
        widths = [fonts.width(line, fonts.TEXT, 10) for line in lines]
        assert max(widths) <= 100
        assert max(widths) - min(widths) <= fonts.width("Щ", fonts.TEXT, 10)


def test_what_fits_at_no_size_is_cut_and_says_so() -> None:
    size, lines = fitted("Щ" * 50, fonts.TEXT, (10, 8), 100, 1)
    assert size == 8
    assert len(lines) == 1
    assert lines[0].endswith("Щ…")
    assert 90 < fonts.width(lines[0], fonts.TEXT, 8) <= 100


def test_name_is_fitted_by_size() -> None:
    size, lines = fitted("Ким Ян", fonts.SERIF, (25, 20, 15), 240, 2)
    assert (size, lines) == (25, ["Ким Ян"])
    size, lines = fitted("Преображенская Александра Владиславовна", fonts.SERIF, (25, 20, 15), 240, 2)
    assert size < 25
    assert len(lines) == 2


def test_digits_are_of_one_width() -> None:
    for face in (fonts.TEXT, fonts.BOLD):
        assert len({fonts.width(digit, face, 10) for digit in "0123456789"}) == 1


def written(words: str, face: str) -> str:
    sheet = Sheet(PORTRAIT, "Проба", "profdesk", date(2026, 11, 23))
    sheet.text(20, 20, words, face=face)
    with PdfDocument(sheet.finish()) as document:
        return str(document[0].get_textpage().get_text_bounded()).strip()


@pytest.mark.parametrize("face", [fonts.TEXT, fonts.BOLD, fonts.ITALIC, fonts.ROUND, fonts.SERIF])
def test_signs_that_no_face_has_are_left_out_and_letters_written_in_one_that_has_them(face: str) -> None:
    assert written("Олимпиада\u2009😀 ○ по физике", face).split() == ["Олимпиада", "по", "физике"]
    assert written("Ғайса Әлимова, отзыв: 5 ₽", face) == "Ғайса Әлимова, отзыв: 5 ₽"


def test_a_letter_that_cannot_be_written_is_named_in_a_sentence() -> None:
    with pytest.raises(WrongInputError, match="нет буквы «汉»"):
        written("Имя 汉 из паспорта", fonts.SERIF)


@pytest.mark.parametrize("design", shipped(), ids=lambda design: design.code)
def test_stages_are_told_apart_in_grey(design: CertificateDesign) -> None:
    ink = HexColor(design.style.title)
    assert palette.tint(ink, 3, 3).hexval() == ink.hexval()
    for colours in (palette.STAGES, [palette.tint(ink, stage, 3) for stage in range(4)]):
        lumas = [palette.luma(colour) for colour in colours]
        assert all(lighter - darker >= 13.5 for lighter, darker in pairwise(lumas)), lumas
    assert abs(palette.luma(palette.PETALS[0]) - palette.luma(palette.PETALS[1])) <= 4

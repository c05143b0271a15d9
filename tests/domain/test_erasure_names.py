"""Names in free texts: found in every form, not in other words; and no name in the basis of an act."""

from __future__ import annotations

import pytest

from profdesk.domain import erasure
from profdesk.domain.people import PersonName
from profdesk.errors import WrongInputError

NAME = PersonName("Королёв", "Пётр", "Ильич")
FORMS = (NAME, PersonName("Королёва", "Петра", "Ильича"))


@pytest.mark.parametrize(
    "words",
    ["Королёв Пётр", "королев петр ильич", "Пётр Королёв", "П. И. Королев", "Королёв П.И.", "Королёва\u00a0Петра",
     "Королёв\\nПётр", "П.Королёв"],
)  # fmt: skip
def test_a_name_is_found_whole(words: str) -> None:
    assert erasure.name_pattern(FORMS).sub("*", f"Хвалю: {words}!") == "Хвалю: *!"


@pytest.mark.parametrize("words", ["Королёвский Пётр", "Королёв Павел", "с Королёвым", "Акоролёв Пётр"])
def test_other_words_stay(words: str) -> None:
    assert erasure.name_pattern(FORMS).sub("*", words) == words


def test_a_surname_is_found_in_any_case() -> None:
    found = erasure.surname_pattern((NAME,))
    assert [bool(found.search(one)) for one in ("с Королёвым", "Королева", "королевство")] == [True, True, False]


def test_nobody_is_found_without_names() -> None:
    assert not erasure.name_pattern(()).search("Королёв Пётр")


def test_the_basis_of_an_act_names_nobody() -> None:
    assert erasure.check_basis("  заявление  от 12.11.2026 № 5 ", (NAME,)) == "заявление от 12.11.2026 № 5"
    with pytest.raises(WrongInputError, match="названа фамилия"):
        erasure.check_basis("заявление Королева П. И.", (NAME,))
    with pytest.raises(WrongInputError, match="длиннее"):
        erasure.check_basis("а" * 301, (NAME,))


def test_a_short_surname_is_no_part_of_longer_words() -> None:
    short = (PersonName("Ан", "Олег"),)
    assert erasure.check_basis("анкета № 5", short) == "анкета № 5"
    with pytest.raises(WrongInputError):
        erasure.check_basis("заявление Аном подано", short)

"""Names in their cases: what the library does with names of a school, measured and held."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from profdesk.documents.declension import decline
from profdesk.domain.people import PersonName, Sex
from profdesk.domain.reference import NameForms

DATA = Path(__file__).parents[1] / "data" / "declension"
CASES = ("genitive", "dative", "accusative", "instrumental")
# What is known to be wrong: a test that fails here because a name has become right is good news.
WRONG_NAMES = {("Ткач", "Ткачем")}
WRONG_WORDS = {
    ("Золя", "Золи"), ("Золя", "Золе"), ("Золя", "Золей"), ("Илия", "Илие"), ("Захария", "Захарие"),
    ("Ледащая", "Ледащой"), ("Миних", "Миних"),
}  # fmt: skip
UNDECLINED = {"Сухой", "Хадижа", "Мышь"}


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def is_right(form: str, expected: str) -> bool:
    return form.replace("ё", "е") in expected.replace("ё", "е").split("|")


def words(full: str) -> list[str]:
    surname, given, *patronymic = full.split(" ")
    return [surname, given, " ".join(patronymic)]


def declined(forms: NameForms, case: str) -> list[str]:
    name: PersonName = getattr(forms, case)
    return [name.surname, name.given, name.patronymic or ""]


def test_whole_names() -> None:
    wrong, count = set(), 0
    for row in rows("names.csv"):
        surname, given, patronymic = words(row["name"])
        forms = decline(PersonName(surname, given, patronymic or None), Sex(row["sex"]))
        assert forms is not None, row["name"]
        for case in CASES:
            for word, form, expected in zip(
                (surname, given, patronymic), declined(forms, case), words(row[case]), strict=True
            ):
                count += bool(word)
                if not is_right(form, expected):
                    wrong.add((word, form))
    assert count > 1000
    assert wrong == WRONG_NAMES


def test_hard_words() -> None:
    wrong, left = set(), set()
    for row in rows("words.csv"):
        sex = Sex(row["sex"])
        names = {"surname": "Ильин" if sex is Sex.MALE else "Ильина", "given": "Иван" if sex is Sex.MALE else "Анна"}
        names[row["part"]] = row["word"]
        forms = decline(PersonName(**names), sex)
        if forms is None:
            left.add(row["word"])
            continue
        for case in ("genitive", "dative", "instrumental"):
            form = getattr(getattr(forms, case), row["part"])
            if not is_right(form, row[case]):
                wrong.add((row["word"], form))
    assert wrong == WRONG_WORDS
    assert left == UNDECLINED


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        (PersonName("Ан", "Саша"), None),
        (PersonName("Smith", "John"), Sex.MALE),
        (PersonName("ИЛЬИН", "ДАНИИЛ"), Sex.MALE),
        (PersonName("Нгуен", "Ван Хоа"), Sex.MALE),
        (PersonName("О'Коннор", "Пётр"), Sex.MALE),
        (PersonName("Ильин-", "Пётр"), Sex.MALE),
    ],
)
def test_what_is_not_sure_is_left(name: PersonName, sex: Sex | None) -> None:
    assert decline(name, sex) is None


def test_sons_and_daughters_keep_the_fathers_name() -> None:
    forms = decline(PersonName("Алиева", "Лейла", "Рашид кызы"), Sex.FEMALE)
    assert forms is not None
    assert forms.accusative.full == "Алиеву Лейлу Рашид кызы"

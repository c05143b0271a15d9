"""Classes and groups as people write them come to one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain.group_names import has_latin, in_heading, named_group, parse_group, problem, strict_class

LETTERS = "АБВГДЕЖЗИКЛМНОПРСТ"
SHAPES = (
    "{g}{l}", "{g} {l}", "{g}-{l}", "{g}/{l}", "{g}.{l}", "{g}_{l}", "{g} «{l}»", '{g} "{l}"', "{g}“{l}”",
    "{g} '{l}'", "{g}{l} класс", "{g} «{l}» класс", '{g} "{l}" кл.', "{g} класс {l}", "{g}-й {l}", "Класс: {g}{l}",
    "класс {g} «{l}»", "кл. {g}{l}", " {g}\u00a0{l} ", "{g} – {l}", "{g}{l} (25 чел.)",
)  # fmt: skip


@given(st.integers(1, 11), st.sampled_from(LETTERS), st.sampled_from(SHAPES), st.booleans())
def test_every_way_to_write_a_class_is_one_class(grade: int, letter: str, shape: str, small: bool) -> None:
    group = parse_group(shape.format(g=grade, l=letter.lower() if small else letter))
    assert group is not None
    assert (group.title, group.grade, group.letter) == (f"{grade} «{letter}»", grade, letter)


@given(st.text(max_size=40))
def test_reading_is_settled(text: str) -> None:
    for group in (parse_group(text), named_group(text), in_heading(text)):
        assert group is None or parse_group(group.title) == group


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("10 соц-эк", "10 «соц-эк»"),
        ("10 СОЦ-ЭК", "10 «соц-эк»"),
        ("10 социально-экономический класс", "10 «социально-экономический»"),
        ("9Т2", "9 «Т2»"),
        ("9 т2", "9 «Т2»"),
        ("10 ФМ", "10 «ФМ»"),
        ("10 IT", "10 «IT»"),
        ("11", "11 класс"),
        ("11.0", "11 класс"),
        ("11 класс", "11 класс"),
        ("VI А", "6 «А»"),
        ("XI «Б»", "11 «Б»"),
        ("5-1", "5 «1»"),
        ("10 А (физмат)", "10 «А»"),
        ("5 клаcc", "5 класс"),
        ("Подготовительная «Солнышко»", "Подготовительная «Солнышко»"),
        ('подготовительная группа "Солнышко"', "Подготовительная «Солнышко»"),
        ("Подготовительная к школе группа «СОЛНЫШКО»", "Подготовительная «Солнышко»"),
        ("Подготовительная Солнышко", "Подготовительная «Солнышко»"),
        ("старшая гр. Ромашка", "Старшая «Ромашка»"),
        ("Группа старшая «Б»", "Старшая «Б»"),
        ("2 младшая «Ромашка»", "Вторая младшая «Ромашка»"),
        ("II младшая группа", "Вторая младшая"),
        ("вторая младшая", "Вторая младшая"),
        ("старшая разновозрастная группа", "Старшая разновозрастная"),
        ("гр. «Пчёлки»", "Группа «Пчёлки»"),
        ("«Пчёлки»", "Группа «Пчёлки»"),
        ("группа № 3", "Группа № 3"),
    ],
)
def test_names_of_classes_and_groups(text: str, title: str) -> None:
    group = parse_group(text)
    assert group is not None
    assert group.title == title


@pytest.mark.parametrize(
    "text",
    [
        "",
        "выбыл",
        "класс",
        "1 сентября",
        "7 лет",
        "0А",
        "12А",
        "26А",
        "101",
        "7А класс 2026",
        "Средняя школа № 12",
        "Солнышко",
    ],
)
def test_what_is_no_class(text: str) -> None:
    assert parse_group(text) is None


def test_the_reason_names_what_is_wrong() -> None:
    assert problem("26А") == "Нет 26-го класса"
    assert problem("0 «А»") == "Нет 0-го класса"
    assert problem(" выбыл ") == "Класс не понят: «выбыл»"


def test_a_bare_name_is_a_group_where_groups_are_asked_for() -> None:
    group = named_group("солнышко")
    assert group is not None
    assert group.title == "Группа «Солнышко»"
    assert named_group("26А") is None
    assert named_group("5") == parse_group("5")


def test_latin_letters_are_read_as_russian_and_told() -> None:
    latin = parse_group("7 B")
    assert latin is not None
    assert latin.title == "7 «В»"
    assert has_latin("7 B")
    assert not has_latin("7 В")
    assert not has_latin("7 IT")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("МБОУ СОШ, 2 «Б» класс", "2 «Б»"),
        ("МБОУ СОШ № 12, 2 «Б» класс", "2 «Б»"),
        ("Школа № 7 класс 5Б", "5 «Б»"),
        ("Список учащихся 7А класса на 01.09.2026", "7 «А»"),
        ('Список 5 "А" класса МБОУ СОШ №9', "5 «А»"),
        ("СПИСОК ОБУЧАЮЩИХСЯ 3 «В» КЛАССА", "3 «В»"),
        ("6 КЛАСС «А»", "6 «А»"),
        ("Список 6 класса «А»", "6 «А»"),
        ("«7» «А» класс", "7 «А»"),
        ("Списки учащихся 10 соц-эк класса", "10 «соц-эк»"),
        ("Список 9Т2 класса", "9 «Т2»"),
        ("Класс: 5А", "5 «А»"),
        ("Класс 5 А Кл. рук. Иванова", "5 «А»"),
        ("11-й класс", "11 класс"),
        ("5 г", "5 «Г»"),
        ('7 "А" 2026-2027 уч. год', "7 «А»"),
        ("Группа: Подготовительная «Солнышко»", "Подготовительная «Солнышко»"),
        ("Список детей подготовительной группы «Солнышко» на 2026 год", "Подготовительная «Солнышко»"),
        ("МБДОУ «Детский сад № 3 «Солнышко», старшая группа", "Старшая"),
        ('старшая группа № 5 "Пчёлки"', "Старшая «Пчёлки»"),
        ("Список детей группы «Радуга»", "Группа «Радуга»"),
    ],
)
def test_class_is_found_in_a_heading(text: str, title: str) -> None:
    group = in_heading(text)
    assert group is not None
    assert group.title == title


@pytest.mark.parametrize(
    "text",
    [
        "МБДОУ детский сад № 5 «Солнышко»",
        "Сведения об обучающихся 1-4 классов",
        "5 - 9 классы",
        "МБОУ Средняя школа № 12",
        "Средняя школа «Луч»",
        "Учебный год: 2026/2027",
        "Список класса",
        "МАОУ СОШ № 9 Б. Хмельницкого",
        "Лицей № 21 «А»",
        "ул. Мира, 5 А",
        "Группа здоровья",
        "Группа продлённого дня",
        "Дата: 1 сентября 2026",
        "660102",
    ],
)
def test_no_class_in_a_heading(text: str) -> None:
    assert in_heading(text) is None


def test_a_sheet_is_named_by_a_class_only_with_its_letter() -> None:
    assert strict_class("1 б") == parse_group("1Б")
    assert strict_class("1") is None
    assert strict_class("Лист1") is None

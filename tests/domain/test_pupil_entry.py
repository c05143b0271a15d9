"""What is typed of a pupil is read as people mean it, or told field by field."""

from __future__ import annotations

from datetime import date

import pytest
from support import YEAR

from profdesk.domain import pupil_entry
from profdesk.domain.people import Group, GroupName, PersonName, Pupil, Sex
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.domain.roster import Field

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        (("ильин", "даниил", "евгеньевич"), "Ильин Даниил Евгеньевич"),
        (("ИЛЬИН", "ДАНИИЛ", ""), "Ильин Даниил"),
        (("Ильин", "даниил", "Евгеньевич"), "Ильин Даниил Евгеньевич"),
        (("хабибуллин-заде", "рустам", "эльдар оглы"), "Хабибуллин-Заде Рустам Эльдар оглы"),
        (("де Сильва", "Мария", ""), "де Сильва Мария"),
        (("О’Брайен", " Анна  Мария ", ""), "О’Брайен Анна Мария"),
        (("МакДональд", "Ян", ""), "МакДональд Ян"),
    ],
)
def test_names_are_written_as_they_should_be(typed: tuple[str, str, str], full: str) -> None:
    reading = pupil_entry.read(PupilEntry(*typed, "5.2.2013"), TODAY)
    assert reading.draft is not None, reading.problems
    assert reading.draft.name.full == full


@pytest.mark.parametrize("typed", ["05.02.2013", "5.2.13", "05022013", "5 февраля 2013", "2013-02-05", "5/2/2013 г."])
def test_dates_are_read_in_many_ways(typed: str) -> None:
    reading = pupil_entry.read(PupilEntry("Ан", "Ли", "", typed), TODAY)
    assert reading.draft is not None, reading.problems
    assert reading.draft.birth_date == date(2013, 2, 5)


def test_every_field_is_judged_at_once() -> None:
    reading = pupil_entry.read(PupilEntry("", "4", "?", "31.04.2013", None, "12А"), TODAY)
    assert reading.draft is None
    assert reading.problems == {
        Field.SURNAME: "Нет фамилии",
        Field.GIVEN: "Цифры в имени: «4»",
        Field.PATRONYMIC: "Только буквы, дефис и апостроф",
        Field.BIRTH_DATE: "Нет такой даты: 31 апреля",
        Field.GROUP: "Нет 12-го класса",
    }


def test_a_class_is_one_of_the_years_or_a_new_one() -> None:
    odd = GroupName("Кадетский взвод имени Суворова")
    assert pupil_entry.read_group("кадетский  взвод имени суворова", [odd]) is odd
    assert pupil_entry.read_group("7в") == GroupName("7 «В»", 7, "В")
    assert pupil_entry.read_group("") is None


def test_a_whole_name_is_split() -> None:
    assert pupil_entry.split("Ильин Даниил Евгеньевич") == PersonName("Ильин", "Даниил", "Евгеньевич")
    assert pupil_entry.split("Ильин") is None
    assert pupil_entry.split("Ильин 4") is None


@pytest.mark.parametrize(
    ("patronymic", "sex"),
    [("Евгеньевич", Sex.MALE), ("ильинична", Sex.FEMALE), ("Эльдар кызы", Sex.FEMALE), ("", None), ("Ли", None)],
)
def test_the_patronymic_tells_the_sex(patronymic: str, sex: Sex | None) -> None:
    assert pupil_entry.likely_sex(patronymic) is sex


@pytest.mark.parametrize(
    ("born", "grade", "words"),
    [
        (date(2013, 2, 5), 7, "13 лет на 1 сентября 2026"),
        (date(2013, 9, 2), 7, "12 лет на 1 сентября 2026"),
        (date(2019, 2, 5), 7, "7 лет: необычно для 7-го класса"),
        (date(2025, 2, 5), None, "1 год на 1 сентября 2026"),
    ],
)
def test_an_unusual_age_is_told(born: date, grade: int | None, words: str) -> None:
    assert pupil_entry.age_note(born, grade, YEAR) == words


def test_what_a_form_shows_is_read_back() -> None:
    group = Group("1", GroupName("7 «А»", 7, "А"), "basic", 2026)
    pupil = Pupil("1", PersonName("Ильин", "Даниил"), date(2013, 2, 5), Sex.MALE, group)
    draft = pupil_entry.read(PupilEntry.of(pupil), TODAY).draft
    assert draft is not None
    assert (draft.name, draft.birth_date, draft.sex, draft.group) == (
        pupil.name,
        pupil.birth_date,
        pupil.sex,
        group.name,
    )

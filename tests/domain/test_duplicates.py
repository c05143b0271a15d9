"""Possible duplicates: every planted slip is found, nobody is paired twice, strangers are left alone."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from profdesk.domain import duplicates
from profdesk.domain.duplicates import DuplicateIndex, alike
from profdesk.domain.people import PersonName, Pupil, Sex

BORN = date(2014, 2, 5)
LETTERS = "абевгёийнот"
word = st.text(LETTERS, min_size=2, max_size=7).map(str.capitalize)
names = st.builds(PersonName, word, word, word)
dates = st.dates(date(2008, 1, 1), date(2020, 12, 31))


def pupil(name: PersonName | str, born: date = BORN, sex: Sex | None = None, number: int | str = 0) -> Pupil:
    if isinstance(name, str):
        surname, first, *rest = name.split()
        name = PersonName(surname, first, " ".join(rest) or None)
    return Pupil(f"{number}", name, born, sex, None)


@st.composite
def slips(draw: st.DrawFn) -> tuple[PersonName, PersonName]:
    """A name and the same with one letter more, less, other, or changed places with the next."""
    name = draw(names)
    parts = [name.surname, name.given, name.patronymic or ""]
    place = draw(st.integers(0, 2))
    old = parts[place]
    at = draw(st.integers(0, len(old) - 1))
    letter = draw(st.sampled_from(LETTERS))
    kind = draw(st.sampled_from(["more", "less", "other", "places"]))
    tail = {
        "more": letter + old[at:],
        "less": old[at + 1 :],
        "other": letter + old[at + 1 :],
        "places": old[at + 1 : at + 2] + old[at] + old[at + 2 :],
    }
    parts[place] = old[:at] + tail[kind]
    if draw(st.booleans()):
        parts[1:] = parts[:0:-1]
    return name, PersonName(parts[0], parts[1], parts[2])


@given(slips(), st.lists(names, max_size=30), dates)
def test_every_slip_of_one_letter_is_found(slip: tuple[PersonName, PersonName], crowd: list[PersonName], born: date):
    others = [pupil(name, born, number=number) for number, name in enumerate(crowd)]
    first, second = pupil(slip[0], born, number="first"), pupil(slip[1], born, number="second")
    index = DuplicateIndex([first, *others, second])
    found = [{one.id, other.id} for one, other in index.pairs()]
    assert {"first", "second"} in found
    assert first in index.like(second.name, born, None, but="second")


@given(names, dates, st.integers(0, 7), st.sampled_from("0123456789"))
def test_every_slip_of_one_figure_is_found(name: PersonName, born: date, place: int, figure: str) -> None:
    figures = f"{born:%d%m%Y}"
    changed = figures[:place] + figure + figures[place + 1 :]
    try:
        other = date(int(changed[4:]), int(changed[2:4]), int(changed[:2]))
    except ValueError:
        assume(False)
    index = DuplicateIndex([pupil(name, born, number=1), pupil(name, other, number=2)])
    assert len(index.pairs()) == 1


@given(st.lists(st.tuples(names, st.sampled_from([BORN, date(2014, 5, 2), date(2015, 2, 5)])), max_size=40))
def test_pairs_are_those_alike_each_once(people: list[tuple[PersonName, date]]) -> None:
    pupils = [pupil(name, born, number=number) for number, (name, born) in enumerate(people)]
    found = [frozenset((one.id, other.id)) for one, other in DuplicateIndex(pupils).pairs()]
    assert len(found) == len(set(found))
    assert set(found) == {frozenset((a.id, b.id)) for a, b in combinations(pupils, 2) if alike(a, b)}
    assert all(alike(a, b) == alike(b, a) for a, b in combinations(pupils, 2))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ёлкин Фёдор Ильич", "Елкин Федор Ильич"),
        ("Ильин Даниил Евгеньевич", "ильин данил евгеньевич"),
        ("Ильин Даниил Евгеньевич", "Ильин Евгеньевич Даниил"),
        ("Ильин Даниил Евгеньевич", "Ильин Даниил"),
        ("Иванов Пётр Сергеевич", "Иванвов Пётр Сергеевич"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert alike(pupil(one), pupil(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ильин Даниил Евгеньевич", "Ильин Денис Евгеньевич"),
        ("Ильин Даниил Евгеньевич", "Ильин Даниил Олегович"),
        ("Ильин Даниил Евгеньевич", "Ильин Данил"),
        ("Ильин Даниил", "Ильина Даниила"),
    ],
)
def test_not_alike(one: str, other: str) -> None:
    assert not alike(pupil(one), pupil(other))


def test_day_and_month_may_be_swapped_but_not_more() -> None:
    assert alike(pupil("Ан Вера"), pupil("Ан Вера", date(2014, 5, 2)))
    assert not alike(pupil("Ан Вера"), pupil("Ан Вера", date(2015, 5, 2)))
    assert not alike(pupil("Ан Вера"), pupil("Ань Вера", date(2014, 5, 2)))


def test_twins_of_both_sexes_are_two_children() -> None:
    boy, girl = pupil("Шевченко Александр", sex=Sex.MALE), pupil("Шевченко Александра", sex=Sex.FEMALE)
    assert not alike(boy, girl)
    assert alike(boy, pupil("Шевченко Александр", sex=Sex.FEMALE))


def test_many_born_on_one_day_are_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    look = duplicates._alike

    def counting(one: duplicates._Known, other: duplicates._Known) -> bool:
        nonlocal compared
        compared += 1
        return look(one, other)

    monkeypatch.setattr(duplicates, "_alike", counting)
    size = 2000
    crowd = [pupil(f"{number:011b}".replace("0", "аб").replace("1", "вг") + " Вера Ильинична", number=number)
             for number in range(size)]  # fmt: skip
    assert DuplicateIndex([*crowd, pupil("Аб Вера Ильинична", number="x")]).pairs() == []
    assert compared < size

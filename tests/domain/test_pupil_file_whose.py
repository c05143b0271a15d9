"""Whose a pupil's file may be: the surest first, and proposed only where one alone is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from profdesk.domain.people import PersonName, Pupil
from profdesk.domain.pupil_file import SentPupil
from profdesk.domain.pupil_file_whose import Likeness, Whose, whose

BORN = date(2019, 5, 14)
TOLD = SentPupil(PersonName("Киселёва", "Алёна", "Павловна"), BORN, None)


def here(*names: str, born: date = BORN) -> Sequence[Pupil]:
    return [Pupil(name, PersonName(*name.split()), born, None, None) for name in names]


def told(found: Whose) -> Sequence[tuple[str, Likeness]]:
    return [(one.pupil.id, one.why) for one in found.matches]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Киселева Алена Павловна", Likeness.SAME),
        ("КИСЕЛЁВА Алёна Павловна", Likeness.SAME),
        ("Киселёва Алёна", Likeness.ALIKE),
        ("Киселёва Алена Павлова", Likeness.ALIKE),
        ("Петрова Алена Павловна", Likeness.RENAMED),
        ("Петрова-Киселёва Алёна Павловна", Likeness.RENAMED),
    ],
)
def test_a_name_that_may_be_the_same(name: str, why: Likeness) -> None:
    found = whose(TOLD, here(name, "Иванова Вера Павловна"), ())
    assert told(found) == [(name, why)]
    assert (found.proposed is not None) == (why is Likeness.SAME)


@pytest.mark.parametrize("name", ["Киселёва Арина Павловна", "Петрова Алёна", "Петрова Алёна Львовна"])
def test_a_twin_and_a_namesake_are_not_meant(name: str) -> None:
    assert told(whose(TOLD, here(name), ())) == []


def test_of_two_of_one_name_a_person_says_who_is_meant() -> None:
    found = whose(TOLD, [*here("Киселёва Алёна Павловна"), *here("Киселева Алена Павловна")], ())
    assert [why for _, why in told(found)] == [Likeness.SAME, Likeness.SAME]
    assert found.proposed is None


def test_whoever_has_the_records_comes_first() -> None:
    same, renamed = "Киселёва Алёна Павловна", "Лебедева Виктория Олеговна"
    found = whose(TOLD, here(same, renamed), (renamed,))
    assert told(found) == [(renamed, Likeness.HELD), (same, Likeness.SAME)]
    assert found.proposed is not None
    assert found.proposed.id == renamed
    assert whose(TOLD, here(same, renamed), (renamed, same)).proposed is None

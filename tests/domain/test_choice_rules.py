"""Which of a pupil's choices holds, how far it is, whether a study goes on by it, and how a list says so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain import choices
from profdesk.domain.choices import PupilChoices, Standing
from profdesk.domain.register import Entry, Register, Value
from profdesk.domain.registers_of_pupils import PROFESSION_CHOICES, PROFILE_CHOICES, PROFILE_STUDIES, PUPIL

SPRING, AUTUMN = date(2026, 4, 20), date(2026, 10, 12)
TITLES = {"professions": {"network-doctor": "сетевой врач"}}


def entry(register: Register, name: str, day: date, **values: Value) -> Entry:
    made = {**register.blank(), PUPIL: "p1", choices.DAYS[register.code]: day, **values}
    return Entry(name, made)


def own(*some: tuple[Register, Entry]) -> PupilChoices:
    found: dict[str, list[Entry]] = {}
    for register, one in some:
        found.setdefault(register.code, []).append(one)
    return choices.by_pupil(found).get("p1", PupilChoices({}))


def profile(name: str, day: date, **values: Value) -> tuple[Register, Entry]:
    return PROFILE_CHOICES, entry(PROFILE_CHOICES, name, day, **{"profile": "natural", **values})


def study(profile: str, since: date = date(2026, 9, 1)) -> tuple[Register, Entry]:
    return PROFILE_STUDIES, entry(PROFILE_STUDIES, "s", since, profile=profile)


def test_a_change_of_mind_holds_and_the_former_choice_stays() -> None:
    found = own(profile("later", AUTUMN, profile="economic"), profile("first", SPRING))
    now = found.now(PROFILE_CHOICES)
    assert now is not None
    assert now.id == "later"
    assert [one.id for one in found.before(PROFILE_CHOICES)] == ["first"]


@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), min_size=1))
def test_of_choices_of_one_day_the_one_written_later_holds(days: list[date]) -> None:
    found = own(*(profile(str(number), day) for number, day in enumerate(days)))
    now = found.now(PROFILE_CHOICES)
    assert now is not None
    assert now.id == str(max(number for number, day in enumerate(days) if day == max(days)))
    assert len(found.before(PROFILE_CHOICES)) == len(days) - 1


def test_a_talk_without_a_choice_takes_none_away_but_its_words_are_the_latest() -> None:
    talk = profile("talk", AUTUMN, profile="", wish="хочет строить мосты")
    found = own(profile("first", SPRING, wish="не знает", interview="ровные оценки"), talk)
    assert found.standing(PROFILE_CHOICES) is Standing.UNJUDGED
    assert found.latest_words("wish") == ("хочет строить мосты", AUTUMN)
    assert found.latest_words("interview") == ("ровные оценки", SPRING)
    assert own(talk).standing(PROFILE_CHOICES) is Standing.NONE


@pytest.mark.parametrize(
    ("made", "register", "words", "standing"),
    [
        ([], PROFILE_CHOICES, "не выбран", Standing.NONE),
        ([], PROFESSION_CHOICES, "не выбрана", Standing.NONE),
        ([], PROFILE_STUDIES, "не записан", Standing.NONE),
        ([profile("a", SPRING, conscious="yes")], PROFILE_CHOICES, "естественно-научный", Standing.CONSCIOUS),
        ([profile("a", SPRING, conscious="no")], PROFILE_CHOICES, "пока неосознанный", Standing.OPEN),
        ([profile("a", SPRING), study("natural")], PROFILE_STUDIES, "естественно-научный", Standing.KEPT),
        ([profile("a", SPRING), study("economic")], PROFILE_STUDIES, "по другому профилю", Standing.OTHER),
        ([profile("a", AUTUMN), study("natural")], PROFILE_STUDIES, "естественно-научный", Standing.UNKNOWN),
        (
            [(PROFESSION_CHOICES, entry(PROFESSION_CHOICES, "a", SPRING, profession="network-doctor"))],
            PROFESSION_CHOICES,
            "сетевой врач",
            Standing.UNJUDGED,
        ),
    ],
)
def test_the_state_of_a_choice_in_words(
    made: list[tuple[Register, Entry]], register: Register, words: str, standing: Standing
) -> None:
    found = own(*made)
    assert choices.state_words(register, found, TITLES) == words
    assert found.standing(register) is standing


def test_a_class_goes_on_by_what_was_chosen_before_its_year_began() -> None:
    since = date(2026, 9, 1)
    there = {
        "chose": own(profile("a", SPRING, subjects="химия")),
        "changed": own(profile("a", SPRING), profile("b", AUTUMN, profile="economic")),
        "late": own(profile("a", AUTUMN)),
        "studies": own(profile("a", SPRING), study("universal")),
        "nothing": own(),
    }
    made = choices.studies_as_chosen(there, since)
    assert [(one[PUPIL], one["profile"], one["since"], one["subjects"]) for one in made] == [
        ("chose", "natural", since, "химия"),
        ("changed", "natural", since, ""),
    ]


def test_what_is_asked_depends_on_the_grade() -> None:
    assert [choices.asked(grade)[0] for grade in (None, 7, 8, 9, 10, 11)] == [PROFILE_CHOICES] * 4 + [
        PROFILE_STUDIES
    ] * 2
    assert all(PROFESSION_CHOICES in choices.asked(grade) for grade in (None, 8, 11))


def test_counts_tell_how_many_chose_and_how_many_of_them_consciously() -> None:
    some = [own(profile("a", SPRING, conscious="yes")), own(profile("a", SPRING, conscious="no")), own()]
    assert choices.counts_words(PROFILE_CHOICES, some) == "Выбрали 2 из 3, осознанно 1"
    studies = [own(profile("a", SPRING), study("natural")), own(study("natural")), own()]
    assert choices.counts_words(PROFILE_STUDIES, studies) == "Записано 2 из 3, по выбору 1"

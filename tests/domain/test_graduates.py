"""Where graduates went beside what they intended: every graduate falls into one part of each total."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain import choice_measures, graduate_words
from profdesk.domain import graduates as domain
from profdesk.domain.choice_measures import Choices
from profdesk.domain.graduates import COMPARED, GRADES, KINDS, Demand, Graduate, Leaver, Met
from profdesk.domain.register import Entry, Register, Value
from profdesk.domain.registers_of_pupils import DESTINATIONS, PROFESSION_CHOICES
from profdesk.domain.registers_of_work import DEMAND
from profdesk.domain.school_year import SchoolYear

YEAR = 2026
JOBS = ("cook", "nurse", "smith")
TITLES = {"professions": {"cook": "повар", "nurse": "медсестра", "smith": "кузнец"}, "institutions": {"i": "Колледж"}}


def entry(register: Register, number: object = 1, **values: Value) -> Entry:
    return Entry(f"{register.code} {number}", {**register.blank(), **values})


def went(pupil: str, kind: str = "college", profession: str | None = None, **more: Value) -> Entry:
    values = {"pupil_id": pupil, "grade": "nine", "year": YEAR, "kind": kind, "profession": profession, **more}
    return entry(DESTINATIONS, pupil, **values)


def meant(pupil: str, profession: str, reserve: str | None = None, day: date = date(YEAR, 3, 1)) -> Entry:
    return entry(PROFESSION_CHOICES, pupil, pupil_id=pupil, profession=profession, reserve=reserve, decided_on=day)


def listed(profession: str, year: int = YEAR) -> Entry:
    return entry(DEMAND, profession=profession, year=year)


def leaver(pupil: str, grade: str = "nine", now: str = "", now_grade: int | None = None) -> Leaver:
    return Leaver(pupil, f"Ан {pupil}", grade, "9 «А»", now, now_grade)


def one(destination: Entry | None, choice: Entry | None = None, *demand: Entry) -> Graduate:
    entries, choices = [destination] if destination else [], [choice] if choice else []
    (found,) = domain.graduates(YEAR, [leaver("a")], entries, choices, demand)
    return found


@pytest.mark.parametrize(
    ("destination", "choice", "met"),
    [
        (None, meant("a", "cook"), None),
        (went("a", profession="cook"), meant("a", "cook", "nurse"), Met.INTENDED),
        (went("a", profession="nurse"), meant("a", "cook", "nurse"), Met.RESERVE),
        (went("a", profession="smith"), meant("a", "cook", "nurse"), Met.OTHERWISE),
        (went("a", profession="cook"), None, Met.NO_INTENTION),
        (went("a", "school"), None, Met.NO_INTENTION),
        (went("a", "school"), meant("a", "cook"), Met.EARLY),
        (went("a", "army"), meant("a", "cook"), Met.EARLY),
        (went("a", "college"), meant("a", "cook"), Met.NO_PROFESSION),
        (went("a", "work", "cook"), meant("a", "cook"), Met.INTENDED),
        (went("a", profession="cook"), meant("a", "cook", day=date(YEAR, 8, 31)), Met.INTENDED),
        (went("a", profession="cook"), meant("a", "cook", day=date(YEAR, 9, 1)), Met.NO_INTENTION),
    ],
)
def test_a_destination_is_compared_with_the_last_intention_before(
    destination: Entry | None, choice: Entry | None, met: Met | None
) -> None:
    assert one(destination, choice).met is met


@pytest.mark.parametrize(
    ("profession", "demand", "words"),
    [
        ("cook", [listed("cook")], "востребована в 2026"),
        ("cook", [listed("nurse")], "нет в списке"),
        ("cook", [listed("cook", 2025)], "список за 2026 год не внесён"),
        (None, [listed("cook")], ""),
    ],
)
def test_a_profession_is_in_demand_by_the_list_of_its_year(
    profession: str | None, demand: list[Entry], words: str
) -> None:
    found = one(went("a", profession=profession), None, *demand)
    assert graduate_words.line(found, TITLES).demand == words


def test_whoever_is_written_of_in_another_year_is_no_graduate_of_this_one() -> None:
    assert domain.graduates(YEAR, [leaver("a")], [went("a", year=2025)], [], []) == ()


def test_only_those_still_open_are_marked_and_keep_what_else_is_written() -> None:
    entries = [went("b", "unknown", note="ждёт вызова"), went("c", "work")]
    found = domain.graduates(YEAR, [leaver("a"), leaver("b"), leaver("c")], entries, [], [])
    new, changed = domain.marked(found, "school")
    assert new == [{"pupil_id": "a", "grade": "nine", "year": YEAR, "kind": "school"}]
    assert changed == [("destinations b", {"kind": "school"})]
    assert domain.marked(found, "unknown")[1] == []


def test_nobody_is_marked_where_no_way_leads_after_the_grade() -> None:
    found = domain.graduates(YEAR, [leaver("a"), leaver("b", "eleven")], [], [], [])
    assert [one["pupil_id"] for one in domain.marked(found, "university")[0]] == ["b"]
    assert [one["pupil_id"] for one in domain.marked(found, "school")[0]] == ["a"]
    assert [one["pupil_id"] for one in domain.marked(found, "work")[0]] == ["a", "b"]


def test_who_stays_in_the_school_is_known_to_have_gone_on() -> None:
    here, gone = leaver("a", now="10 «А»", now_grade=10), leaver("b")
    found = domain.graduates(YEAR, [here, gone, leaver("c", "eleven", now_grade=12)], [went("b", "school")], [], [])
    assert [one.stayed for one in found] == [True, False, False]


@pytest.mark.parametrize(
    ("today", "year"), [(date(2026, 11, 26), 2026), (date(2027, 5, 31), 2026), (date(2027, 6, 1), 2027)]
)
def test_the_graduation_in_hand_is_that_of_last_summer_until_june(today: date, year: int) -> None:
    assert domain.current(SchoolYear(2026), today) == year


def test_years_are_those_written_of_past_ones_with_classes_and_the_one_in_hand() -> None:
    finished = [SchoolYear(2023), SchoolYear(2025), SchoolYear(2026)]
    assert domain.years([went("a", year=2021)], finished, 2026) == (2026, 2024, 2021)


def test_a_line_is_found_by_any_word_and_told_whole() -> None:
    line = graduate_words.line(one(went("a", profession="cook", institution="i"), meant("a", "nurse", "cook")), TITLES)
    assert (line.where, line.place, line.profession, line.met) == (
        "колледж или техникум", "Колледж", "повар", "запасной вариант",
    )  # fmt: skip
    assert line.beside == "запас: повар"
    assert all(line.matches(words) for words in ("ан 9 «а»", "МЕДСЕСТРА запас", "колледж"))
    assert not line.matches("вуз")


people = st.lists(
    st.tuples(
        st.sampled_from(list(GRADES.values())),
        st.sampled_from([None, *(kind.code for kind in KINDS)]),
        st.sampled_from([None, *JOBS]),
        st.sampled_from([None, *JOBS]),
        st.sampled_from([None, *JOBS]),
    ),
    max_size=25,
)


@given(people, st.sets(st.sampled_from(JOBS)))
def test_counts_add_up_however_people_went(people: list[tuple[str, ...]], demand: set[str]) -> None:
    leavers = [leaver(str(number), grade) for number, (grade, *_) in enumerate(people)]
    entries = [
        went(str(number), kind, job, grade=grade) for number, (grade, kind, job, *_) in enumerate(people) if kind
    ]
    choices = [meant(str(at), job, reserve) for at, (_, _, _, job, reserve) in enumerate(people) if job]
    wanted = [listed(job) for job in demand]
    found = domain.graduates(YEAR, leavers, entries, choices, wanted)
    both = [domain.totals(found, grade) for grade in GRADES.values()]
    assert sum(one.people for one in both) == len(people)
    assert sum(one.written for one in both) == len(entries)
    for one in both:
        assert one.people == one.written + one.missing
        assert sum(one.kinds.values()) == sum(one.met.values()) == one.written
        assert sum(number for *_, number in graduate_words.kinds(one)) == one.people
        assert one.listed == one.demand[Demand.WANTED] + one.demand[Demand.UNLISTED]
        assert one.compared == sum(one.met[met] for met in COMPARED) <= one.professions <= one.written
    rule = choice_measures.shares(Choices((), (), choices, entries, wanted), SchoolYear(YEAR))["destinations_in_demand"]
    college = [one for one in found if one.kind == "college"]
    assert rule.numerator == sum(one.demand is Demand.WANTED for one in college)
    assert rule.denominator == len(college)

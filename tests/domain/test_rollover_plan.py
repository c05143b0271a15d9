"""What a new school year makes of classes and pupils, before anything is written."""

from __future__ import annotations

from datetime import date

import pytest
from rollover_school import AUTUMN, SUMMER, YEAR, named, programme

from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.people import Group, Leave, LeaveReason, PersonName, Pupil
from profdesk.domain.rollover import CROWDED, Line, RolloverPlan, Step, is_early
from profdesk.domain.rollover_plan import plan, unfit
from profdesk.domain.school_year import SchoolYear

PROGRAMME = programme()
SCHOOL, KINDERGARTEN = OrganisationKind.SCHOOL, OrganisationKind.KINDERGARTEN


def group(title: str, year: SchoolYear = YEAR, size: int = 0) -> Group:
    name = named(title)
    level = PROGRAMME.level_of_grade(name.grade)
    return Group(f"{year.start} {name.title}", name, level.code if level else "", year.start, size)


def pupil(surname: str, title: str | None, born: str = "2013-05-06", leave: Leave | None = None) -> Pupil:
    where = group(title) if title else None
    return Pupil(surname, PersonName(surname, "Саша"), date.fromisoformat(born), None, where, leave)


def planned(
    *pupils: Pupil, kind: OrganisationKind = SCHOOL, there: tuple[Pupil, ...] = (), groups: tuple[Group, ...] = ()
) -> RolloverPlan:
    return plan(PROGRAMME, kind, YEAR, pupils, there, groups)


def fates(found: RolloverPlan) -> dict[str, tuple[Step, str]]:
    return {one.pupil.id: (one.step, one.target.title if one.target else "") for one in found.lines}


def the_line(found: RolloverPlan) -> Line:
    (one,) = found.lines
    return one


@pytest.mark.parametrize(
    ("title", "step", "target"),
    [
        ("1А", Step.MOVE, "2 «А»"),
        ("4Б", Step.MOVE, "5 «Б»"),
        ("8 соц-эк", Step.MOVE, "9 «соц-эк»"),
        ("9А", Step.UNDECIDED, ""),
        ("10 класс", Step.MOVE, "11 класс"),
        ("11А", Step.GRADUATE, ""),
    ],
)
def test_a_class_becomes_the_next_grade_of_its_letter(title: str, step: Step, target: str) -> None:
    assert fates(planned(pupil("Ан", title))) == {"Ан": (step, target)}


def test_the_last_grade_is_the_programmes() -> None:
    assert PROGRAMME.level_of_grade(11) is not None
    assert PROGRAMME.level_of_grade(12) is None


def test_ninth_graders_are_sent_as_a_class_or_one_by_one() -> None:
    found = planned(pupil("Ан", "9А"), pupil("Бек", "9А"))
    ninth = group("9А").id
    sent = found.sent(found.movers(ninth, named("10Б")), named("10Б"))
    assert fates(sent) == {"Ан": (Step.MOVE, "10 «Б»"), "Бек": (Step.MOVE, "10 «Б»")}
    left = sent.marked({"Бек"}, Step.GRADUATE)
    assert fates(left)["Бек"] == (Step.GRADUATE, "")
    again = left.sent(left.movers(ninth, named("10А")), named("10А"))
    assert fates(again) == {"Ан": (Step.MOVE, "10 «А»"), "Бек": (Step.GRADUATE, "")}
    assert fates(again.marked({"Бек"}, Step.MOVE))["Бек"] == (Step.MOVE, "10 «Б»")


def test_steps_go_round_and_impossible_ones_are_not_taken() -> None:
    found = planned(pupil("Ан", "5А"))
    seen = []
    for _ in range(4):
        found = found.marked({"Ан"}, the_line(found).following)
        seen.append(the_line(found).step)
    assert seen == [Step.STAY, Step.LEAVE, Step.UNDECIDED, Step.MOVE]
    assert found.marked({"Ан"}, Step.GRADUATE) == found


def test_a_class_of_the_same_grade_means_staying() -> None:
    found = planned(pupil("Ан", "5А"))
    assert fates(found.marked({"Ан"}, Step.STAY)) == {"Ан": (Step.STAY, "5 «А»")}
    assert fates(found.sent({"Ан"}, named("5Б"))) == {"Ан": (Step.STAY, "5 «Б»")}
    assert fates(found.sent({"Ан"}, named("6Б"))) == {"Ан": (Step.MOVE, "6 «Б»")}


@pytest.mark.parametrize(
    ("kind", "title", "target", "refused"),
    [
        (SCHOOL, "5А", "6К", ""),
        (SCHOOL, "5А", "5Б", ""),
        (SCHOOL, "5А", "4А", "не переводят в 4 «А»"),
        (SCHOOL, "5А", "старшая «Ромашка»", "в группу детского сада"),
        (SCHOOL, "старшая «Ромашка»", "1Б", ""),
        (KINDERGARTEN, "старшая «Ромашка»", "1Б", "нет классов"),
        (KINDERGARTEN, "старшая «Ромашка»", "группа «Лучик»", ""),
    ],
)
def test_targets_that_cannot_be_are_refused_in_words(
    kind: OrganisationKind, title: str, target: str, refused: str
) -> None:
    said = unfit(PROGRAMME, kind, named(title), named(target))
    assert refused in said
    assert bool(said) == bool(refused)


@pytest.mark.parametrize(
    ("title", "born", "step", "target"),
    [
        ("старшая «Ромашка»", "2021-03-04", Step.MOVE, "Подготовительная «Ромашка»"),
        ("вторая младшая «Ёжики»", "2023-03-04", Step.MOVE, "Средняя «Ёжики»"),
        ("группа «Лучик»", "2021-03-04", Step.STAY, "Группа «Лучик»"),
        ("подготовительная", "2019-09-01", Step.MOVE, "1 «А»"),
        ("подготовительная", "2019-09-02", Step.UNDECIDED, ""),
        ("подготовительная", "2020-03-01", Step.UNDECIDED, ""),
        ("подготовительная", "2020-03-02", Step.STAY, "Подготовительная"),
        ("группа «Лучик»", "2019-03-04", Step.MOVE, "1 «А»"),
        ("старшая", "2019-12-04", Step.MOVE, "Подготовительная"),
    ],
)
def test_children_begin_school_by_age(title: str, born: str, step: Step, target: str) -> None:
    assert fates(planned(pupil("Ан", title, born))) == {"Ан": (step, target)}


def test_a_kindergarten_lets_its_leavers_go() -> None:
    found = planned(pupil("Ан", "подготовительная", "2019-03-04"), kind=KINDERGARTEN)
    assert fates(found) == {"Ан": (Step.GRADUATE, "")}
    assert the_line(found).leaves_kindergarten
    assert Step.MOVE not in the_line(found).steps


def test_leavers_are_spread_over_the_first_classes_group_by_group() -> None:
    children = [
        pupil(f"{title}{number}", f"подготовительная «{title}»", "2019-03-04")
        for title in ("Лес", "Мир")
        for number in range(3)
    ]
    first = (group("1Б", YEAR.next, 2), group("1В", YEAR.next, 4), group("6А", YEAR.next))
    targets = {one.pupil.id: one.target.title for one in planned(*children, groups=first).lines if one.target}
    assert {targets[f"Лес{number}"] for number in range(3)} == {"1 «Б»"}
    assert {targets[f"Мир{number}"] for number in range(3)} == {"1 «В»"}


def test_a_group_is_sent_without_those_who_go_elsewhere() -> None:
    found = planned(
        pupil("Школьник", "подготовительная", "2019-03-04"),
        pupil("Малыш", "подготовительная", "2020-06-04"),
        pupil("Второгодник", "5А"),
        pupil("Шестой", "5А"),
    ).marked({"Второгодник"}, Step.STAY)
    kindergarten, fifth = group("подготовительная").id, group("5А").id
    assert found.movers(kindergarten, named("1Б")) == {"Школьник"}
    assert found.movers(kindergarten, named("группа «Лучик»")) == {"Малыш"}
    assert found.movers(fifth, named("6К")) == {"Шестой"}


def test_who_is_there_or_left_is_not_moved() -> None:
    last, before = YEAR.last_day, date(2026, 2, 3)
    there = Pupil("Там", PersonName("Там", "Саша"), date(2013, 5, 6), None, group("6Б", YEAR.next))
    found = planned(
        pupil("Там", "5А"),
        pupil("Выпускник", "11А", leave=Leave(last, LeaveReason.GRADUATED)),
        pupil("Летом", "5А", leave=Leave(last, LeaveReason.TRANSFERRED)),
        pupil("Зимой", "5А", leave=Leave(before, LeaveReason.TRANSFERRED)),
        pupil("Ничей", None),
        there=(there,),
        groups=(group("6Б", YEAR.next, 1),),
    )
    assert fates(found) == {
        "Там": (Step.MOVE, "6 «Б»"),
        "Выпускник": (Step.GRADUATE, ""),
        "Летом": (Step.LEAVE, ""),
    }
    assert all(one.done for one in found.lines)
    assert (found.gone, list(found.pending)) == (1, [])
    assert found.marked({"Там", "Летом"}, Step.STAY) == found
    assert [(one.name.title, one.size) for one in found.outcomes()] == [("6 «Б»", 1)]


def test_crowded_classes_and_lost_letters_are_seen_before() -> None:
    found = planned(*(pupil(f"А{n}", "5А") for n in range(CROWDED)), pupil("Б", "5Б"), pupil("В", "9В"))
    assert {one.name.title: one.size for one in found.outcomes()} == {"6 «А»": CROWDED, "6 «Б»": 1}
    assert not any(one.crowded for one in found.outcomes())
    merged = found.sent({"Б"}, named("6А"))
    assert {one.name.title: (one.size, one.crowded) for one in merged.outcomes()} == {
        "6 «А»": (CROWDED + 1, True),
        "6 «Б»": (0, False),
    }
    tenth = found.sent({"В"}, named("10А"))
    assert "10 «В»" not in {one.name.title for one in tenth.outcomes()}


def test_lessons_go_on_till_the_end_of_may() -> None:
    assert is_early(YEAR, AUTUMN)
    assert is_early(YEAR, date(2026, 5, 24))
    assert not is_early(YEAR, date(2026, 5, 25))
    assert not is_early(YEAR, SUMMER)

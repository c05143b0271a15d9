"""What taking a list in would change: nobody twice, nobody by guess, nothing erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain.group_names import parse_group
from profdesk.domain.people import Group, Leave, LeaveReason, PersonName, Pupil, Sex
from profdesk.domain.roster import Fate, Roster, RosterPlan, RosterPupil, SheetReading
from profdesk.domain.roster_plan import merged, plan
from profdesk.domain.school_year import SchoolYear

YEAR = SchoolYear(2026)
BORN = "2014-02-05"


def line(name: str, born: str = BORN, group: str | None = "6А", sex: str | None = None, at: int = 2) -> RosterPupil:
    surname, given_name, *rest = name.split()
    person = PersonName(surname, given_name, rest[0] if rest else None)
    day = date.fromisoformat(born)
    return RosterPupil(at, "", person, day, Sex(sex) if sex else None, parse_group(group) if group else None)


def pupil(name: str, born: str = BORN, group: str | None = "6А", sex: str | None = None) -> Pupil:
    made = line(name, born, group, sex)
    there = Group(f"g-{made.group.title}", made.group, "basic", YEAR.start) if made.group else None
    return Pupil(f"{name}/{born}/{group}", made.name, made.birth_date, made.sex, there)


def planned(lines: Sequence[RosterPupil], existing: Sequence[Pupil]) -> RosterPlan:
    numbered = tuple(replace(one, line=number) for number, one in enumerate(lines, 2))
    return plan(Roster((SheetReading("", 1),), numbered, ()), existing, "список.csv", YEAR)


def applied(done: RosterPlan, existing: Sequence[Pupil]) -> list[Pupil]:
    """The pupils after the plan is taken in, as the store would hold them."""
    after = {one.id: one for one in existing}
    for number, one in enumerate(done.lines):
        key = one.existing.id if one.existing else f"new-{number}-{len(after)}"
        before = one.existing.group if one.existing else None
        name = one.pupil.group
        group = Group(f"g-{name.title}", name, "basic", YEAR.start) if name else before
        after[key] = Pupil(key, one.name, one.pupil.birth_date, one.sex, group)
    return list(after.values())


def changes(lines: Sequence[RosterPupil], existing: Sequence[Pupil]) -> list[tuple[Fate, list[tuple[str, str, str]]]]:
    return [
        (one.fate, [(change.field, change.before, change.after) for change in one.changes])
        for one in planned(lines, existing).lines
    ]


def test_the_same_list_changes_nothing() -> None:
    lines = [line("Ильин Даниил Евгеньевич", sex="м"), line("Ан Вера", "2013-12-01")]
    after = applied(planned(lines, []), [])
    assert changes(lines, after) == [(Fate.SAME, []), (Fate.SAME, [])]


def test_one_who_left_and_stands_in_the_list_is_told() -> None:
    left = replace(pupil("Ильин Даниил"), leave=Leave(date(2026, 10, 1), LeaveReason.TRANSFERRED))
    told = [(Fate.CHANGED, [("Выбытие", "01.10.2026", "снова учится")])]
    assert changes([line("Ильин Даниил")], [left]) == told
    assert changes([line("Ильин Даниил", group=None)], [left]) == [(Fate.SAME, [])]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (pupil("Ильин Даниил"), line("Ильин Даниил", group="7А"), ("Класс", "6 «А»", "7 «А»")),
        (pupil("Ильин Даниил", group=None), line("Ильин Даниил", group="7А"), ("Класс", "", "7 «А»")),
        (pupil("Ильин Даниил"), line("Ильин Даниил", "2014-03-05"), ("Дата рождения", "05.02.2014", "05.03.2014")),
        (pupil("Ильин Даниил"), line("Ильин Даниил", sex="м"), ("Пол", "", "м")),
        (pupil("Ильин Даниил", sex="ж"), line("Ильин Даниил", sex="м"), ("Пол", "ж", "м")),
        (pupil("Ильин Даниил"), line("Ильин Даниил Евгеньевич"), ("Отчество", "", "Евгеньевич")),
        (pupil("Ильин Даниил Егорович"), line("Ильин Даниил Евгеньевич"), ("Отчество", "Егорович", "Евгеньевич")),
        (pupil("Ильина Анна Ивановна"), line("Панова Анна Ивановна"), ("Фамилия", "Ильина", "Панова")),
        (pupil("Ильна Анна"), line("Ильина Анна"), ("Фамилия", "Ильна", "Ильина")),
        (pupil("Ильин Данил Ильич"), line("Ильин Даниил Ильич"), ("Имя", "Данил", "Даниил")),
        (pupil("Королева Алена"), line("Королева Алёна"), ("Имя", "Алена", "Алёна")),
        (pupil("Мактагарт Пётр"), line("МакТагарт Пётр"), ("Фамилия", "Мактагарт", "МакТагарт")),
    ],
)
def test_a_corrected_line_updates_the_pupil(before: Pupil, after: RosterPupil, change: tuple[str, str, str]) -> None:
    assert changes([after], [before]) == [(Fate.CHANGED, [change])]


def test_a_change_of_a_kindergarten_group_is_called_so() -> None:
    found = changes([line("Ан Вера", group="Старшая «Ромашка»")], [pupil("Ан Вера", group="Средняя «Ромашка»")])
    assert found == [(Fate.CHANGED, [("Группа", "Средняя «Ромашка»", "Старшая «Ромашка»")])]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (pupil("Королёва Алёна Сергеевна"), line("Королева Алена Сергеевна")),
        (pupil("Королёва Алёна Сергеевна", sex="ж"), line("Королёва Алёна")),
        (pupil("МакТагарт Пётр"), line("Мактагарт Пётр")),
        (pupil("Ильин Даниил"), line("Ильин Даниил", group=None)),
    ],
)
def test_what_a_list_leaves_out_is_not_erased(before: Pupil, after: RosterPupil) -> None:
    only = planned([after], [before]).lines[0]
    assert only.fate is Fate.SAME
    assert (only.name, only.sex) == (before.name, before.sex)


def test_letters_yo_of_both_sides_are_kept() -> None:
    assert merged("Семёнова-Королева", "Семенова-Королёва") == "Семёнова-Королёва"


def test_twins_stay_two() -> None:
    twins = [line("Ильин Даниил Ильич"), line("Ильин Денис Ильич"), line("Ильина Дарья Ильинична")]
    assert [fate for fate, _ in changes(twins, [])] == [Fate.NEW] * 3
    assert [fate for fate, _ in changes(twins, applied(planned(twins, []), []))] == [Fate.SAME] * 3
    assert changes([twins[1]], [pupil("Ильин Даниил Ильич")]) == [(Fate.NEW, [])]
    both = changes(twins[:2], [pupil("Ильин Даниил Ильич")])
    assert both == [(Fate.SAME, []), (Fate.NEW, [])]


@pytest.mark.parametrize(
    ("lines", "existing"),
    [
        ([line("Ильин Даниил", "2014-03-05")], [pupil("Ильин Даниил", group="6Б")]),
        ([line("Ан Вера")], [pupil("Юй Вера")]),
        ([line("Панова Анна Ивановна", group="6Б")], [pupil("Ильина Анна Ивановна")]),
        ([line("Ильин Даниил Ильич", group="6Б")], [pupil("Ильин Даниил Петрович")]),
        (
            [line("Ильин Даниил", "2014-03-05")],
            [pupil("Ильин Даниил", "2014-02-05"), pupil("Ильин Даниил", "2014-02-06")],
        ),
        (
            [line("Ильин Даниил", "2014-03-05"), line("Ильин Даниил", "2014-03-06")],
            [pupil("Ильин Даниил", "2014-02-05")],
        ),
    ],
)
def test_nobody_is_recognised_by_guess(lines: Sequence[RosterPupil], existing: Sequence[Pupil]) -> None:
    assert {fate for fate, _ in changes(lines, existing)} == {Fate.NEW}


def test_a_line_that_fits_two_pupils_is_refused() -> None:
    there = [pupil("Ильин Даниил Ильич", group="6Б"), pupil("Ильин Даниил Егорович", group="6В")]
    done = planned([line("Ильин Даниил"), line("Ан Вера")], there)
    assert [(one.line, one.reason) for one in done.refused] == [(2, "Подходят двое: 6 «Б» и 6 «В»")]
    assert [one.pupil.name.short for one in done.lines] == ["Ан Вера"]


def test_of_two_same_pupils_the_one_in_the_class_is_meant() -> None:
    there = [pupil("Ильин Даниил", group="6Б"), pupil("Ильин Даниил", group="6А")]
    done = planned([line("Ильин Даниил", group="6А")], there)
    assert done.lines[0].existing is there[1]
    assert done.lines[0].fate is Fate.SAME


NAMES = st.tuples(
    st.sampled_from(["Ильин", "Ильина", "Королёв", "Королев", "Ан"]),
    st.sampled_from(["Даниил", "Данил", "Алёна", "Алена", "Вера"]),
    st.sampled_from(["", "Ильич", "Сергеевна", "Сергеевич"]),
).map(" ".join)
LINES = st.lists(
    st.builds(
        line,
        NAMES,
        st.sampled_from(["2014-02-05", "2014-02-06", "2013-12-01"]),
        st.sampled_from(["6А", "6Б", None]),
        st.sampled_from([None, "м", "ж"]),
    ),
    max_size=7,
    unique_by=lambda one: (one.name.full.replace("ё", "е"), one.birth_date),
)


@given(LINES, LINES)
def test_after_a_list_is_taken_in_it_changes_nothing(first: list[RosterPupil], second: list[RosterPupil]) -> None:
    existing = applied(planned(first, []), [])
    done = planned(second, existing)
    matched = [one.existing.id for one in done.lines if one.existing]
    assert len(matched) == len(set(matched))
    again = planned([one.pupil for one in done.lines], applied(done, existing))
    assert [one.fate for one in again.lines] == [Fate.SAME] * len(done.lines)
    assert again.refused == ()

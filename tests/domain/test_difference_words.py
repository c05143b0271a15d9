"""Differences in the words of the screen, and what counts as a difference at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from exchange_devices import SHAPES

from profdesk.domain import differences, registers
from profdesk.domain.audit_subjects import SUBJECTS
from profdesk.domain.differences import Found, Names, Written
from profdesk.domain.exchange_state import stand
from profdesk.domain.operations import Operation, Value, Verb
from profdesk.domain.rights import Right

AT = Written("кто", datetime(2026, 11, 23, 8, tzinfo=UTC), "ноутбук")
NAMES = Names({"кто": "Ким Анна Олеговна"}, {"ноутбук": "«Ноутбук»"}, {"г": "7 «Б»"}, {"у": "Белов Матвей, 7 «А»"})


def found(
    table: str, holds: Mapping[str, Value], other: Mapping[str, Value], register: str = "", gone: bool = False
) -> Found:
    back = {(table, "з"): holds} if gone else {}
    return Found(table, register, "з", False, "у", back, holds, other, AT, AT, frozenset())


PUPIL, CONSENT = "Сведения об ученике", "Согласие, на что: обработку персональных данных"
ENROLMENT = "Зачисление в класс, учебный год: 2026/27"
TOLD = [
    (found("pupil", {"patronymic": None}, {"patronymic": "Ильич"}), PUPIL, "Отчество", "пусто", "Ильич"),
    (found("pupil", {"birth_date": "2013-06-02"}, {"birth_date": "2013-02-06"}),
     PUPIL, "Дата рождения", "02.06.2013", "06.02.2013"),
    (found("enrolment", {"school_year": 2026, "group_id": "г"}, {"group_id": "5"}), ENROLMENT, "Класс", "7 «Б»", "5"),
    (found("activity", {"title": "День", "hours": 2}, {"hours": 4}), "Мероприятие: День", "Часов", "2", "4"),
    (found("activity", {"title": "День"}, {"title": "Неделя"}), "Мероприятие", "Название", "День", "Неделя"),
    (found("partner", {"name": "Завод", "phone": "1"}, {"phone": "2"}, "partners"),
     "Партнёр: Завод", "Телефон", "1", "2"),
    (found("consent", {"kind": "personal", "number": "5"}, {"number": "6"}, gone=True),
     CONSENT, "Вся запись", "удалено", "номер: 6"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "record", "field", "stands", "other"), TOLD)
def test_a_difference_is_told_as_a_school_would(one: Found, record: str, field: str, stands: str, other: str) -> None:
    told = differences.in_words(one, NAMES)
    assert (told.record, told.field, told.stands, told.other) == (record, field, stands, other)
    assert told.about == "Белов Матвей, 7 «А»"
    assert told.standing.told.startswith("Ким Анна Олеговна, ")
    assert told.standing.briefly.endswith("«Ноутбук»")


def test_whoever_is_not_known_any_more_is_said_to_be_gone() -> None:
    author = Names({}, {}, {}, {}).author(AT)
    assert (author.short, author.computer) == ("удалённый пользователь", "другой компьютер")


KEPT = ("actor", "recorded_at", "folded", "withdrawn_at", "digest", "sha256", "superseded_by")


def test_what_the_program_keeps_for_itself_is_never_shown() -> None:
    for kind in (*SUBJECTS, *registers.ALL):
        for field in KEPT:
            assert not differences.is_shown(kind, field)
    assert differences.is_shown("pupil", "surname")


def test_the_right_is_that_of_the_table_and_what_nobody_writes_by_hand_is_nobodys() -> None:
    assert found("pupil", {}, {"surname": "А"}).right is Right.PUPILS_WRITE
    assert found("achievement", {}, {"title": "А"}, "achievements").right is Right.PORTFOLIO_WRITE
    assert found("app_user", {}, {"name": "А"}).right is Right.USERS_WRITE
    assert found("app_user", {}, {"name": "А", "post": "Б"}).right is Right.USERS_WRITE
    assert found("computer", {}, {"name": "А"}).right is Right.COMPUTERS
    for table, field in (("app_user", "roles"), ("computer", "series"), ("issued_summary", "reason")):
        assert found(table, {}, {field: "А"}).right is None
        assert not differences.is_told(table, "", field, psy=False)


# -- to take and to take that back ------------------------------------------------------------------


def written(*deeds: tuple[str, Value, Value]) -> list[tuple[str, Value]]:
    """What differs after a pupil was made «Ким» and each of these was written, one after another: device, from, to."""
    made = Operation("0", "А", 1, Verb.INSERT, "pupil", "p", {"surname": (None, "Ким"), "sex": (None, None)})
    done = [
        Operation(str(at), device, at + 10, Verb.UPDATE, "pupil", "p", {"surname": (before, after)})
        for at, (device, before, after) in enumerate(deeds, 1)
    ]
    state = stand(SHAPES, [made, *done])
    assert state.rows["pupil", "p"]["surname"] == deeds[-1][2]
    return [(one.operation.device, one.value) for one in state.others]


def test_to_take_a_value_and_to_take_that_back_decides_nothing() -> None:
    apart = (("А", "Ким", "Лим"), ("Б", "Ким", "Цой"))
    assert written(*apart) == [("А", "Лим")]
    assert written(*apart, ("Б", "Цой", "Лим")) == []
    assert written(*apart, ("Б", "Цой", "Лим"), ("Б", "Лим", "Цой")) == [("А", "Лим")]
    assert written(*apart, ("Б", "Цой", "Лим"), ("А", "Лим", "Цой")) == [], "somebody else knew of both"


def test_what_is_undone_over_another_value_leaves_that_one_in_sight() -> None:
    """А takes back what it did, not knowing that Б wrote before: what stood for А stands, what Б wrote differs."""
    assert written(("Б", "Ким", "Цой"), ("А", "Ким", "Лим"), ("А", "Лим", "Ким")) == [("Б", "Цой")]


def test_a_record_put_back_and_taken_away_again_differs_as_before() -> None:
    row = {"title": (None, "День"), "partner": (None, None)}
    gone = {name: (after, before) for name, (before, after) in row.items()}
    changed = {"title": ("День", "Неделя")}
    back = {"title": (None, "Неделя"), "partner": (None, None)}
    away = {name: (after, before) for name, (before, after) in back.items()}
    operations = [
        Operation("1", "А", 1, Verb.INSERT, "activity", "a", row),
        Operation("2", "А", 2, Verb.DELETE, "activity", "a", gone),
        Operation("3", "Б", 1, Verb.UPDATE, "activity", "a", changed),
        Operation("4", "А", 3, Verb.INSERT, "activity", "a", back),
        Operation("5", "А", 4, Verb.DELETE, "activity", "a", away),
    ]
    told = [[(one.field, one.value) for one in stand(SHAPES, operations[:count]).others] for count in (3, 4, 5)]
    assert told == [[("title", "Неделя")], [], [("title", "Неделя")]]

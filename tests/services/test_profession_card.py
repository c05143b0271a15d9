"""The card of a profession: what registers say of it, and who met it, when and at what."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from support import pupil_ids

from profdesk.domain.activities import ActivityEntry, Audience, State
from profdesk.domain.people import Group
from profdesk.domain.register import Register
from profdesk.domain.registers_of_work import (
    DEMAND,
    INSTITUTIONS,
    LESSONS,
    OWN_TYPES,
    PROFESSIONS,
    SPECIALITIES,
    TRIALS,
)
from profdesk.errors import NotFoundError
from profdesk.services import activities, profession_card, registers
from profdesk.storage.workspace import Workspace

DAY = date(2026, 10, 12)
WELDER = {
    "title": "сварщик", "industry": "машиностроение", "subject": "technology", "pay": "высокий",
    "history": "Дугу открыл Петров.\nСваркой её сделал Бенардос.", "conditions": "Маска, жара.", "note": "не на стену",
}  # fmt: skip


def add(workspace: Workspace, register: Register, **values: object) -> str:
    return registers.add(workspace, workspace.actor, register, values)[0].id  # type: ignore[arg-type]


@pytest.fixture
def welder(workspace: Workspace) -> str:
    return add(workspace, PROFESSIONS, **WELDER)


def held(workspace: Workspace, group: Group, title: str, day: date, *professions: str, **more: object) -> str:
    entry = ActivityEntry("excursion", title, day, groups=(group.id,), professions=professions)
    for name, value in more.items():
        object.__setattr__(entry, name, value)
    made, _ = activities.write(workspace, workspace.actor, entry)
    return made.id


def test_a_card_tells_what_the_registers_say(workspace: Workspace, welder: str) -> None:
    college = add(workspace, INSTITUTIONS, title="ГАПОУ СО АКТП", kind="college")
    other = add(workspace, PROFESSIONS, title="повар")
    for profession, title in ((welder, "Сварочное производство"), (other, "Поварское дело")):
        add(workspace, SPECIALITIES, title=title, institution=college, basis="nine", profession=profession, places=25)
    for year, vacancies in ((2025, 18), (2026, None)):
        add(workspace, DEMAND, profession=welder, year=year, vacancies=vacancies, source="письмо № 5")
    add(workspace, TRIALS, title="Первый шов", level="basic", grades="8–9 классы", profession=welder)
    add(workspace, LESSONS, title="Дуга", subject="физика", grades="8 класс", profession=welder)
    card = profession_card.card(workspace, workspace.actor, welder)
    assert card.facts == (("Отрасль", "машиностроение"), ("Тип", "человек — техника"), ("Заработок", "высокий"))
    assert [title for title, _ in card.texts] == ["История", "Условия труда"]
    assert card.taught == ["Сварочное производство: ГАПОУ СО АКТП, после 9 класса, 25\u00a0мест"]
    assert [one.words for one in card.demand] == ["2026 год", "2025 год: 18 вакансий"]
    assert card.trials == ["«Первый шов», 8–9 классы"]
    assert card.lessons == ["«Дуга», физика, 8 класс"]
    assert not card.is_bare
    assert (card.met, card.who_met) == ([], "")


def test_who_met_it_was_there_at_what_was_held_for_pupils(workspace: Workspace, group: Group, welder: str) -> None:
    own = add(workspace, OWN_TYPES, title="Ярмарка", audience="pupils")
    ids = pupil_ids(workspace, group)
    first = held(workspace, group, "Цех", DAY, welder)
    second = held(workspace, group, "Ярмарка дел", DAY.replace(day=20), welder, type=own)
    planned = held(workspace, group, "Ещё впереди", DAY, welder)
    gone = held(workspace, group, "Отменили", DAY, welder)
    parents = held(workspace, group, "Родителям", DAY, welder, audience=Audience.PARENTS)
    others = held(workspace, group, "О другом", DAY)
    activities.hold(workspace, workspace.actor, first)
    activities.hold(workspace, workspace.actor, second, absent=ids[1:])
    for one in (parents, others, gone):
        activities.hold(workspace, workspace.actor, one)
    activities.set_state(workspace, workspace.actor, gone, State.CANCELLED)
    card = profession_card.card(workspace, workspace.actor, welder)
    assert [(one.what, one.kind, one.name) for one in card.met] == [
        ("Ярмарка дел", "Ярмарка", "Абрамова Полина Игоревна, 7 «А»"),
        ("Цех", "Экскурсия", "Абрамова Полина Игоревна, 7 «А»"),
        ("Цех", "Экскурсия", "Белов Матвей Сергеевич, 7 «А»"),
        ("Цех", "Экскурсия", "Ёлкина Дарья Олеговна, 7 «А»"),
    ]
    assert card.who_met == "3 ученика, 4 встречи"
    assert planned


def test_meetings_are_read_by_one_query(workspace: Workspace, group: Group, welder: str) -> None:
    for day in (1, 2, 3):
        activities.hold(workspace, workspace.actor, held(workspace, group, "Цех", DAY.replace(day=day), welder))
    asked: list[str] = []
    event.listen(workspace._engine, "before_cursor_execute", lambda _c, _k, sql, *_: asked.append(sql))
    card = profession_card.card(workspace, workspace.actor, welder)
    assert len(card.met) == 9
    assert len([sql for sql in asked if "FROM participation" in sql]) == 1


def test_a_profession_of_the_programme_has_a_card_before_anything_is_written(workspace: Workspace) -> None:
    named = registers.book(workspace, workspace.actor, PROFESSIONS).entries[0]
    card = profession_card.card(workspace, workspace.actor, named.id)
    assert card.title == named.values["title"]
    assert card.is_bare
    with pytest.raises(NotFoundError):
        profession_card.card(workspace, workspace.actor, "нет такой")


def test_the_paper_is_a_page_without_anybodys_name(workspace: Workspace, group: Group, welder: str) -> None:
    activities.hold(workspace, workspace.actor, held(workspace, group, "Цех", DAY, welder))
    card = profession_card.card(workspace, workspace.actor, welder)
    assert card.met
    assert profession_card.paper(workspace, workspace.actor, card).startswith(b"%PDF")

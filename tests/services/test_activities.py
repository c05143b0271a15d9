"""Activities: planned, held in one act with exceptions, seen by the card, the registers and the indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from kept_workspaces import create
from sqlalchemy import text
from support import FIRST, PASSWORD, YEAR

from profdesk.domain.access import NewUser
from profdesk.domain.activities import ActivityEntry, Audience, Participation, Presence, Sort, State
from profdesk.domain.merging import Merge
from profdesk.domain.people import GroupName, PersonName
from profdesk.domain.portfolio import Cell
from profdesk.domain.professions import Occasion
from profdesk.domain.registers import PARTNERS
from profdesk.domain.registers_of_work import OWN_TYPES, TRIALS
from profdesk.errors import WrongInputError
from profdesk.services import activities, batches, programmes, pupils, registers
from profdesk.storage.workspace import Workspace

DAY = date(2026, 10, 12)
NAMES = ("Ан", "Белов", "Ёлкина", "Яшин")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    made = create(tmp_path / "desk", NewUser("Иванова Анна", "завуч", PASSWORD))
    yield made.workspace
    made.workspace.close()


@pytest.fixture
def group(desk: Workspace) -> str:
    with desk.unit(desk.actor) as unit:
        made = unit.pupils.ensure_group(GroupName("9 «А»", 9, "А"), "secondary", YEAR)
        for surname in NAMES:
            unit.pupils.enrol(unit.pupils.add(PersonName(surname, "Саша"), date(2011, 5, 6), None), made.id, YEAR)
    return made.id


def ids(desk: Workspace, group: str) -> dict[str, str]:
    with desk.unit(desk.actor) as unit:
        return {one.name.surname: one.id for one in unit.pupils.in_group(group)}


def planned(desk: Workspace, group: str, **more: object) -> str:
    entry = ActivityEntry("trial", "Проба «Лаборант»", DAY, hours=4, groups=(group,))
    return activities.write(desk, desk.actor, replace(entry, **more))[0].id


def test_what_was_held_is_not_moved_to_a_day_to_come(desk: Workspace, group: str) -> None:
    one = planned(desk, group)
    held, _ = activities.hold(desk, desk.actor, one)
    later = replace(held.entry, begins_on=pupils.today() + timedelta(days=1))
    with pytest.raises(WrongInputError, match="ещё не наступил"):
        activities.write(desk, desk.actor, later, one)
    found = activities.plan(desk, desk.actor, YEAR).activities
    assert [activity.entry.begins_on for activity in found] == [DAY]


def test_a_type_of_the_school_is_not_undone_while_something_is_of_it(desk: Workspace, group: str) -> None:
    own, made = registers.add(desk, desk.actor, OWN_TYPES, {"title": "Квест", "audience": "parents"})
    one = planned(desk, group, type=own.id)
    with pytest.raises(WrongInputError, match="Отменить целиком нельзя"):
        batches.turn_back(desk, desk.actor, made.batch or "")
    activities.write(
        desk, desk.actor, replace(activities.attendance(desk, desk.actor, one).activity.entry, type="game"), one
    )
    batches.turn_back(desk, desk.actor, made.batch or "")
    assert not registers.book(desk, desk.actor, OWN_TYPES).entries


def test_a_class_is_marked_present_in_one_act_with_exceptions(desk: Workspace, group: str) -> None:
    one = planned(desk, group)
    named = ids(desk, group)
    expected = activities.attendance(desk, desk.actor, one)
    assert [pupil.name.surname for pupil in expected.pupils] == list(NAMES)
    held, _ = activities.hold(desk, desk.actor, one, absent=[named["Белов"]])
    assert (held.state, held.expected, held.present) == (State.HELD, 4, 3)
    with desk._engine.connect() as connection:
        query = text("SELECT count(*) FROM participation WHERE presence = 'present'")
        assert connection.scalar(query) == 3
    reached = activities.coverage(desk, desk.actor, YEAR)
    assert reached.trials == reached.events == {named[name] for name in NAMES if name != "Белов"}
    assert reached.labour_market == reached.parents == set()


def test_holding_again_keeps_what_was_recorded(desk: Workspace, group: str) -> None:
    one = planned(desk, group)
    named = ids(desk, group)
    activities.hold(desk, desk.actor, one)
    said = Participation(named["Ан"], Presence.PRESENT, 6, "собрала схему", "5", "понравилось")
    activities.record(desk, desk.actor, one, [said])
    activities.hold(desk, desk.actor, one, absent=[named["Ан"]])
    found = activities.attendance(desk, desk.actor, one).recorded[named["Ан"]]
    assert found == replace(said, presence=Presence.ABSENT)


def test_hours_add_up_by_what_they_count_as(desk: Workspace, group: str) -> None:
    named = ids(desk, group)
    for kind, hours in (("trial", 4), ("practice", 10), ("volunteering", 3), ("excursion", 2)):
        activities.hold(desk, desk.actor, planned(desk, group, type=kind, hours=hours))
    last = planned(desk, group, type="volunteering")
    activities.hold(desk, desk.actor, last, absent=[named["Ан"]])
    types = activities.plan(desk, desk.actor, YEAR).types
    mine = activities.of_pupil(desk, desk.actor, named["Ан"])
    assert activities.hours(mine, types) == {Sort.EVENT: 2, Sort.TRIAL: 4, Sort.PRACTICE: 13}
    assert len(mine) == 5


def test_parents_and_the_labour_market_have_their_own_coverage(desk: Workspace, group: str) -> None:
    named = ids(desk, group)
    meeting = planned(desk, group, type="parents_meeting", audience=Audience.PARENTS)
    activities.hold(desk, desk.actor, meeting, absent=[named["Ан"], named["Белов"]])
    activities.hold(desk, desk.actor, planned(desk, group, type="lesson", labour_market=True), absent=[named["Яшин"]])
    reached = activities.coverage(desk, desk.actor, YEAR)
    assert reached.parents == {named["Ёлкина"], named["Яшин"]}
    assert reached.labour_market == reached.events == set(named.values()) - {named["Яшин"]}
    assert reached.trials == set()


def test_what_has_not_come_yet_is_not_held(desk: Workspace, group: str) -> None:
    tomorrow = datetime.now(UTC).astimezone().date() + timedelta(days=1)
    one = planned(desk, group, begins_on=tomorrow)
    with pytest.raises(WrongInputError, match="ещё не наступил"):
        activities.hold(desk, desk.actor, one)
    with pytest.raises(WrongInputError, match="раньше первого"):
        planned(desk, group, ends_on=DAY - timedelta(days=1))
    with pytest.raises(WrongInputError, match="что это"):
        planned(desk, group, title=" ")


def test_overdue_and_cancelled(desk: Workspace, group: str) -> None:
    one, other = planned(desk, group), planned(desk, group, title="Вторая", ends_on=DAY + timedelta(days=3))
    plan = activities.plan(desk, desk.actor, YEAR)
    assert [late.id for late in activities.overdue(plan, DAY + timedelta(days=1))] == [one]
    activities.set_state(desk, desk.actor, one, State.CANCELLED)
    plan = activities.plan(desk, desk.actor, YEAR)
    assert [late.id for late in activities.overdue(plan, DAY + timedelta(days=9))] == [other]
    activities.withdraw(desk, desk.actor, other)
    assert [left.id for left in activities.plan(desk, desk.actor, YEAR).activities] == [one]
    activities.put_back(desk, desk.actor, other)
    assert len(activities.plan(desk, desk.actor, YEAR).activities) == 2


def test_invited_one_by_one_and_taken_back(desk: Workspace, group: str) -> None:
    named = ids(desk, group)
    one = planned(desk, group, groups=(), pupils=(named["Ан"], named["Яшин"]), professions=("network-doctor",))
    entry = activities.plan(desk, desk.actor, YEAR).activities[0].entry
    assert set(entry.pupils) == {named["Ан"], named["Яшин"]}
    assert entry.professions == ("network-doctor",)
    activities.write(desk, desk.actor, replace(entry, pupils=(named["Яшин"],)), one)
    _, changes = activities.hold(desk, desk.actor, one)
    with desk.unit(desk.actor) as unit:
        assert unit.activities.professions_met() == {
            named["Яшин"]: {"network-doctor": [Occasion(DAY, "Проба «Лаборант»")]}
        }
    assert changes.batch is not None
    batches.turn_back(desk, desk.actor, changes.batch)
    left = activities.plan(desk, desk.actor, YEAR).activities[0]
    assert (left.state, left.present) == (State.PLANNED, 0)


def test_stages_seen_at_a_trial_reach_the_portfolio(desk: Workspace, group: str) -> None:
    named = ids(desk, group)
    one = planned(desk, group, competencies=("planning",))
    cell = Cell(named["Ан"], "planning")
    with pytest.raises(WrongInputError, match="кто был"):
        activities.record_stages(desk, desk.actor, one, {cell: 2}, FIRST)
    activities.hold(desk, desk.actor, one)
    assert activities.record_stages(desk, desk.actor, one, {cell: 2}, FIRST)[0] == 1
    with desk.unit(desk.actor) as unit:
        assert unit.portfolio.stages(group, FIRST) == {cell: 2}


def test_what_activities_use_is_not_taken_away(desk: Workspace, group: str) -> None:
    partner, _ = registers.add(desk, desk.actor, PARTNERS, {"name": "Завод", "kind": "enterprise"})
    trial, _ = registers.add(desk, desk.actor, TRIALS, {"title": "Лаборант", "level": "basic", "partner": None})
    own, _ = registers.add(desk, desk.actor, OWN_TYPES, {"title": "Ярмарка профессий", "audience": "pupils"})
    planned(desk, group, type=own.id, partner=partner.id, trial=trial.id)
    for register, entry in ((PARTNERS, partner), (TRIALS, trial), (OWN_TYPES, own)):
        with pytest.raises(WrongInputError, match="1 мероприятие"):
            registers.withdraw(desk, desk.actor, register, entry.id)
    plan = activities.plan(desk, desk.actor, YEAR)
    assert plan.types[own.id].title == "Ярмарка профессий"
    assert plan.titles["partners"] == {partner.id: "Завод"}


def test_merged_children_were_at_an_activity_once(desk: Workspace, group: str) -> None:
    named = ids(desk, group)
    both, mine = planned(desk, group), planned(desk, group, groups=(), pupils=(named["Яшин"],))
    activities.hold(desk, desk.actor, both, absent=[named["Ан"]])
    activities.record(desk, desk.actor, both, [Participation(named["Яшин"], Presence.PRESENT, result="сделал")])
    activities.hold(desk, desk.actor, mine)
    wanted = Merge(named["Ан"], named["Яшин"], PersonName("Ан", "Саша"), date(2011, 5, 6), None, named["Ан"])
    pupils.merge(desk, desk.actor, wanted, YEAR)
    found = {one.id: said for one, said in activities.of_pupil(desk, desk.actor, named["Ан"])}
    assert found.keys() == {both, mine}
    assert (found[both].presence, found[both].result) == (Presence.PRESENT, "сделал")


def test_types_name_directions_of_the_programme(desk: Workspace) -> None:
    known = {one.code for one in programmes.current(desk, desk.actor).directions}
    assert {one.direction for one in activities.shipped_types()} <= known
    assert len({one.code for one in activities.shipped_types()}) == len(activities.shipped_types())


def test_works_of_pupils_are_their_files_and_stand_one_at_a_time(desk: Workspace, group: str, tmp_path: Path) -> None:
    one, named = planned(desk, group), ids(desk, group)
    first, second = tmp_path / "Щит.jpg", tmp_path / "Схема.pdf"
    first.write_bytes(b"one")
    second.write_bytes(b"two")
    activities.hold(desk, desk.actor, one, files={named["Ан"]: first, named["Белов"]: first})
    activities.hold(desk, desk.actor, one, said=[Participation(named["Ан"], Presence.PRESENT, result="сделал")])
    found = activities.attendance(desk, desk.actor, one)
    assert {found.recorded[named[name]].product for name in ("Ан", "Белов")} == found.products.keys()
    assert {file.title for file in found.products.values()} == {"Проба «Лаборант», 12.10.2026"}
    activities.hold(desk, desk.actor, one, files={named["Ан"]: second, named["Белов"]: None})
    with desk._engine.connect() as connection:
        query = text(
            "SELECT surname, e.name FROM participation JOIN evidence e ON e.id = product AND withdrawn_at IS NULL "
            "JOIN pupil p ON p.id = participation.pupil_id"
        )
        assert [tuple(row) for row in connection.execute(query)] == [("Ан", "Схема.pdf")]
        assert connection.scalar(text("SELECT count(*) FROM evidence WHERE withdrawn_at IS NOT NULL")) == 2
    with pytest.raises(WrongInputError, match="на этом месте нет"):
        activities.hold(desk, desk.actor, one, files={named["Яшин"]: tmp_path / "нет.jpg"})
    card = activities.pupil_card(desk, desk.actor, named["Ан"])
    assert [file.name for file in card.products.values()] == ["Схема.pdf"]


def test_a_trial_chosen_again_takes_the_competencies_of_its_last_held_activity(desk: Workspace, group: str) -> None:
    trial, _ = registers.add(desk, desk.actor, TRIALS, {"title": "Лаборант", "level": "basic", "partner": None})
    for days, codes in ((0, "planning"), (7, "initiative flexibility"), (9, ""), (14, "perspective")):
        more = {"trial": trial.id, "competencies": tuple(codes.split()), "begins_on": DAY + timedelta(days=days)}
        one = planned(desk, group, **more)
        if days < 14:
            activities.hold(desk, desk.actor, one)
    assert activities.offer(desk, desk.actor, YEAR).seen == {trial.id: ("initiative", "flexibility")}


def test_stages_seen_at_a_practice_rest_on_observation(desk: Workspace, group: str) -> None:
    one = planned(desk, group, type="practice")
    activities.hold(desk, desk.actor, one)
    activities.record_stages(desk, desk.actor, one, {Cell(ids(desk, group)["Ан"], "planning"): 1}, FIRST)
    with desk._engine.connect() as connection:
        assert connection.scalar(text("SELECT basis FROM assessment")) == "observation"

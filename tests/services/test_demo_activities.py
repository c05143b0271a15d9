"""Two believable years of the demonstration school: some to come, two forgotten, one cancelled, whoever was there."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from kept_workspaces import create
from support import PASSWORD

from profdesk.domain.access import NewUser
from profdesk.domain.activities import Audience, Sort, State
from profdesk.domain.people import PersonName
from profdesk.domain.school_year import SchoolYear
from profdesk.services import activities, demo_activities, demo_registers, demo_satisfaction, pupils, satisfaction

TODAY = date(2026, 11, 25)
CLASSES = ("1А", "3А", "3Б", "4А", "5А", "7А", "8А", "8Б", "9А", "9Б", "10А", "10Б", "11А", "11Б")
GROUPS = ("Подготовительная «Солнышко»", "Подготовительная «Радуга»", "Старшая «Ромашка»")


def test_two_years_are_planned_and_held(tmp_path: Path) -> None:
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(tmp_path / "desk", owner).workspace
    before, year = SchoolYear(2025), SchoolYear(2026)
    with made.unit(made.actor) as unit:
        for one in (before, year):
            for title in (*CLASSES, *GROUPS):
                group = unit.pupils.ensure_group(pupils.group_name(title), "basic", one)
                for number in range(3):
                    child = unit.pupils.add(PersonName("Ан", f"{title} {number} {one.start}"), date(2012, 5, 6), None)
                    unit.pupils.enrol(child, group.id, one)
    demo_registers.fill(made, TODAY, lambda *_: None)
    demo_activities.hold(made, TODAY, lambda *_: None)
    demo_satisfaction.collect(made, (before, year), TODAY)
    plans = {one: activities.plan(made, made.actor, one) for one in (before, year)}
    assert all(len(plan.activities) >= 40 for plan in plans.values())
    assert {one.state for one in plans[before].activities} == {State.HELD}
    states = Counter(one.state for one in plans[year].activities)
    assert states[State.CANCELLED] == 1
    assert states[State.PLANNED] >= 10
    assert len(activities.overdue(plans[year], TODAY)) == 2
    for plan in plans.values():
        held = [one for one in plan.activities if one.state is State.HELD]
        assert {plan.types[one.entry.type].sort for one in held} == set(Sort)
        assert {one.entry.audience for one in held} == set(Audience)
        assert any(0 < one.present < one.expected for one in held)
        trials = [one for one in held if plan.types[one.entry.type].sort is Sort.TRIAL]
        assert all(one.entry.trial and one.entry.hours and one.entry.competencies for one in trials)
    everything = [one for plan in plans.values() for one in plan.activities]
    assert any(activities.attendance(made, made.actor, one.id).products for one in everything)
    for one, plan in plans.items():
        answers = satisfaction.year(made, made.actor, one)
        assert 0 < answers.whole.activities <= answers.meetings
        assert plan.content
        assert all(answers.whole.tally.answered(question.code) > 0 for question in satisfaction.form().questions)
    made.close()

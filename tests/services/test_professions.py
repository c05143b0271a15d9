"""Which child met which profession: counted over the years, equal to bare SQL, held against the programme's number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from paper_checks import assert_inside, raw_pages
from sqlalchemy import text
from support import YEAR

from profdesk.domain.activities import ActivityEntry, Audience
from profdesk.domain.people import Group, GroupName, PersonName
from profdesk.domain.professions import ClassProfessions, Occasion
from profdesk.services import activities, batches, professions, programmes
from profdesk.storage.workspace import Workspace

DAY = date(2026, 10, 12)


@pytest.fixture
def young(workspace: Workspace) -> tuple[Group, dict[str, str]]:
    """A kindergarten group of two, and their ids by surname."""
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("Старшая «Ромашка»"), "preschool", YEAR)
        ids = {}
        for surname in ("Ан", "Белов"):
            ids[surname] = unit.pupils.add(PersonName(surname, "Саша"), date(2020, 5, 6), None)
            unit.pupils.enrol(ids[surname], group.id, YEAR)
    return group, ids


def meet(workspace: Workspace, group: str, title: str, day: date, *codes: str, absent: tuple[str, ...] = ()) -> str:
    entry = ActivityEntry("game", title, day, groups=(group,), professions=codes)
    one = activities.write(workspace, workspace.actor, entry)[0].id
    activities.hold(workspace, workspace.actor, one, absent)
    return one


def of(workspace: Workspace, group: str) -> ClassProfessions:
    found = professions.by_class(workspace, workspace.actor, YEAR)
    return next(one for one in found.classes if one.group.id == group)


def test_children_are_counted_against_the_number_of_their_level(workspace: Workspace, group: Group, young) -> None:
    kids, ids = young
    named = [one.code for one in programmes.current(workspace, workspace.actor).professions]
    meet(workspace, kids.id, "Кто нас лечит", DAY, *named[:6])
    meet(workspace, kids.id, "Кто строит", date(2026, 11, 2), *named[5:10], absent=(ids["Белов"],))
    gone = meet(workspace, kids.id, "Ошибка", DAY, named[10])
    activities.withdraw(workspace, workspace.actor, gone)
    one = of(workspace, kids.id)
    assert (one.wanted, one.done) == (10, 1)
    assert {name: one.number(key) for name, key in ids.items()} == {"Ан": 10, "Белов": 6}
    assert one.occasions(ids["Ан"], named[5]) == [
        Occasion(DAY, "Кто нас лечит"),
        Occasion(date(2026, 11, 2), "Кто строит"),
    ]
    assert [one.lacking(code) for code in (named[0], named[9], named[10])] == [0, 1, 2]
    found = professions.by_class(workspace, workspace.actor, YEAR)
    assert set(found.columns(one)) == set(named)
    assert found.columns(one)[-1] == named[10]
    older = of(workspace, group.id)
    assert (older.wanted, older.done, found.columns(older)) == (None, 0, [])
    with workspace._engine.connect() as connection:
        query = text(
            "SELECT p.pupil_id, count(DISTINCT profession) AS number FROM participation p "
            "JOIN activity a ON a.id = p.activity_id JOIN activity_profession m ON m.activity_id = a.id "
            "WHERE a.state = 'held' AND a.withdrawn_at IS NULL AND p.presence = 'present' GROUP BY p.pupil_id"
        )
        bare = {row.pupil_id: row.number for row in connection.execute(query)}
    assert bare == {key: one.number(key) for key in ids.values()}


def test_the_card_tells_when_and_at_what(workspace: Workspace, young) -> None:
    kids, ids = young
    meet(workspace, kids.id, "Кто нас лечит", DAY, "network-doctor")
    parents = ActivityEntry(
        "parents_meeting", "Собрание", DAY, audience=Audience.PARENTS, groups=(kids.id,), professions=("media-police",)
    )
    activities.hold(workspace, workspace.actor, activities.write(workspace, workspace.actor, parents)[0].id)
    card = activities.pupil_card(workspace, workspace.actor, ids["Ан"])
    assert card.occasions == {"сетевой врач": [Occasion(DAY, "Кто нас лечит")]}
    assert card.met == ("сетевой врач",)


def test_what_is_taken_back_is_no_longer_met(workspace: Workspace, young) -> None:
    kids, ids = young
    entry = ActivityEntry("game", "Игра", DAY, groups=(kids.id,), professions=("network-doctor",))
    one = activities.write(workspace, workspace.actor, entry)[0].id
    _, changes = activities.hold(workspace, workspace.actor, one)
    assert of(workspace, kids.id).number(ids["Ан"]) == 1
    assert changes.batch is not None
    batches.turn_back(workspace, workspace.actor, changes.batch)
    assert of(workspace, kids.id).number(ids["Ан"]) == 0


def test_the_class_on_paper(workspace: Workspace, young, tmp_path: Path) -> None:
    kids, _ = young
    meet(workspace, kids.id, "Кто нас лечит", DAY, "network-doctor")
    found = professions.by_class(workspace, workspace.actor, YEAR)
    pdf = professions.class_paper(workspace, workspace.actor, found, of(workspace, kids.id))
    (page,) = raw_pages(pdf, tmp_path)
    assert "Какие профессии знает Старшая «Ромашка»" in page
    assert "Программа ждёт знакомства с 10 профессиями: столько знают 0 из 2." in page
    assert page.count("1 из 10") == 2
    assert "Белов Саша" in page
    assert_inside(pdf)

"""What parents answered is kept in counts, checked, added up by level, and taken back as one step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from paper_checks import raw_pages
from sqlalchemy import text
from support import YEAR

from profdesk.domain.activities import ActivityEntry, Audience, State
from profdesk.domain.people import Group, GroupName, PersonName
from profdesk.domain.satisfaction import Tally
from profdesk.errors import WrongInputError
from profdesk.services import activities, batches, satisfaction
from profdesk.storage.workspace import Workspace

DAY = date(2026, 10, 12)


def held(workspace: Workspace, *groups: str, others: int = 10) -> str:
    entry = ActivityEntry("parents_meeting", "Собрание", DAY, audience=Audience.PARENTS, groups=groups)
    one = activities.write(workspace, workspace.actor, entry)[0].id
    activities.hold(workspace, workspace.actor, one, parents_reached=others)
    return one


def tally(forms: int, **counts: int) -> Tally:
    """Answers to the question about it all."""
    return Tally(forms, {("whole", answer): count for answer, count in counts.items()})


def test_counts_are_written_changed_and_taken_back(workspace: Workspace, group: Group) -> None:
    one = held(workspace, group.id)
    satisfaction.write(workspace, workspace.actor, one, tally(9, yes=5, no=3))
    _, changes = satisfaction.write(workspace, workspace.actor, one, tally(10, yes=6, rather_yes=2))
    assert satisfaction.of_activity(workspace, workspace.actor, one) == tally(10, yes=6, rather_yes=2)
    with workspace._engine.connect() as connection:
        query = text("SELECT count(*), sum(count) FROM satisfaction WHERE question = 'whole'")
        assert tuple(connection.execute(query).one()) == (2, 8)
    plan = activities.plan(workspace, workspace.actor, YEAR)
    assert plan.content == {one: Decimal("100.0")}
    assert changes.batch is not None
    batches.turn_back(workspace, workspace.actor, changes.batch)
    assert satisfaction.of_activity(workspace, workspace.actor, one) == tally(9, yes=5, no=3)


def test_more_forms_than_parents_are_refused(workspace: Workspace, group: Group) -> None:
    one = held(workspace, group.id, others=2)
    with pytest.raises(WrongInputError, match="Анкет 6, а родителей было 5"):
        satisfaction.write(workspace, workspace.actor, one, tally(6))
    activities.set_state(workspace, workspace.actor, one, State.PLANNED)
    with pytest.raises(WrongInputError, match="кто был"):
        satisfaction.write(workspace, workspace.actor, one, tally(1))


def test_a_year_is_told_by_level_and_equals_bare_sql(workspace: Workspace, group: Group) -> None:
    with workspace.unit(workspace.actor) as unit:
        young = unit.pupils.ensure_group(GroupName("2 «А»", 2, "А"), "primary", YEAR)
        unit.pupils.enrol(unit.pupils.add(PersonName("Ан", "Саша"), date(2018, 5, 6), None), young.id, YEAR)
    for groups, counts in (
        ((group.id,), tally(9, yes=5, no=3)),
        ((group.id,), tally(4, rather_no=4)),
        ((young.id,), tally(3, yes=2)),
        ((group.id, young.id), tally(2, yes=1)),
    ):
        satisfaction.write(workspace, workspace.actor, held(workspace, *groups), counts)
    held(workspace, group.id)
    gone = held(workspace, group.id)
    satisfaction.write(workspace, workspace.actor, gone, tally(5, no=5))
    activities.withdraw(workspace, workspace.actor, gone)
    found = satisfaction.year(workspace, workspace.actor, YEAR)
    told = [(one.title, one.activities, one.tally.forms) for one in found.levels]
    assert told == [("Начальная школа", 1, 3), ("Основная школа", 2, 13), ("Родители разных уровней", 1, 2)]
    assert (found.meetings, found.whole.activities) == (5, 4)
    with workspace._engine.connect() as connection:
        query = text(
            "SELECT answer, sum(count) FROM satisfaction s JOIN activity a ON a.id = s.activity_id "
            "WHERE question = 'whole' AND a.withdrawn_at IS NULL GROUP BY answer"
        )
        assert {("whole", answer): count for answer, count in connection.execute(query)} == found.whole.tally.counts


def test_papers_of_the_service(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    one = held(workspace, group.id)
    for four, number in ((True, 4), (False, 2)):
        (page,) = raw_pages(satisfaction.form_paper(workspace, workspace.actor, one, four=four), tmp_path)
        assert page.count("«Собрание»") == page.count("12 октября 2026 г.") == number
    satisfaction.write(workspace, workspace.actor, one, tally(9, yes=5, no=3))
    found = satisfaction.year(workspace, workspace.actor, YEAR)
    (page,) = raw_pages(satisfaction.year_paper(workspace, workspace.actor, found), tmp_path)
    assert "Основная школа" in page
    assert "62,5 %" in page

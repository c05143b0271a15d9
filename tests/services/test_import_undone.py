"""Whatever a list changes in whatever school, taking it back leaves every row as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import YEAR, state

from profdesk.domain.people import GroupName, Leave, LeaveReason, PersonName, Sex
from profdesk.domain.roster import Roster, RosterPupil, SheetReading
from profdesk.domain.roster_plan import plan
from profdesk.services import batches, pupils, roster
from profdesk.storage.workspace import Workspace

GROUPS = [pupils.group_name(words) for words in ("7А", "7Б", "8А")]


@dataclass(frozen=True)
class Child:
    name: PersonName
    born: date
    sex: Sex | None
    group: GroupName | None
    left: bool


def children(*, grouped: bool) -> st.SearchStrategy[list[Child]]:
    """Few names and dates, so that lists meet pupils who are there already, in this class or another."""
    child = st.builds(
        Child,
        st.builds(
            PersonName,
            st.sampled_from(["Королёва", "Королева", "Белова", "Ан"]),
            st.sampled_from(["Алёна", "Алена", "Вера"]),
            st.sampled_from(["Ильинична", "Егоровна", None]),
        ),
        st.sampled_from([date(2013, 5, 6), date(2013, 6, 5), date(2014, 1, 1)]),
        st.sampled_from([Sex.FEMALE, Sex.MALE, None]),
        st.sampled_from(GROUPS if grouped else [*GROUPS, None]),
        st.booleans(),
    )
    return st.lists(child, max_size=7)


def settled(workspace: Workspace, there: list[Child]) -> str:
    """Write a school in one batch; gives the batch."""
    with workspace.unit(workspace.actor) as unit:
        for child in there:
            pupil = unit.pupils.add(child.name, child.born, child.sex)
            if child.group is not None:
                unit.pupils.enrol(pupil, unit.pupils.ensure_group(child.group, "basic", YEAR).id, YEAR)
                if child.left:
                    unit.pupils.leave([pupil], YEAR, Leave(date(2026, 10, 1), LeaveReason.TRANSFERRED))
        return unit.batch


def listed(lines: list[Child]) -> Roster:
    read = (
        RosterPupil(number, "", child.name, child.born, child.sex, child.group) for number, child in enumerate(lines, 2)
    )
    return Roster((SheetReading("", 1),), tuple(read), ())


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(children(grouped=False), children(grouped=True), st.data())
def test_an_import_taken_back_leaves_the_school_as_it_was(
    workspace: Workspace, there: list[Child], lines: list[Child], data: st.DataObject
) -> None:
    empty = state(workspace)
    school = settled(workspace, there)
    before = state(workspace)
    made = plan(listed(lines), pupils.pupils(workspace, workspace.actor, YEAR), "список.csv", YEAR)
    numbers = [line.pupil.line for line in made.lines]
    wanted = {("", number) for number in data.draw(st.sets(st.sampled_from(numbers)) if numbers else st.just(set()))}
    applied, changes = roster.apply(workspace, workspace.actor, made, wanted)
    assert (applied.batch is None) == (changes.batch is None) == (state(workspace) == before)
    if applied.batch is not None:
        outlook = batches.outlook(workspace, workspace.actor, applied.batch)
        assert (outlook.removed, outlook.refusal) == (applied.new, "")
        batches.take_back(workspace, workspace.actor, applied.batch)
    assert state(workspace) == before
    batches.turn_back(workspace, workspace.actor, school)
    assert state(workspace) == empty

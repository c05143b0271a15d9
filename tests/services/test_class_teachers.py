"""Who leads which class: given, taken, undone, and carried into the next school year with the class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from rollover_school import SUMMER, YEAR, add, new_workspace
from support import state

from profdesk.domain.access import Actor, Role
from profdesk.domain.changes import Kind
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.rollover import Step
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import AccessError, NotFoundError
from profdesk.services import batches, class_teachers, rollover
from profdesk.storage.people_models import UserRow
from profdesk.storage.workspace import Session, Workspace

NEXT = YEAR.next


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = new_workspace(tmp_path / "школа")
    yield made
    made.close()


def leads(workspace: Workspace, year: SchoolYear = YEAR) -> Mapping[str, tuple[str, ...]]:
    """The users by titles of classes."""
    titles = {group.id: group.name.title for group in class_teachers.groups(workspace, workspace.actor, year)}
    return {titles[one]: users for one, users in class_teachers.of_year(workspace, workspace.actor, year).items()}


def give(workspace: Workspace, user: str, *titles: str, year: SchoolYear = YEAR) -> str | None:
    ids = {group.name.title: group.id for group in class_teachers.groups(workspace, workspace.actor, year)}
    step, _ = class_teachers.give(workspace, workspace.actor, user, [ids[one] for one in titles], year)
    return step.batch


def roll(workspace: Workspace, *staying: str) -> str:
    plan = rollover.preview(workspace, workspace.actor, YEAR, SUMMER).plan.marked(staying, Step.STAY)
    batch = rollover.apply(workspace, workspace.actor, plan)[0].batch
    assert batch is not None
    return batch


def test_several_lead_a_class_and_one_leads_several(workspace: Workspace) -> None:
    add(workspace, {"5А": ["Ан"], "6А": ["Бек"]})
    give(workspace, "один", "5 «А»", "6 «А»")
    give(workspace, "два", "6 «А»")
    assert leads(workspace) == {"5 «А»": ("один",), "6 «А»": ("один", "два")}
    give(workspace, "один", "5 «А»")
    assert leads(workspace) == {"5 «А»": ("один",), "6 «А»": ("два",)}


def test_giving_is_undone_and_done_again(workspace: Workspace) -> None:
    add(workspace, {"5А": ["Ан"], "6А": ["Бек"]})
    give(workspace, "один", "5 «А»")
    batch = give(workspace, "один", "6 «А»")
    assert batch is not None
    again, changes = batches.turn_back(workspace, workspace.actor, batch)
    assert leads(workspace) == {"5 «А»": ("один",)}
    assert changes.touches(Kind.USERS)
    batches.turn_back(workspace, workspace.actor, again)
    assert leads(workspace) == {"6 «А»": ("один",)}


def test_the_same_classes_again_write_nothing(workspace: Workspace) -> None:
    add(workspace, {"5А": ["Ан"]})
    give(workspace, "один", "5 «А»")
    assert give(workspace, "один", "5 «А»") is None


def test_a_class_of_another_year_is_refused(workspace: Workspace) -> None:
    add(workspace, {"5А": ["Ан"]})
    (group,) = class_teachers.groups(workspace, workspace.actor, YEAR)
    with pytest.raises(NotFoundError, match="Обновите страницу"):
        class_teachers.give(workspace, workspace.actor, "один", [group.id], NEXT)


def test_teachers_give_no_classes(workspace: Workspace) -> None:
    add(workspace, {"5А": ["Ан"]})
    teacher = Actor("один", "Ёлкина", "учитель", frozenset({Role.TEACHER}))
    with pytest.raises(AccessError, match="назначать классных руководителей"):
        class_teachers.give(workspace, teacher, "один", [], YEAR)


def test_whoever_was_removed_leads_nothing(workspace: Workspace) -> None:
    add(workspace, {"5А": ["Ан"]})
    give(workspace, "ушла", "5 «А»")
    gone = UserRow(id="ушла", name="Ю", post="", roles="teacher", added_at="", removed_at="2026-01-01")
    with Session(workspace._engine) as session, session.begin():
        session.add(gone)
    assert leads(workspace) == {}
    roll(workspace)
    assert leads(workspace, NEXT) == {}


def test_teachers_go_on_with_their_classes(workspace: Workspace) -> None:
    made = add(
        workspace,
        {"3А": ["Ан"], "4А": ["Бек"], "5А": ["Вах", "Гай", "Дым"], "5Б": ["Ежов"], "9А": ["Жук"], "10А": ["Зуб"]},
    )
    for number, title in enumerate(("3 «А»", "4 «А»", "5 «А»", "5 «Б»", "9 «А»", "10 «А»")):
        give(workspace, f"у{number}", title)
    give(workspace, "вторая", "5 «А»")
    roll(workspace, made["Дым"])
    assert leads(workspace, NEXT) == {
        "4 «А»": ("у0",),
        "6 «А»": ("у2", "вторая"),
        "6 «Б»": ("у3",),
        "11 «А»": ("у5",),
    }


def test_a_teacher_goes_with_most_of_a_class(workspace: Workspace) -> None:
    made = add(workspace, {"5А": ["Ан", "Бек", "Вах"]})
    give(workspace, "один", "5 «А»")
    plan = rollover.preview(workspace, workspace.actor, YEAR, SUMMER).plan
    onward = plan.lines[0].onward
    assert onward is not None
    sent = plan.sent({made["Бек"]}, replace(onward, title="6 «Б»", letter="Б"))
    rollover.apply(workspace, workspace.actor, sent)
    assert leads(workspace, NEXT) == {"6 «А»": ("один",)}


def test_a_teacher_named_for_the_next_year_already_stays(workspace: Workspace) -> None:
    add(workspace, {"5А": ["Ан"]})
    add(workspace, {"6А": []}, NEXT)
    give(workspace, "один", "5 «А»")
    give(workspace, "новая", "6 «А»", year=NEXT)
    roll(workspace)
    assert leads(workspace, NEXT) == {"6 «А»": ("новая",)}


def test_taking_a_rollover_back_takes_back_who_leads(workspace: Workspace) -> None:
    add(workspace, {"5А": ["Ан"]})
    give(workspace, "один", "5 «А»")
    before = state(workspace)
    batch = roll(workspace)
    batches.take_back(workspace, workspace.actor, batch)
    assert state(workspace) == before


def test_another_teacher_since_does_not_hinder_taking_a_rollover_back(workspace: Workspace) -> None:
    add(workspace, {"5А": ["Ан"]})
    give(workspace, "один", "5 «А»")
    batch = roll(workspace)
    give(workspace, "один", year=NEXT)
    assert batches.outlook(workspace, workspace.actor, batch).refusal == ""
    batches.take_back(workspace, workspace.actor, batch)
    assert leads(workspace) == {"5 «А»": ("один",)}


def test_a_kindergarten_group_keeps_its_teacher_but_school_begins_with_another(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "сад", OrganisationKind.KINDERGARTEN)
    add(workspace, {"Старшая «Ромашка»": ["Ан 2019-12-04"], "Подготовительная «Лучик»": ["Бек 2019-03-04"]})
    for group in class_teachers.groups(workspace, workspace.actor, YEAR):
        class_teachers.give(workspace, workspace.actor, f"у {group.name.title}", [group.id], YEAR)
    roll(workspace)
    assert leads(workspace, NEXT) == {"Подготовительная «Ромашка»": ("у Старшая «Ромашка»",)}
    workspace.close()

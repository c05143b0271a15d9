"""What it costs to see the own class alone: a class teacher's reading beside the coordinator's, in 1,000 pupils."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from kept_workspaces import create
from overview_school import School
from support import FIRST, PASSWORD, YEAR

from profdesk.domain.access import Actor, NewUser, Role
from profdesk.services import activities, class_teachers, portfolio, pupils
from profdesk.storage.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.benchmark(group="reach")]

Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]
TITLES = [f"{grade}{letter}" for grade in range(1, 12) for letter in "АБВ"]
TEACHER = Actor("teacher", "Ёлкина", "", frozenset({Role.TEACHER}))
COORDINATOR = Actor("coordinator", "Климова", "", frozenset({Role.COORDINATOR}))


@pytest.fixture(scope="module")
def school(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    """A school, and the class that the teacher leads."""
    size = 1_000 if request.config.getoption("benchmark_enable") else 100
    owner = NewUser("Иванова Анна", "", PASSWORD)
    folder = tmp_path_factory.mktemp("school") / "desk"
    workspace = create(folder, owner).workspace
    School(size, size, TITLES).write(workspace)
    group = max(pupils.groups(workspace, workspace.actor, YEAR), key=lambda one: one.size).id
    class_teachers.give(workspace, workspace.actor, TEACHER.id, [group], YEAR)
    yield workspace, group
    workspace.close()


def test_the_class_grid(ratio: Ratio, school: tuple[Workspace, str]) -> None:
    workspace, group = school

    def shown(actor: Actor) -> None:
        assert portfolio.grid(workspace, actor, group, FIRST).pupils

    ratio(
        "Grid of a class in 1,000 pupils, its teacher / the coordinator",
        lambda: shown(TEACHER),
        lambda: shown(COORDINATOR),
        60,
    )


def test_the_list_of_pupils(ratio: Ratio, school: tuple[Workspace, str]) -> None:
    workspace, _ = school
    ratio(
        "List of pupils in 1,000, one class of it for its teacher / all for the coordinator",
        lambda: pupils.listing(workspace, TEACHER, YEAR),
        lambda: pupils.listing(workspace, COORDINATOR, YEAR),
        20,
    )


def test_the_plan_of_activities(ratio: Ratio, school: tuple[Workspace, str]) -> None:
    workspace, _ = school
    ratio(
        "Plan of activities in 1,000 pupils, for a class teacher / for the coordinator",
        lambda: activities.plan(workspace, TEACHER, YEAR),
        lambda: activities.plan(workspace, COORDINATOR, YEAR),
        20,
    )

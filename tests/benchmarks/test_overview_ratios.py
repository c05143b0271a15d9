"""What the overview of a large school costs beside as many small ones: the cost of a pupil must not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from kept_workspaces import create
from overview_school import CODES, TODAY, School
from sqlalchemy import text
from support import PASSWORD, YEAR

from profdesk.domain.access import NewUser
from profdesk.domain.overview import overview
from profdesk.domain.scope import Scope
from profdesk.services import overview as verbs
from profdesk.storage.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.benchmark(group="overview")]

Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]
TIMES = 10
TITLES = [f"{grade}{letter}" for grade in range(1, 12) for letter in "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШ"]


@pytest.fixture(scope="module")
def schools(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, Workspace]]:
    """A school of 1,000 pupils and one of 10,000; a tenth of that where nothing is measured."""
    least = 1_000 if request.config.getoption("benchmark_enable") else 100
    made = []
    for size in (least, least * TIMES):
        folder = tmp_path_factory.mktemp("school") / "desk"
        owner = NewUser("Иванова Анна", "", PASSWORD)
        workspace = create(folder, owner).workspace
        School(size, size, TITLES[: size // 38 + 3]).write(workspace)
        made.append(workspace)
    yield made[0], made[1]
    for workspace in made:
        workspace.close()


def shown(workspace: Workspace) -> None:
    assert overview(verbs.read(workspace, workspace.actor, TODAY), Scope()).pupils


def test_cost_of_a_pupil(ratio: Ratio, schools: tuple[Workspace, Workspace]) -> None:
    small, large = schools

    def bare() -> None:
        for _ in range(TIMES):
            shown(small)

    ratio("Overview of 10,000 pupils / ten of 1,000", lambda: shown(large), bare, 7)


def test_beside_one_bare_query(ratio: Ratio, schools: tuple[Workspace, Workspace]) -> None:
    _, large = schools
    codes = ", ".join(repr(code) for some in CODES.values() for code in some)
    query = text(
        f"""SELECT e.group_id, a.pupil_id, count(DISTINCT a.competency), min(a.made_on)
            FROM assessment a JOIN enrolment e ON e.pupil_id = a.pupil_id AND e.school_year = a.school_year
            WHERE a.school_year IN ({YEAR.start}, {YEAR.start - 1}) AND a.strand = 'staff'
            AND a.superseded_by IS NULL AND a.stage IS NOT NULL AND a.competency IN ({codes})
            GROUP BY a.school_year, e.group_id, a.pupil_id"""
    )

    def bare() -> None:
        with large._engine.connect() as connection:
            assert connection.execute(query).fetchall()

    ratio("Overview of 10,000 pupils / one bare query for portfolios", lambda: shown(large), bare, 7)


def test_another_scope(ratio: Ratio, schools: tuple[Workspace, Workspace]) -> None:
    _, large = schools
    reading = verbs.read(large, large.actor, TODAY)
    group = next(iter(reading.now.groups))

    def bare() -> None:
        assert [pupil for pupil, there in reading.now.pupils.items() if there == group]

    ratio(
        "Another scope of the overview of 10,000 pupils / finding its pupils",
        lambda: overview(reading, Scope(group=group)),
        bare,
        20,
    )

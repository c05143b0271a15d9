"""What a summary of a large school with years of assessments costs beside the best bare SQL for the same figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from kept_workspaces import create
from overview_school import CODES, School
from sqlalchemy import Row, text
from support import PASSWORD, YEAR

from profdesk.domain.access import NewUser
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span
from profdesk.services import summary
from profdesk.storage.models import EnrolmentRow
from profdesk.storage.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.benchmark(group="summary")]

Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]
TIMES, YEARS = 10, 6
TITLES = [f"{grade}{letter}" for grade in range(5, 12) for letter in "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"]


class Large(School):
    """A school where every pupil is assessed in full twice a year, six years running: 240 stages each."""

    def _stages(self, pupil: str, level: str, year: object) -> None:
        """Left to ``fill``: a row at a time would take too long to write."""

    def fill(self, workspace: Workspace) -> None:
        there = {(row["pupil_id"], row["group_id"]) for row in self.rows[EnrolmentRow] if row["school_year"] == 2026}
        statement = """INSERT INTO assessment (id, pupil_id, competency, stage, basis, strand, school_year, term,
                       made_on, actor, recorded_at) VALUES (?, ?, ?, ?, 'observation', 'staff', ?, ?, ?, 'a', ?)"""
        codes = CODES["basic"]
        with workspace._engine.begin() as connection:
            for year in range(YEAR.start - YEARS + 1, YEAR.start + 1):
                for term in (1, 2):
                    day = date(year, 11, 2) if term == 1 else date(year + 1, 4, 6)
                    rows = [
                        (
                            f"{pupil}-{code}-{year}-{term}",
                            pupil,
                            code,
                            (place + number) % 4,
                            year,
                            term,
                            day.isoformat(),
                            "",
                        )
                        for number, (pupil, _) in enumerate(there)
                        for place, code in enumerate(codes)
                        if year < YEAR.start or number % 9
                    ]
                    connection.exec_driver_sql(statement, rows)


@pytest.fixture(scope="module")
def schools(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, Workspace]]:
    """A school of 1,000 pupils and one of 10,000; a hundredth of that where nothing is measured."""
    least = 1_000 if request.config.getoption("benchmark_enable") else 10
    made = []
    for size in (least, least * TIMES):
        folder = tmp_path_factory.mktemp("school") / "desk"
        owner = NewUser("Иванова Анна", "", PASSWORD)
        workspace = create(folder, owner).workspace
        school = Large(size, size * 10 // 9, TITLES[: size // 50 + 3])
        school.write(workspace)
        school.fill(workspace)
        made.append(workspace)
    yield made[0], made[1]
    for workspace in made:
        workspace.close()


def counted(workspace: Workspace) -> None:
    assert summary.compute(workspace, workspace.actor, Span.of_year(YEAR)).figures


ATTENDS = """e.school_year = :year
             AND (e.left_on IS NULL OR e.left_reason = 'graduated' OR e.left_on >= :last)"""
LATEST = """SELECT a.pupil_id, a.competency, a.stage, max(a.term) FROM assessment a
            WHERE a.school_year = :year AND a.strand = 'staff' AND a.superseded_by IS NULL
            AND a.stage IS NOT NULL GROUP BY a.pupil_id, a.competency"""
PORTFOLIOS = f"""WITH latest AS ({LATEST}), assessed AS (SELECT pupil_id, count(*) AS n FROM latest GROUP BY pupil_id)
                 SELECT g.level, g.id, count(*), sum(coalesce(n, 0) > 0), sum(coalesce(n, 0) >= 20) AS complete
                 FROM enrolment e JOIN study_group g ON g.id = e.group_id
                 LEFT JOIN assessed a ON a.pupil_id = e.pupil_id WHERE {ATTENDS} GROUP BY 1, 2"""
STAGES = f"""WITH latest AS ({LATEST}) SELECT g.level, l.competency, l.stage, count(*) FROM latest l
             JOIN enrolment e ON e.pupil_id = l.pupil_id JOIN study_group g ON g.id = e.group_id
             WHERE {ATTENDS} GROUP BY 1, 2, 3"""
VISITS = f"""SELECT g.level, v.audience, v.type, v.labour_market, count(DISTINCT e.pupil_id)
             FROM participation p JOIN activity v ON v.id = p.activity_id JOIN enrolment e ON e.pupil_id = p.pupil_id
             JOIN study_group g ON g.id = e.group_id WHERE p.presence = 'present' AND v.state = 'held'
             AND v.withdrawn_at IS NULL AND v.begins_on BETWEEN :first AND :last AND {ATTENDS} GROUP BY 1, 2, 3, 4"""


def rows(workspace: Workspace, query: str, year: SchoolYear) -> Sequence[Row[Any]]:
    days = {"first": year.first_day.isoformat(), "last": year.last_day.isoformat()}
    values = {"year": year.start, **days}
    with workspace._engine.connect() as connection:
        return connection.execute(text(query), {name: values[name] for name in values if f":{name}" in query}).all()


def bare(workspace: Workspace) -> None:
    """Portfolios by class, stages by competency, visits by kind, of both years that a summary compares.

    Choices and registers are left to ours alone.
    """
    for year in (YEAR, YEAR.previous):
        for query in (PORTFOLIOS, STAGES, VISITS):
            rows(workspace, query, year)


@pytest.mark.parametrize("place", [0, 1], ids=["1,000", "10,000"])
def test_beside_bare_sql(ratio: Ratio, schools: tuple[Workspace, Workspace], place: int) -> None:
    workspace = schools[place]
    counted_now = summary.compute(workspace, workspace.actor, Span.of_year(YEAR))
    assert counted_now.before is not None
    for found, year in ((counted_now, YEAR), (counted_now.before, YEAR.previous)):
        assert found.total.complete == sum(row.complete for row in rows(workspace, PORTFOLIOS, year))
    size = ("1,000", "10,000")[place]
    name = f"Summary of {size} pupils / bare SQL for the same figures"
    ratio(name, lambda: counted(workspace), lambda: bare(workspace), 5)


def test_cost_of_a_pupil(ratio: Ratio, schools: tuple[Workspace, Workspace]) -> None:
    small, large = schools

    def small_ones() -> None:
        for _ in range(TIMES):
            counted(small)

    ratio("Summary of 10,000 pupils / ten of 1,000", lambda: counted(large), small_ones, 5)

"""Assessments: appended, superseded, read back by term and by school year."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, text
from support import CODES, FIRST, SECOND, YEAR, mark, pupil_ids

from profdesk.domain.people import Group
from profdesk.domain.portfolio import Basis, Cell
from profdesk.domain.span import Span
from profdesk.storage.workspace import Workspace


def test_pupils_stand_in_alphabetical_order_with_yo(workspace: Workspace, group: Group) -> None:
    with workspace.unit(workspace.actor) as unit:
        names = [pupil.name.surname for pupil in unit.pupils.in_group(group.id)]
        sizes = [one.size for one in unit.pupils.groups(YEAR)]
    assert names == ["Абрамов", "Ёлкин", "Жуков", "Яшин"]
    assert sizes == [4]


def test_later_stage_supersedes_and_facts_stay(workspace: Workspace, group: Group) -> None:
    pupil = pupil_ids(workspace, group)[0]
    first = mark(workspace, FIRST, (pupil, "planning", 1))
    second = mark(workspace, FIRST, (pupil, "planning", 3))
    taken_back = mark(workspace, FIRST, (pupil, "planning", None))
    assert [(c.before, c.after) for c in (*first, *second, *taken_back)] == [(None, 1), (1, 3), (3, None)]
    with workspace.unit(workspace.actor) as unit:
        assert unit.portfolio.stages(group.id, FIRST) == {}
    with workspace._engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM assessment")) == 3
        assert connection.scalar(text("SELECT count(*) FROM assessment WHERE superseded_by IS NULL")) == 1


def test_same_stage_writes_no_fact(workspace: Workspace, group: Group) -> None:
    pupil = pupil_ids(workspace, group)[0]
    mark(workspace, FIRST, (pupil, "planning", 1))
    assert mark(workspace, FIRST, (pupil, "planning", 1)) == ()
    assert mark(workspace, FIRST, (pupil, "flexibility", None)) == ()


def test_same_cell_twice_in_one_batch_keeps_the_last(workspace: Workspace, group: Group) -> None:
    pupil = pupil_ids(workspace, group)[0]
    mark(workspace, FIRST, (pupil, "planning", 1), (pupil, "planning", 2))
    with workspace.unit(workspace.actor) as unit:
        assert unit.portfolio.stages(group.id, FIRST) == {Cell(pupil, "planning"): 2}


@pytest.mark.parametrize("basis", [Basis.SELF, Basis.PARENTS])
def test_other_strands_are_kept_apart(workspace: Workspace, group: Group, basis: Basis) -> None:
    pupil = pupil_ids(workspace, group)[0]
    mark(workspace, FIRST, (pupil, "planning", 1))
    mark(workspace, FIRST, (pupil, "planning", 3), (pupil, "flexibility", 3), basis=basis)
    with workspace.unit(workspace.actor) as unit:
        assert unit.portfolio.stages(group.id, FIRST) == {Cell(pupil, "planning"): 1}
        assert unit.portfolio.assessed_in_year(group.id, YEAR, CODES) == {pupil: 1}


def test_year_takes_second_term_over_first_and_falls_back(workspace: Workspace, group: Group) -> None:
    pupil = pupil_ids(workspace, group)[0]
    mark(workspace, FIRST, (pupil, "planning", 1), (pupil, "flexibility", 1))
    mark(workspace, SECOND, (pupil, "planning", 2), (pupil, "flexibility", 2))
    mark(workspace, SECOND, (pupil, "flexibility", None))
    expected = {Cell(pupil, "planning"): 2, Cell(pupil, "flexibility"): 1}
    with workspace.unit(workspace.actor) as unit:
        assert unit.portfolio.year_stages(group.id, YEAR) == expected
        rows = {Cell(p, code): stage for p, code, stage in unit.portfolio.stage_rows(Span.of_year(YEAR))}
        assert unit.portfolio.assessed_in_year(group.id, YEAR, CODES) == {pupil: 2}
    assert rows == expected


def test_complete_counts_the_levels_own_competencies(workspace: Workspace, group: Group) -> None:
    one, two, *_ = pupil_ids(workspace, group)
    mark(workspace, FIRST, *((one, code, 2) for code in CODES))
    mark(workspace, FIRST, (two, "planning", 2), (two, "flexibility", 0), (two, "foreign", 3))
    with workspace.unit(workspace.actor) as unit:
        assert unit.portfolio.complete_by_group(YEAR, {"basic": CODES, "primary": ("planning",)}) == {group.id: 1}


def test_terms_summary_reads_only_its_own_rows(workspace: Workspace) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        asked.append((statement, parameters))

    event.listen(workspace._engine, "before_cursor_execute", note)
    with workspace.unit(workspace.actor) as unit:
        unit.portfolio.stage_rows(Span.of_year(YEAR))
    event.remove(workspace._engine, "before_cursor_execute", note)
    (statement, parameters) = next(one for one in asked if "FROM assessment" in one[0])
    with workspace._engine.begin() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        assert "ix_assessment_current (school_year=?" in " ".join(str(row) for row in plan)

"""Several users rate one cell: what stands, who thinks otherwise; notes and files in the grid."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support import FIRST, SECOND, YEAR, pupil_ids

from profdesk.domain.access import Actor, Role
from profdesk.domain.people import Group
from profdesk.domain.portfolio import Basis, Cell, Grid, Mark, differing, opinions
from profdesk.services import evidence, notes, portfolio
from profdesk.storage.workspace import Workspace

PSYCHOLOGIST = Actor("psychologist", "Дёмина Вера Львовна", "педагог-психолог", frozenset({Role.PSYCHOLOGIST}))
TUTOR = Actor("tutor", "Юдин Пётр Ильич", "учитель", frozenset({Role.COORDINATOR}))


@pytest.fixture
def cell(workspace: Workspace, group: Group) -> Cell:
    return Cell(pupil_ids(workspace, group)[0], "planning")


def rate(workspace: Workspace, actor: Actor, cell: Cell, *stages: int | None, basis: Basis = Basis.OBSERVATION) -> None:
    for stage in stages:
        portfolio.set_stages(workspace, actor, FIRST, [Mark(cell, stage)], basis, date(2026, 11, 2))


def read(workspace: Workspace, group: Group) -> Grid:
    return portfolio.grid(workspace, workspace.actor, group.id, FIRST)


def test_only_another_users_latest_stage_differs(workspace: Workspace, group: Group, cell: Cell) -> None:
    rate(workspace, workspace.actor, cell, 1, 2)
    assert read(workspace, group).others == {}
    rate(workspace, PSYCHOLOGIST, cell, 0, 3)
    assert read(workspace, group).stages == {cell: 3}
    assert read(workspace, group).others == {cell: 2}
    rate(workspace, TUTOR, cell, 1)
    assert read(workspace, group).others == {cell: 3}


def test_the_same_stage_is_no_difference(workspace: Workspace, group: Group, cell: Cell) -> None:
    rate(workspace, workspace.actor, cell, 2)
    rate(workspace, PSYCHOLOGIST, cell, 3)
    rate(workspace, workspace.actor, cell, 2)
    assert read(workspace, group).others == {cell: 3}
    rate(workspace, PSYCHOLOGIST, cell, 3, 2)
    assert read(workspace, group).others == {}


def test_nothing_differs_from_a_blank_cell_nor_from_a_stage_taken_back(
    workspace: Workspace, group: Group, cell: Cell
) -> None:
    rate(workspace, PSYCHOLOGIST, cell, 3)
    rate(workspace, workspace.actor, cell, 2, None)
    assert read(workspace, group).others == {}
    rate(workspace, PSYCHOLOGIST, cell, 1)
    assert read(workspace, group).others == {}


@pytest.mark.parametrize("basis", [Basis.SELF, Basis.PARENTS])
def test_pupils_and_parents_are_no_raters(workspace: Workspace, group: Group, cell: Cell, basis: Basis) -> None:
    rate(workspace, workspace.actor, cell, 2)
    rate(workspace, PSYCHOLOGIST, cell, 3, basis=basis)
    rate(workspace, TUTOR, cell, 1, basis=basis)
    assert read(workspace, group).others == {}
    theirs = portfolio.grid(workspace, workspace.actor, group.id, FIRST, basis.strand)
    assert (theirs.stages, theirs.others) == ({cell: 1}, {})


def test_other_terms_and_cells_are_apart(workspace: Workspace, group: Group, cell: Cell) -> None:
    rate(workspace, workspace.actor, cell, 2)
    portfolio.set_stages(workspace, PSYCHOLOGIST, SECOND, [Mark(cell, 3)])
    portfolio.set_stages(workspace, PSYCHOLOGIST, FIRST, [Mark(Cell(cell.pupil, "flexibility"), 3)])
    assert read(workspace, group).others == {}


def test_agreeing_ends_the_difference(workspace: Workspace, group: Group, cell: Cell) -> None:
    rate(workspace, workspace.actor, cell, 2)
    rate(workspace, PSYCHOLOGIST, cell, 3)
    marks = [Mark(cell, 3)]
    assert portfolio.set_stages(workspace, workspace.actor, FIRST, marks)[1].batch is None
    _, changes = portfolio.set_stages(workspace, workspace.actor, FIRST, marks, agreeing=True)
    assert changes.batch is not None
    grid = read(workspace, group)
    assert (grid.stages, grid.others) == ({cell: 3}, {})
    _, again = portfolio.set_stages(workspace, workspace.actor, FIRST, marks, agreeing=True)
    assert again.batch is None
    facts = portfolio.history(workspace, workspace.actor, cell, YEAR)
    assert [(one.stage, one.actor) for one in opinions(facts)] == [(3, workspace.actor.id), (3, PSYCHOLOGIST.id)]


def test_history_is_told_by_strand_and_term_the_latest_first(workspace: Workspace, group: Group, cell: Cell) -> None:
    rate(workspace, workspace.actor, cell, 1, 2)
    rate(workspace, PSYCHOLOGIST, cell, 3, basis=Basis.TRIAL)
    rate(workspace, workspace.actor, cell, 0, basis=Basis.SELF)
    portfolio.set_stages(workspace, workspace.actor, SECOND, [Mark(cell, 2)])
    portfolio.set_stages(workspace, workspace.actor, FIRST.previous, [Mark(cell, 1)])
    facts = portfolio.history(workspace, workspace.actor, cell, YEAR)
    told = [(one.basis.strand, one.period.term.value, one.stage, one.actor) for one in facts]
    own = workspace.actor.id
    assert told == [
        ("self", 1, 0, own),
        ("staff", 2, 2, own),
        ("staff", 1, 3, PSYCHOLOGIST.id),
        ("staff", 1, 2, own),
        ("staff", 1, 1, own),
    ]
    assert (facts[2].basis, facts[2].made_on) == (Basis.TRIAL, date(2026, 11, 2))


def test_what_stands_follows_the_journal_when_the_clock_went_back(
    workspace: Workspace, group: Group, cell: Cell
) -> None:
    for actor, stage, hour in ((PSYCHOLOGIST, 3, 12), (workspace.actor, 2, 11)):
        with workspace.unit(actor) as unit:
            moment = datetime(2026, 11, 2, hour, tzinfo=UTC)
            unit.portfolio.append([Mark(cell, stage)], FIRST, Basis.OBSERVATION, moment.date(), moment)
    assert read(workspace, group).others == {cell: 3}


def test_notes_and_files_of_the_term_are_in_the_grid(
    workspace: Workspace, group: Group, cell: Cell, tmp_path: Path
) -> None:
    path = tmp_path / "эссе.txt"
    path.write_text("о профессиях", encoding="utf-8")
    notes.write(workspace, workspace.actor, cell, FIRST, "Ведёт проект")
    notes.write(workspace, workspace.actor, cell, SECOND, "Бросил проект")
    for period, code in ((FIRST, "planning"), (SECOND, "planning"), (FIRST, None)):
        evidence.add(workspace, workspace.actor, cell.pupil, code, period, [path])
    grid = read(workspace, group)
    assert grid.notes == {cell: "Ведёт проект"}
    assert grid.files == {cell: 1}
    theirs = portfolio.grid(workspace, workspace.actor, group.id, FIRST, Basis.SELF.strand)
    assert (theirs.notes, theirs.files) == (grid.notes, grid.files)


def test_no_history_has_no_opinions() -> None:
    assert opinions([]) == ()
    assert differing([]) == ()

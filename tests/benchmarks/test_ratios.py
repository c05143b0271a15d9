"""What the main verbs cost beside the least that could do them. ./test tests/benchmarks --benchmark-enable"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count, cycle
from pathlib import Path

import pytest
from kept_workspaces import create
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from support import FIRST, PASSWORD, YEAR

from profdesk.domain.access import NewUser
from profdesk.domain.people import Group, PersonName
from profdesk.domain.portfolio import Cell, Mark
from profdesk.services import demo, portfolio, pupils, roster
from profdesk.storage.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.benchmark(group="ratios")]


Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]


def made(folder: Path) -> Workspace:
    return create(folder, NewUser("Иванова Анна", "", PASSWORD)).workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = made(tmp_path / "desk")
    yield opened
    opened.close()


@pytest.fixture
def group(workspace: Workspace) -> Group:
    """Thirty pupils with all twenty competencies assessed."""
    with workspace.unit(workspace.actor) as unit:
        name = pupils.group_name("7а")
        found = unit.pupils.ensure_group(name, "basic", YEAR)
        for number in range(30):
            pupil = unit.pupils.add(PersonName(f"Ученик{number:02d}", "Пётр"), date(2013, 5, 6), None)
            unit.pupils.enrol(pupil, found.id, YEAR)
    grid = portfolio.grid(workspace, workspace.actor, found.id, FIRST)
    marks = [Mark(Cell(p.id, c.code), 2) for p in grid.pupils for c in grid.competencies.items]
    portfolio.set_stages(workspace, workspace.actor, FIRST, marks)
    return found


def test_import_of_the_school_list(ratio: Ratio, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    source = demo.lists(YEAR)[-1].read_text(encoding="cp1251")
    for line in source.splitlines():
        sheet.append(line.split(";"))
    path = tmp_path / "школа.xlsx"
    book.save(path)
    folders = count()

    def ours() -> None:
        workspace = made(tmp_path / f"desk-{next(folders)}")
        roster.apply(workspace, workspace.actor, roster.preview(workspace, workspace.actor, path, YEAR))
        assert len(pupils.pupils(workspace, workspace.actor, YEAR)) > 500
        workspace.close()

    def bare() -> None:
        with CalamineWorkbook.from_path(path) as workbook:
            assert len(workbook.get_sheet_by_index(0).to_python()) > 500

    ratio("Import of the school list / reading it with calamine", ours, bare, 5)


def test_opening_a_grid(ratio: Ratio, workspace: Workspace, group: Group) -> None:
    query = text(
        "SELECT a.pupil_id, a.competency, a.stage FROM assessment a JOIN enrolment e ON e.pupil_id = a.pupil_id "
        "WHERE e.group_id = :group AND a.superseded_by IS NULL AND a.school_year = 2026 AND a.term = 1 "
        "AND a.strand = 'staff'"
    )

    def bare() -> None:
        with workspace._engine.begin() as connection:
            assert len(connection.execute(query, {"group": group.id}).all()) == 600

    ratio(
        "Opening a 30 x 20 grid / one bare query",
        lambda: portfolio.grid(workspace, workspace.actor, group.id, FIRST),
        bare,
        40,
    )


def test_setting_a_stage(ratio: Ratio, workspace: Workspace, group: Group) -> None:
    grid = portfolio.grid(workspace, workspace.actor, group.id, FIRST)
    cell = Cell(grid.pupils[0].id, grid.competencies.items[0].code)
    stages = cycle((0, 1, 2, 3))
    with workspace._engine.begin() as connection:
        connection.execute(text("CREATE TABLE bare (value INTEGER)"))

    def ours() -> None:
        portfolio.set_stages(workspace, workspace.actor, FIRST, [Mark(cell, next(stages))])

    def bare() -> None:
        with workspace._engine.begin() as connection:
            connection.execute(text("INSERT INTO bare VALUES (1)"))

    ratio("Setting a stage / one bare commit", ours, bare, 100)


def test_start_of_the_window(ratio: Ratio) -> None:
    def run(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])

    ours = (
        "from profdesk import app\na = app.application()\nw = app.Windows()\nw.show_start()\n"
        "a.processEvents()\nw.desk.close()\n"
    )
    bare = (
        "from PySide6.QtWidgets import QApplication, QWidget\na = QApplication([])\nw = QWidget()\nw.show()\n"
        "a.processEvents()\n"
    )
    ratio("Start of the window / an empty PySide6 window", lambda: run(ours), lambda: run(bare), 7)

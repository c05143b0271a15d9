"""What the class grid costs on the screen beside a bare table. ./test tests/benchmarks --benchmark-enable"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView
from support import FIRST, YEAR
from typing_extensions import override

from profdesk import app, assets
from profdesk.domain import programme_file
from profdesk.domain.people import Group, GroupName, PersonName, Pupil
from profdesk.domain.portfolio import Cell, Grid
from profdesk.domain.programme import Stage
from profdesk.gui.portfolio.view import GridView

pytestmark = [pytest.mark.slow, pytest.mark.benchmark(group="ratios")]

Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]
Index = QModelIndex | QPersistentModelIndex

_ROWS, _COLUMNS, _ROW = 40, 20, 19
_SCROLLED = 6
_ROOT = QModelIndex()


class BareModel(QAbstractTableModel):
    """As many stages, as text."""

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return _ROWS

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return _COLUMNS

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return str((index.row() + index.column()) % 4) if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def qt() -> QApplication:
    return app.application()


@pytest.fixture
def full(qt: QApplication) -> tuple[Grid, tuple[Stage, ...]]:
    """Forty pupils, every competency assessed in this term and the one before."""
    source = assets.resource("programmes", "artemovsky-2022-2025.toml").read_text(encoding="utf-8")
    programme = programme_file.parse(source, "программа")
    competencies = programme.level("basic").competencies
    group = Group("g", GroupName("7 «А»", 7, "А"), "basic", YEAR.start, _ROWS)
    pupils = tuple(
        Pupil(f"{number}", PersonName(f"Ученик{number:02d}", "Пётр"), date(2013, 5, 6), None, group)
        for number in range(_ROWS)
    )
    cells = [Cell(pupil.id, item.code) for pupil in pupils for item in competencies.items]
    assert len(cells) == _ROWS * _COLUMNS
    stages = {cell: place % 4 for place, cell in enumerate(cells)}
    earlier = {cell: place % 3 for place, cell in enumerate(cells)}
    in_year = {pupil.id: _COLUMNS for pupil in pupils}
    return Grid(group, FIRST, competencies, pupils, stages, earlier, in_year), programme.stages


@pytest.fixture
def tables(full: tuple[Grid, tuple[Stage, ...]]) -> Iterator[tuple[GridView, QTableView]]:
    ours, bare = GridView(), QTableView()
    bare.verticalHeader().setDefaultSectionSize(_ROW)
    bare.horizontalHeader().setDefaultSectionSize(46)
    bare.setModel(BareModel(bare))
    ours.grid.show_grid(*full)
    for table in (ours, bare):
        table.resize(1136, 655)
        table.show()
    yield ours, bare
    for table in (ours, bare):
        table.close()
        table.deleteLater()


def scroll(table: QTableView) -> None:
    """Some rows down and back, each time drawn anew as a whole."""
    bar = table.verticalScrollBar()
    assert bar.maximum() >= _SCROLLED
    places = range(_SCROLLED + 1)
    for place in (*places, *reversed(places)):
        bar.setValue(place)
        QApplication.processEvents()


def test_opening_the_grid_on_the_screen(
    ratio: Ratio, tables: tuple[GridView, QTableView], full: tuple[Grid, tuple[Stage, ...]]
) -> None:
    ours, bare = tables

    def open_ours() -> None:
        ours.grid.show_grid(*full)
        ours.grab()

    def open_bare() -> None:
        bare.setModel(BareModel(bare))
        bare.grab()

    ratio("Opening a 40 x 20 grid on the screen / a bare table", open_ours, open_bare, 40)


def test_scrolling_the_grid(ratio: Ratio, tables: tuple[GridView, QTableView]) -> None:
    ours, bare = tables
    ratio("Scrolling a 40 x 20 grid / a bare table", lambda: scroll(ours), lambda: scroll(bare), 15)

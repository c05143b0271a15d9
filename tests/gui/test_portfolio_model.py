"""The grid's model under Qt's own tester, its heads, and what screen readers are told."""

from __future__ import annotations

from datetime import date

import pytest
from portfolio_class import programme
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from support import FIRST, YEAR

from profdesk.domain.people import Group, GroupName, PersonName, Pupil
from profdesk.domain.portfolio import Cell, Grid, Mark
from profdesk.domain.school_year import Period, Term
from profdesk.gui.common import theme
from profdesk.gui.portfolio.choice import Block, Choice
from profdesk.gui.portfolio.delegate import CellDelegate
from profdesk.gui.portfolio.headers import head_lines
from profdesk.gui.portfolio.legend import Legend
from profdesk.gui.portfolio.model import GridModel
from profdesk.gui.portfolio.sheet import plain
from profdesk.gui.portfolio.view import GridView
from profdesk.gui.portfolio.zoom import Zoom

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def grid(size: int = 3, level: str = "basic", period: Period = FIRST) -> Grid:
    found = next(one for one in programme().levels if one.code == level)
    group = Group("g", GroupName("7 «А»", 7, "А"), level, YEAR.start, size)
    pupils = tuple(
        Pupil(f"p{number}", PersonName("Ильин", f"Даниил {number}"), date(2013, 5, 6), None, group)
        for number in range(size)
    )
    first = found.competencies.items[0].code
    stages = {Cell("p0", first): 2} if pupils else {}
    return Grid(group, period, found.competencies, pupils, stages, {}, {"p0": 1})


@pytest.fixture
def model(qapp) -> GridModel:
    theme.apply(qapp, False)
    made = GridModel()
    made.show_grid(grid(), programme().stages)
    return made


def test_the_model_is_sound_whatever_it_shows(model: GridModel, qtmodeltester) -> None:
    qtmodeltester.check(model)
    number = model.put_marks([Mark(Cell("p1", grid().competencies.items[4].code), 3)])
    model.take_saved(number, [Mark(Cell("p1", grid().competencies.items[4].code), 3)])
    model.put_marks([Mark(Cell("p2", item.code), 1) for item in grid().competencies.items])
    model.show_blank_only(True)
    assert (model.rowCount(), model.columnCount()) == (2, 20)
    assert not model.place(Cell("p2", "flexibility")).isValid()
    model.show_blank_only(False)
    assert model.rowCount() == 3
    model.show_grid(grid(5, "preschool"), programme().stages)
    assert (model.rowCount(), model.columnCount()) == (5, 10)
    assert model.refresh(grid(5, "preschool"))
    assert not model.refresh(grid(4, "preschool"))
    model.clear()
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    assert not model.refresh(grid())


def test_heads_answer_for_either_side_and_for_no_section(model: GridModel) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert model.headerData(19, across) == "Выявлять трудности, находить пути"
    assert model.headerData(7, across) == "Стрессоустойчивость"
    assert model.headerData(19, down) is None
    assert model.headerData(20, across) is None
    assert model.headerData(-1, down) is None
    assert model.headerData(10, across, SPOKEN) == "11. Гибкость"
    assert model.headerData(0, down) == "Ильин Даниил 0"
    assert model.headerData(0, down, SPOKEN) == "1. Ильин Даниил 0, заполнено 1 из 20"
    assert "Раздел 5" in model.headerData(0, across, Qt.ItemDataRole.ToolTipRole)


def test_cells_speak_in_sentences(model: GridModel) -> None:
    assert model.index(0, 0).data() == "2"
    assert model.index(0, 0).data(SPOKEN) == "Ильин Даниил 0, Анализ проблемы: стадия 2, формируется"
    assert model.index(0, 1).data() == ""
    assert model.index(0, 1).data(SPOKEN) == "Ильин Даниил 0, Критический анализ: не оценено"
    model.put_marks([Mark(Cell("p0", "flexibility"), 0)])
    heard = "Ильин Даниил 0, Гибкость: стадия 0, не проявляется, ещё не сохранено"
    assert model.index(0, 10).data(SPOKEN) == heard


def test_a_key_changes_its_cell_alone(model: GridModel, qtbot) -> None:
    code = grid().competencies.items[4].code
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.put_marks([Mark(Cell("p1", code), 3)])
    first, last = changed.args[:2]
    assert (first.row(), first.column(), last.row(), last.column()) == (1, 4, 1, 4)
    assert not model.place(Cell("чужой", code)).isValid()


def paint(model: GridModel, choice: Choice, row: int, column: int, ground: QColor | None = None) -> QImage:
    """The picture of one cell, 46 x 19, on a ground of the page's base unless told."""
    picture = QImage(46, 19, QImage.Format.Format_RGB32)
    picture.fill(ground or theme.tokens().base)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 46, 19)
    painter = QPainter(picture)
    CellDelegate(model, choice, Zoom(), model).paint(painter, option, model.index(row, column))
    painter.end()
    return picture


def test_a_pending_cell_is_outlined_and_a_saved_one_filled(model: GridModel) -> None:
    mark = Mark(Cell("p0", grid().competencies.items[1].code), 3)
    number = model.put_marks([mark])
    assert paint(model, Choice(), 0, 1).pixelColor(6, 9) == theme.tokens().base
    model.take_saved(number, [mark])
    assert paint(model, Choice(), 0, 1).pixelColor(6, 9) == theme.tokens().stage_fill[3]
    blank = paint(model, Choice(), 0, 2)
    assert blank.pixelColor(6, 9) == theme.tokens().base
    assert blank.pixelColor(23, 1) == theme.tokens().border


def test_a_block_is_outlined_from_both_sides(model: GridModel) -> None:
    colours = theme.tokens()
    choice = Choice(Block(1, 1, 1, 2), (1, 1))
    inside = paint(model, choice, 1, 2)
    assert inside.pixelColor(23, 0) == colours.accent
    assert inside.pixelColor(45, 9) == colours.accent
    assert inside.pixelColor(0, 9) == colours.accent_soft
    places = ((0, 2), (2, 2), (1, 0), (1, 3), (0, 3))
    above, below, before, after, apart = (paint(model, choice, *place) for place in places)
    assert above.pixelColor(23, 18) == colours.accent
    assert below.pixelColor(23, 0) == colours.accent
    assert before.pixelColor(45, 9) == colours.accent
    assert after.pixelColor(0, 9) == colours.accent
    assert apart.pixelColor(0, 9) == colours.base
    assert apart.pixelColor(23, 18) == colours.base
    # The last row has no neighbour below: both pixels are its own.
    last = paint(model, Choice(Block(1, 1, 2, 2), (1, 1)), 2, 1)
    assert last.pixelColor(23, 17) == last.pixelColor(23, 18) == colours.accent


@pytest.mark.parametrize("focused", [True, False])
def test_the_ring_is_set_off_from_any_stage(model: GridModel, focused: bool) -> None:
    """The ground stands for the highlight that the style paints under a chosen cell."""
    colours = theme.tokens()
    model.put_marks([Mark(Cell("p0", "problem-analysis"), 3)])
    picture = paint(model, Choice(Block(0, 0, 0, 0), (0, 0), focused), 0, 0, ground=colours.accent)
    assert picture.pixelColor(23, 0) == colours.base
    assert picture.pixelColor(23, 1) == (colours.accent if focused else colours.control)
    assert picture.pixelColor(23, 3) == colours.base


def test_a_rule_stands_before_another_part_of_the_set(model: GridModel) -> None:
    assert paint(model, Choice(), 0, 16).pixelColor(0, 0) == theme.tokens().control
    assert paint(model, Choice(), 0, 15).pixelColor(0, 0) == theme.tokens().base


@pytest.mark.parametrize("level", ["preschool", "primary", "basic"])
def test_every_width_of_set_fits_and_no_name_is_cut(qtbot, qapp, level: str) -> None:
    theme.apply(qapp, False)
    view = GridView()
    qtbot.addWidget(view)
    view.resize(1136, 655)
    view.grid.show_grid(grid(27, level, Period(YEAR, Term.SECOND)), programme().stages)
    view.set_words("Портфолио", "Ученик", frozenset({0, 1, 2, 3}))
    view.show()
    assert view.horizontalScrollBar().maximum() == 0
    assert view.verticalScrollBar().maximum() == 0
    assert not view.grab().isNull()
    for competency in grid(1, level).competencies.items:
        lines = head_lines(competency.short, view.columnWidth(0))
        assert "".join(lines).replace("-", "").replace(" ", "") == plain(competency).replace(" ", "")


def test_the_legend_leaves_out_what_does_not_fit(qtbot, qapp) -> None:
    theme.apply(qapp, False)
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_stages(programme().stages)
    legend.resize(120, 22)
    assert not legend.grab().isNull()
    assert "3 — сформирована" in legend.accessibleName()

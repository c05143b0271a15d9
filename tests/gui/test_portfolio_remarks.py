"""The ring of another rater and the turned corner of a note: what the sheet tells, what is drawn, what is heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from portfolio_class import programme
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from test_portfolio_model import grid, paint

from profdesk.domain.portfolio import Cell, Grid, Mark
from profdesk.gui.common import theme
from profdesk.gui.portfolio import cell_paint
from profdesk.gui.portfolio.choice import Block, Choice
from profdesk.gui.portfolio.legend import Legend
from profdesk.gui.portfolio.model import GridModel
from profdesk.gui.portfolio.sheet import Look, Sheet

CODES = [item.code for item in grid().competencies.items]
FIRST_CELL, BLANK = Cell("p0", CODES[0]), Cell("p0", CODES[1])


def remarked(
    others: Mapping[Cell, int] | None = None,
    notes: Mapping[Cell, str] | None = None,
    files: Mapping[Cell, int] | None = None,
) -> Grid:
    return replace(grid(), others=others or {}, notes=notes or {}, files=files or {})


def draw(look: Look) -> QImage:
    picture = QImage(44, 17, QImage.Format.Format_RGB32)
    picture.fill(QColor("magenta"))
    painter = QPainter(picture)
    cell_paint.draw(painter, QRectF(0, 0, 44, 17), look)
    painter.end()
    return picture


@pytest.fixture
def model(qapp) -> GridModel:
    theme.apply(qapp, False)
    return GridModel()


def test_a_ring_stands_only_where_the_stage_shown_is_another() -> None:
    sheet = Sheet(remarked({FIRST_CELL: 3, BLANK: 1}))
    assert sheet.look(0, 0).disputed
    assert not sheet.look(0, 1).disputed
    sheet.put([Mark(FIRST_CELL, 3)])
    assert not sheet.look(0, 0).disputed
    sheet.put([Mark(FIRST_CELL, None), Mark(BLANK, 0)])
    assert [sheet.look(0, column).disputed for column in range(2)] == [False, True]


def test_a_note_or_a_file_turns_the_corner_of_any_cell() -> None:
    sheet = Sheet(remarked(notes={FIRST_CELL: "Ведёт проект"}, files={BLANK: 2}))
    assert [sheet.look(0, column).noted for column in range(3)] == [True, True, False]


def test_remarks_are_heard_and_the_note_is_in_the_tip(model: GridModel, qtmodeltester) -> None:
    note = "Сам собрал команду и довёл проект до защиты. " * 3
    model.show_grid(remarked({FIRST_CELL: 3}, {FIRST_CELL: note}, {FIRST_CELL: 2, BLANK: 1}), programme().stages)
    qtmodeltester.check(model)
    spoken, tip = Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole
    heard = "Ильин Даниил 0, Анализ проблемы: стадия 2, формируется, другая оценка: 3, есть заметка, 2 файла"
    assert model.index(0, 0).data(spoken) == heard
    assert model.index(0, 1).data(spoken) == "Ильин Даниил 0, Критический анализ: не оценено, 1 файл"
    first, *lines = model.index(0, 0).data(tip).split("\n")
    assert first == heard
    assert " ".join(lines) == note.strip()
    assert max(map(len, lines)) <= 64
    assert model.index(0, 1).data(tip) == model.index(0, 1).data(spoken)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("stage", [None, 0, 1, 2, 3])
def test_marks_are_drawn_in_the_ink_of_the_stage(model: GridModel, qapp, dark: bool, stage: int | None) -> None:
    theme.apply(qapp, dark)
    plain, noted, disputed = draw(Look(stage)), draw(Look(stage, noted=True)), draw(Look(stage, disputed=True))
    ink = theme.tokens().text2 if stage is None else theme.tokens().stage_digit[stage]
    assert noted.pixelColor(41, 2) == ink
    assert plain.pixelColor(41, 2) != ink
    assert noted.pixelColor(43, 0) != ink, "the corner keeps to the rounded shape"
    if stage is None:
        assert disputed == plain
    else:
        assert disputed.pixelColor(9, 8) == plain.pixelColor(9, 8), "a ring is hollow"
        assert disputed.copy(4, 4, 11, 10) != plain.copy(4, 4, 11, 10)
        assert disputed.copy(16, 0, 28, 17) == plain.copy(16, 0, 28, 17)
    theme.apply(qapp, False)


def test_the_corner_shows_on_the_current_cell(model: GridModel) -> None:
    model.show_grid(remarked(notes={FIRST_CELL: "Ведёт проект"}), programme().stages)
    current = Choice(Block(0, 0, 0, 0), (0, 0), focused=True)
    noted = paint(model, current, 0, 0)
    model.show_grid(remarked(), programme().stages)
    assert noted != paint(model, current, 0, 0)


def test_the_legend_explains_the_marks(qtbot, qapp) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_stages(programme().stages)
    assert "Кружок — другая оценка, уголок — заметка или файл" in legend.accessibleName()

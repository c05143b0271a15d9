"""The sides of the page «Свод»: hidden numbers are signs, orders and sections keep what was chosen, groups say whom."""

from __future__ import annotations

from collections.abc import Iterator

import districts
import pytest
from published_schools import PROGRAMME
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from profdesk import app
from profdesk.domain.consolidation_paper import ConsolidationPaper
from profdesk.gui.common.columns import Heading
from profdesk.gui.common.desk import Desk
from profdesk.gui.department.consolidation_rows import LineRow, PartRow
from profdesk.gui.department.consolidation_views import LinesView, MatrixView
from profdesk.gui.department.matrix_rows import MatrixRow

INDICATORS = {one.code: one for one in PROGRAMME.indicators}
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture(scope="module")
def paper() -> ConsolidationPaper:
    return districts.paper(9, years=1, absent=["Лицей № 21"])


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    app.application()
    made = Desk()
    yield made
    made.close()


def matrix(view: MatrixView) -> list[MatrixRow]:
    return [row for row in view.table.rows() if isinstance(row, MatrixRow)]


def test_the_matrix_is_ordered_by_a_column_within_who_sent(
    desk: Desk, paper: ConsolidationPaper, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    view = MatrixView(desk)
    qtbot.addWidget(view)
    view.show_paper(paper, INDICATORS)
    qtmodeltester.check(view.table.model(), force_py=True)
    assert view.table.model().columnCount() == 1 + len(paper.made.lines)
    names = [row.short_name for row in matrix(view)]
    assert (names[0], names[-1], len(names)) == ("Вместе", "Лицей № 21", 11)
    header = view.table.horizontalHeader()
    header.sectionClicked.emit(2)
    code = (paper.made.lines[1].code, paper.made.lines[1].rule)
    shares = [part.percent if (part := row.parts.get(code)) else None for row in matrix(view)[1:-1]]
    assert shares == sorted(shares, key=lambda one: -1 if one is None else one)
    assert matrix(view)[-1].short_name == "Лицей № 21"
    tall = header.height()
    view.choose_section(1)
    assert header.height() < tall
    assert view.table.model().columnCount() < 1 + len(paper.made.lines)
    assert matrix(view)[0].short_name == "Вместе"


def test_signs_are_said_in_words(desk: Desk, paper: ConsolidationPaper, qtbot: QtBot) -> None:
    view = MatrixView(desk)
    qtbot.addWidget(view)
    view.show_paper(paper, INDICATORS)
    model = view.table.model()
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(1, model.columnCount())]
    said = {model.data(cell): model.data(cell, SPOKEN) for cell in cells if model.data(cell) is not None}
    assert said["•"] == "скрыто"
    assert any(words.endswith("ниже цели") for words in said.values())


def test_a_line_says_who_is_added_and_who_is_not(desk: Desk, paper: ConsolidationPaper, qtbot: QtBot) -> None:
    view = LinesView(desk)
    qtbot.addWidget(view)
    view.show_paper(paper, INDICATORS)
    hidden = next(line for line in paper.made.lines if line.sum.hidden and line.sum.told)
    assert view.table.choose((hidden.code, hidden.rule))
    headings = [row.text for row in view.parts.rows() if isinstance(row, Heading)]
    assert headings == [f"Сложены, {hidden.sum.told}", f"Скрыли число, {hidden.sum.hidden}"]
    with qtbot.waitSignal(view.wanted_paper) as asked:
        view.open_button.click()
    first = next(row for row in view.parts.rows() if isinstance(row, PartRow))
    assert asked.args == [first.organisation]
    view.search_field.setText("рынке труда")
    view.filter()
    assert [row.line.title for row in view.table.rows() if isinstance(row, LineRow)] == [
        "Проинформированы о рынке труда"
    ]
    view.search_field.setText("нет такого")
    view.filter()
    assert view.table.nothing == "По запросу «нет такого» показателя нет"
    assert not view.open_button.isEnabled()

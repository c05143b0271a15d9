"""The tree of classes and the rows of the list: what is unchanged is left alone, what is chosen stays chosen."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from profdesk.domain.pupil_list import ALL, LEFT, Branch
from profdesk.gui.common import theme
from profdesk.gui.common.columns import Column
from profdesk.gui.common.table import DeskTable
from profdesk.gui.pupils.tree import ClassTree

SCHOOL = (
    Branch(ALL, "Все, кто учится", 49),
    Branch("level:primary", "Начальная школа", 24, (Branch("group:1", "2 «А»", 24),)),
    Branch("level:basic", "Основная школа", 25, (Branch("group:2", "7 «А»", 12), Branch("group:3", "7 «Б»", 13))),
)


@pytest.fixture
def tree(qapp: QApplication, qtbot: QtBot) -> ClassTree:
    theme.apply(qapp, False)
    made = ClassTree()
    qtbot.addWidget(made)
    made.show_branches(SCHOOL)
    made.show()
    return made


def texts(tree: ClassTree) -> list[str]:
    """What a screen reader says, from the top, of what is unfolded."""
    found, index = [], tree.model().index(0, 0)
    while index.isValid():
        found.append(index.data(Qt.ItemDataRole.AccessibleTextRole))
        index = tree.indexBelow(index)
    return found


def test_the_tree_keeps_qts_rules(tree: ClassTree, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(tree.model(), force_py=True)
    assert texts(tree) == [
        "Все, кто учится, 49",
        "Начальная школа, 24",
        "2 «А», 24",
        "Основная школа, 25",
        "7 «А», 12",
        "7 «Б», 13",
    ]


def test_the_tree_is_used_by_keys(tree: ClassTree, qtbot: QtBot) -> None:
    chosen: list[str] = []
    tree.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_7):
        QTest.keyClick(tree, key)
    assert chosen == ["level:primary", "level:basic", "group:2", "group:3"]
    with qtbot.waitSignal(tree.entered):
        QTest.keyClick(tree, Qt.Key.Key_Return)


def test_other_counts_leave_the_tree_as_it_stands(tree: ClassTree) -> None:
    tree.choose("group:2")
    tree.setExpanded(tree.model().index(1, 0), False)
    item = tree.model().item(2).child(0)
    tree.show_branches([*SCHOOL[:2], Branch("level:basic", "Основная школа", 24, (
        Branch("group:2", "7 «А»", 11), Branch("group:3", "7 «Б»", 13)))])  # fmt: skip
    assert tree.model().item(2).child(0) is item
    assert texts(tree)[2:] == ["Основная школа, 24", "7 «А», 11", "7 «Б», 13"]
    assert (tree.scope, tree.title) == ("group:2", "7 «А»")


def test_another_class_leaves_what_is_chosen_and_folded(tree: ClassTree) -> None:
    tree.choose("group:3")
    tree.setExpanded(tree.model().index(1, 0), False)
    chosen: list[str] = []
    tree.chosen.connect(chosen.append)
    tree.show_branches((*SCHOOL, Branch(LEFT, "Выбыли", 2)))
    assert texts(tree)[-1] == "Выбыли, 2"
    assert "2 «А», 24" not in texts(tree)
    assert tree.scope == "group:3"
    tree.show_branches(SCHOOL[:2])
    assert tree.scope == ALL


@dataclass(frozen=True)
class Row:
    key: int
    words: str


@pytest.fixture
def table(qapp: QApplication, qtbot: QtBot) -> DeskTable:
    theme.apply(qapp, False)
    made = DeskTable()
    qtbot.addWidget(made)
    made.set_columns([Column("Слово", lambda row: row.words, sort=lambda row: row.words)], key=lambda row: row.key)
    made.select_several()
    made.show()
    return made


def rows(*keys: int, words: str = "") -> list[Row]:
    return [Row(key, words or f"{key}") for key in keys]


def test_only_rows_that_differ_are_renewed(table: DeskTable, qtmodeltester: ModelTester) -> None:
    model = table.model()
    qtmodeltester.check(model, force_py=True)
    table.set_rows(rows(1, 2, 3, 4, 5))
    told: list[tuple[str, int, int]] = []
    model.rowsAboutToBeRemoved.connect(lambda _, first, last: told.append(("removed", first, last)))
    model.rowsInserted.connect(lambda _, first, last: told.append(("inserted", first, last)))
    model.modelReset.connect(lambda: told.append(("reset", 0, 0)))
    table.set_rows(rows(1, 2, 3, 4, 5))
    assert told == []
    table.set_rows([*rows(1, 2), *rows(3, words="три"), *rows(4, 5)])
    assert told == [("removed", 2, 2), ("inserted", 2, 2)]
    told.clear()
    table.set_rows(rows(1, 2, 4, 5))
    assert told == [("removed", 2, 2)]
    told.clear()
    table.set_rows(rows(0, 1, 2, 4, 5))
    assert told == [("inserted", 0, 0)]
    assert [row.key for row in table.rows()] == [0, 1, 2, 4, 5]
    for shown in (rows(5, 1), [], rows(7), rows(1, 2, 3)):
        table.set_rows(shown)
        assert table.rows() == shown


def test_several_chosen_rows_stay_chosen(table: DeskTable) -> None:
    table.set_rows(rows(1, 2, 3, 4, 5))
    table.choose(2)
    how = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(table.model().index(3, 0), how.Select | how.Rows)
    table.set_rows([*rows(0, 1, 2, 3), *rows(4, words="четыре")])
    assert [row.key for row in table.selected()] == [2, 4]
    assert table.row() == Row(2, "2")
    table.set_rows(rows(4, 5))
    assert ([row.key for row in table.selected()], table.row()) == ([4], None)
    table.choose_near(7)
    assert table.row() == Row(5, "5")


def test_new_rows_stand_in_the_order_chosen(table: DeskTable) -> None:
    table.set_rows(rows(2, 1))
    table._order_by(0)
    table.set_rows(rows(3, 1, 2))
    assert [row.key for row in table.rows()] == [1, 2, 3]
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "1\n2\n3"

"""The history of acts: what taking one back would do is told first, and then it does just that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from portfolio_class import programme
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from support import FIRST, LINES, YEAR, listed, mark, organisation

from profdesk.gui.common.acts import ActsDialog
from profdesk.gui.common.desk import Desk
from profdesk.services import pupils, roster
from profdesk.storage.workspace import Workspace


@pytest.fixture
def desk(workspace: Workspace) -> Iterator[Desk]:
    made = Desk()
    made.use(workspace, programme(), organisation())
    yield made
    made.close()


@pytest.fixture
def dialog(desk: Desk) -> Iterator[ActsDialog]:
    made = ActsDialog(None, desk)
    made.open()
    yield made
    made.close()
    made.deleteLater()


def load(workspace: Workspace, tmp_path: Path, *lines: str) -> None:
    plan = roster.preview(workspace, workspace.actor, listed(tmp_path, *lines), YEAR)
    roster.apply(workspace, workspace.actor, plan)


def settle(desk: Desk) -> None:
    for _ in range(3):
        QApplication.processEvents()
        desk.settle()


def surnames(workspace: Workspace) -> list[str]:
    return [pupil.name.surname for pupil in pupils.pupils(workspace, workspace.actor, YEAR)]


@pytest.fixture
def loaded(workspace: Workspace, tmp_path: Path) -> None:
    """Two imports: one brings two pupils, the next changes one of them and brings a third."""
    load(workspace, tmp_path, *LINES[:2])
    load(workspace, tmp_path, LINES[0].replace("7А", "7Б"), LINES[2])


@pytest.fixture
def built_on(loaded: None, workspace: Workspace) -> None:
    """The third pupil has a stage since; the dialog is opened after that."""
    pupil = pupils.pupils(workspace, workspace.actor, YEAR)[2].id
    mark(workspace, FIRST, (pupil, "planning", 2))


def test_the_last_act_is_taken_back_from_the_keyboard(
    loaded: None, dialog: ActsDialog, desk: Desk, workspace: Workspace, qtmodeltester: ModelTester
) -> None:
    settle(desk)
    titles = [act.batch.title for act in dialog.table.rows()]
    assert titles == ["Список «7А.csv»: 1 новый, 1 изменён", "Список «7А.csv»: 2 новых"]
    qtmodeltester.check(dialog.table.model(), force_py=True)
    assert dialog.message.words == ("Если отменить: 1 ученик исчезнет из списка, у 1 ученика вернутся прежние данные.")
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.undo_button.setFocus()
    QTest.keyClick(dialog.undo_button, Qt.Key.Key_Space)
    settle(desk)
    assert surnames(workspace) == ["Абрамова", "Белов"]
    assert dialog.message.words.startswith("Отменено ")
    assert not dialog.undo_button.isEnabled()
    assert [act.undone for act in dialog.table.rows()] == [True, False]


def test_what_was_built_on_since_is_told_before_the_button_is_pressed(
    built_on: None, dialog: ActsDialog, desk: Desk, workspace: Workspace
) -> None:
    settle(desk)
    assert "нельзя" in dialog.message.words
    assert "Ёлкина Дарья" in dialog.message.words
    assert not dialog.undo_button.isEnabled()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    settle(desk)
    assert "Абрамова Полина" in dialog.message.words
    assert surnames(workspace) == ["Абрамова", "Белов", "Ёлкина"]


def test_nothing_done_yet_is_said(dialog: ActsDialog, desk: Desk) -> None:
    settle(desk)
    assert dialog.empty.isVisible()
    assert not dialog.table.isVisible()
    assert not dialog.undo_button.isVisible()

"""A class of thirty with twenty competencies marked by keyboard alone, every way of it, and the presses counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from journey_user import User
from kept_workspaces import create
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from support import FIRST, PASSWORD, YEAR, mark

from profdesk.domain.access import NewUser
from profdesk.domain.people import GroupName, PersonName
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.portfolio.view import GridView
from profdesk.services import portfolio

PUPILS, WIDTH = 30, 20
ACROSS = range(12)
"""The pupils marked row by row; the others by column, and there the columns FILLED are alike for most."""
REST = range(12, PUPILS)
DOWN, FILLED, PASTED, CARRIED = range(5), range(5, 8), range(8, 14), range(14, WIDTH)
UNLIKE = range(14, PUPILS, 5)
CHANGED = range(13, PUPILS, 6)
"""Who is otherwise than in the term before in the columns CARRIED."""


def wanted(row: int, column: int) -> int:
    alike = row in REST and column in FILLED and row not in UNLIKE
    return (column if alike else row * 7 + column * 3) % 4


WANTED = [[wanted(row, column) for column in range(WIDTH)] for row in range(PUPILS)]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    owner = NewUser("Седова Ольга Ивановна", "классный руководитель", PASSWORD)
    made = create(tmp_path / "desk", owner).workspace
    with made.unit(made.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("7 «А»", 7, "А"), "basic", YEAR)
        pupils = [unit.pupils.add(PersonName(f"Ученик{n:02d}", "Пётр"), date(2013, 5, 6), None) for n in range(PUPILS)]
        for pupil in pupils:
            unit.pupils.enrol(pupil, group.id, YEAR)
    grid = portfolio.grid(made, made.actor, group.id, FIRST)
    codes = [item.code for item in grid.competencies.items]
    assert len(codes) == WIDTH
    former = [
        (pupil, codes[column], (WANTED[row][column] + (row in CHANGED)) % 4)
        for row, pupil in enumerate(pupils)
        for column in CARRIED
    ]
    mark(made, FIRST.previous, *former)
    made.close()
    return made.path


class Typist:
    """Presses keys at the grid and counts them, each key of a chord for itself."""

    def __init__(self, grid: GridView) -> None:
        self.grid = grid
        self.presses = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            self.presses += 1 + bool(modifiers & CTRL) + bool(modifiers & SHIFT)
            QTest.keyClick(self.grid, key, modifiers)

    def digits(self, stages: list[int]) -> None:
        for stage in stages:
            self.press(Qt.Key(Qt.Key.Key_0 + stage))

    def go(self, row: int, column: int) -> None:
        """By the arrows."""
        here = self.grid.choice.current
        down, right = row - here[0], column - here[1]
        self.press(Qt.Key.Key_Down if down > 0 else Qt.Key.Key_Up, times=abs(down))
        self.press(Qt.Key.Key_Right if right > 0 else Qt.Key.Key_Left, times=abs(right))


def mark_across(typist: Typist) -> None:
    """Pupil by pupil: the digits lead across and on to the next one."""
    typist.digits([stage for row in ACROSS for stage in WANTED[row]])


def mark_down(typist: Typist) -> None:
    """Competency by competency: Enter after the first digit leads all the others down those still blank."""
    typist.press(Qt.Key.Key_F4, SHIFT)
    first, *others = (WANTED[row][column] for column in DOWN for row in REST)
    typist.digits([first])
    typist.press(Qt.Key.Key_Return)
    typist.digits(others)


def fill(typist: Typist) -> None:
    """The first pupil's stages for all below, then those who are otherwise; Tab leads across again."""
    top = REST.start
    first, *others = (WANTED[top][column] for column in FILLED)
    typist.digits([first])
    typist.press(Qt.Key.Key_Tab)
    typist.digits(others)
    typist.go(0, FILLED.start)
    typist.press(Qt.Key.Key_Right, SHIFT, len(FILLED) - 1)
    typist.press(Qt.Key.Key_PageDown, SHIFT)
    typist.press(Qt.Key.Key_D, CTRL)
    for row in UNLIKE:
        typist.go(row - top, FILLED.start)
        typist.digits([WANTED[row][column] for column in FILLED])


def paste(typist: Typist) -> None:
    """What a spreadsheet has put on the clipboard, by numbers and by names."""
    names = ("Не проявляется", "начальная", "2,0", "3")
    lines = ("\t".join(names[WANTED[row][column]] for column in PASTED) for row in REST)
    QGuiApplication.clipboard().setText("\r\n".join(lines) + "\r\n")
    typist.go(0, PASTED.start)
    typist.press(Qt.Key.Key_V, CTRL)


def as_last_time(typist: Typist) -> None:
    """The term before for everybody, then those who have changed."""
    typist.press(Qt.Key.Key_A, CTRL)
    typist.press(Qt.Key.Key_D, CTRL | SHIFT)
    for row in CHANGED:
        typist.go(row - REST.start, CARRIED.start)
        typist.digits([WANTED[row][column] for column in CARRIED])


@pytest.mark.slow
def test_a_class_is_marked_in_ten_minutes_by_keyboard_alone(user: User, folder: Path) -> None:
    start = user.windows.show_start(folder)
    user.type(start.unlock.password, PASSWORD)
    user.press(start.unlock.password, Qt.Key.Key_Return)
    page = user.page("portfolio")
    assert isinstance(page, PortfolioPage)
    typist = Typist(page.table)
    assert page.table.choice.current == (0, 0)

    mark_across(typist)
    mark_down(typist)
    typed, cells = typist.presses, len(ACROSS) * WIDTH + len(REST) * len(DOWN)
    fill(typist)
    paste(typist)
    as_last_time(typist)
    user.wait()
    assert not page.message.isVisible()
    assert page.blanks.text() == "пустых нет"
    assert page.complete.text() == "Заполнено 30 из 30"
    typist.press(Qt.Key.Key_F4, SHIFT)

    shown = [[page.table.grid.look(row, column).stage for column in range(WIDTH)] for row in range(PUPILS)]
    assert shown == WANTED
    sheet = page.table.grid.sheet
    assert sheet is not None
    workspace = user.windows.desk.workspace
    grid = portfolio.grid(workspace, workspace.actor, sheet.grid.group.id, FIRST)
    assert [[grid.stages[sheet.cell(row, column)] for column in range(WIDTH)] for row in range(PUPILS)] == WANTED
    # Typing alone is hardly more than a press a cell; ten minutes are a second for each of 600.
    assert typed <= 1.02 * cells, f"{typed} presses for {cells} cells"
    assert typist.presses <= 0.9 * PUPILS * WIDTH, f"{typist.presses} presses for {PUPILS * WIDTH} cells"

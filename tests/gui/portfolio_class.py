"""A class of made-up pupils in a real workspace, and its page in a real window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kept_workspaces import PROGRAMME, create
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from support import FIRST, PASSWORD, YEAR, organisation

from profdesk.domain import programme_file
from profdesk.domain.access import NewUser
from profdesk.domain.people import Group, GroupName, PersonName, Sex
from profdesk.domain.programme import Programme
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.pages import Pages
from profdesk.gui.main_window import MainWindow
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.services import portfolio
from profdesk.storage.workspace import Workspace

CTRL = Qt.KeyboardModifier.ControlModifier
SEVENTH = GroupName("7 «А»", 7, "А")
SURNAMES = [
    "Абрамов",
    "Белов",
    "Васильев",
    "Гаврилов",
    "Голубев",
    "Дорофеев",
    "Егоров",
    "Жданов",
    "Зайцев",
    "Ильин",
    "Калинин",
    "Кондратьев",
    "Кузьмин",
    "Лапин",
    "Макаров",
    "Мухаметшин",
    "Назаров",
    "Никитин",
    "Орехов",
    "Панов",
    "Рябов",
    "Савельев",
    "Сорокин",
    "Тарасов",
    "Устинов",
    "Филатов",
    "Шубин",
    "Щукин",
    "Юдин",
    "Яковлев",
]


def programme() -> Programme:
    return programme_file.parse(PROGRAMME, "программа")


def new_workspace(folder: Path) -> Workspace:
    owner = NewUser("Седова Ольга Ивановна", "классный руководитель", PASSWORD)
    return create(folder, owner).workspace


def add_class(
    workspace: Workspace,
    size: int,
    name: GroupName = SEVENTH,
    year: SchoolYear = YEAR,
    *,
    pupils: Sequence[str] = (),
) -> tuple[Group, list[str]]:
    """Enrol ``size`` new pupils, or the ``pupils`` given by their ids."""
    level = programme().level_of_grade(name.grade)
    assert level is not None
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(name, level.code, year)
        ids = list(pupils) or [
            unit.pupils.add(PersonName(surname, "Иван", "Петрович"), date(2013, 5, 6), Sex.MALE)
            for surname in SURNAMES[:size]
        ]
        for pupil in ids:
            unit.pupils.enrol(pupil, group.id, year)
    return group, ids


def codes(group: Group) -> list[str]:
    return [item.code for item in programme().level(group.level).competencies.items]


class Room:
    """The window with the page of one class, its desk and its workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.desk = Desk()
        self.desk.use(workspace, programme(), organisation())
        self.window = MainWindow(self.desk, Pages([PortfolioPage], lambda kind: kind(self.desk)))
        self.page = self.window.pages[PortfolioPage]
        self.window.resize(1366, 768)
        self.window.show()
        self.desk.settle()

    @property
    def table(self):
        return self.page.table

    def shown(self) -> list[list[int | None]]:
        """What the cells show."""
        model = self.table.grid
        return [
            [model.look(row, column).stage for column in range(model.columnCount())] for row in range(model.rowCount())
        ]

    def pending(self) -> list[tuple[int, int]]:
        """Which cells are drawn as not yet saved."""
        model = self.table.grid
        return [
            (row, column)
            for row in range(model.rowCount())
            for column in range(model.columnCount())
            if model.look(row, column).pending
        ]

    def committed(self, group: Group, period=FIRST) -> dict[tuple[str, str], int]:
        """What the workspace holds."""
        grid = portfolio.grid(self.workspace, self.workspace.actor, group.id, period)
        return {(cell.pupil, cell.competency): stage for cell, stage in grid.stages.items()}

    def close(self) -> None:
        self.window.close()
        self.desk.close()
        self.window.deleteLater()


def keys(room: Room, text: str) -> None:
    QTest.keyClicks(room.table, text)


def press(room: Room, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(room.table, key, modifiers)

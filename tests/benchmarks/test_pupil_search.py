"""What a keystroke costs among 10,000 pupils beside the least that could find and show them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

import pytest
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot
from support import YEAR

from profdesk.domain.duplicates import DuplicateIndex
from profdesk.domain.group_names import parse_group
from profdesk.domain.people import Group, PersonName, Pupil, Sex, fold
from profdesk.domain.portfolio import Completeness
from profdesk.domain.pupil_list import Listed, PupilIndex
from profdesk.gui.common import theme
from profdesk.gui.common.table import DeskTable
from profdesk.gui.pupils.columns import columns

pytestmark = [pytest.mark.slow, pytest.mark.benchmark(group="pupils")]

Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]
SIZE = 10_000
TYPED = "ильин даниил"
KEYSTROKES = [TYPED[:end] for end in range(1, len(TYPED) + 1)]
SURNAMES = ("Ильин", "Иванов", "Арефьев", "Ёлкин", "Хабибуллин", "Новиков", "Сорокин", "Устинов", "Цой", "Шубин")
GIVEN = ("Даниил", "Денис", "Матвей", "Фёдор", "Тимур", "Лев", "Глеб", "Марк", "Пётр", "Ян")
FATHERS = ("Евгеньевич", "Олегович", "Ильич", "Павлович", "Денисович", "Русланович", "Янович")


def made(size: int = SIZE) -> list[Listed]:
    chance = Random(7)  # noqa: S311 - made-up names, no secrets
    groups = []
    for grade in range(1, 12):
        for letter in "АБВГ":
            name = parse_group(f"{grade}{letter}")
            assert name is not None
            groups.append(Group(f"{grade}{letter}", name, "basic", YEAR.start))
    rows = []
    for number in range(size):
        name = PersonName(f"{chance.choice(SURNAMES)}{number % 977}", chance.choice(GIVEN), chance.choice(FATHERS))
        born = date(2009, 1, 1) + timedelta(days=chance.randrange(4000))
        pupil = Pupil(f"{number}", name, born, Sex.MALE, chance.choice(groups))
        rows.append(Listed(pupil, Completeness(chance.randrange(21), 20)))
    return sorted(rows, key=lambda row: row.folded)


@pytest.fixture(scope="module")
def rows() -> list[Listed]:
    return made()


def test_finding_by_every_letter(ratio: Ratio, rows: list[Listed]) -> None:
    index = PupilIndex(rows)
    names = [(fold(row.pupil.name.full), row) for row in rows]

    def ours() -> None:
        for words in KEYSTROKES:
            assert index.find(words)
        index.find("")

    def bare() -> None:
        for words in KEYSTROKES:
            wanted = words.split()
            assert [row for name, row in names if all(word in name for word in wanted)]

    ratio(f"Typing «{TYPED}» among 10,000 pupils / scanning their names at every letter", ours, bare, 20)


def test_finding_beside_sql(ratio: Ratio, rows: list[Listed]) -> None:
    index = PupilIndex(rows)
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE pupil (id TEXT, folded TEXT)")
    database.executemany("INSERT INTO pupil VALUES (?, ?)", [(row.pupil.id, row.folded) for row in rows])

    def ours() -> None:
        for words in KEYSTROKES:
            assert index.find(words)
        index.find("")

    def bare() -> None:
        for words in KEYSTROKES:
            wanted = [f"%{word}%" for word in words.split()]
            where = " AND ".join(["folded LIKE ?"] * len(wanted))
            assert database.execute(f"SELECT id FROM pupil WHERE {where} ORDER BY folded", wanted).fetchall()

    ratio(f"Typing «{TYPED}» among 10,000 pupils / SQL LIKE in memory at every letter", ours, bare, 20)
    database.close()


def test_a_keystroke_drawn(ratio: Ratio, rows: list[Listed], qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, False)
    index, table = PupilIndex(rows), DeskTable()
    table.set_columns(columns(missing=False), key=lambda row: row.pupil.id)
    plain = plain_table(rows)
    for view in (table, plain):
        qtbot.addWidget(view)
        view.resize(900, 640)
        view.show()
    proxy = plain.model()
    assert isinstance(proxy, QSortFilterProxyModel)

    def ours() -> None:
        for words in KEYSTROKES:
            table.set_rows(index.find(words))
            table.viewport().repaint()

    def bare() -> None:
        for words in KEYSTROKES:
            proxy.setFilterFixedString(words)
            plain.viewport().repaint()

    ratio(f"Typing «{TYPED}» in the list of 10,000 pupils, drawn / in Qt's own filter and table", ours, bare, 5)


def test_finding_duplicates(ratio: Ratio, rows: list[Listed]) -> None:
    pupils = [row.pupil for row in rows]

    def bare() -> None:
        seen: dict[tuple[str, date], int] = {}
        for pupil in pupils:
            key = (fold(pupil.name.full), pupil.birth_date)
            seen[key] = seen.get(key, 0) + 1

    ratio("Possible duplicates among 10,000 pupils / equal names and dates alone", lambda: pairs(pupils), bare, 7)


def pairs(pupils: Sequence[Pupil]) -> int:
    return len(DuplicateIndex(pupils).pairs())


def plain_table(rows: Sequence[Listed]) -> QTableView:
    """Qt's own table over its own items, filtered by its own proxy: what a plain program would have."""
    view = QTableView()
    items, proxy = QStandardItemModel(view), QSortFilterProxyModel(view)
    shown = columns(missing=False)
    for row in rows:
        items.appendRow([QStandardItem(column.text(row)) for column in shown])
    proxy.setSourceModel(items)
    proxy.setFilterKeyColumn(0)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    view.setModel(proxy)
    return view

"""The facts for a choice: each stays in sight, whatever somebody typed into one of them."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from profdesk.domain.choice_facts import Fact, Line
from profdesk.gui.choices.facts_board import FactsBoard
from profdesk.gui.common import text

ADDRESS = f"https://school.example/{'portfolio' * 30}"


def test_a_long_address_pushes_no_fact_out_of_sight(qtbot: QtBot) -> None:
    board = FactsBoard()
    qtbot.addWidget(board)
    board.resize(726, 500)
    board.show_facts([Fact("trials", "Пробы", (Line(ADDRESS, ADDRESS),), ""), Fact("wish", "Желание", (), "Нет")])
    board.show()
    QApplication.processEvents()
    assert board.widget().width() == board.viewport().width()


def test_words_of_usual_length_are_left_as_they_are() -> None:
    words = "Естественно-научный профиль, проба на заводе «Северный крепёж»"
    assert text.breakable(words) == words
    assert text.breakable(ADDRESS).replace("\u200b", "") == ADDRESS

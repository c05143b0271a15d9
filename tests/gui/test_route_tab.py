"""The lists of a route: models, rows as high as their words, the mouse, what is typed kept while others write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from profdesk import app
from profdesk.domain import route_words
from profdesk.domain.route import LONGEST, LineKind, LineState, Route, RouteEntry, RouteLine
from profdesk.domain.route_words import Voice
from profdesk.gui.common import fonts
from profdesk.gui.route.line_list import RouteList
from profdesk.gui.route.line_paint import HEADING, LinePaint
from profdesk.gui.route.rows import RouteRows, Row

TODAY = date(2026, 11, 25)
BORN = date(2011, 3, 14)
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
WORDS = "поступить на природообустройство и водопользование "


def line(number: int, kind: LineKind, words: str = "слова", **more) -> RouteLine:
    state = more.pop("state", LineState.OPEN)
    return RouteLine(f"{number:03}", "p", RouteEntry(kind, words, **more), state, "u", NOON)


LINES = (
    line(1, LineKind.FAR, "стать врачом"),
    line(2, LineKind.STEP, "олимпиада", due=TODAY - timedelta(days=12)),
    line(3, LineKind.STEP, "проба", due=TODAY, state=LineState.DONE),
)


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot) -> Iterator[RouteList]:
    app.application()
    holder = QWidget()
    qtbot.addWidget(holder)
    made = RouteList(holder)
    made.set_kinds((LineKind.FAR, LineKind.STEP))
    made.resize(560, 420)
    holder.resize(560, 420)
    show(made, LINES)
    holder.show()
    holder.activateWindow()
    made.setFocus()
    yield made
    QApplication.processEvents()


def show(shown: RouteList, lines: Sequence[RouteLine], spoken: Voice = route_words.PUPIL) -> None:
    shown.show_route(Route(tuple(lines)), spoken, TODAY, BORN)


def at(shown: RouteList, row: int, x: int) -> QPoint:
    return QPoint(x, shown.visualRect(shown.model().index(row, 0)).center().y())


def test_the_model_keeps_qts_rules_whatever_is_shown(shown: RouteList, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(shown.model(), force_py=True)
    show(shown, ())
    show(shown, LINES, route_words.CHILD)
    qtmodeltester.check(shown.model(), force_py=True)
    said = [shown.model().index(row, 0).data() for row in range(shown.model().rowCount())]
    assert said == [
        "Мечты", "стать врачом", "Добавить мечту…",
        "Шаги", "олимпиада, просрочено на 12 дней", "проба, сделан", "Добавить шаг…",
    ]  # fmt: skip


def test_headings_are_passed_over_and_the_place_is_kept(shown: RouteList, qtbot: QtBot) -> None:
    assert shown.current() == Row(LineKind.FAR, LINES[0])
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    assert shown.current() == Row(LineKind.STEP, LINES[1])
    show(shown, LINES[1:])
    assert shown.current() == Row(LineKind.STEP, LINES[1])
    show(shown, LINES[:1])
    assert shown.current() == Row(LineKind.STEP)
    qtbot.keyClick(shown, Qt.Key.Key_Home)
    assert shown.current() == Row(LineKind.FAR, LINES[0])


@pytest.mark.parametrize("width", [420, 560, 700])
def test_a_row_is_as_high_as_its_words_and_nothing_is_cut(qapp: QApplication, width: int) -> None:
    app.application()
    rows = RouteRows(tuple(LineKind), QWidget())
    paint = LinePaint(rows)
    words = (WORDS * 5)[:LONGEST]
    text = QFontMetrics(fonts.font(fonts.TEXT)).horizontalAdvance(words)
    for number, kind in enumerate(LineKind):
        long, short = (line(number, kind, said, way=said) for said in (words, "слово"))
        least = 19 * (text // width)
        assert paint.height(Row(kind, long), width) > least
        assert paint.height(Row(kind, short), width) < 60
        endless = line(number, kind, "щ" * LONGEST, way="щ" * LONGEST)
        for one in (long, endless):
            assert "…" not in "".join(paint._parts(one, width).words)
    assert paint.height(Row(LineKind.FAR, is_heading=True), width) == HEADING


def test_the_mouse_marks_by_the_sign_and_begins_a_line(shown: RouteList, qtbot: QtBot) -> None:
    toggled: list[RouteLine] = []
    shown.toggled.connect(toggled.append)
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=at(shown, 4, 200))
    assert toggled == []
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=at(shown, 4, 118))
    assert toggled == [LINES[1]]
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=at(shown, 6, 200))
    assert shown.editor is not None
    assert shown.editor.words_label.text() == "Шаг"


def test_what_is_typed_stays_while_the_route_changes_elsewhere(shown: RouteList) -> None:
    shown.add(LineKind.STEP)
    assert shown.editor is not None
    shown.editor.words.setText("день открытых дверей")
    show(shown, LINES[:1])
    assert shown.editor.words.text() == "день открытых дверей"
    assert list(shown.lines()) == list(LINES)
    shown.close_editor()
    assert list(shown.lines()) == [LINES[0]]


def test_what_could_not_be_written_is_given_back(shown: RouteList) -> None:
    written: list[RouteEntry] = []
    shown.submitted.connect(lambda entry, _: written.append(entry))
    shown.add(LineKind.STEP)
    editor = shown.editor
    assert editor is not None
    editor.words.setText("проба")
    editor.submit()
    editor.submit()
    assert [one.words for one in written] == ["проба"]
    shown.refuse("На диске не осталось места.")
    assert editor.note.words == "На диске не осталось места."
    editor.submit()
    assert len(written) == 2
    show(shown, (*LINES, line(4, LineKind.STEP, "проба")))
    assert shown.editor is None
    assert shown.hasFocus()


def test_a_line_changed_into_itself_is_left(shown: RouteList) -> None:
    shown.follow(LINES[1].line)
    shown.open_current()
    assert shown.editor is not None
    assert shown.editor.typed() is None
    shown.editor.words.setText("районная олимпиада")
    assert shown.take_typed() == (replace(LINES[1].entry, words="районная олимпиада"), "", LINES[1])
    assert shown.editor is None

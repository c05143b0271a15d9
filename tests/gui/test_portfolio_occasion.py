"""On what marks rest and when it was seen; strands of pupils and parents kept apart from the staff's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from portfolio_class import CTRL, Room, codes, keys, press
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import text
from support import FIRST, YEAR

from profdesk.domain.portfolio import STAFF, Basis
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import WrongInputError
from profdesk.gui.common import theme
from profdesk.services import portfolio

TODAY = datetime.now(UTC).astimezone().date()
DAY = YEAR.first_day + timedelta(days=20)


def facts(room: Room) -> list[tuple[str, str, int | None, str]]:
    """Basis, strand, stage and day of every assessment, in the order written."""
    query = text("SELECT basis, strand, stage, made_on FROM assessment ORDER BY recorded_at")
    with room.workspace._engine.begin() as connection:
        return [tuple(row) for row in connection.execute(query)]


def take(room: Room, words: str) -> None:
    """Choose in the selector by its words."""
    place = room.page.occasion.findText(words, Qt.MatchFlag.MatchStartsWith)
    room.page.occasion.activated.emit(place)
    room.desk.settle()


@pytest.mark.no_qt_log
def test_the_basis_and_the_day_go_with_every_following_mark(room: Room, monkeypatch) -> None:
    """The offscreen platform warns that it cannot raise the calendar's window."""
    monkeypatch.setattr(SchoolYear, "days_until", lambda year, _today: (year.first_day, year.last_day))
    take(room, "Диагностика")
    take(room, "День")
    room.page.occasion.days.calendar.clicked.emit(qdate(DAY))
    keys(room, "1")
    room.table.go_to(1, 0)
    put = (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(room, *put)
    keys(room, "3")
    press(room, Qt.Key.Key_Z, CTRL)
    room.desk.settle()
    assert {fact[:2] + fact[3:] for fact in facts(room)[2:]} == {("diagnostics", "staff", f"{DAY}")}
    assert len(facts(room)) == 2 + 1 + 2 + 2
    assert room.page.occasion.words == f"Диагностика, {DAY:%d.%m}"
    assert room.page.occasion.property("unusual")
    take(room, "Наблюдение")
    assert room.shown()[0][:2] == [2, 1]


def qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def test_the_usual_occasion_is_an_observation_of_today(room: Room) -> None:
    keys(room, "1")
    room.desk.settle()
    assert facts(room)[-1] == ("observation", "staff", 1, f"{TODAY}")
    assert not room.page.occasion.property("unusual")
    assert "сегодня" in room.page.occasion.toolTip()


def test_days_are_those_of_the_school_year_that_have_come() -> None:
    assert YEAR.days_until(date(2026, 11, 2)) == (date(2026, 9, 1), date(2026, 11, 2))
    assert YEAR.days_until(date(2028, 1, 1)) == (date(2026, 9, 1), date(2027, 8, 31))
    assert YEAR.days_until(date(2026, 6, 1)) == (date(2026, 6, 1), date(2026, 6, 1))


@pytest.mark.no_qt_log
def test_the_calendar_offers_no_other_days_and_another_year_forgets_the_day(room: Room) -> None:
    take(room, "День")
    calendar = room.page.occasion.days.calendar
    first, last = YEAR.days_until(TODAY)
    assert (calendar.minimumDate(), calendar.maximumDate()) == (qdate(first), qdate(last))
    calendar.activated.emit(qdate(first))
    assert room.page.occasion.day == first
    room.page.period.setCurrentIndex(2)
    room.desk.settle()
    assert room.page.occasion.day == YEAR.previous.days_until(TODAY)[1]


def test_a_day_of_another_year_is_refused(workspace, small) -> None:
    with pytest.raises(WrongInputError, match=r"31.08.2026 не в 2026/27"):
        portfolio.set_stages(workspace, workspace.actor, FIRST, [], made_on=date(2026, 8, 31))


@pytest.mark.parametrize("basis", [Basis.SELF, Basis.PARENTS])
def test_another_strand_is_shown_and_marked_apart(room: Room, small, basis: Basis) -> None:
    group, _ = small
    staff = room.committed(group)
    take(room, basis.label)
    assert room.shown() == [[None] * 20] * 3
    message = room.page.strand_message
    assert message.isVisible()
    assert f"Сейчас отмечается: {basis.label.lower()}" in message.words
    room.table.go_to(0, 0)
    keys(room, "31")
    room.desk.settle()
    assert room.shown()[0][:3] == [3, 1, None]
    assert room.committed(group) == staff
    assert facts(room)[-1][:3] == (basis.value, basis.strand, 1)
    own = portfolio.grid(room.workspace, room.workspace.actor, group.id, FIRST, basis.strand)
    assert sorted(own.stages.values()) == [1, 3]
    QTest.mouseClick(message.button, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert message.isHidden()
    assert room.shown()[0][:3] == [2, None, None]
    assert room.table.grid.sheet.grid.strand == STAFF
    assert room.page.status().undo == ""


def test_completeness_counts_the_staff_alone(room: Room, small) -> None:
    group, _ = small
    take(room, "Самооценка")
    room.table.selectAll()
    keys(room, "2")
    room.desk.settle()
    assert room.page.complete.text() == "Заполнено 0 из 3"
    assert room.table.grid.completeness(0).assessed == 1
    assert room.page.blanks.text() == "пустых нет"
    assert portfolio.coverage(room.workspace, room.workspace.actor, YEAR) == {group.id: 0}
    assert len(codes(group)) == 20


def test_the_heads_are_tinted_in_another_strand(room: Room) -> None:
    heads = room.table.horizontalHeader()
    at = QPoint(heads.sectionViewportPosition(19) + 3, 3)
    assert heads.viewport().grab().toImage().pixelColor(at) != theme.tokens().warn_soft
    take(room, "Мнение")
    assert heads.viewport().grab().toImage().pixelColor(at) == theme.tokens().warn_soft


def test_neither_wheel_nor_arrows_change_it_unseen(room: Room, monkeypatch) -> None:
    opened: list[bool] = []
    selector = room.page.occasion
    monkeypatch.setattr(type(selector), "showPopup", lambda _: opened.append(True))
    nothing = Qt.MouseButton.NoButton
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        nothing,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(selector, wheel)
    QTest.keyClick(selector, Qt.Key.Key_Down)
    QTest.keyClick(selector, Qt.Key.Key_Space)
    assert selector.occasion.basis is Basis.OBSERVATION
    assert len(opened) == 2

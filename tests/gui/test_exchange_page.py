"""The page of exchange: what comes next with a flash drive, who was not heard of for long, what is told of clocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from diagnostic_room import DiagnosticRoom
from PySide6.QtWidgets import QLabel

from profdesk.domain.clocks import Postponed
from profdesk.domain.computers import Computer, Peer, Standing
from profdesk.domain.exchange import Head, Kind, Preview
from profdesk.errors import WrongInputError
from profdesk.gui.common.tones import Tone
from profdesk.gui.exchange import rows
from profdesk.gui.exchange.page import ExchangePage
from profdesk.gui.exchange.preview import PreviewDialog
from profdesk.storage.workspace import Workspace

NOW = datetime.now(UTC)
COMPUTER = Computer("к", "Кабинет 204", None, "К2", False, "", "", None, NOW)
FRESH = Peer(COMPUTER, "Белова Анна Сергеевна", None, False, None, 0)
SENT = replace(FRESH, sent_at=NOW)


@pytest.fixture
def room(workspace: Workspace) -> Iterator[DiagnosticRoom]:
    made = DiagnosticRoom(workspace, ExchangePage)
    made.show("exchange")
    yield made
    made.close()


@pytest.fixture
def page(room: DiagnosticRoom) -> ExchangePage:
    return room.window.pages[ExchangePage]


@pytest.mark.parametrize(
    ("peer", "following"),
    [
        (FRESH, []),
        (replace(FRESH, waiting=3), ["1."]),
        (replace(SENT, waiting=3), ["1."]),
        (replace(SENT, confirmed=True, waiting=3), ["1."]),
        (SENT, ["2."]),
        (replace(SENT, confirmed=True), []),
        (replace(FRESH, computer=replace(COMPUTER, stopped_at=NOW)), []),
    ],
)
def test_the_step_that_comes_next_is_in_bold(page: ExchangePage, peer: Peer, following: list[str]) -> None:
    page.show_standing(Standing(None, (peer,)))
    assert [step.text()[:2] for step in page.way.steps if step.font().bold()] == following


def test_days_are_told_as_one_says_them() -> None:
    today = date(2026, 11, 26)
    told = [
        rows.ago(datetime(2026, 11, 26, 12, tzinfo=UTC).astimezone() - timedelta(days=days), today)
        for days in (0, 1, 2, 13, 14, 25, 59, 60, 150)
    ]
    assert told == [
        "сегодня", "вчера", "2 дня назад", "13 дней назад", "2 недели назад", "3 недели назад", "8 недель назад",
        "2 месяца назад", "5 месяцев назад",
    ]  # fmt: skip
    assert rows.ago(None, today) == ""


def test_who_was_not_heard_of_for_a_fortnight_is_marked_but_for_the_stopped(page: ExchangePage) -> None:
    heard = next(column for column in rows.COMPUTERS if column.title == "Приняли")
    assert heard.look is not None
    late = replace(FRESH, taken_at=NOW - timedelta(days=15))
    assert heard.look(late).tone is Tone.WARN
    for other in (
        replace(late, taken_at=NOW - timedelta(days=12)),
        replace(late, computer=replace(COMPUTER, stopped_at=NOW)),
    ):
        assert heard.look(other).tone is Tone.NEUTRAL


def test_what_is_told_takes_no_more_room_than_it_needs(room: DiagnosticRoom, page: ExchangePage) -> None:
    page.show_standing(Standing(None, (SENT,)))
    page.show_place(is_on_network=True)
    page.show_postponed([Postponed("к", "Кабинет 204", False, 14, timedelta(hours=27), NOW)])
    page.fail(WrongInputError("Не хватает 3 записей, сделанных раньше этих."))
    room.settle()
    for message in (page.place, page.postponed, page.message):
        assert message.isVisible()
        assert message.height() <= message.label.heightForWidth(message.label.width()) + 24
    assert page.computer_waits.geometry().bottom() < page.stop_button.geometry().top()
    for label in page.card.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    assert page.past.height() > 60


def test_an_empty_page_leads_to_its_one_verb(page: ExchangePage) -> None:
    assert page.empty.primary.hasFocus()
    assert page.status().keys == (("Ctrl+N", "добавить"),)


def test_what_to_do_alone_is_told_by_who_one_is_and_where() -> None:
    school, office = (rows.alone(department=one, may_add=True) for one in (False, True))
    assert "психолога" in school[0]
    assert "психолог" not in f"{office}"
    assert "класс" not in f"{office}"
    assert "добавит владелец" in rows.alone(department=False, may_add=False)[0]


def test_a_file_with_nothing_new_is_told_in_a_small_dialog_and_taken_as_an_answer(
    room: DiagnosticRoom, page: ExchangePage
) -> None:
    head = Head(Kind.CHANGES, "", "", "", "0009", "", NOW.isoformat())
    known = Preview(head, COMPUTER, (), (), 0, 12, 0, 0, 0, 0, ("Часы отстают.",))
    dialog = PreviewDialog(page, room.desk, page.desk.workspace.path, known)
    dialog.open()
    room.settle()
    assert dialog.height() < 180
    assert dialog.accept_button.text() == "Учесть ответ"
    assert dialog.accept_button.hasFocus()
    dialog.reject()

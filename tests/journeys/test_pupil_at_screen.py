"""A pupil answers at the computer, by keyboard: from the questions loaded to the scored sheet, left once on the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from diagnostic_cases import worded
from journey_user import PASSWORD, User, make_workspace
from pupil_screen_class import Seat
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support import listed

from profdesk.domain import questions
from profdesk.domain.consents import ConsentKind
from profdesk.domain.diagnostics import SheetMode
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.gui.diagnostics.page import DiagnosticsPage
from profdesk.gui.pupil_screen.window import PupilWindow
from profdesk.services import conclusions, consents, diagnostics, instruments, pupils, roster

Key = Qt.Key
CODE = "yovaysha_rezapkina_24"
CLASS = ["Аин;Лев;;02.06.2012;8Б", "Бин;Ада;;02.06.2012;8Б"]


def test_pupil_answers_at_the_computer_with_an_interruption(user: User, tmp_path: Path) -> None:
    page = planned(user, tmp_path)
    keying = open_session(user, page)
    give(user, keying)
    assert "нет текстов вопросов" in keying.message.words
    load_questions(user, keying, page, tmp_path)
    keying = open_session(user, page)
    give(user, keying)
    answer_some_and_leave(user, keying)
    give(user, keying)
    answer_the_rest(user)
    see_the_sheet(user, keying)


def planned(user: User, tmp_path: Path) -> DiagnosticsPage:
    """A session of a class of two, whose parents have agreed."""
    make_workspace(user, tmp_path / "школа")
    workspace, year = user.windows.desk.workspace, user.windows.desk.organisation.period.year
    actor = workspace.actor
    roster.apply(workspace, actor, roster.preview(workspace, actor, listed(tmp_path, *CLASS), year))
    there = pupils.pupils(workspace, actor, year)
    consents.give(workspace, actor, [one.id for one in there], ConsentKind.PSYCHOLOGICAL, date(year.start, 9, 1))
    diagnostics.plan(workspace, actor, instruments.called(CODE), there, date(year.start, 10, 14), "каб. 12", "8 «Б»")
    page = user.page("diagnostics")
    assert isinstance(page, DiagnosticsPage)
    page.journal.read()
    user.wait()
    return page


def open_session(user: User, page: DiagnosticsPage) -> KeyingPage:
    user.press(page.journal.table, Key.Key_Return)
    keying = user.main.page
    assert isinstance(keying, KeyingPage)
    return keying


def give(user: User, keying: KeyingPage) -> None:
    QTest.keyClick(keying.key_desk, Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    user.wait()


def load_questions(user: User, keying: KeyingPage, page: DiagnosticsPage, tmp_path: Path) -> None:
    """What the message says is what helps."""
    instrument = instruments.called(CODE)
    table = [questions.headings(instrument), *questions.rows(instrument, worded(instrument))]
    user.given = tmp_path / "вопросы.csv"
    user.given.write_text("\n".join(";".join(row) for row in table), encoding="utf-8-sig")
    user.press(keying.key_desk, Key.Key_Escape)
    user.press(page.journal.instruments_button, Key.Key_Space)
    page.instruments.table.choose(CODE)
    user.press(page.instruments.wording_button, Key.Key_Space)
    assert page.instruments.message.words.startswith("Вопросы загружены")
    user.press(page.instruments.table, Key.Key_Escape)


def seated(user: User) -> Seat:
    (window,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, PupilWindow) and one.isVisible()]
    window.activateWindow()
    user.wait()
    return Seat(user.windows.desk, window)


def answer_some_and_leave(user: User, keying: KeyingPage) -> None:
    seat = seated(user)
    assert not user.main.isVisible()
    assert seat.window.hello.text() == "Здравствуй, Лев"
    seat.press(Key.Key_Return, *["1", Key.Key_Return] * 10, "2", Key.Key_Escape)
    seat.press("не тот пароль", Key.Key_Return)
    assert "Пароль не подходит" in seat.window.leaving.message.words
    assert not user.main.isVisible()
    user.qtbot.waitUntil(seat.window.leaving.open_button.isEnabled)
    seat.press(PASSWORD, Key.Key_Return)
    assert user.main.isVisible()
    assert len(keying.keying.answers) == 11
    assert keying.keying.place.item == 12


def answer_the_rest(user: User) -> None:
    seat = seated(user)
    assert "осталось 13 из 24" in seat.window.about.text()
    seat.press(Key.Key_Return)
    assert seat.window.progress.text() == "Вопрос 12 из 24"
    seat.press(*["3", Key.Key_Return] * 13)
    assert seat.view is seat.window.thanks
    seat.press(Key.Key_Return, PASSWORD, Key.Key_Return)
    assert user.main.isVisible()


def see_the_sheet(user: User, keying: KeyingPage) -> None:
    assert [(row.name, row.words) for row in keying.table.rows()] == [("Аин Лев", "введён"), ("Бин Ада", "не начат")]
    assert keying.count.text() == "1 из 2"
    sheet = keying.keying.current.sheet
    assert sheet.mode is SheetMode.SCREEN
    workspace = user.windows.desk.workspace
    scores = conclusions.of_sheet(workspace, workspace.actor, sheet.id).shown.outcome.scores
    assert sum(one.raw for one in scores) == 24

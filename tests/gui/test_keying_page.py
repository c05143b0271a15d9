"""Keying sheets in by keyboard alone: each kind of answer, corrections, states, the second entry, what is on disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from diagnostics_room import Room, add_class, allow, plan
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from sqlalchemy import select

from profdesk.domain.diagnostics import Attendance, Sheet
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.gui.diagnostics.sheets_dialog import SheetsDialog
from profdesk.services import diagnostics, instruments
from profdesk.storage.diagnostics import DiagnosticStore
from profdesk.storage.models import PsyOperationRow

Key = Qt.Key


@dataclass
class Keys:
    """The keying page of one session, and a hand at its keyboard."""

    room: Room
    page: KeyingPage

    def type(self, *strokes: str | Qt.Key) -> None:
        """Press characters and keys where the cursor is, in one go: nothing waits for the disk."""
        for stroke in strokes:
            target = self.page.focusWidget()
            assert target is not None
            if not isinstance(stroke, str):
                QTest.keyClick(target, stroke)
                continue
            for letter in stroke:  # QTest types Latin letters only
                event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(target, event)
        self.room.settle()

    def sheet(self, number: int = 0) -> Sheet:
        """A sheet as the workspace has it."""
        return self.room.session().sheets[number].sheet


@pytest.fixture
def room(workspace) -> Iterator[Room]:
    opened = Room(workspace)
    yield opened
    opened.close()


@pytest.fixture
def keys(room: Room) -> Callable[[str], Keys]:
    there = add_class(room.workspace)
    allow(room.workspace, there)

    def opened(code: str) -> Keys:
        session = plan(room.workspace, code, there)
        room.page.wanted_keying.emit(session)
        room.settle()
        assert isinstance(room.window.page, KeyingPage)
        return Keys(room, room.window.page)

    return opened


@pytest.mark.parametrize(
    ("code", "strokes", "answers"),
    [
        ("yovaysha_rezapkina_24", "аБ3c ", {1: "a", 2: "b", 3: "c", 4: "c"}),
        ("golomshtok_144", "1=0-5", {1: "++", 2: "+", 3: "0", 4: "-", 5: "--"}),
        ("schein_anchors_41", "190", {1: "1", 2: "9", 3: "10"}),
        ("yovaysha_30", "301", {1: "3-0", 2: "0-3", 3: "1-2"}),
        ("opg_42", "2-1" + "0 2", {1: "2/-/1", 2: "0//2"}),
    ],
)
def test_one_key_an_answer(keys, code: str, strokes: str, answers: dict[int, str]) -> None:
    hand = keys(code)
    hand.type(*(Key.Key_Space if stroke == " " else stroke for stroke in strokes))
    assert hand.sheet().answers == answers
    assert hand.page.message.words == ""


def test_ranking_is_number_and_enter_and_a_place_given_twice_is_told_at_once(keys) -> None:
    hand = keys("rokeach_18_18")
    hand.type("5", Key.Key_Return, "17", Key.Key_Backspace, "2", Key.Key_Return)
    assert hand.sheet().answers == {1: "5", 2: "12"}
    hand.type("5", Key.Key_Return)
    assert "Место 5 уже стоит у вопроса 1" in hand.page.message.words
    hand.type("19", Key.Key_Return)
    assert "от 1 до 18" in hand.page.message.words
    assert hand.page.key_desk.pad.big == "4"
    assert hand.sheet().answers == {1: "5", 2: "12", 3: "5"}


def test_matrix_is_a_number_of_each_list(keys) -> None:
    hand = keys("matrix_rezapkina")
    assert hand.page.key_desk.pad.big == "Предмет труда"
    hand.type("1+10", Key.Key_Return, "8", Key.Key_Return)
    assert hand.sheet().answers == {1: "1+10", 2: "8"}
    assert hand.page.key_desk.pad.big == "Бланк введён"


def test_record_is_a_field_per_question_kept_wherever_one_goes(keys) -> None:
    hand = keys("early_records")
    assert hand.page.record.hasFocus()
    hand.type("любит лего", Key.Key_Return, "строит мосты", Key.Key_PageUp)
    assert hand.page.record.toPlainText() == "любит лего"
    assert hand.sheet().answers == {1: "любит лего", 2: "строит мосты"}
    hand.type(" и поезда", Key.Key_Tab)
    assert hand.sheet().answers[1] == "любит лего и поезда"
    assert hand.page.name_label.text() == "Баранов Саша"
    assert hand.page.record.toPlainText() == ""


def test_impossible_key_sounds_flashes_and_writes_nothing(keys, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = keys("ddo_klimov_20")
    heard: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(True))
    hand.type("в")
    assert heard
    assert hand.page.key_desk.flashing
    assert "Можно: а, б" in hand.page.message.words
    assert hand.sheet().answers == {}
    hand.type("б")
    assert hand.page.message.words == ""
    assert hand.sheet().answers == {1: "b"}


def test_going_about_a_sheet_and_correcting_it(keys) -> None:
    hand = keys("ddo_klimov_20")
    hand.type("ааа", Key.Key_Space, "б", Key.Key_Left, Key.Key_Left)
    assert hand.page.key_desk.pad.big == "4"
    assert hand.page.strip.skipped == [4]
    assert hand.page.strip_note.words == "вопрос 4 без ответа"
    hand.type("б", Key.Key_Backspace, Key.Key_Backspace, "б")
    assert hand.sheet().answers == {1: "a", 2: "a", 3: "b", 4: "b", 5: "b"}
    hand.type(Key.Key_Down)
    assert hand.page.key_desk.pad.big == "16"
    hand.type(Key.Key_Home, Key.Key_Space)
    assert 1 not in hand.sheet().answers
    hand.type(Key.Key_End, "а", Key.Key_Return)
    assert hand.page.key_desk.pad.big == "1"


def test_end_of_a_sheet_leads_to_the_next_one_that_is_not_whole(keys) -> None:
    hand = keys("ddo_klimov_20")
    hand.type("а" * 20)
    assert hand.page.key_desk.pad.big == "Бланк введён"
    hand.type("а")
    assert "последний вопрос" in hand.page.message.words
    hand.type(Key.Key_Return, "б", Key.Key_Tab, "а", Key.Key_Backtab)
    assert hand.page.name_label.text() == "Баранов Саша"
    assert hand.page.key_desk.pad.big == "2"
    assert hand.page.count.text() == "1 из 3"
    hand.type(Key.Key_F4)
    assert hand.page.name_label.text() == "Власов Саша"


def test_the_screen_is_given_to_the_pupil_of_the_current_sheet(keys) -> None:
    hand = keys("yovaysha_rezapkina_24")
    wanted: list[str] = []
    hand.page.wanted_screen.connect(wanted.append)
    hand.type(Qt.Key.Key_Tab)
    target = hand.page.focusWidget()
    assert target is not None
    QTest.keyClick(target, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    hand.room.settle()
    assert wanted == [hand.sheet(1).id]


def test_absent_refused_doubtful_by_key(keys) -> None:
    hand = keys("ddo_klimov_20")
    hand.type(Key.Key_F5)
    assert hand.page.name_label.text() == "Баранов Саша"
    hand.type(Key.Key_F6, "а", Key.Key_F7)
    dialog = hand.page.findChild(Dialog)
    assert dialog is not None
    assert not dialog.verb.isEnabled()
    QTest.keyClicks(dialog.focusWidget(), "too fast")
    dialog.verb.click()
    hand.room.window.activateWindow()
    hand.room.settle()
    assert hand.page.key_desk.hasFocus()
    assert [hand.sheet(at).attendance for at in range(3)] == [Attendance.ABSENT, Attendance.REFUSED, None]
    assert hand.sheet(2).doubtful == "too fast"
    assert hand.page.doubtful_button.text() == "Снять сомнение"
    hand.type(Key.Key_F7, Key.Key_Backtab, "а")
    assert "F6 снимет отметку" in hand.page.message.words
    hand.type(Key.Key_F6, "а")
    assert hand.sheet(2).doubtful == ""
    assert (hand.sheet(1).attendance, hand.sheet(1).answers) == (None, {1: "a"})


def test_second_entry_stops_at_a_difference_until_it_is_settled(keys) -> None:
    hand = keys("ddo_klimov_20")
    hand.type("аба")
    hand.page.second_button.click()
    hand.type("аа")
    assert hand.page.difference_words.text() == "Вопрос 2. Первый ввод: б, второй: а."
    assert hand.page.key_desk.pad.big == "2"
    hand.type(Key.Key_F9)
    assert hand.sheet().answers == {1: "a", 2: "a", 3: "a"}
    hand.type("б", Key.Key_F8)
    sheet = hand.sheet()
    assert (sheet.answers, sheet.second) == ({1: "a", 2: "a", 3: "a"}, {1: "a", 2: "a", 3: "a"})
    assert sheet.differences() == ()
    assert hand.page.key_desk.pad.big == "4"
    hand.page.second_button.click()
    assert hand.page.result.heading.text() == "Предварительно"


def test_second_entry_tells_of_an_answer_left_out(keys) -> None:
    hand = keys("ddo_klimov_20")
    hand.type("а")
    hand.page.second_button.click()
    hand.type("а", Key.Key_Backspace, Key.Key_Space)
    assert "в первый раз здесь был ответ «а»" in hand.page.message.words


def test_answers_are_shown_at_once_and_written_in_order(keys) -> None:
    hand = keys("ddo_klimov_20")
    for letter in "абаб":
        QTest.keyClick(hand.page.key_desk, {"а": Key.Key_1, "б": Key.Key_2}[letter])
    assert hand.page.key_desk.pad.big == "5"
    assert hand.page.status().text in ("Записываем…", "Ответ 1 записан")
    hand.room.settle()
    assert hand.page.status().text == "Ответ 4 записан"
    assert hand.page.status().saved
    assert hand.sheet().answers == {1: "a", 2: "b", 3: "a", 4: "b"}


def test_answer_that_cannot_be_written_is_not_shown_as_if_it_were(keys, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = keys("ddo_klimov_20")
    hand.type("а")
    written = DiagnosticStore.put_answers

    def full(store, given, mode, now, *, second=False):
        if any(2 in answers for answers in given.values()):
            raise instruments.NotFoundError("Диск полон.")
        written(store, given, mode, now, second=second)

    monkeypatch.setattr(DiagnosticStore, "put_answers", full)
    hand.type("ба")
    assert hand.page.message.words == "Последний ответ не записан. Диск полон."
    assert hand.page.keying.answers == hand.sheet().answers == {1: "a", 3: "a"}
    assert not hand.page.status().saved or hand.page.status().text == "Ответ 3 записан"


def test_session_opens_where_it_was_left(keys, room: Room) -> None:
    hand = keys("ddo_klimov_20")
    hand.type("а" * 20, Key.Key_Tab, "аб")
    session = room.session().session.id
    hand.type(Key.Key_Escape)
    assert room.window.page.name == "diagnostics"
    room.page.wanted_keying.emit(session)
    room.settle()
    assert hand.page.name_label.text() == "Баранов Саша"
    assert hand.page.key_desk.pad.big == "3"


def test_finished_session_takes_no_answers_until_it_is_opened_again(keys) -> None:
    hand = keys("ddo_klimov_20")
    hand.type("а")
    hand.page.close_button.click()
    dialog = hand.page.findChild(Dialog)
    assert dialog is not None
    dialog.verb.click()
    hand.room.settle()
    assert hand.room.session().session.closed_at is not None
    hand.type("б", Key.Key_F5)
    assert "Сеанс закончен" in hand.page.message.words
    assert (hand.sheet().answers, hand.sheet().attendance) == ({1: "a"}, None)
    hand.page.reopen_button.click()
    hand.room.settle()
    hand.type("б")
    assert hand.sheet().answers == {1: "a", 2: "b"}


def test_late_pupil_gets_a_sheet(room: Room) -> None:
    there = add_class(room.workspace)
    allow(room.workspace, there)
    session = plan(room.workspace, "ddo_klimov_20", there[:2])
    room.page.wanted_keying.emit(session)
    room.settle()
    page = room.window.page
    assert isinstance(page, KeyingPage)
    page.acts.add_sheets()
    room.settle()
    dialog = page.findChild(SheetsDialog)
    assert dialog is not None
    assert not dialog.save_button.isEnabled()
    dialog.pupils.table.choose(there[2].id)
    room.press(dialog.pupils.table, Key.Key_Space)
    assert dialog.save_button.text() == "Добавить 1 бланк"
    room.press(dialog.save_button, Key.Key_Space)
    assert [row.name for row in page.table.rows()] == ["Алексеева Саша", "Баранов Саша", "Власов Саша"]


def test_models_and_words_for_screen_readers(keys, qtmodeltester: ModelTester) -> None:
    hand = keys("yovaysha_rezapkina_24")
    hand.type("а")
    qtmodeltester.check(hand.page.table.model(), force_py=True)
    assert hand.page.key_desk.accessibleName().startswith("Вопрос 2; а: клавиша а или 1")
    assert hand.page.strip.accessibleName() == "Ответы: 1 из 24"
    assert "Люди: " in hand.page.result.bars.accessibleName()


def test_every_instrument_fits_the_smallest_screen(keys, room: Room) -> None:
    room.window.resize(1366, 697)
    for shipped in instruments.shipped():
        room.window.show_page("diagnostics")
        hand = keys(shipped.code)
        room.settle()
        assert hand.page.keying.instrument.code == shipped.code
        assert (room.window.width(), room.window.height()) == (1366, 697), shipped.code
        strip = hand.page.strip
        assert strip.rect().contains(strip.area(shipped.items)), shipped.code
        assert diagnostics.result(shipped, hand.page.keying.current.sheet).missing, shipped.code


def test_last_answer_is_taken_back_by_name_and_given_again(keys) -> None:
    hand = keys("yovaysha_rezapkina_24")
    hand.type("1", "2", "3")
    assert hand.room.window.status.undo_words == "Отменить: ответ 3 в, Алексеева Саша   Ctrl+Z"
    hand.type("1", Key.Key_Tab)
    assert hand.page.name_label.text() == "Баранов Саша"
    hand.room.press(hand.page.key_desk, Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert hand.page.name_label.text() == "Алексеева Саша"
    assert hand.page.keying.place.item == 4
    assert hand.page.focusWidget() is hand.page.key_desk
    assert hand.sheet().answers == {1: "a", 2: "b", 3: "c"}
    hand.room.press(hand.page.key_desk, Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert hand.sheet().answers == {1: "a", 2: "b"}
    hand.room.press(hand.page.key_desk, Key.Key_Y, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert hand.sheet().answers == {1: "a", 2: "b", 3: "c"}
    assert hand.page.keying.place.item == 4
    hand.type("2")
    hand.room.press(hand.page.key_desk, Key.Key_Y, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert hand.sheet().answers == {1: "a", 2: "b", 3: "c", 4: "b"}


def test_answer_that_replaced_another_gives_way_to_it_again_and_the_journal_keeps_every_one(keys) -> None:
    hand = keys("yovaysha_rezapkina_24")
    hand.type("1", Key.Key_Backspace, "2")
    assert hand.sheet().answers == {1: "b"}
    hand.room.press(hand.page.key_desk, Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert hand.sheet().answers == {1: "a"}
    with hand.room.workspace.unit(hand.room.workspace.actor) as unit:
        query = select(PsyOperationRow.fields).where(PsyOperationRow.table_name == "answer")
        written = [
            json.loads(fields)["words"]
            for fields in unit.diagnostics._session.scalars(query.order_by(PsyOperationRow.seq))
        ]
    assert written == [[None, "a"], ["a", "b"], ["b", "a"]]


def test_mark_of_several_is_taken_back_alone(keys) -> None:
    hand = keys("opg_42")
    hand.type("2", "1")
    hand.room.press(hand.page.key_desk, Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert hand.sheet().answers == {1: "2//"}
    assert (hand.page.keying.place.item, hand.page.keying.place.part) == (1, 1)


def test_nothing_is_taken_back_of_a_closed_session_or_an_answer_changed_since(keys) -> None:
    hand = keys("yovaysha_rezapkina_24")
    hand.type("1")
    room, sheet = hand.room, hand.sheet()
    instrument = instruments.called("yovaysha_rezapkina_24")
    diagnostics.put_answers(room.workspace, room.workspace.actor, instrument, sheet.id, {1: "c"})
    hand.page.keying.reload()
    room.settle()
    room.press(hand.page.key_desk, Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert hand.sheet().answers == {1: "c"}
    assert hand.page.message.words == "Этот ответ с тех пор изменён: отменять нечего."
    hand.type("2")
    diagnostics.close(room.workspace, room.workspace.actor, room.session().session.id)
    hand.page.keying.reload()
    room.settle()
    room.press(hand.page.key_desk, Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert "Сеанс закончен" in hand.page.message.words
    assert hand.sheet().answers == {1: "b"}


@pytest.mark.slow
def test_class_of_25_is_keyed_in_with_one_press_an_answer_and_one_a_sheet(room: Room) -> None:
    """625 presses: in 15 minutes that leaves 1.4 seconds for each of them."""
    surnames = [f"Ива{letter}" for letter in "абвгдежзиклмнопрстуфхцчшщ"]
    there = add_class(room.workspace, 25, surnames=surnames)
    allow(room.workspace, there)
    room.page.wanted_keying.emit(plan(room.workspace, "yovaysha_rezapkina_24", there))
    room.settle()
    page = room.window.page
    assert isinstance(page, KeyingPage)
    presses = 0
    for number in range(25):
        row = [Key.Key_1, Key.Key_2, Key.Key_3][number % 3 :]
        for key in [*(row * 24)[:24], Key.Key_Tab]:
            QTest.keyClick(page.key_desk, key)
            presses += 1
    room.settle()
    view = room.session()
    assert presses == 25 * (24 + 1)
    assert (view.entered, view.awaited) == (25, 25)
    assert [len(one.sheet.answers) for one in view.sheets] == [24] * 25
    assert view.sheets[0].sheet.answers[1] == "a"
    assert view.sheets[2].sheet.answers == dict.fromkeys(range(1, 25), "c")

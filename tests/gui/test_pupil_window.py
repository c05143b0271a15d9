"""The window of a pupil by keyboard: each kind of answer, rest, an interruption, and the only way out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from diagnostic_cases import worded
from diagnostic_school import SURNAMES, add_class, session_of, some_answers
from pupil_screen_class import Seat, kept, load_wording, plan
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from support import PASSWORD

from profdesk.domain.diagnostics import Attendance, SheetMode
from profdesk.domain.questions import Wording
from profdesk.errors import AccessError, WrongInputError
from profdesk.services import diagnostics, instruments, pupil_screen, workspaces
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

ENTER = Qt.Key.Key_Return
PAIRS = "ddo_klimov_20"


@pytest.fixture
def seats() -> Iterator[list[Seat]]:
    made: list[Seat] = []
    yield made
    for seat in made:
        seat.leave()


def sit(seats: list[Seat], workspace: Workspace, code: str) -> tuple[Seat, str]:
    load_wording(workspace, code)
    sheet = plan(workspace, code, add_class(workspace))
    seats.append(Seat.take(workspace, sheet))
    return seats[-1], sheet


@pytest.mark.parametrize(
    ("code", "keys", "written"),
    [
        (PAIRS, ["2", ENTER, "а", ENTER, "f", ENTER], {1: "b", 2: "a", 3: "a"}),
        ("golomshtok_144", ["1", ENTER, "5", ENTER], {1: "++", 2: "--"}),
        ("schein_anchors_41", ["0", ENTER, "7", ENTER], {1: "10", 2: "7"}),
        ("yovaysha_30", ["2", ENTER, "4", ENTER], {1: "2-1", 2: "0-3"}),
        ("opg_42", ["2-1", ENTER, "10", ENTER], {1: "2/-/1", 2: "1/0/"}),
        ("matrix_rezapkina", ["14", ENTER, "30", ENTER], {1: "1+4", 2: "3+10"}),
        ("early_records", ["Врач", ENTER, "и лётчик"], {}),
    ],
)
def test_each_kind_is_answered_by_keys_alone(workspace: Workspace, seats, code, keys, written) -> None:
    seat, sheet = sit(seats, workspace, code)
    seat.press(ENTER, *keys)
    assert kept(workspace, sheet) == written
    if code == "early_records":
        seat.press(ENTER, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert kept(workspace, sheet) == {1: "Врач\nи лётчик"}


def test_a_list_is_put_in_order_by_what_is_most_important_of_the_rest(workspace: Workspace, seats) -> None:
    seat, sheet = sit(seats, workspace, "rokeach_18_18")
    seat.press(ENTER, "а", ENTER, "1", ENTER)
    assert kept(workspace, sheet) == {11: "1", 1: "2"}
    assert seat.window.hint.text().startswith("Место 3 из 18")
    for _ in range(32):
        seat.press("1", ENTER)
    assert seat.view is seat.window.thanks
    answers = kept(workspace, sheet)
    assert sorted(int(answers[item]) for item in range(1, 19)) == list(range(1, 19))
    assert len(answers) == 36


def test_an_answer_is_on_disk_before_the_next_question_is_seen(workspace: Workspace, seats) -> None:
    seat, sheet = sit(seats, workspace, PAIRS)
    seen: list[tuple[str, int]] = []
    show = seat.window.progress.setText
    seat.window.progress.setText = lambda words: (seen.append((words, len(kept(workspace, sheet)))), show(words))
    seat.press(ENTER, *["1", ENTER] * 4)
    assert seen == [(f"Вопрос {n + 1} из 20", n) for n in range(5)]
    with workspace.unit(workspace.actor) as unit:
        assert unit.diagnostics.sheet(sheet).mode is SheetMode.SCREEN


def test_going_back_shows_the_answer_and_another_takes_its_place(workspace: Workspace, seats) -> None:
    seat, sheet = sit(seats, workspace, PAIRS)
    seat.press(ENTER, "1", ENTER, "2", ENTER)
    seat.press(Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.AltModifier)
    assert seat.window.progress.text() == "Вопрос 2 из 20"
    assert [one.isChecked() for one in seat.window._pad.buttons] == [False, True]
    seat.press("1", ENTER)
    assert kept(workspace, sheet) == {1: "a", 2: "a"}
    assert seat.window.progress.text() == "Вопрос 3 из 20"


def test_rest_keeps_the_answer_and_shows_nothing_of_it(workspace: Workspace, seats) -> None:
    seat, sheet = sit(seats, workspace, PAIRS)
    seat.press(ENTER, "2")
    seat.window.rest_button.click()
    seat.settle()
    assert seat.view is seat.window.resting
    assert kept(workspace, sheet) == {1: "b"}
    assert not any("Ухаживать" in words for words in texts(seat.view))
    seat.press(ENTER)
    assert seat.window.progress.text() == "Вопрос 1 из 20"


def test_what_was_passed_over_is_told_at_the_end_and_asked_again(workspace: Workspace, seats) -> None:
    seat, sheet = sit(seats, workspace, PAIRS)
    seat.press(ENTER)
    seat.window.skip_button.setFocus()
    seat.press(ENTER, *["1", ENTER] * 19)
    assert seat.view is seat.window.missing
    assert seat.window.missing_about.text().startswith("Без ответа: 1 вопрос.")
    seat.press(ENTER)
    assert seat.window.progress.text() == "Вопрос 1 из 20"
    seat.press("2", ENTER)
    assert seat.view is seat.window.thanks
    assert len(kept(workspace, sheet)) == 20


def test_nothing_is_passed_over_by_one_press_too_many(workspace: Workspace, seats) -> None:
    seat, _ = sit(seats, workspace, PAIRS)
    seat.press(ENTER, "1")
    for _ in range(2):
        QTest.mouseClick(seat.window.next_button, Qt.MouseButton.LeftButton)
        seat.settle()
    assert seat.window.progress.text() == "Вопрос 2 из 20"
    seat.press(ENTER, ENTER)
    assert seat.window.progress.text() == "Вопрос 2 из 20"
    assert "нажми «Пропустить»" in seat.window.message.words
    seat.press("1")
    assert not seat.window.message.words
    assert seat.window.skip_button.isHidden()


def test_an_answer_taken_back_is_taken_back_on_disk_when_it_is_passed_over(workspace: Workspace, seats) -> None:
    seat, sheet = sit(seats, workspace, "matrix_rezapkina")
    seat.press(ENTER, "14", ENTER)
    seat.press(Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.AltModifier)
    seat.press("14")
    seat.window.skip_button.setFocus()
    seat.press(ENTER)
    assert kept(workspace, sheet) == {}


def test_what_was_copied_before_cannot_be_pasted(workspace: Workspace, seats) -> None:
    QApplication.clipboard().setText("Алексеева Саша: тревожна")
    seat, _ = sit(seats, workspace, "early_records")
    seat.press(ENTER, "Врач")
    seat.press(Qt.Key.Key_V, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert seat.window._pad.answer() == "Врач"
    assert seat.window._pad.field.contextMenuPolicy() == Qt.ContextMenuPolicy.NoContextMenu


def test_numbers_stand_in_a_row_and_their_ends_are_explained(workspace: Workspace, seats) -> None:
    seat, _ = sit(seats, workspace, "schein_anchors_41")
    seat.press(ENTER)
    assert seat.window.hint.text() == "Выбери число: 1 — совсем нет, 10 — полностью да."
    assert len({one.y() for one in seat.window._pad.buttons}) == 1


@pytest.mark.parametrize(
    "code", ["ddo_klimov_20", "golomshtok_144", "pvq_40", "opg_42", "yovaysha_30", "rokeach_18_18"]
)
def test_a_question_is_seen_whole_on_the_smallest_screen(workspace: Workspace, seats, code) -> None:
    seat, _ = sit(seats, workspace, code)
    seat.window.showNormal()
    seat.window.resize(1366, 768)
    seat.press(ENTER)
    assert seat.window.page.verticalScrollBar().maximum() == 0


def test_it_goes_on_at_the_first_question_without_an_answer(workspace: Workspace, seats) -> None:
    seat, sheet = sit(seats, workspace, PAIRS)
    seat.press(ENTER, "1", ENTER, "2", ENTER, "1")
    seat.desk.close()
    again = storage.open_workspace(workspace.path, None, PASSWORD)
    seats.append(Seat.take(again, sheet))
    seat = seats[-1]
    assert "осталось 18 из 20" in seat.window.about.text()
    assert seat.window.begin_button.text() == "Продолжить"
    seat.press(ENTER)
    assert seat.window.progress.text() == "Вопрос 3 из 20"


def test_an_answer_that_could_not_be_kept_is_told_and_the_question_stays(workspace: Workspace, seats) -> None:
    seat, _ = sit(seats, workspace, PAIRS)
    seat.press(ENTER, "2")
    workspace.close()
    seat.press(ENTER)
    assert seat.window.progress.text() == "Вопрос 1 из 20"
    assert seat.window.message.words.startswith("Ответ не записан, позови психолога. Рабочая папка закрыта")
    seat.press(Qt.Key.Key_Escape)
    assert seat.view is seat.window.leaving


# -- the way out ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_keys_that_close_a_window_ask_for_the_password(workspace: Workspace, seats, key, modifiers) -> None:
    seat, sheet = sit(seats, workspace, PAIRS)
    seat.press(ENTER, "2")
    seat.press(key, modifiers=modifiers)
    assert seat.view is seat.window.leaving
    assert kept(workspace, sheet) == {1: "b"}
    seat.window.leaving.back_button.click()
    assert seat.view is seat.window.asking


def test_closing_is_refused_until_the_password_is_given(workspace: Workspace, seats, qtbot) -> None:
    seat, _ = sit(seats, workspace, PAIRS)
    assert not seat.window.close()
    assert seat.window.isVisible()
    assert seat.view is seat.window.leaving
    with qtbot.waitSignal(seat.window.finished):
        seat.press(PASSWORD, ENTER)
    assert not seat.window.isVisible()


def test_wrong_passwords_make_one_wait_and_the_wait_outlives_the_view(workspace: Workspace, seats, qtbot) -> None:
    seat, _ = sit(seats, workspace, PAIRS)
    seat.press(Qt.Key.Key_Escape)
    view = seat.window.leaving
    seat.press("неверно", ENTER, "неверно", ENTER)
    assert view.open_button.isEnabled()
    seat.press("неверно", ENTER)
    assert seat.view is view
    assert "Следующая попытка через 1 секунду." in view.message.words
    seat.press(PASSWORD, ENTER)
    view.open_button.click()
    seat.settle()
    assert seat.window.isVisible()
    view.back_button.click()
    seat.press(Qt.Key.Key_Escape)
    assert not view.open_button.isEnabled()
    qtbot.waitUntil(view.open_button.isEnabled)
    seat.press("неверно", ENTER)
    assert "через 2 секунды" in view.message.words


def test_escape_leads_back_to_the_question(workspace: Workspace, seats) -> None:
    seat, _ = sit(seats, workspace, PAIRS)
    seat.press(ENTER, "2", Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert seat.view is seat.window.asking
    assert seat.window.progress.text() == "Вопрос 1 из 20"


def test_thanks_stay_until_the_psychologist_takes_the_computer_back(workspace: Workspace, seats) -> None:
    seat, _ = sit(seats, workspace, "matrix_rezapkina")
    seat.press(ENTER, "1", ENTER, "2", ENTER)
    assert seat.view is seat.window.thanks
    seat.window.close()
    seat.window.leaving.back_button.click()
    assert seat.view is seat.window.thanks


# -- what may be seen, and what must be there first ------------------------------------------------


def texts(root: QWidget) -> list[str]:
    found = []
    for one in [root, *root.findChildren(QWidget)]:
        found += [one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.windowTitle()]
        found += [one.text()] if hasattr(one, "text") else []
        found += [one.placeholderText()] if isinstance(one, QLineEdit | QPlainTextEdit) else []
    return found


def test_nothing_of_other_pupils_is_anywhere_in_the_window(workspace: Workspace, seats) -> None:
    seat, sheet = sit(seats, workspace, PAIRS)
    view = diagnostics.session(workspace, workspace.actor, session_of(workspace, sheet))
    other = view.sheets[1].sheet.id
    diagnostics.put_answers(workspace, workspace.actor, view.instrument, other, {1: "b", 2: "b"})
    seat.press(ENTER, "1", ENTER)
    shown = "\n".join(texts(seat.window))
    assert "Вопрос 2 из 20" in shown
    assert "Здравствуй, Саша" in shown
    assert [name for name in (*SURNAMES, "8 «Б»", "каб. 12") if name in shown] == []
    known = repr(seat.window._screen)
    assert [name for name in (*SURNAMES, other) if name in known] == []


def test_without_texts_of_the_questions_it_says_what_to_do(workspace: Workspace) -> None:
    sheet = plan(workspace, PAIRS, add_class(workspace))
    with pytest.raises(WrongInputError, match="нет текстов вопросов 1, 2, 3, 4, 5 и других"):
        pupil_screen.read(workspace, workspace.actor, sheet)
    whole = worded(instruments.called(PAIRS))
    options = {place: words for place, words in whole.options.items() if place != (7, "b")}
    load_wording(workspace, PAIRS, Wording(options=options))
    with pytest.raises(WrongInputError, match="нет текстов вопросов 7"):
        pupil_screen.read(workspace, workspace.actor, sheet)


def test_a_whole_sheet_is_not_given(workspace: Workspace) -> None:
    load_wording(workspace, PAIRS)
    sheet = plan(workspace, PAIRS, add_class(workspace))
    instrument = instruments.called(PAIRS)
    diagnostics.put_answers(workspace, workspace.actor, instrument, sheet, some_answers(instrument))
    with pytest.raises(WrongInputError, match="Бланк заполнен целиком"):
        pupil_screen.read(workspace, workspace.actor, sheet)


def test_a_finished_session_and_an_absent_pupil_are_refused(workspace: Workspace) -> None:
    load_wording(workspace, PAIRS)
    sheet = plan(workspace, PAIRS, add_class(workspace))
    diagnostics.mark_attendance(workspace, workspace.actor, sheet, Attendance.REFUSED)
    with pytest.raises(WrongInputError, match="Снимите отметку"):
        pupil_screen.read(workspace, workspace.actor, sheet)
    diagnostics.mark_attendance(workspace, workspace.actor, sheet, None)
    diagnostics.close(workspace, workspace.actor, session_of(workspace, sheet))
    with pytest.raises(WrongInputError, match="Откройте его снова"):
        pupil_screen.read(workspace, workspace.actor, sheet)


def test_only_the_own_password_is_taken(workspace: Workspace) -> None:
    workspaces.check_password(workspace, workspace.actor, PASSWORD)
    with pytest.raises(AccessError):
        workspaces.check_password(workspace, workspace.actor, "чужой пароль")

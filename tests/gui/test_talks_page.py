"""The page «Консультации» by keyboard: written, found, changed, taken away and put back, a file kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from diagnostic_room import DiagnosticRoom
from diagnostic_school import add_class
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from support import YEAR

from profdesk.domain.people import Pupil
from profdesk.domain.talks import Talk, TalkEntry, TalkKind, Whom
from profdesk.gui.common import file_dialogs
from profdesk.gui.diagnostic_results.talk_dialog import TalkDialog
from profdesk.gui.diagnostic_results.talks_page import TalksPage
from profdesk.services import talks
from profdesk.storage.workspace import Workspace

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pupils(workspace: Workspace) -> list[Pupil]:
    return add_class(workspace)


@pytest.fixture
def room(workspace: Workspace, pupils: list[Pupil]) -> Iterator[DiagnosticRoom]:
    made = DiagnosticRoom(workspace, TalksPage)
    made.show("talks")
    yield made
    made.close()


@pytest.fixture
def page(room: DiagnosticRoom) -> TalksPage:
    return room.window.pages[TalksPage]


def dialog(room: DiagnosticRoom) -> TalkDialog:
    room.settle()
    (found,) = [one for one in room.window.findChildren(TalkDialog) if one.isVisible()]
    found.activateWindow()
    return found


def kept(page: TalksPage) -> tuple[Talk, ...]:
    return talks.book(page.desk.workspace, page.desk.actor, YEAR).talks


def test_consultation_is_written_changed_taken_away_and_put_back(
    room, page: TalksPage, pupils: list[Pupil], qtmodeltester: ModelTester
) -> None:
    assert page.empty.isVisible()
    qtmodeltester.check(page.table.model(), force_py=True)
    QTest.keyClick(page, Qt.Key.Key_N, CTRL)
    form = dialog(room)
    form.pupil.setEditText("власов")
    form.whom.setCurrentIndex(form.whom.findData(Whom.PARENTS))
    reasons = [form.reason.itemText(number) for number in range(form.reason.count())]
    assert "Следование за друзьями" in reasons
    assert len(reasons) == 1 + sum(one.personal for one in page.desk.programme.concerns)
    form.reason.setEditText("Следование за друзьями")
    form.save_button.click()
    room.settle()
    assert form.message.words == "Запишите, о чём говорили или что решили."
    form.words.setPlainText("Отец против колледжа")
    form.save_button.click()
    room.settle()
    (talk,) = kept(page)
    assert talk.entry.pupil == pupils[2].id
    assert (talk.entry.whom, talk.entry.reason) == (Whom.PARENTS, "Следование за друзьями")
    assert page.table.row() == talk
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    form = dialog(room)
    assert not form.kind.isVisible()
    form.outcome.setPlainText("Экскурсия в марте")
    form.save_button.click()
    room.settle()
    assert kept(page)[0].entry.outcome == "Экскурсия в марте"
    room.window.activateWindow()
    room.settle()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    room.settle()
    assert kept(page) == ()
    assert page.message.words == "Консультация, Власов Саша: запись убрана."
    page.message.button.click()
    room.settle()
    assert len(kept(page)) == 1
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert room.window.page.name == "diagnostics"


def test_result_from_elsewhere_keeps_its_file(room, page: TalksPage, pupils, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "билет.pdf"
    path.write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(file_dialogs, "file_to_open", lambda *_: path)
    page.empty.primary.click()
    form = dialog(room)
    form.kind.choose(TalkKind.EXTERNAL)
    assert not form.talk_fields.isVisible()
    assert form.file_row.isVisible()
    form.pupil.setCurrentIndex(form.pupil.findData(pupils[0].id))
    form.source.setEditText("Билет в будущее")
    form.file_button.click()
    form.save_button.click()
    room.settle()
    (talk,) = kept(page)
    assert (talk.entry.source, talk.file_name) == ("Билет в будущее", "билет.pdf")
    assert page.file_button.isVisible()
    assert talks.open_copy(page.desk.workspace, page.desk.actor, talk.id).read_bytes() == b"%PDF-1.7"


def test_unknown_pupil_is_told_and_nothing_is_guessed_between_two(room, page: TalksPage, workspace) -> None:
    page.empty.primary.click()
    form = dialog(room)
    form.words.setPlainText("слова")
    form.pupil.setEditText("саша")
    assert form.entry is None
    form.pupil.setEditText("Громова")
    assert form.entry is not None
    form.pupil.setEditText("Нетаков")
    form.save_button.click()
    room.settle()
    assert form.message.words.startswith("Такого ученика в списках нет")
    form.leave_button.click()
    assert kept(page) == ()


def test_search_finds_by_pupil_reason_and_words(room, page: TalksPage, workspace: Workspace, pupils) -> None:
    for number, one in enumerate(pupils):
        entry = TalkEntry(TalkKind.INTERVIEW, date(2026, 11, 1 + number), one.id, words=f"ёлка {number}")
        page.on_changes(talks.write(workspace, workspace.actor, entry)[1])
    room.settle()
    assert len(page.table.rows()) == 4
    page.search()
    page.search_field.setText("елка власов")
    page.search_field._search()
    assert [talk.entry.words for talk in page.table.rows()] == ["ёлка 2"]
    assert page.count.text() == "найдено 1, всего 4"
